//! What is wrong with what is typed: by field, in the room's own words.

use crate::clock;
use liveroom_protocol::identity::Label;
use liveroom_protocol::text::{NotAText, Text};
use liveroom_protocol::time::Span;
use std::fmt::Display;
use std::ops::RangeInclusive;

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
    /// A field that only one widget has, or that all but the poll have.
    Own(&'static str),
    /// A line of a list, by its place from 0.
    Line(&'static str, usize),
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
pub(super) struct Found(pub(super) Vec<Flaw>);

impl Found {
    pub(super) fn wrong(&mut self, field: Field, says: &dyn Display) {
        self.0.push(Flaw {
            field,
            says: sentence(says),
            missing: false,
        });
    }

    pub(super) fn missing(&mut self, field: Field, says: &str) {
        self.0.push(Flaw {
            field,
            says: says.to_owned(),
            missing: true,
        });
    }

    /// A text; `empty` says what is missing where there has to be one.
    pub(super) fn text<const MAX: usize>(
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

    /// Labels with commas between them.
    pub(super) fn labels(&mut self, field: Field, text: &str) -> Vec<Label> {
        text.split(',')
            .filter_map(|part| self.text(field, part, None))
            .collect()
    }

    /// Texts, one a line.
    pub(super) fn lines<const MAX: usize>(&mut self, field: Field, text: &str) -> Vec<Text<MAX>> {
        text.lines()
            .filter_map(|line| self.text(field, line, None))
            .collect()
    }

    /// Something that parses, or nothing.
    pub(super) fn parse<T: TryFrom<String>>(&mut self, field: Field, text: &str) -> Option<T>
    where
        T::Error: Display,
    {
        match text.trim() {
            "" => None,
            text => T::try_from(text.to_owned())
                .map_err(|no| self.wrong(field, &no))
                .ok(),
        }
    }

    /// A whole number within bounds; `usual` where nothing is typed.
    pub(super) fn number(
        &mut self,
        field: Field,
        text: &str,
        usual: u32,
        bounds: RangeInclusive<u32>,
    ) -> u32 {
        match text.trim() {
            "" => usual,
            text => match text.parse() {
                Ok(number) if bounds.contains(&number) => number,
                _ => {
                    let (least, most) = (bounds.start(), bounds.end());
                    self.wrong(
                        field,
                        &format!("write a whole number from {least} to {most}"),
                    );
                    usual
                }
            },
        }
    }

    /// A length of time as `45` or `1:30`.
    pub(super) fn span(&mut self, field: Field, text: &str) -> Option<Span> {
        clock::read(text).unwrap_or_else(|says| {
            self.wrong(field, &says);
            None
        })
    }

    /// Pairs of a word and what stands for it, one a line: `gold = 3`.
    pub(super) fn pairs<'a>(&mut self, field: Field, text: &'a str) -> Vec<(Label, &'a str)> {
        let mut pairs = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            match line.split_once(['=', ':']) {
                Some((word, value)) => {
                    let word = self.text(field, word, Some("Write the tier before the sign =."));
                    pairs.extend(word.map(|word| (word, value.trim())));
                }
                None => self.wrong(field, &"write one tier a line, like gold = 3"),
            }
        }
        pairs
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
