//! A way to another page.

use crate::parts::tag::tag;
use yew::prelude::*;

/// Draws a way to a page of somebody else, which learns nothing of this one's session.
pub(crate) fn link(address: &str, inside: Vec<Html>, class: Option<&'static str>) -> Html {
    tag(
        "a",
        &["class", "href", "target", "rel"],
        vec![
            Some(class.unwrap_or("link link--away").into()),
            Some(address.to_owned().into()),
            Some("_blank".into()),
            Some("noopener noreferrer".into()),
        ],
        inside,
    )
}
