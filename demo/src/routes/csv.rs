//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.

/// A table, with the byte-order mark by which spreadsheets know UTF-8.
pub(super) struct Table(String);

impl Table {
    /// A table with these headings.
    pub(super) fn new<'a>(headings: impl IntoIterator<Item = &'a str>) -> Self {
        let mut table = Self("\u{feff}".to_owned());
        table.row(headings);
        table
    }

    /// Adds a row.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        for (place, text) in cells.into_iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.0.push_str(&cell(text));
        }
        self.0.push_str("\r\n");
    }

    /// The whole of it.
    pub(super) fn text(self) -> String {
        self.0
    }
}

/// A cell. What a spreadsheet would take for a formula gets an apostrophe before it
/// (<https://owasp.org/www-community/attacks/CSV_Injection>).
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let safe = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if safe.contains(['"', ',', '\n', '\r', ';', '\t']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_never_two() {
        for (text, written) in [
            ("Tea", "Tea"),
            ("=1+1", "'=1+1"),
            ("+49 30 1", "'+49 30 1"),
            ("@sum(a1)", "'@sum(a1)"),
            ("a,b", "\"a,b\""),
            ("say \"tea\"", "\"say \"\"tea\"\"\""),
            ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
            ("one\ntwo", "\"one\ntwo\""),
        ] {
            assert_eq!(cell(text), written);
        }
        let mut table = Table::new(["a", "b"]);
        table.row(["1", ""]);
        assert_eq!(table.text(), "\u{feff}a,b\r\n1,\r\n");
    }
}
