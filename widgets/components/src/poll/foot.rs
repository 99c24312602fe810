//! The small print: how many voted, when results are shown, whom it is for, and exactly what anonymous means.

use super::asked::{Asked, is_survey};
use super::{Sheet, shares};
use crate::parts::notice::notice;
use crate::parts::tag::{el, say, text};
use crate::parts::whom::whom;
use liveroom_protocol::identity::Level;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::Results;
use yew::prelude::*;

/// Draws what stands under the options.
pub(super) fn foot(sheet: Sheet) -> Html {
    let span = |fact| el("span", "poll__fact", vec![text(fact)]);
    let line = |class: &'static str| move |line| el("p", class, vec![text(line)]);
    // A survey tells each question's average under it.
    let first = (!is_survey(sheet)).then(|| Asked::at(sheet, 0));
    let mut parts: Vec<Html> = first
        .and_then(|first| average(sheet, first))
        .map(line("poll__average"))
        .into_iter()
        .collect();
    if let Some(reason) = &sheet.card.cancelled {
        parts.push(notice(sheet.scene.words.cancelled(reason)));
    }
    let sums = sums(sheet);
    if !sums.is_empty() {
        let sums = sums.into_iter().map(span).collect();
        parts.push(el("p", "poll__sum", sums));
    }
    parts.extend(
        whom(sheet.scene, &sheet.card.who)
            .into_iter()
            .map(line("poll__whom")),
    );
    if sheet.scene.taking_part {
        parts.push(privacy(sheet));
    }
    el("div", "poll__foot", parts)
}

/// Returns who leads, in words: for the card where there is a tie, and for the live region. None while the votes are not known.
pub(super) fn leader(sheet: Sheet) -> Option<String> {
    let words = &sheet.scene.words;
    let votes = sheet.tally.votes.as_ref()?;
    let leading = shares::leading(votes);
    let names = leading
        .iter()
        .filter_map(|&place| sheet.card.options.get(place));
    let names = words.list(names.map(|option| option.text.as_str()));
    match leading[..] {
        [] if sheet.tally.voters > 0 => None,
        [] => Some(words.say("poll.nobody").to_owned()),
        [place] => {
            let shares = match sheet.card.max_choices {
                1 => shares::shares_of_votes(votes),
                _ => shares::shares_of_voters(votes, sheet.tally.voters),
            };
            let share = sheet.scene.format.percent(shares[place]);
            let text = words.fill("poll.most", "{share}", &share);
            Some(crate::words::fill(&text, "{list}", &names))
        }
        _ => Some(words.fill("poll.tie", "{list}", &names)),
    }
}

/// The average of a scale, in words, once there is one.
pub(super) fn average(sheet: Sheet, asked: Asked) -> Option<String> {
    let tenths = shares::average_tenths(asked.scale?, asked.votes?)?;
    let average = sheet.scene.format.tenths(tenths);
    Some(sheet.scene.words.fill("poll.average", "{n}", &average))
}

/// The facts of the first line, each short.
fn sums(sheet: Sheet) -> Vec<String> {
    let Sheet {
        card,
        tally,
        mine,
        scene,
    } = sheet;
    let words = &scene.words;
    let say = |key: &'static str| words.say(key).to_owned();
    let closed = tally.phase == Phase::Closed;
    // What counts nothing is not summed up.
    let off = card.cancelled.is_some();
    let mut sums = match tally.voters {
        _ if off => Vec::new(),
        0 if closed => vec![say("poll.nobody")],
        0 => vec![say("poll.none_yet")],
        voters => vec![words.count(&*scene.format, "poll.voters", voters)],
    };
    if tally.votes.is_none() {
        match card.results {
            _ if off => {}
            Results::AfterVoting if !closed && !mine.has_voted() => {
                sums.push(say("poll.after_voting"))
            }
            Results::AfterClosing if !closed => sums.push(say("poll.after_closing")),
            Results::OnReveal => sums.push(say("poll.on_reveal")),
            Results::Always | Results::AfterVoting | Results::AfterClosing => {}
        }
    } else if tally.voters > 0 && !off {
        if card.max_choices != 1 {
            sums.push(say("poll.shares"));
        }
        let tied = tally
            .votes
            .as_ref()
            .is_some_and(|votes| shares::leading(votes).len() > 1);
        if closed && tied && card.scale.is_none() && card.right.is_none() {
            sums.extend(leader(sheet));
        }
    }
    let told = [
        ("poll.reopened", card.reopened),
        ("corrected", card.corrected),
    ];
    sums.extend(told.iter().filter(|(_, is)| *is).map(|(key, _)| say(key)));
    sums
}

/// Who can know what: a short line, and the whole truth behind it.
fn privacy(sheet: Sheet) -> Html {
    let words = &sheet.scene.words;
    let (short, who_sees) = if sheet.card.named {
        ("privacy.named", "privacy.names")
    } else {
        ("privacy.anonymous", "privacy.numbers")
    };
    let (level, operator) = match sheet.card.level {
        Level::Device => ("privacy.device", "privacy.operator_device"),
        Level::Token => ("privacy.token", "privacy.operator"),
        Level::Verified => ("privacy.verified", "privacy.operator"),
    };
    let fact = |key| el("span", "poll__fact", vec![say(words, key)]);
    let summary = el("summary", "poll__short", vec![fact(short), fact(level)]);
    let truth = vec![
        say(words, who_sees),
        say(words, "join"),
        say(words, operator),
    ];
    el(
        "details",
        "poll__privacy",
        vec![summary, el("p", "poll__truth", truth)],
    )
}
