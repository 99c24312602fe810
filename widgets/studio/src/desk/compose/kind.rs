//! What kind of poll it is, and what only that kind has.

use super::super::Edit;
use super::super::field::{Line, below, choice, notes, select, tick};
use super::Flaws;
use crate::form::{Field, Form, Kind};
use yew::prelude::*;

const KINDS: [(Kind, &str); 5] = [
    (Kind::One, "Single"),
    (Kind::Several, "Several"),
    (Kind::Scale, "Scale"),
    (Kind::Quiz, "Quiz"),
    (Kind::Survey, "Survey"),
];

/// The kinds, side by side.
pub(super) fn choose(form: &Form, edit: &Callback<Edit>) -> Html {
    choice(
        "kind",
        "Kind",
        "kinds",
        form.kind,
        &KINDS,
        edit,
        |form, kind| {
            form.kind = kind;
            if kind == Kind::Survey {
                form.begin_survey();
            }
        },
    )
}

/// The steps of a scale, and what its ends mean.
pub(super) fn scale(form: &Form, flaws: &Flaws, edit: &Callback<Edit>) -> Html {
    let line = |id, label, value| Line {
        id,
        label,
        value,
        hint: "",
        flaw: None,
    };
    let steps = [(0, 10), (1, 5), (1, 3), (1, 7), (1, 10)];
    let names = ["0 to 10", "1 to 5", "1 to 3", "1 to 7", "1 to 10"];
    let values: Vec<((u8, u8), &str)> = steps.into_iter().zip(names).collect();
    html! {
        <div class="scale">
            { select("compose-steps", "Steps", &(form.min, form.max), &values, edit, |form, (min, max)| {
                form.min = min;
                form.max = max;
            }) }
            { line("compose-low", "The lowest means", &form.low).draw(edit, |form, text| form.low = text) }
            { line("compose-high", "The highest means", &form.high).draw(edit, |form, text| form.high = text) }
            { below("compose-ends", "", flaws.at(Field::Ends)) }
        </div>
    }
}

/// What only several choices, or a quiz, ask for.
pub(super) fn extras(form: &Form, edit: &Callback<Edit>) -> Html {
    match form.kind {
        Kind::One | Kind::Scale | Kind::Survey => Html::default(),
        Kind::Several => {
            let most = u8::try_from(form.options.len()).unwrap_or(u8::MAX);
            let names: Vec<String> = (2..most).map(|most| most.to_string()).collect();
            let mut values = vec![(0, "any number")];
            values.extend((2..most).zip(names.iter().map(String::as_str)));
            select(
                "compose-most",
                "A viewer may choose at most",
                &form.most,
                &values,
                edit,
                |form, most| form.most = most,
            )
        }
        Kind::Quiz => html! {
            <div class="quiz">
                { tick("compose-board", "After the reveal, show who answered right first", form.board, edit, |form, yes| form.board = yes) }
                if form.board {
                    { tick("compose-named", "With names, for viewers who are signed in", form.named, edit, |form, yes| form.named = yes) }
                    <p class="entry__hint" id={notes("compose-named")}>{ "The card says so before anyone answers." }</p>
                }
            </div>
        },
    }
}
