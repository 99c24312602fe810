//! How many viewers rooms had: noted every ten seconds, the most at once since the last time, so that nobody is missed between.

use crate::Clock;
use crate::collector::Collector;
use crate::room::stopped;
use crate::rooms::Rooms;
use liveroom_protocol::time::Span;
use tokio::sync::watch;

/// How often it is noted.
const EVERY: Span = Span(10_000);

/// Notes it until the server stops, in a task of its own.
pub(crate) fn note_viewers(
    rooms: &Rooms,
    collector: &Collector,
    clock: &Clock,
    stop: &watch::Receiver<bool>,
) {
    let (rooms, collector) = (rooms.clone(), collector.clone());
    tokio::spawn(note(rooms, collector, clock.clone(), stop.clone()));
}

async fn note(rooms: Rooms, collector: Collector, clock: Clock, mut stop: watch::Receiver<bool>) {
    loop {
        let next = clock.now().after(EVERY);
        tokio::select! {
            () = clock.reach(Some(next)) => {
                let viewers = rooms.most_viewers();
                if !viewers.is_empty() {
                    collector.note_viewers(viewers).await;
                }
            }
            () = stopped(&mut stop) => return,
        }
    }
}
