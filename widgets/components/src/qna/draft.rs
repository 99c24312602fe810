//! A question that is being written: what may be sent, and when it is done with. Pure.

use crate::parts::field::left;
use liveroom_protocol::Action;
use liveroom_protocol::identity::Label;
use liveroom_protocol::limits::ASK_CHARS;
use liveroom_protocol::qna::{Ask, Card, Mine, Words};
use std::rc::Rc;

/// What is written and not sent, or not taken yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) anonymous: bool,
    pub(super) tags: Vec<Label>,
    /// The button was pressed with nothing written.
    pub(super) nudged: bool,
    /// It was sent when this viewer's part was this.
    pub(super) sent: Option<Rc<Mine>>,
}

impl Draft {
    /// How many characters are left (over: less than none), once that matters.
    pub(super) fn left(&self) -> Option<Result<u32, u32>> {
        left(&self.text, ASK_CHARS)
    }

    /// Whether nothing is written.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What the button sends: nothing while there is nothing to send, or too much.
    pub(super) fn act(&self, card: &Card) -> Option<Action> {
        let text = Words::parse(self.text.as_str()).ok()?;
        Some(Action::QnaAsk(Ask {
            text: Some(text),
            anonymous: self.anonymous && card.anonymous,
            tags: self.tags.clone(),
        }))
    }

    /// The same with a tag pressed.
    pub(super) fn tagged(&self, label: &Label) -> Self {
        let mut next = self.clone();
        match next.tags.iter().position(|tag| tag == label) {
            Some(place) => drop(next.tags.remove(place)),
            None => next.tags.push(label.clone()),
        }
        next
    }

    /// What is left of it once the room has answered: what was taken is done with, what was refused stays.
    /// None while there is nothing to be told.
    pub(super) fn answered(&self, mine: &Rc<Mine>, waits: bool, refused: bool) -> Option<Self> {
        let sent = self.sent.as_ref().filter(|_| !waits)?;
        if refused {
            return Some(Self {
                sent: None,
                ..self.clone()
            });
        }
        // This viewer's part tells that it was taken; until then it may not have left.
        (**sent != **mine).then(|| Self {
            anonymous: self.anonymous,
            ..Self::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use liveroom_protocol::qna::Question;

    fn written(text: &str) -> Draft {
        Draft {
            text: text.into(),
            ..Draft::default()
        }
    }

    #[test]
    fn what_is_left_is_said_near_the_end_and_past_it() {
        assert_eq!(written("hello").left(), None);
        assert_eq!(written(&"字".repeat(500)).left(), Some(Ok(12)));
        assert_eq!(written(&"字".repeat(512)).left(), Some(Ok(0)));
        assert_eq!(written(&"字".repeat(515)).left(), Some(Err(3)));
    }

    #[test]
    fn only_a_question_of_the_right_length_is_sent() {
        let card = Card::default();
        assert_eq!(written(" \n ").act(&card), None);
        assert_eq!(written(&"a".repeat(513)).act(&card), None);
        let hidden = Draft {
            anonymous: true,
            ..written(" Is it warm? ")
        };
        let Some(Action::QnaAsk(ask)) = hidden.act(&card) else {
            panic!("it can be sent")
        };
        assert_eq!(ask.text.map(String::from), Some("Is it warm?".into()));
        assert!(!ask.anonymous, "the card does not allow it");
    }

    #[test]
    fn what_was_taken_is_done_with_and_what_was_refused_stays() {
        let before = Rc::new(Mine::default());
        let after = Rc::new(Mine {
            asked: vec![Question::default()],
            ..Mine::default()
        });
        let draft = Draft {
            sent: Some(Rc::clone(&before)),
            ..written("Is it warm?")
        };
        assert_eq!(draft.answered(&before, true, false), None);
        assert_eq!(draft.answered(&before, false, false), None);
        assert_eq!(draft.answered(&after, false, false), Some(Draft::default()));
        let kept = draft.answered(&before, false, true).unwrap();
        assert_eq!((kept.text.as_str(), kept.sent), ("Is it warm?", None));
        assert_eq!(written("Is it warm?").answered(&after, false, false), None);
    }
}
