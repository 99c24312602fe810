//! The winners of a lottery: what became of each, and taking a win back with a reason.

use super::Deck;
use super::reason::Reasoned;
use crate::board::Lottery;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::lottery::{Standing, Winner};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct WinsProps {
    /// The lottery.
    pub(super) lottery: Lottery,
    /// What may be done.
    pub(super) deck: Deck,
}

/// How many are drawn before more are asked for.
const ROWS: usize = 50;

/// The list of winners, in the order in which they were drawn.
#[component]
pub(super) fn Wins(props: &WinsProps) -> Html {
    let rows = use_state(|| ROWS);
    let winners = &props.lottery.card.winners;
    let more = {
        let rows = rows.clone();
        Callback::from(move |_: MouseEvent| rows.set(*rows + ROWS))
    };
    html! {
        <>
            <ol class="parts" aria-label="Winners">
                { for winners.iter().take(*rows).map(|winner| win(props, winner)) }
            </ol>
            if winners.len() > *rows {
                <div class="strip__own"><button type="button" class="button" onclick={more}>{ "Show more winners" }</button></div>
            }
        </>
    }
}

fn win(props: &WinsProps, winner: &Winner) -> Html {
    let WinsProps { lottery, deck } = props;
    let prize = lottery.card.prizes.get(winner.prize as usize);
    let prize = prize.map_or("A prize", |prize| prize.name.as_str());
    let name = winner.name.clone().unwrap_or_else(|| "A winner".into());
    let about = About::Part(lottery.id.clone(), winner.win);
    let open = matches!(winner.standing, Standing::Waiting | Standing::Claimed);
    let (id, number) = (lottery.id.clone(), winner.win);
    let forfeit = Callback::from(move |(reason, redraw)| Command::LotteryForfeit {
        activity: id.clone(),
        win: number,
        reason,
        redraw,
    });
    let fulfil = Command::LotteryFulfil {
        activity: lottery.id.clone(),
        win: winner.win,
    };
    html! {
        <li class="parts__part" key={winner.win}>
            <p class="parts__head">
                <b dir="auto">{ name.clone() }</b>{ " · " }<span dir="auto">{ prize.to_owned() }</span>{ " · " }{ says(winner) }
            </p>
            if deck.owns() && winner.standing == Standing::Claimed {
                <div class="strip__own">{ deck.button("Handed over, as the shop", None, &about, Ok(fulfil)) }</div>
            }
            if open {
                <Reasoned id={format!("forfeit-{}-{}", lottery.id, winner.win)} title={format!("Take the win of {name} back…")}
                    label="Why? Everybody reads it." yes="Take it back" about={about} deck={deck.clone()} make={forfeit}
                    tick="Draw another winner for the prize" />
            }
        </li>
    }
}

fn says(winner: &Winner) -> String {
    match (winner.standing, &winner.reason) {
        (Standing::Waiting, _) => "not claimed yet".into(),
        (Standing::Claimed, _) => "claimed".into(),
        (Standing::Fulfilled, _) => "handed over".into(),
        (Standing::Forfeited, None) => "not claimed in time".into(),
        (Standing::Forfeited, Some(reason)) => format!("taken back: {reason}"),
    }
}
