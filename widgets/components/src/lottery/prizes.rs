//! What may be won: each prize with how many there are of it, and what one is worth.

use super::Sheet;
use super::typed::foreign;
use crate::parts::tag::{el, text};
use liveroom_protocol::lottery::Prize;
use yew::prelude::*;

/// Draws the prizes.
pub(super) fn prizes(sheet: Sheet) -> Html {
    let rows = sheet.card.prizes.iter();
    el(
        "ul",
        "prizes",
        rows.map(|prize| row(sheet, prize)).collect(),
    )
}

/// What a prize is called; nothing for a place that the card does not have.
pub(super) fn name<'a>(sheet: Sheet<'a>, place: u32) -> &'a str {
    let prize = sheet.card.prizes.get(place as usize);
    prize.map_or("", |prize| prize.name.as_str())
}

fn row(sheet: Sheet, prize: &Prize) -> Html {
    let (words, format) = (&sheet.scene.words, &*sheet.scene.format);
    let picture = prize.image.as_ref().map(|image| {
        html! { <img class="prize__picture" src={image.as_str().to_owned()} alt="" width="56" height="56" decoding="async" /> }
    });
    let times =
        (prize.count > 1).then(|| words.fill("lottery.times", "{n}", &format.number(prize.count)));
    let worth = prize.value.as_ref().map(|value| {
        let key = match prize.count {
            1 => "lottery.worth",
            _ => "lottery.worth_each",
        };
        let value = format.money(value.amount.as_str(), value.currency.as_str());
        words.fill(key, "{value}", &value)
    });
    let line = |class: &'static str| move |line: String| el("span", class, vec![text(line)]);
    let said = vec![
        foreign("span", "prize__name", prize.name.as_str()),
        worth.map(line("prize__worth")).unwrap_or_default(),
    ];
    el(
        "li",
        "prize",
        vec![
            picture.unwrap_or_default(),
            el("span", "prize__said", said),
            times.map(line("prize__times")).unwrap_or_default(),
        ],
    )
}
