//! A room from outside: frames in, effects and looks out.
