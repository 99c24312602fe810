//! How news goes out: exactly, seldom enough, and never later for one page because of another.

use liveroom_protocol::message::{Seat, ToRoom};
use liveroom_tests::client::PATIENCE;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use serde_json::json;
use std::time::Instant;

/// Frames of a page that is told `rate` times a second at most, over this long; one more at either end.
fn at_most(rate: f64, since: Instant) -> usize {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small positive number"
    )]
    let frames = (since.elapsed().as_secs_f64() * rate) as usize;
    frames + 2
}

async fn voters(house: &House, count: u32) -> Vec<Client> {
    let mut voters = Vec::new();
    for number in 0..count {
        voters.push(house.account(&format!("voter-{number}")).await);
    }
    voters
}

#[tokio::test]
async fn a_storm_of_votes_is_told_exactly_and_in_a_few_frames() {
    let house = House::open().await;
    house.open_tea().await;
    let mut seen = house.viewer().await;
    let mut hidden = house.viewer().await;
    hidden.send(&ToRoom::Hidden { hidden: true }).await;
    for page in [&mut seen, &mut hidden] {
        page.until("the poll", |seen| seen.tally("tea").is_some())
            .await;
        page.seen.tallies = 0;
    }
    let mut voters = voters(&house, 100).await;
    let start = Instant::now();
    for voter in &mut voters {
        assert!(voter.vote("tea", &["1"]).await.ok);
    }
    seen.until("all votes", |seen| seen.votes("tea") == Some(&[100, 0]))
        .await;
    let most = at_most(4.0, start);
    assert!(
        seen.seen.tallies <= most,
        "{} frames of at most {most}",
        seen.seen.tallies
    );
    hidden
        .until("all votes", |seen| seen.votes("tea") == Some(&[100, 0]))
        .await;
    let most = at_most(1.0, start);
    assert!(
        hidden.seen.tallies <= most,
        "{} frames of at most {most} while hidden",
        hidden.seen.tallies
    );
    house.close().await;
}

#[tokio::test]
async fn a_tally_never_goes_back_on_any_page() {
    let house = House::open().await;
    house.open_tea().await;
    let mut watcher = house.viewer().await;
    let mut voters = voters(&house, 40).await;
    let voting = async {
        for voter in &mut voters {
            voter.vote("tea", &["1"]).await;
        }
    };
    let watching = async {
        let mut before = 0;
        while before < 40 {
            watcher.next().await;
            let now = watcher.seen.tally("tea").map_or(0, |tally| tally.voters);
            assert!(now >= before, "{before} voters, then {now}");
            before = now;
        }
    };
    tokio::join!(voting, watching);
    house.close().await;
}

#[tokio::test]
async fn a_phase_does_not_wait_for_the_tick() {
    let house = House::open().await;
    house.open_tea().await;
    let mut desk = house.desk().await;
    let mut page = house.viewer().await;
    use liveroom_protocol::phase::Phase::{Closed, Open, Paused};
    page.until("the poll", |seen| seen.tally("tea").is_some())
        .await;
    let steps = [
        ("pause", Paused),
        ("resume", Open),
        ("pause", Paused),
        ("resume", Open),
        ("close", Closed),
    ];
    for (word, phase) in steps {
        // Each is told before anything else happens: a page that is behind may be told only the newest.
        desk.must(json!({ "type": word, "activity": "tea" })).await;
        page.until(word, |seen| {
            seen.tally("tea").is_some_and(|tally| tally.phase == phase)
        })
        .await;
    }
    house.close().await;
}

/// How many pages were cut because they did not read, as the operator sees it.
async fn cut(house: &House) -> u64 {
    let figures = house.get("/metrics").await.text().await;
    let figures = figures.expect("figures are text");
    let line = figures
        .lines()
        .find_map(|line| line.strip_prefix("liveroom_slow_connections_cut_total "));
    line.expect("it is among the figures")
        .parse()
        .expect("it is a number")
}

#[tokio::test]
async fn a_page_that_does_not_read_delays_nobody_and_is_cut() {
    let house = House::open().await;
    let asleep = Client::small(&house, hello(None, Seat::Viewer)).await;
    let mut desk = house.desk().await;
    let mut awake = house.viewer().await;
    let options: Vec<String> = (0..20)
        .map(|n| format!("{n} {}", "色".repeat(100)))
        .collect();
    let start = Instant::now();
    let mut number = 0;
    while cut(&house).await == 0 {
        number += 1;
        assert!(
            start.elapsed() < PATIENCE,
            "after {number} polls that nobody read it is not cut"
        );
        let activity = format!("p{number}");
        desk.must(json!({ "type": "poll.open", "activity": activity, "question": "?", "options": options })).await;
        awake
            .until("the poll", |seen| seen.card(&activity).is_some())
            .await;
        desk.must(json!({ "type": "close", "activity": activity }))
            .await;
        desk.must(json!({ "type": "put_away", "activity": activity }))
            .await;
        // Only what cannot be sent waits for the clock; the others have read all they were told.
        house.turn(10_000);
    }
    assert_eq!(cut(&house).await, 1, "the others are still there");
    desk.must(
        json!({ "type": "poll.open", "activity": "last", "question": "?", "options": ["A", "B"] }),
    )
    .await;
    awake
        .until("the poll", |seen| seen.card("last").is_some())
        .await;
    assert!(
        asleep.rest().await < 4 * 1024 * 1024,
        "little was kept for it"
    );
    house.close().await;
}
