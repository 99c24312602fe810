//! Rows that are asked for as JSON or as a table, and that stay in no cache.

use super::columns::Column;
use super::csv::Table;
use axum::Json;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

/// As what they are asked for: `format=`.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    #[default]
    Json,
    Csv,
    /// What the columns of the table mean.
    Dictionary,
}

/// Rows that can be written as a table.
pub(super) trait Rows: Serialize {
    /// The columns of that table.
    fn columns(&self) -> Vec<Column>;

    /// Writes the rows below them.
    fn fill(&self, table: &mut Table);
}

/// The rows, or a file `NAME.csv` of them, or `NAME-dictionary.csv` of what its columns mean.
pub(super) fn answer(rows: &impl Rows, format: Format, name: &str) -> Response {
    let columns = rows.columns();
    match format {
        Format::Json => (no_store(), Json(rows)).into_response(),
        Format::Csv => {
            let mut table = Table::new(columns.iter().map(|column| &*column.name));
            rows.fill(&mut table);
            file(name, table)
        }
        Format::Dictionary => {
            let mut table = Table::new(["column", "means"]);
            for column in &columns {
                table.row([&*column.name, column.means]);
            }
            file(&format!("{name}-dictionary"), table)
        }
    }
}

fn file(name: &str, table: Table) -> Response {
    let said = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.csv\""),
        ),
    ];
    (said, no_store(), table.text()).into_response()
}

/// Particulars of people, and what is true only now, stay in no cache.
pub(super) const fn no_store() -> [(HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}
