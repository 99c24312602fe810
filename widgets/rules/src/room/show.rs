//! What a show does to a room: it starts, hands over, and ends with all that is open in it.

use super::Room;
use liveroom_protocol::event::What;
use liveroom_protocol::id::ShowId;
use liveroom_protocol::identity::Label;
use liveroom_protocol::limits::LABELS;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::show::{Show, Start};
use liveroom_protocol::{Reason, Refusal};

impl Room {
    pub(super) fn start_show(&mut self, start: &Start) -> Result<(), Refusal> {
        if self
            .show
            .as_ref()
            .is_some_and(|show| show.ended_at.is_none())
        {
            return Err(Refusal::because(
                Reason::StillOpen,
                "end the running show first",
            ));
        }
        at_most(&start.tags)?;
        at_most(&start.on_air)?;
        self.shows += 1;
        self.show = Some(Show {
            id: ShowId::parse(format!("show-{}", self.shows))
                .expect("a word and a number are an id"),
            title: start.title.as_ref().map(|title| title.as_str().to_owned()),
            tags: start.tags.clone(),
            started_at: self.at,
            ended_at: None,
            on_air: start.on_air.clone(),
        });
        self.events.room(What::ShowStarted, self.show.as_ref());
        self.rev = self.position;
        Ok(())
    }

    pub(super) fn end_show(&mut self) -> Result<(), Refusal> {
        let at = self.at;
        let show = self.running_show()?;
        show.ended_at = Some(at);
        show.on_air.clear();
        self.rev = self.position;
        // The stated rule for what is still open: it closes with the show.
        self.close_all();
        self.events.room(What::ShowEnded, self.show.as_ref());
        Ok(())
    }

    pub(super) fn go_on_air(&mut self, on_air: &[Label]) -> Result<(), Refusal> {
        at_most(on_air)?;
        self.running_show()?.on_air = on_air.to_vec();
        self.events.room(What::HandedOver, self.show.as_ref());
        self.rev = self.position;
        Ok(())
    }

    fn running_show(&mut self) -> Result<&mut Show, Refusal> {
        self.show
            .as_mut()
            .filter(|show| show.ended_at.is_none())
            .ok_or_else(|| Refusal::because(Reason::NotOpen, "no show is running: start one first"))
    }

    /// Closes all that is open or paused.
    pub(super) fn close_all(&mut self) {
        for number in 0..self.activities.len() {
            let target = &mut self.activities[number];
            if matches!(target.phase, Phase::Open | Phase::Paused) {
                let before = target.due();
                target.shut(self.position);
                self.schedule(number, before);
            }
        }
    }
}

fn at_most(labels: &[Label]) -> Result<(), Refusal> {
    if labels.len() > LABELS {
        Err(Refusal::because(Reason::Malformed, "at most 32 labels"))
    } else {
        Ok(())
    }
}
