//! The composer's fields: a label, an input, a hint, and what is wrong, tied together for every reader.

use super::Edit;
use crate::form::Form;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Puts what was typed into its place.
pub(super) type Put<T> = Rc<dyn Fn(&mut Form, T)>;

/// Makes a change out of a place and a value.
pub(super) fn change<T: Clone + 'static>(put: &Put<T>, value: T) -> Edit {
    let put = Rc::clone(put);
    Rc::new(move |form| put(form, value.clone()))
}

/// A field with one line of text.
pub(super) struct Line<'a> {
    /// Its name in the page.
    pub(super) id: &'a str,
    /// What it is.
    pub(super) label: &'a str,
    /// What stands in it.
    pub(super) value: &'a str,
    /// What may be typed, or what it is for.
    pub(super) hint: &'a str,
    /// What is wrong with it.
    pub(super) flaw: Option<&'a str>,
}

impl Line<'_> {
    /// The field, with its label above.
    pub(super) fn draw(
        &self,
        edit: &Callback<Edit>,
        put: impl Fn(&mut Form, String) + 'static,
    ) -> Html {
        let put: Put<String> = Rc::new(put);
        let oninput = edit.reform(move |event: InputEvent| {
            change(
                &put,
                event.target_unchecked_into::<HtmlInputElement>().value(),
            )
        });
        html! {
            <div class="entry">
                <label class="entry__label" for={self.id.to_owned()}>{ self.label }</label>
                <input class="entry__input" id={self.id.to_owned()} type="text" autocomplete="off"
                    value={self.value.to_owned()} {oninput}
                    aria-invalid={self.flaw.map(|_| "true")} aria-describedby={notes(self.id)} />
                { below(self.id, self.hint, self.flaw) }
            </div>
        }
    }
}

/// A box to tick, with what it means.
pub(super) fn tick(
    id: &str,
    label: &str,
    checked: bool,
    edit: &Callback<Edit>,
    put: impl Fn(&mut Form, bool) + 'static,
) -> Html {
    let put: Put<bool> = Rc::new(put);
    let onchange = edit.reform(move |event: Event| {
        change(
            &put,
            event.target_unchecked_into::<HtmlInputElement>().checked(),
        )
    });
    html! {
        <label class="entry entry--tick" for={id.to_owned()}>
            <input id={id.to_owned()} type="checkbox" {checked} {onchange} />
            <span>{ label }</span>
        </label>
    }
}

/// One of several values, as a list that opens.
pub(super) fn select<T: Clone + PartialEq + 'static>(
    id: &str,
    label: &str,
    chosen: &T,
    values: &[(T, &str)],
    edit: &Callback<Edit>,
    put: impl Fn(&mut Form, T) + 'static,
) -> Html {
    let put: Put<T> = Rc::new(put);
    let all: Vec<T> = values.iter().map(|(value, _)| value.clone()).collect();
    let edit = edit.clone();
    let onchange = Callback::from(move |event: Event| {
        let place = event
            .target_unchecked_into::<HtmlSelectElement>()
            .selected_index();
        if let Some(value) = usize::try_from(place).ok().and_then(|place| all.get(place)) {
            edit.emit(change(&put, value.clone()));
        }
    });
    html! {
        <div class="entry">
            <label class="entry__label" for={id.to_owned()}>{ label }</label>
            <select class="entry__input" id={id.to_owned()} {onchange}>
                { for values.iter().enumerate().map(|(place, (value, text))| html! {
                    <option key={place} value={place.to_string()} selected={value == chosen}>{ *text }</option>
                }) }
            </select>
        </div>
    }
}

/// One of a few values, side by side.
pub(super) fn choice<T: Clone + Copy + PartialEq + 'static>(
    name: &'static str,
    legend: &str,
    class: &'static str,
    chosen: T,
    values: &[(T, &'static str)],
    edit: &Callback<Edit>,
    put: impl Fn(&mut Form, T) + 'static,
) -> Html {
    let put: Put<T> = Rc::new(put);
    html! {
        <fieldset {class}>
            <legend class="unseen">{ legend }</legend>
            { for values.iter().map(|&(value, text)| {
                let put = Rc::clone(&put);
                let onchange = edit.reform(move |_: Event| change(&put, value));
                html! {
                    <label key={text} class="kinds__kind">
                        <input class="unseen" type="radio" {name} checked={chosen == value} {onchange} />
                        <span>{ text }</span>
                    </label>
                }
            }) }
        </fieldset>
    }
}

/// A field for text that may run over several rows but is one line.
pub(super) struct Area<'a> {
    /// Its name in the page.
    pub(super) id: &'a str,
    /// What it is, for those who cannot see where it stands.
    pub(super) label: &'a str,
    /// What stands in it.
    pub(super) value: &'a str,
    /// What stands in it while it is empty.
    pub(super) placeholder: &'a str,
    /// What is wrong with it.
    pub(super) flaw: Option<&'a str>,
    /// Rows shown while it is empty.
    pub(super) rows: &'static str,
}

impl Area<'_> {
    /// The field alone; its label is its name.
    pub(super) fn draw(
        &self,
        edit: &Callback<Edit>,
        onkeydown: Option<Callback<KeyboardEvent>>,
        put: impl Fn(&mut Form, String) + 'static,
    ) -> Html {
        let put: Put<String> = Rc::new(put);
        let oninput = edit.reform(move |event: InputEvent| {
            change(
                &put,
                event.target_unchecked_into::<HtmlTextAreaElement>().value(),
            )
        });
        html! {
            <textarea class="entry__input entry__input--area" id={self.id.to_owned()} rows={self.rows}
                aria-label={self.label.to_owned()} placeholder={self.placeholder.to_owned()}
                value={self.value.to_owned()} {oninput} {onkeydown}
                aria-invalid={self.flaw.map(|_| "true")} aria-describedby={self.flaw.map(|_| notes(self.id))} />
        }
    }
}

/// The name in the page of what stands below a field.
pub(super) fn notes(id: &str) -> String {
    format!("{id}-notes")
}

/// What stands below a field: what is wrong with it, else what it is for.
pub(super) fn below(id: &str, hint: &str, flaw: Option<&str>) -> Html {
    match flaw {
        Some(flaw) => html! { <p class="entry__flaw" id={notes(id)}>{ flaw }</p> },
        None if hint.is_empty() => Html::default(),
        None => html! { <p class="entry__hint" id={notes(id)}>{ hint }</p> },
    }
}
