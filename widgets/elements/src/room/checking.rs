//! The check of a draw that a viewer asked for: the shell does it, and this keeps how far it has come.

use super::Room;
use crate::config::Server;
use crate::effect::Effect;
use crate::face::Face;
use crate::lottery::Lottery;
use liveroom_protocol::id::ActivityId;

impl Room {
    /// The viewer wants the draw that an element shows checked, or to see the own entry on its list.
    /// A page that drives its room has no proof of it.
    pub fn check(&mut self, element: u32, whole: bool) {
        let look = self.mounted(element).and_then(|mount| mount.look.as_ref());
        let Some(activity) = look.map(|look| look.activity.clone()) else {
            return;
        };
        let driven = self.config.server == Server::Page;
        let asks = |lottery: &mut Lottery| lottery.ask_check(whole);
        if !driven && self.lottery(&activity).is_some_and(asks) {
            let address = self.config.address().unwrap_or_default();
            self.effects.push(Effect::Check {
                activity,
                address,
                whole,
            });
            self.effects.push(Effect::Draw);
        }
    }

    /// How far the check has come, see [`Lottery::checked`].
    pub fn checked(&mut self, activity: &ActivityId, whole: u8, found: Option<&str>) {
        if let Some(lottery) = self.lottery(activity) {
            lottery.checked(whole, found);
            self.effects.push(Effect::Draw);
        }
    }

    /// What a draw had fixed is another than this page first saw: a word for what is wrong, see [`Lottery::swapped`].
    pub fn swapped(&mut self, activity: &ActivityId, wrong: &str) {
        if let Some(lottery) = self.lottery(activity) {
            lottery.swapped(wrong);
            self.effects.push(Effect::Draw);
        }
    }

    fn lottery(&mut self, activity: &ActivityId) -> Option<&mut Lottery> {
        match self.store.known_mut(activity)? {
            Face::Lottery(lottery) => Some(lottery),
            Face::Poll(_) | Face::Qna(_) | Face::Deal(_) => None,
        }
    }
}
