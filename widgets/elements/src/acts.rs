//! What the viewer did and the room has not answered yet, and the room's last no to each activity.

use crate::write;
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::message::Act;
use liveroom_protocol::qna::QuestionId;
use liveroom_protocol::{Action, Refusal};

/// How long a page may take to answer.
pub const PAGE_MS: u64 = 15_000;

/// Who is to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The page, until then on the steady clock.
    Page(u64),
    /// The room; it waits for a device key, or a line.
    Waiting,
    /// The room; it was sent on this line.
    Sent,
}

/// One action on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// The request.
    pub act: Act,
    /// The element in which the viewer did it; 0 after a trap.
    pub element: u32,
    /// Who is to answer.
    pub stage: Stage,
}

/// All of them.
#[derive(Clone, Debug, Default)]
pub struct Acts {
    pending: Vec<Pending>,
    /// How many have been answered, votes for questions left aside.
    pub told: u32,
    refused: Vec<(ActivityId, Refusal)>,
    flagged: Vec<ActivityId>,
}

impl Acts {
    /// Takes an action; the last no to this activity is forgotten.
    pub fn begin(&mut self, pending: Pending) {
        self.forgive(&pending.act.activity);
        self.pending.push(pending);
    }

    /// The action on this activity that waits for its answer, votes for questions left aside.
    pub fn waits(&self, activity: &ActivityId) -> Option<&Action> {
        self.on(activity).find(|action| voted(action).is_none())
    }

    /// The questions of this activity whose vote waits for its answer.
    pub fn votes(&self, activity: &ActivityId) -> Vec<QuestionId> {
        self.on(activity).filter_map(voted).collect()
    }

    /// Whether anything on this activity waits for its answer.
    pub fn is_busy(&self, activity: &ActivityId) -> bool {
        self.on(activity).next().is_some()
    }

    /// Whether an action cannot begin before another is answered: one at a time, but a vote for each question.
    pub fn bars(&self, activity: &ActivityId, action: &Action) -> bool {
        self.on(activity).any(|other| voted(other) == voted(action))
    }

    fn on(&self, activity: &ActivityId) -> impl Iterator<Item = &Action> {
        let on = move |pending: &&Pending| pending.act.activity == *activity;
        self.pending
            .iter()
            .filter(on)
            .map(|pending| &pending.act.action)
    }

    /// The action with this id.
    pub fn get(&mut self, id: &RequestId) -> Option<&mut Pending> {
        self.pending
            .iter_mut()
            .find(|pending| pending.act.id == *id)
    }

    /// Takes the action with this id out: it has been answered.
    pub fn answered(&mut self, id: &RequestId) -> Option<Pending> {
        let place = self.pending.iter().position(|p| p.act.id == *id)?;
        let answered = self.pending.remove(place);
        if voted(&answered.act.action).is_none() {
            self.told = self.told.wrapping_add(1);
        }
        Some(answered)
    }

    /// What waits for a line: the texts to send, marked as sent.
    pub fn send(&mut self) -> Vec<String> {
        let mut texts = Vec::new();
        for pending in &mut self.pending {
            if pending.stage == Stage::Waiting {
                pending.stage = Stage::Sent;
                texts.push(write::act(&pending.act));
            }
        }
        texts
    }

    /// The line is another: what was sent and not answered is to be sent again, under the same id.
    pub fn resend(&mut self) {
        for pending in &mut self.pending {
            if pending.stage == Stage::Sent {
                pending.stage = Stage::Waiting;
            }
        }
    }

    /// Whether something waits for a line.
    pub fn has_waiting(&self) -> bool {
        self.pending.iter().any(|p| p.stage == Stage::Waiting)
    }

    /// The ids of what waits for the room's answer.
    pub fn with_room(&self) -> Vec<RequestId> {
        let room = self
            .pending
            .iter()
            .filter(|p| !matches!(p.stage, Stage::Page(_)));
        room.map(|pending| pending.act.id.clone()).collect()
    }

    /// The ids of those that the page has not answered in time.
    pub fn overdue(&self, now: u64) -> Vec<RequestId> {
        let overdue = self
            .pending
            .iter()
            .filter(|pending| matches!(pending.stage, Stage::Page(until) if now >= until));
        overdue.map(|pending| pending.act.id.clone()).collect()
    }

    /// When the next of them is overdue.
    pub fn due(&self) -> Option<u64> {
        let until = self
            .pending
            .iter()
            .filter_map(|pending| match pending.stage {
                Stage::Page(until) => Some(until),
                Stage::Waiting | Stage::Sent => None,
            });
        until.min()
    }

    /// Keeps the room's no to this viewer in an activity, until the next action.
    pub fn refuse(&mut self, activity: ActivityId, refusal: Refusal) {
        self.forgive(&activity);
        self.refused.push((activity, refusal));
    }

    /// Notes that the viewer has reported an activity, and the room took it.
    pub fn flag(&mut self, activity: ActivityId) {
        self.flagged.push(activity);
    }

    /// Whether the viewer has reported an activity.
    pub fn is_flagged(&self, activity: &ActivityId) -> bool {
        self.flagged.contains(activity)
    }

    /// Forgets the room's no.
    pub fn forgive(&mut self, activity: &ActivityId) {
        self.refused.retain(|(refused, _)| refused != activity);
    }

    /// The room's last no.
    pub fn refusal(&self, activity: &ActivityId) -> Option<&Refusal> {
        let of = self.refused.iter().find(|(refused, _)| refused == activity);
        of.map(|(_, refusal)| refusal)
    }
}

/// The question that an action votes for, or no longer does.
fn voted(action: &Action) -> Option<QuestionId> {
    match action {
        Action::QnaVote { question } | Action::QnaWithdraw { question } => Some(*question),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Acts, Pending, Stage};
    use liveroom_protocol::message::Act;
    use liveroom_protocol::{Reason, Refusal};

    fn pending(id: &str, activity: &str, stage: Stage) -> Pending {
        let action = r#"{"type":"poll.vote","choices":["red"]}"#;
        doing(id, activity, stage, action)
    }

    fn doing(id: &str, activity: &str, stage: Stage, action: &str) -> Pending {
        let act = [
            r#"{"id":""#,
            id,
            r#"","activity":""#,
            activity,
            r#"","run":2,"action":"#,
            action,
            "}",
        ]
        .concat();
        Pending {
            act: serde_json::from_str(&act).expect("it is an act"),
            element: 1,
            stage,
        }
    }

    #[test]
    fn what_was_not_answered_is_sent_again_under_the_same_id() {
        let mut acts = Acts::default();
        acts.begin(pending("x1", "colour", Stage::Waiting));
        acts.begin(pending("x2", "size", Stage::Page(15_000)));
        assert!(acts.has_waiting());
        let first = acts.send();
        assert_eq!(first.len(), 1);
        assert!(acts.send().is_empty());
        acts.resend();
        assert_eq!(acts.send(), first);
        let id = acts.with_room().remove(0);
        assert!(acts.answered(&id).is_some());
        acts.resend();
        assert!(acts.send().is_empty() && acts.answered(&id).is_none());
    }

    #[test]
    fn several_questions_are_voted_for_at_once_and_each_waits_for_its_own_answer() {
        let vote = |question: &str| [r#"{"type":"qna.vote","question":"#, question, "}"].concat();
        let on = |id, question| doing(id, "asked", Stage::Sent, &vote(question));
        let mut acts = Acts::default();
        acts.begin(on("x1", "7"));
        let Act { activity, .. } = on("x1", "7").act;
        assert!(acts.bars(&activity, &on("x2", "7").act.action));
        assert!(!acts.bars(&activity, &on("x2", "8").act.action));
        assert!(!acts.bars(&activity, &pending("x2", "asked", Stage::Sent).act.action));
        assert!(acts.waits(&activity).is_none() && acts.is_busy(&activity));
        acts.begin(on("x2", "8"));
        assert_eq!(acts.votes(&activity), [7, 8]);
    }

    #[test]
    fn a_page_has_fifteen_seconds() {
        let mut acts = Acts::default();
        acts.begin(pending("x1", "colour", Stage::Page(15_000)));
        assert_eq!((acts.due(), acts.overdue(14_999).len()), (Some(15_000), 0));
        assert_eq!(acts.overdue(15_000).len(), 1);
    }

    #[test]
    fn a_refusal_is_said_until_the_next_action() {
        let mut acts = Acts::default();
        let Act { activity, .. } = pending("x1", "colour", Stage::Waiting).act;
        acts.refuse(activity.clone(), Refusal::from(Reason::Closed));
        acts.refuse(activity.clone(), Refusal::from(Reason::Paused));
        assert_eq!(
            acts.refusal(&activity).map(|no| no.reason),
            Some(Reason::Paused)
        );
        acts.begin(pending("x2", "colour", Stage::Waiting));
        assert_eq!(acts.refusal(&activity), None);
        assert!(acts.waits(&activity).is_some());
    }
}
