//! A button, built by one function: a listener of its own at each place would cost a kit that counts bytes dearly.

use yew::prelude::*;

/// Draws a button of a class. One that is not ready keeps its place and the focus, says so, and does nothing.
#[inline(never)]
pub(crate) fn button(
    class: &'static str,
    ready: bool,
    onclick: Callback<MouseEvent>,
    inside: Vec<Html>,
) -> Html {
    let off = (!ready).then_some("true");
    let onclick = ready.then_some(onclick);
    html! { <button type="button" {class} aria-disabled={off} {onclick}>{ inside }</button> }
}
