//! A deal at the desk: its claims, its stock raised and lowered.

use super::claims::Claims;
use super::deal_numbers::name;
use super::{Deck, chosen, typed};
use crate::board::{Deal, Seen};
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::limits::STOCK;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in super::super) struct DealPanelProps {
    /// The deal.
    pub(in super::super) deal: Deal,
    /// Its claims, as far as they are told.
    #[prop_or_default]
    pub(in super::super) seen: Seen,
    /// What may be done.
    pub(in super::super) deck: Deck,
}

/// What only a deal is told to do.
#[component]
pub(in super::super) fn DealPanel(props: &DealPanelProps) -> Html {
    let DealPanelProps { deal, seen, deck } = props;
    html! {
        <>
            <Claims deal={deal.clone()} seen={seen.clone()} deck={deck.clone()} />
            <Restock deal={deal.clone()} deck={deck.clone()} />
        </>
    }
}

/// Raises or lowers the stock of a variant.
#[component]
fn Restock(props: &DealPanelProps) -> Html {
    let DealPanelProps { deal, deck, .. } = props;
    let (units, place) = (use_state(|| "1".to_owned()), use_state(|| 0_usize));
    let names: Vec<String> = (0..deal.card.variants.len())
        .map(|place| name(deal, place))
        .collect();
    let by = |sign: i32| {
        let units = units.trim().parse::<i32>().ok();
        let units = units.filter(|units| *units > 0 && units.unsigned_abs() <= STOCK);
        let variant = deal.card.variants.get(*place);
        match (variant, units) {
            (Some(variant), Some(units)) => Ok(Command::DealStock {
                activity: deal.id.clone(),
                variant: variant.id.clone(),
                by: sign * units,
            }),
            _ => Err("Write how many units."),
        }
    };
    let about = About::Activity(deal.id.clone());
    html! {
        <details class="fold">
            <summary>{ "Change the stock…" }</summary>
            <div class="fold__fields">
                if names.len() > 1 {
                    { chosen(&format!("variant-{}", deal.id), "Of", &names, &place) }
                }
                { typed(&format!("units-{}", deal.id), "Units", &units) }
                <div class="strip__own">
                    { deck.button("Add units", None, &about, by(1)) }
                    { deck.button("Take units away", None, &about, by(-1)) }
                </div>
            </div>
        </details>
    }
}
