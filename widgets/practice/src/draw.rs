//! "Check this draw": the proof of a draw, checked in the viewer's own browser, in slices.
//!
//! Here because it needs the rules and their hashes, which a viewer's kit does not carry until they ask.

use crate::tab::Tab;
use js_sys::{Function, Promise};
use liveroom_protocol::id::{ActivityId, RoomId};
use liveroom_protocol::lottery::{Hex, Inclusion};
use liveroom_rules::draw::{self, Checker, ENTRY_BYTES, Entrant, Fault};
use serde_json::json;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/js/slices.js")]
extern "C" {
    fn slices(source: &JsValue, entry_bytes: usize, feed: &JsValue, told: &Function) -> Promise;
}

/// Checks a draw: its proof as text, and the list of entrants as a `ReadableStream` of bytes or a `Uint8Array`; `undefined` where
/// the proof has it in it, or has none yet.
///
/// `told` hears how many bytes of the list were taken. The answer is JSON: `{"holds": true, "said": {…}}` with what `DRAW.md` says
/// under *Check*, and the public round to compare; or `{"holds": false, "fault", "why"}`. It is rejected only where the list is.
#[wasm_bindgen]
pub async fn check_draw(proof: String, roll: JsValue, told: Function) -> Result<String, JsValue> {
    let checker = match Checker::read(&proof) {
        Ok(checker) => checker,
        Err(fault) => return Ok(refused(&fault)),
    };
    drop(proof);
    let round = checker.terms().round.clone().map(|round| {
        json!({"number": round.number, "signature": checker.signature(), "address": round.address()})
    });
    let checker = Rc::new(RefCell::new(checker));
    let fault = if roll.is_undefined() {
        checker.borrow_mut().roll_inside().err()
    } else {
        fed(&checker, &roll, &told).await?
    };
    if let Some(fault) = fault {
        return Ok(refused(&fault));
    }
    // Nothing else has it once the list is at its end.
    let Ok(checker) = Rc::try_unwrap(checker) else {
        return Err(JsError::new("the list of entrants is still being read").into());
    };
    Ok(match checker.into_inner().finish() {
        Ok(said) => json!({"holds": true, "said": said, "round": round}).to_string(),
        Err(fault) => refused(&fault),
    })
}

/// Takes the list slice by slice, and says what is wrong with it.
async fn fed(
    checker: &Rc<RefCell<Checker>>,
    roll: &JsValue,
    told: &Function,
) -> Result<Option<Fault>, JsValue> {
    let found: Rc<RefCell<Option<Fault>>> = Rc::default();
    let feed = {
        let (checker, found) = (Rc::clone(checker), Rc::clone(&found));
        Closure::<dyn FnMut(Vec<u8>) -> Result<(), JsValue>>::new(move |bytes: Vec<u8>| {
            checker.borrow_mut().feed(&bytes).map_err(|fault| {
                let stop = JsValue::from_str(fault.code());
                *found.borrow_mut() = Some(fault);
                stop
            })
        })
    };
    let ended = JsFuture::from(slices(roll, ENTRY_BYTES, feed.as_ref(), told)).await;
    // It stops at a fault by throwing; anything else that was thrown is the network's.
    match (found.take(), ended) {
        (None, Err(error)) => Err(error),
        (fault, _) => Ok(fault),
    }
}

/// The proof of a draw of a practice room that is open in this tab, as text; `undefined` where there is none.
#[wasm_bindgen]
pub fn draw_proof(room: String, activity: String) -> Option<String> {
    let (room, activity) = (RoomId::parse(room).ok()?, ActivityId::parse(activity).ok()?);
    let proof = Tab::opened(&room)?.proof(&activity)?;
    serde_json::to_string(&proof).ok()
}

/// Whether an entrant was in a draw, out of some kilobytes: the inclusion proof as text, the entrant's id as `mine` has it,
/// and the root as the card had it at closing. How many tickets they have, 0 if they are excluded; `undefined` if it does not hold.
#[wasm_bindgen]
pub fn was_in_draw(inclusion: &str, entrant: &str, root: &str) -> Option<u32> {
    let inclusion: Inclusion = serde_json::from_str(inclusion).ok()?;
    let entry = Entrant::read(&inclusion.entry.0);
    let path: Vec<draw::Hash> = inclusion.path.iter().map(|hash| hash.0).collect();
    let root = Hex::<32>::parse(root)?;
    let own = Hex(entry.id).to_string() == entrant;
    let holds = draw::included(&entry, inclusion.place, inclusion.entrants, &path, &root.0);
    (own && holds).then_some(entry.tickets)
}

fn refused(fault: &Fault) -> String {
    json!({"holds": false, "fault": fault.code(), "why": fault.to_string()}).to_string()
}
