//! The odds, said plainly; and the small print: whom it is for, who organises it, how it is drawn and claimed.

use super::Sheet;
use super::proof::proof;
use super::typed::foreign;
use crate::parts::label::flag;
use crate::parts::link::link;
use crate::parts::tag::{el, say, text};
use crate::parts::whom::whom;
use crate::words::{apart, fill};
use liveroom_protocol::identity::Level;
use liveroom_protocol::lottery::{Shown, Tickets};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Span;
use liveroom_protocol::{Action, Widget};
use yew::prelude::*;

/// Draws how many have entered, and what this viewer's odds are or would be.
pub(super) fn odds(sheet: Sheet) -> Html {
    let words = &sheet.scene.words;
    let format = &*sheet.scene.format;
    let tally = sheet.tally;
    let entrants = match (tally.entrants, tally.phase) {
        (0, Phase::Ready) => return Html::default(),
        (0, Phase::Closed) => words.say("lottery.nobody").to_owned(),
        (0, Phase::Open | Phase::Paused) => words.say("lottery.none_yet").to_owned(),
        (entrants, _) => words.count(format, "lottery.entrants", entrants),
    };
    let line = |class: &'static str| move |line: String| el("p", class, vec![text(line)]);
    let odds = own_odds(sheet).map(line("lottery__odds"));
    let rule = shows_rule(sheet).then(|| tickets(sheet, &sheet.card.tickets));
    let mut lines = vec![
        odds.unwrap_or_default(),
        line("lottery__entrants")(entrants),
    ];
    lines.extend(
        [rule, excluded(sheet)]
            .into_iter()
            .flatten()
            .map(line("lottery__fact")),
    );
    el("div", "lottery__sums", lines)
}

/// Whether tickets are worth a line in open view: not everybody has the same.
fn shows_rule(sheet: Sheet) -> bool {
    !sheet.card.tickets.tiers.is_empty()
}

/// How many are excluded, by reason; None while nobody is.
fn excluded(sheet: Sheet) -> Option<String> {
    let (words, format) = (&sheet.scene.words, &*sheet.scene.format);
    let published = sheet.card.exclusions.iter().map(|reason| reason.as_str());
    // The last is of those who won elsewhere, where the card names lotteries.
    let reasons = published.chain([words.say("lottery.won_before")]);
    let counts = reasons
        .zip(&sheet.tally.excluded)
        .filter(|(_, count)| **count > 0);
    let mut list = String::new();
    for (reason, count) in counts {
        if !list.is_empty() {
            list.push_str(words.say("list"));
        }
        list.push_str(&apart(reason));
        list.push(' ');
        list.push_str(&format.number(*count));
    }
    (!list.is_empty()).then(|| words.fill("lottery.excluded", "{list}", &list))
}

fn own_odds(sheet: Sheet) -> Option<String> {
    let (words, format) = (&sheet.scene.words, &*sheet.scene.format);
    let (mine, tally, tickets) = (sheet.mine, sheet.tally, &sheet.card.tickets);
    let over = sheet.card.drawn_at.is_some() || sheet.card.cancelled.is_some();
    if over || !sheet.scene.taking_part {
        return None;
    }
    if let Some(reason) = &mine.excluded {
        return Some(words.fill("lottery.excluded_you", "{reason}", &apart(reason)));
    }
    let all = u32::try_from(tally.tickets).unwrap_or(u32::MAX);
    let (key, own, all) = match (mine.entered, tally.phase) {
        (true, _) => ("lottery.odds", mine.tickets.max(1), all.max(mine.tickets)),
        // What tier a viewer has is then the page's to say, which has given no token.
        (false, Phase::Open) if sheet.scene.driven && !tickets.tiers.is_empty() => {
            ("lottery.odds_each", 1, all.max(1))
        }
        (false, Phase::Open) => {
            let tier = sheet.scene.shop.tier.as_deref();
            let own = tickets
                .tiers
                .iter()
                .filter(|own| Some(own.tier.as_str()) == tier);
            let own = own
                .map(|own| own.tickets)
                .max()
                .unwrap_or(0)
                .max(tickets.each)
                .max(1);
            ("lottery.odds_new", own, all.saturating_add(own))
        }
        (false, Phase::Ready | Phase::Paused | Phase::Closed) => return None,
    };
    let own = words.count(format, "lottery.tickets", own);
    let line = words.fill(key, "{own}", &own);
    let line = fill(&line, "{all}", &format.number(all));
    let prizes = words.count(format, "lottery.pieces", sheet.pieces());
    Some(fill(&line, "{prizes}", &prizes))
}

/// Draws what stands under the button.
pub(super) fn facts(sheet: Sheet, onact: &Callback<Action>) -> Html {
    let (card, scene) = (sheet.card, sheet.scene);
    let words = &scene.words;
    if !scene.taking_part {
        return Html::default();
    }
    let line = |line: String| el("p", "lottery__fact", vec![text(line)]);
    let mut parts: Vec<Html> = whom(scene, &card.who).into_iter().map(line).collect();
    let organiser = card.organiser.as_ref();
    parts.extend(organiser.map(|who| line(words.fill("lottery.organiser", "{who}", &apart(who)))));
    for (key, how) in [
        ("lottery.free", &card.free_entry),
        ("lottery.delivery", &card.delivery),
    ] {
        parts.extend(
            how.iter()
                .map(|how| line(words.fill(key, "{how}", &apart(how)))),
        );
    }
    let rules = card.rules.as_ref().map(|rules| {
        let rules = link(rules.as_str(), vec![say(words, "lottery.rules")], None);
        el("span", "fold", vec![rules])
    });
    let more: Vec<Html> = short(sheet).into_iter().map(line).collect();
    let folds = vec![
        rules.unwrap_or_default(),
        fold(say(words, "lottery.short"), more),
        proof(sheet),
        flag(scene, Widget::Lottery, onact),
    ];
    parts.push(el("div", "lottery__folds", folds));
    el("div", "lottery__facts", parts)
}

/// What is folded away behind a line.
pub(super) fn fold(ask: Html, inside: Vec<Html>) -> Html {
    let summary = el("summary", "fold__ask", vec![ask]);
    el(
        "details",
        "fold",
        vec![summary, el("div", "fold__inside", inside)],
    )
}

/// The rules in short, a line each.
fn short(sheet: Sheet) -> Vec<String> {
    let (card, words) = (sheet.card, &sheet.scene.words);
    let say = |key: &str| words.say(key).to_owned();
    let mut lines = vec![say(match card.level {
        Level::Device => "lottery.one_device",
        Level::Token => "lottery.one_token",
        Level::Verified => "lottery.one_verified",
    })];
    if !shows_rule(sheet) {
        lines.push(tickets(sheet, &card.tickets));
    }
    lines.extend([
        say(match card.draws_itself {
            true => "lottery.by_itself",
            false => "lottery.by_hand",
        }),
        say(match card.winners_shown {
            Shown::Masked => "lottery.shown_masked",
            Shown::Public => "lottery.shown_public",
            Shown::Private => "lottery.shown_private",
        }),
    ]);
    if let Some(within) = card.claim_within_ms {
        lines.push(words.fill("lottery.within", "{time}", &length(sheet, within)));
    }
    let mut list = |key, names: Vec<&str>| {
        if !names.is_empty() {
            lines.push(words.fill(key, "{list}", &words.list(names.into_iter())));
        }
    };
    let exclusions = card.exclusions.iter().map(|reason| reason.as_str());
    list("lottery.exclusions", exclusions.collect());
    let before = card.not_after.iter().map(|activity| activity.as_str());
    let key = match card.wins_allowed {
        0 => "lottery.not_after",
        _ => "lottery.not_often_after",
    };
    list(key, before.collect());
    if let Some(last) = lines.last_mut().filter(|_| card.wins_allowed > 0) {
        let allowed = sheet.scene.format.number(card.wins_allowed);
        *last = fill(last, "{n}", &allowed);
    }
    lines
}

/// How many tickets an entry has: everybody's, and those of each tier.
fn tickets(sheet: Sheet, tickets: &Tickets) -> String {
    let (words, format) = (&sheet.scene.words, &*sheet.scene.format);
    let mut list = words.count(format, "lottery.tickets", tickets.each);
    for tier in &tickets.tiers {
        list.push_str(words.say("list"));
        list.push_str(&apart(tier.tier.as_str()));
        list.push(' ');
        list.push_str(&format.number(tier.tickets));
    }
    let mut line = words.fill("lottery.tickets_rule", "{list}", &list);
    if sheet.tally.most > 0 {
        let most = words.count(format, "lottery.tickets", sheet.tally.most);
        line.push_str(words.say("join"));
        line.push_str(&words.fill("lottery.most", "{tickets}", &most));
    }
    line
}

/// A long time in the largest whole unit.
fn length(sheet: Sheet, span: Span) -> String {
    let (words, format) = (&sheet.scene.words, &*sheet.scene.format);
    let minutes = span.0.div_ceil(60_000);
    let (key, count) = match minutes {
        m if m >= 1_440 && m % 1_440 == 0 => ("lottery.days", m / 1_440),
        m if m >= 60 && m % 60 == 0 => ("lottery.hours", m / 60),
        m => ("lottery.minutes", m),
    };
    words.count(format, key, u32::try_from(count).unwrap_or(u32::MAX))
}

/// Draws a name in the list of a proof, or a fingerprint: digits that are read in one direction.
pub(super) fn digits(digits: &str) -> Html {
    foreign("code", "digits", digits)
}
