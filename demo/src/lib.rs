//! A room server.
