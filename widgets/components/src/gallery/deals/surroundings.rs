//! The same deal in every surrounding: on its way, refused, not connected, small, in the picture.

use super::goods::{claim_id, id, jacket, sizes, text};
use super::{open, taken, tally, with};
use crate::gallery::{NOW, State};
use crate::scene::{Link, Pending, Scene};
use liveroom_protocol::about::About;
use liveroom_protocol::deal::{Card, Claim, Mine, Order, Standing};
use liveroom_protocol::phase::Phase::Open;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, Reason};

pub(super) fn states() -> Vec<State> {
    let since = Some(Timestamp(NOW.0 - 95_000));
    let overlay = |scene: &mut Scene| {
        scene.overlay = true;
        scene.taking_part = false;
    };
    let claim = Claim {
        variant: id("1"),
        quantity: 1,
    };
    let order = Action::DealOrder {
        claim: claim_id(),
        order: Order::Begun,
    };
    let mut ordering = with("deal-ordering", jacket(), open(), |scene| {
        scene.shop.orders = true;
        scene.pending = Some(Pending { action: order });
    });
    ordering.mine = liveroom_protocol::Mine::Deal(Mine {
        claims: vec![taken(Standing::Reserved)],
    });
    let sponsored = Card {
        about: About {
            ad: Some(text("Ad · Example Outdoor")),
            ..About::default()
        },
        ..jacket()
    };
    vec![
        with("deal-cart", jacket(), open(), |scene| {
            scene.shop.orders = true
        }),
        with("deal-acting", jacket(), open(), |scene| {
            let action = Action::DealClaim(claim);
            scene.pending = Some(Pending { action });
        }),
        ordering,
        with("deal-refused", jacket(), open(), |scene| {
            scene.refusal = Some(Reason::SoldOut.into());
        }),
        with("deal-refused-sign-in", jacket(), open(), |scene| {
            scene.refusal = Some(Reason::NeedsSignIn.into());
        }),
        with("deal-lost", jacket(), open(), |scene| {
            scene.link = Link::Lost { since };
        }),
        with("deal-slow", jacket(), open(), |scene| {
            scene.link = Link::Slow
        }),
        with("deal-newer", jacket(), open(), |scene| scene.newer = true),
        with("deal-driven", jacket(), open(), |scene| scene.driven = true),
        with("deal-practice", jacket(), open(), |scene| {
            scene.practice = true
        }),
        with("deal-ad", sponsored.clone(), open(), |_| {}),
        with("deal-flagged", jacket(), open(), |scene| {
            scene.flagged = true
        }),
        with("deal-chip", jacket(), open(), |scene| scene.chip = true),
        with("deal-chip-ad", sponsored.clone(), open(), |scene| {
            scene.chip = true
        }),
        with("deal-overlay", sponsored, open(), overlay),
        with("deal-overlay-variants", sizes(), open(), overlay),
        with(
            "deal-overlay-sold-out",
            jacket(),
            tally(Open, &[(0, 0, 0)], 84_000),
            overlay,
        ),
        with("deal-preview", sizes(), open(), |scene| {
            scene.taking_part = false
        }),
    ]
}
