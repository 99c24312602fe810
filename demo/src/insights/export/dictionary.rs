//! What every line of an export means: the definitions of figures, and of what stands in a file alone.

use super::{DEFINITIONS, Line};
use crate::insights::definitions::definition;
use crate::insights::funnel::Funnel;

/// Something that a rate is told by, under its name with an ending.
pub(super) struct Part {
    pub(super) ending: &'static str,
    pub(super) unit: &'static str,
    label: &'static str,
    definition: &'static str,
}

/// How a rate is told; in the order in which its values are given.
#[rustfmt::skip]
pub(super) const PARTS: [Part; 4] = [
    Part { ending: "count", unit: "count", label: "how many did", definition: "How many did, of those of whom the rate is." },
    Part { ending: "of", unit: "count", label: "of how many", definition: "How many could: the population of the rate." },
    Part { ending: "low", unit: "rate", label: "at least", definition: "The lower end of Wilson's interval, which holds the true rate 95 times in 100." },
    Part { ending: "high", unit: "rate", label: "at most", definition: "The upper end of Wilson's interval, which holds the true rate 95 times in 100." },
];

/// What is no figure, by the table in which it stands: its name there, its name for people, the unit, and what it means.
#[rustfmt::skip]
const BESIDE: [(&str, &str, &str, &str, &str); 19] = [
    ("scope", "room", "Room", "room", "The room that this file is of."),
    ("scope", "show", "Show", "show", "The show that this file is of, or `all`; its title stands as the label."),
    ("scope", "brand", "Brand", "brand", "The brand of whose activities alone this file is; of all where there is no such line."),
    ("scope", "from", "From", "ISO 8601", "The begin of the first minute that is counted."),
    ("scope", "to", "To", "ISO 8601", "The end of the last minute that is counted. Sales of a show that were settled later are in its totals and rows."),
    ("scope", "made_at", "Made at", "ISO 8601", "When this file was put together, by the room's clock."),
    ("scope", "step", "Length of a step", "milliseconds", "How long a line of the table `minute` is."),
    ("scope", "since", "All is kept since", "ISO 8601", "From when on all is kept, where something was forgotten."),
    ("moment", "acts", "Actions", "acts", "What viewers did in a lively moment, which begins at `at`; in its activity they did most."),
    ("moment", "ends", "End of the moment", "milliseconds since 1970", "When the moment ends that begins at `at`."),
    ("referral", "arrivals", "Arrivals by a link", "page loads", "Page loads that arrived by the share link whose code is the key."),
    ("coverage", "browsers_reporting", "Browsers that reported", "browsers", "Browsers that reported anything: what the population `reports` is of."),
    ("activity", "level", "Takes", "identity", "The least identity that the activity takes: a browser, an account, or a person."),
    ("activity", "proof", "Proof", "address", "Where the proof of a draw is."),
    ("activity", "profile", "Profile", "profile and version", "The profile that the activity opened under, and its version."),
    ("activity", "left", "Units left", "units", "Units of a deal that are left now."),
    ("activity", "total", "Units in all", "units", "Units of a deal in all."),
    ("activity", "winners", "Winners", "winners", "Winners of a draw that was held."),
    ("activity", "open_claims", "Open claims", "claims", "Claims and prizes that wait for their end now."),
];

/// All of it.
pub(super) fn all(lines: &mut Vec<Line>) {
    lines.extend(DEFINITIONS.iter().map(|known| Line {
        table: "dictionary",
        label: known.label.to_owned(),
        figure: known.figure.to_owned(),
        population: known.population.name(),
        unit: known.unit.to_owned(),
        definition: known.definition,
        ..Line::default()
    }));
    let rates = Funnel::default().rates().map(|(figure, _)| figure);
    for figure in rates.into_iter().chain(["participation"]) {
        let Some(means) = definition(figure) else {
            continue;
        };
        lines.extend(PARTS.iter().map(|part| Line {
            table: "dictionary",
            label: format!("{}: {}", means.label, part.label),
            figure: format!("{figure}_{}", part.ending),
            population: means.population.name(),
            unit: part.unit.to_owned(),
            definition: part.definition,
            ..Line::default()
        }));
    }
    lines.extend(BESIDE.map(|(table, figure, label, unit, definition)| Line {
        table: "dictionary",
        key: table.to_owned(),
        label: label.to_owned(),
        figure: figure.to_owned(),
        population: if table == "referral" || figure == "browsers_reporting" {
            "reports"
        } else {
            "room"
        },
        unit: unit.to_owned(),
        definition,
        ..Line::default()
    }));
}
