//! Reading what was counted: by place, by minute, and how far each browser got.

use super::standing::groups;
use super::{Collector, Count, Failed, Group, Step};
use liveroom_protocol::engagement::{Dropped, Ledger};
use liveroom_protocol::id::RoomId;
use rusqlite::{Connection, Row};
use std::collections::{BTreeMap, HashMap};

/// Of which room, in which show if it is one, and from when until before when; milliseconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Within {
    /// Which room.
    pub room: RoomId,
    /// In this show only.
    pub show: Option<String>,
    /// From the minute that begins then.
    pub from: u64,
    /// Until before the minute that begins then.
    pub to: u64,
}

/// What reports belong to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The activity; empty for what is of the room as a whole.
    pub activity: String,
    /// The widget.
    pub widget: String,
    /// Where the viewer was: `page`, `overlay`.
    pub channel: String,
    /// The show that ran.
    pub show: String,
    /// Who was on air.
    pub on_air: Vec<String>,
}

/// How far one browser got in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The place.
    pub place: i64,
    /// The browser, by a number that is good within this reading: a viewer's pseudonym, or a page load where there is none.
    pub browser: u32,
    steps: u8,
}

impl Reach {
    /// Whether it got to a step.
    pub const fn has(self, step: Step) -> bool {
        self.steps & (1 << step.number()) != 0
    }
}

/// All that was counted within some time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counted {
    /// Places by their numbers.
    pub places: BTreeMap<i64, Place>,
    /// Counts by place, minute, type and detail.
    pub counts: Vec<Count>,
    /// How far browsers got.
    pub reach: Vec<Reach>,
    /// Of which tier and segments browsers' viewers are, as far as the room said so.
    pub groups: HashMap<u32, Group>,
    /// Browsers that reported in a minute.
    pub reporting: BTreeMap<u64, u64>,
    /// What orders were worth: place, minute, currency, ten-thousandths.
    pub values: Vec<(i64, u64, String, u128)>,
    /// The most viewers connected at once in a minute.
    pub viewers: BTreeMap<u64, u32>,
    /// Reports that were dropped, by reason, of the page loads that reported.
    pub dropped: BTreeMap<Dropped, u64>,
    /// The last minute in which anything came.
    pub last: Option<u64>,
}

impl Counted {
    /// What is left of it where only some places may be known: nothing that is of the room as a whole.
    #[must_use]
    pub fn only(mut self, wanted: impl Fn(&Place) -> bool) -> Self {
        self.places.retain(|_, place| wanted(place));
        let places = self.places;
        self.counts
            .retain(|count| places.contains_key(&count.place));
        self.reach.retain(|reach| places.contains_key(&reach.place));
        self.values.retain(|(place, ..)| places.contains_key(place));
        Self {
            last: self.counts.last().map(|count| count.minute),
            places,
            counts: self.counts,
            reach: self.reach,
            groups: self.groups,
            values: self.values,
            ..Self::default()
        }
    }
}

impl Collector {
    /// What was counted of a room; what practice rooms of its name report is not of it. Blocks.
    pub fn counted(&self, within: &Within) -> Result<Counted, Failed> {
        let mut connection = self.read()?;
        // One moment for all that is read.
        let moment = connection.transaction()?;
        let places = places(&moment, within)?;
        let mut counted = Counted {
            viewers: pairs(
                &moment,
                "SELECT minute, most FROM viewers WHERE room = ?1 AND minute >= ?3 AND minute < ?4 AND (?2 IS NULL OR 1)",
                within,
            )?,
            places,
            ..Counted::default()
        };
        read_counts(&moment, within, &mut counted)?;
        read_reach(&moment, within, &mut counted)?;
        read_ledgers(&moment, within, &mut counted)?;
        Ok(counted)
    }

    /// The last minute in which a page of a room reported anything. Blocks.
    pub fn last_report(&self, room: &RoomId) -> Result<Option<u64>, Failed> {
        let last = self.read()?.query_row(
            "SELECT max(minute) FROM counts WHERE place IN (SELECT id FROM places WHERE room = ?1 AND channel <> 'practice')",
            [room.as_str()],
            |row| row.get(0),
        )?;
        Ok(last)
    }

    /// The minutes between which a room has anything counted. Blocks.
    pub fn extent(&self, room: &RoomId) -> Result<Option<(u64, u64)>, Failed> {
        let extent = self.read()?.query_row(
            "SELECT min(least), max(most) FROM (
                 SELECT min(minute) least, max(minute) most FROM counts WHERE place IN (SELECT id FROM places WHERE room = ?1)
                 UNION ALL SELECT min(minute), max(minute) FROM viewers WHERE room = ?1)",
            [room.as_str()],
            |row| Ok(row.get::<_, Option<u64>>(0)?.zip(row.get(1)?)),
        )?;
        Ok(extent)
    }
}

/// The places of a scope.
const OF: &str =
    "SELECT id FROM places WHERE room = ?1 AND (?2 IS NULL OR show = ?2) AND channel <> 'practice'";

fn values(within: &Within) -> (&str, Option<&str>, u64, u64) {
    (
        within.room.as_str(),
        within.show.as_deref(),
        within.from,
        within.to,
    )
}

fn all<T>(
    connection: &Connection,
    sql: &str,
    within: &Within,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    let mut statement = connection.prepare(sql)?;
    statement.query_map(values(within), read)?.collect()
}

fn pairs<V: rusqlite::types::FromSql>(
    connection: &Connection,
    sql: &str,
    within: &Within,
) -> rusqlite::Result<BTreeMap<u64, V>> {
    let rows = all(connection, sql, within, |row| {
        Ok((row.get(0)?, row.get(1)?))
    })?;
    Ok(rows.into_iter().collect())
}

fn places(connection: &Connection, within: &Within) -> rusqlite::Result<BTreeMap<i64, Place>> {
    let sql = format!(
        "SELECT id, activity, widget, channel, show, on_air FROM places WHERE id IN ({OF}) AND ?3 <= ?4"
    );
    let rows = all(connection, &sql, within, |row| {
        let on_air: String = row.get(5)?;
        let place = Place {
            activity: row.get(1)?,
            widget: row.get(2)?,
            channel: row.get(3)?,
            show: row.get(4)?,
            on_air: serde_json::from_str(&on_air).unwrap_or_default(),
        };
        Ok((row.get(0)?, place))
    })?;
    Ok(rows.into_iter().collect())
}

fn read_counts(
    connection: &Connection,
    within: &Within,
    counted: &mut Counted,
) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT place, minute, kind, detail, count, ms FROM counts
         WHERE place IN ({OF}) AND minute >= ?3 AND minute < ?4 ORDER BY minute, place, kind, detail"
    );
    counted.counts = all(connection, &sql, within, |row| {
        Ok(Count {
            place: row.get(0)?,
            minute: row.get(1)?,
            kind: row.get(2)?,
            detail: row.get(3)?,
            count: row.get(4)?,
            ms: row.get(5)?,
        })
    })?;
    counted.last = counted.counts.last().map(|count| count.minute);
    let sql = format!(
        "SELECT place, minute, currency, amount FROM order_values
         WHERE place IN ({OF}) AND minute >= ?3 AND minute < ?4 ORDER BY minute, place, currency"
    );
    counted.values = all(connection, &sql, within, |row| {
        let amount: u64 = row.get(3)?;
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, amount.into()))
    })?;
    Ok(())
}

fn read_reach(
    connection: &Connection,
    within: &Within,
    counted: &mut Counted,
) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT place, step, coalesce(me, session) FROM steps JOIN page_loads ON page_loads.id = page_load
         WHERE place IN ({OF}) AND minute >= ?3 AND minute < ?4 GROUP BY 1, 2, 3"
    );
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut reach: BTreeMap<(i64, u32), u8> = BTreeMap::new();
    for (place, step, browser) in all(connection, &sql, within, |row| {
        Ok((row.get(0)?, row.get::<_, u8>(1)?, row.get::<_, String>(2)?))
    })? {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        let browser = *numbers.entry(browser).or_insert(next);
        *reach.entry((place, browser)).or_default() |= 1 << step.min(7);
    }
    counted.reach = reach
        .into_iter()
        .map(|((place, browser), steps)| Reach {
            place,
            browser,
            steps,
        })
        .collect();
    counted.groups = groups(connection, within, &numbers)?;
    let sql = format!(
        "SELECT minute, count(DISTINCT coalesce(me, session)) FROM steps JOIN page_loads ON page_loads.id = page_load
         WHERE place IN ({OF}) AND minute >= ?3 AND minute < ?4 AND step = 0 GROUP BY minute"
    );
    counted.reporting = pairs(connection, &sql, within)?;
    Ok(())
}

fn read_ledgers(
    connection: &Connection,
    within: &Within,
    counted: &mut Counted,
) -> rusqlite::Result<()> {
    let sql = format!(
        "SELECT ledger FROM page_loads
         WHERE room = ?1 AND last >= ?3 AND last < ?4 AND ledger IS NOT NULL
           AND id IN (SELECT page_load FROM steps WHERE place IN ({OF}) AND minute >= ?3 AND minute < ?4)"
    );
    for text in all(connection, &sql, within, |row| row.get::<_, String>(0))? {
        let ledger: Ledger = serde_json::from_str(&text).unwrap_or_default();
        for (reason, count) in ledger.dropped {
            let sum = counted.dropped.entry(reason).or_default();
            *sum = sum.saturating_add(count);
        }
    }
    Ok(())
}
