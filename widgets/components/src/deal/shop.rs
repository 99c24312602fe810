//! What the page's shop adds to a deal: its cart, and what it knows of the product now.

use liveroom_protocol::money::Money;
use std::rc::Rc;

/// The page's side of the sale.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// The page has a cart that takes orders.
    pub orders: bool,
    /// This viewer's tier, where the page's token says it.
    pub tier: Option<String>,
    /// What the shop knows of the product now.
    pub product: Option<Rc<Product>>,
    /// The code that was copied last.
    pub copied: Option<String>,
}

/// A product as the page's shop told it. It fills what the card lacks, and is shown as the shop's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// What it is called.
    pub title: Option<String>,
    /// The address of its picture.
    pub image: Option<String>,
    /// Its price in the shop.
    pub price: Option<Money>,
    /// Its variants.
    pub variants: Vec<ProductVariant>,
}

/// A variant as the page's shop told it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductVariant {
    /// Its name in the deal.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
    /// How many the shop has.
    pub stock: Option<u32>,
}
