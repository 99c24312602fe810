//! Whether a draft meets what a rule demands, and which fields do not.

use super::{Demand, Missing, Rule, Stated, Subject};
use crate::words::holds;
use liveroom_protocol::lottery::{Condition, Draft};
use liveroom_protocol::money::{Amount, Currency};
use liveroom_protocol::{deal, lottery};

/// What an attested condition is called that asks for an order.
const BOUGHT: &str = "bought";

/// What a room knows besides the draft.
pub(crate) struct Known<'a> {
    /// The least that it asked for a product in so many days before now, in a currency; nothing if it did not.
    pub(crate) asked: &'a dyn Fn(&str, Currency, u16) -> Option<u64>,
}

/// What of a draft does not meet a rule.
pub(super) fn unmet(rule: &Rule, subject: &Subject<'_>, known: &Known<'_>) -> Vec<Missing> {
    let tell = |field: String, word: Option<&str>| Missing {
        rule: rule.id.clone(),
        field,
        says: rule.says.clone(),
        source: rule.source.clone(),
        severity: rule.severity,
        word: word.map(str::to_owned),
    };
    if let Demand::Words { words } = &rule.demand {
        let texts = subject.texts();
        let held = words.iter().flat_map(|word| {
            let held = texts.iter().filter(|(_, text)| holds(text, word));
            held.map(|(field, _)| tell(field.clone(), Some(word)))
        });
        return held.collect();
    }
    let fields = match subject {
        _ if lacks_label(&rule.demand, subject) => vec!["about.ad".to_owned()],
        Subject::Poll(_) => Vec::new(),
        Subject::Lottery(draft) => of_lottery(&rule.demand, draft),
        Subject::Qna(draft) => match rule.demand {
            Demand::QuestionApproval if !draft.approval => vec!["approval".to_owned()],
            _ => Vec::new(),
        },
        Subject::Deal(draft) => of_deal(&rule.demand, draft, known),
    };
    fields.into_iter().map(|field| tell(field, None)).collect()
}

fn lacks_label(demand: &Demand, subject: &Subject<'_>) -> bool {
    let Demand::AdLabel { holds } = demand else {
        return false;
    };
    let label = subject.about().ad.as_ref();
    let fits = label.is_some_and(|label| {
        holds.is_empty() || holds.iter().any(|word| label.as_str().contains(word))
    });
    subject.names_a_product() && !fits
}

/// The fields of a lottery that are missing or too much.
fn of_lottery(demand: &Demand, draft: &Draft) -> Vec<String> {
    let unless = |met: bool, field: &str| {
        if met {
            Vec::new()
        } else {
            vec![field.to_owned()]
        }
    };
    let prizes = |fails: &dyn Fn(&lottery::Prize) -> bool| {
        let prizes = draft.prizes.iter().enumerate();
        prizes
            .filter(|(_, prize)| fails(prize))
            .map(|(place, _)| format!("prizes.{place}.value"))
            .collect()
    };
    match demand {
        Demand::Organiser => unless(draft.organiser.is_some(), "organiser"),
        Demand::RulesLink => unless(draft.rules.is_some(), "rules"),
        Demand::EndTime => unless(draft.closes_in_ms.is_some(), "closes_in_ms"),
        Demand::DrawTime => unless(draft.draws_itself || draft.round.is_some(), "draws_itself"),
        Demand::ClaimTime => unless(draft.claim_within_ms.is_some(), "claim_within_ms"),
        Demand::Delivery => unless(draft.delivery.is_some(), "delivery"),
        Demand::FreeEntry => unless(draft.free_entry.is_some(), "free_entry"),
        Demand::NothingBought => {
            let conditions = draft.conditions.iter().enumerate();
            conditions
                .filter(|(_, condition)| is_bought(condition))
                .map(|(place, _)| format!("conditions.{place}"))
                .collect()
        }
        Demand::PrizeValue { currency } => {
            prizes(&|prize| prize.value.as_ref().map(|value| value.currency) != Some(*currency))
        }
        Demand::PrizeCap { currency, most } => prizes(&|prize| {
            prize.value.as_ref().is_some_and(|value| {
                value.currency == *currency
                    && value.amount.ten_thousandths() > most.ten_thousandths()
            })
        }),
        Demand::TicketMultiple { most } => {
            let tiers = draft.tickets.tiers.iter();
            let largest = tiers.map(|tier| tier.tickets).max().unwrap_or(0);
            unless(
                largest <= draft.tickets.each.saturating_mul(*most),
                "tickets",
            )
        }
        // By order, while it is open: see `Rules::may_exclude`.
        Demand::ExcludedShare { .. } => Vec::new(),
        Demand::AdLabel { .. }
        | Demand::QuestionApproval
        | Demand::PriceBasis { .. }
        | Demand::LowestPrice
        | Demand::OwnPrices { .. }
        | Demand::Seller
        | Demand::Words { .. }
        | Demand::Kept => Vec::new(),
    }
}

fn is_bought(condition: &Condition) -> bool {
    matches!(condition, Condition::Attested { what } if what.as_str().eq_ignore_ascii_case(BOUGHT))
}

/// The field of a deal that is missing or too much.
fn of_deal(demand: &Demand, draft: &deal::Draft, known: &Known<'_>) -> Vec<String> {
    let field = match demand {
        Demand::PriceBasis { days } => {
            let asked = (known.asked)(draft.sku.as_str(), draft.price.currency, *days);
            let before = draft.before.as_ref().map(Amount::ten_thousandths);
            let shown = matches!((before, asked), (Some(before), Some(asked)) if before <= asked);
            (before.is_some() && draft.price_basis.is_none() && !shown).then_some("price_basis")
        }
        Demand::LowestPrice => {
            (draft.before.is_some() && draft.lowest_30_days.is_none()).then_some("lowest_30_days")
        }
        Demand::OwnPrices { of, days } => {
            let (field, stated) = match of {
                Stated::Before => ("before", &draft.before),
                Stated::Lowest => ("lowest_30_days", &draft.lowest_30_days),
            };
            let asked = (known.asked)(draft.sku.as_str(), draft.price.currency, *days);
            let stated = stated.as_ref().map(Amount::ten_thousandths);
            matches!((stated, asked), (Some(stated), Some(asked)) if stated > asked)
                .then_some(field)
        }
        Demand::Seller => draft.seller.name.is_none().then_some("seller.name"),
        Demand::Organiser
        | Demand::RulesLink
        | Demand::EndTime
        | Demand::DrawTime
        | Demand::ClaimTime
        | Demand::Delivery
        | Demand::FreeEntry
        | Demand::NothingBought
        | Demand::PrizeValue { .. }
        | Demand::PrizeCap { .. }
        | Demand::TicketMultiple { .. }
        | Demand::ExcludedShare { .. }
        | Demand::AdLabel { .. }
        | Demand::QuestionApproval
        | Demand::Words { .. }
        | Demand::Kept => None,
    };
    field.map(str::to_owned).into_iter().collect()
}
