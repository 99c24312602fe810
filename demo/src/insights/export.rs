//! All figures as one long table, a value a line, with the dictionary in it: what a spreadsheet or a script turns as it likes.

mod beside;
mod dictionary;

use super::figures::{Value, Values};
use super::funnel::Funnel;
use super::interval::Rate;
use super::timeline::Minute;
use super::{DEFINITIONS, Insights};
use serde::Serialize;

/// One value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// `scope`, `total`, `minute`, `row`, `timeline`, `moment`, `referral`, `activity`, `coverage` or `dictionary`.
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
    beside::scope(insights, &mut lines);
    let total = Line {
        table: "total",
        ..Line::default()
    };
    for figure in &insights.figures {
        put(&mut lines, &total, figure.means.figure, &figure.value);
    }
    rates(&mut lines, &total, &insights.funnel);
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
        if let Some(funnel) = &row.funnel {
            rates(&mut lines, &start, funnel);
        }
    }
    for minute in &insights.minutes {
        step(&mut lines, minute);
    }
    beside::marks(insights, &mut lines);
    beside::coverage(insights, &mut lines);
    dictionary::all(&mut lines);
    lines
}

fn step(lines: &mut Vec<Line>, minute: &Minute) {
    let start = Line {
        table: "minute",
        at: minute.at.to_string(),
        ..Line::default()
    };
    if let Some(part) = minute.participation {
        rate(lines, &start, "participation", part);
    }
    let values = [
        ("viewers_most", minute.viewers.map(u64::from)),
        ("active", minute.active.map(u64::from)),
        ("votes", Some(minute.votes)),
        ("questions", Some(minute.questions)),
        ("units_sold", Some(minute.units_sold)),
        ("browsers", minute.browsers),
        ("refused", Some(minute.refused)),
        ("errors", Some(minute.errors)),
    ];
    for (figure, value) in values {
        if let Some(value) = value {
            put(lines, &start, figure, &Value::Count(value));
        }
    }
}

/// The rates of a funnel.
fn rates(lines: &mut Vec<Line>, start: &Line, funnel: &Funnel) {
    for (figure, part) in funnel.rates() {
        if let Some(part) = part {
            rate(lines, start, figure, part);
        }
    }
}

/// What a rate is made of, and how sure it is, under its figure's name with an ending; under the name itself where the figure is no
/// count. Nothing of nobody.
fn rate(lines: &mut Vec<Line>, start: &Line, figure: &str, rate: Rate) {
    let (Some(means), Some(part)) = (super::definitions::definition(figure), rate.rate) else {
        return;
    };
    let share = |share: f64| format!("{share:.4}");
    if means.unit == "rate" {
        lines.extend(line(start, figure, share(part), None));
    }
    let values = [
        rate.count.to_string(),
        rate.of.to_string(),
        share(rate.low),
        share(rate.high),
    ];
    for (part, value) in dictionary::PARTS.iter().zip(values) {
        lines.push(Line {
            figure: format!("{figure}_{}", part.ending),
            population: means.population.name(),
            value,
            unit: part.unit.to_owned(),
            ..start.clone()
        });
    }
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
