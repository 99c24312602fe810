//! How much of anything a room takes, each limit with a name.

/// Bytes of a frame from a viewer.
pub const FRAME_BYTES: usize = 16 * 1024;
/// Bytes of a frame from a desk, and of an HTTP body with a command.
pub const COMMAND_BYTES: usize = 64 * 1024;
/// Messages in one `POST …/messages`.
pub const MESSAGES: usize = 32;
/// Accepted requests of one viewer in one room.
pub const REQUESTS_PER_VIEWER: u32 = 1_000;
/// Activities of a room that are not put away.
pub const ACTIVITIES_SHOWN: usize = 50;
/// Activities in the life of a room.
pub const ACTIVITIES: usize = 10_000;
/// Least options of a poll.
pub const OPTIONS_MIN: usize = 2;
/// Most options of a poll.
pub const OPTIONS_MAX: usize = 20;
/// Characters of a poll's question.
pub const QUESTION_CHARS: usize = 300;
/// Characters of an option's text.
pub const OPTION_CHARS: usize = 120;
/// Characters of a name or a title.
pub const NAME_CHARS: usize = 80;
/// Bytes of a picture's address.
pub const PICTURE_BYTES: usize = 2_048;
/// Labels in a list of tiers, segments, tags or streamers.
pub const LABELS: usize = 32;
/// Longest time an activity may stay open by its own clock: a week.
pub const OPEN_MS: u64 = 7 * 24 * 3_600_000;
/// Longest grace of an activity in picture time.
pub const GRACE_MS: u64 = 30_000;
/// Longest delay of a room's picture.
pub const DELAY_MS: u64 = 120_000;
/// Rows of a quiz's board.
pub const BOARD_ROWS: usize = 10;
/// Bytes of one batch of reports.
pub const BATCH_BYTES: usize = 60_000;
/// Bytes of one report's data.
pub const REPORT_BYTES: usize = 8 * 1024;
