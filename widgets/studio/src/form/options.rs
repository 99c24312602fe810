//! The options of a poll as lines: written, pasted, added, taken out.

use super::{Form, Line};
use liveroom_protocol::limits::{OPTIONS_MAX, OPTIONS_MIN};

impl Form {
    /// Puts text into one option. Several lines pasted into it become as many options.
    pub(crate) fn write_option(&mut self, place: usize, text: &str) {
        let mut lines = text
            .lines()
            .map(str::trim_start)
            .filter(|line| !line.is_empty());
        let first = if text.contains('\n') {
            lines.next().unwrap_or_default()
        } else {
            text
        };
        let Some(line) = self.options.get_mut(place) else {
            return;
        };
        first.clone_into(&mut line.text);
        if !text.contains('\n') {
            return;
        }
        for (offset, rest) in lines.enumerate() {
            let next = place + 1 + offset;
            let free = self
                .options
                .get(next)
                .is_some_and(|line| line.text.is_empty());
            if !free && self.options.len() < OPTIONS_MAX {
                self.options
                    .insert(next.min(self.options.len()), Line::default());
            } else if !free {
                return;
            }
            rest.clone_into(&mut self.options[next].text);
        }
    }

    /// Adds an empty option after one, unless there are as many as a poll may have; says where it is.
    pub(crate) fn add_option(&mut self, after: usize) -> Option<usize> {
        let place = (after + 1).min(self.options.len());
        (self.options.len() < OPTIONS_MAX).then(|| {
            self.options.insert(place, Line::default());
            place
        })
    }

    /// Takes one option out; two lines always stay.
    pub(crate) fn remove_option(&mut self, place: usize) {
        if place < self.options.len() {
            self.options.remove(place);
        }
        while self.options.len() < OPTIONS_MIN {
            self.options.push(Line::default());
        }
    }
}
