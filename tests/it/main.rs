//! What a user of a room server can see, over real sockets; and the rules of the house.

mod decode;
mod log;
mod logs;
mod socket;
mod tidy;
mod wire;
