//! A poll's numbers as the desk alone may see them: live, and before viewers do.

use crate::board::Poll;
use crate::format::DeskFormat;
use liveroom::Format;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::Results as When;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ResultsProps {
    /// The poll.
    pub(super) poll: Poll,
}

/// One row an option: what it says, a bar, how many, what share.
#[component]
pub(super) fn Results(props: &ResultsProps) -> Html {
    let poll = &props.poll;
    let votes = poll.tally.votes.clone().unwrap_or_default();
    let voters = poll.tally.voters;
    let right = poll.card.right.as_deref().unwrap_or_default();
    let ahead = liveroom::leading(&votes);
    let percents = percents(poll, &votes);
    html! {
        <table class="results">
            <caption class="results__caption">{ caption(poll, &votes) }</caption>
            <tbody>
            { for poll.card.options.iter().enumerate().map(|(place, option)| {
                let count = votes.get(place).copied().unwrap_or(0);
                let percent = percents.get(place).copied().unwrap_or(0);
                let class = classes!("results__row", ahead.contains(&place).then_some("results__row--leads"));
                let is_right = right.contains(&option.id);
                html! {
                    <tr key={option.id.to_string()} {class}>
                        <th scope="row" class="results__text">
                            if is_right {
                                <span class="results__right">{ "✓" }<span class="unseen">{ " right answer:" }</span></span>
                                { " " }
                            }
                            { option.text.clone() }
                        </th>
                        <td class="results__bar" aria-hidden="true">
                            <svg class="results__track" width="100%" height="8" focusable="false">
                                <rect class="results__fill" height="8" rx="4"
                                    width={format!("{}%", width(count, voters))} />
                            </svg>
                        </td>
                        <td class="results__count">{ DeskFormat.number(count) }</td>
                        <td class="results__percent">{ DeskFormat.percent(percent) }</td>
                    </tr>
                }
            }) }
            </tbody>
        </table>
    }
}

/// Returns a bar's width in percent of its track.
fn width(count: u32, voters: u32) -> u32 {
    u32::try_from(u64::from(count) * 100 / u64::from(voters.max(1)))
        .unwrap_or(100)
        .min(100)
}

/// Shares that add up to 100 where each viewer has one choice; else each is of the voters.
fn percents(poll: &Poll, votes: &[u32]) -> Vec<u8> {
    if poll.card.max_choices == 1 {
        liveroom::shares_of_votes(votes)
    } else {
        liveroom::shares_of_voters(votes, poll.tally.voters)
    }
}

/// Says how many have voted, and who may know how.
fn caption(poll: &Poll, votes: &[u32]) -> String {
    let voters = match poll.tally.voters {
        0 => "No votes yet".to_owned(),
        1 => "1 vote".to_owned(),
        many => format!("{} votes", DeskFormat.number(many)),
    };
    let average =
        average(poll, votes).map_or_else(String::new, |average| format!(", {average} on average"));
    let seen = match (poll.card.results, poll.tally.phase) {
        _ if poll.tally.revealed => "revealed to viewers",
        (_, Phase::Ready) => match poll.card.results {
            When::Always => "viewers will see them from the start",
            When::AfterVoting => "viewers will see them after voting",
            When::AfterClosing => "viewers will see them after closing",
            When::OnReveal => "viewers will see them when you reveal them",
        },
        (When::Always, _) => "viewers see them",
        (When::AfterVoting, Phase::Open | Phase::Paused) => "those who voted see them",
        (When::AfterVoting | When::AfterClosing, Phase::Closed) => "viewers see them",
        (When::AfterClosing, Phase::Open | Phase::Paused) => "hidden from viewers until it closes",
        (When::OnReveal, _) => "hidden from viewers until you reveal them",
    };
    format!("{voters}{average} · {seen}")
}

/// Returns the mean step of a scale with one decimal.
fn average(poll: &Poll, votes: &[u32]) -> Option<String> {
    let scale = poll.card.scale.as_ref()?;
    let tenths = liveroom::average_tenths(scale, votes)?;
    Some(DeskFormat.tenths(tenths))
}
