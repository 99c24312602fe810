//! What only a survey asks for: further questions, and words.

use super::pen::Pen;
use crate::form::survey::{FURTHER, WORDS};
use yew::prelude::*;

/// The fields below the first question.
pub(super) fn fields(pen: Pen<'_>) -> Html {
    let survey = &pen.form.survey;
    html! {
        <>
            { pen.lines(FURTHER, "Further questions", &survey.further,
                "One a line, with its options: What next? = Tea, Cake. Any number may be chosen.",
                |form, text| form.survey.further = text) }
            { pen.line(WORDS, "Ask for words", &survey.words, "Only the desk reads them. Leave it empty to ask for none.",
                |form, text| form.survey.words = text) }
        </>
    }
}
