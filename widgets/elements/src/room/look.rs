//! What each widget shows, and what of it is worth saying aloud.

use super::mount::Mount;
use super::{At, Room};
use crate::choice::{Choice, choose};
use crate::config::Server;
use crate::connection::{LOST_MS, Line};
use crate::effect::Effect;
use crate::face::Face;
use crate::picture::Picture;
use liveroom::{Link, Listing, Pending, Scene, wakes_in};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::Seat;
use liveroom_protocol::phase::Pace;
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

/// What one widget shows. Two are equal if nothing has to be drawn again.
#[derive(Clone, PartialEq)]
pub struct Look {
    /// Which activity.
    pub activity: ActivityId,
    /// Which run.
    pub run: u32,
    /// The activity itself.
    pub face: Face,
    /// Its surroundings.
    pub scene: Rc<Scene>,
    /// How a long list in it is used.
    pub listing: Listing,
}

/// An activity as it was when it was last looked at for announcements.
#[derive(Clone)]
pub(super) struct Said {
    activity: ActivityId,
    run: u32,
    face: Face,
    scene: Rc<Scene>,
}

impl Room {
    /// Settles what is shown at this moment; the elements that must be drawn again, with what they show.
    /// `stream` is what the page's `streamClock` gave.
    pub fn draw(&mut self, stream: f64, at: At) -> Vec<(u32, Option<Look>)> {
        let now = self.clock.now(at.now);
        let picture = Picture {
            now,
            stream: Picture::stream(stream, now),
            // The streamer's own picture is not late: viewers see what is in it when theirs is there.
            delay: match self.config.overlay {
                true => Span(0),
                false => self.store.room.delay_ms,
            },
        };
        self.picture = self.store.show(&picture).map(|ms| at.now.steady + ms);
        self.stale = self.goes_stale().filter(|stale| *stale > at.now.steady);
        self.settle_dock();
        let mut mounts = std::mem::take(&mut self.mounts);
        let mut changed = Vec::new();
        for mount in &mut mounts {
            let look = match self.is_stale(at) {
                true => None,
                false => self.look(mount, now, at),
            };
            let look = self.linger(mount, look, at);
            if mount.look != look {
                mount.look.clone_from(&look);
                changed.push((mount.element, look));
            }
        }
        self.mounts = mounts;
        self.announce(at);
        self.ask_shop(&changed);
        changed
    }

    /// When the text of a countdown changes next.
    pub(super) fn ticks(&self) -> Option<u64> {
        let due = |mount: &Mount| {
            let all = [mount.ticks, mount.turns, mount.leaves];
            all.into_iter().flatten().min()
        };
        let due = self.mounts.iter().filter_map(due);
        due.chain(self.stale).min()
    }

    fn look(&self, mount: &mut Mount, now: Option<Timestamp>, at: At) -> Option<Look> {
        let before = mount.look.take();
        let shown = before.as_ref().map(|look| look.activity.clone());
        let used = self.is_used(mount, before.as_ref()) && !std::mem::take(&mut mount.wants_newer);
        let choice = if mount.misnamed {
            Choice::default()
        } else {
            choose(
                &self.store,
                mount.widget,
                mount.named.as_ref(),
                shown.as_ref(),
                used,
            )
        };
        mount.look = before;
        let entry = choice.activity.as_ref().and_then(|id| self.store.entry(id));
        let Some((entry, face)) = entry.and_then(|entry| Some((entry, entry.shown.clone()?)))
        else {
            mount.unsent = false;
            mount.ticks = None;
            return None;
        };
        if shown.as_ref() != Some(&entry.activity) {
            mount.unsent = false;
            mount.ticks = None;
        }
        let deadlines = face.deadlines();
        // What is the room's instant for all is burnt into a picture that is seen so much later.
        let ahead = match (self.config.overlay, face.opening().pace) {
            (true, Pace::Room) => self.store.room.delay_ms,
            (true, Pace::Picture) | (false, _) => Span(0),
        };
        let now = now.map(|now| Timestamp(now.after(ahead).0.saturating_sub(entry.late.0)));
        // The scene's time goes on only when the text of its countdown changes.
        let before = mount.look.as_ref();
        let same = before
            .filter(|look| look.face.deadlines() == deadlines && look.activity == entry.activity);
        let scene_now = match (same, mount.ticks) {
            (Some(same), Some(due)) if at.now.steady < due => same.scene.now,
            _ => {
                let next = |now| deadlines.iter().filter_map(move |end| wakes_in(*end, now));
                let wakes = now.and_then(|now| next(now).map(|span| span.0).min());
                mount.ticks = wakes.map(|ms| at.now.steady + ms);
                // Once all are past, they stay past.
                now.zip(deadlines.iter().max().copied())
                    .map(|(now, last)| now.min(last))
            }
        };
        let scene = self.scene(mount, (&entry.activity, &face), scene_now, choice.newer, at);
        let scene = match before {
            Some(look) if *look.scene == scene => Rc::clone(&look.scene),
            _ => Rc::new(scene),
        };
        let listing = self.listing(mount, &entry.activity, &face, at);
        Some(Look {
            activity: entry.activity.clone(),
            run: entry.run,
            face,
            scene,
            listing,
        })
    }

    fn scene(
        &self,
        mount: &Mount,
        (activity, face): (&ActivityId, &Face),
        now: Option<Timestamp>,
        newer: bool,
        at: At,
    ) -> Scene {
        let pending = self.acts.waits(activity);
        Scene {
            words: Rc::clone(&self.words),
            format: Rc::clone(&self.format),
            now,
            link: match self.connection.line() {
                // The audience of a picture is not told of the line to it.
                _ if self.config.overlay => Link::Live,
                Line::Slow => Link::Slow,
                Line::Lost(since) if at.now.steady >= since + LOST_MS => {
                    Link::Lost { since: self.lost }
                }
                Line::Off | Line::Joining | Line::Live | Line::Lost(_) => Link::Live,
            },
            pending: pending.map(|action| Pending {
                action: action.clone(),
            }),
            refusal: self.acts.refusal(activity).cloned(),
            chip: if mount.docked {
                self.chips.is_docked_chip(activity)
            } else {
                self.chips.is_chip(activity)
            },
            overlay: self.config.overlay,
            leaving: false,
            taking_part: self.config.seat == Seat::Viewer,
            newer,
            flagged: self.acts.is_flagged(activity),
            driven: self.config.server == Server::Page,
            practice: self.config.server == Server::Practice,
            shop: self.shop(face),
            hint: mount.hint.clone(),
        }
    }

    /// Whether an element is being used, so that what it shows must not be exchanged.
    fn is_used(&self, mount: &Mount, look: Option<&Look>) -> bool {
        look.is_some_and(|look| {
            let open = look.face.phase() == liveroom_protocol::phase::Phase::Open;
            mount.held || (mount.unsent && open) || self.acts.is_busy(&look.activity)
        })
    }

    fn settle_dock(&mut self) {
        if !self.config.dock {
            return;
        }
        let shown = self.store.shown(None);
        let ids: Vec<ActivityId> = shown.iter().map(|entry| entry.activity.clone()).collect();
        let mut list = String::new();
        for entry in shown {
            if let Some(face) = &entry.shown {
                for word in [face.widget().name(), " ", entry.activity.as_str(), "\n"] {
                    list.push_str(word);
                }
            }
        }
        if self.docked != list {
            self.docked.clone_from(&list);
            self.effects.push(Effect::Dock(list));
        }
        let mut chips = std::mem::take(&mut self.chips);
        chips.settle(&ids, |activity| {
            self.mounts.iter().any(|mount| {
                let look = mount
                    .look
                    .as_ref()
                    .filter(|look| look.activity == *activity);
                mount.docked && self.is_used(mount, look)
            })
        });
        self.chips = chips;
    }

    /// Says what has changed in what is shown. An activity that several elements show is looked at once.
    fn announce(&mut self, at: At) {
        let mut said = Vec::with_capacity(self.said.len());
        for look in self.mounts.iter().filter_map(|mount| mount.look.as_ref()) {
            if said
                .iter()
                .any(|other: &Said| other.activity == look.activity)
            {
                continue;
            }
            let before = self
                .said
                .iter()
                .find(|before| before.activity == look.activity);
            let same = before.filter(|before| before.run == look.run);
            let same = same.map(|before| (&before.face, &*before.scene));
            if let Some(line) = Face::announcement(same, (&look.face, &look.scene)) {
                self.announcer.take(line);
            }
            said.push(Said {
                activity: look.activity.clone(),
                run: look.run,
                face: look.face.clone(),
                scene: Rc::clone(&look.scene),
            });
        }
        self.said = said;
        if let Some(line) = self.announcer.say(at.now.steady) {
            self.effects.push(Effect::Say(line));
        }
    }
}
