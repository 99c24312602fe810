//! Whom an activity is for, in words.

use crate::scene::Scene;
use liveroom_protocol::identity::{Eligible, Label, Role};

/// Returns a line for each condition; none where it is for everyone.
pub(crate) fn whom(scene: &Scene, who: &Eligible) -> Vec<String> {
    let words = &scene.words;
    let labels = |labels: &[Label]| words.list(labels.iter().map(Label::as_str));
    let mut lines = Vec::new();
    let mut line = |key, list: String| {
        if !list.is_empty() {
            lines.push(words.fill(key, "{list}", &list));
        }
    };
    line("who.tiers", labels(&who.tiers));
    line("who.segments", labels(&who.segments));
    line(
        "who.roles",
        words.list(who.roles.iter().map(|&role| words.say(role_key(role)))),
    );
    line(
        "who.points",
        who.points
            .map_or_else(String::new, |points| scene.format.number(points)),
    );
    lines
}

fn role_key(role: Role) -> &'static str {
    match role {
        // Nothing is ever for relays, who act for others.
        Role::Viewer | Role::Relay => "role.viewer",
        Role::Moderator => "role.moderator",
        Role::Analyst => "role.analyst",
        Role::Operator => "role.operator",
        Role::Streamer => "role.streamer",
        Role::Owner => "role.owner",
        Role::Shop => "role.shop",
        Role::Partner => "role.partner",
    }
}
