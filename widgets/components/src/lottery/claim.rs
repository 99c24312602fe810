//! This viewer's own part in the draw: what was won, until when it can be claimed, and how.

use super::Sheet;
use super::draw::fresh;
use super::facts::digits;
use super::prizes::name as prize_name;
use super::typed::foreign;
use super::typed::{Hand, refusal, submit};
use crate::parts::clock::until;
use crate::parts::link::link;
use crate::parts::tag::{class, el, say, tag, text};
use crate::scene::Link;
use liveroom_protocol::Action;
use liveroom_protocol::limits::FIELD_CHARS;
use liveroom_protocol::lottery::{Claim, ClaimBy, Field, FormField, Standing, Win};
use liveroom_protocol::text::Text;
use yew::prelude::*;

/// Whether a win of this viewer waits to be claimed.
pub(super) fn waits(sheet: Sheet, win: u32) -> bool {
    let wins = sheet.mine.wins.iter();
    wins.filter(|own| own.standing == Standing::Waiting)
        .any(|own| own.win == win)
}

/// What this viewer has won and not forfeited, in words; None for nothing.
pub(super) fn won(sheet: Sheet) -> Option<String> {
    let words = &sheet.scene.words;
    let wins = sheet.mine.wins.iter();
    let wins = wins.filter(|win| win.standing != Standing::Forfeited);
    let list = words.list(wins.map(|win| prize_name(sheet, win.prize)));
    (!list.is_empty()).then(|| words.fill("lottery.won", "{list}", &list))
}

/// Draws this viewer's wins once names have settled.
pub(super) fn own(sheet: Sheet, hand: &Hand) -> Html {
    if !sheet.is_told() || !sheet.scene.taking_part || sheet.mine.wins.is_empty() {
        return Html::default();
    }
    let wins = sheet.mine.wins.iter().map(|win| one(sheet, hand, win));
    let mut parts: Vec<Html> = wins.collect();
    parts.push(refusal(sheet));
    fresh(sheet, "own", parts)
}

fn one(sheet: Sheet, hand: &Hand, win: &Win) -> Html {
    let scene = sheet.scene;
    let words = &scene.words;
    let prize = prize_name(sheet, win.prize);
    let lost = win.standing == Standing::Forfeited;
    let line = |key: &str| el("p", "win__line", vec![say(words, key)]);
    let head = match lost {
        true => el("p", "win__head", vec![foreign("span", "win__prize", prize)]),
        false => {
            let what = foreign("span", "win__prize", prize);
            let won = el("span", "win__won", vec![say(words, "lottery.you_won")]);
            el("p", "win__head", vec![won, what])
        }
    };
    let mut parts = vec![head];
    match win.standing {
        Standing::Waiting => {
            let ends = ["lottery.claim_by", "lottery.claim_over"];
            let clock = win.claim_by.map(|at| until(scene, at, false, ends));
            parts.push(clock.unwrap_or_default());
        }
        Standing::Claimed => parts.push(line("lottery.you_claimed")),
        Standing::Fulfilled => parts.push(line("lottery.fulfilled")),
        Standing::Forfeited => parts.push(line("lottery.you_forfeited")),
    }
    if let Some(code) = &win.code {
        let code = el("p", "win__code", vec![digits(code)]);
        parts.extend([line("lottery.code"), code]);
    }
    parts.push(way(sheet, hand, win));
    tag(
        "div",
        &["class"],
        vec![Some(class("win", &[("win--lost", lost)]))],
        parts,
    )
}

/// The way to the prize: a press, a form, a code, or a page of the shop.
fn way(sheet: Sheet, hand: &Hand, win: &Win) -> Html {
    let words = &sheet.scene.words;
    let waiting = win.standing == Standing::Waiting;
    let claiming = sheet.scene.pending.as_ref().is_some_and(
        |pending| matches!(&pending.action, Action::LotteryClaim(claim) if claim.win == win.win),
    );
    let ready = waiting && sheet.scene.pending.is_none();
    let sending = match sheet.scene.link {
        Link::Lost { .. } => "poll.waiting",
        Link::Live | Link::Slow => "poll.sending",
    };
    let key = match &sheet.card.claim {
        _ if claiming => sending,
        ClaimBy::Code => "lottery.claim_code",
        ClaimBy::Press | ClaimBy::Form { .. } => "lottery.claim",
        ClaimBy::Link { .. } => "lottery.claim_link",
    };
    match (&sheet.card.claim, win.standing) {
        // The page of the shop is there for those who come back to it.
        (ClaimBy::Link { address }, Standing::Waiting | Standing::Claimed) => {
            let page = link(
                address.as_str(),
                vec![say(words, "lottery.claim_link")],
                Some("act"),
            );
            let onact = hand.onact.clone();
            let claim = claim(win, Vec::new());
            let onclick =
                ready.then(|| Callback::from(move |_: MouseEvent| onact.emit(claim.clone())));
            html! { <p class="acts" {onclick}>{ page }</p> }
        }
        (_, Standing::Claimed | Standing::Fulfilled | Standing::Forfeited) => Html::default(),
        (by, Standing::Waiting) => {
            let (fields, form) = match by {
                ClaimBy::Form { fields } => filled(sheet, hand, win, fields),
                ClaimBy::Press | ClaimBy::Code | ClaimBy::Link { .. } => (Vec::new(), Vec::new()),
            };
            let mut inside = fields;
            let submit = submit(ready, vec![say(words, key)]);
            inside.push(el("div", "acts", vec![submit]));
            hand.form(ready.then(|| claim(win, form)), inside)
        }
    }
}

fn claim(win: &Win, form: Vec<Field>) -> Action {
    Action::LotteryClaim(Claim { win: win.win, form })
}

/// The fields as the card has them, and what stands in them. Whoever leaves one out that may be left out sends nothing for it.
fn filled(sheet: Sheet, hand: &Hand, win: &Win, fields: &[FormField]) -> (Vec<Html>, Vec<Field>) {
    let words = &sheet.scene.words;
    let (mut drawn, mut form) = (Vec::new(), Vec::new());
    for (number, field) in fields.iter().enumerate() {
        let place = Some((win.win, number));
        let mut name = vec![foreign("span", "lottery__label", field.label.as_str())];
        if field.optional {
            name.push(text(String::from(" ")));
            name.push(el(
                "span",
                "lottery__more",
                vec![say(words, "lottery.optional")],
            ));
        }
        let name = el("span", "lottery__whole", name);
        drawn.push(hand.field(place, name, !field.optional, FIELD_CHARS));
        if let Ok(value) = Text::parse(hand.held.at(place)) {
            let label = field.label.clone();
            form.push(Field { label, value });
        }
    }
    let shop = vec![say(words, "lottery.form_private")];
    drawn.push(el("p", "win__line win__private", shop));
    (drawn, form)
}
