//! The card that viewers would see, out of fields that may not be complete.

use super::found::Found;
use super::{Form, Kind};
use liveroom_protocol::id::OptionId;
use liveroom_protocol::identity::Label;
use liveroom_protocol::limits::{OPTION_CHARS, QUESTION_CHARS};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Choice, Scale, Tally};
use liveroom_protocol::text::Picture;

impl Form {
    /// Returns the card as far as it is known; what is missing is told by its place.
    pub(crate) fn card(&self) -> Card {
        let options = match self.kind {
            Kind::Scale | Kind::Survey => (self.min..=self.max)
                .filter_map(|step| choice(usize::from(step), &step.to_string(), ""))
                .collect(),
            Kind::One | Kind::Several | Kind::Quiz => self.choices(),
        };
        let right = self.options.iter().filter(|line| line.right).count();
        Card {
            question: shown(&self.question, QUESTION_CHARS)
                .unwrap_or_else(|| "Your question".into()),
            max_choices: match self.kind {
                Kind::One | Kind::Scale | Kind::Survey => 1,
                Kind::Several if usize::from(self.most) < options.len() => self.most,
                Kind::Several => 0,
                Kind::Quiz => u8::from(right <= 1),
            },
            scale: self.has_scale().then(|| Scale {
                min: self.min,
                max: self.max,
                low: Label::parse(&self.low).ok(),
                high: Label::parse(&self.high).ok(),
            }),
            options,
            quiz: self.kind == Kind::Quiz,
            results: self.results(),
            can_change: self.can_change,
            named: self.kind == Kind::Quiz && self.board && self.named,
            level: self.level.unwrap_or_default(),
            // What is wrong with them is said at their fields.
            who: self.who(&mut Found::default()),
            about: self.about(&mut Found::default()),
            time: self.time,
            parts: match self.kind {
                Kind::Survey => self.shown_parts(),
                Kind::One | Kind::Several | Kind::Scale | Kind::Quiz => Vec::new(),
            },
            comment: shown(&self.survey.words, QUESTION_CHARS)
                .filter(|_| self.kind == Kind::Survey),
            ..Card::default()
        }
    }

    /// Returns the tally of a poll that has just opened.
    pub(crate) fn tally(&self, card: &Card) -> Tally {
        Tally {
            phase: Phase::Open,
            votes: Some(vec![0; card.options.len()]),
            parts: card
                .parts
                .iter()
                .map(|part| vec![0; part.options.len()])
                .collect(),
            ..Tally::default()
        }
    }

    fn choices(&self) -> Vec<Choice> {
        let written: Vec<Choice> = self
            .options
            .iter()
            .filter(|line| !line.text.trim().is_empty())
            .enumerate()
            .filter_map(|(place, line)| choice(place + 1, &line.text, &line.image))
            .collect();
        let blank = written.len()..2;
        let blank =
            blank.filter_map(|place| choice(place + 1, &format!("Option {}", place + 1), ""));
        written.iter().cloned().chain(blank).collect()
    }
}

fn choice(number: usize, text: &str, image: &str) -> Option<Choice> {
    let id = OptionId::parse(number.to_string()).ok()?;
    let text = shown(text, OPTION_CHARS).unwrap_or_default();
    let image = Picture::try_from(image.trim().to_owned())
        .ok()
        .map(String::from);
    Some(Choice { id, text, image })
}

/// Returns a text as a card would show it, cut to what a card may hold.
fn shown(text: &str, most: usize) -> Option<String> {
    let text: String = text.trim().chars().take(most).collect();
    (!text.is_empty()).then_some(text)
}
