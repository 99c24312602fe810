//! The rows of a list, made from what its whole activity is drawn from.

use super::list::{Known, Moved, is_listed};
use super::row::Row;
use super::{Calls, Place, QnaProps};
use crate::format::Format;
use crate::words::Words;
use liveroom_protocol::Action;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::QuestionId;
use std::rc::Rc;
use yew::prelude::*;

/// What is the same for all rows, and changes seldom.
#[derive(Clone)]
pub(super) struct Around {
    pub(super) words: Rc<Words>,
    pub(super) format: Rc<dyn Format>,
    /// This viewer can press something.
    pub(super) taking_part: bool,
    /// Votes and replies are taken now.
    pub(super) open: bool,
    /// Viewers may reply.
    pub(super) replies: bool,
    /// A reply or a report is on its way.
    pub(super) busy: bool,
    /// How many of those were answered.
    pub(super) told: u32,
    /// Told what this viewer does.
    pub(super) onact: Callback<Action>,
    /// Told whether something is typed and not sent.
    pub(super) onunsent: Callback<bool>,
}

impl PartialEq for Around {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.words, &other.words)
            && std::ptr::addr_eq(Rc::as_ptr(&self.format), Rc::as_ptr(&other.format))
            && [self.taking_part, self.open, self.replies, self.busy]
                == [other.taking_part, other.open, other.replies, other.busy]
            && self.told == other.told
            && self.onact == other.onact
            && self.onunsent == other.onunsent
    }
}

/// What rows are made from.
pub(super) struct Rows<'a> {
    props: &'a QnaProps,
    around: Rc<Around>,
    refused: Option<(QuestionId, AttrValue)>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        props: &'a QnaProps,
        calls: &Calls,
        place: Place,
        refusal: Option<String>,
    ) -> Self {
        let scene = &props.scene;
        let around = Around {
            words: Rc::clone(&scene.words),
            format: Rc::clone(&scene.format),
            taking_part: scene.taking_part,
            open: props.tally.phase == Phase::Open,
            replies: props.card.replies,
            busy: scene.pending.is_some(),
            told: props.listing.told,
            onact: calls.onact.clone(),
            onunsent: calls.onunsent.clone(),
        };
        let refused = match place {
            Place::Row(id) => refusal.map(|refusal| (id, refusal.into())),
            Place::Field => None,
        };
        Self {
            props,
            around: Rc::new(around),
            refused,
        }
    }

    /// A row of the list.
    pub(super) fn row(&self, known: &Known, moved: (Moved, bool)) -> Html {
        self.draw(known, moved, false)
    }

    /// A row that is offered.
    pub(super) fn offer(&self, known: &Known) -> Html {
        self.draw(known, (Moved::No, false), true)
    }

    fn draw(&self, known: &Known, moved: (Moved, bool), brief: bool) -> Html {
        let id = known.question.id;
        let mine = &self.props.mine;
        let refused = self.refused.as_ref().filter(|(row, _)| *row == id);
        html! {
            <Row key={id} known={known.clone()} gone={!is_listed(&known.question)}
                own={mine.asked.iter().any(|own| own.id == id)} voted={mine.voted.contains(&id)}
                waits={self.props.listing.waiting.contains(&id)} refusal={refused.map(|(_, line)| line.clone())}
                {brief} {moved} around={Rc::clone(&self.around)} />
        }
    }
}
