//! Rows that are asked for as JSON or as a table, and that stay in no cache.

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
}

/// Rows that can be written as a table.
pub(super) trait Rows: Serialize {
    fn table(&self) -> Table;
}

/// The rows, or a file `NAME.csv` of them.
pub(super) fn answer(rows: &impl Rows, format: Format, name: &str) -> Response {
    match format {
        Format::Json => (no_store(), Json(rows)).into_response(),
        Format::Csv => {
            let said = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}.csv\""),
                ),
            ];
            (said, no_store(), rows.table().text()).into_response()
        }
    }
}

/// Particulars of people, and what is true only now, stay in no cache.
pub(super) const fn no_store() -> [(HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}
