//! The fields of a lottery.

use super::super::field::select;
use super::pen::Pen;
use crate::form::Form;
use crate::form::lottery::{ClaimKind, Line};
use liveroom_protocol::limits::PRIZES;
use liveroom_protocol::lottery::Shown;
use yew::prelude::*;

const CLAIMS: [(ClaimKind, &str); 4] = [
    (ClaimKind::Press, "by pressing a button"),
    (ClaimKind::Form, "by a form that only the shop reads"),
    (ClaimKind::Code, "by a code for the shop"),
    (ClaimKind::Link, "on a page of the shop"),
];

const SHOWN: [(Shown, &str); 3] = [
    (Shown::Masked, "by the first letter of the name"),
    (Shown::Public, "by name"),
    (Shown::Private, "not at all, only how many"),
];

/// The fields that are shown first, and the folded ones.
pub(super) fn fields(pen: Pen<'_>) -> Html {
    let fields = &pen.form.lottery;
    html! {
        <>
            { pen.line("title", "Title", &fields.title, "", |form, text| form.lottery.title = text) }
            { prizes(pen) }
            { super::closes(pen, &fields.closes, |form, text| form.lottery.closes = text) }
            { pen.tick("draws-itself", "Draw by itself when it closes", fields.draws_itself, |form, yes| form.lottery.draws_itself = yes) }
            { select("compose-shown", "Winners are shown", &fields.shown, &SHOWN, pen.edit, |form, shown| form.lottery.shown = shown) }
            { claim(pen) }
            { conditions(pen) }
            { pen.fold("Tickets", &["each", "tickets"], html! {
                <>
                    { pen.line("each", "Tickets of everybody", &fields.each, "1 to 100; one, if empty.", |form, text| form.lottery.each = text) }
                    { pen.lines("tickets", "Tickets of members", &fields.tickets, "One tier a line: gold = 3", |form, text| form.lottery.tickets = text) }
                </>
            }) }
            { law(pen) }
        </>
    }
}

fn line(form: &mut Form, place: usize, put: impl Fn(&mut Line)) {
    if let Some(line) = form.lottery.prizes.get_mut(place) {
        put(line);
    }
}

fn prizes(pen: Pen<'_>) -> Html {
    let lines = &pen.form.lottery.prizes;
    let prize = |(place, prize): (usize, &Line)| {
        let number = place + 1;
        html! {
            <li key={place} class="goods__line">
                { pen.entry(("prize", place), &format!("Prize {number}"), &prize.name, "", move |form, text| line(form, place, |prize| prize.name.clone_from(&text))) }
                { pen.beside(&format!("compose-count-{place}"), "How many", &prize.count, move |form, text| line(form, place, |prize| prize.count.clone_from(&text))) }
                if lines.len() > 1 {
                    { pen.remove(format!("Remove prize {number}"), move |form| _ = form.lottery.prizes.remove(place.min(form.lottery.prizes.len() - 1))) }
                }
            </li>
        }
    };
    let more = |(place, prize): (usize, &Line)| {
        let number = place + 1;
        html! {
            <>
                { pen.entry(("prize-value", place), &format!("Prize {number} is worth"), &prize.value, "Like 29.90 EUR.", move |form, text| line(form, place, |prize| prize.value.clone_from(&text))) }
                { pen.entry(("prize-image", place), &format!("Picture of prize {number}"), &prize.image, "", move |form, text| line(form, place, |prize| prize.image.clone_from(&text))) }
            </>
        }
    };
    html! {
        <fieldset class="options">
            <legend class="entry__label">{ "Prizes" }</legend>
            <ol class="options__list">{ for lines.iter().enumerate().map(prize) }</ol>
            if lines.len() < PRIZES {
                { pen.link("Add a prize", |form| form.lottery.prizes.push(Line::default())) }
            }
            { pen.fold("Worth and pictures", &["prize-value", "prize-image"], html! { <>{ for lines.iter().enumerate().map(more) }</> }) }
        </fieldset>
    }
}

fn claim(pen: Pen<'_>) -> Html {
    let fields = &pen.form.lottery;
    html! {
        <>
            { select("compose-claim", "A prize is claimed", &fields.claim, &CLAIMS, pen.edit, |form, claim| form.lottery.claim = claim) }
            if fields.claim == ClaimKind::Form {
                { pen.lines("asks", "The form asks", &fields.asks, "One field a line; with ? at its end it may be left empty.", |form, text| form.lottery.asks = text) }
            }
            if fields.claim == ClaimKind::Link {
                { pen.line("claim-link", "The shop's page", &fields.link, "", |form, text| form.lottery.link = text) }
            }
        </>
    }
}

fn conditions(pen: Pen<'_>) -> Html {
    let fields = &pen.form.lottery;
    pen.fold(
        "What one must do to enter",
        &["keyword", "watched", "voted-in", "attested"],
        html! {
            <>
                { pen.line("keyword", "Type this word", &fields.keyword, "Say it on air; nothing, if empty.", |form, text| form.lottery.keyword = text) }
                if !fields.keyword.trim().is_empty() {
                    { pen.tick("keyword-shown", "The card shows the word", fields.keyword_shown, |form, yes| form.lottery.keyword_shown = yes) }
                }
                { pen.line("watched", "Watch for so many minutes", &fields.watched, "", |form, text| form.lottery.watched = text) }
                { pen.tick("voted", "Vote in a poll of this room", fields.voted, |form, yes| form.lottery.voted = yes) }
                if fields.voted {
                    { pen.line("voted-in", "In this poll", &fields.voted_in, "Its name in the room; any, if empty.", |form, text| form.lottery.voted_in = text) }
                }
                { pen.line("attested", "What your page must attest", &fields.attested, "followed, shared, bought, adult, or words of its own, with commas.", |form, text| form.lottery.attested = text) }
            </>
        },
    )
}

fn law(pen: Pen<'_>) -> Html {
    let fields = &pen.form.lottery;
    pen.fold(
        "Organiser, rules, exclusions, time to claim",
        &["organiser", "rules", "free-entry", "prize-delivery", "claim-days", "exclusions", "not-after", "wins-allowed", "round"],
        html! {
            <>
                { pen.line("organiser", "Organiser", &fields.organiser, "Who it is, and how to reach them.", |form, text| form.lottery.organiser = text) }
                { pen.line("rules", "The full rules", &fields.rules, "An address that starts with https:// or with /.", |form, text| form.lottery.rules = text) }
                { pen.line("free-entry", "How to enter without buying", &fields.free_entry, "It stands on the card.", |form, text| form.lottery.free_entry = text) }
                { pen.line("prize-delivery", "How a prize is delivered", &fields.delivery, "It stands on the card.", |form, text| form.lottery.delivery = text) }
                { pen.line("claim-days", "Days to claim a prize", &fields.claim_days, "1 to 60; seven, if empty.", |form, text| form.lottery.claim_days = text) }
                { pen.lines("exclusions", "Reasons to exclude somebody", &fields.exclusions, "One a line. They stand on the card; nobody is excluded for another.", |form, text| form.lottery.exclusions = text) }
                { pen.line("not-after", "Winners of these do not win here", &fields.not_after, "Names of lotteries of this room, with commas.", |form, text| form.lottery.not_after = text) }
                { pen.line("wins-allowed", "But so many wins in them are allowed", &fields.wins_allowed, "None, if empty; then one win is enough.", |form, text| form.lottery.wins_allowed = text) }
                { pen.line("round", "Round of drand’s quicknet", &fields.round, "Mixed in, if given; nobody knows it until after closing.", |form, text| form.lottery.round = text) }
            </>
        },
    )
}
