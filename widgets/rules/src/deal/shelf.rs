//! The stock of one variant. Its five numbers change only here, and always add up.

use liveroom_protocol::deal::{Standing, Stock};
use liveroom_protocol::id::VariantId;
use liveroom_protocol::limits::STOCK;
use liveroom_protocol::{Reason, Refusal};

/// The stock of one variant: `left + reserved + ordering + sold = total`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Which variant.
    pub id: VariantId,
    /// What it is called.
    pub name: Option<String>,
    stock: Stock,
}

impl Shelf {
    /// A full shelf.
    pub(super) fn new(id: VariantId, name: Option<String>, total: u32) -> Self {
        let stock = Stock {
            left: total,
            total,
            ..Stock::default()
        };
        Self { id, name, stock }
    }

    /// Its numbers.
    pub const fn stock(&self) -> Stock {
        self.stock
    }

    /// Takes units off the shelf for a new claim.
    pub(super) fn reserve(&mut self, quantity: u32) -> Result<(), Refusal> {
        self.shift(Standing::Returned, Standing::Reserved, quantity)
    }

    /// Moves units from one place to another; back on the shelf is [`Standing::Returned`].
    pub(super) fn shift(
        &mut self,
        from: Standing,
        to: Standing,
        quantity: u32,
    ) -> Result<(), Refusal> {
        let taken = self
            .place(from)
            .checked_sub(quantity)
            .ok_or(Reason::SoldOut)?;
        *self.place(from) = taken;
        *self.place(to) += quantity;
        Ok(())
    }

    /// Puts units on the shelf, or takes some away that nobody has.
    pub(super) fn restock(&mut self, by: i32) -> Result<(), Refusal> {
        let Stock { left, total, .. } = self.stock;
        let new = (left.checked_add_signed(by), total.checked_add_signed(by));
        match new {
            (Some(left), Some(total)) if total <= STOCK => {
                self.stock.left = left;
                self.stock.total = total;
                Ok(())
            }
            _ => Err(Refusal::because(
                Reason::SoldOut,
                "stock goes down to what is claimed or sold, and up to 1,000,000",
            )),
        }
    }

    const fn place(&mut self, standing: Standing) -> &mut u32 {
        match standing {
            Standing::Returned => &mut self.stock.left,
            Standing::Reserved => &mut self.stock.reserved,
            Standing::Ordering => &mut self.stock.ordering,
            Standing::Sold => &mut self.stock.sold,
        }
    }
}
