//! The style sheets as constants, so that the elements can build them in any document.

/// The theming API: every `--live-` property with its default.
pub const TOKENS: &str = include_str!("tokens.css");
/// What all widgets share: the card, text, focus, signs, clocks, and the shares that bars are drawn by.
pub const BASE: &str = concat!(include_str!("base.css"), include_str!("shares.css"));
/// The poll.
pub const POLL: &str = concat!(
    include_str!("poll.css"),
    include_str!("poll/options.css"),
    include_str!("poll/scale.css"),
    include_str!("poll/tell.css"),
    include_str!("poll/places.css"),
);

/// The streamer's desk.
pub const STUDIO: &str = concat!(
    include_str!("studio.css"),
    include_str!("studio/air.css"),
    include_str!("studio/show.css"),
    include_str!("studio/activity.css"),
    include_str!("studio/compose.css"),
    include_str!("studio/keys.css")
);
