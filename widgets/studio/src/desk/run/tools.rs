//! What is seldom done with a run of show: a dry run, files, examples, templates, all of it once more.

use super::Wish;
use crate::plan::{Change, Plan, examples};
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ToolsProps {
    /// The plan.
    pub(super) plan: Rc<Plan>,
    /// Something is wished.
    pub(super) wish: Callback<Wish>,
}

/// The tools.
#[component]
pub(super) fn Tools(props: &ToolsProps) -> Html {
    let table = use_state(String::new);
    let sure = use_state(|| false);
    let ToolsProps { plan, wish, .. } = props;
    let button = |label: &'static str, wished: Wish| {
        let onclick = wish.reform(move |_: MouseEvent| wished.clone());
        html! { <button type="button" class="button" {onclick}>{ label }</button> }
    };
    let has = !plan.run.cues.is_empty();
    let oninput = {
        let table = table.clone();
        Callback::from(move |event: InputEvent| {
            table.set(event.target_unchecked_into::<HtmlTextAreaElement>().value());
        })
    };
    let onbring = {
        let (table, wish) = (table.clone(), wish.clone());
        Callback::from(move |_: MouseEvent| wish.emit(Wish::Bring("deals", (*table).clone())))
    };
    let onclear = {
        let (sure, wish) = (sure.clone(), wish.clone());
        Callback::from(move |_: MouseEvent| {
            if *sure {
                wish.emit(Wish::Change(Change::Clear));
            }
            sure.set(!*sure);
        })
    };
    html! {
        <>
            if has {
                <div class="run__buttons">
                    { button("Dry run", Wish::Rehearse) }
                    { rehearsed(plan) }
                </div>
            }
            <details class="run__tools">
                <summary>{ "Examples, templates and files" }</summary>
                <h3 class="run__title">{ "Begin with an example" }</h3>
                <div class="run__buttons">
                    { for examples::names().into_iter().enumerate().map(|(place, name)| html! {
                        <button key={name} type="button" class="button" onclick={wish.reform(move |_: MouseEvent| Wish::Example(place))}>{ name }</button>
                    }) }
                </div>
                if !plan.run.templates.is_empty() {
                    <h3 class="run__title">{ "Templates" }</h3>
                    <ul class="run__templates">
                        { for plan.run.templates.iter().enumerate().map(|(place, template)| html! {
                            <li key={place}>
                                <span dir="auto">{ template.title().to_owned() }</span>
                                <button type="button" class="lesser" aria-label={format!("Add: {}", template.title())}
                                    onclick={wish.reform(move |_: MouseEvent| Wish::Change(Change::Use(place)))}>{ "Add" }</button>
                                <button type="button" class="lesser" aria-label={format!("Forget: {}", template.title())}
                                    onclick={wish.reform(move |_: MouseEvent| Wish::Change(Change::Forget(place)))}>{ "Forget" }</button>
                            </li>
                        }) }
                    </ul>
                }
                <h3 class="run__title">{ "Deals from a table" }</h3>
                <div class="entry">
                    <label class="entry__label" for="run-table">{ "CSV or product feed" }</label>
                    <textarea class="entry__input entry__input--area" id="run-table" rows="4" spellcheck="false" value={(*table).clone()} {oninput}
                        placeholder={"title,sku,price,currency,stock\nTeapot,TP-1,29.90,EUR,50"} aria-describedby="run-table-notes" />
                    <p class="entry__hint" id="run-table-notes">
                        { "The first line names the columns: title, sku (or id), price; also sale_price, before, currency, stock, variant, image. Lines of one sku are its variants. A merchant’s feed may also be XML." }
                    </p>
                </div>
                <div class="run__buttons">
                    <button type="button" class="button" onclick={onbring} aria-disabled={table.trim().is_empty().then_some("true")}>{ "Add these deals" }</button>
                    <label class="run__file">{ "or a file " }<input type="file" accept=".csv,.tsv,.txt,.xml,text/csv,text/xml,application/xml" data-file="deals" /></label>
                </div>
                <h3 class="run__title">{ "This run as a file" }</h3>
                <div class="run__buttons">
                    if has {
                        { button("Export", Wish::Export) }
                    }
                    <label class="run__file">{ "Import (in place of this one) " }<input type="file" accept=".json,application/json" data-file="run" /></label>
                </div>
                if has {
                    <h3 class="run__title">{ "For another show" }</h3>
                    <div class="run__buttons">
                        { button("Use it again", Wish::Change(Change::Again)) }
                        <button type="button" class={classes!("button", (*sure).then_some("button--danger"))} onclick={onclear}>
                            { if *sure { "Yes: remove all" } else { "Remove all…" } }
                        </button>
                    </div>
                    <p class="entry__hint">{ "Everything can be opened once. “Use it again” gives all of it new names, so that it can be opened once more." }</p>
                }
            </details>
        </>
    }
}

fn rehearsed(plan: &Plan) -> Html {
    let Some(missing) = &plan.missing else {
        return Html::default();
    };
    let says = match missing.len() {
        0 => "The room would take all of it.".to_owned(),
        1 => "The room would refuse one: see below its title.".to_owned(),
        many => format!("The room would refuse {many}: see below their titles."),
    };
    html! { <p class="run__rehearsed" role="status">{ says }</p> }
}
