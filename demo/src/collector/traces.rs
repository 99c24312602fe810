//! Whether anything is left of what was erased, in any byte of the file.
//!
//! `secure_delete` overwrites what is deleted, but not the copies that were left in the free space of other pages when rows
//! were moved: some of a thousand. So the file is looked through, by a thread of its own, and written anew if one is found.

use super::Failed;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// Bytes that are looked through at once.
const PIECE: usize = 1 << 20;

/// Whether any of the names is in the file; empty ones are in none.
pub(super) async fn are_in(path: &Path, names: Vec<String>) -> Result<bool, Failed> {
    let path = path.to_owned();
    let looked = tokio::task::spawn_blocking(move || Seeker::new(names).look(&path));
    let found = looked.await.map_err(|_| Failed::Erase)?;
    found.map_err(|_| Failed::Erase)
}

struct Seeker {
    names: Vec<Vec<u8>>,
    /// By their first two bytes: whether a name begins so.
    begins: Vec<bool>,
    longest: usize,
}

impl Seeker {
    fn new(names: Vec<String>) -> Self {
        let names: Vec<Vec<u8>> = names
            .into_iter()
            .map(String::into_bytes)
            .filter(|name| name.len() >= 2)
            .collect();
        let mut begins = vec![false; 1 << 16];
        for name in &names {
            begins[pair(name)] = true;
        }
        let longest = names.iter().map(Vec::len).max().unwrap_or(0);
        Self {
            names,
            begins,
            longest,
        }
    }

    fn look(&self, path: &Path) -> std::io::Result<bool> {
        let mut file = File::open(path)?;
        let mut bytes = vec![0; PIECE + self.longest];
        let mut kept = 0;
        loop {
            let read = match file.read(&mut bytes[kept..]) {
                Ok(0) => return Ok(false),
                Ok(read) => read,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let here = &bytes[..kept + read];
            if self.is_in(here) {
                return Ok(true);
            }
            // A name may lie across two pieces.
            let rest = here.len().min(self.longest.saturating_sub(1));
            let from = here.len() - rest;
            bytes.copy_within(from..from + rest, 0);
            kept = rest;
        }
    }

    fn is_in(&self, bytes: &[u8]) -> bool {
        let mut places = bytes.windows(2).enumerate();
        places.any(|(at, two)| {
            self.begins[pair(two)] && self.names.iter().any(|name| bytes[at..].starts_with(name))
        })
    }
}

/// The first two bytes as a number.
fn pair(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_wherever_it_lies_and_across_pieces() {
        let folder = tempfile::tempdir().expect("there is a folder");
        let path = folder.path().join("file");
        let name = "0123456789abcdef";
        let looks = |at: Option<usize>| {
            let mut bytes = vec![b'0'; 3 * PIECE];
            if let Some(at) = at {
                bytes[at..at + name.len()].copy_from_slice(name.as_bytes());
            }
            std::fs::write(&path, &bytes).expect("it is written");
            let names = vec![String::new(), "nobody".to_owned(), name.to_owned()];
            Seeker::new(names).look(&path).expect("it is read")
        };
        assert!(!looks(None));
        let end = 3 * PIECE - name.len();
        for at in [0, 1, PIECE - 7, PIECE, PIECE + 3, 2 * PIECE + 20, end] {
            assert!(looks(Some(at)), "{at}");
        }
    }
}
