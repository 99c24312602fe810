//! The fuzzer's corpus, replayed: no bytes make the decoder or the fold panic.

use std::fs;
use std::path::Path;

#[path = "../fuzz/decode.rs"]
mod fuzz;

#[test]
fn no_frame_of_the_corpus_makes_a_room_panic() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/decode");
    let (mut read, mut refused) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        if fuzz::decode(&fs::read(entry.unwrap().path()).unwrap()) {
            read += 1;
        } else {
            refused += 1;
        }
    }
    assert!(
        read >= 40 && refused >= 20,
        "{read} frames were read, {refused} refused"
    );
}

#[test]
fn hostile_frames_are_refused_with_a_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/decode");
    for name in [
        "empty",
        "null",
        "deep",
        "deep-object",
        "nul",
        "not-utf8",
        "lone-surrogate",
        "twice",
        "huge-number",
        "nan",
        "negative",
        "over",
        "bom",
        "unknown",
        "id-long",
        "id-path",
        "script-picture",
        "script-link",
        "amount",
        "currency",
        "stock-negative",
        "unseen",
        "entrant",
    ] {
        let bytes = fs::read(folder.join(format!("hostile-{name}"))).unwrap();
        assert!(!fuzz::decode(&bytes), "{name} was taken");
    }
}
