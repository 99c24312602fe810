//! The figures of some time, added up: in all, by minute, and by whatever is asked for.

mod whom;

use super::activity::named;
use super::{Activity, Deeds, Facts, Mark, Place};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Label;
use liveroom_protocol::show::Show;
use liveroom_rules::room::Room;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use whom::of_viewers;

/// What figures are told apart by.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The activity.
    #[default]
    Activity,
    /// The widget.
    Widget,
    /// The products that an activity names, a deal's own among them.
    Product,
    /// The brand.
    Brand,
    /// Tags.
    Tag,
    /// Who was on air.
    Streamer,
    /// The show.
    Show,
    /// Where viewers were: the room knows it of those whom a relay acts for, reports of their own pages.
    Channel,
    /// The page's segments of viewers; the room says it also of browsers that report.
    Segment,
    /// Tiers of membership; the room says it also of browsers that report.
    Tier,
}

impl By {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Activity,
        Self::Widget,
        Self::Product,
        Self::Brand,
        Self::Tag,
        Self::Streamer,
        Self::Show,
        Self::Channel,
        Self::Segment,
        Self::Tier,
    ];

    /// The word for it in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Widget => "widget",
            Self::Product => "product",
            Self::Brand => "brand",
            Self::Tag => "tag",
            Self::Streamer => "streamer",
            Self::Show => "show",
            Self::Channel => "channel",
            Self::Segment => "segment",
            Self::Tier => "tier",
        }
    }
}

/// In which show if it is one, and from when until before when; milliseconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scope {
    /// In this show only.
    pub show: Option<String>,
    /// From the minute that begins then.
    pub from: u64,
    /// Until before the minute that begins then.
    pub to: u64,
    /// What belongs to the show counts also where it comes after that: a sale that is settled once the show has ended.
    pub late: bool,
    /// Only what belongs to activities of this brand: all that its partner may see.
    pub brand: Option<String>,
}

/// One of what figures are told apart by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What was done.
    pub deeds: Deeds,
    /// Distinct viewers; nothing where the time that was asked for cuts through a time of which only the whole is known.
    pub participants: Option<u64>,
}

/// The figures of some time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sums {
    /// The room's last record.
    pub position: u64,
    /// From when on all is kept.
    pub since: u64,
    /// All together.
    pub total: Deeds,
    /// Distinct viewers in all; nothing where that is not known of a part.
    pub participants: Option<u64>,
    /// By minute; what came late is of none.
    pub minutes: BTreeMap<u64, Deeds>,
    /// What viewers did, by minute and by the place of the activity among [`Sums::activities`].
    pub acts: BTreeMap<(u64, usize), u64>,
    /// Distinct viewers by minute.
    pub active: BTreeMap<u64, u32>,
    /// By whatever was asked for; the empty key is none.
    pub rows: BTreeMap<By, BTreeMap<String, Row>>,
    /// What is marked.
    pub marks: Vec<Mark>,
    /// The shows of the room, oldest first.
    pub shows: Vec<Show>,
    /// The activities of the room, in the order in which they were made.
    pub activities: Vec<Activity>,
}

impl Scope {
    /// The last instant that is asked for: far beyond any clock, and small enough for every sum.
    pub const FAR: u64 = 1 << 52;

    /// Until before when what belongs here is counted.
    pub const fn end(&self) -> u64 {
        if self.late { Self::FAR } else { self.to }
    }

    /// Whether what belongs to an activity is within it.
    pub fn takes(&self, activity: &Activity) -> bool {
        let brand = activity.about.brand.as_ref().map(Label::as_str);
        self.brand.is_none() || self.brand.as_deref() == brand
    }
}

impl Sums {
    /// Leaves out the activities of other brands. How many acted in a minute is not known of a brand's alone.
    fn keep_only(&mut self, scope: &Scope) {
        let all = std::mem::take(&mut self.activities).into_iter().enumerate();
        let kept: Vec<_> = all.filter(|(_, known)| scope.takes(known)).collect();
        let places: BTreeMap<usize, usize> = kept
            .iter()
            .enumerate()
            .map(|(place, (number, _))| (*number, place))
            .collect();
        let acts = std::mem::take(&mut self.acts).into_iter();
        self.acts = acts
            .filter_map(|((minute, number), acts)| Some(((minute, *places.get(&number)?), acts)))
            .collect();
        self.activities = kept.into_iter().map(|(_, known)| known).collect();
    }
}

impl Facts {
    /// The shows so far, oldest first.
    pub fn shows(&self) -> &[Show] {
        &self.shows
    }

    /// Adds up, by each of what is asked for.
    pub fn sums(&self, room: &Room, scope: &Scope, by: &[By]) -> Sums {
        let mut sums = Sums {
            position: room.position(),
            since: self.since,
            shows: self.shows.clone(),
            activities: room.activities().iter().map(Activity::of).collect(),
            ..Sums::default()
        };
        sums.marks = self.marks_in(scope, &sums.activities);
        let range = (scope.from, 0)..(scope.end().max(scope.from), 0);
        let mut acted: BTreeSet<usize> = BTreeSet::new();
        let mut by_key: BTreeMap<(By, String), Vec<usize>> = BTreeMap::new();
        for ((minute, number), deeds) in self.cells.range(range) {
            let place = self.places[*number];
            if !self.is_in_show(place, scope) || !scope.takes(&sums.activities[place.activity]) {
                continue;
            }
            sums.total.join(deeds);
            if *minute < scope.to {
                sums.minutes.entry(*minute).or_default().join(deeds);
                *sums.acts.entry((*minute, place.activity)).or_default() += deeds.acts();
            }
            let first = of_viewers(deeds) && acted.insert(*number);
            for by in by {
                let rows = sums.rows.entry(*by).or_default();
                for key in self.keys(place, *by, &sums.activities) {
                    if first {
                        let places = by_key.entry((*by, key.clone())).or_default();
                        places.push(*number);
                    }
                    rows.entry(key).or_default().deeds.join(deeds);
                }
            }
        }
        let cut = self.cut(scope, &acted);
        sums.participants = self.people(&acted, &cut);
        for (by, rows) in &mut sums.rows {
            for (key, row) in rows {
                let places = by_key.remove(&(*by, key.clone())).unwrap_or_default();
                row.participants = self.people(&places, &cut);
            }
        }
        if scope.brand.is_some() {
            sums.keep_only(scope);
        } else {
            let active = self.active.range(scope.from..scope.to.max(scope.from));
            sums.active = active.map(|(minute, count)| (*minute, *count)).collect();
        }
        sums
    }

    /// The first and the last minute of which anything is kept.
    pub fn extent(&self) -> Option<(u64, u64)> {
        let ((first, _), _) = self.cells.first_key_value()?;
        let ((last, _), _) = self.cells.last_key_value()?;
        Some((*first, *last))
    }

    fn is_in_show(&self, place: Place, scope: &Scope) -> bool {
        let show = self.settings[place.setting].show.as_ref();
        scope
            .show
            .as_ref()
            .is_none_or(|asked| show.is_some_and(|show| show.as_str() == asked))
    }

    fn marks_in(&self, scope: &Scope, activities: &[Activity]) -> Vec<Mark> {
        let in_show = |mark: &&Mark| {
            let show = mark
                .show
                .as_ref()
                .map(liveroom_protocol::id::ShowId::as_str);
            scope.show.is_none() || scope.show.as_deref() == show
        };
        let in_time = |mark: &&Mark| (scope.from..scope.to).contains(&mark.at.0);
        // What is of the room as a whole is everybody's.
        let of_brand = |mark: &&Mark| {
            let of = |id: &ActivityId| activities.iter().find(|known| known.id == *id);
            scope.brand.is_none()
                || mark
                    .activity
                    .as_ref()
                    .is_none_or(|id| of(id).is_some_and(|known| scope.takes(known)))
        };
        let marks = self.marks.all.iter().filter(in_show).filter(in_time);
        marks.filter(of_brand).cloned().collect()
    }

    fn keys(&self, place: Place, by: By, activities: &[Activity]) -> Vec<String> {
        let activity = &activities[place.activity];
        let setting = &self.settings[place.setting];
        let group = &self.groups[place.group];
        let labels = |labels: &[Label]| named(labels.iter().map(|label| label.as_str().to_owned()));
        match by {
            By::Activity | By::Widget | By::Product | By::Brand | By::Tag => activity.keys(by),
            By::Streamer => labels(&setting.on_air),
            By::Show => named(setting.show.iter().map(ToString::to_string)),
            By::Channel => labels(group.channel.as_slice()),
            By::Segment => labels(&group.segments),
            By::Tier => labels(group.tier.as_slice()),
        }
    }
}
