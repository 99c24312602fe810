//! The files: each is read, says where its rules come from, and names each of them once.

use super::*;
use liveroom_rules::profile::{all, newest, of, stamp};
use liveroom_rules::retention::{Class, days};
use std::collections::BTreeSet;

#[test]
fn each_profile_has_a_file_whose_rules_have_names_sentences_and_sources() {
    let mut names = BTreeSet::new();
    for rules in all() {
        assert!(of(rules.stamp()).is_some_and(|same| std::ptr::eq(same, rules)));
        for rule in &rules.rules {
            let own = rule.id.starts_with(&format!("{}.", rules.name.name()));
            assert!(
                own && names.insert((rules.version, &rule.id)),
                "{}",
                rule.id
            );
            assert!(
                rule.says.ends_with('.') && rule.source.len() > 5,
                "{}",
                rule.id
            );
            assert!(!rule.widgets.is_empty(), "{}", rule.id);
        }
    }
    for profile in Profile::ALL {
        let rules = newest(profile);
        assert_eq!(rules.name, profile);
        assert_eq!(rules.rules.is_empty(), profile == Profile::None);
        assert_eq!(stamp(profile).is_none(), profile == Profile::None);
    }
}

#[test]
fn a_log_that_names_a_version_nobody_knows_is_not_followed_by_guess() {
    use liveroom_rules::record::{Entry, What};
    let mut stage = Stage::new();
    let order: Command = serde_json::from_str(r#"{"type":"room.set","profile":"cn"}"#).unwrap();
    let id = stage.fresh();
    let order = liveroom_protocol::message::Order { id, command: order };
    let append =
        liveroom_rules::private::order(&KEY, Role::Owner, STAFF, order, &stage.room).unwrap();
    let entry = append.entry;
    let altered = |version: Option<u32>| {
        let What::Command(mut ordered) = entry.what.clone() else {
            panic!("a command")
        };
        ordered.profile = version.map(|version| Stamp {
            name: Profile::Cn,
            version,
        });
        Entry {
            what: What::Command(ordered),
            ..entry.clone()
        }
    };
    for version in [None, Some(99)] {
        assert_eq!(
            refusal(stage.push(altered(version))).reason,
            Reason::Unsupported
        );
    }
    assert_eq!(stage.room.setup().profile, None);
    accepted(stage.push(altered(Some(1))));
    assert_eq!(
        stage.room.setup().profile,
        Some(Stamp {
            name: Profile::Cn,
            version: 1
        })
    );
}

#[test]
fn what_a_profile_has_kept_is_kept() {
    let said = liveroom_protocol::erase::Retention {
        log: Some(30),
        ..Default::default()
    };
    assert_eq!(days(Class::Log, Profile::Cn, &said), 3 * 365);
    for profile in [Profile::None, Profile::Eu, Profile::Uk, Profile::Us] {
        assert_eq!(days(Class::Log, profile, &said), 30);
    }
}

#[test]
fn only_the_owner_sets_a_profile() {
    for role in Role::ALL {
        let mut stage = Stage::new();
        let verdict = stage.order_as(role, r#"{"type":"room.set","profile":"us"}"#);
        assert_eq!(
            matches!(verdict, Verdict::Accepted { .. }),
            role == Role::Owner,
            "{role:?}"
        );
    }
}

#[test]
fn the_document_prints_the_rules_as_they_are() {
    use liveroom_rules::profile::{Demand, Read};
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("PROFILES.md");
    let text = std::fs::read_to_string(file).expect("the document is there");
    let read = |read: Read| match read {
        Read::Text => "its text",
        Read::Summary => "what was published about it",
        Read::Memory => "not at all: from memory",
        Read::Own => "this kit’s own",
    };
    for rules in Profile::ALL.map(newest) {
        if rules.name == Profile::None {
            continue;
        }
        let mut table = format!(
            "## `{}`, version {}: {}\n\n| rule | about | where it is not met | what it says | source | in force | read |\n|---|---|---|---|---|---|---|\n",
            rules.name.name(),
            rules.version,
            rules.place
        );
        for rule in &rules.rules {
            let widgets: Vec<&str> = rule.widgets.iter().map(|widget| widget.name()).collect();
            let effect = match (&rule.demand, rule.severity) {
                (Demand::Kept, _) => "kept by the room",
                (Demand::ExcludedShare { .. }, _) => "refuses the exclusion",
                (_, Severity::Missing) => "does not open",
                (_, Severity::Warning) => "warns",
            };
            let words = match &rule.demand {
                Demand::Words { words } => format!(" {}", words.join(", ")),
                _ => String::new(),
            };
            table += &format!(
                "| `{}` | {} | {effect} | {}{words} | {} | {} | {} |\n",
                rule.id,
                widgets.join(", "),
                rule.says,
                rule.source,
                rule.in_force.as_deref().unwrap_or_default(),
                read(rule.read)
            );
        }
        for kept in &rules.retention {
            table += &format!(
                "| `retention.{}` | what is kept | kept longer | at least {} days | {} | {} | {} |\n",
                kept.class.name(),
                kept.days,
                kept.source,
                kept.in_force.as_deref().unwrap_or_default(),
                read(kept.read)
            );
        }
        assert!(
            text.contains(&table),
            "PROFILES.md lacks this table:\n{table}"
        );
    }
}
