//! A merchant's product feed as XML: the items of RSS 2.0, or the entries of Atom, with the names of
//! <https://support.google.com/merchants/answer/7052112>, read into the rows of a table.

use super::{COLUMNS, heading};
use roxmltree::{Document, Node};

/// The first row is of headings; each has the line that its item begins on.
pub(super) fn rows(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    // A document type, by which a short text can be made to fill the memory, is not taken.
    let document = Document::parse(text)
        .map_err(|no| format!("The feed is no XML that can be read: {no}."))?;
    let is_item = |node: &Node<'_, '_>| matches!(node.tag_name().name(), "item" | "entry");
    let items = document.descendants().filter(is_item);
    let mut head: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for item in items {
        let mut row = vec![String::new(); head.len()];
        for field in item.children().filter(Node::is_element) {
            let name = heading(field.tag_name().name());
            let text = field.text().unwrap_or_default().trim();
            let is_known = |(_, names): &(&str, &[&str])| names.contains(&name.as_str());
            if text.is_empty() || !COLUMNS.iter().any(is_known) {
                continue;
            }
            let place = head.iter().position(|known| *known == name);
            let place = place.unwrap_or_else(|| {
                head.push(name);
                row.push(String::new());
                head.len() - 1
            });
            // Of a name that is there twice the first one counts.
            if row[place].is_empty() {
                text.clone_into(&mut row[place]);
            }
        }
        let line = document.text_pos_at(item.range().start).row;
        rows.push((usize::try_from(line).unwrap_or_default(), row));
    }
    if rows.is_empty() {
        return Err("The feed has no items.".into());
    }
    rows.insert(0, (1, head));
    Ok(rows)
}
