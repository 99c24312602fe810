//! How much of anything a room takes, each limit with a name.

/// Bytes of a frame from a viewer.
pub const FRAME_BYTES: usize = 16 * 1024;
/// Bytes of a frame from a desk, and of an HTTP body with a command.
pub const COMMAND_BYTES: usize = 64 * 1024;
/// Messages in one `POST …/messages`.
pub const MESSAGES: usize = 32;
/// Acts in one `POST …/acts`.
pub const RELAYED: usize = 100;
/// Bytes of a platform's name.
pub const PLATFORM_BYTES: usize = 32;
/// Bytes of a platform's own name of a viewer.
pub const PLATFORM_USER_BYTES: usize = 200;
/// Events of one `GET …/events`, and of one request to a webhook.
pub const EVENTS: usize = 100;
/// Webhooks of a room.
pub const HOOKS: usize = 10;
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
/// Characters of an advertisement label.
pub const AD_CHARS: usize = 40;
/// Bytes of a page's address.
pub const ADDRESS_BYTES: usize = 2_048;
/// Characters of the title of a lottery, a list of questions or a deal.
pub const TITLE_CHARS: usize = 120;
/// Characters of a viewer's question, a reply or an answer.
pub const ASK_CHARS: usize = 512;
/// Characters of one field of a claim form, of a keyword as typed, and of an order's number.
pub const FIELD_CHARS: usize = 200;
/// Kinds of prizes of a lottery.
pub const PRIZES: usize = 20;
/// Prizes of a lottery, all kinds together.
pub const PRIZES_IN_ALL: u32 = 1_000;
/// Conditions of a lottery.
pub const CONDITIONS: usize = 8;
/// Most tickets of one entry.
pub const TICKETS: u32 = 100;
/// Fields of a claim form.
pub const FORM_FIELDS: usize = 10;
/// Longest time in which a prize can be claimed: 60 days.
pub const CLAIM_MS: u64 = 60 * 24 * 3_600_000;
/// Time in which a prize can be claimed unless the draft says otherwise: a week.
pub const CLAIM_DEFAULT_MS: u64 = 7 * 24 * 3_600_000;
/// Questions of one list.
pub const QUESTIONS: usize = 50_000;
/// Replies to one question.
pub const REPLIES: usize = 50;
/// Questions of a page that is asked for.
pub const QUESTIONS_PAGE: usize = 50;
/// Questions that are offered as likely the same as one that is typed.
pub const SIMILAR: usize = 5;
/// Variants of a deal.
pub const VARIANTS: usize = 50;
/// Units of one variant.
pub const STOCK: u32 = 1_000_000;
/// Units that one viewer may have of a deal.
pub const UNITS_PER_VIEWER: u32 = 100;
/// Shortest and longest time for which a claim reserves its units: 10 s and an hour.
pub const RESERVE_MS: (u64, u64) = (10_000, 3_600_000);
/// Bytes of a page's signed claim about a viewer.
pub const ATTEST_BYTES: usize = 2_048;
/// Bytes of an account, the `sub` of a token.
pub const ACCOUNT_BYTES: usize = 256;
/// Pieces of an ended room that are erased at once.
pub const PIECES: usize = 100;
/// Words on a room's block list.
pub const BLOCKED: usize = 200;
/// How long after its reservation has ended a claim that is being ordered waits for the shop: ten minutes.
pub const ORDER_MS: u64 = 600_000;
/// How long after its opening an activity can be taken back: 5 s.
pub const TAKE_BACK_MS: u64 = 5_000;
/// Bytes of a run of show.
pub const RUN_BYTES: usize = 256 * 1024;
/// Cues of a run of show.
pub const CUES: usize = 200;
/// Templates that are kept with it.
pub const TEMPLATES: usize = 50;
/// The latest time that can be planned, and the longest: a day.
pub const RUN_MS: u64 = 24 * 3_600_000;
/// Further questions of a survey.
pub const PARTS: usize = 9;
/// Keys of a room that are good for something: of machines, and invitations.
pub const KEYS: usize = 100;
/// Keys in the life of a room, those of invited people among them.
pub const KEYS_IN_ALL: usize = 2_000;
/// People who may come by one invitation.
pub const INVITED: u32 = 100;
/// Comments of a survey that the desk is shown, newest last.
pub const COMMENTS: usize = 50;
