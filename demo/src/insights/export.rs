//! All figures as one long table, a value a line, with the dictionary in it: what a spreadsheet or a script turns as it likes.

use super::figures::{Value, Values};
use super::{DEFINITIONS, Insights};
use liveroom_protocol::identity::Level;
use serde::Serialize;

/// One value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `total`, `minute`, `row`, `timeline`, `moment`, `referral`, `activity`, `coverage` or `dictionary`.
    pub table: &'static str,
    /// The row's key, or the activity's name.
    pub key: String,
    /// Its name for people.
    pub label: String,
    /// When, as milliseconds since 1970; empty where it is of the whole time.
    pub at: String,
    /// Which figure.
    pub figure: String,
    /// Whose doings: `room` or `reports`.
    pub population: &'static str,
    /// The value, as text.
    pub value: String,
    /// The unit; of money the currency.
    pub unit: String,
    /// What the figure means, in the dictionary.
    pub definition: &'static str,
    /// By what rows are told apart.
    pub by: &'static str,
}

/// The headings.
pub const HEADINGS: [&str; 10] = [
    "table",
    "key",
    "label",
    "at",
    "figure",
    "population",
    "value",
    "unit",
    "definition",
    "by",
];

impl Line {
    /// Its cells, under the headings.
    pub fn cells(&self) -> [&str; 10] {
        [
            self.table,
            &self.key,
            &self.label,
            &self.at,
            &self.figure,
            self.population,
            &self.value,
            &self.unit,
            self.definition,
            self.by,
        ]
    }
}

/// All values of it.
pub fn lines(insights: &Insights) -> Vec<Line> {
    let mut lines = Vec::new();
    for figure in &insights.figures {
        let start = Line {
            table: "total",
            ..Line::default()
        };
        put(&mut lines, &start, figure.means.figure, &figure.value);
    }
    let further = insights.further.iter();
    let further = further.flat_map(|rows| rows.rows.iter().map(|row| (rows.by, row)));
    let rows = insights.rows.iter().map(|row| (insights.by, row));
    for (by, row) in rows.chain(further) {
        let start = Line {
            table: "row",
            by: by.name(),
            key: row.key.clone(),
            label: row.label.clone().unwrap_or_default(),
            ..Line::default()
        };
        for values in [&row.room, &row.reports].into_iter().flatten() {
            all(&mut lines, &start, values);
        }
    }
    for minute in &insights.minutes {
        let start = Line {
            table: "minute",
            at: minute.at.to_string(),
            ..Line::default()
        };
        if let Some(viewers) = minute.viewers {
            put(
                &mut lines,
                &start,
                "viewers_most",
                &Value::Count(viewers.into()),
            );
        }
        if let Some(rate) = minute.participation.and_then(|part| part.rate) {
            lines.extend(line(&start, "participation", format!("{rate:.4}"), None));
        }
        let values = [
            ("active", minute.active.into()),
            ("votes", minute.votes),
            ("questions", minute.questions),
            ("units_sold", minute.units_sold),
            ("browsers", minute.browsers),
            ("refused", minute.refused),
            ("errors", minute.errors),
        ];
        for (figure, value) in values {
            put(&mut lines, &start, figure, &Value::Count(value));
        }
    }
    marks(insights, &mut lines);
    coverage(insights, &mut lines);
    lines.extend(DEFINITIONS.iter().map(|known| Line {
        table: "dictionary",
        label: known.label.to_owned(),
        figure: known.figure.to_owned(),
        population: known.population.name(),
        unit: known.unit.to_owned(),
        definition: known.definition,
        ..Line::default()
    }));
    lines
}

/// What is no figure: what happened when, and how activities stand.
fn marks(insights: &Insights, lines: &mut Vec<Line>) {
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
    lines.extend(insights.moments.iter().map(|moment| Line {
        table: "moment",
        key: moment.activity.clone(),
        label: moment.label.clone(),
        at: moment.from.to_string(),
        figure: String::from("acts"),
        population: "room",
        value: moment.acts.to_string(),
        unit: String::from("acts"),
        ..Line::default()
    }));
    lines.extend(insights.referrals.iter().map(|link| Line {
        table: "referral",
        key: link.code.clone(),
        figure: String::from("arrivals"),
        population: "reports",
        value: link.arrivals.to_string(),
        unit: String::from("page loads"),
        ..Line::default()
    }));
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
        lines.extend(texts.into_iter().filter_map(|(figure, value, unit)| {
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
        let values = [
            ("participants", Some(known.participants)),
            ("left", known.left),
            ("total", known.total),
            ("winners", known.winners),
            ("open_claims", Some(known.open_claims)),
        ];
        lines.extend(values.into_iter().filter_map(|(figure, value)| {
            Some(Line {
                table: "activity",
                key: known.id.clone(),
                label: known.label.clone(),
                figure: figure.to_owned(),
                population: "room",
                value: value?.to_string(),
                unit: known.widget.to_owned(),
                ..Line::default()
            })
        }));
    }
}

/// How much of the audience reports, so that a table taken alone says what its reports are of.
fn coverage(insights: &Insights, lines: &mut Vec<Line>) {
    let said = &insights.coverage;
    let values = [
        ("browsers_reporting", "reports", said.browsers_reporting),
        ("viewers_most", "room", said.viewers_most.into()),
        ("participants", "room", said.participants),
    ];
    lines.extend(values.map(|(figure, population, value)| Line {
        table: "coverage",
        figure: figure.to_owned(),
        population,
        value: value.to_string(),
        ..Line::default()
    }));
}

fn all(lines: &mut Vec<Line>, start: &Line, values: &Values) {
    for (figure, value) in values {
        put(lines, start, figure, value);
    }
}

fn put(lines: &mut Vec<Line>, start: &Line, figure: &str, value: &Value) {
    match value {
        Value::Count(count) => lines.extend(line(start, figure, count.to_string(), None)),
        Value::Money(money) => {
            let money = money.iter();
            lines.extend(money.filter_map(|(currency, value)| {
                line(start, figure, value.clone(), Some(currency.as_str()))
            }));
        }
    }
}

/// One value of a figure that is defined, in a unit of its own or the figure's.
fn line(start: &Line, figure: &str, value: String, unit: Option<&str>) -> Option<Line> {
    let means = super::definitions::definition(figure)?;
    Some(Line {
        figure: figure.to_owned(),
        population: means.population.name(),
        value,
        unit: unit.unwrap_or(means.unit).to_owned(),
        ..start.clone()
    })
}

/// The word of a level on the wire.
const fn level(level: Level) -> &'static str {
    match level {
        Level::Device => "device",
        Level::Token => "token",
        Level::Verified => "verified",
    }
}
