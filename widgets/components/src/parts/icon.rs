//! A handful of signs drawn for the kit, in lines of one weight. They stand beside words and are never read out.

use yew::prelude::*;

/// Which sign.
#[derive(Clone, Copy)]
pub(crate) enum Icon {
    /// Yes.
    Check,
    /// No.
    Cross,
    /// Shrink.
    Chevron,
    /// For it.
    Up,
    /// Mind this.
    Note,
}

/// Draws a sign in the colour and size of the text beside it.
pub(crate) fn icon(icon: Icon) -> Html {
    let line = match icon {
        Icon::Check => "M4 10.5 8.2 15 16 6",
        Icon::Cross => "M5.5 5.5l9 9M14.5 5.5l-9 9",
        Icon::Chevron => "M5 7.5l5 5 5-5",
        Icon::Up => "M5 12.5l5-5 5 5",
        Icon::Note => "M10 5v6M10 14.4v.1",
    };
    html! {
        <svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d={line} /></svg>
    }
}
