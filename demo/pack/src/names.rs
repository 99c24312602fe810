//! Short names for what a module and its glue call each other by: wasm-bindgen's hold hashes, which do not compress.

use std::collections::BTreeMap;

use wasm_bindgen_cli_support::Output;

/// The new names by the old ones.
pub(crate) struct Names {
    /// What the glue gives to the module.
    imports: BTreeMap<String, String>,
    /// What the module gives to the glue.
    exports: BTreeMap<String, String>,
}

impl Names {
    /// Renames what the module takes from its own glue and gives to it. Imports from scripts of ours keep their names,
    /// since those scripts are written by hand, and so do an export that the glue never mentions, and the memory, which
    /// whoever starts a module is given and may measure.
    ///
    /// # Errors
    /// When an import is not in the glue once: this wasm-bindgen writes another glue than the one read here.
    pub(crate) fn give(output: &mut Output, stem: &str) -> Result<Self, String> {
        let own = format!("./{stem}_bg.js");
        let (mut imports, mut exports) = (BTreeMap::new(), BTreeMap::new());
        let glue = output.js().to_owned();
        let module = output.wasm_mut();
        for import in module.imports.iter_mut().filter(|it| it.module == own) {
            let found = uses(&glue, &import.name, Side::Import);
            if found != 1 {
                return Err(format!("{} is {found} times in its glue", import.name));
            }
            let old = std::mem::replace(&mut import.name, short(imports.len()));
            imports.insert(old, import.name.clone());
        }
        for export in module.exports.iter_mut() {
            if export.name != "memory" && uses(&glue, &export.name, Side::Export) > 0 {
                let old = std::mem::replace(&mut export.name, short(exports.len()));
                exports.insert(old, export.name.clone());
            }
        }
        Ok(Self { imports, exports })
    }

    /// Returns the glue with the new names.
    pub(crate) fn in_glue(&self, glue: &str) -> String {
        let mut renamed = String::with_capacity(glue.len());
        for (word, side) in words(glue) {
            let new = match side {
                Some(Side::Import) => self.imports.get(word),
                Some(Side::Export) => self.exports.get(word),
                None => None,
            };
            renamed.push_str(new.map_or(word, String::as_str));
        }
        renamed
    }
}

/// From which side a name in the glue belongs to the module.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    /// A key of the object that the module is given: `name: function…`.
    Import,
    /// A property of the module's exports: `wasm.name`.
    Export,
}

/// Cuts a script into names and what stands between them; nothing is lost.
fn words(script: &str) -> impl Iterator<Item = (&str, Option<Side>)> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_$".contains(letter);
    let (mut from, mut owner) = (0, "");
    std::iter::from_fn(move || {
        let rest = &script[from..];
        let is_name = rest.starts_with(is_part);
        let end = rest
            .find(|letter| is_part(letter) != is_name)
            .unwrap_or(rest.len());
        let word = &rest[..end];
        from += end;
        let side = match (is_name, owner) {
            (true, "wasm.") => Some(Side::Export),
            (true, _) if script[from..].starts_with(':') => Some(Side::Import),
            _ => None,
        };
        owner = match word {
            "wasm" => word,
            "." if owner == "wasm" => "wasm.",
            _ => "",
        };
        (!word.is_empty()).then_some((word, side))
    })
}

fn uses(glue: &str, name: &str, side: Side) -> usize {
    words(glue).filter(|it| *it == (name, Some(side))).count()
}

/// The name of a number: a to z, then aa and on.
fn short(number: usize) -> String {
    let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[number % 26]);
    match number / 26 {
        0 => letter.to_string(),
        more => format!("{}{letter}", short(more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(glue: &str) -> String {
        let one = |old: &str, new: &str| BTreeMap::from([(old.to_owned(), new.to_owned())]);
        let names = Names {
            imports: one("__wbg_ask_0f", "a"),
            exports: one("page_call", "b"),
        };
        names.in_glue(glue)
    }

    #[test]
    fn names_are_changed_on_both_sides_and_nothing_else_is() {
        assert_eq!(
            renamed("{ __wbg_ask_0f: function() {} }"),
            "{ a: function() {} }"
        );
        assert_eq!(renamed("wasm.page_call(1) + ü"), "wasm.b(1) + ü");
        let same = "export { page_call, __wbg_ask_0f }; wasm . page_call; other.page_call";
        assert_eq!(renamed(same), same);
    }

    #[test]
    fn no_two_numbers_have_one_name() {
        let names: std::collections::BTreeSet<_> = (0..2000).map(short).collect();
        assert_eq!(names.len(), 2000);
        assert_eq!(
            [short(0), short(25), short(26), short(701), short(702)],
            ["a", "z", "aa", "zz", "aaa"]
        );
    }
}
