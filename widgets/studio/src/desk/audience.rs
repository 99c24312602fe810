//! The make-believe audience of a practice room: how many, and that they are made up.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct AudienceProps {
    /// How many there are.
    pub(super) count: u32,
    /// So many are wanted.
    pub(super) be: Callback<u32>,
}

/// How many may be wanted.
const COUNTS: [(u32, &str); 4] = [(0, "None"), (10, "10"), (40, "40"), (100, "100")];

/// The choice.
#[component]
pub(super) fn Audience(props: &AudienceProps) -> Html {
    html! {
        <fieldset class="audience">
            <legend class="audience__title">{ "Make-believe audience" }</legend>
            { for COUNTS.into_iter().map(|(count, label)| {
                let onclick = props.be.reform(move |_: MouseEvent| count);
                html! {
                    <button key={label} type="button" class="chip" aria-pressed={(props.count == count).to_string()} {onclick}>{ label }</button>
                }
            }) }
            <p class="entry__hint">{ "Made up by this tab, in this browser only: they vote, enter, ask and buy a little. No real room ever hears of them." }</p>
        </fieldset>
    }
}
