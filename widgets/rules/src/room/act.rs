//! What a viewer's action does to a room.

use super::Room;
use crate::activity::{Activity, Body};
use crate::lottery::{self, Acting};
use crate::pseudonym::Pseudonym;
use crate::record::Act;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Action, Command, Reason, Refusal};

impl Room {
    /// Does what a viewer asks, or says why not; gives the number of the activity it was about.
    pub(super) fn act(&mut self, who: Pseudonym, act: &Act) -> Result<usize, Refusal> {
        let number = self.number(&act.activity)?;
        self.takes(number, act)?;
        self.is_not_twice(number, who, &act.action)?;
        let (met, barred) = match (&self.activities[number].body, &act.action) {
            (Body::Lottery(lottery), Action::LotteryEnter(enter)) => (
                lottery::met(self, lottery, who, &act.standing, enter.keyword.as_ref()),
                lottery::is_barred(self, lottery, who),
            ),
            _ => (Vec::new(), false),
        };
        let acting = Acting {
            who,
            standing: &act.standing,
            hidden: act.hidden.as_ref(),
            at: self.at,
            position: self.position,
        };
        let silenced = self.silenced.contains(&who);
        let target = &mut self.activities[number];
        let before = target.due();
        let changed = match (&mut target.body, &act.action) {
            (Body::Poll(poll), Action::PollVote(vote)) => {
                poll.vote(who, &act.standing, &vote.choices, self.at)?
            }
            (Body::Poll(poll), Action::PollAnswer(answers)) => poll.answer(&acting, answers)?,
            (Body::Poll(poll), Action::PollWithdraw) => {
                poll.withdraw(who)?;
                true
            }
            (Body::Lottery(lottery), Action::LotteryEnter(_)) => {
                lottery.enter(&acting, &met, barred)?
            }
            (Body::Lottery(lottery), Action::LotteryClaim(claim)) => {
                lottery.claim(&acting, claim)?
            }
            (
                Body::Qna(_),
                Action::QnaAsk(_)
                | Action::QnaVote { .. }
                | Action::QnaWithdraw { .. }
                | Action::QnaReply(_),
            ) if silenced => return Err(Reason::NotAllowed.into()),
            (Body::Qna(qna), Action::QnaAsk(ask)) => qna.ask(&acting, ask)?,
            (Body::Qna(qna), Action::QnaVote { question }) => qna.vote(&acting, *question)?,
            (Body::Qna(qna), Action::QnaWithdraw { question }) => {
                qna.withdraw(&acting, *question)?
            }
            (Body::Qna(qna), Action::QnaReply(reply)) => qna.reply(&acting, reply)?,
            (Body::Deal(deal), Action::DealClaim(claim)) => deal.claim(&acting, claim)?,
            (Body::Deal(deal), Action::DealRelease { claim }) => deal.release(&acting, claim)?,
            (Body::Deal(deal), Action::DealOrder { claim, order }) => {
                deal.order(&acting, claim, order)?
            }
            (
                Body::Qna(qna),
                Action::Flag {
                    question: Some(question),
                    ..
                },
            ) => qna.flag(&acting, *question)?,
            (_, Action::Flag { question: None, .. }) => target.flags.insert(who),
            (Body::Poll(_) | Body::Lottery(_) | Body::Qna(_) | Body::Deal(_), _) => {
                return Err(Refusal::because(
                    Reason::Malformed,
                    "the activity is of another widget",
                ));
            }
        };
        target.acted |= !matches!(act.action, Action::Flag { .. });
        self.changed = changed;
        if changed {
            target.tally_rev = self.position;
            if target.body.shows_acts_on_card() {
                target.card_rev = self.position;
            }
        }
        self.schedule(number, before);
        Ok(number)
    }

    /// Whether the activity takes this action now; why not, else.
    fn takes(&self, number: usize, act: &Act) -> Result<(), Refusal> {
        let target = &self.activities[number];
        match &act.action {
            Action::PollVote(_)
            | Action::PollWithdraw
            | Action::PollAnswer(_)
            | Action::LotteryEnter(_)
            | Action::QnaAsk(_)
            | Action::QnaVote { .. }
            | Action::QnaWithdraw { .. }
            | Action::QnaReply(_)
            | Action::DealClaim(_) => target.takes_actions(act.run),
            // What was won or claimed while it was open is still the viewer's when it has closed or was put away.
            Action::LotteryClaim(_)
            | Action::DealRelease { .. }
            | Action::DealOrder { .. }
            | Action::Flag { .. } => was_opened(target, act.run),
        }
    }

    /// Fixes the entrants of a lottery that has closed: whoever won elsewhere is known only to the room.
    pub(super) fn close_roll(&mut self, number: usize) {
        let target = &self.activities[number];
        let Body::Lottery(lottery) = &target.body else {
            return;
        };
        if target.phase != Phase::Closed || lottery.closing().is_some() {
            return;
        }
        let barred = lottery::barred(self, lottery);
        let (position, at) = (self.position, self.at);
        let target = &mut self.activities[number];
        if let Body::Lottery(lottery) = &mut target.body
            && lottery.close(&barred, at)
        {
            target.card_rev = position;
        }
    }

    /// Whether an order is that of a lottery which draws itself, and is due.
    pub(super) fn draws_itself(&self, command: &Command) -> bool {
        let Command::LotteryDraw { activity, .. } = command else {
            return false;
        };
        self.activity(activity).is_some_and(|activity| {
            activity.phase == Phase::Closed
                && matches!(&activity.body, Body::Lottery(lottery) if lottery.draws_itself())
        })
    }
}

fn was_opened(target: &Activity, run: Option<u32>) -> Result<(), Refusal> {
    if run.is_some_and(|run| run != target.run) {
        Err(Reason::OtherRun.into())
    } else if target.opened.is_none() {
        Err(Reason::NotOpen.into())
    } else {
        Ok(())
    }
}
