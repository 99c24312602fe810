//! The entrants of a lottery at the desk: the newest of them, those that were looked up, and excluding one.

use super::finder::Finder;
use super::{Deck, chosen};
use crate::board::{Lottery, Seen};
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::desk::Listed;
use liveroom_protocol::lottery::Entered;
use liveroom_protocol::phase::Phase;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct EntrantsProps {
    /// The lottery.
    pub(super) lottery: Lottery,
    /// Its entrants, as far as they are told.
    pub(super) seen: Seen,
    /// What may be done.
    pub(super) deck: Deck,
}

/// The entrants, folded away.
#[component]
pub(super) fn Entrants(props: &EntrantsProps) -> Html {
    let EntrantsProps {
        lottery,
        seen,
        deck,
    } = props;
    let newest = entrants(seen.listed());
    let found = seen
        .found
        .as_ref()
        .and_then(|found| found.desk.as_ref().ok());
    let found = entrants(found.map(|desk| &desk.listed));
    let list = |label: &'static str, place: &'static str, entrants: &[Entered]| {
        if entrants.is_empty() {
            return Html::default();
        }
        html! {
            <ol class="parts" aria-label={label}>
                { for entrants.iter().map(|entrant| html! {
                    <EntrantRow key={entrant.entrant.to_string()} {place} lottery={lottery.clone()} entrant={entrant.clone()} deck={deck.clone()} />
                }) }
            </ol>
        }
    };
    html! {
        <>
            if !newest.is_empty() {
                <details class="fold">
                    <summary>{ "The newest entrants" }</summary>
                    { list("The newest entrants", "newest", newest) }
                </details>
            }
            if lottery.tally.entrants > 0 {
                <Finder activity={lottery.id.clone()} title="Look an entrant up…" label="A part of the name, or the beginning of the name in the list; nothing for all"
                    found={seen.found.clone()} count={found.len()} deck={deck.clone()}>
                    { list("Entrants that were found", "found", found) }
                </Finder>
            }
        </>
    }
}

fn entrants(listed: Option<&Listed>) -> &[Entered] {
    match listed {
        Some(Listed::Lottery(some)) => &some.entrants,
        Some(Listed::Deal(_) | Listed::Unknown) | None => &[],
    }
}

#[derive(PartialEq, Properties)]
struct EntrantProps {
    /// In which list it stands.
    place: &'static str,
    /// Of which lottery.
    lottery: Lottery,
    /// The entrant.
    entrant: Entered,
    /// What may be done.
    deck: Deck,
}

/// One entrant; excluded only while it is open, and only for what was published.
#[component]
fn EntrantRow(props: &EntrantProps) -> Html {
    let EntrantProps {
        place,
        lottery,
        entrant,
        deck,
    } = props;
    let why = use_state(|| 0_usize);
    let name = entrant.entrant.to_string();
    let called = entrant.name.clone();
    let called = called.unwrap_or_else(|| format!("#{}", name[..4].to_uppercase()));
    // The beginning of the name in the draw is enough to be two entrants apart, and to stand for one in an order.
    let short = u32::from_str_radix(&name[..8], 16).unwrap_or(u32::MAX);
    let reasons = &lottery.card.exclusions;
    let open = matches!(lottery.tally.phase, Phase::Open | Phase::Paused);
    let open = open && lottery.card.cancelled.is_none() && entrant.excluded.is_none();
    let exclude = reasons.get(*why).filter(|_| open).map(|reason| {
        let command = Command::LotteryExclude {
            activity: lottery.id.clone(),
            entrant: entrant.entrant,
            reason: reason.clone(),
        };
        let question = format!(
            "{called} cannot win any more: {}. This cannot be undone.",
            reason.as_str()
        );
        let about = About::Part(lottery.id.clone(), short);
        deck.twice("Exclude", (question, 0), &about, Ok(command))
    });
    let texts: Vec<String> = reasons
        .iter()
        .map(|text| text.as_str().to_owned())
        .collect();
    let tickets = match entrant.tickets {
        1 => "1 ticket".to_owned(),
        many => format!("{many} tickets"),
    };
    html! {
        <li class="parts__part">
            <p class="parts__head"><b dir="auto">{ called.clone() }</b>{ format!(" · {tickets}") }</p>
            <p class="parts__note">
                { name.clone() }
                if let Some(reason) = &entrant.excluded {
                    { " · excluded: " }<span dir="auto">{ reason.clone() }</span>
                }
            </p>
            if exclude.is_some() && texts.len() > 1 {
                { chosen(&format!("why-{place}-{}-{name}", lottery.id), "Why", &texts, &why) }
            }
            if let Some(exclude) = exclude {
                <div class="strip__own">{ exclude }</div>
            }
        </li>
    }
}
