//! What a user of a room server can see, over real sockets; and the rules of the house.

mod bad_drafts;
mod bad_input;
mod deal;
mod decode;
mod fanout;
mod flood;
mod http;
mod idle;
mod log;
mod logs;
mod lottery;
mod origin;
mod pages;
mod poll;
mod program;
mod proxy;
mod qna;
mod report;
mod restart;
mod similar;
mod socket;
mod stalled;
mod tidy;
mod tokens;
mod wire;
