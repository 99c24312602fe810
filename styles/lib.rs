//! The style sheets as constants, so that the elements can build them in any document.

/// The theming API: every `--live-` property with its default.
pub const TOKENS: &str = include_str!(concat!(env!("OUT_DIR"), "/tokens.css"));
/// What all widgets share: the card, text, focus, signs, clocks, and the shares that bars are drawn by.
pub const BASE: &str = include_str!(concat!(env!("OUT_DIR"), "/base.css"));
/// The room's own element: the dock, and the line that is read out.
pub const ROOM: &str = include_str!(concat!(env!("OUT_DIR"), "/room.css"));
/// The poll.
pub const POLL: &str = include_str!(concat!(env!("OUT_DIR"), "/poll.css"));

/// The lottery.
pub const LOTTERY: &str = include_str!(concat!(env!("OUT_DIR"), "/lottery.css"));
/// Questions and answers.
pub const QNA: &str = include_str!(concat!(env!("OUT_DIR"), "/qna.css"));
/// The deal.
pub const DEAL: &str = include_str!(concat!(env!("OUT_DIR"), "/deal.css"));

/// The streamer's desk.
pub const STUDIO: &str = concat!(
    include_str!("studio.css"),
    include_str!("studio/air.css"),
    include_str!("studio/alerts.css"),
    include_str!("studio/show.css"),
    include_str!("studio/team.css"),
    include_str!("studio/activity.css"),
    include_str!("studio/compose.css"),
    include_str!("studio/lacks.css"),
    include_str!("studio/parts.css"),
    include_str!("studio/keys.css"),
    include_str!("studio/run.css")
);
