//! What stands in an export beside its figures, so that the file says by itself what it is of.

use super::Line;
use crate::insights::Insights;
use liveroom_protocol::identity::Level;
use liveroom_protocol::time::rfc3339;

/// The unit of an instant.
const MILLISECONDS: &str = "milliseconds since 1970";
/// The unit of an instant that people read too.
const ISO: &str = "ISO 8601";

/// Of what room, show and time, and when that was put together.
pub(super) fn scope(insights: &Insights, lines: &mut Vec<Line>) {
    let within = &insights.scope;
    let mut shows = insights.shows.iter();
    let show = shows.find(|show| within.show.as_deref() == Some(show.id.as_str()));
    let title = show.and_then(|show| show.title.clone());
    let all = || String::from("all");
    let at = |at: u64| Some(rfc3339(at));
    let values = [
        ("room", Some(insights.room.to_string()), "room"),
        (
            "show",
            Some(within.show.clone().unwrap_or_else(all)),
            "show",
        ),
        ("brand", within.brand.clone(), "brand"),
        ("from", at(within.from), ISO),
        ("to", at(within.to), ISO),
        ("made_at", at(insights.at.0), ISO),
        ("step", Some(within.step.to_string()), "milliseconds"),
        ("since", within.since.and_then(at), ISO),
    ];
    lines.extend(values.into_iter().filter_map(|(figure, value, unit)| {
        Some(Line {
            table: "scope",
            label: title
                .clone()
                .filter(|_| figure == "show")
                .unwrap_or_default(),
            figure: figure.to_owned(),
            population: "room",
            value: value?,
            unit: unit.to_owned(),
            ..Line::default()
        })
    }));
}

/// What is no figure: what happened when, by which links viewers came, and how activities stand.
pub(super) fn marks(insights: &Insights, lines: &mut Vec<Line>) {
    lines.extend(insights.timeline.iter().map(|mark| {
        Line {
            table: "timeline",
            key: mark.activity.clone().unwrap_or_default(),
            label: mark.label.clone().unwrap_or_default(),
            at: mark.at.0.to_string(),
            figure: mark.what.to_owned(),
            population: "room",
            value: mark
                .on_air
                .iter()
                .map(|name| name.as_str())
                .collect::<Vec<_>>()
                .join(" "),
            unit: String::from("on air"),
            ..Line::default()
        }
    }));
    for moment in &insights.moments {
        let acts = Line {
            table: "moment",
            key: moment.activity.clone(),
            label: moment.label.clone(),
            at: moment.from.to_string(),
            figure: String::from("acts"),
            population: "room",
            value: moment.acts.to_string(),
            unit: String::from("acts"),
            ..Line::default()
        };
        let ends = Line {
            figure: String::from("ends"),
            value: moment.to.to_string(),
            unit: String::from(MILLISECONDS),
            ..acts.clone()
        };
        lines.extend([acts, ends]);
    }
    lines.extend(insights.referrals.iter().map(|link| Line {
        table: "referral",
        key: link.code.clone(),
        figure: String::from("arrivals"),
        population: "reports",
        value: link.arrivals.to_string(),
        unit: String::from("page loads"),
        ..Line::default()
    }));
    activities(insights, lines);
}

/// How activities stand.
fn activities(insights: &Insights, lines: &mut Vec<Line>) {
    for known in &insights.activities {
        let texts = [
            ("level", Some(level(known.level).to_owned()), "identity"),
            ("proof", known.proof.clone(), "address"),
            (
                "profile",
                known.profile.map(|stamp| stamp.to_string()),
                "profile and version",
            ),
        ];
        let values = [
            ("participants", Some(known.participants)),
            ("left", known.left),
            ("total", known.total),
            ("winners", known.winners),
            ("open_claims", Some(known.open_claims)),
        ];
        let counts = values.map(|(figure, value)| {
            let value = value.map(|value| value.to_string());
            (figure, value, known.widget)
        });
        lines.extend(texts.into_iter().chain(counts).filter_map(|said| {
            let (figure, value, unit) = said;
            Some(Line {
                table: "activity",
                key: known.id.clone(),
                label: known.label.clone(),
                figure: figure.to_owned(),
                population: "room",
                value: value?,
                unit: unit.to_owned(),
                ..Line::default()
            })
        }));
    }
}

/// How much of the audience reports, so that a table taken alone says what its reports are of.
pub(super) fn coverage(insights: &Insights, lines: &mut Vec<Line>) {
    let said = &insights.coverage;
    let values = [
        (
            "browsers_reporting",
            "reports",
            Some(said.browsers_reporting),
        ),
        ("viewers_most", "room", said.viewers_most.map(u64::from)),
        ("participants", "room", said.participants),
    ];
    lines.extend(
        values
            .into_iter()
            .filter_map(|(figure, population, value)| {
                Some(Line {
                    table: "coverage",
                    figure: figure.to_owned(),
                    population,
                    value: value?.to_string(),
                    ..Line::default()
                })
            }),
    );
}

/// The word of a level on the wire.
const fn level(level: Level) -> &'static str {
    match level {
        Level::Device => "device",
        Level::Token => "token",
        Level::Verified => "verified",
    }
}
