//! What is seldom done with a run of show: a dry run, files, examples, templates, all of it once more.

use super::rehearsed::summary;
use super::{IMPORT, KEEP_RUN, Wish};
use crate::plan::{Change, Plan, examples};
use liveroom_protocol::run::Run;
use std::rc::Rc;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
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
                { units(plan, wish) }
                <div class="run__buttons">
                    <button type="button" class="button" onclick={onbring} aria-disabled={table.trim().is_empty().then_some("true")}>{ "Add these deals" }</button>
                    <label class="run__file">{ "or a file " }<input type="file" accept=".csv,.tsv,.txt,.xml,text/csv,text/xml,application/xml" data-file="deals" /></label>
                </div>
                <h3 class="run__title">{ "This run as a file" }</h3>
                <div class="run__buttons">
                    if has {
                        { button("Export", Wish::Export) }
                    }
                    <label class="run__file">{ "Import (in place of this one) " }<input type="file" id={IMPORT} accept=".json,application/json" data-file="run" /></label>
                </div>
                { offered(plan, wish) }
                if has {
                    <h3 class="run__title">{ "For another show" }</h3>
                    <div class="run__buttons">
                        <Sure label="Use it again…" sure="Yes: use it again" wished={Wish::Change(Change::Again)} wish={wish.clone()} />
                        <Sure label="Remove all…" sure="Yes: remove all" wished={Wish::Change(Change::Clear)} wish={wish.clone()} />
                    </div>
                    <p class="entry__hint">{ "Everything can be opened once. “Use it again” gives all of it new names, so that it can be opened once more." }</p>
                }
            </details>
        </>
    }
}

/// How many there are of what says no number: most feeds of merchants say none, and one unit would be gone at once.
fn units(plan: &Plan, wish: &Callback<Wish>) -> Html {
    let oninput = wish.reform(|event: InputEvent| {
        Wish::Units(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    html! {
        <div class="entry">
            <label class="entry__label" for="run-units">{ "Units, where the table has no number" }</label>
            <input class="entry__input" id="run-units" type="text" inputmode="numeric" autocomplete="off" value={plan.units.clone()} {oninput}
                aria-describedby="run-units-notes" />
            <p class="entry__hint" id="run-units-notes">{ "Of each product or variant. A merchant’s feed says only that something is there." }</p>
        </div>
    }
}

fn rehearsed(plan: &Plan) -> Html {
    let Some(rehearsed) = &plan.rehearsal else {
        return Html::default();
    };
    html! { <p class="run__rehearsed" role="status">{ summary(rehearsed) }</p> }
}

/// The question before a run out of a file takes the place of this one; the harmless answer comes first and has the focus.
fn offered(plan: &Plan, wish: &Callback<Wish>) -> Html {
    let Some(offered) = &plan.offered else {
        return Html::default();
    };
    let question = format!(
        "Put what is in the file ({}) in the place of what is planned here ({})? It is saved at once.",
        count(offered),
        count(&plan.run)
    );
    let answer = |yes: bool| wish.reform(move |_: MouseEvent| Wish::Replace(yes));
    html! {
        <div class="second" role="group" aria-label={question.clone()}>
            <p class="second__question">{ question }</p>
            <button type="button" class="button" id={KEEP_RUN} onclick={answer(false)}>{ "No, keep it" }</button>
            <button type="button" class="button button--danger" onclick={answer(true)}>{ "Yes: Replace it" }</button>
        </div>
    }
}

fn count(run: &Run) -> String {
    match (run.cues.len(), run.templates.len()) {
        (cues, 0) => format!("{cues} planned"),
        (cues, templates) => format!("{cues} planned, templates: {templates}"),
    }
}

#[derive(PartialEq, Properties)]
struct SureProps {
    /// What the button says.
    label: &'static str,
    /// What it says once it was pressed.
    sure: &'static str,
    /// What the second press does.
    wished: Wish,
    wish: Callback<Wish>,
}

/// A button that is pressed twice.
#[component]
fn Sure(props: &SureProps) -> Html {
    let sure = use_state(|| false);
    let onclick = {
        let (sure, wish, wished) = (sure.clone(), props.wish.clone(), props.wished.clone());
        Callback::from(move |_: MouseEvent| {
            if *sure {
                wish.emit(wished.clone());
            }
            sure.set(!*sure);
        })
    };
    html! {
        <button type="button" class={classes!("button", (*sure).then_some("button--danger"))} {onclick}>
            { if *sure { props.sure } else { props.label } }
        </button>
    }
}
