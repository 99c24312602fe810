//! Known questions like the one that is being typed: offered before it is asked once more.

use super::list::{Known, is_listed};
use liveroom_protocol::qna::QuestionId;
use liveroom_protocol::qna::similar::{LIKELY, Sketch, similar, similarity};

/// How many are offered.
const MOST: usize = 3;
/// How many known questions are taken apart in one go, so that no key waits for thousands of them.
const TURN: usize = 400;
/// Fewer characters say nothing.
const LEAST: usize = 3;

/// What is known, taken apart once; and what of it is like the text at hand.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// By number.
    sketches: Vec<(QuestionId, Sketch)>,
    typed: String,
    found: Vec<QuestionId>,
}

impl Offers {
    /// Returns the numbers of the known questions that are likely the same as what is typed, most alike first.
    pub(super) fn like(&mut self, typed: &str, known: &[Known]) -> Vec<QuestionId> {
        if typed.trim().chars().count() < LEAST {
            self.typed.clear();
            self.found.clear();
            return Vec::new();
        }
        let more = self.learn(known);
        if more || self.typed != typed {
            let sketches = self.sketches.iter().map(|(id, sketch)| (*id, sketch));
            let found = similar(typed, sketches, MOST);
            self.found = found.into_iter().map(|(id, _)| id).collect();
            self.typed.clear();
            self.typed.push_str(typed);
        }
        self.found.clone()
    }

    /// Takes some more of what is known apart; whether there was more.
    fn learn(&mut self, known: &[Known]) -> bool {
        let mut taken = 0;
        for Known { question, .. } in known {
            let place = self
                .sketches
                .binary_search_by(|(id, _)| id.cmp(&question.id));
            let listed = is_listed(question);
            match (place, &question.text) {
                (Err(place), Some(text)) if listed && taken < TURN => {
                    taken += 1;
                    self.sketches
                        .insert(place, (question.id, Sketch::new(text)));
                }
                (Ok(place), _) if !listed => drop(self.sketches.remove(place)),
                _ => {}
            }
        }
        taken > 0
    }
}

/// Returns how alike two questions are, of 100; nothing if they are hardly the same.
pub fn alike(one: &str, other: &str) -> Option<u8> {
    let alike = similarity(&Sketch::new(one), &Sketch::new(other));
    (alike >= LIKELY).then_some(alike)
}

#[cfg(test)]
mod tests {
    use super::*;
    use liveroom_protocol::qna::{Question, Standing};
    use std::rc::Rc;

    fn known(id: QuestionId, text: &str) -> Known {
        let question = Question {
            id,
            text: Some(text.into()),
            standing: Standing::Shown,
            ..Question::default()
        };
        Known {
            question: Rc::new(question),
            ..Known::default()
        }
    }

    #[test]
    fn what_is_likely_the_same_is_offered_once_enough_is_typed() {
        let list = [
            known(1, "Is the jacket waterproof?"),
            known(2, "Do you ship to Norway?"),
        ];
        let mut offers = Offers::default();
        assert!(offers.like("is", &list).is_empty());
        assert_eq!(offers.like("is this jacket waterproof", &list), [1]);
        assert_eq!(offers.like("do you ship to norway", &list), [2]);
        assert!(offers.like("", &list).is_empty());
    }

    #[test]
    fn two_are_alike_only_if_they_are_likely_the_same() {
        let known = "Is the jacket waterproof?";
        assert_eq!(alike("IS THE JACKET waterproof", known), Some(100));
        assert!(alike("is this jacket waterproof", known) < Some(100));
        assert_eq!(alike("do you ship to norway", known), None);
        assert_eq!(alike("", ""), None);
    }

    #[test]
    fn thousands_are_taken_apart_in_turns_and_what_is_dismissed_is_not_offered() {
        let mut list: Vec<Known> = (1..=1_000)
            .map(|id| {
                known(
                    id,
                    &["Which colour is number ", &id.to_string(), "?"].concat(),
                )
            })
            .collect();
        let mut offers = Offers::default();
        let typed = "which colour is number 990";
        assert!(offers.like(typed, &list).is_empty());
        offers.like(typed, &list);
        assert_eq!(offers.like(typed, &list).first(), Some(&990));
        let gone = Question {
            standing: Standing::Dismissed,
            ..(*list[989].question).clone()
        };
        list[989].question = Rc::new(gone);
        offers.like("which colour", &list);
        assert!(!offers.like(typed, &list).contains(&990));
    }
}
