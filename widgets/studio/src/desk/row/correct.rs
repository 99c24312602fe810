//! Other words for an activity: silently while nobody has acted in it, visibly after.

use super::Deck;
use crate::board::Activity;
use crate::form::sentence;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::command::{Correction, Wording};
use liveroom_protocol::lottery::Title;
use liveroom_protocol::poll::Choice;
use liveroom_protocol::text::Text;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in crate::desk) struct CorrectProps {
    /// The activity.
    pub(in crate::desk) activity: Activity,
    /// What an order needs.
    pub(in crate::desk) deck: Deck,
}

/// The fields with the words as they are, and a button.
#[component]
pub(in crate::desk) fn Correct(props: &CorrectProps) -> Html {
    let activity = &props.activity;
    let title = use_state(|| activity.title().to_owned());
    let options = use_state(|| texts(activity));
    if matches!(activity, Activity::Lottery(_)) || !crate::desk::screen::may(props.deck.role) {
        return Html::default();
    }
    let id = format!("correct-{}", activity.id());
    let command = correction(activity, &title, &options);
    let flaw = command.as_ref().err().cloned();
    let about = About::Activity(activity.id().clone());
    let typed = {
        let options = options.clone();
        move |place: usize| {
            let options = options.clone();
            Callback::from(move |event: InputEvent| {
                let mut next = (*options).clone();
                if let Some(text) = next.get_mut(place) {
                    *text = event.target_unchecked_into::<HtmlInputElement>().value();
                }
                options.set(next);
            })
        }
    };
    html! {
        <details class="correct">
            <summary class="correct__title">{ "Correct the words" }</summary>
            <p class="entry__hint">
                { "Until somebody has taken part it is as if they had always been so; after that the card says “Corrected”. Prices, options' order and rules stay." }
            </p>
            { super::typed(&format!("{id}-title"), "Title", &title) }
            { for options.iter().enumerate().map(|(place, text)| {
                let id = format!("{id}-{place}");
                html! {
                    <div key={place} class="entry">
                        <label class="entry__label" for={id.clone()}>{ format!("Option {}", place + 1) }</label>
                        <input class="entry__input" {id} type="text" autocomplete="off" value={text.clone()} oninput={typed(place)} />
                    </div>
                }
            }) }
            if let Some(flaw) = flaw.filter(|flaw| !flaw.is_empty()) {
                <p class="entry__flaw" role="status">{ flaw }</p>
            }
            { props.deck.button("Correct", None, &about, command.map_err(|_| "Nothing is corrected yet.")) }
        </details>
    }
}

/// What an activity's options say; none where they are the steps of a scale.
fn texts(activity: &Activity) -> Vec<String> {
    choices(activity)
        .iter()
        .map(|choice| choice.text.clone())
        .collect()
}

fn choices(activity: &Activity) -> &[Choice] {
    match activity {
        Activity::Poll(poll, _) if poll.card.scale.is_none() => &poll.card.options,
        Activity::Poll(..) | Activity::Lottery(_) | Activity::Qna(..) | Activity::Deal(_) => &[],
    }
}

/// The command that makes the words so, or what is wrong with them; an empty sentence where nothing is another.
fn correction(activity: &Activity, title: &str, options: &[String]) -> Result<Command, String> {
    let mut correction = Correction {
        activity: activity.id().clone(),
        title: None,
        options: Vec::new(),
    };
    if title.trim() != activity.title() {
        let parsed = Text::parse(title).map_err(|no| sentence(&no))?;
        if !matches!(activity, Activity::Poll(..)) {
            Title::parse(title).map_err(|no| sentence(&no))?;
        }
        correction.title = Some(parsed);
    }
    for (choice, text) in choices(activity).iter().zip(options) {
        if text.trim() != choice.text {
            correction.options.push(Wording {
                id: choice.id.clone(),
                text: Text::parse(text).map_err(|no| sentence(&no))?,
            });
        }
    }
    if correction.title.is_none() && correction.options.is_empty() {
        return Err(String::new());
    }
    Ok(Command::Correct(Box::new(correction)))
}
