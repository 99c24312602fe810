//! The options as a list of lines: Enter makes the next one, lines pasted become options.

use super::super::Edit;
use super::super::field::{Area, Line, below, tick};
use super::Flaws;
use crate::form::{Field, Form, Kind};
use liveroom_protocol::limits::OPTIONS_MAX;
use std::rc::Rc;
use yew::prelude::*;

/// The list of options.
pub(super) fn list(form: &Form, flaws: &Flaws, edit: &Callback<Edit>) -> Html {
    let pictures = form.options.iter().any(|line| !line.image.is_empty());
    html! {
        <fieldset class="options">
            <legend class="entry__label">{ "Options" }</legend>
            <ol class="options__list">
                { for (0..form.options.len()).map(|place| option(form, place, flaws, edit)) }
            </ol>
            { below("compose-options", "", flaws.at(Field::Options)) }
            if form.options.len() < OPTIONS_MAX {
                <button type="button" class="lesser" onclick={edit.reform(add_at_end)}>{ "Add an option" }</button>
            }
            <details class="fold" open={pictures}>
                <summary>{ "Pictures" }</summary>
                { for form.options.iter().enumerate().map(|(place, line)| {
                    let id = format!("compose-picture-{place}");
                    let label = format!("Picture of option {}", place + 1);
                    let line = Line { id: &id, label: &label, value: &line.image, hint: "", flaw: flaws.at(Field::Picture(place)) };
                    line.draw(edit, move |form, text| {
                        if let Some(line) = form.options.get_mut(place) {
                            line.image = text;
                        }
                    })
                }) }
            </details>
        </fieldset>
    }
}

fn option(form: &Form, place: usize, flaws: &Flaws, edit: &Callback<Edit>) -> Html {
    let line = &form.options[place];
    let id = format!("compose-option-{place}");
    let label = format!("Option {}", place + 1);
    let flaw = flaws.at(Field::Option(place));
    let area = Area {
        id: &id,
        label: &label,
        value: &line.text,
        placeholder: &label,
        flaw,
        rows: "1",
    };
    let onremove = edit.reform(move |_: MouseEvent| {
        let put: Edit = Rc::new(move |form: &mut Form| form.remove_option(place));
        put
    });
    html! {
        <li key={place} class="options__option">
            <div class="options__line">
                if form.kind == Kind::Quiz {
                    { tick(&format!("compose-right-{place}"), "right", line.right, edit, move |form, yes| {
                        if let Some(line) = form.options.get_mut(place) {
                            line.right = yes;
                        }
                    }) }
                }
                { area.draw(edit, Some(enter(place, edit)), move |form, text| form.write_option(place, &text)) }
                <button type="button" class="options__remove" onclick={onremove}
                    aria-label={format!("Remove option {}", place + 1)}>{ "×" }</button>
            </div>
            { below(&id, "", flaw) }
        </li>
    }
}

/// Enter makes the next option and goes there, as in any list.
fn enter(place: usize, edit: &Callback<Edit>) -> Callback<KeyboardEvent> {
    let edit = edit.clone();
    Callback::from(move |event: KeyboardEvent| {
        // While a word is being composed (Japanese, Chinese), Enter takes the word.
        if event.key() != "Enter" || event.shift_key() || event.is_composing() {
            return;
        }
        event.prevent_default();
        edit.emit(Rc::new(move |form: &mut Form| {
            let blank = form
                .options
                .get(place + 1)
                .is_some_and(|next| next.text.is_empty());
            if blank || form.add_option(place).is_some() {
                form.go_to = Some(place + 1);
            }
        }));
    })
}

fn add_at_end(_: MouseEvent) -> Edit {
    Rc::new(|form: &mut Form| form.go_to = form.add_option(form.options.len()))
}
