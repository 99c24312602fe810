//! Similar questions against pairs that were labelled by hand: how many are found, and how many of those are right.

use liveroom_protocol::qna::similar::{Index, LIKELY, Sketch, similar, similarity};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const LANGUAGES: [&str; 6] = ["en", "es", "zh-hans", "zh-hant", "ja", "ar"];

/// What a change may not fall below on the lines that were not tuned on, all languages together.
///
/// What is offered wrongly costs every viewer a line that they must read, and one who is content with it a question
/// that is never asked; what is not found costs the streamer a merge. So the first is held close to what was measured
/// when this was written (0.88), the second (0.90) may give way to it.
const PRECISION: f64 = 0.85;
const RECALL: f64 = 0.8;
/// Of one language there are 26 or 34 such lines, so that one of them is worth up to 0.08.
const PRECISION_OF_ONE: f64 = 0.75;
const RECALL_OF_ONE: f64 = 0.65;

/// Of the pairs of one half: found and right, found and wrong, not found though the same.
#[derive(Clone, Copy, Default)]
struct Found {
    right: u32,
    wrong: u32,
    missed: u32,
    pairs: u32,
}

impl Found {
    fn precision(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.wrong).max(1))
    }

    fn recall(self) -> f64 {
        f64::from(self.right) / f64::from((self.right + self.missed).max(1))
    }

    fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
            pairs: self.pairs + other.pairs,
        }
    }
}

/// The labelled pairs of a language, in their order: whether they are the same, and the two.
fn pairs(language: &str) -> Vec<(bool, String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/similar/{language}.tsv"));
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|line| {
            let (label, pair) = line.split_once('\t').unwrap();
            let (one, other) = pair.split_once('\t').unwrap();
            let same = match label {
                "same" => true,
                "other" => false,
                label => panic!("a pair is same or other, and not {label}"),
            };
            (same, one.to_owned(), other.to_owned())
        })
        .collect()
}

/// The lines with an odd number, which were tuned on, and the others.
fn halves(language: &str) -> [Found; 2] {
    let mut halves = [Found::default(); 2];
    for (place, (same, one, other)) in pairs(language).iter().enumerate() {
        let half = &mut halves[place % 2];
        let found = similarity(&Sketch::new(one), &Sketch::new(other)) >= LIKELY;
        half.pairs += 1;
        half.right += u32::from(found && *same);
        half.wrong += u32::from(found && !*same);
        half.missed += u32::from(!found && *same);
    }
    halves
}

fn print(language: &str, halves: [Found; 2]) {
    for (half, found) in ["tuned on", "held out"].into_iter().zip(halves) {
        println!(
            "{language:8} {half}  {:3} pairs  precision {:.2}  recall {:.2}  wrong {:2}  missed {:2}",
            found.pairs,
            found.precision(),
            found.recall(),
            found.wrong,
            found.missed
        );
    }
}

#[test]
fn the_same_question_is_found_in_other_words_and_another_seldom_taken_for_it() {
    let mut all = [Found::default(); 2];
    let mut faults = Vec::new();
    for language in LANGUAGES {
        let halves = halves(language);
        print(language, halves);
        all = [all[0].and(halves[0]), all[1].and(halves[1])];
        if halves[1].precision() < PRECISION_OF_ONE || halves[1].recall() < RECALL_OF_ONE {
            faults.push(language);
        }
    }
    print("all", all);
    let [tuned, held] = all;
    assert!(tuned.pairs + held.pairs >= 240);
    assert!(
        held.precision() >= PRECISION,
        "precision {}",
        held.precision()
    );
    assert!(held.recall() >= RECALL, "recall {}", held.recall());
    assert!(faults.is_empty(), "below the floor: {faults:?}");
}

#[test]
fn five_thousand_known_questions_are_searched_between_two_keys() {
    let known: Vec<Sketch> = LANGUAGES
        .into_iter()
        .flat_map(pairs)
        .flat_map(|(_, one, other)| [one, other])
        .map(|question| Sketch::new(&question))
        .collect();
    let typed = "Does the red dress come in size M and when do you ship it?";
    // The quickest of some: what else the machine does is not what is measured.
    let taken = (0..10)
        .map(|_| {
            let many = known.iter().cycle().take(5_000).enumerate();
            let begun = Instant::now();
            assert!(similar(typed, many, 3).len() <= 3);
            begun.elapsed()
        })
        .min()
        .unwrap();
    println!(
        "one question among 5000: {} microseconds",
        taken.as_micros()
    );
    // Far above what it takes, below what a typist feels.
    assert!(taken < Duration::from_millis(50), "{taken:?}");
}

#[test]
fn a_room_finds_one_of_five_thousand_questions_before_the_typist_looks_up() {
    let texts: Vec<String> = LANGUAGES
        .into_iter()
        .flat_map(pairs)
        .flat_map(|(_, one, other)| [one, other])
        .collect();
    // Each a little other than the one it was made from, so that no piece is held by all of them alone.
    let many = texts.iter().cycle().take(5_000).enumerate();
    let begun = Instant::now();
    let mut index = Index::default();
    for (number, text) in many {
        index.add(Sketch::new(&format!("{text} {number}")));
    }
    let learnt = begun.elapsed() / 5_000;
    let typed = Sketch::new(&format!("{} 4321", texts[4_321 % texts.len()]));
    let (taken, found) = (0..10)
        .map(|_| {
            let begun = Instant::now();
            let found = index.similar(&typed, |_| true, 5);
            (begun.elapsed(), found)
        })
        .min()
        .unwrap();
    println!(
        "a room's index: {} microseconds a question, {} to learn one",
        taken.as_micros(),
        learnt.as_micros()
    );
    assert_eq!(found.first(), Some(&(4_321, 100)));
    assert!(taken < Duration::from_millis(20), "{taken:?}");
    assert!(learnt < Duration::from_millis(20), "{learnt:?}");
}
