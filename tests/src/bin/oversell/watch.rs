//! Someone who watches and takes no part: every tally must add up, and what is sold stays sold.

use crate::scene::Scene;
use liveroom_protocol::deal::{Stock, Tally};
use liveroom_tests::process::Fault;
use liveroom_tests::voter::{Line, Voter};
use std::sync::Arc;

/// Watches until it is over, through every restart.
pub(crate) async fn watch(scene: Arc<Scene>, number: usize) -> Result<(), Fault> {
    let mut voter = Voter {
        number,
        ..Voter::default()
    };
    let mut over = scene.over();
    let mut last: Vec<Stock> = Vec::new();
    let mut first = true;
    while !*over.borrow() {
        scene.is_up().await;
        // The line is cut whenever the server is killed: that is what this is about.
        let Ok(mut line) = voter.join(scene.address).await else {
            continue;
        };
        if std::mem::take(&mut first) {
            scene.count(|counts| counts.watching += 1);
        }
        tokio::select! {
            _ = over.wait_for(|over| *over) => {}
            _ = listen(&scene, &mut line, &mut last) => {}
        }
    }
    Ok(())
}

/// Takes what comes until the line is cut.
async fn listen(scene: &Scene, line: &mut Line, last: &mut Vec<Stock>) -> Result<(), Fault> {
    loop {
        if let Some(Tally { stock, .. }) = scene.look(line.hear().await?) {
            let fell = last
                .iter()
                .zip(&stock)
                .any(|(before, now)| now.sold < before.sold);
            if fell {
                scene.wrong(format!("a sold unit came back: {last:?}, then {stock:?}"));
            }
            last.clone_from(&stock);
            scene.count(|counts| counts.stock = stock);
        }
    }
}
