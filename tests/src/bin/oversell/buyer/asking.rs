//! How a buyer talks to the room: asks, once or twice, and holds what it hears against what it heard before.

use super::Buyer;
use crate::deal::{DEAL, LIMIT};
use crate::scene::Scene;
use liveroom_protocol::deal::{Standing, Taken};
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::message::{Act, Answer, FromRoom, ToRoom};
use liveroom_protocol::{Action, Mine, Reason};
use liveroom_tests::process::Fault;
use liveroom_tests::voter::Line;
use std::time::Duration;
use tokio::time::sleep;

impl Buyer {
    /// Waits as long as the room says; a refusal for another reason than was due is wrong.
    pub(super) async fn wait_if_refused(&self, scene: &Scene, answer: &Answer, due: Reason) {
        match &answer.refusal {
            Some(refusal) if refusal.reason == due || refusal.reason == Reason::SoldOut => {}
            Some(refusal) if matches!(refusal.reason, Reason::TooFast | Reason::Unavailable) => {
                sleep(Duration::from_millis(refusal.again_in_ms.unwrap_or(1_000))).await;
            }
            _ => scene.wrong(format!("a claim was answered with {answer:?}")),
        }
    }

    /// Sends a request, and waits for its answer; whoever does everything twice must be told the same.
    pub(super) async fn ask(
        &mut self,
        scene: &Scene,
        line: &mut Line,
        act: &Act,
    ) -> Result<Answer, Fault> {
        let answer = self.ask_once(scene, line, act).await?;
        if self.habits.twice && answer.ok {
            let again = self.ask_once(scene, line, act).await?;
            if !again.ok || again.position != answer.position {
                scene.wrong(format!("{:?} was told {answer:?}, then {again:?}", act.id));
            }
        }
        Ok(answer)
    }

    async fn ask_once(
        &mut self,
        scene: &Scene,
        line: &mut Line,
        act: &Act,
    ) -> Result<Answer, Fault> {
        line.say(&ToRoom::Act(act.clone())).await?;
        loop {
            match line.hear().await? {
                FromRoom::Answer(answer) if answer.id == act.id => {
                    self.know(scene, &answer);
                    return Ok(answer);
                }
                other => self.hear(scene, other)?,
            }
        }
    }

    /// Takes what the room says of the own claims: each is kept, and together they are within the limit.
    fn know(&self, scene: &Scene, answer: &Answer) {
        let claims = mine(answer);
        if answer.ok {
            claims.iter().for_each(|taken| scene.acknowledged(taken));
        }
        let held = claims
            .iter()
            .filter(|taken| taken.standing != Standing::Returned);
        if held.map(|taken| taken.quantity).sum::<u32>() > LIMIT {
            scene.wrong(format!("somebody has more than the limit: {claims:?}"));
        }
    }

    /// Takes any other frame.
    pub(super) fn hear(&mut self, scene: &Scene, frame: FromRoom) -> Result<(), Fault> {
        if let FromRoom::Refused { refusal, .. } = &frame {
            return Err(format!("the room refused: {refusal:?}").into());
        }
        if let Some(tally) = scene.look(frame) {
            self.left = tally.stock.get(self.place).map_or(0, |stock| stock.left);
        }
        Ok(())
    }

    pub(super) fn act(&self, what: &str, action: Action) -> Result<Act, Fault> {
        Ok(Act {
            id: RequestId::parse(format!("{what}-{}", self.voter.number))?,
            activity: ActivityId::parse(DEAL)?,
            run: None,
            action,
            attest: None,
        })
    }
}

/// The viewer's own claims, as an answer tells them.
pub(super) fn mine(answer: &Answer) -> &[Taken] {
    match answer.mine.as_ref().and_then(|item| item.mine.as_ref()) {
        Some(Mine::Deal(mine)) => &mine.claims,
        _ => &[],
    }
}
