//! A deal through its life, and in every surrounding.

use super::{NOW, State};
use crate::deal::Shop;
use crate::scene::Scene;
use liveroom_protocol::deal::{
    Card, Failure, Mine, OrderBy, Settles, Standing, Stock, Taken, Tally,
};
use liveroom_protocol::identity::{Eligible, Level};
use liveroom_protocol::phase::Phase::{self, Closed, Open, Paused, Ready};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

mod goods;
mod surroundings;

use goods::{bare, claim_id, id, jacket, long, member, money, shop_knows, sizes, text};

/// Returns a deal in every state, in the order of its life.
pub(super) fn states() -> Vec<State> {
    let mut states = offered();
    states.extend(over());
    states.extend(claimed());
    states.extend(surroundings::states());
    states
}

fn offered() -> Vec<State> {
    let soon = tally(Ready, &[(40, 0, 0)], 95_000);
    let price = None;
    let hidden = Card { price, ..jacket() };
    let priced = Card {
        member_prices: vec![member("Gold", "59.00"), member("Silver", "64.00")],
        ..jacket()
    };
    let tiers = vec![text("Gold")];
    let whom = Card {
        who: Eligible {
            tiers,
            ..Eligible::default()
        },
        limit: 3,
        ..jacket()
    };
    let sale = Card {
        settles: Settles::Page,
        level: Level::Verified,
        ..jacket()
    };
    let stock = &[(4, 1, 0), (12, 0, 2), (0, 3, 0), (0, 0, 0)];
    let own = with("deal-member", priced.clone(), open(), |scene| {
        scene.shop.tier = Some("Gold".into());
    });
    let told = with("deal-product", bare(), open(), |scene| {
        scene.shop.product = Some(Rc::new(shop_knows()));
    });
    vec![
        state("deal-ready", jacket(), soon, vec![]),
        state("deal-open", jacket(), open(), vec![]),
        state("deal-hidden", hidden, open(), vec![]),
        state("deal-members", priced, open(), vec![]),
        own,
        state("deal-variants", sizes(), tally(Open, stock, 84_000), vec![]),
        state("deal-several", whom, open(), vec![]),
        state("deal-by-page", sale, open(), vec![]),
        state("deal-long", long(), open(), vec![]),
        told,
        state(
            "deal-last",
            jacket(),
            tally(Open, &[(1, 4, 0)], 7_000),
            vec![],
        ),
        state(
            "deal-none-left",
            jacket(),
            tally(Open, &[(0, 3, 1)], 84_000),
            vec![],
        ),
        state(
            "deal-sold-out",
            jacket(),
            tally(Open, &[(0, 0, 0)], 84_000),
            vec![],
        ),
    ]
}

fn over() -> Vec<State> {
    let paused = Tally {
        left_ms: Some(Span(45_000)),
        ..tally(Paused, &[(12, 1, 0)], 0)
    };
    let called_off = Card {
        cancelled: Some("The price was wrong.".into()),
        ..jacket()
    };
    let now = with(
        "deal-ended-shop",
        jacket(),
        tally(Closed, &[(3, 0, 0)], 0),
        |scene| {
            scene.shop.product = Some(Rc::new(shop_knows()));
        },
    );
    vec![
        state("deal-paused", jacket(), paused, vec![]),
        state(
            "deal-ended",
            jacket(),
            tally(Closed, &[(3, 0, 0)], 0),
            vec![],
        ),
        now,
        state(
            "deal-cancelled",
            called_off,
            tally(Closed, &[(40, 0, 0)], 0),
            vec![],
        ),
    ]
}

fn claimed() -> Vec<State> {
    let by_code = Card {
        by: OrderBy::Code,
        ..jacket()
    };
    let address = "https://shop.example/basket".to_owned();
    let by_link = Card {
        by: OrderBy::Link {
            address: address.try_into().expect("an address"),
        },
        ..jacket()
    };
    let coded = Taken {
        code: Some("SUMMER-7F3A-22".into()),
        ..taken(Standing::Reserved)
    };
    let ordered = Taken {
        order: Some(text("2026-118-4402")),
        ..taken(Standing::Sold)
    };
    let closing = Taken {
        until: Timestamp(NOW.0 + 8_000),
        ..taken(Standing::Reserved)
    };
    let two = Card {
        limit: 3,
        ..jacket()
    };
    let mut states = vec![
        state(
            "deal-reserved",
            jacket(),
            open(),
            vec![taken(Standing::Reserved)],
        ),
        state("deal-reserved-code", by_code, open(), vec![coded]),
        state(
            "deal-reserved-link",
            by_link,
            open(),
            vec![taken(Standing::Reserved)],
        ),
        with_cart("deal-to-order", vec![closing]),
        with_cart("deal-confirming", vec![taken(Standing::Ordering)]),
        with_cart("deal-sold", vec![ordered.clone()]),
        with_cart("deal-returned", vec![taken(Standing::Returned)]),
        state(
            "deal-two",
            two,
            open(),
            vec![ordered, taken(Standing::Reserved)],
        ),
    ];
    for (name, failure) in [
        ("deal-failed-stock", Failure::OutOfStock),
        ("deal-failed-sign-in", Failure::NeedsSignIn),
        ("deal-failed-payment", Failure::PaymentFailed),
        ("deal-failed-other", Failure::Other),
    ] {
        let claim = Taken {
            failure: Some(failure),
            ..taken(Standing::Reserved)
        };
        states.push(with_cart(name, vec![claim]));
    }
    states
}

fn taken(standing: Standing) -> Taken {
    Taken {
        claim: claim_id(),
        variant: id("1"),
        quantity: 1,
        standing,
        until: Timestamp(NOW.0 + 102_000),
        price: Some(money("69.00")),
        ticket: Some("e30.e30.e30".into()),
        code: None,
        order: None,
        value: None,
        failure: None,
    }
}

fn state(name: &'static str, card: Card, tally: Tally, claims: Vec<Taken>) -> State {
    State {
        name,
        card: liveroom_protocol::Card::Deal(card),
        tally: liveroom_protocol::Tally::Deal(tally),
        mine: liveroom_protocol::Mine::Deal(Mine { claims }),
        entries: Vec::new(),
        scene: Scene {
            now: Some(NOW),
            ..Scene::default()
        },
    }
}

fn with(name: &'static str, card: Card, tally: Tally, change: impl FnOnce(&mut Scene)) -> State {
    let mut state = state(name, card, tally, Vec::new());
    change(&mut state.scene);
    state
}

fn with_cart(name: &'static str, claims: Vec<Taken>) -> State {
    let mut state = state(name, jacket(), open(), claims);
    state.scene.shop = Shop {
        orders: true,
        ..Shop::default()
    };
    state
}

fn open() -> Tally {
    tally(Open, &[(12, 3, 1)], 84_000)
}

/// A tally of so many left, reserved and ordering of each variant, and as many milliseconds to its opening or its end.
fn tally(phase: Phase, stock: &[(u32, u32, u32)], left: u64) -> Tally {
    let end = Some(Timestamp(NOW.0 + left));
    let of = |&(left, reserved, ordering): &(u32, u32, u32)| Stock {
        left,
        reserved,
        ordering,
        sold: 40 - left - reserved - ordering,
        total: 40,
    };
    Tally {
        phase,
        opens_at: end.filter(|_| phase == Ready),
        closes_at: end.filter(|_| phase == Open),
        left_ms: None,
        stock: stock.iter().map(of).collect(),
    }
}
