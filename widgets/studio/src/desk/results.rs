//! A poll's numbers as the desk alone may see them: live, and before viewers do.

use crate::board::Poll;
use crate::format::DeskFormat;
use liveroom::Format;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Choice, Results as When, Scale};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ResultsProps {
    /// The poll.
    pub(super) poll: Poll,
}

/// The numbers of each of its questions.
#[component]
pub(super) fn Results(props: &ResultsProps) -> Html {
    let poll = &props.poll;
    let votes = poll.tally.votes.clone().unwrap_or_default();
    let first = Asked {
        options: &poll.card.options,
        max_choices: poll.card.max_choices,
        right: poll.card.right.as_deref().unwrap_or_default(),
        voters: poll.tally.voters,
        votes: &votes,
    };
    let parts = (poll.card.parts.iter().enumerate()).map(|(place, part)| {
        let votes = poll.tally.parts.get(place).map_or(&[][..], Vec::as_slice);
        let asked = Asked {
            options: &part.options,
            max_choices: part.max_choices,
            right: &[],
            voters: poll.tally.voters,
            votes,
        };
        let average = average(part.scale.as_ref(), votes);
        let average =
            average.map_or_else(String::new, |average| format!(" · {average} on average"));
        asked.table(place, format!("{}{average}", part.question))
    });
    html! { <>{ first.table(usize::MAX, caption(poll, &votes)) }{ for parts }</> }
}

/// One question and how it was answered.
struct Asked<'a> {
    options: &'a [Choice],
    max_choices: u8,
    right: &'a [OptionId],
    voters: u32,
    votes: &'a [u32],
}

impl Asked<'_> {
    /// One row an option: what it says, a bar, how many, what share.
    fn table(&self, key: usize, caption: String) -> Html {
        let ahead = liveroom::leading(self.votes);
        let percents = self.percents();
        html! {
            <table {key} class="results">
                <caption class="results__caption">{ caption }</caption>
                <tbody>
                { for self.options.iter().enumerate().map(|(place, option)| {
                    let count = self.votes.get(place).copied().unwrap_or(0);
                    let percent = percents.get(place).copied().unwrap_or(0);
                    let class = classes!("results__row", ahead.contains(&place).then_some("results__row--leads"));
                    let is_right = self.right.contains(&option.id);
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
                                        width={format!("{}%", width(count, self.voters))} />
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

    /// Shares that add up to 100 where each viewer has one choice; else each is of the voters.
    fn percents(&self) -> Vec<u8> {
        if self.max_choices == 1 {
            liveroom::shares_of_votes(self.votes)
        } else {
            liveroom::shares_of_voters(self.votes, self.voters)
        }
    }
}

/// Returns a bar's width in percent of its track.
fn width(count: u32, voters: u32) -> u32 {
    u32::try_from(u64::from(count) * 100 / u64::from(voters.max(1)))
        .unwrap_or(100)
        .min(100)
}

/// Says how many have voted, and who may know how.
fn caption(poll: &Poll, votes: &[u32]) -> String {
    let voters = match poll.tally.voters {
        0 => "No votes yet".to_owned(),
        1 => "1 vote".to_owned(),
        many => format!("{} votes", DeskFormat.number(many)),
    };
    let average = average(poll.card.scale.as_ref(), votes)
        .map_or_else(String::new, |average| format!(", {average} on average"));
    let seen = match (poll.card.results, poll.tally.phase) {
        _ if poll.card.cancelled.is_some() => "viewers are told none of them",
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
fn average(scale: Option<&Scale>, votes: &[u32]) -> Option<String> {
    let tenths = liveroom::average_tenths(scale?, votes)?;
    Some(DeskFormat.tenths(tenths))
}
