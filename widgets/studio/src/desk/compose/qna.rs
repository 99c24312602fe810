//! The fields of a list of questions.

use super::pen::Pen;
use yew::prelude::*;

/// The fields that are shown first, and the folded ones.
pub(super) fn fields(pen: Pen<'_>) -> Html {
    let fields = &pen.form.qna;
    html! {
        <>
            { pen.line("title", "Title", &fields.title, "", |form, text| form.qna.title = text) }
            { pen.tick("approval", "You approve a question before others see it", fields.approval, |form, yes| form.qna.approval = yes) }
            { pen.tick("anonymous", "One may ask without a name", fields.anonymous, |form, yes| form.qna.anonymous = yes) }
            { pen.tick("replies", "Viewers may reply to questions", fields.replies, |form, yes| form.qna.replies = yes) }
            { super::closes(pen, &fields.closes, |form, text| form.qna.closes = text) }
            { pen.fold("Tags, how many, how often", &["tags", "most", "every"], html! {
                <>
                    { pen.line("tags", "Tags to choose from", &fields.tags, "With commas between them.", |form, text| form.qna.tags = text) }
                    { pen.line("most", "Questions of one viewer, at most", &fields.most, "1 to 100; ten, if empty.", |form, text| form.qna.most = text) }
                    { pen.line("every", "Seconds between two of them", &fields.every, "Up to an hour; ten, if empty.", |form, text| form.qna.every = text) }
                </>
            }) }
        </>
    }
}
