//! What need not be kept any more is deleted, by the server's clock: words, names and forms beside the logs, single reports,
//! and what ended rooms have of them.

use crate::Clock;
use crate::collector::Collector;
use crate::erase::Eraser;
use crate::inventory::Kind;
use crate::log::{Ended, SqliteLog, Wanted};
use crate::room::stopped;
use crate::rooms::Rooms;
use liveroom_protocol::erase::Retention;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_rules::activity::Body;
use liveroom_rules::retention::{Class, Profile, days};
use std::collections::{HashMap, HashSet};
use tokio::sync::watch;

/// How often it is looked for.
const EVERY: Span = Span(6 * 3_600_000);
/// Milliseconds of a day.
const DAY: u64 = 86_400_000;

/// Goes on with erasures, and looks for what has run out, until the server stops.
pub(crate) fn delete_in_time(
    eraser: &Eraser,
    rooms: &Rooms,
    clock: &Clock,
    stop: &watch::Receiver<bool>,
) {
    let (log, collector) = eraser.files();
    let sweep = Sweep {
        log,
        collector,
        rooms: rooms.clone(),
        clock: clock.clone(),
    };
    tokio::spawn(sweep.run(stop.clone()));
    let erasing = eraser.clone();
    tokio::spawn(erasing.go_on_with_all(rooms.clone(), clock.clone(), stop.clone()));
}

struct Sweep {
    log: SqliteLog,
    collector: Collector,
    rooms: Rooms,
    clock: Clock,
}

impl Sweep {
    async fn run(self, mut stop: watch::Receiver<bool>) {
        loop {
            // From the time at which it is begun: what runs out meanwhile is found at once.
            let next = self.clock.now().after(EVERY);
            tokio::select! {
                () = self.once() => {}
                () = stopped(&mut stop) => return,
            }
            tokio::select! {
                () = self.clock.reach(Some(next)) => {}
                () = stopped(&mut stop) => return,
            }
        }
    }

    /// Deletes all that has run out by now. What fails is found again the next time.
    async fn once(&self) {
        let now = self.clock.now();
        let rooms = match self.log.kept().await {
            Ok(rooms) => rooms,
            Err(why) => return tracing::warn!("what has run out was not looked for: {}", why.0),
        };
        let mut reports = HashMap::new();
        for kept in rooms {
            let before = |class| before(now, class, &kept.retention);
            reports.insert(kept.room.clone(), before(Class::Reports));
            let done = match kept.sealed_at {
                None => self.of_room(&kept.room, before).await,
                Some(at) => self.of_ended(&kept.room, at, before).await,
            };
            match done {
                Ok(0) => {}
                Ok(count) => tracing::info!("room {}: {count} values have run out", kept.room),
                Err(why) => tracing::warn!("room {}: what has run out stays: {why}", kept.room),
            }
        }
        let others = before(now, Class::Reports, &Retention::default());
        match self.collector.expire(&reports, others).await {
            Ok(0) => {}
            Ok(count) => tracing::info!("{count} reports and page loads have run out"),
            Err(why) => tracing::warn!("reports that have run out stay: {why}"),
        }
    }

    async fn of_room(
        &self,
        room: &RoomId,
        before: impl Fn(Class) -> Timestamp,
    ) -> Result<usize, String> {
        let mut places = HashSet::new();
        for class in [Class::Words, Class::Names, Class::Forms] {
            let wanted = Wanted {
                kinds: Kind::ALL
                    .into_iter()
                    .filter(|kind| kind.class() == Some(class))
                    .collect(),
                before: before(class),
            };
            let found = self.log.expired(room, wanted).await.map_err(|why| why.0)?;
            if class == Class::Forms && !found.is_empty() {
                let needed = self.needed(room, before(class)).await?;
                places.extend(found.into_iter().filter(|place| !needed.contains(place)));
            } else {
                places.extend(found);
            }
        }
        if places.is_empty() {
            return Ok(0);
        }
        let all = places.iter().cloned().collect();
        let count = self.log.drop_places(room, all).await.map_err(|why| why.0)?;
        // First of all nobody is told it any more: these places are not found again.
        if let Some(open) = self.rooms.opened(room) {
            open.lose(places).await;
        }
        self.log.clean(room).await.map_err(|why| why.0)?;
        Ok(count)
    }

    /// The places of forms whose prizes wait to be handed over, or were settled not long enough ago.
    async fn needed(&self, room: &RoomId, before: Timestamp) -> Result<HashSet<String>, String> {
        let why = |refusal: liveroom_protocol::Refusal| format!("{:?}", refusal.reason);
        let room = self.rooms.get(room).await.map_err(why)?;
        let looked = room.look(move |room| {
            let lotteries = room
                .activities()
                .iter()
                .filter_map(|known| match &known.body {
                    Body::Lottery(lottery) => Some(lottery),
                    Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
                });
            let needed = lotteries.flat_map(|lottery| lottery.needed_forms(before));
            needed.map(str::to_owned).collect()
        });
        looked.await.map_err(why)
    }

    async fn of_ended(
        &self,
        room: &RoomId,
        at: Timestamp,
        before: impl Fn(Class) -> Timestamp,
    ) -> Result<usize, String> {
        let has_run_out = |class| at < before(class);
        let ended = Ended {
            words: has_run_out(Class::Words),
            names: has_run_out(Class::Names),
            log: has_run_out(Class::Log),
        };
        if ended == Ended::default() {
            return Ok(0);
        }
        let expired = self.log.expire_sealed(room, ended).await;
        let count = expired.map_err(|why| why.0)?;
        if count > 0 {
            self.rooms.let_go(room);
            self.log.clean(room).await.map_err(|why| why.0)?;
        }
        Ok(count)
    }
}

/// What of a class was written before then has run out.
fn before(now: Timestamp, class: Class, said: &Retention) -> Timestamp {
    let days = days(class, Profile::default(), said);
    Timestamp(now.0.saturating_sub(u64::from(days) * DAY))
}
