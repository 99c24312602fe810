//! The paper, case by case: what is marked, what may be pressed, what the button sends.

use super::*;
use crate::scene::Scene;
use liveroom_protocol::poll::{Card, Choice, Mine, Part, Tally};

fn ids(names: &str) -> Vec<OptionId> {
    names
        .split_whitespace()
        .map(|name| OptionId::parse(name).unwrap())
        .collect()
}

struct Case {
    card: Card,
    tally: Tally,
    mine: Mine,
    scene: Scene,
    unsent: Option<Unsent>,
}

impl Case {
    /// An open poll of three options, with the vote that stands.
    fn voted(choices: &str) -> Self {
        let option = |id| Choice {
            id,
            text: String::new(),
            image: None,
        };
        Self {
            card: Card {
                options: ids("a b c").into_iter().map(option).collect(),
                max_choices: 1,
                can_change: true,
                ..Card::default()
            },
            tally: Tally {
                phase: Phase::Open,
                ..Tally::default()
            },
            mine: Mine {
                choices: ids(choices),
                ..Mine::default()
            },
            scene: Scene::default(),
            unsent: None,
        }
    }

    fn most(mut self, max_choices: u8) -> Self {
        self.card.max_choices = max_choices;
        self
    }

    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            card: &self.card,
            tally: &self.tally,
            mine: &self.mine,
            scene: &self.scene,
        }
    }

    fn ballot(&self) -> Ballot<'_> {
        Ballot::new(self.sheet(), &self.unsent)
    }

    fn press(mut self, option: &str) -> Self {
        self.unsent = self.pressed(0, option);
        self
    }

    fn press_in(mut self, part: usize, option: &str) -> Self {
        self.unsent = self.pressed(part, option);
        self
    }

    fn pressed(&self, part: usize, option: &str) -> Option<Unsent> {
        let option = &ids(option)[0];
        let asked = Asked::at(self.sheet(), part);
        let takes = self.ballot().takes(asked, option);
        if takes {
            Some(self.ballot().pressed(asked, option))
        } else {
            self.unsent.clone()
        }
    }

    /// The same as a survey with one further question and a field for words.
    fn survey(mut self) -> Self {
        let options = self.card.options.clone();
        let (question, scale) = ("And?".into(), None);
        self.card.parts = vec![Part {
            question,
            options,
            max_choices: 1,
            scale,
        }];
        self.card.comment = Some("Anything else?".into());
        self
    }

    fn write(mut self, words: &str) -> Self {
        self.unsent = Some(self.ballot().written(words.into()));
        self
    }

    fn answers(&self) -> Option<Answers> {
        match self.ballot().act()? {
            Action::PollAnswer(answers) => Some(answers),
            other => panic!("a survey is answered: {other:?}"),
        }
    }

    fn sends(&self) -> Option<Vec<OptionId>> {
        match self.ballot().act()? {
            Action::PollVote(vote) => Some(vote.choices),
            other => panic!("the button only votes: {other:?}"),
        }
    }
}

#[test]
fn one_choice_takes_the_place_of_another() {
    let case = Case::voted("").press("a").press("c");
    assert_eq!(case.ballot().chosen(0), ids("c"));
    assert_eq!(case.ballot().button(), Button::Vote);
    assert_eq!(case.sends(), Some(ids("c")));
}

#[test]
fn several_choices_go_on_and_off_up_to_the_most() {
    let case = Case::voted("").most(2).press("c").press("a").press("b");
    assert_eq!(case.sends(), Some(ids("a c")));
    assert_eq!(case.press("c").press("b").sends(), Some(ids("a b")));
    let any = Case::voted("").most(0).press("a").press("b").press("c");
    assert_eq!(any.sends(), Some(ids("a b c")));
}

#[test]
fn a_standing_vote_is_sent_again_only_if_it_is_another() {
    let case = Case::voted("a");
    assert_eq!(case.ballot().button(), Button::Counted);
    assert_eq!(case.sends(), None);
    let case = case.press("b");
    assert_eq!(case.ballot().button(), Button::Change);
    assert_eq!(case.sends(), Some(ids("b")));
    let case = case.press("a");
    assert_eq!(case.ballot().button(), Button::Counted);
    assert!(!case.ballot().differs());
}

#[test]
fn a_vote_that_may_not_be_changed_stays() {
    let mut case = Case::voted("a");
    case.card.can_change = false;
    assert!(!case.ballot().may_withdraw());
    let case = case.press("b");
    assert_eq!(case.ballot().chosen(0), ids("a"));
    assert_eq!(case.ballot().button(), Button::Counted);
}

#[test]
fn a_choice_is_forgotten_once_the_room_has_answered_it() {
    let mut case = Case::voted("").press("a");
    case.mine.choices = ids("a");
    assert_eq!(case.ballot().button(), Button::Counted);
    case.mine.choices = ids("b");
    assert_eq!(case.ballot().chosen(0), ids("b"));
}

#[test]
fn an_answered_choice_is_let_go_so_that_it_does_not_come_back_with_a_withdrawal() {
    let mut case = Case::voted("").press("a");
    assert!(!case.ballot().is_answered(&case.unsent));
    case.mine.choices = ids("a");
    assert!(case.ballot().is_answered(&case.unsent));
}

#[test]
fn a_refused_choice_can_be_sent_again() {
    let mut case = Case::voted("").press("a");
    case.scene.refusal = Some(liveroom_protocol::Reason::TooFast.into());
    assert_eq!(case.sends(), Some(ids("a")));
}

#[test]
fn what_is_on_its_way_is_shown_as_such_and_cannot_be_touched() {
    let mut case = Case::voted("b").press("a");
    let action = case.ballot().act().unwrap();
    case.scene.pending = Some(Pending { action });
    let case = case.press("c");
    assert_eq!(case.ballot().chosen(0), ids("a"));
    assert_eq!(case.ballot().button(), Button::Sending);
    assert_eq!(case.sends(), None);
    let mut case = Case::voted("b");
    case.scene.pending = Some(Pending {
        action: Action::PollWithdraw,
    });
    case.scene.link = Link::Lost { since: None };
    assert_eq!(case.ballot().chosen(0), ids("b"));
    assert_eq!(case.ballot().button(), Button::Waiting);
    assert!(!case.ballot().may_withdraw());
}

#[test]
fn nothing_is_taken_unless_the_poll_is_open() {
    for phase in [Phase::Ready, Phase::Paused, Phase::Closed] {
        let mut case = Case::voted("");
        case.tally.phase = phase;
        let case = case.press("a");
        assert_eq!(case.ballot().button(), Button::Rest(phase));
        assert_eq!(case.sends(), None);
        assert!(case.ballot().chosen(0).is_empty());
    }
    let mut overlay = Case::voted("");
    overlay.scene.taking_part = false;
    assert_eq!(overlay.press("a").sends(), None);
}

#[test]
fn a_press_with_nothing_chosen_asks_for_a_choice_until_one_is_made() {
    let mut case = Case::voted("");
    assert_eq!(case.sends(), None);
    case.unsent = Some(case.ballot().nudged());
    assert!(case.ballot().is_nudged());
    assert!(!case.press("a").ballot().is_nudged());
}

#[test]
fn where_any_number_may_be_chosen_a_second_press_votes_for_none() {
    let mut case = Case::voted("").most(0);
    assert_eq!(case.sends(), None);
    case.unsent = Some(case.ballot().nudged());
    assert_eq!(case.sends(), Some(Vec::new()));
    case.mine.voted = true;
    assert_eq!(case.ballot().button(), Button::Counted);
    assert!(!case.ballot().is_nudged() && case.ballot().may_withdraw());
    assert_eq!(case.press("b").ballot().button(), Button::Change);
}

#[test]
fn a_survey_is_answered_as_a_whole_and_only_its_first_question_must_be() {
    let case = Case::voted("").survey();
    assert_eq!(case.ballot().button(), Button::Answer);
    let case = case.press_in(1, "b").write("  Fine.  ");
    assert_eq!(case.answers(), None, "the first question is needed");
    let case = case.press("a");
    let answers = case.answers().unwrap();
    assert_eq!((answers.choices, answers.parts), (ids("a"), vec![ids("b")]));
    assert_eq!(answers.comment.unwrap().as_str(), "Fine.");
    // A further question may be left unanswered again.
    let case = case.press_in(1, "b").write("");
    let answers = case.answers().unwrap();
    assert_eq!((answers.parts, answers.comment), (vec![ids("")], None));
}

#[test]
fn answers_that_stand_may_be_changed_and_words_alone_are_a_change() {
    let mut case = Case::voted("a").survey();
    case.mine.parts = vec![ids("b")];
    assert_eq!(case.ballot().button(), Button::Answered);
    assert_eq!(case.ballot().chosen(1), ids("b"));
    assert_eq!(
        case.press_in(1, "c").ballot().button(),
        Button::ChangeAnswers
    );
    let mut case = Case::voted("a").survey();
    case.mine.parts = vec![ids("b")];
    let case = case.write("One thing more");
    assert_eq!(case.ballot().button(), Button::ChangeAnswers);
    assert_eq!(case.answers().unwrap().parts, [ids("b")]);
}

#[test]
fn more_words_than_the_room_takes_are_not_sent() {
    let case = Case::voted("").survey().press("a");
    assert_eq!(case.write(&"x".repeat(513)).answers(), None);
}
