//! A deal at the desk: its stock raised and lowered, calling it off, and the shop's word where the owner speaks for it.

use super::deal_numbers::name;
use super::reason::Reasoned;
use super::{Deck, chosen, typed};
use crate::board::Deal;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::deal::Settle;
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::limits::STOCK;
use liveroom_protocol::text::Text;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in super::super) struct DealPanelProps {
    /// The deal.
    pub(in super::super) deal: Deal,
    /// What may be done.
    pub(in super::super) deck: Deck,
}

/// What only a deal is told to do.
#[component]
pub(in super::super) fn DealPanel(props: &DealPanelProps) -> Html {
    let DealPanelProps { deal, deck } = props;
    let id = deal.id.clone();
    let cancel = Callback::from(move |(reason, _)| Command::Cancel {
        activity: id.clone(),
        reason,
    });
    html! {
        <>
            <Restock deal={deal.clone()} deck={deck.clone()} />
            if deck.owns() {
                <SettleOne deal={deal.clone()} deck={deck.clone()} />
            }
            if deal.card.cancelled.is_none() {
                <Reasoned id={format!("cancel-{}", deal.id)} title="Call it off…" label="Why? Everybody reads it."
                    yes="Call it off" about={About::Activity(deal.id.clone())} deck={deck.clone()} make={cancel} />
            }
        </>
    }
}

/// Raises or lowers the stock of a variant.
#[component]
fn Restock(props: &DealPanelProps) -> Html {
    let DealPanelProps { deal, deck } = props;
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

/// The shop's word on a claim; a shop's own server says it by itself.
#[component]
fn SettleOne(props: &DealPanelProps) -> Html {
    let DealPanelProps { deal, deck } = props;
    let (claim, order) = (use_state(String::new), use_state(String::new));
    let settle = |settle: Settle| match ClaimId::parse(claim.trim()) {
        Ok(claim) => Ok(Command::DealSettle {
            activity: deal.id.clone(),
            claim,
            settle,
        }),
        Err(_) => Err("Write the claim’s name."),
    };
    let about = About::Activity(deal.id.clone());
    let sold = Settle::Sold {
        order: Text::parse(&order).ok(),
        value: None,
    };
    html! {
        <details class="fold">
            <summary>{ "Settle a claim, as the shop…" }</summary>
            <div class="fold__fields">
                <p class="entry__hint">{ "Where there is a shop, its server does this. A claim’s name is in its ticket and in the page’s cart." }</p>
                { typed(&format!("claim-{}", deal.id), "Claim", &claim) }
                { typed(&format!("order-{}", deal.id), "The order’s number, if there is one", &order) }
                <div class="strip__own">
                    { deck.button("It is sold", None, &about, settle(sold)) }
                    { deck.button("It came to nothing", None, &about, settle(Settle::Returned)) }
                </div>
            </div>
        </details>
    }
}
