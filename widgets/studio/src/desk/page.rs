//! What the desk asks for that is no order: further questions of a list, and drafts of answers.

use super::{Desk, Drafted};
use crate::board::Activity;
use crate::border::Port;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::QUESTIONS_PAGE;
use liveroom_protocol::message::{More, ToRoom};
use std::rc::Rc;

/// Asks for a page of a list.
pub(super) fn turn(port: &Port, more: More) {
    if let Ok(text) = serde_json::to_string(&ToRoom::More(more)) {
        port.ask(&text);
    }
}

impl Desk {
    /// Asks again for all that was looked up in a list: what was ordered may have changed it, and the room tells the desk
    /// unasked of the first page and of the queue alone.
    pub(super) fn turn_again(&self, port: &Port, activity: &ActivityId) {
        let all = self.board.activities();
        let Some(Activity::Qna(_, questions)) = all.iter().find(|known| known.id() == activity)
        else {
            return;
        };
        let Some(looked) = &questions.looked else {
            return;
        };
        for after in (0..looked.rows.len().max(1)).step_by(QUESTIONS_PAGE) {
            let after = u32::try_from(after).unwrap_or(u32::MAX);
            turn(
                port,
                More {
                    after,
                    ..looked.asked.clone()
                },
            );
        }
    }

    /// Asks the page's answerer, once for each question.
    pub(super) fn draft(&mut self, port: &Port, of: Drafted, question: &str) -> bool {
        let new = !self.drafts.contains_key(&of);
        if new {
            port.draft(of.0.as_str(), of.1, question);
            Rc::make_mut(&mut self.drafts).insert(of, String::new());
        }
        new
    }
}
