//! The style sheets that the shell puts into the elements.

use super::widget;
use liveroom_protocol::Widget;
use liveroom_styles::{BASE, DEAL, LOTTERY, POLL, QNA, ROOM, TOKENS};
use wasm_bindgen::prelude::wasm_bindgen;

/// The style sheet of a widget, or of the room itself (any other name).
#[wasm_bindgen]
pub fn sheet(name: &str) -> String {
    match widget(name) {
        Some(Widget::Poll) => [TOKENS, BASE, POLL].concat(),
        Some(Widget::Lottery) => [TOKENS, BASE, LOTTERY].concat(),
        Some(Widget::Qna) => [TOKENS, BASE, QNA].concat(),
        Some(Widget::Deal) => [TOKENS, BASE, DEAL].concat(),
        None => [TOKENS, ROOM].concat(),
    }
}
