//! Draws again and compares, winner by winner.

use super::super::{Entrant, Fault, Pool, Terms};
use liveroom_protocol::lottery::{Drawn, Hex};

/// Whether these are whom the pool draws, in this order: a prize each while there is one and somebody is left, then redraws.
pub(super) fn check(
    terms: &Terms,
    roll: &[Entrant],
    pool: Pool,
    winners: &[Drawn],
) -> Result<(), Fault> {
    let able = roll.iter().filter(|entrant| entrant.tickets > 0).count();
    let due: Vec<u32> = terms.pieces().take(able).collect();
    let first = winners
        .iter()
        .take_while(|drawn| drawn.instead_of.is_none())
        .count();
    if first != due.len() {
        return Err(Fault::WinnersCount {
            due: number(due.len()),
            are: number(first),
        });
    }
    let mut redrawn = vec![false; winners.len()];
    let mut pool = pool;
    for (place, drawn) in winners.iter().enumerate() {
        let win = number(place);
        match due.get(place) {
            Some(prize) if *prize != drawn.prize => return Err(Fault::WinnerPrize(win)),
            Some(_) => {}
            None => redraw(winners, place, &mut redrawn)?,
        }
        let chosen = pool.next().ok_or(Fault::Redraw(win))?;
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
    Ok(())
}

/// A redraw is of a win before it that was forfeited, once, and of the same prize.
fn redraw(winners: &[Drawn], place: usize, redrawn: &mut [bool]) -> Result<(), Fault> {
    let win = number(place);
    let drawn = &winners[place];
    let old = drawn.instead_of.map_or(usize::MAX, |old| old as usize);
    let forfeited = old < place && winners[old].forfeited.is_some();
    if !forfeited || std::mem::replace(&mut redrawn[old], true) {
        return Err(Fault::Redraw(win));
    }
    if winners[old].prize != drawn.prize {
        return Err(Fault::WinnerPrize(win));
    }
    Ok(())
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
