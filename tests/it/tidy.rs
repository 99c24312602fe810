//! The rules of the house, so that nobody need remember them.

use liveroom_protocol::Widget;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap()
}

/// Every source file of the house with one of these endings, as a path from the top, and its text.
fn files(endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = ["widgets", "styles", "demo", "tests"]
        .map(|folder| top().join(folder))
        .to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                if !matches!(name, "node_modules" | "target" | "corpus" | "artifacts") {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let short = path
                    .strip_prefix(top())
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.push((short, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

fn complain(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_can_be_read_at_a_sitting() {
    let limit = |name: &str| match name.rsplit('.').next() {
        Some("rs") if name.starts_with("tests/") || name.contains("/tests/") => 350,
        Some("mjs") => 350,
        _ => 300,
    };
    let faults: Vec<String> = files(&[".rs", ".js", ".mjs", ".css", ".html"])
        .iter()
        .filter(|(name, text)| text.lines().count() > limit(name))
        .map(|(name, text)| {
            format!(
                "{name}: {} lines, at most {}",
                text.lines().count(),
                limit(name)
            )
        })
        .collect();
    complain(&faults);
}

#[test]
fn every_file_says_on_its_first_line_what_it_is_for() {
    let says = |name: &str, text: &str| {
        let first = text
            .lines()
            .find(|line| !line.starts_with("#!"))
            .unwrap_or_default();
        match name.rsplit('.').next() {
            Some("rs") => first.starts_with("//! "),
            Some("css") => first.starts_with("/* "),
            Some("js" | "mjs") => {
                first.starts_with("// ") || first.starts_with("/* ") || first.starts_with("/** ")
            }
            _ => true,
        }
    };
    let faults: Vec<String> = files(&[".rs", ".js", ".mjs", ".css"])
        .into_iter()
        .filter(|(name, text)| !says(name, text))
        .map(|(name, _)| format!("{name}: its first line does not say what it is for"))
        .collect();
    complain(&faults);
}

#[test]
fn every_widget_is_in_every_drawer() {
    let mut faults = Vec::new();
    for name in Widget::ALL.map(Widget::name) {
        for file in [
            format!("widgets/protocol/src/{name}.rs"),
            format!("widgets/rules/src/{name}.rs"),
            format!("widgets/rules/tests/it/{name}.rs"),
            format!("widgets/components/src/{name}.rs"),
            format!("styles/{name}.css"),
            format!("tests/it/{name}.rs"),
            format!("tests/browser/{name}.test.mjs"),
        ] {
            if !top().join(&file).exists() {
                faults.push(format!("{file} is missing"));
            }
        }
        let action = format!("tests/wire/action.{name}-");
        if !files(&[".json"])
            .iter()
            .any(|(file, _)| file.starts_with(&action))
        {
            faults.push(format!("{action}*.json is missing"));
        }
    }
    complain(&faults);
}

#[test]
fn arrows_point_inward() {
    let may: [(&str, &[&str]); 9] = [
        ("widgets/protocol", &[]),
        ("widgets/rules", &["liveroom-protocol"]),
        ("widgets/components", &["liveroom-protocol"]),
        ("styles", &[]),
        (
            "widgets/elements",
            &["liveroom-protocol", "liveroom", "liveroom-styles"],
        ),
        ("widgets/practice", &["liveroom-protocol", "liveroom-rules"]),
        (
            "widgets/studio",
            &["liveroom-protocol", "liveroom", "liveroom-styles"],
        ),
        ("demo", &["liveroom-protocol", "liveroom-rules"]),
        ("demo/pack", &["liveroom-protocol"]),
    ];
    let mut faults = Vec::new();
    for (folder, allowed) in may {
        for used in dependencies(folder)
            .iter()
            .filter(|name| name.starts_with("liveroom"))
        {
            if !allowed.contains(&used.as_str()) {
                faults.push(format!("{folder} may not use {used}"));
            }
        }
    }
    complain(&faults);
}

/// What a crate depends on when it is used; not what its own tests need.
fn dependencies(folder: &str) -> BTreeSet<String> {
    let manifest = fs::read_to_string(top().join(folder).join("Cargo.toml")).unwrap();
    let mut section = "";
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line.trim();
            continue;
        }
        let used = section == "[dependencies]"
            || (section.starts_with("[target") && section.ends_with(".dependencies]"));
        let name = line.split_once(['.', ' ', '=']).map(|(name, _)| name);
        // What is optional is asked for by a feature that no page turns on.
        if let Some(name) = name.filter(|name| {
            used && !name.is_empty() && !name.starts_with('#') && !line.contains("optional")
        }) {
            names.insert(name.to_owned());
        }
    }
    names
}

#[test]
fn the_middle_reaches_for_nothing_outside() {
    let mut faults = Vec::new();
    for (folder, forbidden) in [
        (
            "widgets/protocol",
            &[
                "web-sys",
                "js-sys",
                "wasm-bindgen",
                "tokio",
                "rand",
                "getrandom",
                "yew",
            ][..],
        ),
        (
            "widgets/rules",
            &[
                "web-sys",
                "js-sys",
                "wasm-bindgen",
                "tokio",
                "rand",
                "getrandom",
                "yew",
            ],
        ),
        (
            // `web-sys` only for what is typed; `serde_json` only in the gallery.
            "widgets/components",
            &["js-sys", "wasm-bindgen", "gloo", "serde_json"],
        ),
    ] {
        let used = dependencies(folder);
        faults.extend(
            forbidden
                .iter()
                .filter(|name| used.contains(**name))
                .map(|name| format!("{folder} may not use {name}")),
        );
    }
    for (name, text) in files(&[".rs"]) {
        let pure = name.starts_with("widgets/rules/src")
            || name.starts_with("widgets/protocol/src")
            || name.starts_with("widgets/components/src");
        for word in [
            "SystemTime",
            "Instant::",
            "std::fs",
            "std::net",
            "thread_rng",
        ] {
            let product = text.split("#[cfg(test)]").next().unwrap_or_default();
            if pure && product.contains(word) {
                faults.push(format!(
                    "{name} names {word}: time and chance are arguments, effects are at the rim"
                ));
            }
        }
    }
    complain(&faults);
}

#[test]
fn every_token_of_the_style_sheets_is_declared() {
    let tokens = fs::read_to_string(top().join("styles/tokens.css")).unwrap();
    let declared: BTreeSet<&str> = tokens
        .split("--live-")
        .skip(1)
        .filter_map(|rest| rest.split_once(':').map(|(name, _)| name.trim()))
        .collect();
    let mut faults = Vec::new();
    for (name, text) in files(&[".css"])
        .iter()
        .filter(|(name, _)| name.starts_with("styles/"))
    {
        for used in text
            .split("var(--live-")
            .skip(1)
            .filter_map(|rest| rest.split([')', ',']).next())
        {
            if !declared.contains(used.trim()) {
                faults.push(format!(
                    "{name}: --live-{used} is not declared in tokens.css"
                ));
            }
        }
    }
    complain(&faults);
}

#[test]
fn the_product_writes_no_raw_html_and_no_style_attribute() {
    let words = [
        "inner".to_owned() + "HTML",
        "insertAdjacent".to_owned() + "HTML",
        "from_html_".to_owned() + "unchecked",
        "document.wri".to_owned() + "te",
        "ev".to_owned() + "al(",
        " style=".to_owned(),
    ];
    let mut faults = Vec::new();
    for (name, text) in files(&[".rs", ".js", ".html"]) {
        if !(name.starts_with("widgets/") || name.starts_with("demo/")) {
            continue;
        }
        faults.extend(
            words
                .iter()
                .filter(|word| text.contains(*word))
                .map(|word| format!("{name} has {word}")),
        );
    }
    complain(&faults);
}

#[test]
fn nothing_is_left_for_later_without_saying_so() {
    let words = [
        "TO".to_owned() + "DO",
        "FIX".to_owned() + "ME",
        "X".repeat(3),
        "#[ign".to_owned() + "ore",
    ];
    let mut faults = Vec::new();
    for (name, text) in files(&[".rs", ".js", ".mjs", ".css"]) {
        faults.extend(
            words
                .iter()
                .filter(|word| text.contains(*word))
                .map(|word| format!("{name} has {word}")),
        );
    }
    complain(&faults);
}

#[test]
fn no_drawer_is_called_by_a_word_without_a_meaning() {
    let faults: Vec<String> = files(&[".rs", ".js", ".mjs"])
        .into_iter()
        .filter(|(name, _)| {
            let stem = Path::new(name).file_stem().unwrap().to_str().unwrap();
            matches!(
                stem,
                "util"
                    | "utils"
                    | "core"
                    | "common"
                    | "helper"
                    | "helpers"
                    | "manager"
                    | "service"
                    | "types"
                    | "misc"
                    | "mod"
            )
        })
        .map(|(name, _)| format!("{name}: a file without a noun has no reason"))
        .collect();
    complain(&faults);
}
