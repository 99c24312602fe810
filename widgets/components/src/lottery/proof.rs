//! How the draw can be checked, folded away: what was fixed before the first entry, and what this viewer is called on the list.

use super::Sheet;
use super::facts::{digits, fold};
use crate::parts::tag::{el, say, text};
use yew::prelude::*;

/// Draws what was published of the draw; nothing where nothing was.
pub(super) fn proof(sheet: Sheet) -> Html {
    let (card, scene) = (sheet.card, sheet.scene);
    let words = &scene.words;
    let Some(commitment) = card.commitment.as_ref().filter(|_| scene.taking_part) else {
        return Html::default();
    };
    let named = |key: &'static str| {
        move |what: &String| {
            let name = el("span", "digits__name", vec![say(words, key)]);
            el("p", "lottery__fact", vec![name, digits(what)])
        }
    };
    let means = vec![say(words, "lottery.commitment_means")];
    let round = card.round.map(|round| {
        let round = round.to_string();
        let line = words.fill("lottery.round", "{n}", &round);
        el("p", "lottery__fact", vec![text(line)])
    });
    let inside = vec![
        el("p", "lottery__fact", means),
        named("lottery.commitment")(commitment),
        card.root
            .as_ref()
            .map(named("lottery.root"))
            .unwrap_or_default(),
        sheet
            .mine
            .entrant
            .as_ref()
            .map(named("lottery.entrant"))
            .unwrap_or_default(),
        round.unwrap_or_default(),
    ];
    fold(say(words, "lottery.how"), inside)
}
