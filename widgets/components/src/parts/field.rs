//! A field in which a viewer types. The one place where a component looks at an element, and only at what was typed.

use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// Returns what stands in the field that an event tells of.
pub(crate) fn typed(event: &InputEvent) -> String {
    // An input and a text area alike have a value, and nothing else is asked for.
    event.target_unchecked_into::<HtmlTextAreaElement>().value()
}
