//! A lottery as each audience may know it, and its proof.

use super::Audience;
use crate::activity::Activity;
use crate::draw::{ALGORITHM, Entrant};
use crate::lottery::{Lottery, Won, heard, met};
use crate::private::{Private, TICKET_KEY, name_key};
use crate::pseudonym::Pseudonym;
use crate::room::Room;
use crate::ticket;
use liveroom_protocol::identity::Standing;
use liveroom_protocol::lottery::{
    Card, ClaimBy, Closing, Condition, Drawing, Drawn, Hex, Mine, Proof, Shown, Standing as Fate,
    Tally, Win, Winner,
};

/// Why a win was forfeited that nobody declared so.
const NOT_CLAIMED: &str = "not claimed in time";

/// The card; the desk knows names and keywords.
pub(super) fn card(
    activity: &Activity,
    lottery: &Lottery,
    private: &Private,
    audience: Audience,
) -> Card {
    let draft = &lottery.draft;
    Card {
        title: draft.title.as_str().to_owned(),
        prizes: draft.prizes.clone(),
        conditions: match audience {
            Audience::Desk => draft.conditions.clone(),
            Audience::Public | Audience::Acted => draft.conditions.iter().map(heard).collect(),
        },
        tickets: draft.tickets.clone(),
        rules: draft.rules.clone(),
        organiser: draft
            .organiser
            .as_ref()
            .map(|text| text.as_str().to_owned()),
        free_entry: draft
            .free_entry
            .as_ref()
            .map(|text| text.as_str().to_owned()),
        delivery: draft.delivery.as_ref().map(|text| text.as_str().to_owned()),
        level: lottery.level,
        who: draft.who.clone(),
        winners_shown: draft.winners_shown,
        claim: draft.claim.clone(),
        claim_within_ms: Some(lottery.claim_within()),
        draws_itself: draft.draws_itself,
        exclusions: draft.exclusions.clone(),
        round: draft.round,
        not_after: draft.not_after.clone(),
        wins_allowed: draft.wins_allowed,
        opened_at: activity.opened_at,
        commitment: Some(lottery.fixed.commitment.clone()),
        root: lottery
            .closing()
            .map(|closing| Hex(closing.root).to_string()),
        drawn_at: lottery.drawing().map(|drawing| drawing.at),
        winners: lottery
            .wins()
            .iter()
            .zip(0..)
            .map(|(won, win)| winner(lottery, won, win, private, audience))
            .collect(),
        cancelled: lottery.cancelled().map(str::to_owned),
        about: activity.about.clone(),
    }
}

fn winner(lottery: &Lottery, won: &Won, win: u32, private: &Private, audience: Audience) -> Winner {
    let name = private.value(&name_key(won.who));
    let entrant = Hex(lottery.entrant(won.who)).to_string();
    // Four digits that stand for the viewer in this draw alone.
    let label = || format!("#{}", entrant[..4].to_uppercase());
    let (name, seen) = match (audience, lottery.draft.winners_shown) {
        (Audience::Desk, _) | (_, Shown::Public) => {
            (Some(name.map_or_else(label, str::to_owned)), true)
        }
        (_, Shown::Masked) => (Some(name.map_or_else(label, mask)), true),
        (_, Shown::Private) => (None, false),
    };
    Winner {
        win,
        prize: won.prize,
        name,
        entrant: seen.then_some(entrant),
        standing: won.fate,
        reason: won.reason.clone(),
    }
}

/// A name of which only the first letter is told.
fn mask(name: &str) -> String {
    let first = name.chars().next().into_iter();
    first.chain("***".chars()).collect()
}

/// The numbers.
pub(super) fn tally(activity: &Activity, lottery: &Lottery) -> Tally {
    let claimed = lottery
        .wins()
        .iter()
        .filter(|won| matches!(won.fate, Fate::Claimed | Fate::Fulfilled));
    Tally {
        phase: activity.phase,
        opens_at: activity.opens_at,
        closes_at: activity.closes_at,
        left_ms: activity.left,
        entrants: lottery.entrants(),
        tickets: lottery.tickets(),
        excluded: lottery.excluded_by_reason(),
        most: lottery.most_tickets(),
        claimed: u32::try_from(claimed.count()).unwrap_or(u32::MAX),
    }
}

/// What a viewer did in it, what of the conditions is met, and what was won.
pub(super) fn mine(room: &Room, lottery: &Lottery, who: Pseudonym, standing: &Standing) -> Mine {
    let entered = lottery.tickets_of(who);
    let conditions = &lottery.draft.conditions;
    let watches = conditions
        .iter()
        .any(|condition| matches!(condition, Condition::Watched { .. }));
    let excluded = entered
        .and_then(|_| lottery.why_excluded(who))
        .map(str::to_owned);
    Mine {
        entered: entered.is_some(),
        tickets: entered.filter(|_| excluded.is_none()).unwrap_or_default(),
        excluded,
        entrant: entered.map(|_| Hex(lottery.entrant(who)).to_string()),
        met: match entered {
            Some(_) => vec![true; conditions.len()],
            None => met::<1>(room, lottery, who, standing, None),
        },
        watched_ms: standing.watched_ms.filter(|_| watches && entered.is_none()),
        wins: (0..)
            .zip(lottery.wins())
            .filter(|(_, won)| won.who == who)
            .map(|(win, won)| own_win(room, lottery, win, won))
            .collect(),
    }
}

fn own_win(room: &Room, lottery: &Lottery, win: u32, won: &Won) -> Win {
    let claimed = matches!(won.fate, Fate::Claimed | Fate::Fulfilled);
    let code = match lottery.draft.claim {
        ClaimBy::Code if claimed => room.private.value(TICKET_KEY).map(|key| {
            let entrant = Hex(lottery.entrant(won.who)).to_string();
            ticket::code(
                key,
                &[
                    "prize",
                    &lottery.fixed.commitment,
                    &entrant,
                    &win.to_string(),
                ],
            )
        }),
        ClaimBy::Code | ClaimBy::Press | ClaimBy::Form { .. } | ClaimBy::Link { .. } => None,
    };
    Win {
        win,
        prize: won.prize,
        standing: won.fate,
        claim_by: Some(won.claim_by),
        code,
    }
}

/// What anyone can check the draw by, as far as it has come. The list of entrants is in it, without names.
pub fn proof(lottery: &Lottery) -> Proof {
    let mut proof = proof_without_roll(lottery);
    if let (Some(closed), Some(closing)) = (&mut proof.closed, lottery.closing()) {
        closed.roll = Some(closing.roll.iter().map(Entrant::bytes).map(Hex).collect());
    }
    proof
}

/// The same without the list of entrants, which may be fetched apart.
pub fn proof_without_roll(lottery: &Lottery) -> Proof {
    let commitment = Hex::parse(&lottery.fixed.commitment).unwrap_or(Hex([0; 32]));
    Proof {
        algorithm: ALGORITHM.to_owned(),
        terms: lottery.terms.clone(),
        commitment,
        closed: lottery.closing().map(|closing| Closing {
            at: closing.at,
            entrants: u32::try_from(closing.roll.len()).unwrap_or(u32::MAX),
            tickets: closing.tickets,
            root: Hex(closing.root),
            roll: None,
        }),
        drawn: match (lottery.drawing(), lottery.seed_told()) {
            (Some(drawing), _) => Some(Drawing {
                seed: Hex(drawing.seed),
                signature: drawing.signature.map(Hex),
                winners: drawing.wins.iter().map(|won| drawn(lottery, won)).collect(),
            }),
            (None, Some(seed)) => Some(Drawing {
                seed: Hex(seed),
                signature: None,
                winners: Vec::new(),
            }),
            (None, None) => None,
        },
        cancelled: lottery.cancelled().map(str::to_owned),
    }
}

fn drawn(lottery: &Lottery, won: &Won) -> Drawn {
    Drawn {
        prize: won.prize,
        entrant: Hex(lottery.entrant(won.who)),
        word: won.word,
        forfeited: (won.fate == Fate::Forfeited)
            .then(|| won.reason.clone().unwrap_or_else(|| NOT_CLAIMED.to_owned())),
        instead_of: won.instead_of,
    }
}
