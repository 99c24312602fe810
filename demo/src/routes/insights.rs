//! A room's figures over HTTP, for its owner and analysts: as JSON, as one table, as chapters of a recording.
//!
//! | query | |
//! |---|---|
//! | `show=ID` | of that show; `all` for all time; without it the last show, or all where there was none |
//! | `from=`, `to=` | milliseconds since 1970, taken down and up to whole minutes |
//! | `brand=` | only of activities of that brand: all that its partner may see |
//! | `by=` | `activity`, `widget`, `product`, `brand`, `tag`, `streamer`, `show`, `channel`, `segment`, `tier`; several by commas or by saying it again, or `all` |
//! | `start=` | of chapters: when the recording begins; without it the show's start |

mod question;

use super::alerts;
use super::cors::Entered;
use super::csv::Table;
use super::rooms::bearer;
use super::rows::no_store;
use crate::Server;
use crate::collector::{Counted, Within};
use crate::facts::Sums;
use crate::insights::{self, Asked, HEADINGS, Insights};
use crate::room::Room;
use crate::status::{Refused, unavailable};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::permit;
use question::Question;
use std::sync::Arc;

type Queried = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// `GET /v1/rooms/{room}/insights`: the figures.
pub(super) async fn figures(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    queried: Queried,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (insights, _) = answer(&server, entered, queried, &headers).await?;
    Ok((no_store(), Json(insights)).into_response())
}

/// `GET /v1/rooms/{room}/export.csv`: the same, a value a line, with the dictionary.
pub(super) async fn csv(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    queried: Queried,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (insights, _) = answer(&server, entered, queried, &headers).await?;
    let mut table = Table::new(HEADINGS);
    for line in insights::lines(&insights) {
        table.row(line.cells());
    }
    Ok(file(
        "text/csv; charset=utf-8",
        &insights,
        "csv",
        table.text(),
    ))
}

/// `GET /v1/rooms/{room}/export.json`: the same lines as JSON.
pub(super) async fn json(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    queried: Queried,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (insights, _) = answer(&server, entered, queried, &headers).await?;
    let lines = insights::lines(&insights);
    let text = serde_json::to_string(&lines).map_err(|_| unavailable())?;
    Ok(file("application/json", &insights, "json", text))
}

/// `GET /v1/rooms/{room}/moments.vtt`: the lively moments as chapters of a recording.
pub(super) async fn chapters(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    queried: Queried,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (insights, start) = answer(&server, entered, queried, &headers).await?;
    let show = |known: &&liveroom_protocol::show::Show| {
        insights.scope.show.as_deref() == Some(known.id.as_str())
    };
    let began = insights
        .shows
        .iter()
        .find(show)
        .map(|show| show.started_at.0);
    let start = start.or(began).unwrap_or(insights.scope.from);
    let text = insights::webvtt(&insights.moments, start);
    Ok(file("text/vtt; charset=utf-8", &insights, "vtt", text))
}

async fn answer(
    server: &Arc<Server>,
    entered: Entered,
    queried: Queried,
    headers: &HeaderMap,
) -> Result<(Insights, Option<u64>), Refusal> {
    let claims = bearer(server, headers, &entered)?;
    let figures = permit::figures(claims.role, claims.brand.as_ref())?;
    let Query(pairs) =
        queried.map_err(|error| Refusal::because(Reason::Malformed, error.body_text()))?;
    let mut question = Question::read(&pairs)?;
    let whole = match figures {
        permit::Figures::All => true,
        permit::Figures::OfBrand(brand) => {
            question.only(&brand);
            false
        }
    };
    let room = entered.room?;
    let (asked, sums) = look(server, &room, &question).await?;
    let within = Within {
        room: room.id().clone(),
        show: asked.scope.show.clone(),
        from: asked.scope.from,
        to: asked.scope.end(),
    };
    let counted = read(server, within).await?;
    let now = (room.time(), room.viewers());
    // Of a time that is over there is nothing to be told, and nothing of the room to a partner.
    let alerts = if whole && asked.scope.to > now.0.0 {
        alerts::now(server, &room).await?.alerts
    } else {
        Vec::new()
    };
    let insights = insights::insights(room.id().clone(), &asked, sums, counted, alerts, now);
    Ok((insights, question.start))
}

/// What the room knows, and which time was meant.
async fn look(
    server: &Arc<Server>,
    room: &Room,
    question: &Question,
) -> Result<(Asked, Sums), Refusal> {
    let reported = extent(server, room).await?;
    let (question, now) = (question.clone(), room.time().0);
    room.look_at_facts(move |room, facts| {
        let scope = question.scope(facts, reported, now)?;
        let sums = facts.sums(room, &scope, &question.by);
        let by = question.by;
        Ok((Asked { scope, by }, sums))
    })
    .await?
}

async fn extent(server: &Arc<Server>, room: &Room) -> Result<Option<(u64, u64)>, Refusal> {
    let (collector, id) = (server.collector.clone(), room.id().clone());
    blocking(move || collector.extent(&id)).await
}

pub(super) async fn read(server: &Arc<Server>, within: Within) -> Result<Counted, Refusal> {
    let collector = server.collector.clone();
    blocking(move || collector.counted(&within)).await
}

pub(super) async fn blocking<T: Send + 'static>(
    read: impl FnOnce() -> Result<T, crate::collector::Failed> + Send + 'static,
) -> Result<T, Refusal> {
    let read = tokio::task::spawn_blocking(read).await;
    read.map_err(|_| unavailable())?.map_err(|error| {
        tracing::warn!("figures cannot be read: {error}");
        unavailable()
    })
}

fn file(kind: &'static str, insights: &Insights, ending: &str, text: String) -> Response {
    let show = insights.scope.show.as_deref().unwrap_or("figures");
    let name = format!("attachment; filename=\"{}-{show}.{ending}\"", insights.room);
    let said = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    (said, no_store(), text).into_response()
}
