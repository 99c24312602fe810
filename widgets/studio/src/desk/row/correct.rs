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
use std::collections::BTreeMap;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(in crate::desk) struct CorrectProps {
    /// The activity.
    pub(in crate::desk) activity: Activity,
    /// What an order needs.
    pub(in crate::desk) deck: Deck,
}

/// What was typed; the other fields are as the room has them, which another desk may change meanwhile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Typed {
    title: Option<String>,
    options: BTreeMap<usize, String>,
}

impl Typed {
    fn title<'a>(&'a self, is: &'a str) -> &'a str {
        self.title.as_deref().unwrap_or(is)
    }

    fn option<'a>(&'a self, place: usize, is: &'a str) -> &'a str {
        self.options.get(&place).map_or(is, String::as_str)
    }

    /// Without what the room says too by now: that is typed no more, and follows it.
    fn left(&self, activity: &Activity) -> Self {
        let is_other = |(place, text): &(&usize, &String)| {
            let choice = choices(activity).get(**place);
            choice.is_some_and(|choice| choice.text != text.trim())
        };
        let options = self.options.iter().filter(is_other);
        Self {
            title: (self.title.clone()).filter(|title| title.trim() != activity.title()),
            options: options
                .map(|(place, text)| (*place, text.clone()))
                .collect(),
        }
    }
}

/// The fields with the words as they are, and a button.
#[component]
pub(in crate::desk) fn Correct(props: &CorrectProps) -> Html {
    let activity = &props.activity;
    let typed = use_state(Typed::default);
    {
        let (typed, now) = (typed.clone(), activity.clone());
        use_effect_with(words(activity), move |_| {
            let left = typed.left(&now);
            if left != *typed {
                typed.set(left);
            }
        });
    }
    if matches!(activity, Activity::Lottery(_)) || !crate::desk::role::directs(props.deck.role) {
        return Html::default();
    }
    let id = format!("correct-{}", activity.id());
    let command = correction(activity, &typed);
    let flaw = command.as_ref().err().cloned();
    let about = About::Activity(activity.id().clone());
    let change = |change: fn(&mut Typed, usize, String), place: usize| {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let mut next = (*typed).clone();
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            change(&mut next, place, text);
            typed.set(next);
        })
    };
    let title = change(|typed, _, text| typed.title = Some(text), 0);
    let option = |place| {
        let put = |typed: &mut Typed, place, text| drop(typed.options.insert(place, text));
        change(put, place)
    };
    html! {
        <details class="correct">
            <summary class="correct__title">{ "Correct the words" }</summary>
            <p class="entry__hint">
                { "Until somebody has taken part it is as if they had always been so; after that the card says “Corrected”. Prices, options' order and rules stay." }
            </p>
            { field(format!("{id}-title"), "Title".into(), typed.title(activity.title()), title) }
            { for choices(activity).iter().enumerate().map(|(place, choice)| {
                field(format!("{id}-{place}"), format!("Option {}", place + 1), typed.option(place, &choice.text), option(place))
            }) }
            if let Some(flaw) = flaw.filter(|flaw| !flaw.is_empty()) {
                <p class="entry__flaw" role="status">{ flaw }</p>
            }
            { props.deck.button("Correct", None, &about, command.map_err(|_| "Nothing is corrected yet.")) }
        </details>
    }
}

fn field(id: String, label: String, value: &str, oninput: Callback<InputEvent>) -> Html {
    html! {
        <div key={id.clone()} class="entry">
            <label class="entry__label" for={id.clone()}>{ label }</label>
            <input class="entry__input" {id} type="text" autocomplete="off" value={value.to_owned()} {oninput} />
        </div>
    }
}

/// The words of an activity that can be corrected.
fn words(activity: &Activity) -> Vec<String> {
    let options = choices(activity).iter().map(|choice| choice.text.clone());
    [activity.title().to_owned()]
        .into_iter()
        .chain(options)
        .collect()
}

/// An activity's options; none where they are the steps of a scale.
fn choices(activity: &Activity) -> &[Choice] {
    match activity {
        Activity::Poll(poll, _) if poll.card.scale.is_none() => &poll.card.options,
        Activity::Poll(..) | Activity::Lottery(_) | Activity::Qna(..) | Activity::Deal(_) => &[],
    }
}

/// The command that makes the words so, or what is wrong with them; an empty sentence where nothing is another.
fn correction(activity: &Activity, typed: &Typed) -> Result<Command, String> {
    let title = typed.title(activity.title());
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
    for (place, choice) in choices(activity).iter().enumerate() {
        let text = typed.option(place, &choice.text);
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
