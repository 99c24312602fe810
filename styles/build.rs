//! Joins the files of each sheet that a viewer loads, without what only a reader needs: comments and the white space of the layout.

use std::env;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Each sheet with its files, in the order in which they override each other.
const SHEETS: [(&str, &[&str]); 7] = [
    ("tokens.css", &["tokens.css"]),
    (
        "base.css",
        &["base.css", "frame.css", "field.css", "shares.css"],
    ),
    ("room.css", &["room.css"]),
    (
        "poll.css",
        &[
            "poll.css",
            "poll/options.css",
            "poll/scale.css",
            "poll/survey.css",
            "poll/tell.css",
            "poll/places.css",
        ],
    ),
    (
        "lottery.css",
        &["lottery.css", "lottery/draw.css", "lottery/claim.css"],
    ),
    ("qna.css", &["qna.css", "qna/row.css"]),
    ("deal.css", &["deal.css", "deal/claims.css"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    println!("cargo::rerun-if-changed=build.rs");
    for (name, files) in SHEETS {
        let mut sheet = String::new();
        for file in files {
            println!("cargo::rerun-if-changed={file}");
            sheet.push_str(&bare(&fs::read_to_string(file)?));
        }
        fs::write(Path::new(&out).join(name), sheet)?;
    }
    Ok(())
}

/// The rules alone. No text in our sheets holds a brace, a semicolon or two spaces, so that no text is changed.
fn bare(css: &str) -> String {
    let mut rules = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        rules.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    rules.push_str(rest);
    let mut bare = String::with_capacity(rules.len());
    for word in rules.split_whitespace() {
        let joins =
            bare.is_empty() || bare.ends_with(['{', '}', ';', ',']) || word == "{" || word == "}";
        if !joins {
            bare.push(' ');
        }
        bare.push_str(word);
    }
    bare
}
