//! Makes the kit.
fn main() {}
