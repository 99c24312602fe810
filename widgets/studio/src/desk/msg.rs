//! What happens to a desk.

use super::look::{Look, Question};
use super::{Asked, Drafted, Edit, Give, Wish};
use crate::control::Control;
use crate::keys::Key;
use crate::line::Line;
use crate::team::{Deed, Known};
use liveroom_protocol::alert::Alert;
use liveroom_protocol::desk::Desk as Listing;
use liveroom_protocol::erase::Receipt;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{Answer, FromRoom, More};

/// What happens to a desk.
pub(crate) enum Msg {
    /// The room said something.
    Heard(Box<FromRoom>),
    /// The line, and the time.
    Line(Line),
    /// The room answered an order.
    Answered(u32, Box<Answer>),
    /// An order did not leave, with a sentence.
    Failed(u32, String),
    /// Something was typed.
    Typed(Edit),
    /// A page of a list of questions is wanted.
    Page(More),
    /// An answer is about to be written: the page's answerer may make a draft of it.
    Draft(Drafted, String),
    /// It has made one.
    Drafted(Drafted, String),
    /// The composer's button: prepare, or open at once.
    Compose { open: bool },
    /// A button that needs no second step, or the second step of one that does.
    Give(Give),
    /// A button of an activity.
    Press(ActivityId, Control),
    /// The first step of a button that needs two; none: it was thought better of.
    Ask(Option<Asked>),
    /// What was asked about is another now: it waits for no second step, and the focus stays.
    Unask,
    /// Look something up, or take it out as a file.
    Look(Look),
    /// What was looked up, or a sentence that says why not.
    Looked(Question, Box<Result<Listing, String>>),
    /// Who else may do what is wanted.
    LookTeam,
    /// It is known, or a sentence says why not.
    Team(Result<Vec<Known>, String>),
    /// The audit log is wanted: its newest lines, or all of it as a file.
    LookAudit { all: bool },
    /// Its newest lines are known, or a sentence says why not.
    Audit(Result<Vec<Deed>, String>),
    /// The receipts of erasures are wanted.
    LookForgotten,
    /// They are known, or a sentence says why not.
    Forgotten(Result<Vec<Receipt>, String>),
    /// What there is to be told of the room; nothing: it was asked for in vain.
    Alerts(Option<Vec<Alert>>),
    /// An alert is put away.
    Away(Alert),
    /// Compose one like this one.
    Copy(ActivityId),
    /// The focus came into an activity.
    Choose(ActivityId),
    /// A key.
    Key(Key),
    /// The focus is to go to a field.
    GoTo(String),
    /// The run of show is to be another, or something of it is to be done.
    Wish(Wish),
    /// So many make-believe viewers, in a practice room.
    Audience(u32),
    /// The room's answer about the run: the status, and the text.
    Ran(u16, String),
    /// Show the list of keys, or hide it.
    Help,
    /// Single keys are on, or off.
    Keys(bool),
}
