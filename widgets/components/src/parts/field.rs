//! A field in which a viewer types. The one place where a component looks at an element: at what was typed, and to give
//! the focus back to it.

use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

/// Returns what stands in the field that an event tells of.
pub(crate) fn typed(event: &InputEvent) -> String {
    // An input and a text area alike have a value, and nothing else is asked for.
    event.target_unchecked_into::<HtmlTextAreaElement>().value()
}

/// Gives a field the focus, since what had it goes.
pub(crate) fn focus(field: &NodeRef) {
    if let Some(field) = field.cast::<HtmlElement>() {
        // A browser that refuses leaves the focus where it is.
        let _ = field.focus();
    }
}
