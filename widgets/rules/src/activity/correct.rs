//! Other words for an activity: silently before the first act in it, visibly after.

use super::{Activity, Body};
use crate::record::Position;
use liveroom_protocol::command::Correction;
use liveroom_protocol::lottery::Title;
use liveroom_protocol::{Reason, Refusal};

impl Activity {
    pub(crate) fn correct(
        &mut self,
        position: Position,
        correction: &Correction,
    ) -> Result<(), Refusal> {
        let Correction {
            activity: _,
            title,
            options,
        } = correction;
        if title.is_none() && options.is_empty() {
            return malformed("a correction has a title or options");
        }
        let short = title.as_ref().map(|title| Title::parse(title.as_str()));
        let short = || match short {
            Some(Err(no)) => Err(Refusal::because(Reason::Malformed, no.to_string())),
            _ if !options.is_empty() => malformed("only a poll has options"),
            Some(Ok(title)) => Ok(title),
            None => malformed("a correction has a title"),
        };
        match &mut self.body {
            Body::Poll(poll) => poll.reword(title.as_ref(), options)?,
            Body::Qna(qna) => qna.draft.title = short()?,
            Body::Deal(deal) => deal.draft.title = short()?,
            Body::Lottery(_) => {
                return Err(Refusal::because(
                    Reason::Unsupported,
                    "what a lottery says is what it was fixed with: make another lottery",
                ));
            }
        }
        self.corrected |= self.acted;
        // What was approved was another text.
        self.approved = None;
        self.card_rev = position;
        self.tally_rev = position;
        Ok(())
    }
}

fn malformed<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::because(Reason::Malformed, why))
}
