//! What the streamer does, and what the shop takes out at the end: the deal, its export, its snapshot.

use liveroom_protocol::deal::{Standing, Stock, Tally};
use liveroom_protocol::id::{ClaimId, VariantId};
use liveroom_protocol::message::FromRoom;
use liveroom_tests::desk::{command, token};
use liveroom_tests::process::{Fault, Process, ROOM};
use serde::Deserialize;
use serde_json::json;

/// The name of the deal.
pub(crate) const DEAL: &str = "teapot";
/// What there is to choose from.
pub(crate) const VARIANTS: [&str; 4] = ["red", "blue", "green", "white"];
/// Units of each.
pub(crate) const PER_VARIANT: u32 = 25;
/// Units that one buyer may have.
pub(crate) const LIMIT: u32 = 2;
/// How long a claim is reserved: the least that a room takes, so that claims run out while it goes on.
const RESERVE_MS: u32 = 10_000;

/// A claim as the server exports it.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    /// Its name.
    pub(crate) claim: ClaimId,
    /// Of which variant.
    pub(crate) variant: VariantId,
    /// How many units.
    pub(crate) quantity: u32,
    /// Where it is on its way.
    pub(crate) standing: Standing,
    /// The order's number, as the shop or a page told it.
    pub(crate) order: Option<String>,
}

/// Opens the deal.
pub(crate) async fn open(server: &Process) -> Result<(), Fault> {
    let variants = VARIANTS.map(|id| json!({ "id": id, "name": id, "stock": PER_VARIANT }));
    let deal = json!({
        "type": "deal.open",
        "activity": DEAL,
        "title": "Harbour teapot",
        "sku": "TP-1",
        "price": { "amount": "19.90", "currency": "EUR" },
        "variants": variants,
        "limit": LIMIT,
        "reserve_ms": RESERVE_MS,
    });
    command(server, &deal).await
}

/// Every claim, as the shop's server may take them out.
pub(crate) async fn export(server: &Process) -> Result<Vec<Row>, Fault> {
    #[derive(Deserialize)]
    struct Export {
        claims: Vec<Row>,
    }
    let path = format!("/v1/rooms/{ROOM}/claims?activity={DEAL}");
    let answer = reqwest::Client::new()
        .get(server.url(&path))
        .bearer_auth(token(server, "shop", "shop", 0).await?)
        .send()
        .await?;
    let export: Export = answer.error_for_status()?.json().await?;
    Ok(export.claims)
}

/// The stock as someone who joins late is told it.
pub(crate) async fn snapshot(server: &Process) -> Result<Vec<Stock>, Fault> {
    let answer = reqwest::get(server.url(&format!("/v1/rooms/{ROOM}"))).await?;
    let frames: Vec<FromRoom> = answer.error_for_status()?.json().await?;
    let mut tallies = frames
        .into_iter()
        .filter_map(|frame| match frame {
            FromRoom::News(news) => Some(news.news),
            _ => None,
        })
        .flatten()
        .filter(|item| item.activity.as_str() == DEAL)
        .filter_map(|item| item.tally);
    match tallies.next_back() {
        Some(liveroom_protocol::Tally::Deal(Tally { stock, .. })) => Ok(stock),
        other => Err(format!("the snapshot has no stock: {other:?}").into()),
    }
}
