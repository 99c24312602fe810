//! Old logs give the same rooms: recorded logs are folded, and every decision and every view is as it was.

use liveroom_tests::recorded::{Line, replay};
use std::fs;
use std::path::Path;

#[test]
fn every_recorded_log_gives_the_room_it_gave() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("logs");
    let mut logs = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "jsonl")
        {
            continue;
        }
        logs += 1;
        let lines: Vec<Line> = fs::read_to_string(&path)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let seen = serde_json::from_str::<serde_json::Value>(
            &fs::read_to_string(path.with_extension("seen.json")).unwrap(),
        )
        .unwrap();
        assert_eq!(replay("demo", &lines), seen, "{}", path.display());
    }
    assert!(logs >= 1, "there is a log for every number of the rules");
}
