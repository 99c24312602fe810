//! A field in which a viewer types. The one place where a component looks at an element: at what was typed, and to give
//! the focus back to it.

use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Returns what stands in the field that an event tells of.
pub(crate) fn typed(event: &InputEvent) -> String {
    // An input and a text area alike have a value, and nothing else is asked for.
    event.target_unchecked_into::<HtmlTextAreaElement>().value()
}

/// From so many characters before the limit on, how many are left is said.
const NEAR: usize = 60;

/// How many characters are left of a limit (or how many there are too many), once that matters.
pub(crate) fn left(text: &str, limit: usize) -> Option<Result<u32, u32>> {
    let count = text.trim().chars().count();
    let size = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
    match limit.checked_sub(count) {
        Some(left) if left > NEAR => None,
        Some(left) => Some(Ok(size(left))),
        None => Some(Err(size(count - limit))),
    }
}

/// Gives a field the focus, since what had it goes.
pub(crate) fn focus(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlElement>() {
        // A browser that refuses leaves the focus where it is.
        let _ = field.focus();
    }
}
