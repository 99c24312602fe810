//! One script played in both rooms at once: what the one accepts the other must accept.

use super::naive::{CLAIM, LASTS, Naive, WATCH};
use super::{DIRECT, NAMES, REASONS, Script, Step, id, of, who, winners};
use crate::stage::{KEY, Stage, request};
use liveroom_protocol::identity::{Label, Level, Role, Standing};
use liveroom_protocol::lottery::Hex;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Action, Reason};
use liveroom_rules::private;
use liveroom_rules::record::{Entry, Watch, What, Who};
use liveroom_rules::room::{Room, Verdict};
use std::collections::HashMap;

/// The real room and the naive one, and what was accepted under which name.
pub(super) struct Play {
    pub(super) stage: Stage,
    pub(super) naive: Naive,
    accepted: HashMap<(By, u8), (String, u64)>,
}

/// What the naive room says of a step; who was drawn it looks up in the real one.
type Expected = Box<dyn Fn(&mut Naive, &Room) -> bool>;

/// Who asks: each has names of requests of their own.
type By = Result<u8, Role>;

impl Play {
    pub(super) fn new(script: &Script) -> Self {
        let mut stage = Stage::new();
        stage.room.private.keep(private::ticket_key(&KEY));
        let (allowed, itself) = (script.allowed, script.itself);
        for (name, itself) in NAMES.into_iter().zip([itself, false]) {
            stage.order(&format!(
                r#"{{"type":"lottery.open","activity":"{name}","title":"Round","prizes":[{{"name":"Cup","count":2}},{{"name":"Pot"}}],
                "conditions":[{{"kind":"keyword","word":"tea"}},{{"kind":"watched","for_ms":{WATCH}}}],
                "tickets":{{"each":1,"tiers":[{{"tier":"gold","tickets":3}}]}},"exclusions":["Staff","Minor"],"not_after":["l","m"],
                "wins_allowed":{allowed},"claim":{{"kind":"form","fields":[{{"label":"Name"}}]}},"claim_within_ms":{CLAIM},
                "closes_in_ms":{LASTS},"draws_itself":{itself}}}"#
            ));
        }
        let naive = Naive::new(stage.now, allowed, itself);
        Self {
            stage,
            naive,
            accepted: HashMap::new(),
        }
    }

    /// A request that was accepted is told the same for ever, and does nothing again: then it is no news to the naive room.
    fn first(&mut self, by: By, id: u8, body: &str, verdict: &Verdict) -> Option<bool> {
        match (self.accepted.get(&(by, id)), verdict) {
            (None, Verdict::Accepted { position, .. }) => {
                self.accepted.insert((by, id), (body.to_owned(), *position));
                Some(true)
            }
            (None, Verdict::Refused(_)) => Some(false),
            (Some((before, place)), Verdict::Accepted { position, .. }) => {
                assert_eq!(
                    (before.as_str(), place),
                    (body, position),
                    "an id is told the same for ever"
                );
                None
            }
            (Some((before, _)), Verdict::Refused(refusal)) => {
                let other = matches!(refusal.reason, Reason::IdReused | Reason::WrongKeyword);
                assert!(*before != body && other, "{before} {body} {refusal:?}");
                None
            }
        }
    }

    fn act(&mut self, viewer: u8, name: u8, place: usize, json: &str, gold: bool) -> Option<bool> {
        let action: Action = serde_json::from_str(json).unwrap();
        let standing = Standing {
            level: Level::Token,
            tier: gold.then(|| Label::parse("gold").unwrap()),
            watched_ms: Some(
                self.stage
                    .room
                    .watched(who(viewer), Timestamp(self.stage.now)),
            ),
            ..Standing::default()
        };
        let verdict = self.stage.act_as(
            who(viewer).0,
            &format!("v{name}"),
            &id(place),
            action,
            standing,
        );
        self.first(
            Ok(viewer),
            name,
            &format!("{place} {gold} {json}"),
            &verdict,
        )
    }

    fn order(&mut self, name: u8, role: Role, json: &str) -> Option<bool> {
        let verdict = self
            .stage
            .order_again(role, request(&format!("o{name}")), json);
        self.first(Err(role), name, json, &verdict)
    }

    /// Does one step in both rooms: both say yes, or both no.
    #[expect(clippy::too_many_lines, reason = "an arm for each step")]
    pub(super) fn step(&mut self, step: &Step) {
        let command = |kind: &str, place: usize, more: &str| {
            format!(r#"{{"type":"{kind}","activity":"{}"{more}}}"#, NAMES[place])
        };
        let (said, expected): (Option<bool>, Expected) = match *step {
            Step::Wait { ms } => {
                self.stage.now += u64::from(ms);
                self.stage.tick();
                self.naive.wait(ms.into());
                return;
            }
            Step::Watch { who: viewer, came } => {
                let watch = if came {
                    Watch::Came { before_ms: Span(0) }
                } else {
                    Watch::Went
                };
                let entry = Entry {
                    who: Who::Viewer(who(viewer)),
                    id: self.stage.fresh(),
                    what: What::Watch(watch),
                };
                self.stage.push(entry);
                self.naive.watch(viewer, came);
                return;
            }
            Step::Itself => {
                let due: Vec<usize> = (0..2).filter(|place| self.naive.due(*place)).collect();
                self.stage.room_orders();
                for place in due {
                    let wins = winners(&self.stage.room, place);
                    self.naive.draw(place, usize::MAX, |win| wins[win]);
                }
                return;
            }
            Step::Enter {
                who,
                id,
                place,
                gold,
                word,
            } => {
                let word_typed = if word { " Tea" } else { "cup" };
                let json = format!(r#"{{"type":"lottery.enter","keyword":"{word_typed}"}}"#);
                (
                    self.act(who, id, place, &json, gold),
                    Box::new(move |naive, _| naive.enter(place, who, gold, word)),
                )
            }
            Step::Claim {
                who,
                id,
                place,
                win,
            } => {
                let json = format!(
                    r#"{{"type":"lottery.claim","win":{win},"form":[{{"label":"Name","value":"Ana"}}]}}"#
                );
                (
                    self.act(who, id, place, &json, false),
                    Box::new(move |naive, _| naive.claim(place, who, win.into())),
                )
            }
            Step::Exclude {
                id,
                place,
                who: viewer,
                reason,
            } => {
                let entrant = Hex(of(&self.stage.room, place).entrant(who(viewer)));
                let json = command(
                    "lottery.exclude",
                    place,
                    &format!(r#","entrant":"{entrant}","reason":"{}""#, REASONS[reason]),
                );
                (
                    self.order(id, Role::Streamer, &json),
                    Box::new(move |naive, _| naive.exclude(place, viewer, reason)),
                )
            }
            Step::Draw { id, place, most } => {
                let some = if most > 0 {
                    format!(r#","winners":{most}"#)
                } else {
                    String::new()
                };
                let most = if most > 0 { most.into() } else { usize::MAX };
                let json = command("lottery.draw", place, &some);
                (
                    self.order(id, Role::Streamer, &json),
                    Box::new(move |naive, room| {
                        let wins = winners(room, place);
                        naive.draw(place, most, |win| wins[win])
                    }),
                )
            }
            Step::Forfeit {
                id,
                place,
                win,
                redraw,
            } => {
                let json = command(
                    "lottery.forfeit",
                    place,
                    &format!(r#","win":{win},"reason":"Sent back","redraw":{redraw}"#),
                );
                (
                    self.order(id, Role::Streamer, &json),
                    Box::new(move |naive, room| {
                        let wins = winners(room, place);
                        naive.forfeit(place, win.into(), redraw, |win| wins[win])
                    }),
                )
            }
            Step::Fulfil { id, place, win } => {
                let json = command("lottery.fulfil", place, &format!(r#","win":{win}"#));
                (
                    self.order(id, Role::Shop, &json),
                    Box::new(move |naive, _| naive.fulfil(place, win.into())),
                )
            }
            Step::Direct { id, place, what } => {
                let what = DIRECT[what];
                let json = command(
                    what,
                    place,
                    if what == "cancel" {
                        r#","reason":"Not today""#
                    } else {
                        ""
                    },
                );
                (
                    self.order(id, Role::Streamer, &json),
                    Box::new(move |naive, _| naive.direct(place, what)),
                )
            }
        };
        if let Some(said) = said {
            assert_eq!(
                expected(&mut self.naive, &self.stage.room),
                said,
                "{step:?}"
            );
        }
    }
}
