//! The claims of a deal at the desk: those that are open, those that were looked up, and the shop's word on each.

use super::deal_numbers::variant_name;
use super::finder::{Finder, files};
use super::{Deck, typed};
use crate::board::{Deal, Seen};
use crate::format::DeskFormat;
use crate::order::About;
use liveroom::Format;
use liveroom_protocol::Command;
use liveroom_protocol::deal::{OpenClaim, OpenClaims, Said, Settle, Standing};
use liveroom_protocol::desk::Listed;
use liveroom_protocol::text::Text;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ClaimsProps {
    /// The deal.
    pub(super) deal: Deal,
    /// Its claims, as far as they are told.
    pub(super) seen: Seen,
    /// What may be done.
    pub(super) deck: Deck,
}

/// The open claims, the newest of them, and a way to the others.
#[component]
pub(super) fn Claims(props: &ClaimsProps) -> Html {
    let ClaimsProps { deal, seen, deck } = props;
    let open = match seen.listed() {
        Some(Listed::Deal(open)) => open.clone(),
        _ => OpenClaims::default(),
    };
    let found = seen.found.as_ref().and_then(|found| match &found.desk {
        Ok(desk) => match &desk.listed {
            Listed::Deal(claims) => Some(&claims.claims[..]),
            Listed::Lottery(_) | Listed::Unknown => None,
        },
        Err(_) => None,
    });
    let found = found.unwrap_or_default();
    let shown = open.claims.len();
    let list = |place: &'static str, label: &'static str, claims: &[OpenClaim]| {
        if claims.is_empty() {
            return Html::default();
        }
        html! {
            <ol class="parts" aria-label={label}>
                { for claims.iter().map(|claim| html! {
                    <ClaimRow key={claim.claim.to_string()} {place} deal={deal.clone()} claim={claim.clone()} deck={deck.clone()} />
                }) }
            </ol>
        }
    };
    html! {
        <>
            if shown > 0 {
                <p class="entry__hint">{ many(open.open, shown) }</p>
            }
            { list("open", "Open claims", &open.claims) }
            <Finder activity={deal.id.clone()} title="Look a claim up…" label="A claim, an order’s number or a code; nothing for all that are open"
                found={seen.found.clone()} count={found.len()} deck={deck.clone()}>
                { list("found", "Claims that were found", found) }
            </Finder>
            { files(&deal.id, deck) }
        </>
    }
}

fn many(open: u32, shown: usize) -> String {
    match open {
        1 => "1 claim is open.".into(),
        open if u32::try_from(shown) == Ok(open) => format!("{open} claims are open."),
        open => format!(
            "{} claims are open; these are the newest {shown}.",
            DeskFormat.number(open)
        ),
    }
}

#[derive(PartialEq, Properties)]
struct ClaimProps {
    /// In which list it stands.
    place: &'static str,
    /// Of which deal.
    deal: Deal,
    /// The claim.
    claim: OpenClaim,
    /// What may be done.
    deck: Deck,
}

/// One claim; only who speaks for the shop has buttons.
#[component]
fn ClaimRow(props: &ClaimProps) -> Html {
    let ClaimProps {
        place,
        deal,
        claim,
        deck,
    } = props;
    let order = use_state(String::new);
    let name = claim.claim.as_str();
    // A claim's name is a letter and the number of its record.
    let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
    let about = About::Part(deal.id.clone(), number.parse().unwrap_or(u32::MAX));
    let settle = |settle: Settle| Command::DealSettle {
        activity: deal.id.clone(),
        claim: claim.claim.clone(),
        settle,
    };
    let sold = |order| settle(Settle::Sold { order, value: None });
    let is_sold = claim.standing == Standing::Sold;
    let numbered = Text::parse(&order).map(|order| sold(Some(order)));
    let numbered = numbered.map_err(|_| "Write the order’s number.");
    let units = match claim.quantity {
        1 => "1 unit".to_owned(),
        many => format!("{many} units"),
    };
    html! {
        <li class="parts__part">
            <p class="parts__head">
                <b>{ name.to_owned() }</b>{ " · " }<span dir="auto">{ variant_name(deal, &claim.variant) }</span>{ format!(" · {units} · {}", standing(claim)) }
            </p>
            <p class="parts__note" dir="auto">{ note(claim) }</p>
            if deck.owns() {
                <div class="strip__own">
                    if !is_sold {
                        { deck.button("It is sold", None, &about, Ok(sold(None))) }
                    }
                    if claim.standing != Standing::Returned {
                        { deck.twice(back(is_sold), (format!("The units of {name} go back on the shelf. Is nothing paid?"), 0), &about, Ok(settle(Settle::Returned))) }
                    }
                </div>
                if !is_sold {
                    <details class="fold">
                        <summary>{ "With an order’s number…" }<span class="unseen">{ format!(" claim {name}") }</span></summary>
                        <div class="fold__fields">
                            { typed(&format!("order-{place}-{}-{name}", deal.id), "The order’s number", &order) }
                            <div class="strip__own">{ deck.button("It is sold, under this number", None, &about, numbered) }</div>
                        </div>
                    </details>
                }
            }
        </li>
    }
}

const fn back(is_sold: bool) -> &'static str {
    if is_sold {
        "It came back"
    } else {
        "It came to nothing"
    }
}

fn standing(claim: &OpenClaim) -> String {
    match claim.standing {
        Standing::Reserved => format!("reserved until {}", DeskFormat.time(claim.until)),
        Standing::Ordering => "being ordered".into(),
        Standing::Sold => "sold".into(),
        Standing::Returned => "went back".into(),
    }
}

/// What the shop said of it, and what only the page did.
fn note(claim: &OpenClaim) -> String {
    let mut parts = Vec::new();
    parts.extend(said("Order", &claim.settled));
    parts.extend(said("The page says: order", &claim.page));
    if claim.failure.is_some() {
        parts.push("the last order failed".into());
    }
    parts.join(" · ")
}

fn said(who: &str, said: &Said) -> Option<String> {
    let order = said.order.as_ref().map(|order| order.as_str().to_owned());
    let value = said
        .value
        .as_ref()
        .map(|value| DeskFormat.money(value.amount.as_str(), value.currency.as_str()));
    let parts: Vec<String> = order.into_iter().chain(value).collect();
    (!parts.is_empty()).then(|| format!("{who} {}", parts.join(", ")))
}
