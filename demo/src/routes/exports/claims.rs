//! Who won or claimed what: prizes and claims of a deal; for the shop with what winners wrote and with the codes.

use super::{Column, Rows, Table, columns};
use liveroom_protocol::deal::{self, OrderBy, Said};
use liveroom_protocol::id::{ActivityId, ClaimId, VariantId};
use liveroom_protocol::lottery::{ClaimBy, Field, Standing};
use liveroom_protocol::money::Money;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Mine, Reason, Refusal};
use liveroom_rules::activity::Body;
use liveroom_rules::deal::{Deal, Held};
use liveroom_rules::lottery::Lottery;
use liveroom_rules::private::{TICKET_KEY, name_key};
use liveroom_rules::room::Room;
use liveroom_rules::{ticket, view};
use serde::Serialize;

/// The rows of one activity.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Claims {
    Lottery {
        activity: ActivityId,
        /// The labels of the form; nothing where it is not to be read.
        #[serde(skip)]
        labels: Option<Vec<String>>,
        #[serde(rename = "wins")]
        rows: Vec<Prize>,
    },
    Deal {
        activity: ActivityId,
        /// Codes are to be read.
        #[serde(skip)]
        coded: bool,
        #[serde(rename = "claims")]
        rows: Vec<Reserved>,
    },
}

/// A prize that was drawn.
#[derive(Serialize)]
pub(super) struct Prize {
    win: u32,
    prize: String,
    standing: Standing,
    entrant: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    claim_by: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<Vec<Field>>,
}

/// Units that were claimed.
#[derive(Serialize)]
pub(super) struct Reserved {
    claim: ClaimId,
    variant: VariantId,
    quantity: u32,
    standing: deal::Standing,
    until: Timestamp,
    price: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// What who settles it said of the order.
    #[serde(flatten)]
    settled: Said,
    /// What only the viewer's page said of it, which can lie.
    #[serde(skip_serializing_if = "Said::is_nothing")]
    page: Said,
}

/// What is known of an activity's claims now; `whole`: with forms and codes.
pub(super) fn of(room: &Room, activity: &ActivityId, whole: bool) -> Result<Claims, Refusal> {
    let known = room.activity(activity).ok_or(Reason::NotFound)?;
    match &known.body {
        Body::Lottery(lottery) => Ok(prizes(room, activity, lottery, whole)),
        Body::Deal(deal) => Ok(Claims::Deal {
            activity: activity.clone(),
            coded: whole,
            rows: deal
                .claims()
                .map(|(claim, held)| reserved(room, activity, deal, claim, held, whole))
                .collect(),
        }),
        Body::Poll(_) | Body::Qna(_) => Err(Refusal::because(
            Reason::NotFound,
            "only lotteries and deals have claims",
        )),
    }
}

fn prizes(room: &Room, activity: &ActivityId, lottery: &Lottery, whole: bool) -> Claims {
    let labels = match &lottery.draft.claim {
        ClaimBy::Form { fields } => fields
            .iter()
            .map(|field| field.label.as_str().to_owned())
            .collect(),
        ClaimBy::Press | ClaimBy::Code | ClaimBy::Link { .. } => Vec::new(),
    };
    let rows = (0..).zip(lottery.wins()).map(|(win, won)| {
        let form = won.form.as_ref();
        let form = form.and_then(|form| room.private.value(&form.key));
        let own = whole.then(|| view::mine(room, won.who, activity)).flatten();
        let code = match own.and_then(|item| item.mine) {
            Some(Mine::Lottery(mine)) => mine.wins.into_iter().find(|own| own.win == win),
            _ => None,
        };
        let prize = lottery.draft.prizes.get(won.prize as usize);
        Prize {
            win,
            prize: prize.map_or_else(String::new, |prize| prize.name.as_str().to_owned()),
            standing: won.fate,
            entrant: liveroom_protocol::lottery::Hex(lottery.entrant(won.who)).to_string(),
            name: room.private.value(&name_key(won.who)).map(str::to_owned),
            claim_by: won.claim_by,
            code: code.and_then(|own| own.code),
            reason: won.reason.clone(),
            // Whoever was erased has no words any more.
            form: whole.then(|| {
                form.and_then(|form| serde_json::from_str(form).ok())
                    .unwrap_or_default()
            }),
        }
    });
    Claims::Lottery {
        activity: activity.clone(),
        labels: whole.then_some(labels),
        rows: rows.collect(),
    }
}

/// One claim of a deal.
pub(super) fn reserved(
    room: &Room,
    activity: &ActivityId,
    deal: &Deal,
    claim: ClaimId,
    held: &Held,
    whole: bool,
) -> Reserved {
    let coded = whole && matches!(deal.draft.by, OrderBy::Code);
    let key = room.private.value(TICKET_KEY).filter(|_| coded);
    Reserved {
        code: key.map(|key| ticket::code(key, &[activity.as_str(), claim.as_str()])),
        claim,
        variant: deal.shelves()[held.variant].id.clone(),
        quantity: held.quantity,
        standing: held.standing,
        until: held.until,
        price: Some(Money {
            amount: held.price.clone(),
            currency: deal.draft.price.currency,
        }),
        settled: held.settled.clone(),
        page: held.page.clone(),
    }
}

impl Claims {
    /// Only the prize that has a code.
    pub(super) fn with_code(self, code: &str) -> Option<Self> {
        match self {
            Self::Lottery {
                activity,
                labels,
                mut rows,
            } => {
                rows.retain(|row| row.code.as_deref() == Some(code));
                let found = !rows.is_empty();
                found.then_some(Self::Lottery {
                    activity,
                    labels,
                    rows,
                })
            }
            Self::Deal { .. } => None,
        }
    }
}

impl Rows for Claims {
    fn columns(&self) -> Vec<Column> {
        match self {
            Self::Lottery { labels, .. } => {
                let mut all = told(&columns::PRIZES, labels.is_some());
                all.extend(labels.iter().flatten().map(|label| Column::of_form(label)));
                all
            }
            Self::Deal { coded, .. } => told(&columns::CLAIMS, *coded),
        }
    }

    fn fill(&self, table: &mut Table) {
        match self {
            Self::Lottery { labels, rows, .. } => {
                for row in rows {
                    prize(table, row, labels.as_deref());
                }
            }
            Self::Deal { coded, rows, .. } => {
                for row in rows {
                    claim(table, row, *coded);
                }
            }
        }
    }
}

/// Columns with or without the one of the codes.
fn told(columns: &[Column], coded: bool) -> Vec<Column> {
    let told = |column: &&Column| coded || column.name != columns::CODE;
    columns.iter().filter(told).cloned().collect()
}

fn prize(table: &mut Table, row: &Prize, labels: Option<&[String]>) {
    let (win, claim_by) = (row.win.to_string(), row.claim_by.0.to_string());
    let standing = word(&row.standing);
    let fixed = [
        &win,
        row.prize.as_str(),
        &standing,
        text(&row.name),
        &row.entrant,
        &claim_by,
    ];
    let code = labels.map(|_| text(&row.code));
    let filled = labels.into_iter().flatten().map(|label| {
        let mut form = row.form.iter().flatten();
        let field = form.find(|field| field.label.as_str() == label);
        field.map_or("", |field| field.value.as_str())
    });
    let rest = code.into_iter().chain([text(&row.reason)]).chain(filled);
    table.row(fixed.into_iter().chain(rest));
}

fn claim(table: &mut Table, row: &Reserved, coded: bool) {
    let price = row.price.as_ref();
    let first = [
        row.claim.as_str(),
        row.variant.as_str(),
        &row.quantity.to_string(),
        &word(&row.standing),
        &row.until.0.to_string(),
        price.map_or("", |price| price.amount.as_str()),
        price.map_or("", |price| price.currency.as_str()),
    ];
    let code = coded.then(|| text(&row.code));
    let last = said(&row.settled).into_iter().chain(said(&row.page));
    table.row(first.into_iter().chain(code).chain(last));
}

/// An order's number, its value, and the value's currency.
fn said(said: &Said) -> [&str; 3] {
    let value = said.value.as_ref();
    [
        said.order.as_ref().map_or("", |order| order.as_str()),
        value.map_or("", |value| value.amount.as_str()),
        value.map_or("", |value| value.currency.as_str()),
    ]
}

/// A word as it is written on the wire.
pub(super) fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn text(value: &Option<String>) -> &str {
    value.as_deref().unwrap_or_default()
}
