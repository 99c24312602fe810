//! The fields of a countdown deal.

use super::super::field::select;
use super::pen::Pen;
use crate::form::Form;
use crate::form::deal::{By, Line};
use liveroom_protocol::deal::Settles;
use liveroom_protocol::limits::VARIANTS;
use yew::prelude::*;

const ORDERS: [(By, &str); 3] = [
    (By::Cart, "in your page's cart"),
    (By::Code, "with a code for the shop"),
    (By::Link, "on a page of the shop"),
];

const SETTLES: [(Settles, &str); 2] = [
    (Settles::Shop, "the shop's server"),
    (Settles::Page, "the viewer's page, which can lie"),
];

/// The fields that are shown first, and the folded ones.
pub(super) fn fields(pen: Pen<'_>) -> Html {
    let fields = &pen.form.deal;
    html! {
        <>
            { pen.line("title", "What is sold", &fields.title, "", |form, text| form.deal.title = text) }
            { pen.line("sku", "The shop’s number of it", &fields.sku, "", |form, text| form.deal.sku = text) }
            <div class="goods__line">
                { pen.line("price", "Price", &fields.price, "", |form, text| form.deal.price = text) }
                { pen.line("currency", "Currency", &fields.currency, "", |form, text| form.deal.currency = text) }
            </div>
            { variants(pen) }
            { super::closes(pen, &fields.closes, |form, text| form.deal.closes = text) }
            { pen.tick("hidden", "Hide the price until you reveal it", fields.hidden, |form, yes| form.deal.hidden = yes) }
            { prices(pen) }
            { claims(pen) }
            { pen.fold("Picture, seller, returns, delivery", &["image", "seller", "seller-about", "returns", "delivery"], html! {
                <>
                    { pen.line("image", "Picture", &fields.image, "An address that starts with https:// or with /.", |form, text| form.deal.image = text) }
                    { pen.line("seller", "Seller", &fields.seller, "", |form, text| form.deal.seller = text) }
                    { pen.line("seller-about", "Page about the seller", &fields.seller_about, "", |form, text| form.deal.seller_about = text) }
                    { pen.line("returns", "Page about returns", &fields.returns, "", |form, text| form.deal.returns = text) }
                    { pen.line("delivery", "Page about delivery", &fields.delivery, "", |form, text| form.deal.delivery = text) }
                </>
            }) }
        </>
    }
}

fn line(form: &mut Form, place: usize, put: impl Fn(&mut Line)) {
    if let Some(line) = form.deal.variants.get_mut(place) {
        put(line);
    }
}

fn variants(pen: Pen<'_>) -> Html {
    let lines = &pen.form.deal.variants;
    let several = lines.len() > 1;
    let variant = |(place, variant): (usize, &Line)| {
        let number = place + 1;
        let id = format!("compose-stock-{place}");
        html! {
            <li key={place} class="goods__line">
                { pen.entry(("variant", place), &format!("Variant {number}"), &variant.name, "", move |form, text| line(form, place, |variant| variant.name.clone_from(&text))) }
                { pen.beside(&id, "Units", &variant.stock, move |form, text| line(form, place, |variant| variant.stock.clone_from(&text))) }
                if several {
                    { pen.remove(format!("Remove variant {number}"), move |form| _ = form.deal.variants.remove(place.min(form.deal.variants.len() - 1))) }
                }
            </li>
        }
    };
    let shop = |(place, variant): (usize, &Line)| {
        let label = format!("The shop’s number of variant {}", place + 1);
        pen.entry(
            ("variant-id", place),
            &label,
            &variant.id,
            "",
            move |form, text| line(form, place, |variant| variant.id.clone_from(&text)),
        )
    };
    html! {
        <fieldset class="options">
            <legend class="entry__label">{ "Variants and stock" }</legend>
            if !several {
                <p class="entry__hint">{ "With one variant alone its name may be empty." }</p>
            }
            <ol class="options__list">{ for lines.iter().enumerate().map(variant) }</ol>
            if lines.len() < VARIANTS {
                { pen.link("Add a variant", |form| form.deal.variants.push(Line::default())) }
            }
            { pen.fold("The shop’s numbers", &["variant-id"], html! { <>{ for lines.iter().enumerate().map(shop) }</> }) }
        </fieldset>
    }
}

fn prices(pen: Pen<'_>) -> Html {
    let fields = &pen.form.deal;
    pen.fold(
        "Price before, price of members",
        &["before", "basis", "lowest", "members"],
        html! {
            <>
                { pen.line("before", "Price before", &fields.before, "", |form, text| form.deal.before = text) }
                { pen.line("basis", "What the price before is", &fields.basis, "Like: our price until 1 May.", |form, text| form.deal.basis = text) }
                { pen.line("lowest", "Lowest price of the last 30 days", &fields.lowest, "In the EU it has to stand beside a price before.", |form, text| form.deal.lowest = text) }
                { pen.lines("members", "Prices of members", &fields.members, "One tier a line: gold = 24.90", |form, text| form.deal.members = text) }
            </>
        },
    )
}

fn claims(pen: Pen<'_>) -> Html {
    let fields = &pen.form.deal;
    pen.fold(
        "Units for one viewer, orders",
        &["limit", "reserve", "link"],
        html! {
            <>
                { pen.line("limit", "Units for one viewer, at most", &fields.limit, "1 to 100; one, if empty.", |form, text| form.deal.limit = text) }
                { pen.line("reserve", "Units are reserved for", &fields.reserve, "Minutes and seconds, 0:10 to 1:00:00.", |form, text| form.deal.reserve = text) }
                { select("compose-by", "An order is made", &fields.by, &ORDERS, pen.edit, |form, by| form.deal.by = by) }
                if fields.by == By::Link {
                    { pen.line("link", "The shop’s page", &fields.link, "", |form, text| form.deal.link = text) }
                }
                { select("compose-settles", "Who says that a unit is sold", &fields.settles, &SETTLES, pen.edit, |form, settles| form.deal.settles = settles) }
            </>
        },
    )
}
