//! The custom elements a page uses.

pub mod acts;
pub mod announcer;
pub mod chips;
pub mod choice;
pub mod clock;
pub mod config;
pub mod connection;
pub mod deal;
pub mod decode;
pub mod effect;
pub mod face;
pub mod lottery;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod picture;
pub mod poll;
pub mod qna;
pub mod report;
pub mod room;
pub mod store;
pub mod view;
pub mod write;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
