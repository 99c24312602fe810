//! Writes the gallery.
fn main() {}
