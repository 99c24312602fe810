//! How the composer's smaller fields are drawn: each by the name that it has in the page and in what is wrong.

use super::super::Edit;
use super::super::field::{Line, Put, below, change, notes, tick};
use super::Flaws;
use crate::form::{Field, Form};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// What every field is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Pen<'a> {
    /// What is typed.
    pub(super) form: &'a Form,
    /// What is wrong with it.
    pub(super) flaws: &'a Flaws,
    /// Something is typed.
    pub(super) edit: &'a Callback<Edit>,
}

impl Pen<'_> {
    /// A field with one line.
    pub(super) fn line(
        &self,
        name: &'static str,
        label: &str,
        value: &str,
        hint: &str,
        put: impl Fn(&mut Form, String) + 'static,
    ) -> Html {
        let line = Line {
            id: &format!("compose-{name}"),
            label,
            value,
            hint,
            flaw: self.flaws.at(Field::Own(name)),
        };
        line.draw(self.edit, put)
    }

    /// A field of a list, with one line.
    pub(super) fn entry(
        &self,
        (name, place): (&'static str, usize),
        label: &str,
        value: &str,
        hint: &str,
        put: impl Fn(&mut Form, String) + 'static,
    ) -> Html {
        let line = Line {
            id: &format!("compose-{name}-{place}"),
            label,
            value,
            hint,
            flaw: self.flaws.at(Field::Line(name, place)),
        };
        line.draw(self.edit, put)
    }

    /// A field of a list beside the one that says what is wrong with both.
    pub(super) fn beside(
        &self,
        id: &str,
        label: &str,
        value: &str,
        put: impl Fn(&mut Form, String) + 'static,
    ) -> Html {
        let line = Line {
            id,
            label,
            value,
            hint: "",
            flaw: None,
        };
        line.draw(self.edit, put)
    }

    /// A field with several lines.
    pub(super) fn lines(
        &self,
        name: &'static str,
        label: &str,
        value: &str,
        hint: &str,
        put: impl Fn(&mut Form, String) + 'static,
    ) -> Html {
        let put: Put<String> = Rc::new(put);
        let oninput = self.edit.reform(move |event: InputEvent| {
            let area = event.target_unchecked_into::<HtmlTextAreaElement>();
            change(&put, area.value())
        });
        let id = format!("compose-{name}");
        let flaw = self.flaws.at(Field::Own(name));
        html! {
            <div class="entry">
                <label class="entry__label" for={id.clone()}>{ label }</label>
                <textarea class="entry__input entry__input--area" id={id.clone()} rows="2" value={value.to_owned()} {oninput}
                    aria-invalid={flaw.map(|_| "true")} aria-describedby={notes(&id)} />
                { below(&id, hint, flaw) }
            </div>
        }
    }

    /// A box to tick.
    pub(super) fn tick(
        &self,
        name: &'static str,
        label: &str,
        checked: bool,
        put: impl Fn(&mut Form, bool) + 'static,
    ) -> Html {
        tick(&format!("compose-{name}"), label, checked, self.edit, put)
    }

    /// A link that changes something.
    pub(super) fn link(&self, label: &str, put: impl Fn(&mut Form) + 'static) -> Html {
        let put: Edit = Rc::new(put);
        let onclick = self.edit.reform(move |_: MouseEvent| Rc::clone(&put));
        html! { <button type="button" class="lesser" {onclick}>{ label }</button> }
    }

    /// A small button that takes a line out of a list.
    pub(super) fn remove(&self, label: String, put: impl Fn(&mut Form) + 'static) -> Html {
        let put: Edit = Rc::new(put);
        let onclick = self.edit.reform(move |_: MouseEvent| Rc::clone(&put));
        html! { <button type="button" class="options__remove" {onclick} aria-label={label}>{ "×" }</button> }
    }

    /// Fields that most leave as they are; unfolded when something in them is wrong.
    pub(super) fn fold(&self, title: &str, names: &[&'static str], fields: Html) -> Html {
        let of = |field: Field| match field {
            Field::Own(name) | Field::Line(name, _) => names.contains(&name),
            _ => false,
        };
        let wrong = self.flaws.0.iter().any(|flaw| of(flaw.field));
        html! {
            <details class="fold" open={wrong}>
                <summary>{ title }</summary>
                <div class="fold__fields">{ fields }</div>
            </details>
        }
    }
}
