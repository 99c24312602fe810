//! The same lottery in every surrounding: on its way, refused, not connected, small, in the picture, as an advertisement.

use super::lottery_cards::{beans, drawn, word};
use super::lotterys::{entered, state, tally, wins};
use super::{NOW, State};
use crate::scene::{Link, Pending, Scene};
use liveroom_protocol::lottery::{Card, Claim, Enter, Mine, Standing};
use liveroom_protocol::phase::Phase::{Closed, Open};
use liveroom_protocol::text::Text;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, Reason};

pub(super) fn states() -> Vec<State> {
    let since = Some(Timestamp(NOW.0 - 95_000));
    let lost = |scene: &mut Scene| scene.link = Link::Lost { since };
    let overlay = |scene: &mut Scene| {
        scene.overlay = true;
        scene.taking_part = false;
    };
    let mut ad = beans();
    ad.about.ad = Text::parse("Anzeige: Example Roasters").ok();
    let wrong = |scene: &mut Scene| scene.refusal = Some(Reason::WrongKeyword.into());
    vec![
        open("lottery-acting", beans(), acting),
        open("lottery-refused", word(), wrong),
        open("lottery-lost-line", beans(), lost),
        open("lottery-newer", beans(), |scene| scene.newer = true),
        open("lottery-ad", ad, |_| {}),
        open("lottery-reported", beans(), |scene| scene.flagged = true),
        open("lottery-chip", beans(), |scene| scene.chip = true),
        over("lottery-chip-drawn", entered(), |scene| scene.chip = true),
        open("lottery-overlay", word(), overlay),
        over("lottery-overlay-drawn", Mine::default(), overlay),
        open("lottery-preview", word(), |scene| scene.taking_part = false),
        over(
            "lottery-claiming",
            wins(&[(1, 1, Standing::Waiting)]),
            claiming,
        ),
        over("lottery-driven", entered(), |scene| scene.driven = true),
    ]
}

fn acting(scene: &mut Scene) {
    let action = Action::LotteryEnter(Enter::default());
    scene.pending = Some(Pending { action });
}

fn claiming(scene: &mut Scene) {
    let claim = Claim {
        win: 1,
        form: Vec::new(),
    };
    let action = Action::LotteryClaim(claim);
    scene.pending = Some(Pending { action });
}

fn open(name: &'static str, card: Card, change: impl Fn(&mut Scene)) -> State {
    let mut state = state(name, card, tally(Open), Mine::default());
    change(&mut state.scene);
    state
}

fn over(name: &'static str, mine: Mine, change: impl Fn(&mut Scene)) -> State {
    let mut state = state(name, drawn(), tally(Closed), mine);
    change(&mut state.scene);
    state
}
