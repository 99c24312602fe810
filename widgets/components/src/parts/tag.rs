//! Elements that only show, built by functions. `html!` writes the whole construction out wherever an element stands,
//! which a kit that counts bytes says once; what can be pressed is left to `html!`.

use crate::words::Words;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag, VText};

/// Builds an element of a class.
#[inline(never)]
pub(crate) fn el(name: &'static str, class: &'static str, inside: Vec<Html>) -> Html {
    tag(name, &["class"], vec![Some(class.into())], inside)
}

/// Builds an element with attributes, each of which may be absent.
#[inline(never)]
pub(crate) fn tag(
    name: &'static str,
    keys: &'static [&'static str],
    values: Vec<Option<AttrValue>>,
    inside: Vec<Html>,
) -> Html {
    let mut tag = VTag::new(name);
    let values = values
        .into_iter()
        .map(|value| value.map(AttributeOrProperty::Attribute))
        .collect();
    tag.set_attributes(Attributes::Dynamic { keys, values });
    for child in inside {
        tag.add_child(child);
    }
    tag.into()
}

/// Builds a text.
#[inline(never)]
pub(crate) fn text(text: String) -> Html {
    VText::new(text).into()
}

/// Builds the text of a message.
#[inline(never)]
pub(crate) fn say(words: &Words, key: &str) -> Html {
    VText::new(Rc::<str>::from(words.say(key))).into()
}

/// Joins a class with those of its modifiers that are on.
pub(crate) fn class(base: &'static str, modifiers: &[(&'static str, bool)]) -> AttrValue {
    let mut class = String::from(base);
    for (modifier, on) in modifiers {
        if *on {
            class.push(' ');
            class.push_str(modifier);
        }
    }
    class.into()
}
