//! Questions that may be the same: compared by their words, in a viewer's page while they type and among all in the room.
//!
//! No service and no model: a question becomes a [`Sketch`] of its words and of pieces of its words, and two sketches
//! are alike as far as they share them. What a question turns on (a size, a number, a colour) must agree; what every
//! question has ("do you have", "please") hardly counts. What it finds and misses: `./tests/run similar`.

mod fold;
mod index;
#[cfg(test)]
mod tests;
mod words;

pub use fold::normalised;
pub use index::Index;
use words::Meaning;

/// From here on a question is offered as perhaps the same; it lies where the tuned half of the labelled pairs parts best.
pub const LIKELY: u8 = 74;

/// How much a word counts, shared by its pieces; a size, a number or a colour; a word that says little.
const WORD: u32 = 48;
const MARK: u32 = 90;
const FILLER: u32 = 2;
/// Chinese and Japanese have no spaces: a character by itself, two in a row, two in a row of which one is hiragana.
const ALONE: u32 = 14;
const PAIR: u32 = 24;
const SYLLABLES: u32 = 5;

/// The low byte of an entry is its weight, and this bit of it says that both questions must agree.
const MUST_AGREE: u32 = 0x80;
const WEIGHT: u32 = 0x7f;

/// What a question is compared by: hashes of its words and of pieces of words with their weights, in order.
///
/// It is made once for each known question; comparing two costs about a microsecond.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// Takes a question apart.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let plain: Vec<char> = fold::plain(text).chars().collect();
        let mut sketch = Self::default();
        let mut rest = plain.as_slice();
        while let [first, ..] = rest {
            let length = if *first == ' ' {
                1
            } else if fold::is_dense(*first) {
                sketch.take_dense(rest)
            } else {
                sketch.take_word(rest)
            };
            rest = &rest[length..];
        }
        sketch
    }

    fn put(&mut self, piece: &[char], weight: u32) {
        // FNV-1a.
        let hash = piece.iter().fold(0x811c_9dc5_u32, |hash, c| {
            (hash ^ fold::hiragana(*c) as u32).wrapping_mul(0x0100_0193)
        });
        // Kept in order as it grows, the highest first: a sort would be most of this module's size. Of equal hashes
        // the heaviest stays.
        let entry = hash & !0xff | weight;
        let place = self.0.partition_point(|known| known >> 8 > entry >> 8);
        match self.0.get_mut(place) {
            Some(known) if *known >> 8 == entry >> 8 => *known = entry.max(*known),
            _ => self.0.insert(place, entry),
        }
    }

    fn put_meaning(&mut self, word: &[char], meaning: Meaning) {
        match meaning {
            Meaning::Filler => self.put(word, FILLER),
            Meaning::Same(group) => self.put(&[group], WORD),
            Meaning::Mark(group) => self.put(&[group], MARK | MUST_AGREE),
        }
    }

    /// Takes a word of letters, or a number; gives its length.
    fn take_word(&mut self, rest: &[char]) -> usize {
        let digits = rest[0].is_ascii_digit();
        let length = rest
            .iter()
            .position(|c| match c {
                '.' => !digits,
                _ => *c == ' ' || fold::is_dense(*c) || c.is_ascii_digit() != digits,
            })
            .unwrap_or(rest.len());
        let word = &rest[..length];
        if digits || words::is_size(word) {
            self.put(word, MARK | MUST_AGREE);
        } else if let Some(meaning) = words::meaning(word) {
            self.put_meaning(word, meaning);
        } else {
            let word = words::stem(word);
            let padded: Vec<char> = [&['^'], word, &['$']].concat();
            let pieces = padded.len() - 2;
            for piece in padded.windows(3) {
                self.put(piece, (WORD / pieces as u32).max(1));
            }
        }
        length
    }

    /// Takes a known word, or a character with the one that follows it, where words are not parted; gives the length.
    fn take_dense(&mut self, rest: &[char]) -> usize {
        if let Some((length, meaning)) = words::leading(rest) {
            self.put_meaning(&rest[..length], meaning);
            return length;
        }
        let next = rest
            .get(1)
            .filter(|c| fold::is_dense(**c) && words::leading(&rest[1..]).is_none());
        let hiragana = fold::is_hiragana(rest[0]);
        if !hiragana && !fold::is_katakana(rest[0]) {
            self.put(&rest[..1], ALONE);
        }
        if let Some(next) = next {
            let weight = if hiragana || fold::is_hiragana(*next) {
                SYLLABLES
            } else {
                PAIR
            };
            self.put(&rest[..2], weight);
        }
        1
    }

    fn weight(&self) -> u32 {
        self.0.iter().map(|entry| entry & WEIGHT).sum()
    }
}

/// What two sketches have in common, by weight, and what each has alone.
struct Compared {
    shared: u32,
    alone: [u32; 2],
    /// Each has something that the other had to have as well.
    apart: bool,
}

fn compared(one: &Sketch, other: &Sketch) -> Compared {
    let (mut ours, mut theirs) = (one.0.iter().peekable(), other.0.iter().peekable());
    let (mut shared, mut our_mark, mut their_mark) = (0, 0, 0);
    while let (Some(&our), Some(&their)) = (ours.peek(), theirs.peek()) {
        let order = (our >> 8).cmp(&(their >> 8));
        if order.is_eq() {
            shared += (our & WEIGHT).min(their & WEIGHT);
        } else if order.is_gt() {
            our_mark |= our;
        } else {
            their_mark |= their;
        }
        if order.is_ge() {
            ours.next();
        }
        if order.is_le() {
            theirs.next();
        }
    }
    our_mark = ours.fold(our_mark, |mark, entry| mark | entry);
    their_mark = theirs.fold(their_mark, |mark, entry| mark | entry);
    Compared {
        shared,
        alone: [one, other].map(|sketch| sketch.weight() - shared),
        apart: our_mark & their_mark & MUST_AGREE != 0,
    }
}

/// How alike two questions are, from 0 to 100; the same either way round.
///
/// Words that only one of them has count against it, and more so if the other has words of its own instead: "the red
/// one" is a part of "the red one in M", but not of "the blue one".
#[must_use]
pub fn similarity(one: &Sketch, other: &Sketch) -> u8 {
    let Compared {
        shared,
        alone: [ours, theirs],
        apart,
    } = compared(one, other);
    let alike = alike_by(shared, ours, theirs);
    let alike = if apart { alike / 2 } else { alike };
    u8::try_from(alike).unwrap_or(100)
}

/// The same by the weights alone: what is shared, and what each has alone.
fn alike_by(shared: u32, ours: u32, theirs: u32) -> u32 {
    let against = (2 * ours.max(theirs) + 6 * ours.min(theirs)) / 8;
    100 * shared / (shared + against).max(1)
}

/// The known questions that are likely the same as what is typed, the most alike first, of equals the one given first;
/// at most `most`, each with its [`similarity`].
pub fn similar<'a, I>(
    typed: &str,
    known: impl Iterator<Item = (I, &'a Sketch)>,
    most: usize,
) -> Vec<(I, u8)> {
    let typed = Sketch::new(typed);
    let mut found: Vec<(I, u8)> = Vec::new();
    for (id, sketch) in known {
        let alike = similarity(&typed, sketch);
        let place = found.partition_point(|(_, better)| *better >= alike);
        if alike >= LIKELY && place < most {
            found.insert(place, (id, alike));
            found.truncate(most);
        }
    }
    found
}
