//! The verdict: the room's last word against the shop's books and against all that anybody was told.

use crate::deal::{PER_VARIANT, Row, VARIANTS};
use crate::scene::Scene;
use crate::shop::{Order, Stage};
use liveroom_protocol::deal::{Standing, Stock, Taken};
use liveroom_protocol::id::ClaimId;
use liveroom_tests::process::Fault;
use std::collections::BTreeMap;

type Books = BTreeMap<ClaimId, Order>;
type Rows<'a> = BTreeMap<&'a ClaimId, &'a Row>;

/// Holds one against the other, and prints a line for each promise that was kept.
pub(crate) fn give(
    scene: &Scene,
    books: &Books,
    export: &[Row],
    stock: &[Stock],
) -> Result<(), Fault> {
    if let Some(fault) = scene.fault() {
        return Err(fault.into());
    }
    let rows: Rows<'_> = export.iter().map(|row| (&row.claim, row)).collect();
    if rows.len() != export.len() {
        return Err("two claims have the same name".into());
    }
    println!("{}", sold(books, &rows, stock)?);
    println!("{}", one_ticket(books, &rows)?);
    println!("{}", unpaid(books, &rows)?);
    println!("{}", present(&scene.claims(), &rows)?);
    let tallies = scene.counts().borrow().tallies;
    println!(
        "left + reserved + ordering + sold = total, of each variant, in all {tallies} tallies that anybody saw."
    );
    Ok(())
}

fn sold(books: &Books, rows: &Rows<'_>, stock: &[Stock]) -> Result<String, Fault> {
    let total = u32::try_from(VARIANTS.len())? * PER_VARIANT;
    let paid: u32 = kept(books).map(|(_, order)| order.quantity).sum();
    let tallied: u32 = stock.iter().map(|stock| stock.sold).sum();
    let exported: u32 = rows
        .values()
        .filter(|row| row.standing == Standing::Sold)
        .map(|row| row.quantity)
        .sum();
    let orders = kept(books).count();
    if paid > total || paid != tallied || paid != exported || orders == 0 {
        return Err(format!(
            "{orders} paid orders of {paid} units, and the room says {tallied} are sold, its export {exported}"
        )
        .into());
    }
    Ok(format!(
        "{orders} paid orders of {paid} units, at most {total}, and {tallied} are sold."
    ))
}

fn one_ticket(books: &Books, rows: &Rows<'_>) -> Result<String, Fault> {
    let mut shown_again = 0;
    for (claim, order) in books {
        let row = rows.get(claim).ok_or("a ticket of no claim was charged")?;
        if order.charges != 1 || order.quantity != row.quantity {
            return Err(
                format!("{claim:?} was charged as {order:?}; the room says {row:?}").into(),
            );
        }
        let settled = row.order.as_deref() == Some(order.number.as_str());
        if order.stage == Stage::Sold && !settled {
            return Err(format!("{claim:?} is order {:?} to the room", row.order).into());
        }
        shown_again += usize::from(order.shown > 1);
    }
    let back = books
        .values()
        .filter(|order| order.stage == Stage::PaidBack)
        .count();
    Ok(format!(
        "Each has exactly one ticket and was charged once: {shown_again} tickets were shown more than once, {back} orders came too late and were paid back."
    ))
}

fn unpaid(books: &Books, rows: &Rows<'_>) -> Result<String, Fault> {
    let is_paid = |claim: &ClaimId| {
        books
            .get(claim)
            .is_some_and(|order| order.stage == Stage::Sold)
    };
    for (claim, row) in rows {
        let is_sold = row.standing == Standing::Sold;
        if is_sold != is_paid(claim) {
            return Err(format!(
                "the room says {row:?}; the shop has {:?}",
                books.get(*claim)
            )
            .into());
        }
    }
    let lies = rows
        .values()
        .filter(|row| row.standing == Standing::Ordering);
    let lies: u32 = lies.map(|row| row.quantity).sum();
    Ok(format!(
        "No unpaid unit counts as sold: {lies} units that a page lied about are still being ordered."
    ))
}

fn present(told: &BTreeMap<ClaimId, Taken>, rows: &Rows<'_>) -> Result<String, Fault> {
    for (claim, taken) in told {
        let same = |row: &&&Row| row.variant == taken.variant && row.quantity == taken.quantity;
        if rows.get(claim).filter(same).is_none() {
            return Err(format!(
                "{taken:?} was acknowledged; the room says {:?}",
                rows.get(claim)
            )
            .into());
        }
    }
    Ok(format!(
        "All {} acknowledged claims are there, of {} in all.",
        told.len(),
        rows.len()
    ))
}

/// Orders that were paid and not paid back.
fn kept(books: &Books) -> impl Iterator<Item = (&ClaimId, &Order)> {
    books
        .iter()
        .filter(|(_, order)| matches!(order.stage, Stage::Paid | Stage::Sold))
}

#[cfg(test)]
mod tests {
    use super::*;
    use liveroom_protocol::id::VariantId;

    fn claim() -> ClaimId {
        ClaimId::parse("c7").expect("a letter and a number are an id")
    }

    fn row(standing: Standing) -> Row {
        Row {
            claim: claim(),
            variant: VariantId::parse("red").expect("a word is an id"),
            quantity: 2,
            standing,
            order: Some("A-c7".to_owned()),
        }
    }

    fn books(stage: Stage, charges: u32) -> Books {
        let order = Order {
            stage,
            charges,
            quantity: 2,
            shown: 1,
            number: "A-c7".to_owned(),
        };
        BTreeMap::from([(claim(), order)])
    }

    /// Which of the first three promises are kept, where so many units are tallied as sold.
    fn kept_of(books: &Books, standing: Standing, tallied: u32) -> [bool; 3] {
        let row = row(standing);
        let rows = BTreeMap::from([(&row.claim, &row)]);
        let stock = Stock {
            sold: tallied,
            ..Stock::default()
        };
        [
            sold(books, &rows, &[stock]).is_ok(),
            one_ticket(books, &rows).is_ok(),
            unpaid(books, &rows).is_ok(),
        ]
    }

    #[test]
    fn what_was_paid_once_and_sold_once_is_well() {
        let books = books(Stage::Sold, 1);
        assert_eq!(kept_of(&books, Standing::Sold, 2), [true; 3]);
    }

    #[test]
    fn whatever_is_wrong_is_seen() {
        let sold = books(Stage::Sold, 1);
        assert!(!kept_of(&sold, Standing::Sold, 3)[0], "one too many");
        assert!(!kept_of(&sold, Standing::Ordering, 2)[2], "not settled");
        let twice = books(Stage::Sold, 2);
        assert!(!kept_of(&twice, Standing::Sold, 2)[1], "charged twice");
        let unpaid = books(Stage::PaidBack, 1);
        assert!(!kept_of(&unpaid, Standing::Sold, 2)[2], "not paid");
        assert!(!kept_of(&Books::new(), Standing::Sold, 2)[2], "no order");
    }

    #[test]
    fn an_acknowledged_claim_that_is_gone_is_seen() {
        let row = row(Standing::Returned);
        let taken = Taken {
            claim: claim(),
            variant: row.variant.clone(),
            quantity: 2,
            standing: Standing::Reserved,
            until: liveroom_protocol::time::Timestamp(0),
            price: None,
            ticket: None,
            code: None,
            order: None,
            value: None,
            failure: None,
        };
        let told = BTreeMap::from([(claim(), taken)]);
        let rows = BTreeMap::from([(&row.claim, &row)]);
        assert!(present(&told, &rows).is_ok());
        assert!(present(&told, &BTreeMap::new()).is_err());
    }
}
