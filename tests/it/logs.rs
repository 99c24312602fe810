//! Old logs give the same rooms: recorded logs are folded, and every decision and every view is as it was.

use liveroom_rules::RULES;
use liveroom_tests::recorded::{Line, replay};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn every_recorded_log_gives_the_room_it_gave() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("logs");
    let mut numbers = BTreeSet::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "jsonl")
        {
            continue;
        }
        let lines: Vec<Line> = fs::read_to_string(&path)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let first: Value = serde_json::from_str(&lines[0].body).unwrap();
        numbers.extend(first["what"]["found"]["rules"].as_u64());
        let seen = serde_json::from_str::<Value>(
            &fs::read_to_string(path.with_extension("seen.json")).unwrap(),
        )
        .unwrap();
        assert_eq!(replay("demo", &lines), seen, "{}", path.display());
    }
    assert!(
        numbers.into_iter().eq(1..=u64::from(RULES)),
        "there is a log for every number of the rules"
    );
}
