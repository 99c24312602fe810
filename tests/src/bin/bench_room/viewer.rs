//! One viewer of the benchmark: joins, votes at a given moment, and notes when which tally came.

use crate::peer::{Entrance, Heard};
use liveroom_tests::process::Fault;
use liveroom_tests::voter::Line;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

/// What a viewer is to do.
pub(crate) struct Plan {
    /// When.
    pub(crate) at: Instant,
    /// The place of the option.
    pub(crate) option: usize,
    /// The vote is sent a second time after its answer.
    pub(crate) twice: bool,
}

/// What a viewer saw.
#[derive(Debug)]
pub(crate) struct Story {
    /// The place of the option voted for.
    pub(crate) option: usize,
    /// When the vote was sent, and when it was answered.
    pub(crate) sent: Instant,
    pub(crate) answered: Instant,
    /// Where the vote stands.
    pub(crate) position: u64,
    /// Each tally that came: how far it counts, and when it was there.
    pub(crate) tallies: Vec<(u64, Instant)>,
    /// The last tally.
    pub(crate) votes: Vec<u32>,
    pub(crate) voters: u32,
    /// Bytes and frames of text that came.
    pub(crate) bytes: u64,
    pub(crate) frames: u64,
}

/// A viewer who is there.
pub(crate) struct Viewer {
    number: usize,
    entrance: Entrance,
    line: Line,
}

impl Viewer {
    /// Joins.
    pub(crate) async fn join(entrance: Entrance, number: usize) -> Result<Self, Fault> {
        let line = entrance.join(number).await?;
        Ok(Self {
            number,
            entrance,
            line,
        })
    }

    /// Votes as planned; stays until a tally counts the last of all votes, which `last` tells once it is known.
    pub(crate) async fn vote(
        mut self,
        plan: Plan,
        answered: mpsc::UnboundedSender<u64>,
        mut last: watch::Receiver<Option<u64>>,
    ) -> Result<Story, Fault> {
        let request = self.entrance.vote(self.number, plan.option)?;
        let mut story = Story {
            option: plan.option,
            sent: plan.at,
            answered: plan.at,
            position: 0,
            tallies: Vec::new(),
            votes: Vec::new(),
            voters: 0,
            bytes: 0,
            frames: 0,
        };
        let mut to_send = 1 + u32::from(plan.twice);
        let mut sending = plan.at;
        loop {
            let counts = story.tallies.last().map_or(0, |(rev, _)| *rev);
            if last.borrow().is_some_and(|last| counts >= last) {
                break;
            }
            tokio::select! {
                text = self.line.text() => {
                    let now = Instant::now();
                    match self.entrance.read(&text?)? {
                        Heard::Tally { rev, voters, votes } => {
                            story.tallies.push((rev, now));
                            (story.voters, story.votes) = (voters, votes);
                        }
                        Heard::Answer { position } if story.position == 0 => {
                            (story.answered, story.position) = (now, position);
                            // Whoever counts answers is there until all have come.
                            let _ = answered.send(position);
                            sending = now;
                        }
                        Heard::Answer { position } if story.position == position => {}
                        Heard::Answer { position } => return Err(format!("one vote stands at {} and at {position}", story.position).into()),
                        Heard::Ping(reply) => self.line.send(reply.to_owned()).await?,
                        Heard::Other => {}
                    }
                }
                () = sleep_until(sending), if to_send > 0 && (to_send == 1 + u32::from(plan.twice) || story.position > 0) => {
                    if story.position == 0 {
                        story.sent = Instant::now();
                    }
                    self.line.send(request.clone()).await?;
                    to_send -= 1;
                }
                changed = last.changed() => changed?,
            }
        }
        (story.bytes, story.frames) = (self.line.bytes, self.line.frames);
        Ok(story)
    }
}
