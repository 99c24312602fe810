//! What is asked of a room's task, and who asks.

use super::Answered;
use super::look::Look;
use liveroom_protocol::id::{ActivityId, KeyId, RequestId};
use liveroom_protocol::identity::{Label, Role, Standing};
use liveroom_protocol::message::{Act, Order};
use liveroom_protocol::news::Item;
use liveroom_rules::pseudonym::Pseudonym;
use std::collections::HashSet;
use tokio::sync::oneshot;

/// What is asked of a room's task.
pub(super) enum Ask {
    Join {
        who: Pseudonym,
        done: oneshot::Sender<Joined>,
    },
    Act {
        viewer: Viewer,
        act: Act,
        /// The connection that asks.
        line: Option<u64>,
        done: oneshot::Sender<Answered>,
    },
    Order {
        staff: Staff,
        order: Order,
        done: oneshot::Sender<Answered>,
    },
    /// Someone opened the link of an invitation.
    Come {
        invitation: KeyId,
        id: RequestId,
        name: Option<Label>,
        done: oneshot::Sender<Answered>,
    },
    /// A viewer came with an account in a browser that has a device key; answered once what was done with it is the account's.
    SignIn {
        device: Pseudonym,
        account: Pseudonym,
        done: oneshot::Sender<Answered>,
    },
    /// Something is looked up.
    Look(Look),
    /// What lies in these places beside the log is there no more.
    Lose(HashSet<String>),
}

/// A viewer who acts, as the server knows them now.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The name that the log knows.
    pub who: Pseudonym,
    /// Level, tier and segments.
    pub standing: Standing,
    /// The name to show where a card says that names are shown.
    pub name: Option<Label>,
}

/// Someone who commands, as the server knows them now.
#[derive(Clone, Debug)]
pub struct Staff {
    /// What they may do.
    pub role: Role,
    /// The name that the log knows.
    pub who: Pseudonym,
    /// The name to show in the audit log.
    pub name: Option<Label>,
}

/// What a viewer who joins did before.
#[derive(Debug, Default)]
pub struct Joined {
    /// The activities in which the viewer takes part.
    pub acted: HashSet<ActivityId>,
    /// The viewer's own part in all that is shown.
    pub mine: Vec<Item>,
}
