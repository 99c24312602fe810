//! What the streamer has typed so far: a poll, a lottery, a list of questions and a deal as fields, complete or not.

pub(crate) mod deal;
mod draft;
mod found;
pub(crate) mod lottery;
mod options;
mod preview;
pub(crate) mod qna;
mod redraft;
mod shared;
mod stays;
pub(crate) mod survey;
#[cfg(test)]
mod tests;

pub(crate) use found::{Field, Flaw, sentence};

use liveroom_protocol::identity::{Level, Role};
use liveroom_protocol::limits::{OPTIONS_MIN, TITLE_CHARS};
use liveroom_protocol::phase::Pace;
use liveroom_protocol::poll::{Card, Results};
use liveroom_protocol::{Command, Widget};
use serde::{Deserialize, Serialize};

/// The fields of the composer. Kept as text between visits, so it reads whatever an earlier version wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Form {
    /// Which widget is composed; what is typed for the others stays.
    pub(crate) widget: Widget,
    /// The fields of a lottery.
    pub(crate) lottery: lottery::Lottery,
    /// The fields of a list of questions.
    pub(crate) qna: qna::Qna,
    /// The fields of a deal.
    pub(crate) deal: deal::Deal,
    /// What is asked.
    pub(crate) question: String,
    /// What kind of poll.
    pub(crate) kind: Kind,
    /// The options as lines; empty lines are no options.
    pub(crate) options: Vec<Line>,
    /// Several choices: how many at most, 0 for any number.
    pub(crate) most: u8,
    /// The lowest step of a scale.
    pub(crate) min: u8,
    /// The highest step of a scale.
    pub(crate) max: u8,
    /// What the lowest step means.
    pub(crate) low: String,
    /// What the highest step means.
    pub(crate) high: String,
    /// The fields that only a survey has.
    pub(crate) survey: survey::Survey,
    /// A quiz shows who was right first.
    pub(crate) board: bool,
    /// The board shows names.
    pub(crate) named: bool,
    /// When viewers see the numbers; by the kind, if absent.
    pub(crate) results: Option<Results>,
    /// A vote may be changed.
    pub(crate) can_change: bool,
    /// How long it is open, as typed; empty: until it is closed.
    pub(crate) closes: String,
    /// Whose time it keeps.
    pub(crate) time: Pace,
    /// Seconds of grace, as typed.
    pub(crate) grace: String,
    /// A prepared poll is announced to viewers.
    pub(crate) announce: bool,
    /// The least identity; the room's, if absent.
    pub(crate) level: Option<Level>,
    /// Tiers with commas between them.
    pub(crate) tiers: String,
    /// Segments with commas between them.
    pub(crate) segments: String,
    /// The least points, as typed; none are asked for, if empty.
    pub(crate) points: String,
    /// Roles; everyone, if none.
    pub(crate) roles: Vec<Role>,
    /// The activity's name; the room makes one, if empty.
    pub(crate) name: String,
    /// How long until it opens by itself, as typed; a poll does not.
    pub(crate) opens: String,
    /// The advertisement label.
    pub(crate) ad: String,
    /// Products by the shop's numbers, with commas between them.
    pub(crate) products: String,
    /// The brand.
    pub(crate) brand: String,
    /// Tags for figures, with commas between them.
    pub(crate) about_tags: String,
    /// The draft that this is a change of: it has what no field can say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) was: Option<Box<Command>>,
    /// The option to which the focus is to go after this change.
    #[serde(skip)]
    pub(crate) go_to: Option<usize>,
}

/// The kinds of poll a streamer thinks in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// One of several options.
    #[default]
    One,
    /// Several of several options.
    Several,
    /// A step of a scale.
    Scale,
    /// Options of which some are right.
    Quiz,
    /// A step of a scale, further questions, and words.
    Survey,
}

impl Kind {
    /// All of them, in the order of the composer.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 5] = [
        Self::One,
        Self::Several,
        Self::Scale,
        Self::Quiz,
        Self::Survey,
    ];
}

/// One option as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    /// What it says.
    pub(crate) text: String,
    /// The address of its picture.
    pub(crate) image: String,
    /// It is a right answer of a quiz.
    pub(crate) right: bool,
    /// The name that it has in the draft that this is a change of; none, if the room is to name it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) id: String,
}

impl Default for Form {
    fn default() -> Self {
        Self {
            widget: Widget::Poll,
            lottery: lottery::Lottery::default(),
            qna: qna::Qna::default(),
            deal: deal::Deal::default(),
            question: String::new(),
            kind: Kind::default(),
            options: vec![Line::default(); OPTIONS_MIN],
            most: 0,
            min: 1,
            max: 5,
            low: String::new(),
            high: String::new(),
            survey: survey::Survey::default(),
            board: false,
            named: false,
            results: None,
            can_change: true,
            closes: "1:00".into(),
            time: Pace::default(),
            grace: String::new(),
            announce: false,
            level: None,
            tiers: String::new(),
            segments: String::new(),
            points: String::new(),
            roles: Vec::new(),
            name: String::new(),
            opens: String::new(),
            ad: String::new(),
            products: String::new(),
            brand: String::new(),
            about_tags: String::new(),
            was: None,
            go_to: None,
        }
    }
}

impl Form {
    /// A form in which what was just made is empty again, with the habits of this one: how long, who may take part, whose time.
    /// What it was about is no habit: the next one would carry a label and a brand that nobody sees in its folded part.
    #[must_use]
    pub(crate) fn next(&self) -> Self {
        let mut next = Self {
            name: String::new(),
            opens: String::new(),
            ad: String::new(),
            products: String::new(),
            brand: String::new(),
            about_tags: String::new(),
            was: None,
            ..self.clone()
        };
        match self.widget {
            Widget::Poll => {
                next.question.clear();
                next.options = vec![Line::default(); OPTIONS_MIN];
                next.low.clear();
                next.high.clear();
            }
            Widget::Lottery => {
                next.lottery.title.clear();
                next.lottery.prizes = vec![lottery::Line::default()];
                next.lottery.keyword.clear();
                next.lottery.round.clear();
            }
            Widget::Qna => next.qna.title.clear(),
            Widget::Deal => {
                let (fresh, deal) = (deal::Deal::default(), &mut next.deal);
                deal.title.clear();
                deal.sku.clear();
                deal.image.clear();
                deal.price.clear();
                deal.before.clear();
                deal.basis.clear();
                deal.lowest.clear();
                deal.members.clear();
                deal.variants = fresh.variants;
            }
        }
        next
    }

    /// A form that would make another poll like one that the room has; how long it was open is not told by a card.
    #[must_use]
    pub(crate) fn like(&self, card: &Card) -> Self {
        let right = card.right.as_deref().unwrap_or_default();
        let line = |choice: &liveroom_protocol::poll::Choice| Line {
            text: choice.text.clone(),
            image: choice.image.clone().unwrap_or_default(),
            right: right.contains(&choice.id),
            id: String::new(),
        };
        let label = |text: Option<&liveroom_protocol::text::Text<80>>| {
            text.map_or_else(String::new, |text| text.as_str().to_owned())
        };
        let scale = card.scale.as_ref();
        let mut form = Self {
            widget: Widget::Poll,
            question: card.question.clone(),
            kind: match (scale, card.quiz, card.max_choices) {
                (Some(_), _, _) => Kind::Scale,
                (None, true, _) => Kind::Quiz,
                (None, false, 1) => Kind::One,
                (None, false, _) => Kind::Several,
            },
            options: if scale.is_some() {
                Self::default().options
            } else {
                card.options.iter().map(line).collect()
            },
            most: if card.max_choices == 1 {
                0
            } else {
                card.max_choices
            },
            min: scale.map_or(1, |scale| scale.min),
            max: scale.map_or(5, |scale| scale.max),
            low: label(scale.and_then(|scale| scale.low.as_ref())),
            high: label(scale.and_then(|scale| scale.high.as_ref())),
            named: card.named,
            results: Some(card.results),
            can_change: card.can_change,
            time: card.time,
            grace: if card.grace_ms.0 == 0 {
                String::new()
            } else {
                (card.grace_ms.0 / 1_000).to_string()
            },
            level: Some(card.level),
            ..self.clone()
        };
        form.share(&card.who, &card.about);
        form
    }

    /// When viewers see the numbers, chosen or by the kind: a quiz shows them when they are revealed.
    pub(crate) fn results(&self) -> Results {
        self.results.unwrap_or(if self.kind == Kind::Quiz {
            Results::OnReveal
        } else {
            Results::Always
        })
    }
}

/// Returns a title as a card would show it, cut to what a card may hold; nothing, if nothing is written.
fn shown(text: &str) -> Option<String> {
    let text: String = text.trim().chars().take(TITLE_CHARS).collect();
    (!text.is_empty()).then_some(text)
}
