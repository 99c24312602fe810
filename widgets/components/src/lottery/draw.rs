//! The draw: a moment in which names settle, the same for everybody; then the winners, and what became of each prize.

use super::Sheet;
use super::facts::fold;
use super::prizes::name as prize_name;
use super::typed::foreign;
use crate::parts::notice::notice;
use crate::parts::tag::{class, el, say, tag, text};
use crate::words::apart;
use liveroom_protocol::lottery::{Standing, Winner};
use yew::prelude::*;

/// Names that settle at once; more are drawn in the same moment, and listed after it.
const SETTLING: usize = 5;
/// Labels that run through before a name settles.
const RUNNING: usize = 8;
/// Winners who are listed in open view.
const LISTED: usize = 8;

/// Draws why it was cancelled, that it is being drawn, or who has won.
pub(super) fn draw(sheet: Sheet) -> Html {
    let (card, words) = (sheet.card, &sheet.scene.words);
    if let Some(reason) = &card.cancelled {
        return notice(words.cancelled(reason));
    }
    if card.drawn_at.is_none() {
        return Html::default();
    }
    if sheet.is_settling() {
        return settling(sheet);
    }
    let awarded = standing(sheet).count();
    let number = |count: usize| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        sheet.scene.format.number(count)
    };
    // Of winners who are not shown there is still to be seen how many they are, and what was forfeited.
    let hidden = card.winners.iter().all(|winner| winner.name.is_none());
    let mut facts = Vec::new();
    if hidden || u32::try_from(awarded).is_ok_and(|awarded| awarded < sheet.pieces()) {
        let line = words.fill("lottery.drawn_of", "{n}", &number(awarded));
        let all = sheet.scene.format.number(sheet.pieces());
        facts.push(crate::words::fill(&line, "{all}", &all));
    }
    if sheet.tally.claimed > 0 {
        let claimed = sheet.tally.claimed;
        facts.push(words.count(&*sheet.scene.format, "lottery.claimed", claimed));
    }
    let fact = |fact| el("span", "lottery__part", vec![text(fact)]);
    let mut parts = vec![el(
        "p",
        "lottery__head",
        vec![say(words, "lottery.winners")],
    )];
    let seen = |winner: &&Winner| !hidden || winner.standing == Standing::Forfeited;
    let rows: Vec<Html> = card
        .winners
        .iter()
        .filter(seen)
        .map(|winner| row(sheet, winner))
        .collect();
    if hidden {
        let private = say(words, "lottery.private");
        parts.push(el("p", "lottery__fact", vec![private]));
    }
    let mut rows = rows.into_iter();
    let first: Vec<Html> = rows.by_ref().take(LISTED).collect();
    if !first.is_empty() {
        parts.push(el("ol", "winners", first));
    }
    if rows.len() > 0 {
        let all = words.fill("lottery.all_winners", "{n}", &number(card.winners.len()));
        parts.push(fold(text(all), vec![el("ol", "winners", rows.collect())]));
    }
    parts.push(el(
        "p",
        "lottery__drawn",
        facts.into_iter().map(fact).collect(),
    ));
    fresh(sheet, "draw", parts)
}

/// Draws a part that the draw has brought.
pub(super) fn fresh(sheet: Sheet, name: &'static str, inside: Vec<Html>) -> Html {
    let class = class(name, &[("fresh", sheet.fresh)]);
    tag("div", &["class"], vec![Some(class)], inside)
}

/// Those who have won and not forfeited it.
fn standing<'a>(sheet: Sheet<'a>) -> impl Iterator<Item = &'a Winner> {
    let winners = sheet.card.winners.iter();
    winners.filter(|winner| winner.standing != Standing::Forfeited)
}

/// Labels of entrants run through, slower and slower. They are made of the published fingerprint, and mean nothing;
/// where each comes to rest is its winner. Who wants less motion sees a still line instead.
fn settling(sheet: Sheet) -> Html {
    let card = sheet.card;
    let source = card.root.as_ref().or(card.commitment.as_ref());
    let source = source.map_or("", String::as_str);
    let label = |place: usize| {
        let mut label = String::from("#");
        let digits = source.chars().cycle().skip(place * 5);
        label.extend(digits.take(4).map(|digit| digit.to_ascii_uppercase()));
        el("span", "reel__name", vec![text(label)])
    };
    let reels = card
        .winners
        .iter()
        .take(SETTLING)
        .enumerate()
        .map(|(place, winner)| {
            let mut names: Vec<Html> = (0..RUNNING)
                .map(|step| label(place * RUNNING + step))
                .collect();
            names.push(foreign(
                "span",
                "reel__name",
                winner.name.as_deref().unwrap_or("…"),
            ));
            let strip = el("span", "reel__strip", names);
            el("span", "reel", vec![strip])
        });
    let reels = tag(
        "div",
        &["class", "aria-hidden"],
        vec![Some("reels".into()), Some("true".into())],
        reels.collect(),
    );
    let title = vec![say(&sheet.scene.words, "lottery.drawing")];
    el(
        "div",
        "draw draw--settling",
        vec![el("p", "lottery__head", title), reels],
    )
}

fn row(sheet: Sheet, winner: &Winner) -> Html {
    let words = &sheet.scene.words;
    let own = sheet.mine.wins.iter().any(|win| win.win == winner.win);
    let forfeited = winner.standing == Standing::Forfeited;
    let anonymous = words.say("lottery.someone");
    let mut name = vec![foreign(
        "span",
        "winner__name",
        winner.name.as_deref().unwrap_or(anonymous),
    )];
    if own {
        name.push(el("span", "winner__own", vec![say(words, "quiz.you")]));
    }
    let mut said = vec![el("span", "winner__who", name)];
    if sheet.card.prizes.len() > 1 {
        said.push(foreign(
            "span",
            "winner__prize",
            prize_name(sheet, winner.prize),
        ));
    }
    let fate = match (winner.standing, &winner.reason) {
        (Standing::Waiting, _) => None,
        (Standing::Claimed, _) => Some(words.say("lottery.has_claimed").to_owned()),
        (Standing::Fulfilled, _) => Some(words.say("lottery.fulfilled").to_owned()),
        (Standing::Forfeited, None) => Some(words.say("lottery.forfeited").to_owned()),
        (Standing::Forfeited, Some(reason)) => {
            Some(words.fill("lottery.forfeited_for", "{reason}", &apart(reason)))
        }
    };
    let fate = fate.map(|fate| el("span", "winner__fate", vec![text(fate)]));
    said.push(fate.unwrap_or_default());
    let modifiers = [("winner--own", own), ("winner--forfeited", forfeited)];
    tag(
        "li",
        &["class"],
        vec![Some(class("winner", &modifiers))],
        said,
    )
}
