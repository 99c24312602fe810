//! Whom an owner erases, and for how long a room keeps what: the words of `viewer.erase` and of `retention`; the receipt.

use crate::id::ActivityId;
use crate::limits::{ACCOUNT_BYTES, PIECES};
use crate::lottery::EntrantName;
use crate::qna::QuestionId;
use serde::{Deserialize, Serialize};
use std::fmt;

mod receipt;

pub use receipt::{Erased, Kept, Pending, Receipt, Words};

/// Whom to erase: exactly one of the three. The log holds none of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Erase {
    /// The viewer's account: the `sub` of their tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
    /// The viewer's name in reports, which their page was told (`me` of the welcome and of every report). It also finds
    /// viewers who were only ever known by a device key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub me: Option<EntrantName>,
    /// In a room that has ended, where nobody can say any more whose a piece is: the pieces themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
}

impl Erase {
    /// Whether exactly one way of naming somebody is used, within its limits.
    pub fn is_well_formed(&self) -> bool {
        let ways = [
            self.account.is_some(),
            self.me.is_some(),
            !self.pieces.is_empty(),
        ];
        ways.into_iter().filter(|used| *used).count() == 1 && self.pieces.len() <= PIECES
    }
}

/// An account as a page's own server names it: 1 to 256 bytes.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("minLength" = 1, "maxLength" = ACCOUNT_BYTES)))]
#[serde(try_from = "String", into = "String")]
pub struct Account(String);

/// Why a text is no account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAccount;

impl Account {
    /// The account as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Account {
    type Error = NotAnAccount;
    fn try_from(text: String) -> Result<Self, NotAnAccount> {
        if (1..=ACCOUNT_BYTES).contains(&text.len()) {
            Ok(Self(text))
        } else {
            Err(NotAnAccount)
        }
    }
}

impl From<Account> for String {
    fn from(account: Account) -> Self {
        account.0
    }
}

impl fmt::Debug for Account {
    /// Not the account itself: what is printed may be kept.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Account(..)")
    }
}

impl fmt::Display for NotAnAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an account has 1 to {ACCOUNT_BYTES} bytes")
    }
}

impl std::error::Error for NotAnAccount {}

/// What somebody wrote or was called, as an ended room shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Piece {
    /// In which activity.
    pub activity: ActivityId,
    /// Which part of it.
    #[serde(flatten)]
    pub part: Part,
}

/// A part of an activity that can hold somebody's words or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PiecePart"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A question, by its number: its words, its asker's name, and what the asker alone was answered.
    Question(QuestionId),
    /// A reply: the number of the question, and its place among the replies, from 0.
    Reply(QuestionId, u32),
    /// A comment in a survey, by its number.
    Comment(u32),
    /// The name of a winner, by the number of the win.
    Win(u32),
    /// A name on a quiz's board, by its row, from 0.
    Board(u32),
}

/// For how many days a room keeps what of viewers; what is absent stays as it is. Each within its own bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Retention {
    /// Questions, replies, answers for one asker, comments: from when they were written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<u16>,
    /// Names that are shown: from when they were given, or changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub names: Option<u16>,
    /// What winners wrote into claim forms: from when they claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forms: Option<u16>,
    /// Single reports of browsers: from when they came. What was counted of them stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports: Option<u16>,
    /// The log of a room that has ended, with ballots, entries and claims under pseudonyms: from when it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log: Option<u16>,
}
