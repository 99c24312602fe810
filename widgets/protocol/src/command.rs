//! What a streamer orders. A viewer's page never decodes one of these.

use crate::erase::Erase;
use crate::id::{ActivityId, ClaimId, KeyId, VariantId};
use crate::identity::Label;
use crate::limits::OPTION_CHARS;
use crate::qna::QuestionId;
use crate::text::Text;
use crate::time::Span;
use crate::{deal, key, lottery, poll, qna, show};
use serde::{Deserialize, Serialize};

mod about;
mod correction;
mod settings;

pub use correction::{Correction, Wording};
pub use settings::Settings;

/// A streamer's order. The closed list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
pub enum Command {
    /// Start a show.
    #[serde(rename = "show.start")]
    ShowStart(show::Start),
    /// End the show; what is open is closed.
    #[serde(rename = "show.end")]
    ShowEnd,
    /// Say who is on air.
    #[serde(rename = "show.on_air")]
    OnAir {
        /// Ids of those on air.
        on_air: Vec<Label>,
    },
    /// Compose a poll without opening it.
    #[serde(rename = "poll.prepare")]
    PollPrepare(Box<poll::Draft>),
    /// Compose a poll and open it at once.
    #[serde(rename = "poll.open")]
    PollOpen(Box<poll::Draft>),
    /// Compose a lottery without opening it.
    #[serde(rename = "lottery.prepare")]
    LotteryPrepare(Box<lottery::Draft>),
    /// Compose a lottery and open it at once.
    #[serde(rename = "lottery.open")]
    LotteryOpen(Box<lottery::Draft>),
    /// Draw the winners of a closed lottery; all that is left to draw, or so many prizes of the next kind.
    #[serde(rename = "lottery.draw")]
    LotteryDraw {
        /// Which activity.
        activity: ActivityId,
        /// How many winners to draw now; all that are left, if absent. Winners of earlier rounds do not win again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        winners: Option<u32>,
        /// The signature of the public round, 96 hexadecimal digits, where the terms name one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signature: Option<lottery::Signature>,
    },
    /// Exclude an entrant before it closes, for one of the reasons that the card has; it stays public.
    #[serde(rename = "lottery.exclude")]
    LotteryExclude {
        /// Which activity.
        activity: ActivityId,
        /// The entrant's name in the list of entrants.
        entrant: lottery::EntrantName,
        /// Why.
        reason: Text<OPTION_CHARS>,
    },
    /// Declare a win forfeited, with a reason, and draw another winner on the same stream.
    #[serde(rename = "lottery.forfeit")]
    LotteryForfeit {
        /// Which activity.
        activity: ActivityId,
        /// Which win.
        win: u32,
        /// Why.
        reason: Text<OPTION_CHARS>,
        /// Draw another winner for the prize.
        #[serde(default)]
        redraw: bool,
    },
    /// Say that a claimed prize was handed over.
    #[serde(rename = "lottery.fulfil")]
    LotteryFulfil {
        /// Which activity.
        activity: ActivityId,
        /// Which win.
        win: u32,
    },
    /// Compose a list of questions without opening it.
    #[serde(rename = "qna.prepare")]
    QnaPrepare(Box<qna::Draft>),
    /// Compose a list of questions and open it at once.
    #[serde(rename = "qna.open")]
    QnaOpen(Box<qna::Draft>),
    /// Approve, answer, merge, pin, tag or dismiss a question.
    #[serde(rename = "qna.change")]
    QnaChange {
        /// Which activity.
        activity: ActivityId,
        /// Which question.
        question: QuestionId,
        /// What is done to it.
        change: qna::Change,
    },
    /// Let a question's asker ask, vote and reply no more in this room, or again.
    #[serde(rename = "qna.block")]
    QnaBlock {
        /// Which activity.
        activity: ActivityId,
        /// A question of the asker's.
        question: QuestionId,
        /// Whether the asker is blocked.
        blocked: bool,
    },
    /// Compose a deal without opening it.
    #[serde(rename = "deal.prepare")]
    DealPrepare(Box<deal::Draft>),
    /// Compose a deal and open it at once.
    #[serde(rename = "deal.open")]
    DealOpen(Box<deal::Draft>),
    /// Settle a claim; of the shop's server.
    #[serde(rename = "deal.settle")]
    DealSettle {
        /// Which activity.
        activity: ActivityId,
        /// Which claim.
        claim: ClaimId,
        /// What came of it.
        settle: deal::Settle,
    },
    /// Raise or lower a variant's stock; what is claimed or sold cannot be taken away.
    #[serde(rename = "deal.stock")]
    DealStock {
        /// Which activity.
        activity: ActivityId,
        /// Which variant.
        variant: VariantId,
        /// By how many units.
        by: i32,
    },
    /// Call an activity off for good, with a reason that stays public: of a poll no votes are told any more, a list of questions closes,
    /// nothing is drawn, claims that are not being ordered go back.
    #[serde(rename = "cancel")]
    Cancel {
        /// Which activity.
        activity: ActivityId,
        /// Why.
        reason: Text<OPTION_CHARS>,
    },
    /// Approve what somebody else has composed, so that it may open where the room wants two people.
    #[serde(rename = "approve")]
    Approve {
        /// Which activity.
        activity: ActivityId,
    },
    /// Open what was prepared.
    #[serde(rename = "open")]
    Open {
        /// Which activity.
        activity: ActivityId,
    },
    /// Close before the deadline, or where there is none.
    #[serde(rename = "close")]
    Close {
        /// Which activity.
        activity: ActivityId,
    },
    /// Give more time.
    #[serde(rename = "extend")]
    Extend {
        /// Which activity.
        activity: ActivityId,
        /// How much more; counted from now where there was no deadline.
        by_ms: Span,
    },
    /// Take nothing for now, and stop the clock.
    #[serde(rename = "pause")]
    Pause {
        /// Which activity.
        activity: ActivityId,
    },
    /// Go on after a pause.
    #[serde(rename = "resume")]
    Resume {
        /// Which activity.
        activity: ActivityId,
    },
    /// Open again after closing; the card says so.
    #[serde(rename = "reopen")]
    Reopen {
        /// Which activity.
        activity: ActivityId,
        /// For how long; until it is closed, if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closes_in_ms: Option<Span>,
    },
    /// Begin a new run with nothing in it: open if it was open or paused, else ready.
    #[serde(rename = "reset")]
    Reset {
        /// Which activity.
        activity: ActivityId,
    },
    /// Show the results, and the right answers of a quiz.
    #[serde(rename = "reveal")]
    Reveal {
        /// Which activity.
        activity: ActivityId,
    },
    /// Within 5 s of its opening: withdraw it as if it had not been. It is ready again, in a new run, and nobody sees it.
    /// What viewers did in it is void; of a deal, what is being ordered stays with the shop, and the deal is put away.
    #[serde(rename = "take_back")]
    TakeBack {
        /// Which activity.
        activity: ActivityId,
    },
    /// Correct its words. Once a viewer has acted in it, the card says that it was corrected.
    #[serde(rename = "correct")]
    Correct(Box<Correction>),
    /// Take it off every page; closes it if it is open.
    #[serde(rename = "put_away")]
    PutAway {
        /// Which activity.
        activity: ActivityId,
    },
    /// Erase what a viewer wrote and was called, and their reports; numbers, winners and proofs stay.
    #[serde(rename = "viewer.erase")]
    ViewerErase(Erase),
    /// Hide everything from pages and overlays at once. What is open goes on, and so do its deadlines.
    #[serde(rename = "screen.clear")]
    ScreenClear,
    /// Bring back what was hidden, as it is now.
    #[serde(rename = "screen.restore")]
    ScreenRestore,
    /// Set the room up.
    #[serde(rename = "room.set")]
    RoomSet(Settings),
    /// End the room for good: its views are written once, its key is destroyed.
    #[serde(rename = "room.seal")]
    RoomSeal,
    /// Make a key for a machine, or an invitation; the answer has its secret.
    #[serde(rename = "key.make")]
    KeyMake(Box<key::Make>),
    /// Make a key worth nothing from now on, and all that was exchanged for it.
    #[serde(rename = "key.revoke")]
    KeyRevoke {
        /// Which key.
        key: KeyId,
    },
}
