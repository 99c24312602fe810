//! From fields to a draft that the room can take, or to what is still wrong with them, in the room's own words.

use super::found::{Field, Flaw, Found};
use super::{Form, Kind, survey};
use crate::clock;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::limits::{GRACE_MS, OPTION_CHARS, OPTIONS_MAX, OPTIONS_MIN};
use liveroom_protocol::phase::Pace;
use liveroom_protocol::poll::{Draft, OptionDraft, Scale};
use liveroom_protocol::text::{Picture, Text};
use liveroom_protocol::time::Span;
use liveroom_protocol::{Command, Widget};
use std::collections::HashSet;

impl Form {
    /// Reads the fields of the widget that is composed into the command that prepares it, or opens it at once.
    ///
    /// # Errors
    /// All that is wrong with them, in the order of the composer.
    pub(crate) fn command(&self, open: bool) -> Result<Command, Vec<Flaw>> {
        let mut command = match (self.widget, open) {
            (Widget::Poll, false) => Command::PollPrepare(Box::new(self.draft()?)),
            (Widget::Poll, true) => Command::PollOpen(Box::new(self.draft()?)),
            (Widget::Lottery, false) => Command::LotteryPrepare(Box::new(self.lottery_draft()?)),
            (Widget::Lottery, true) => Command::LotteryOpen(Box::new(self.lottery_draft()?)),
            (Widget::Qna, false) => Command::QnaPrepare(Box::new(self.qna_draft()?)),
            (Widget::Qna, true) => Command::QnaOpen(Box::new(self.qna_draft()?)),
            (Widget::Deal, false) => Command::DealPrepare(Box::new(self.deal_draft()?)),
            (Widget::Deal, true) => Command::DealOpen(Box::new(self.deal_draft()?)),
        };
        self.stay(&mut command);
        Ok(command)
    }

    /// Reads the fields of a poll.
    ///
    /// # Errors
    /// All that is wrong with them, in the order of the composer.
    pub(crate) fn draft(&self) -> Result<Draft, Vec<Flaw>> {
        let mut found = Found::default();
        let question = found.text(Field::Question, &self.question, Some("Write the question."));
        let (options, right) = self.lines(&mut found);
        let scale = self.scale(&mut found);
        let closes_in_ms = clock::read(&self.closes).unwrap_or_else(|says| {
            found.wrong(Field::Closes, &says);
            None
        });
        let grace_ms = self.grace(&mut found);
        let shared = self.shared(&mut found);
        let is_survey = self.kind == Kind::Survey;
        let parts = match is_survey {
            true => self.parts(&mut found),
            false => Vec::new(),
        };
        let comment = match is_survey {
            true => found.text(Field::Own(survey::WORDS), &self.survey.words, None),
            false => None,
        };
        let max_choices = match self.kind {
            Kind::One | Kind::Scale | Kind::Survey => 1,
            Kind::Several if usize::from(self.most) < options.len() => self.most,
            // As many as there are options is any number; a quiz must not tell how many are right.
            Kind::Several => 0,
            Kind::Quiz => u8::from(right.len() <= 1),
        };
        match question.filter(|_| found.0.is_empty()) {
            None => Err(found.0),
            Some(question) => Ok(Draft {
                activity: shared.activity,
                question,
                options,
                scale,
                max_choices,
                right,
                board: self.kind == Kind::Quiz && self.board,
                results: Some(self.results()),
                can_change: self.can_change,
                named: self.kind == Kind::Quiz && self.board && self.named,
                level: self.level,
                who: shared.who,
                closes_in_ms,
                time: self.time,
                grace_ms,
                announce: self.announce,
                programme_at: None,
                parts,
                comment,
                about: shared.about,
            }),
        }
    }

    fn lines(&self, found: &mut Found) -> (Vec<OptionDraft>, Vec<OptionId>) {
        if self.has_scale() {
            return (Vec::new(), Vec::new());
        }
        let (mut filled, mut written) = (0, Vec::new());
        for (place, line) in self.options.iter().enumerate() {
            let image = match line.image.trim() {
                "" => None,
                address => match Picture::try_from(address.to_owned()) {
                    Ok(image) => Some(image),
                    Err(no) => {
                        found.wrong(Field::Picture(place), &no);
                        None
                    }
                },
            };
            // A line with neither words nor picture is no option.
            let needed = image
                .is_some()
                .then_some("Say in words what the picture shows.");
            filled += usize::from(!line.text.trim().is_empty() || image.is_some());
            let Some(text) = found.text(Field::Option(place), &line.text, needed) else {
                continue;
            };
            let right = self.kind == Kind::Quiz && line.right;
            written.push((OptionId::parse(&line.id).ok(), text, image, right));
        }
        let (options, right) = named(written);
        if filled < OPTIONS_MIN {
            found.missing(Field::Options, "Write at least two options.");
        } else if filled > OPTIONS_MAX {
            found.wrong(Field::Options, &"a poll has 2 to 20 options");
        } else if self.kind == Kind::Quiz && right.is_empty() {
            found.missing(Field::Options, "Mark the right answer.");
        }
        (options, right)
    }

    /// Whether a step of a scale is chosen, and not an option.
    pub(crate) fn has_scale(&self) -> bool {
        matches!(self.kind, Kind::Scale | Kind::Survey)
    }

    fn scale(&self, found: &mut Found) -> Option<Scale> {
        self.has_scale().then(|| Scale {
            min: self.min,
            max: self.max,
            low: found.text(Field::Ends, &self.low, None),
            high: found.text(Field::Ends, &self.high, None),
        })
    }

    fn grace(&self, found: &mut Found) -> Span {
        let most = GRACE_MS / 1_000;
        match (self.time, self.grace.trim()) {
            (Pace::Room, _) | (Pace::Picture, "") => Span(0),
            (Pace::Picture, text) => match text.parse::<u64>() {
                Ok(seconds) if seconds <= most => Span(seconds * 1_000),
                _ => {
                    found.wrong(Field::Grace, &format!("The grace is 0 to {most} seconds."));
                    Span(0)
                }
            },
        }
    }
}

/// An option that was written: its name in an earlier draft, what it says, its picture, and whether it is right.
type Written = (Option<OptionId>, Text<OPTION_CHARS>, Option<Picture>, bool);

/// The options with the names that they had, and which of them are right. An option without a name is numbered by the room; if such
/// a number were the name of another, all are numbered.
fn named(written: Vec<Written>) -> (Vec<OptionDraft>, Vec<OptionId>) {
    let number = |place: usize| OptionId::parse((place + 1).to_string()).ok();
    let given = written.iter().enumerate();
    let names: Vec<_> = given
        .filter_map(|(place, (id, ..))| id.clone().or_else(|| number(place)))
        .collect();
    let distinct = names.iter().collect::<HashSet<_>>().len() == names.len();
    let (mut options, mut right) = (Vec::new(), Vec::new());
    for (place, (id, text, image, is_right)) in written.into_iter().enumerate() {
        let id = id.filter(|_| distinct);
        if is_right {
            right.extend(id.clone().or_else(|| number(place)));
        }
        options.push(match (&id, &image) {
            (None, None) => OptionDraft::Text(text),
            (Some(_), _) | (None, Some(_)) => OptionDraft::Full { id, text, image },
        });
    }
    (options, right)
}
