//! Single keys. A key leads to a button, and Enter presses that; one alone acts by itself, and only for 5 s after something opened.

use crate::control::Control;

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// To the question or the title of a new activity.
    Compose,
    /// To the show.
    Show,
    /// To the next activity.
    Next,
    /// To the one before.
    Before,
    /// To a button of the chosen activity, by its place.
    Button(usize),
    /// To the button that opens what comes next in the run of show.
    Run,
    /// To the button that clears the screen, or brings it back.
    Screen,
    /// Takes back what has just opened; else nothing.
    Back,
    /// To the list of keys, or away from it.
    Help,
    /// Away from a second step, or from the list of keys.
    Escape,
}

/// The keys as the list shows them.
pub(crate) const LIST: [(&str, &str); 16] = [
    ("n", "New activity: to its question or title"),
    ("s", "Show: start, hand over, end"),
    ("j", "Next activity"),
    ("k", "Activity before"),
    ("o", "Open or Reopen"),
    ("c", "Close"),
    ("p", "Pause or Resume"),
    ("r", "Reveal or Draw"),
    ("e", "+30 s"),
    ("m", "+1 min"),
    ("t", "Reset…"),
    ("x", "Put away…"),
    ("g", "Go on: to what comes next in the run of show"),
    ("h", "Hide all: clear the screen, or bring it back"),
    ("u", "Undo: take back what opened in the last 5 s, at once"),
    ("?", "This list"),
];

const BUTTONS: [Control; 8] = [
    Control::Open,
    Control::Close,
    Control::Pause,
    Control::Reveal,
    Control::HalfMinute,
    Control::Minute,
    Control::Reset,
    Control::PutAway,
];

/// Returns where a key leads, by the name that browsers give it.
pub(crate) fn read(name: &str) -> Option<Key> {
    match name {
        "n" => Some(Key::Compose),
        "s" => Some(Key::Show),
        "j" => Some(Key::Next),
        "k" => Some(Key::Before),
        "g" => Some(Key::Run),
        "h" => Some(Key::Screen),
        "u" => Some(Key::Back),
        "?" => Some(Key::Help),
        "Escape" => Some(Key::Escape),
        _ => {
            let mut letters = name.chars();
            let letter = letters.next().filter(|_| letters.next().is_none())?;
            let button = BUTTONS.iter().find(|control| control.key() == letter)?;
            Some(Key::Button(button.place()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_list_leads_somewhere() {
        for (name, _) in LIST {
            assert!(read(name).is_some(), "{name}");
        }
        for (place, button) in BUTTONS.iter().enumerate() {
            assert_eq!(read(&button.key().to_string()), Some(Key::Button(place)));
        }
    }

    #[test]
    fn enter_and_unknown_keys_are_left_to_the_browser() {
        for name in ["Enter", " ", "Tab", "ArrowDown", "O", "é", ""] {
            assert_eq!(read(name), None, "{name}");
        }
    }
}
