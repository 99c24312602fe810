//! From fields to a draft that the room can take, or to what is still wrong with them, in the room's own words.

use super::{Form, Kind};
use crate::clock;
use liveroom_protocol::about::About;
use liveroom_protocol::id::{ActivityId, OptionId};
use liveroom_protocol::identity::{Eligible, Label};
use liveroom_protocol::limits::{GRACE_MS, LABELS, OPTIONS_MAX, OPTIONS_MIN};
use liveroom_protocol::phase::Pace;
use liveroom_protocol::poll::{Draft, OptionDraft, Scale};
use liveroom_protocol::text::{NotAText, Picture, Text};
use liveroom_protocol::time::Span;
use std::fmt::Display;

/// A field of the composer; also the last part of its name in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// The question.
    Question,
    /// An option by its place, from 0.
    Option(usize),
    /// The picture of an option.
    Picture(usize),
    /// The list of options.
    Options,
    /// The words at the ends of a scale.
    Ends,
    /// How long.
    Closes,
    /// The grace.
    Grace,
    /// The tiers it is for, and whom altogether.
    Who,
    /// The segments it is for.
    Segments,
    /// The activity's name.
    Name,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// Where.
    pub(crate) field: Field,
    /// What to do about it, as a sentence.
    pub(crate) says: String,
    /// Nothing is there yet, which need not be said before the streamer tries to go on.
    pub(crate) missing: bool,
}

/// What was found while reading the fields.
#[derive(Default)]
struct Found(Vec<Flaw>);

impl Found {
    fn wrong(&mut self, field: Field, says: &dyn Display) {
        self.0.push(Flaw {
            field,
            says: sentence(says),
            missing: false,
        });
    }

    fn missing(&mut self, field: Field, says: &str) {
        self.0.push(Flaw {
            field,
            says: says.to_owned(),
            missing: true,
        });
    }

    fn text<const MAX: usize>(
        &mut self,
        field: Field,
        text: &str,
        empty: Option<&str>,
    ) -> Option<Text<MAX>> {
        match (Text::parse(text), empty) {
            (Ok(text), _) => Some(text),
            (Err(NotAText::Empty), None) => None,
            (Err(NotAText::Empty), Some(says)) => {
                self.missing(field, says);
                None
            }
            (Err(other), _) => {
                self.wrong(field, &other);
                None
            }
        }
    }

    fn labels(&mut self, field: Field, text: &str) -> Vec<Label> {
        text.split(',')
            .filter_map(|part| self.text(field, part, None))
            .collect()
    }
}

impl Form {
    /// Reads the fields.
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
        let who = self.who(&mut found);
        let activity = match self.name.trim() {
            "" => None,
            name => ActivityId::parse(name)
                .map_err(|no| found.wrong(Field::Name, &no))
                .ok(),
        };
        let max_choices = match self.kind {
            Kind::One | Kind::Scale => 1,
            Kind::Several if usize::from(self.most) < options.len() => self.most,
            // As many as there are options is any number; a quiz must not tell how many are right.
            Kind::Several => 0,
            Kind::Quiz => u8::from(right.len() <= 1),
        };
        match question.filter(|_| found.0.is_empty()) {
            None => Err(found.0),
            Some(question) => Ok(Draft {
                activity,
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
                who,
                closes_in_ms,
                time: self.time,
                grace_ms,
                announce: self.announce,
                programme_at: None,
                about: About::default(),
            }),
        }
    }

    fn lines(&self, found: &mut Found) -> (Vec<OptionDraft>, Vec<OptionId>) {
        let (mut options, mut right) = (Vec::new(), Vec::new());
        if self.kind == Kind::Scale {
            return (options, right);
        }
        let mut filled = 0;
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
            options.push(match image {
                None => OptionDraft::Text(text),
                image => OptionDraft::Full {
                    id: None,
                    text,
                    image,
                },
            });
            if self.kind == Kind::Quiz && line.right {
                right.extend(OptionId::parse(options.len().to_string()).ok());
            }
        }
        if filled < OPTIONS_MIN {
            found.missing(Field::Options, "Write at least two options.");
        } else if filled > OPTIONS_MAX {
            found.wrong(Field::Options, &"a poll has 2 to 20 options");
        } else if self.kind == Kind::Quiz && right.is_empty() {
            found.missing(Field::Options, "Mark the right answer.");
        }
        (options, right)
    }

    fn scale(&self, found: &mut Found) -> Option<Scale> {
        (self.kind == Kind::Scale).then(|| Scale {
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

    fn who(&self, found: &mut Found) -> Eligible {
        let who = Eligible {
            tiers: found.labels(Field::Who, &self.tiers),
            segments: found.labels(Field::Segments, &self.segments),
            roles: self.roles.clone(),
        };
        if who.tiers.len() + who.segments.len() + who.roles.len() > LABELS {
            found.wrong(Field::Who, &"at most 32 tiers, segments and roles");
        }
        who
    }
}

/// Makes a sentence of an error's words, which begin small and end without a stop.
pub(crate) fn sentence(words: &dyn Display) -> String {
    let words = words.to_string();
    let mut rest = words.chars();
    let Some(first) = rest.next() else {
        return words;
    };
    let end = if words.ends_with(['.', '?']) { "" } else { "." };
    format!("{}{}{end}", first.to_uppercase(), rest.as_str())
}
