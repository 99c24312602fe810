//! A lottery at the desk: who has entered, the draw in parts, who won, who is excluded.

use super::entrants::Entrants;
use super::finder::files;
use super::wins::Wins;
use super::{Deck, typed};
use crate::board::{Lottery, Seen};
use crate::format::DeskFormat;
use crate::order::About;
use liveroom::Format;
use liveroom_protocol::Command;
use liveroom_protocol::lottery::Signature;
use liveroom_protocol::phase::Phase;
use yew::prelude::*;

/// The numbers.
pub(in super::super) fn entries(lottery: &Lottery) -> Html {
    let (card, tally) = (&lottery.card, &lottery.tally);
    let figure = |name: &str, value: String| {
        html! { <div class="figures__figure"><dt>{ name.to_owned() }</dt><dd>{ value }</dd></div> }
    };
    let number = |value: u32| DeskFormat.number(value);
    let tickets = u32::try_from(tally.tickets).unwrap_or(u32::MAX);
    html! {
        <>
            <dl class="figures">
                { figure("Entrants", number(tally.entrants)) }
                { figure("Tickets", number(tickets)) }
                { figure("Prizes", number(lottery.pieces())) }
                if card.drawn_at.is_some() {
                    { figure("Winners", number(lottery.standing())) }
                    { figure("Claimed", number(tally.claimed)) }
                }
            </dl>
            if card.draws_itself && card.drawn_at.is_none() && card.cancelled.is_none() {
                <p class="entry__hint">{ "It draws by itself when it closes." }</p>
            }
        </>
    }
}

#[derive(PartialEq, Properties)]
pub(in super::super) struct LotteryPanelProps {
    /// The lottery.
    pub(in super::super) lottery: Lottery,
    /// Its entrants, as far as they are told.
    #[prop_or_default]
    pub(in super::super) seen: Seen,
    /// What may be done.
    pub(in super::super) deck: Deck,
}

/// What only a lottery is told to do.
#[component]
pub(in super::super) fn LotteryPanel(props: &LotteryPanelProps) -> Html {
    let LotteryPanelProps {
        lottery,
        seen,
        deck,
    } = props;
    let card = &lottery.card;
    let off = card.cancelled.is_some();
    let closed = lottery.tally.phase == Phase::Closed;
    html! {
        <>
            if !card.winners.is_empty() {
                <Wins lottery={lottery.clone()} deck={deck.clone()} />
            }
            if closed && !off && lottery.tally.entrants > 0 && *lottery.left().end() > 0 {
                <DrawSome lottery={lottery.clone()} deck={deck.clone()} />
            }
            <Entrants lottery={lottery.clone()} seen={seen.clone()} deck={deck.clone()} />
            if !card.winners.is_empty() {
                { files(&lottery.id, deck) }
            }
        </>
    }
}

/// Draws so many of the next prizes; with the public round's signature, where the terms name one.
#[component]
fn DrawSome(props: &LotteryPanelProps) -> Html {
    let LotteryPanelProps { lottery, deck, .. } = props;
    let (count, signature) = (use_state(|| "1".to_owned()), use_state(String::new));
    let round = lottery
        .card
        .round
        .filter(|_| lottery.card.drawn_at.is_none());
    let winners = match count.trim() {
        "" if round.is_some() => Ok(None),
        text => match text.parse::<u32>() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err("Write how many."),
        },
    };
    let signed = match round {
        None => Ok(None),
        Some(_) => Signature::parse(signature.trim())
            .map(Some)
            .ok_or("The signature has 96 hexadecimal digits."),
    };
    let command = winners.and_then(|winners| {
        Ok(Command::LotteryDraw {
            activity: lottery.id.clone(),
            winners,
            signature: signed?,
        })
    });
    let title = if round.is_some() {
        "Draw with the public round…"
    } else {
        "Draw a few of them…"
    };
    let question = match command {
        Ok(Command::LotteryDraw {
            winners: Some(1), ..
        }) => "Draw the winner of the next prize? A draw stays as it falls.".to_owned(),
        Ok(Command::LotteryDraw {
            winners: Some(many),
            ..
        }) => format!("Draw the winners of the next {many} prizes? A draw stays as it falls."),
        _ => "Draw all that are left? A draw stays as it falls.".to_owned(),
    };
    // What was asked about is another matter once somebody drew meanwhile.
    let drawn = lottery.card.winners.len();
    let about = About::Activity(lottery.id.clone());
    html! {
        <details class="fold" open={round.is_some()}>
            <summary>{ title }</summary>
            <div class="fold__fields">
                { typed(&format!("draw-{}", lottery.id), "How many winners of the next prizes", &count) }
                if let Some(round) = round {
                    { typed(&format!("signature-{}", lottery.id), &format!("Signature of round {round}"), &signature) }
                }
                <div class="strip__own">
                    { deck.twice("Draw the next", (question, drawn), &about, command) }
                </div>
            </div>
        </details>
    }
}
