//! Draws again and compares, winner by winner.

use super::super::{Entrant, Fault, Pool, Terms};
use liveroom_protocol::lottery::{Drawn, Hex};

/// Whether these are whom the pool draws, in this order: pieces in the order of the terms, and redraws between them.
/// Says how many pieces are still to be drawn while somebody is left.
pub(super) fn check(
    terms: &Terms,
    roll: &[Entrant],
    mut pool: Pool,
    winners: &[Drawn],
) -> Result<u32, Fault> {
    let mut pieces = terms.pieces();
    let mut redrawn = vec![false; winners.len()];
    for (place, drawn) in winners.iter().enumerate() {
        let win = number(place);
        let prize = match drawn.instead_of {
            Some(old) => redraw(&winners[..place], old, &mut redrawn).ok_or(Fault::Redraw(win))?,
            None => pieces.next().ok_or(Fault::WinnersCount(win))?,
        };
        if prize != drawn.prize {
            return Err(Fault::WinnerPrize(win));
        }
        let chosen = pool.next().ok_or(Fault::WinnersCount(win))?;
        let due = Hex(roll[chosen.place].id);
        if due != drawn.entrant {
            return Err(Fault::Winner { win, due });
        }
        if chosen.word != drawn.word {
            return Err(Fault::WinnerWord {
                win,
                due: chosen.word,
            });
        }
    }
    Ok(match pool.next() {
        Some(_) => number(pieces.count()),
        None => 0,
    })
}

/// The prize of a win that can be redrawn: it is an earlier one, it was forfeited, and this is its first redraw.
fn redraw(before: &[Drawn], old: u32, redrawn: &mut [bool]) -> Option<u32> {
    let win = before.get(old as usize)?;
    let again = std::mem::replace(redrawn.get_mut(old as usize)?, true);
    (win.forfeited.is_some() && !again).then_some(win.prize)
}

/// Who would have won a draw that was cancelled after closing.
pub(super) fn would_be(terms: &Terms, roll: &[Entrant], pool: Pool) -> Vec<Hex<16>> {
    pool.zip(terms.pieces())
        .map(|(chosen, _)| Hex(roll[chosen.place].id))
        .collect()
}

fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
