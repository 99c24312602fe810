//! What the desk looks up in the room's server, and takes out of it as files. A practice room is asked in this browser, and makes no files.

use super::Desk;
use crate::board::Found;
use crate::border::Port;
use liveroom_protocol::desk::Desk as Listing;
use liveroom_protocol::id::ActivityId;
use serde::{Deserialize, Serialize};

/// Something that is asked of the room's server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Claims or entrants.
    Up(Question),
    /// `claims`, `questions` or `comments` as a file, with the ending of its name: `csv` or `json`.
    Out(ActivityId, &'static str, &'static str),
}

/// What is looked up; it comes back with the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Question {
    /// In which activity.
    pub(crate) activity: ActivityId,
    /// By which text.
    pub(crate) text: String,
    /// Before which number.
    pub(crate) before: Option<u64>,
}

impl Desk {
    pub(super) fn look(&self, port: &Port, look: &Look) {
        match look {
            Look::Up(question) => {
                let before = question.before;
                let before = before.map_or_else(String::new, |before| format!("&before={before}"));
                let text = escaped(&question.text);
                let path = format!("/desk/{}?text={text}{before}", question.activity);
                port.look(&path, &written(question));
            }
            Look::Out(activity, what, ending) => {
                let question = Question {
                    activity: activity.clone(),
                    text: String::new(),
                    before: None,
                };
                let path = format!("/{what}?activity={activity}&format={ending}");
                port.save(
                    &path,
                    &format!("{activity}-{what}.{ending}"),
                    &written(&question),
                );
            }
        }
    }

    pub(super) fn looked(&mut self, question: Question, desk: Result<Listing, String>) {
        let Question {
            activity,
            text,
            before,
        } = question;
        self.board.found(&activity, Found { text, before, desk });
    }

    /// Looks again for what was looked up in an activity: an order has changed it.
    pub(super) fn look_again(&self, port: &Port, activity: &ActivityId) {
        let run = self.board.activities().into_iter();
        let mut run = run.filter(|known| known.id() == activity);
        let seen = run
            .next()
            .map(|known| self.board.seen(activity, known.run()));
        if let Some(found) = seen.and_then(|seen| seen.found) {
            let question = Question {
                activity: activity.clone(),
                text: found.text.clone(),
                before: found.before,
            };
            self.look(port, &Look::Up(question));
        }
    }
}

fn written(question: &Question) -> String {
    serde_json::to_string(question).unwrap_or_default()
}

/// A text as a part of an address.
fn escaped(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
