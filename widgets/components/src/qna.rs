//! Questions and answers: a field to ask, the list, votes.

use crate::parts::frame::{Frame, Times, frame};
use crate::parts::label::flag;
use crate::parts::notice::notice;
use crate::parts::refusal::refusal_words;
use crate::parts::tag::{el, say, tag, text};
use crate::parts::whom::whom;
use crate::same::same;
use crate::scene::Scene;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::{Card, Mine, Order, QuestionId, Tally};
use liveroom_protocol::{Action, Widget};
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

pub(crate) mod announce;
mod ask;
mod draft;
mod hint;
mod list;
mod offers;
mod own;
mod reply;
mod row;
mod rows;
mod table;

use draft::Draft;
pub use hint::Hint;
pub use list::{Known, Listing};
use offers::Offers;
pub use offers::alike;
use rows::Rows;

/// What it is drawn from, and what it tells.
#[derive(Clone, Properties)]
pub struct QnaProps {
    /// The card as the room last told it. Give the component the activity's id as its key.
    pub card: Rc<Card>,
    /// Its numbers as the room last told them.
    pub tally: Rc<Tally>,
    /// The questions known with their votes, by number; none by default.
    #[prop_or_default]
    pub questions: Rc<Vec<Known>>,
    /// How the list is used; not at all by default.
    #[prop_or_default]
    pub listing: Listing,
    /// What this viewer did in it; nothing yet by default.
    #[prop_or_default]
    pub mine: Rc<Mine>,
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
    /// Called when the viewer wants more of the list in an order than is known, after so many of it.
    #[prop_or_default]
    pub onmore: Callback<(Order, u32)>,
}

same!(QnaProps: card tally mine scene questions; listing onact ontoggle onnewer onunsent onmore);

/// All that is known at one moment, for the functions that draw or decide.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    card: &'a Card,
    tally: &'a Tally,
    mine: &'a Mine,
    scene: &'a Scene,
}

/// What the viewer did last: there the room's no is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the field, or with the card as a whole.
    Field,
    /// With a question.
    Row(QuestionId),
}

/// The calls of the newest render, behind two that never change: a row is drawn again only for what it shows.
struct Calls {
    onact: Callback<Action>,
    onunsent: Callback<bool>,
    latest: Rc<RefCell<(Callback<Action>, Callback<bool>)>>,
}

impl Calls {
    fn new(place: UseStateSetter<Place>) -> Self {
        let latest = Rc::<RefCell<(Callback<Action>, Callback<bool>)>>::default();
        let (acts, unsent) = (Rc::clone(&latest), Rc::clone(&latest));
        Self {
            onact: Callback::from(move |action: Action| {
                place.set(place_of(&action));
                let onact = acts.borrow().0.clone();
                onact.emit(action);
            }),
            onunsent: Callback::from(move |has| {
                let onunsent = unsent.borrow().1.clone();
                onunsent.emit(has);
            }),
            latest,
        }
    }
}

fn place_of(action: &Action) -> Place {
    match action {
        Action::QnaVote { question } | Action::QnaWithdraw { question } => Place::Row(*question),
        Action::QnaReply(reply) => Place::Row(reply.question),
        Action::Flag {
            question: Some(question),
            ..
        } => Place::Row(*question),
        _ => Place::Field,
    }
}

/// Whether a question of this viewer is on its way.
fn is_asking(scene: &Scene) -> bool {
    let pending = scene.pending.as_ref();
    pending.is_some_and(|pending| matches!(pending.action, Action::QnaAsk(_)))
}

/// A field, and the list. Shrunk to a chip it is the head alone.
#[component]
pub fn Qna(props: &QnaProps) -> Html {
    let draft = use_state(Draft::default);
    let place = use_state(|| Place::Field);
    let offers = use_mut_ref(Offers::default);
    let table = table::use_table();
    let setter = place.setter();
    let calls = use_memo((), |()| Calls::new(setter));
    *calls.latest.borrow_mut() = (props.onact.clone(), props.onunsent.clone());
    let scene = &*props.scene;
    let sheet = Sheet {
        card: &props.card,
        tally: &props.tally,
        mine: &props.mine,
        scene,
    };
    let (held, refused) = (draft.clone(), scene.refusal.is_some());
    use_effect_with(
        (Rc::clone(&props.mine), is_asking(scene), refused),
        move |(mine, asking, refused)| {
            if let Some(next) = held.answered(mine, *asking, *refused) {
                held.set(next);
            }
        },
    );
    let onunsent = props.onunsent.clone();
    use_effect_with(!draft.is_empty(), move |has| onunsent.emit(*has));
    let field = use_node_ref();
    let refusal = scene.refusal.as_ref();
    let refusal = refusal.map(|refusal| refusal_words(&scene.words, &*scene.format, refusal));
    let rows = Rows::new(props, &calls, *place, refusal.clone());
    let onask = onask(props, &draft, &calls);
    let inside = if scene.chip {
        Vec::new()
    } else {
        let hint = hint::hint(scene, &draft, &field);
        let offered = offers.borrow_mut().like(&draft.text, &props.questions);
        let beside = refusal.filter(|_| *place == Place::Field);
        let title = tag(
            "p",
            &["class", "dir"],
            vec![Some("card__title".into()), Some("auto".into())],
            vec![text(props.card.title.clone())],
        );
        let off = sheet.card.cancelled.as_ref();
        let off = off.map(|reason| notice(scene.words.cancelled(reason)));
        vec![
            title,
            off.unwrap_or_default(),
            ask::ask(
                props,
                sheet,
                &draft,
                (&field, &onask),
                (hint, &offered, &rows),
                beside,
            ),
            own::own(props, sheet),
            table.draw(props, sheet, &rows),
            el("div", "qna__small", small(sheet)),
            flag(scene, Widget::Qna, &calls.onact),
        ]
    };
    let tally = &props.tally;
    let around = Frame {
        class: "qna",
        kind: "qna.qna",
        title: &props.card.title,
        corrected: props.card.corrected,
        about: &props.card.about,
        times: Times {
            phase: tally.phase,
            opens_at: tally.opens_at,
            closes_at: tally.closes_at,
            left_ms: tally.left_ms,
        },
        ontoggle: &props.ontoggle,
        onnewer: &props.onnewer,
    };
    frame(scene, &around, inside)
}

/// What happens when the button is pressed.
fn onask(props: &QnaProps, draft: &UseStateHandle<Draft>, calls: &Rc<Calls>) -> Callback<()> {
    let (draft, calls) = (draft.clone(), Rc::clone(calls));
    let (card, mine) = (Rc::clone(&props.card), Rc::clone(&props.mine));
    Callback::from(move |()| {
        let mut next = (*draft).clone();
        let act = next.act(&card);
        next.nudged = act.is_none();
        next.sent = act.is_some().then(|| Rc::clone(&mine));
        draft.set(next);
        if let Some(act) = act {
            calls.onact.emit(act);
        }
    })
}

/// The small print: what becomes of a question, and whom the list is for.
fn small(sheet: Sheet) -> Vec<Html> {
    let mut lines = Vec::new();
    if sheet.card.approval && sheet.scene.taking_part && sheet.tally.phase != Phase::Closed {
        lines.push(el(
            "p",
            "qna__fact",
            vec![say(&sheet.scene.words, "qna.approval")],
        ));
    }
    let whom = whom(sheet.scene, &sheet.card.who);
    lines.extend(
        whom.into_iter()
            .map(|line| el("p", "qna__fact", vec![text(line)])),
    );
    lines
}
