//! What makes a poll a survey: further questions, one a line, and a field for words.

use super::Form;
use super::found::{Field, Found};
use liveroom_protocol::id::OptionId;
use liveroom_protocol::limits::{OPTIONS_MAX, OPTIONS_MIN};
use liveroom_protocol::poll::{Choice, OptionDraft, Part, PartDraft};
use serde::{Deserialize, Serialize};

/// The name of the field with the further questions.
pub(crate) const FURTHER: &str = "further";
/// The name of the field that asks for words.
pub(crate) const WORDS: &str = "words";
/// Further questions of one survey.
const MOST: usize = 9;

/// The fields that only a survey has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Survey {
    /// Further questions, one a line, each with its options: `What next? = Tea, Cake`.
    pub(crate) further: String,
    /// By what words are asked for; none, if empty.
    pub(crate) words: String,
}

impl Form {
    /// Begins a survey with one for the end of a show, where nothing is written yet.
    pub(crate) fn begin_survey(&mut self) {
        if !self.question.trim().is_empty() || self.survey != Survey::default() {
            return;
        }
        self.question = "How was it?".into();
        (self.min, self.max) = (1, 5);
        self.low = "Not for me".into();
        self.high = "Wonderful".into();
        self.survey = Survey {
            further: "What should come back? = Cooking, Guests, Deals".into(),
            words: "What else would you tell us?".into(),
        };
    }

    /// The further questions, of which any number of options may be chosen.
    pub(super) fn parts(&self, found: &mut Found) -> Vec<PartDraft> {
        let field = Field::Own(FURTHER);
        let mut parts = Vec::new();
        let lines = self.survey.further.lines();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let (question, options) = line.split_once('=').unwrap_or((line, ""));
            let question = found.text(
                field,
                question,
                Some("Write each question before the sign =."),
            );
            let options: Vec<_> = options
                .split(',')
                .filter_map(|option| found.text(field, option, None))
                .map(OptionDraft::Text)
                .collect();
            if !(OPTIONS_MIN..=OPTIONS_MAX).contains(&options.len()) {
                found.wrong(
                    field,
                    &"write 2 to 20 options behind each question, like What next? = Tea, Cake",
                );
            }
            parts.extend(question.map(|question| PartDraft {
                question,
                options,
                scale: None,
                max_choices: 0,
            }));
        }
        if parts.len() > MOST {
            found.wrong(field, &"a survey has at most nine further questions");
        }
        parts
    }

    /// The same as a card shows them, as far as they can be read.
    pub(super) fn shown_parts(&self) -> Vec<Part> {
        let choice = |(place, option): (usize, &OptionDraft)| {
            let text = match option {
                OptionDraft::Text(text) | OptionDraft::Full { text, .. } => text,
            };
            Some(Choice {
                id: OptionId::parse((place + 1).to_string()).ok()?,
                text: text.as_str().to_owned(),
                image: None,
            })
        };
        let parts = self.parts(&mut Found::default());
        let part = |part: PartDraft| Part {
            question: part.question.as_str().to_owned(),
            options: part.options.iter().enumerate().filter_map(choice).collect(),
            max_choices: part.max_choices,
            scale: None,
        };
        parts.into_iter().map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Kind;

    fn survey(further: &str) -> Form {
        let mut form = Form {
            kind: Kind::Survey,
            ..Form::default()
        };
        form.begin_survey();
        form.survey.further = further.into();
        form
    }

    #[test]
    fn a_survey_begins_ready_for_the_end_of_a_show_and_is_what_was_typed() {
        let mut form = Form {
            kind: Kind::Survey,
            ..Form::default()
        };
        form.begin_survey();
        let draft = form.draft().expect("it can be opened as it is");
        assert_eq!(draft.question.as_str(), "How was it?");
        assert_eq!(
            draft.scale.map(|scale| (scale.min, scale.max)),
            Some((1, 5))
        );
        assert_eq!(draft.parts.len(), 1);
        assert_eq!(draft.parts[0].options.len(), 3);
        assert!(draft.comment.is_some());
        form.survey.words.clear();
        assert_eq!(form.draft().expect("words are not needed").comment, None);
        assert_eq!(form.card().parts[0].question, "What should come back?");
        // What is written is never written over.
        form.question = "Mine".into();
        form.survey = Survey::default();
        form.begin_survey();
        assert_eq!(
            (form.question.as_str(), form.survey.further.as_str()),
            ("Mine", "")
        );
    }

    #[test]
    fn a_question_without_options_is_told_in_its_field() {
        for wrong in [
            "What next?",
            "What next? = Tea",
            "= Tea, Cake",
            &"Q = A, B\n".repeat(10),
        ] {
            let flaws = survey(wrong).draft().expect_err(wrong);
            assert!(
                flaws.iter().all(|flaw| flaw.field == Field::Own(FURTHER)),
                "{wrong}"
            );
        }
        assert_eq!(survey("\n").draft().expect("none are needed").parts, []);
    }
}
