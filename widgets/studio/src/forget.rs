//! Viewers who asked to be forgotten, as the desk knows it: whom the owner names, and what became of earlier erasures.

use liveroom_protocol::erase::{Account, Erase, Erased, Pending, Receipt, Words};
use liveroom_protocol::lottery::Hex;

/// The word by which the receipts come back.
pub(crate) const FORGOTTEN: &str = "\"forgotten\"";

/// The receipts of the room's erasures, oldest first, or why they are not known.
pub(crate) type Receipts = Option<Result<Vec<Receipt>, String>>;

/// By what a viewer is named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Named {
    /// By the account that the page's own server put into their tokens.
    #[default]
    Account,
    /// By their name in reports, which also finds who was only ever known by a device key.
    Reports,
}

/// All ways of naming a viewer.
pub(crate) const WAYS: [Named; 2] = [Named::Account, Named::Reports];

impl Named {
    /// Its word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Reports => "name in reports",
        }
    }
}

/// What is typed of a viewer who is to be forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) named: Named,
    pub(crate) text: String,
}

impl Typed {
    /// Whom it names, or what is wrong with it. An account is taken as it is typed: spaces may belong to it.
    pub(crate) fn erase(&self) -> Result<Erase, &'static str> {
        match self.named {
            Named::Account => {
                let account = Account::try_from(self.text.clone());
                Ok(Erase {
                    account: Some(account.map_err(|_| "An account has 1 to 256 bytes.")?),
                    ..Erase::default()
                })
            }
            Named::Reports => {
                let me = Hex::parse(self.text.trim());
                Ok(Erase {
                    me: Some(me.ok_or("A name in reports is 32 digits, 0 to 9 and a to f.")?),
                    ..Erase::default()
                })
            }
        }
    }

    /// What is asked before it is done.
    pub(crate) fn question(&self) -> String {
        let (what, whom) = (self.named.word(), &self.text);
        format!(
            "Delete all that the viewer with the {what} “{whom}” wrote here, their name, claim forms and reports? It cannot be undone."
        )
    }
}

/// What a receipt says: what is gone, and what is not yet, in words.
pub(crate) fn says(
    Receipt {
        erased, pending, ..
    }: &Receipt,
) -> String {
    let Erased {
        words,
        reports,
        page_loads,
    } = erased;
    let Words {
        questions,
        replies,
        answers,
        comments,
        forms,
        names,
        pieces,
    } = *words;
    let counts = [
        (questions, "question", "questions"),
        (replies, "reply", "replies"),
        (answers, "private answer", "private answers"),
        (comments, "comment", "comments"),
        (forms, "claim form", "claim forms"),
        (names, "name", "names"),
        (pieces, "piece", "pieces"),
        (reports.unwrap_or(0), "report", "reports"),
        (page_loads.unwrap_or(0), "page load", "page loads"),
    ];
    let found = counts.into_iter().filter(|(count, _, _)| *count > 0);
    let found: Vec<String> = found
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let gone = if found.is_empty() {
        "nothing was found".to_owned()
    } else {
        format!("deleted: {}", found.join(", "))
    };
    let waits: Vec<&str> = pending.iter().copied().map(waiting).collect();
    if waits.is_empty() {
        gone
    } else {
        format!("{gone}; not yet: {}", waits.join(", "))
    }
}

/// What is still to be done, in words.
const fn waiting(what: Pending) -> &'static str {
    match what {
        Pending::Reports => "reports in the collector",
        Pending::Traces => "traces beside the log's file",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_is_named_in_one_way_and_well() {
        let mut typed = Typed::default();
        assert_eq!(typed.erase(), Err("An account has 1 to 256 bytes."));
        typed.text = " max ".into();
        let erase = typed.erase().expect("it is an account");
        assert_eq!(erase.account.as_ref().map(Account::as_str), Some(" max "));
        assert!(erase.me.is_none() && erase.is_well_formed());
        typed.named = Named::Reports;
        typed.erase().expect_err("that is no name in reports");
        typed.text = format!(" {} ", "0a".repeat(16));
        let erase = typed.erase().expect("it is a name in reports");
        assert_eq!(erase.me, Some(Hex([10; 16])));
        assert!(erase.account.is_none() && erase.is_well_formed());
    }

    #[test]
    fn a_receipt_says_what_is_gone_and_what_is_not_yet() {
        let read = |text: &str| serde_json::from_str::<Receipt>(text).expect("a receipt");
        let done = read(
            r#"{"position":9,"at":5,"erased":{"questions":1,"replies":2,"reports":12,"page_loads":1},"pending":[],"kept":[]}"#,
        );
        let said = "deleted: 1 question, 2 replies, 12 reports, 1 page load";
        assert_eq!(says(&done), said);
        let nobody = read(r#"{"position":9,"at":5,"erased":{"questions":0},"pending":[]}"#);
        assert_eq!(says(&nobody), "nothing was found");
        let waits =
            read(r#"{"position":9,"at":5,"erased":{"names":1},"pending":["reports","traces"]}"#);
        let said =
            "deleted: 1 name; not yet: reports in the collector, traces beside the log's file";
        assert_eq!(says(&waits), said);
    }
}
