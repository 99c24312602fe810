//! What the composer makes of what is typed into it.

use super::{Field, Form, Kind, Line};
use liveroom_protocol::poll::{Card, OptionDraft, Results};

fn line(text: &str) -> Line {
    Line {
        text: text.into(),
        ..Line::default()
    }
}

fn typed(question: &str, options: &[&str]) -> Form {
    Form {
        question: question.into(),
        options: options.iter().map(|text| line(text)).collect(),
        ..Form::default()
    }
}

fn flaws(form: &Form) -> Vec<(Field, String)> {
    form.draft()
        .expect_err("the form has flaws")
        .into_iter()
        .map(|flaw| (flaw.field, flaw.says))
        .collect()
}

#[test]
fn a_question_and_two_options_are_enough() {
    let draft = typed(" Red or blue? ", &["Red", "", "Blue "])
        .draft()
        .expect("a draft");
    assert_eq!(draft.question.as_str(), "Red or blue?");
    assert_eq!(draft.options.len(), 2);
    assert_eq!(draft.max_choices, 1);
    assert_eq!(draft.closes_in_ms.map(|span| span.0), Some(60_000));
}

#[test]
fn an_empty_form_says_what_is_missing_and_nothing_else() {
    let missing = Form::default().draft().expect_err("nothing is typed");
    assert!(missing.iter().all(|flaw| flaw.missing));
    assert_eq!(
        flaws(&Form::default()),
        [
            (Field::Question, "Write the question.".into()),
            (Field::Options, "Write at least two options.".into())
        ]
    );
}

#[test]
fn what_the_protocol_refuses_is_said_in_its_words() {
    let long = "x".repeat(121);
    let mut form = typed(&"y".repeat(301), &["a", &long, "c"]);
    form.options[2].image = "http://a.example/c.png".into();
    form.name = "no spaces".into();
    assert_eq!(
        flaws(&form),
        [
            (
                Field::Question,
                "A text has more than 300 characters.".into()
            ),
            (
                Field::Option(1),
                "A text has more than 120 characters.".into()
            ),
            (
                Field::Picture(2),
                "A picture's address starts with https:// or with /.".into()
            ),
            (
                Field::Name,
                "An id is 1 to 64 of the characters A-Z a-z 0-9 - _ ..".replace("..", ".")
            ),
        ]
    );
}

#[test]
fn a_quiz_needs_a_right_answer_and_never_tells_how_many_there_are() {
    let mut form = Form {
        kind: Kind::Quiz,
        ..typed("2 + 2?", &["3", "4", "four"])
    };
    assert_eq!(
        flaws(&form),
        [(Field::Options, "Mark the right answer.".into())]
    );
    form.options[1].right = true;
    let draft = form.draft().expect("a draft");
    assert_eq!((draft.max_choices, draft.right[0].as_str()), (1, "2"));
    assert_eq!(draft.results, Some(Results::OnReveal));
    form.options[2].right = true;
    assert_eq!(form.draft().expect("a draft").max_choices, 0);
}

#[test]
fn right_answers_keep_their_place_when_empty_lines_are_left_out() {
    let mut form = Form {
        kind: Kind::Quiz,
        ..typed("Which?", &["", "a", "", "b"])
    };
    form.options[3].right = true;
    assert_eq!(form.draft().expect("a draft").right[0].as_str(), "2");
}

#[test]
fn right_marks_of_another_kind_are_forgotten() {
    let mut form = typed("Which?", &["a", "b"]);
    form.options[0].right = true;
    form.board = true;
    let draft = form.draft().expect("a draft");
    assert!(draft.right.is_empty() && !draft.board);
}

#[test]
fn a_scale_has_steps_instead_of_options() {
    let form = Form {
        kind: Kind::Scale,
        max: 10,
        min: 0,
        low: "Poor".into(),
        ..typed("How was it?", &["left over"])
    };
    let draft = form.draft().expect("a draft");
    assert!(draft.options.is_empty());
    assert_eq!(
        draft.scale.map(|scale| (scale.min, scale.max, scale.high)),
        Some((0, 10, None))
    );
    assert_eq!(form.card().options.len(), 11);
}

#[test]
fn grace_belongs_to_the_picture_alone() {
    let mut form = Form {
        grace: "12".into(),
        ..typed("Now?", &["a", "b"])
    };
    assert_eq!(form.draft().expect("a draft").grace_ms.0, 12_000);
    form.time = liveroom_protocol::phase::Pace::Room;
    assert_eq!(form.draft().expect("a draft").grace_ms.0, 0);
    form.time = liveroom_protocol::phase::Pace::Picture;
    form.grace = "31".into();
    assert_eq!(
        flaws(&form),
        [(Field::Grace, "The grace is 0 to 30 seconds.".into())]
    );
}

#[test]
fn lines_pasted_into_one_option_become_many() {
    let mut form = typed("Which?", &["", "", "last"]);
    form.write_option(0, "one\n two\n\nthree\n");
    let texts: Vec<_> = form.options.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["one", "two", "three", "last"]);
    form.write_option(3, &"more\n".repeat(40));
    assert_eq!(form.options.len(), 20);
}

#[test]
fn two_lines_always_stay() {
    let mut form = typed("Which?", &["a", "b"]);
    form.remove_option(0);
    assert_eq!(form.options, [line("b"), line("")]);
    form.remove_option(9);
    assert_eq!(form.options.len(), 2);
}

#[test]
fn a_poll_can_be_made_again_from_its_card() {
    let mut form = typed("Which?", &["a", "b", "c"]);
    form.kind = Kind::Several;
    form.most = 2;
    form.options[1].image = "/b.png".into();
    let again = Form::default().like(&form.card());
    assert_eq!(
        again.draft(),
        form.draft().map(|draft| liveroom_protocol::poll::Draft {
            level: again.level,
            ..draft
        })
    );
    assert_eq!(again.options[1].image, "/b.png");
    assert!(matches!(
        again.draft().expect("a draft").options[0],
        OptionDraft::Text(_)
    ));
}

#[test]
fn the_preview_holds_a_place_for_what_is_missing() {
    let card = Form::default().card();
    assert_eq!(card.question, "Your question");
    assert_eq!(card.options[1].text, "Option 2");
    assert_eq!(Form::default().tally(&card).votes, Some(vec![0, 0]));
    assert_eq!(Card::default().right, None);
}

#[test]
fn what_was_kept_by_another_version_is_still_read() {
    let form: Form = serde_json::from_str(r#"{"question":"Kept?","unknown":1}"#).expect("a form");
    assert_eq!(form, typed("Kept?", &["", ""]));
}

#[test]
fn what_the_composer_makes_the_rules_take_and_the_preview_shows() {
    let mut forms = vec![typed("Which?", &["a", "", "b"])];
    for kind in Kind::ALL {
        for count in [2, 3, 20] {
            let texts: Vec<String> = (0..count).map(|place| format!("option {place}")).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut form = Form {
                kind,
                most: 2,
                ..typed("Which?", &texts)
            };
            form.options[0].right = true;
            form.options[1].right = count > 2;
            forms.push(form);
        }
    }
    for form in forms {
        let draft = form.draft().expect("a draft");
        let options = liveroom_rules::poll::options(&draft).expect("the rules take it");
        let card = form.card();
        assert_eq!(
            (card.options, card.max_choices),
            (options, draft.max_choices),
            "{form:?}"
        );
    }
}

#[test]
fn too_many_options_are_refused_in_the_words_of_the_rules() {
    let mut form = typed("Which?", &["a", "b"]);
    let draft = form.draft().expect("a draft");
    form.options = vec![line("again"); 21];
    let options = draft.options.iter().cloned().cycle().take(21).collect();
    let refusal =
        liveroom_rules::poll::options(&liveroom_protocol::poll::Draft { options, ..draft });
    let words = refusal.expect_err("too many").message.expect("a sentence");
    assert_eq!(flaws(&form), [(Field::Options, super::sentence(&words))]);
}

#[test]
fn points_are_a_number_or_none_and_are_taken_over_from_a_card() {
    let mut form = typed("Which?", &["a", "b"]);
    assert_eq!(form.draft().expect("a draft").who.points, None);
    form.points = "some".into();
    let (field, says) = flaws(&form).remove(0);
    assert_eq!(field, Field::Own("points"));
    assert!(says.contains("4294967295"), "{says}");
    form.points = " 250 ".into();
    assert_eq!(form.draft().expect("a draft").who.points, Some(250));
    let again = Form::default().like(&form.card());
    assert_eq!(again.points, "250");
}
