//! The shop's server: checks a ticket offline, charges it once, and settles it in the room, whatever becomes of the buyer's tab.

use crate::deal::DEAL;
use crate::scene::Scene;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use liveroom_protocol::deal::Ticket;
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::{Reason, Refusal};
use liveroom_tests::desk::token;
use liveroom_tests::process::{Fault, Process, ROOM};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// How long after its reservation a ticket is still taken, in seconds: the payment had begun before.
const GRACE_S: u64 = 120;
/// How long the slow bank takes: longer than a reservation.
const SLOW: Duration = Duration::from_secs(11);

/// How far the order of a claim is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The bank is asked.
    #[default]
    Asked,
    /// It has paid; the room is to be told.
    Paid,
    /// The room says that it is sold.
    Sold,
    /// The room had none left: the buyer has the money back.
    PaidBack,
}

/// A line of the books.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    /// How far it is.
    pub(crate) stage: Stage,
    /// How often the bank was asked for money.
    pub(crate) charges: u32,
    /// How many units.
    pub(crate) quantity: u32,
    /// How often the ticket was shown.
    pub(crate) shown: u32,
    /// Its number.
    pub(crate) number: String,
}

/// The shop.
#[derive(Clone)]
pub(crate) struct Shop(Arc<Counter>);

struct Counter {
    scene: Arc<Scene>,
    /// What tickets of the room are signed with.
    key: DecodingKey,
    /// The shop's own token.
    token: String,
    address: String,
    http: reqwest::Client,
    books: Mutex<BTreeMap<ClaimId, watch::Sender<Order>>>,
}

impl Shop {
    /// Opens it, with the key that the room tells a shop.
    pub(crate) async fn open(server: &Process, scene: Arc<Scene>) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Told {
            key: String,
        }
        let token = token(server, "shop", "shop", 0).await?;
        let http = reqwest::Client::new();
        let address = server.url(&format!("/v1/rooms/{ROOM}"));
        let answer = http
            .get(format!("{address}/ticket-key"))
            .bearer_auth(&token)
            .send()
            .await?;
        let Told { key } = answer.error_for_status()?.json().await?;
        Ok(Self(Arc::new(Counter {
            scene,
            key: DecodingKey::from_secret(key.as_bytes()),
            token,
            address,
            http,
            books: Mutex::default(),
        })))
    }

    /// Takes an order. The same ticket again is the same order; it goes on when nobody waits for it any more.
    pub(crate) fn order(&self, ticket: &str, slow: bool) -> Result<watch::Receiver<Order>, Fault> {
        let told = self.check(ticket)?;
        let mut books = self.0.books.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = books.get(&told.jti) {
            known.send_modify(|order| order.shown += 1);
            return Ok(known.subscribe());
        }
        let order = watch::Sender::new(Order {
            quantity: told.quantity,
            shown: 1,
            number: format!("A-{}", told.jti.as_str()),
            ..Order::default()
        });
        let waiting = order.subscribe();
        books.insert(told.jti.clone(), order.clone());
        self.0.scene.count(|counts| counts.open += 1);
        tokio::spawn(self.clone().work(told.jti, order, slow));
        Ok(waiting)
    }

    /// What the ticket says, if this room signed it for this deal.
    fn check(&self, ticket: &str) -> Result<Ticket, Fault> {
        let mut wanted = Validation::new(Algorithm::HS256);
        wanted.set_audience(&[ROOM]);
        wanted.set_issuer(&["liveroom-ticket"]);
        wanted.leeway = GRACE_S;
        let told: Ticket = decode(ticket, &self.0.key, &wanted)?.claims;
        if told.activity.as_str() != DEAL {
            return Err(format!("a ticket of another deal: {told:?}").into());
        }
        Ok(told)
    }

    async fn work(self, claim: ClaimId, order: watch::Sender<Order>, slow: bool) {
        let scene = &self.0.scene;
        order.send_modify(|order| order.charges += 1);
        if slow {
            sleep(SLOW).await;
        }
        order.send_modify(|order| order.stage = Stage::Paid);
        scene.count(|counts| counts.paid += 1);
        let number = order.borrow().number.clone();
        let stage = match self.settle(&claim, &number).await {
            Ok(()) => Stage::Sold,
            Err(Reason::SoldOut) => Stage::PaidBack,
            Err(reason) => {
                scene.wrong(format!("the shop could not settle {claim:?}: {reason:?}"));
                Stage::Paid
            }
        };
        order.send_modify(|order| order.stage = stage);
        scene.count(|counts| counts.open -= 1);
    }

    /// Tells the room that a claim is sold, until it has heard it. Under the claim's own name, so that saying it again is safe.
    async fn settle(&self, claim: &ClaimId, number: &str) -> Result<(), Reason> {
        #[derive(Deserialize)]
        struct Told {
            #[serde(default)]
            refusal: Option<Refusal>,
        }
        let settle = json!({ "outcome": "sold", "order": number });
        let command =
            json!({ "type": "deal.settle", "activity": DEAL, "claim": claim, "settle": settle });
        loop {
            self.0.scene.is_up().await;
            let asked = self.0.http.post(format!("{}/commands", self.0.address));
            let asked = asked
                .bearer_auth(&self.0.token)
                .header("idempotency-key", format!("sold-{}", claim.as_str()))
                .json(&command);
            let told = async { asked.send().await?.json::<Told>().await };
            // The server was killed before it answered: nobody knows what it did, and asking again is safe.
            let Ok(Told { refusal }) = told.await else {
                continue;
            };
            match refusal {
                None => return Ok(()),
                Some(Refusal {
                    reason: Reason::TooFast | Reason::Unavailable,
                    again_in_ms,
                    ..
                }) => sleep(Duration::from_millis(again_in_ms.unwrap_or(1_000))).await,
                Some(refusal) => return Err(refusal.reason),
            }
        }
    }

    /// The books, a line a claim.
    pub(crate) fn books(&self) -> BTreeMap<ClaimId, Order> {
        let books = self.0.books.lock().unwrap_or_else(PoisonError::into_inner);
        books
            .iter()
            .map(|(claim, order)| (claim.clone(), order.borrow().clone()))
            .collect()
    }
}
