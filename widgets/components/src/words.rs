//! The messages by key, with English built in; another language is a JSON file of the same keys laid over it.

use crate::format::Format;
use crate::json::{Json, NotJson};

const ENGLISH: &str = include_str!("../../elements/lang/en.json");

/// The messages of one language. What a file leaves out stays English, so a message is never missing.
///
/// A message may hold parameters (`{n}`); one that counts has a key for each plural category (`poll.voters.one`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Sorted by key.
    messages: Vec<(String, String)>,
}

impl Default for Words {
    fn default() -> Self {
        let mut words = Self {
            messages: Vec::new(),
        };
        // The built-in file is read by a test, so that this cannot fail on a page.
        let _ = words.lay(ENGLISH);
        words
    }
}

impl Words {
    /// Reads a language file: a JSON object of texts. What is not a text is an error, an unknown key is kept and never used.
    pub fn from_json(text: &str) -> Result<Self, NotJson> {
        let mut words = Self::default();
        words.lay(text)?;
        Ok(words)
    }

    /// Lays other messages over these: a page's own strings over a language. On an error nothing is changed.
    pub fn lay(&mut self, text: &str) -> Result<(), NotJson> {
        for (key, message) in pairs(text)? {
            match self.place(&key) {
                Ok(place) => self.messages[place].1 = message,
                Err(place) => self.messages.insert(place, (key, message)),
            }
        }
        Ok(())
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.messages
            .binary_search_by(|(known, _)| known.as_str().cmp(key))
    }

    fn find(&self, key: &str) -> Option<&str> {
        let place = self.place(key).ok()?;
        Some(&self.messages[place].1)
    }

    /// Returns the message of a key; the key itself where there is none, which a test rules out for the kit's own.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// Returns the message of a key with one parameter filled in.
    pub fn fill(&self, key: &str, name: &str, value: &str) -> String {
        fill(self.say(key), name, value)
    }

    /// Returns why something was called off.
    pub(crate) fn cancelled(&self, reason: &str) -> String {
        self.fill("cancelled", "{reason}", &apart(reason))
    }

    /// Returns the message for a number, which is written and put in for `{n}`.
    pub fn count(&self, format: &dyn Format, key: &str, value: u32) -> String {
        let with = |category: &str| {
            let mut full = String::from(key);
            full.push('.');
            full.push_str(category);
            self.find(&full)
        };
        let message = with(format.plural(value)).or_else(|| with("other"));
        fill(message.unwrap_or(key), "{n}", &format.number(value))
    }

    /// Returns a list in one line, each name kept together in its own direction of writing.
    pub fn list<'a>(&self, names: impl Iterator<Item = &'a str>) -> String {
        let mut text = String::new();
        for name in names {
            if !text.is_empty() {
                text.push_str(self.say("list"));
            }
            text.push_str(&apart(name));
        }
        text
    }
}

/// Returns a viewer's or streamer's text so that its direction of writing cannot disturb the sentence around it.
pub(crate) fn apart(text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 6);
    kept.push('\u{2068}');
    kept.push_str(text);
    kept.push('\u{2069}');
    kept
}

pub(crate) fn fill(message: &str, name: &str, value: &str) -> String {
    // By bytes: the library's search is made for long texts, and ten times the code.
    let mut places = message.as_bytes().windows(name.len());
    let Some(place) = places.position(|piece| piece == name.as_bytes()) else {
        return message.to_owned();
    };
    let mut text = String::with_capacity(message.len() + value.len());
    text.push_str(&message[..place]);
    text.push_str(value);
    text.push_str(&message[place + name.len()..]);
    text
}

/// The pairs of a JSON object of texts.
fn pairs(text: &str) -> Result<Vec<(String, String)>, NotJson> {
    let Json::Object(pairs) = Json::parse(text)? else {
        return Err(NotJson(0));
    };
    let pairs = pairs.into_iter().map(|(key, value)| match value {
        Json::Text(text) => Ok((key.into_owned(), text.into_owned())),
        _ => Err(NotJson(0)),
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PlainFormat;

    #[test]
    fn the_built_in_messages_can_be_read() {
        assert!(pairs(ENGLISH).is_ok());
        assert_eq!(Words::default().say("lang"), "en");
    }

    #[test]
    fn another_language_is_laid_over_english() {
        let words = Words::from_json(r#"{"lang":"de","poll.vote":"Abstimmen"}"#).unwrap();
        assert_eq!(words.say("poll.vote"), "Abstimmen");
        assert_eq!(
            words.say("poll.change"),
            Words::default().say("poll.change")
        );
        assert!(Words::from_json("[]").is_err());
        assert!(Words::from_json(r#"{"poll.vote":1}"#).is_err());
    }

    #[test]
    fn a_number_chooses_its_plural() {
        let words = Words::from_json(r#"{"x.one":"{n} vote","x.other":"{n} votes"}"#).unwrap();
        assert_eq!(words.count(&PlainFormat, "x", 1), "1 vote");
        assert_eq!(words.count(&PlainFormat, "x", 1_204), "1,204 votes");
        let few = Words::from_json(r#"{"x.other":"n: {n}"}"#).unwrap();
        assert_eq!(few.count(&PlainFormat, "x", 1), "n: 1");
        assert_eq!(few.count(&PlainFormat, "no.such", 1), "no.such");
    }

    #[test]
    fn every_language_says_everything_with_the_same_parameters() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../elements/lang");
        let plurals = [".zero", ".one", ".two", ".few", ".many", ".other"];
        let stem = |key: &str| -> Option<String> {
            plurals
                .iter()
                .find_map(|end| key.strip_suffix(end))
                .map(String::from)
        };
        let parameters = |text: &str| -> Vec<String> {
            let mut names: Vec<String> = text.split('{').skip(1).map(String::from).collect();
            for name in &mut names {
                name.truncate(name.find('}').expect("a parameter ends"));
            }
            names.sort();
            names
        };
        let english = pairs(ENGLISH).unwrap();
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            let text = std::fs::read_to_string(&file).unwrap();
            let other = pairs(&text).unwrap();
            let name = file.file_stem().unwrap().to_str().unwrap();
            assert_eq!(Words::from_json(&text).unwrap().say("lang"), name);
            for (key, message) in &english {
                let counted = stem(key).is_some();
                let same: Vec<_> = other
                    .iter()
                    .filter(|(k, _)| k == key || (counted && stem(k) == stem(key)))
                    .collect();
                let all_of_it = counted || same.len() == 1;
                assert!(!same.is_empty() && all_of_it, "{key} is missing in {name}");
                for (_, translated) in same.iter().filter(|_| !counted) {
                    assert_eq!(
                        parameters(translated),
                        parameters(message),
                        "{key} in {name}"
                    );
                }
            }
            let known = |key: &str| {
                english
                    .iter()
                    .any(|(k, _)| k == key || stem(k) == stem(key))
            };
            assert!(
                other.iter().all(|(key, _)| known(key)),
                "{name} has a key of its own"
            );
        }
    }

    #[test]
    fn names_in_a_list_keep_their_own_direction() {
        let words = Words::default();
        assert_eq!(
            words.list(["a", "b"].into_iter()),
            "\u{2068}a\u{2069}, \u{2068}b\u{2069}"
        );
        assert_eq!(words.list([].into_iter()), "");
    }
}
