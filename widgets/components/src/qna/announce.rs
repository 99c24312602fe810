//! The line for a room's one live region: when questions open or close, and what became of this viewer's own. Pure.

use crate::parts::clock::last_began;
use crate::parts::frame::phase_key;
use crate::scene::Scene;
use crate::words::apart;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::{Card, Mine, Question, Standing, Tally};

/// A list of questions at one moment, as this viewer knows it. The time is the scene's.
#[derive(Clone, Copy)]
pub struct QnaMoment<'a> {
    /// The card.
    pub card: &'a Card,
    /// The tally.
    pub tally: &'a Tally,
    /// This viewer's own part.
    pub mine: &'a Mine,
    /// The surroundings.
    pub scene: &'a Scene,
}

/// Returns what is to be said between two moments of one list: at most one line, never a figure.
///
/// `before` is None when the list is first seen; then only an open one is worth a line.
pub fn qna_announcement(before: Option<QnaMoment>, after: QnaMoment) -> Option<String> {
    let words = &after.scene.words;
    let say = |key: &'static str| Some(words.say(key).to_owned());
    let was = before.map(|before| before.tally.phase);
    if let Some(reason) = &after.card.cancelled
        && before.is_some_and(|before| before.card.cancelled.is_none())
    {
        return Some(words.cancelled(reason));
    }
    match (was, after.tally.phase) {
        (None | Some(Phase::Ready | Phase::Closed), Phase::Open) => {
            return Some(words.fill("qna.new", "{title}", &apart(&after.card.title)));
        }
        (Some(Phase::Open | Phase::Paused), Phase::Closed) => return say("qna.has_closed"),
        (Some(Phase::Open), phase @ Phase::Paused) | (Some(Phase::Paused), phase @ Phase::Open) => {
            return say(phase_key(phase));
        }
        (_, Phase::Ready | Phase::Open | Phase::Paused | Phase::Closed) => {}
    }
    let before = before?;
    if let Some(key) = own(&before.mine.asked, &after.mine.asked) {
        return say(key);
    }
    let hint = after.scene.hint.as_ref();
    if hint.is_some() && hint != before.scene.hint.as_ref() {
        return say("qna.hinted");
    }
    let (then, now) = (before.scene.now?, after.scene.now?);
    let last = after.tally.phase == Phase::Open && last_began(after.tally.closes_at?, then, now);
    last.then(|| words.say("time.ten").to_owned())
}

/// What became of this viewer's own questions: the key of what is to be said.
fn own(before: &[Question], after: &[Question]) -> Option<&'static str> {
    let was = |id| before.iter().find(|known| known.id == id);
    let key = |now: &Question| match was(now.id) {
        None if now.standing == Standing::Waiting => Some("qna.sent_waits"),
        None => Some("qna.sent_shown"),
        Some(was) if was.answer != now.answer && now.answer.is_some() => Some("qna.got_answer"),
        Some(was) if was.standing == now.standing => None,
        Some(was) => match now.standing {
            Standing::Answered => Some("qna.got_answer"),
            Standing::Answering => Some("qna.answering_yours"),
            Standing::Shown if was.standing == Standing::Waiting => Some("qna.approved"),
            Standing::Shown | Standing::Waiting | Standing::Dismissed => None,
        },
    };
    after.iter().rev().find_map(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qna::Hint;
    use liveroom_protocol::qna::Answer;
    use std::rc::Rc;

    fn said(before: Option<(Phase, &Mine)>, after: (Phase, &Mine)) -> Option<String> {
        let card = Card {
            title: "Ask us".into(),
            ..Card::default()
        };
        let scene = Scene::default();
        let tally = |phase| Tally {
            phase,
            ..Tally::default()
        };
        let first = before.map(|(phase, mine)| (tally(phase), mine));
        let last = tally(after.0);
        let moment = |tally, mine| QnaMoment {
            card: &card,
            tally,
            mine,
            scene: &scene,
        };
        let before = first.as_ref().map(|(tally, mine)| moment(tally, mine));
        let line = qna_announcement(before, moment(&last, after.1));
        line.map(|line| line.replace(['\u{2068}', '\u{2069}'], ""))
    }

    fn asked(standing: Standing) -> Mine {
        Mine {
            asked: vec![Question {
                id: 7,
                standing,
                ..Question::default()
            }],
            ..Mine::default()
        }
    }

    #[test]
    fn opening_and_closing_are_said_and_what_was_closed_when_first_seen_is_not() {
        let none = Mine::default();
        let open = (Phase::Open, &none);
        assert_eq!(
            said(None, open).as_deref(),
            Some("New questions and answers: Ask us")
        );
        assert_eq!(said(None, (Phase::Closed, &none)), None);
        let closed = said(Some(open), (Phase::Closed, &none));
        assert_eq!(closed.as_deref(), Some("Questions have closed."));
        assert_eq!(
            said(Some(open), (Phase::Paused, &none)).as_deref(),
            Some("Paused")
        );
        assert_eq!(said(Some(open), open), None);
    }

    #[test]
    fn an_answer_to_what_is_typed_is_said_once() {
        let (card, none, tally) = (Card::default(), Mine::default(), Tally::default());
        let open = Tally {
            phase: Phase::Open,
            ..tally
        };
        let hinted = |text: &str| Scene {
            hint: Some(Rc::new(Hint {
                answer: Answer {
                    text: text.into(),
                    automatic: true,
                    private: false,
                },
                link: None,
            })),
            ..Scene::default()
        };
        let line = |before: &Scene, after: &Scene| {
            let moment = |scene| QnaMoment {
                card: &card,
                tally: &open,
                mine: &none,
                scene,
            };
            qna_announcement(Some(moment(before)), moment(after))
        };
        let quiet = Scene::default();
        let said = Some("There is an automatic answer below the field.".into());
        assert_eq!(line(&quiet, &hinted("Yes.")), said);
        assert_eq!(line(&hinted("Yes."), &hinted("Yes.")), None);
        assert_eq!(line(&hinted("Yes."), &hinted("No.")), said);
        assert_eq!(line(&hinted("No."), &quiet), None);
    }

    #[test]
    fn what_became_of_ones_own_question_is_said_once() {
        let open = |mine| (Phase::Open, mine);
        let none = Mine::default();
        let (waiting, shown) = (asked(Standing::Waiting), asked(Standing::Shown));
        let mut answered = asked(Standing::Answered);
        answered.asked[0].answer = Some(Answer {
            text: "Yes.".into(),
            automatic: false,
            private: true,
        });
        let line = |before, after| said(Some(open(before)), open(after));
        assert_eq!(
            line(&none, &waiting).as_deref(),
            Some("Your question was sent and waits for approval.")
        );
        assert_eq!(
            line(&none, &shown).as_deref(),
            Some("Your question is in the list.")
        );
        assert_eq!(
            line(&waiting, &shown).as_deref(),
            Some("Your question was approved.")
        );
        assert_eq!(
            line(&shown, &answered).as_deref(),
            Some("Your question was answered.")
        );
        assert_eq!(line(&answered, &answered), None);
        assert_eq!(line(&shown, &asked(Standing::Dismissed)), None);
    }
}
