//! A deal's stock as the desk watches it: what is left, reserved, being ordered and sold of each variant.

use crate::board::Deal;
use crate::format::DeskFormat;
use liveroom::Format;
use liveroom_protocol::deal::Stock;
use liveroom_protocol::id::VariantId;
use yew::prelude::*;

/// The table of stock, and what it costs.
pub(in super::super) fn stock(deal: &Deal) -> Html {
    let card = &deal.card;
    let price = card.price.as_ref().map_or_else(String::new, |price| {
        let price = DeskFormat.money(price.amount.as_str(), price.currency.as_str());
        if card.price_hidden {
            format!("{price}, hidden from viewers")
        } else {
            price
        }
    });
    let one = deal.card.variants.len() == 1;
    let rows = deal.tally.stock.iter().enumerate();
    html! {
        <>
            <p class="entry__hint">{ price }</p>
            <div class="stock" role="region" aria-label="Stock" tabindex="0">
                <table class="stock__table">
                    <thead>
                        <tr>
                            <th scope="col">{ "Variant" }</th>
                            { for HEADS.iter().map(|head| html! { <th key={*head} scope="col">{ *head }</th> }) }
                        </tr>
                    </thead>
                    <tbody>
                        { for rows.map(|(place, stock)| html! {
                            <tr key={place}>
                                <th scope="row" dir="auto">{ name(deal, place) }</th>
                                { cells(*stock) }
                            </tr>
                        }) }
                        if !one {
                            <tr><th scope="row">{ "All" }</th>{ cells(sum(&deal.tally.stock)) }</tr>
                        }
                    </tbody>
                </table>
            </div>
        </>
    }
}

const HEADS: [&str; 5] = ["Left", "Reserved", "Ordering", "Sold", "Of"];

fn cells(stock: Stock) -> Html {
    let counts = [
        stock.left,
        stock.reserved,
        stock.ordering,
        stock.sold,
        stock.total,
    ];
    html! {
        <>
            { for counts.into_iter().map(|count| html! { <td>{ DeskFormat.number(count) }</td> }) }
        </>
    }
}

fn sum(all: &[Stock]) -> Stock {
    all.iter().fold(Stock::default(), |sum, stock| Stock {
        left: sum.left.saturating_add(stock.left),
        reserved: sum.reserved.saturating_add(stock.reserved),
        ordering: sum.ordering.saturating_add(stock.ordering),
        sold: sum.sold.saturating_add(stock.sold),
        total: sum.total.saturating_add(stock.total),
    })
}

/// What a variant is called, by its name in the deal.
pub(super) fn variant_name(deal: &Deal, id: &VariantId) -> String {
    let mut variants = deal.card.variants.iter();
    let place = variants.position(|variant| variant.id == *id);
    place.map_or_else(|| id.to_string(), |place| name(deal, place))
}

/// What a variant is called; where there is no choice, the units.
pub(super) fn name(deal: &Deal, place: usize) -> String {
    let variant = deal.card.variants.get(place);
    let named = variant.and_then(|variant| variant.name.clone());
    named.unwrap_or_else(|| "Units".into())
}
