//! The lotteries that the gallery draws, of every kind.

use super::NOW;
use liveroom_protocol::identity::Eligible;
use liveroom_protocol::lottery::{
    Card, ClaimBy, Condition, FormField, Prize, Shown, Standing, Tickets, TierTickets, Winner,
};
use liveroom_protocol::money::Money;
use liveroom_protocol::text::Text;
use liveroom_protocol::time::{Span, Timestamp};

const COMMITMENT: &str = "5b0c9a9c2f4e8d7b6a5948372615f0e1d2c3b4a5968778695a4b3c2d1e0f1122";
const ROOT: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f0a1b2c3d4e5f60718293a4b5c6d7e8f90";

/// The lottery that most states show: a grinder, and four bags of beans.
pub(super) fn beans() -> Card {
    let mut grinder = prize("Hand grinder", 1, "89.00");
    grinder.image = String::from("/pages/gallery/coral.svg").try_into().ok();
    Card {
        title: "Win what we brew with".into(),
        prizes: vec![grinder, prize("Bag of beans, 250 g", 4, "12.90")],
        rules: String::from("/rules").try_into().ok(),
        organiser: Some("Example Roasters, Harbour Street 1".into()),
        claim_within_ms: Some(Span(2 * 86_400_000)),
        opened_at: Some(Timestamp(NOW.0 - 60_000)),
        commitment: Some(COMMITMENT.into()),
        ..Card::default()
    }
}

/// The same with conditions to be met.
pub(super) fn word() -> Card {
    Card {
        conditions: vec![
            Condition::Keyword {
                word: None,
                shown: false,
            },
            Condition::Watched {
                for_ms: Span(600_000),
            },
            Condition::Voted { poll: None },
        ],
        ..beans()
    }
}

/// For members of a tier, who have more tickets.
pub(super) fn members() -> Card {
    let tier = |tier: &str, tickets| TierTickets {
        tier: text(tier),
        tickets,
    };
    Card {
        who: Eligible {
            tiers: vec![text("Gold"), text("Silver")],
            ..Eligible::default()
        },
        tickets: Tickets {
            each: 1,
            tiers: vec![tier("Gold", 3), tier("Silver", 2)],
        },
        exclusions: vec![text("Employee of the organiser")],
        round: Some(18_000_000),
        ..beans()
    }
}

/// Long texts in several scripts, and every condition.
pub(super) fn long() -> Card {
    let attested = |what: &str| Condition::Attested { what: text(what) };
    Card {
        title: "The autumn draw for everyone who was here tonight, with things to brew, to grind, to pour and to drink from".into(),
        prizes: vec![
            prize("折りたたみ式の軽量コーヒードリッパー、収納袋つき、全五色からお選びいただけます", 12, "2900"),
            prize("مطحنة قهوة يدوية بأسطوانة من الفولاذ", 1, "89.00"),
            prize("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", 1_000, "0.50"),
            prize("☕🫘👨‍👩‍👧‍👦🏳️‍🌈", 1, "1.00"),
        ],
        conditions: vec![
            Condition::Keyword {
                word: Some(text("春のコーヒー")),
                shown: true,
            },
            Condition::Voted {
                poll: liveroom_protocol::id::ActivityId::parse("colour").ok(),
            },
            attested("followed"),
            attested("shared"),
            attested("bought"),
            attested("adult"),
            attested("newsletter"),
            Condition::Unknown,
        ],
        draws_itself: true,
        ..beans()
    }
}

/// After the draw.
pub(super) fn drawn() -> Card {
    let names = ["A***", "#7F3A", "李***", "م***", "J***"];
    let winner = |(win, name): (u32, &str)| winner(win, u32::from(win > 0), Some(name));
    Card {
        root: Some(ROOT.into()),
        drawn_at: Some(Timestamp(NOW.0 - 60_000)),
        winners: (0..).zip(names).map(winner).collect(),
        ..beans()
    }
}

/// The same with a public round.
pub(super) fn showing() -> Card {
    let mut card = Card {
        round: Some(18_000_000),
        winners_shown: Shown::Public,
        ..drawn()
    };
    for (winner, name) in card
        .winners
        .iter_mut()
        .zip(["Anna", "Noor", "李雷", "مريم", "João"])
    {
        winner.name = Some(name.into());
    }
    card
}

/// The same after a win was forfeited and drawn again.
pub(super) fn redrawn() -> Card {
    let mut card = drawn();
    for (winner, standing) in card.winners.iter_mut().zip([
        Standing::Forfeited,
        Standing::Claimed,
        Standing::Fulfilled,
        Standing::Forfeited,
    ]) {
        winner.standing = standing;
    }
    if let Some(first) = card.winners.first_mut() {
        first.reason = Some("lives outside the countries of the rules".into());
    }
    card.winners.push(winner(5, 0, Some("#0C41")));
    card
}

pub(super) fn private() -> Card {
    let mut card = drawn();
    card.winners_shown = Shown::Private;
    for winner in &mut card.winners {
        winner.name = None;
        winner.entrant = None;
    }
    card
}

/// Many winners of one prize.
pub(super) fn many() -> Card {
    let label = |win: u32| ["#", &win.to_string().repeat(2), "F"].concat();
    Card {
        prizes: vec![prize("Bag of beans, 250 g", 40, "12.90")],
        winners: (10..37)
            .map(|win| winner(win, 0, Some(&label(win))))
            .collect(),
        ..drawn()
    }
}

/// Claimed by a form.
pub(super) fn by_form() -> Card {
    let field = |(label, optional): (&str, bool)| FormField {
        label: text(label),
        optional,
    };
    let fields = [
        ("Name", false),
        ("Street and number", false),
        ("Size", true),
    ];
    Card {
        claim: ClaimBy::Form {
            fields: fields.map(field).into(),
        },
        ..drawn()
    }
}

pub(super) fn cancelled() -> Card {
    Card {
        cancelled: Some("the grinder broke on the way".into()),
        ..beans()
    }
}

fn prize(name: &str, count: u32, amount: &str) -> Prize {
    let amount = String::from(amount).try_into().ok();
    let currency = String::from("EUR").try_into().ok();
    Prize {
        name: text(name),
        count,
        value: amount
            .zip(currency)
            .map(|(amount, currency)| Money { amount, currency }),
        image: None,
    }
}

fn winner(win: u32, prize: u32, name: Option<&str>) -> Winner {
    Winner {
        win,
        prize,
        name: name.map(String::from),
        entrant: Some("7f3a2233445566778899aabbccddeeff".into()),
        standing: Standing::Waiting,
        reason: None,
    }
}

fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    Text::parse(words).expect("the gallery's texts are texts")
}
