//! The list of keys, and the switch that turns them off.

use crate::keys::LIST;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct HelpProps {
    /// The list is shown.
    pub(super) shown: bool,
    /// Single keys are on.
    pub(super) on: bool,
    /// Show the list, or hide it.
    pub(super) toggle: Callback<()>,
    /// Turn single keys on or off.
    pub(super) onkeys: Callback<bool>,
}

/// The button and the list of keys.
#[component]
pub(super) fn Help(props: &HelpProps) -> Html {
    let toggle = props.toggle.reform(|_: MouseEvent| ());
    let onchange = props
        .onkeys
        .reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().checked());
    html! {
        <section class="keys" aria-label="Keys">
            <button type="button" class="lesser" id="keys" aria-expanded={props.shown.to_string()} onclick={toggle}>
                { "Keys" }<kbd class="keys__key">{ "?" }</kbd>
            </button>
            if props.shown {
                <div class="keys__panel" id="help" tabindex="-1">
                    <p>{ "A key leads to a button, and Enter presses it. Only “u” does something by itself, and only for 5 s after something opened." }</p>
                    <dl class="keys__list">
                        { for LIST.iter().map(|(key, says)| html! {
                            <div key={*key} class="keys__row"><dt><kbd class="keys__key">{ *key }</kbd></dt><dd>{ *says }</dd></div>
                        }) }
                    </dl>
                    <label class="entry entry--tick">
                        <input type="checkbox" checked={props.on} {onchange} />
                        <span>{ "Single keys are on" }</span>
                    </label>
                </div>
            }
        </section>
    }
}
