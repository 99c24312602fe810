//! Orders, as the page and the room see them.
