//! A list of questions as fields.

use super::Form;
use super::found::{Field, Flaw, Found};
use super::shared::list;
use liveroom_protocol::lottery::Title;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::{Card, Draft, Tally};
use liveroom_protocol::time::Span;
use serde::{Deserialize, Serialize};

/// The fields that only a list of questions has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Qna {
    /// What it is called.
    pub(crate) title: String,
    /// Questions are approved before others see them.
    pub(crate) approval: bool,
    /// One may ask without a name.
    pub(crate) anonymous: bool,
    /// Viewers may reply.
    pub(crate) replies: bool,
    /// Tags with commas between them.
    pub(crate) tags: String,
    /// How many questions a viewer may ask, as typed; empty: ten.
    pub(crate) most: String,
    /// Seconds between two questions of one viewer, as typed; empty: ten.
    pub(crate) every: String,
    /// How long it is open, as typed; empty: until it is closed.
    pub(crate) closes: String,
}

impl Default for Qna {
    fn default() -> Self {
        Self {
            title: String::new(),
            approval: true,
            anonymous: false,
            replies: false,
            tags: String::new(),
            most: String::new(),
            every: String::new(),
            closes: String::new(),
        }
    }
}

impl Form {
    /// Reads the fields of a list of questions.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub(crate) fn qna_draft(&self) -> Result<Draft, Vec<Flaw>> {
        let mut found = Found::default();
        let fields = &self.qna;
        let title: Option<Title> = found.text(
            Field::Own("title"),
            &fields.title,
            Some("Write what it is called."),
        );
        let closes_in_ms = found.span(Field::Closes, &fields.closes);
        let tags = found.labels(Field::Own("tags"), &fields.tags);
        if tags.len() > liveroom_protocol::limits::LABELS {
            found.wrong(Field::Own("tags"), &"at most 32 tags");
        }
        let most = found.number(Field::Own("most"), &fields.most, 10, 1..=100);
        let every = found.number(Field::Own("every"), &fields.every, 10, 0..=3_600);
        let shared = self.shared(&mut found);
        match title.filter(|_| found.0.is_empty()) {
            None => Err(found.0),
            Some(title) => Ok(Draft {
                activity: shared.activity,
                title,
                approval: fields.approval,
                anonymous: fields.anonymous,
                replies: fields.replies,
                tags,
                most,
                every_ms: Span(u64::from(every) * 1_000),
                level: self.level,
                who: shared.who,
                opens_in_ms: shared.opens_in_ms,
                closes_in_ms,
                announce: self.announce,
                about: shared.about,
            }),
        }
    }

    /// The card that viewers would see, as far as it is known.
    pub(crate) fn qna_card(&self) -> (Card, Tally) {
        let mut found = Found::default();
        let shared = self.shared(&mut found);
        let fields = &self.qna;
        let card = Card {
            title: super::shown(&fields.title).unwrap_or_else(|| "Your questions".into()),
            approval: fields.approval,
            anonymous: fields.anonymous,
            replies: fields.replies,
            tags: found.labels(Field::Own("tags"), &fields.tags),
            most: found.number(Field::Own("most"), &fields.most, 10, 1..=100),
            level: self.level.unwrap_or_default(),
            who: shared.who,
            about: shared.about,
            ..Card::default()
        };
        let tally = Tally {
            phase: Phase::Open,
            ..Tally::default()
        };
        (card, tally)
    }

    /// A form that would make another list like one that the room has.
    #[must_use]
    pub(crate) fn like_qna(&self, card: &Card) -> Self {
        let mut form = Self {
            widget: liveroom_protocol::Widget::Qna,
            level: Some(card.level),
            qna: Qna {
                title: card.title.clone(),
                approval: card.approval,
                anonymous: card.anonymous,
                replies: card.replies,
                tags: list(&card.tags),
                most: card.most.to_string(),
                ..self.qna.clone()
            },
            ..self.clone()
        };
        form.share(&card.who, &card.about);
        form
    }
}
