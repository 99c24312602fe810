//! Who won or claimed what: prizes with what their winners wrote, and claims of a deal with their codes.

use super::{Rows, Table};
use liveroom_protocol::deal::{self, OrderBy, Taken};
use liveroom_protocol::id::{ActivityId, ClaimId, VariantId};
use liveroom_protocol::lottery::{ClaimBy, Field, Standing};
use liveroom_protocol::money::Money;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Mine, Reason, Refusal};
use liveroom_rules::activity::Body;
use liveroom_rules::deal::Deal;
use liveroom_rules::lottery::Lottery;
use liveroom_rules::private::name_key;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::room::Room;
use liveroom_rules::view;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// The rows of one activity.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Claims {
    Lottery {
        /// The labels of the form.
        #[serde(skip)]
        labels: Vec<String>,
        #[serde(rename = "wins")]
        rows: Vec<Prize>,
    },
    Deal {
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
    form: Vec<Field>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Money>,
}

/// What is known of an activity's claims now.
pub(super) fn of(room: &Room, activity: &ActivityId) -> Result<Claims, Refusal> {
    let known = room.activity(activity).ok_or(Reason::NotFound)?;
    match &known.body {
        Body::Lottery(lottery) => Ok(prizes(room, activity, lottery)),
        Body::Deal(deal) => Ok(reserved(room, activity, deal)),
        Body::Poll(_) | Body::Qna(_) => Err(Refusal::because(
            Reason::NotFound,
            "only lotteries and deals have claims",
        )),
    }
}

fn prizes(room: &Room, activity: &ActivityId, lottery: &Lottery) -> Claims {
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
        let code = match view::mine(room, won.who, activity).and_then(|item| item.mine) {
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
            form: form
                .and_then(|form| serde_json::from_str(form).ok())
                .unwrap_or_default(),
        }
    });
    Claims::Lottery {
        labels,
        rows: rows.collect(),
    }
}

fn reserved(room: &Room, activity: &ActivityId, deal: &Deal) -> Claims {
    let mut codes: HashMap<ClaimId, String> = HashMap::new();
    if matches!(deal.draft.by, OrderBy::Code) {
        let viewers: HashSet<Pseudonym> = deal.claims().map(|(_, held)| held.who).collect();
        for who in viewers {
            let own = view::mine(room, who, activity).and_then(|item| item.mine);
            if let Some(Mine::Deal(mine)) = own {
                let coded = |taken: Taken| Some((taken.claim, taken.code?));
                codes.extend(mine.claims.into_iter().filter_map(coded));
            }
        }
    }
    let rows = deal.claims().map(|(claim, held)| Reserved {
        code: codes.remove(&claim),
        claim,
        variant: deal.shelves()[held.variant].id.clone(),
        quantity: held.quantity,
        standing: held.standing,
        until: held.until,
        price: Some(Money {
            amount: held.price.clone(),
            currency: deal.draft.price.currency,
        }),
        order: held.order.as_ref().map(|order| order.as_str().to_owned()),
        value: held.value.clone(),
    });
    Claims::Deal {
        rows: rows.collect(),
    }
}

impl Rows for Claims {
    fn table(&self) -> Table {
        match self {
            Self::Lottery { labels, rows } => {
                let fixed = [
                    "win", "prize", "standing", "name", "entrant", "claim_by", "code", "reason",
                ];
                let labels = labels.iter().map(String::as_str);
                let mut table = Table::new(fixed.into_iter().chain(labels.clone()));
                for row in rows {
                    let (win, claim_by) = (row.win.to_string(), row.claim_by.0.to_string());
                    let fixed = [
                        &win,
                        &row.prize,
                        word(&row.standing).as_str(),
                        text(&row.name),
                        &row.entrant,
                        &claim_by,
                        text(&row.code),
                        text(&row.reason),
                    ]
                    .map(str::to_owned);
                    let filled = labels.clone().map(|label| {
                        let mut form = row.form.iter();
                        let field = form.find(|field| field.label.as_str() == label);
                        field.map_or("", |field| field.value.as_str())
                    });
                    table.row(fixed.iter().map(String::as_str).chain(filled));
                }
                table
            }
            Self::Deal { rows } => {
                let mut table = Table::new([
                    "claim", "variant", "quantity", "standing", "until", "price", "currency",
                    "code", "order", "value",
                ]);
                for row in rows {
                    let price = row.price.as_ref();
                    table.row([
                        row.claim.as_str(),
                        row.variant.as_str(),
                        &row.quantity.to_string(),
                        &word(&row.standing),
                        &row.until.0.to_string(),
                        price.map_or("", |price| price.amount.as_str()),
                        price.map_or("", |price| price.currency.as_str()),
                        text(&row.code),
                        text(&row.order),
                        row.value.as_ref().map_or("", |value| value.amount.as_str()),
                    ]);
                }
                table
            }
        }
    }
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
