//! What the desk of a practice room looks up: by the same function as a room server's.

use crate::tab::Tab;
use liveroom_protocol::id::{ActivityId, RoomId};
use wasm_bindgen::prelude::*;

/// Claims or entrants of a practice room that is open in this tab, by a text, and older than the one of the number `before`: JSON as
/// a room server answers `desk/{activity}`. Fails with a sentence that says why.
#[wasm_bindgen]
pub fn desk_found(
    room: String,
    activity: String,
    text: &str,
    before: Option<f64>,
) -> Result<String, JsError> {
    let names = RoomId::parse(room)
        .ok()
        .zip(ActivityId::parse(activity).ok());
    let (room, activity) = names.ok_or_else(|| JsError::new("that is no name"))?;
    let tab = Tab::opened(&room).ok_or_else(|| JsError::new("the room is not open in this tab"))?;
    let before = before.map(position).transpose()?;
    let found = tab.find(&activity, text, before).map_err(|refusal| {
        let why = refusal.message;
        JsError::new(why.as_deref().unwrap_or("it has no such list"))
    })?;
    Ok(serde_json::to_string(&found)?)
}

/// A number of JavaScript's as a position of a log: whole, and none that it cannot tell from its neighbour.
fn position(number: f64) -> Result<u64, JsError> {
    const MOST: f64 = 9_007_199_254_740_991.0;
    if number.fract() != 0.0 || !(0.0..=MOST).contains(&number) {
        return Err(JsError::new("that is no position of a log"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is whole, and neither negative nor too large"
    )]
    Ok(number as u64)
}
