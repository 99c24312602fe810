//! A room's figures over HTTP, for its owner and analysts: as JSON, as one table, as chapters of a recording.
//!
//! | query | |
//! |---|---|
//! | `show=ID` | of that show; `all` for all time; without it the last show, or all where there was none |
//! | `from=`, `to=` | milliseconds since 1970, taken down and up to whole minutes |
//! | `by=` | `activity`, `widget`, `product`, `brand`, `tag`, `streamer`, `show`, `channel`, `segment`, `tier` |
//! | `stock_low=`, `participation_falls=`, `refusals_rise=`, `errors_rise=`, `silent_minutes=` | when alerts are raised; 0 never |
//! | `start=` | of chapters: when the recording begins; without it the show's start |

use super::cors::Entered;
use super::csv::Table;
use super::rooms::bearer;
use crate::Server;
use crate::collector::{Counted, Within};
use crate::facts::{By, Facts, MINUTE, Scope, Sums};
use crate::insights::{self, Asked, HEADINGS, Insights, Thresholds, minutes_of};
use crate::room::Room;
use crate::status::{Refused, unavailable};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::permit;
use serde::Deserialize;
use std::sync::Arc;

/// The last instant that is asked for: far beyond any clock, and small enough for every sum.
const FAR: u64 = 1 << 52;

/// The word for all time.
const ALL: &str = "all";

/// What is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    show: Option<String>,
    from: Option<u64>,
    to: Option<u64>,
    by: By,
    start: Option<u64>,
    stock_low: Option<u64>,
    participation_falls: Option<u64>,
    refusals_rise: Option<u64>,
    errors_rise: Option<u64>,
    silent_minutes: Option<u64>,
}

type Queried = Result<Query<Question>, QueryRejection>;

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
    match permit::figures(claims.role, claims.brand.as_ref())? {
        permit::Figures::All => {}
        // Until figures can be kept to one brand, none are shown rather than all: here the brand goes into the question.
        permit::Figures::OfBrand(_) => return Err(Reason::NotAllowed.into()),
    }
    let question = queried
        .map_err(|error| Refusal::because(Reason::Malformed, error.body_text()))?
        .0;
    let room = entered.room?;
    let (asked, sums) = look(server, &room, &question).await?;
    let within = Within {
        room: room.id().clone(),
        show: asked.scope.show.clone(),
        from: asked.scope.from,
        to: asked.scope.to,
    };
    let counted = read(server, within).await?;
    let now = (room.time(), room.viewers());
    let insights = insights::insights(room.id().clone(), &asked, sums, &counted, now);
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
        let scope = scope(&question, facts, reported, now)?;
        let sums = facts.sums(room, &scope, question.by);
        let asked = Asked {
            scope,
            by: question.by,
            thresholds: thresholds(&question),
        };
        Ok((asked, sums))
    })
    .await?
}

fn scope(
    question: &Question,
    facts: &Facts,
    reported: Option<(u64, u64)>,
    now: u64,
) -> Result<Scope, Refusal> {
    let shows = facts.shows();
    let show = match question.show.as_deref() {
        Some(ALL) => None,
        Some(name) => {
            let known = shows.iter().find(|show| show.id.as_str() == name);
            let unknown = || Refusal::because(Reason::NotFound, "this room had no such show");
            Some(known.ok_or_else(unknown)?)
        }
        None if question.from.is_some() || question.to.is_some() => None,
        None => shows.last(),
    };
    let extents = [facts.extent(), reported].into_iter().flatten();
    let first = extents.map(|(first, _)| first).min().unwrap_or(now);
    let (from, to) = match show {
        Some(show) => (
            show.started_at.0,
            show.ended_at.map_or(now, |ended| ended.0),
        ),
        None => (first, now),
    };
    // What ends within a minute is counted in that minute.
    let (from, _) = minutes_of(question.from.unwrap_or(from).min(FAR));
    let to = match question.to.map(|to| to.min(FAR)) {
        Some(whole) if whole.is_multiple_of(MINUTE) => whole,
        Some(within) => minutes_of(within).1,
        None => minutes_of(to).1,
    };
    if to < from {
        return Err(Refusal::because(Reason::Malformed, "to= is before from="));
    }
    Ok(Scope {
        show: show.map(|show| show.id.to_string()),
        from,
        to,
    })
}

const fn thresholds(question: &Question) -> Thresholds {
    const fn or(asked: Option<u64>, otherwise: u64) -> u64 {
        match asked {
            Some(asked) => asked,
            None => otherwise,
        }
    }
    let usual = Thresholds::USUAL;
    Thresholds {
        stock_low: or(question.stock_low, usual.stock_low),
        participation_falls: or(question.participation_falls, usual.participation_falls),
        refusals_rise: or(question.refusals_rise, usual.refusals_rise),
        errors_rise: or(question.errors_rise, usual.errors_rise),
        silent_minutes: or(question.silent_minutes, usual.silent_minutes),
    }
}

async fn extent(server: &Arc<Server>, room: &Room) -> Result<Option<(u64, u64)>, Refusal> {
    let (collector, id) = (server.collector.clone(), room.id().clone());
    blocking(move || collector.extent(&id)).await
}

async fn read(server: &Arc<Server>, within: Within) -> Result<Counted, Refusal> {
    let collector = server.collector.clone();
    blocking(move || collector.counted(&within)).await
}

async fn blocking<T: Send + 'static>(
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

const fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}
