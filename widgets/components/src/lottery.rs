//! A lottery: what may be won, what must be met, one button; and the winners.

use crate::parts::frame::{Frame, Times, frame};
use crate::parts::tag::{tag, text};
use crate::same::same;
use crate::scene::Scene;
use liveroom_protocol::Action;
use liveroom_protocol::lottery::{Card, Mine, Tally};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;
use yew::prelude::*;

pub(crate) mod announce;
mod check;
mod claim;
mod conditions;
mod draw;
mod entry;
mod facts;
mod prizes;
mod proof;
mod typed;

pub use check::{Check, PublicRound, Wrong};
use typed::{Hand, Typed};

/// How long names settle before they are told, after the moment of the draw on the room's clock.
pub const REVEAL_MS: u64 = 2_400;

/// What it is drawn from, and what it tells.
#[derive(Clone, Properties)]
pub struct LotteryProps {
    /// The card as the room last told it. Give the component the activity's id as its key.
    pub card: Rc<Card>,
    /// Its numbers as the room last told them.
    pub tally: Rc<Tally>,
    /// What this viewer did in it; nothing yet by default.
    #[prop_or_default]
    pub mine: Rc<Mine>,
    /// When `mine` was told, on the room's clock, from where watch time is counted on. Not known by default: it stands still.
    #[prop_or_default]
    pub told_at: Option<Timestamp>,
    /// How far the check of this draw has come; not asked for by default.
    #[prop_or_default]
    pub check: Check,
    /// The surroundings; a live English page by default.
    #[prop_or_default]
    pub scene: Rc<Scene>,
    /// Called with the viewer's action, within the gesture. Ignored by default.
    #[prop_or_default]
    pub onact: Callback<Action>,
    /// Called when the viewer shrinks the card to a chip, or brings it back.
    #[prop_or_default]
    pub ontoggle: Callback<()>,
    /// Called when the viewer wants the newer activity that is offered.
    #[prop_or_default]
    pub onnewer: Callback<()>,
    /// Called when something is typed and not sent (true), or no longer is (false).
    #[prop_or_default]
    pub onunsent: Callback<bool>,
    /// Called when the viewer wants the draw checked (true), or to see the own entry on its list (false).
    #[prop_or_default]
    pub oncheck: Callback<bool>,
}

same!(LotteryProps: card tally mine scene; told_at check onact ontoggle onnewer onunsent oncheck);

/// All that is known at one moment, for the functions that draw or decide.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    card: &'a Card,
    tally: &'a Tally,
    mine: &'a Mine,
    scene: &'a Scene,
    told_at: Option<Timestamp>,
    /// Names were seen to settle: what follows appears gently.
    fresh: bool,
}

impl Sheet<'_> {
    /// Whether names still settle: the moment of the draw is just over. It is the same moment for everybody.
    fn is_settling(&self) -> bool {
        let drawn = self.card.drawn_at.zip(self.scene.now);
        drawn.is_some_and(|(at, now)| now.since(at).0 < REVEAL_MS)
    }

    /// Whether the winners are known, and their names have settled.
    fn is_told(&self) -> bool {
        self.card.drawn_at.is_some() && !self.is_settling()
    }

    /// How many pieces may be won.
    fn pieces(&self) -> u32 {
        let counts = self.card.prizes.iter().map(|prize| prize.count);
        counts.fold(0, u32::saturating_add)
    }

    /// How long this viewer has been seen, counted on while there is a line.
    fn watched(&self) -> Option<Span> {
        let told = self.mine.watched_ms?;
        let since = self.scene.now.zip(self.told_at);
        let more = since.map_or(0, |(now, at)| now.since(at).0);
        Some(Span(told.0 + more))
    }
}

/// Prizes, conditions and one button; after the draw the winners, and this viewer's own win first.
#[component]
pub fn Lottery(props: &LotteryProps) -> Html {
    let held = use_state(Typed::default);
    let LotteryProps {
        card,
        tally,
        mine,
        scene,
        ..
    } = props;
    let settled = use_mut_ref(|| false);
    let mut sheet = Sheet {
        card,
        tally,
        mine,
        scene,
        told_at: props.told_at,
        fresh: false,
    };
    *settled.borrow_mut() |= sheet.is_settling();
    sheet.fresh = *settled.borrow();
    let onunsent = props.onunsent.clone();
    use_effect_with(held.is_unsent(sheet), move |unsent| onunsent.emit(*unsent));
    let hand = Hand {
        held: &held,
        onact: &props.onact,
    };
    let title = tag(
        "p",
        &["class", "dir"],
        vec![Some("card__title".into()), Some("auto".into())],
        vec![text(card.title.clone())],
    );
    let times = Times {
        phase: tally.phase,
        opens_at: tally.opens_at,
        closes_at: tally.closes_at,
        left_ms: tally.left_ms,
    };
    // Each part has its place, there or not, so that none is made anew when another comes or goes.
    let inside = vec![
        title,
        claim::own(sheet, &hand),
        prizes::prizes(sheet),
        draw::draw(sheet),
        conditions::conditions(sheet),
        facts::odds(sheet),
        entry::entry(sheet, &hand),
        check::check(sheet, &props.check, &props.oncheck),
        facts::facts(sheet, &props.onact),
    ];
    let of = Frame {
        class: "lottery",
        kind: "lottery.lottery",
        title: &card.title,
        corrected: false,
        about: &card.about,
        times,
        ontoggle: &props.ontoggle,
        onnewer: &props.onnewer,
    };
    frame(scene, &of, inside)
}
