//! One question of a poll: the poll's own, or one of a survey's further ones. All of them are drawn and answered alike.

use super::Sheet;
use liveroom_protocol::poll::{Choice, Scale};

/// One question at one moment.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Its place: 0 is the poll's own.
    pub(super) part: usize,
    pub(super) question: &'a str,
    pub(super) options: &'a [Choice],
    /// How many may be chosen; 0 for any number.
    pub(super) most: u8,
    pub(super) scale: Option<&'a Scale>,
    /// How many chose each option, if this viewer may know and there is something to know.
    pub(super) votes: Option<&'a [u32]>,
}

impl<'a> Asked<'a> {
    /// The question at a place; the last one beyond the end.
    pub(super) fn at(sheet: Sheet<'a>, part: usize) -> Self {
        let Sheet { card, tally, .. } = sheet;
        // Before the first vote there is nothing to compare; the small print says so in words.
        let votes = |votes: &'a Vec<u32>| (tally.voters > 0).then_some(votes.as_slice());
        match part.checked_sub(1).and_then(|place| card.parts.get(place)) {
            None => Self {
                part: 0,
                question: &card.question,
                options: &card.options,
                most: card.max_choices,
                scale: card.scale.as_ref(),
                votes: tally.votes.as_ref().and_then(votes),
            },
            Some(further) => Self {
                part,
                question: &further.question,
                options: &further.options,
                most: further.max_choices,
                scale: further.scale.as_ref(),
                votes: tally.parts.get(part - 1).and_then(votes),
            },
        }
    }

    /// All questions, in the card's order.
    pub(super) fn all(sheet: Sheet<'a>) -> impl Iterator<Item = Self> {
        (0..=sheet.card.parts.len()).map(move |part| Self::at(sheet, part))
    }
}

/// Whether answers are sent, and not a vote.
pub(super) fn is_survey(sheet: Sheet) -> bool {
    !sheet.card.parts.is_empty() || sheet.card.comment.is_some()
}
