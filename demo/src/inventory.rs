//! The inventory of what is stored of people: made from the code, so that it is what the code does.
//!
//! `liveroom-server inventory` prints it. A test looks into the files of a full server, and fails for a table or a kind of
//! value that is not in it.

use liveroom_protocol::erase::Retention;
use liveroom_rules::retention::{Class, Profile, days};
use serde::Serialize;

mod rows;

pub use rows::ROWS;

/// The kinds of values that lie beside a log, by how their places begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A viewer's question.
    Question,
    /// A viewer's reply.
    Reply,
    /// An answer for its asker alone.
    Answer,
    /// A viewer's comment in a survey.
    Comment,
    /// What a winner wrote into a claim form.
    Claim,
    /// A viewer's name.
    Name,
    /// The right answers of a quiz.
    Right,
    /// The name in reports of a viewer whose reports are being erased.
    Erase,
    /// What people call a key of the room.
    Key,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Question,
        Self::Reply,
        Self::Answer,
        Self::Comment,
        Self::Claim,
        Self::Name,
        Self::Right,
        Self::Erase,
        Self::Key,
    ];

    /// How its places begin, before the stroke.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Question => "question",
            Self::Reply => "reply",
            Self::Answer => "answer",
            Self::Comment => "comment",
            Self::Claim => "claim",
            Self::Name => "name",
            Self::Right => "right",
            Self::Erase => "erase",
            Self::Key => "key",
        }
    }

    /// The kind of what lies in a place.
    pub fn of(place: &str) -> Option<Self> {
        let (kind, _) = place.split_once('/')?;
        Self::ALL.into_iter().find(|known| known.name() == kind)
    }

    /// How long it is kept, where that is for a time.
    pub const fn class(self) -> Option<Class> {
        match self {
            Self::Question | Self::Reply | Self::Answer | Self::Comment => Some(Class::Words),
            Self::Name => Some(Class::Names),
            Self::Claim => Some(Class::Forms),
            Self::Right | Self::Erase | Self::Key => None,
        }
    }
}

/// Where something lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A table of `log.db`.
    Log(&'static str),
    /// Values of a kind in the table `private` of `log.db`.
    Beside(Kind),
    /// A table of `engagement.db`.
    Reports(&'static str),
    /// A table of `events.db`.
    Events(&'static str),
    /// A table of `runs.db`.
    Runs(&'static str),
    /// In the viewer's or the streamer's browser, under this name.
    Browser(&'static str),
    /// In the server's memory only.
    Memory,
}

/// For how long it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// So many days, which the owner may set.
    Days(Class),
    /// Until something happens.
    Event(&'static str),
}

/// A class of what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stored {
    /// What it is.
    pub what: &'static str,
    /// Where it lies.
    pub places: &'static [Place],
    /// What for.
    pub purpose: &'static str,
    /// For how long.
    pub until: Until,
    /// How one viewer's is erased.
    pub erasure: &'static str,
    /// Who can read it.
    pub readers: &'static str,
}

/// A class as it is printed.
#[derive(Serialize)]
struct Printed {
    what: &'static str,
    places: Vec<String>,
    purpose: &'static str,
    retention: String,
    erasure: &'static str,
    readers: &'static str,
}

/// What a program is asked to print.
#[derive(Debug, clap::Args)]
pub struct Inventory {
    /// As JSON instead of a table.
    #[arg(long)]
    json: bool,
}

/// Prints the inventory.
pub fn run(asked: &Inventory) -> std::process::ExitCode {
    print!("{}", if asked.json { json() } else { table() });
    std::process::ExitCode::SUCCESS
}

/// The inventory as a table in Markdown.
pub fn table() -> String {
    let mut text = String::from(
        "| what | where | purpose | kept | erased | read by |\n|---|---|---|---|---|---|\n",
    );
    for row in ROWS.iter().map(printed) {
        let cells = [
            row.what,
            &row.places.join(", "),
            row.purpose,
            &row.retention,
            row.erasure,
            row.readers,
        ];
        text += &format!("| {} |\n", cells.join(" | "));
    }
    text
}

/// The inventory as JSON: a list of objects.
pub fn json() -> String {
    let rows: Vec<Printed> = ROWS.iter().map(printed).collect();
    let text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text + "\n"
}

fn printed(row: &Stored) -> Printed {
    Printed {
        what: row.what,
        places: row.places.iter().map(|place| place.to_string()).collect(),
        purpose: row.purpose,
        retention: row.until.to_string(),
        erasure: row.erasure,
        readers: row.readers,
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Log(table) => write!(f, "log.db: {table}"),
            Self::Beside(kind) => write!(f, "log.db: private {}/…", kind.name()),
            Self::Reports(table) => write!(f, "engagement.db: {table}"),
            Self::Events(table) => write!(f, "events.db: {table}"),
            Self::Runs(table) => write!(f, "runs.db: {table}"),
            Self::Browser(name) => write!(f, "browser: {name}"),
            Self::Memory => f.write_str("memory"),
        }
    }
}

impl std::fmt::Display for Until {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let class = match self {
            Self::Event(event) => return f.write_str(event),
            Self::Days(class) => *class,
        };
        let of = |profile| days(class, profile, &Retention::default());
        write!(f, "{} days (retention.{}", of(Profile::None), class.name())?;
        let (least, most) = class.bounds();
        write!(f, ", {least} to {most}")?;
        for profile in Profile::ALL {
            if class.least(profile) > least {
                write!(f, "; {}: at least {}", profile.name(), class.least(profile))?;
            }
        }
        f.write_str(")")
    }
}
