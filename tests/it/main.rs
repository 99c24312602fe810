//! What a user of a room server can see, over real sockets; and the rules of the house.

mod bad_drafts;
mod bad_input;
mod decode;
mod fanout;
mod flood;
mod http;
mod idle;
mod log;
mod logs;
mod origin;
mod pages;
mod poll;
mod program;
mod report;
mod restart;
mod similar;
mod socket;
mod stalled;
mod tidy;
mod tokens;
mod wire;
