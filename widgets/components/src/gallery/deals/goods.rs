//! What is sold in the gallery's deals.

use super::NOW;
use crate::deal::{Product, ProductVariant};
use liveroom_protocol::deal::{Card, Seller, TierPrice, Variant};
use liveroom_protocol::id::{ClaimId, VariantId};
use liveroom_protocol::identity::Level;
use liveroom_protocol::money::{Amount, Money};
use liveroom_protocol::time::{Span, Timestamp};

pub(super) fn jacket() -> Card {
    let address = |text: &str| Some(text.to_owned().try_into().expect("an address"));
    Card {
        title: "Rain jacket, moss green".into(),
        sku: "jacket".into(),
        image: Some("/pages/gallery/moss.svg".into()),
        price: Some(money("69.00")),
        before: Some(amount("99.00")),
        lowest_30_days: Some(amount("79.00")),
        variants: vec![variant("1", None)],
        limit: 1,
        reserve_ms: Span(120_000),
        seller: Seller {
            name: Some(text("Example Outdoor")),
            about: address("https://shop.example/about"),
            returns: address("https://shop.example/returns"),
            delivery: address("https://shop.example/delivery"),
        },
        level: Level::Token,
        opened_at: Some(Timestamp(NOW.0 - 36_000)),
        ..Card::default()
    }
}

pub(super) fn sizes() -> Card {
    let names = ["Small", "Medium", "Large", "Extra large, long sleeves"];
    let variants = names.iter().zip(["s", "m", "l", "xl"]);
    Card {
        variants: variants.map(|(name, id)| variant(id, Some(name))).collect(),
        limit: 2,
        ..jacket()
    }
}

pub(super) fn long() -> Card {
    Card {
        title: "سترة مطر Regenjacke レインジャケット 雨衣 with a name that goes on and on, as names in shops do 🧥".into(),
        price: Some(Money {
            amount: amount("1234567890.9999"),
            currency: "XTS".to_owned().try_into().expect("a currency"),
        }),
        before: Some(amount("999999999999.99")),
        ..jacket()
    }
}

/// A card that says little, so that the shop fills it.
pub(super) fn bare() -> Card {
    Card {
        title: String::new(),
        sku: "jacket".into(),
        variants: vec![variant("s", None), variant("m", None)],
        limit: 1,
        ..Card::default()
    }
}

pub(super) fn shop_knows() -> Product {
    let one = |id: &str, name: &str, stock| ProductVariant {
        id: id.into(),
        name: Some(name.into()),
        stock,
    };
    Product {
        title: Some("Rain jacket, as the shop has it".into()),
        image: Some("/pages/gallery/ink.svg".into()),
        price: Some(money("89.00")),
        variants: vec![one("s", "Small", Some(3)), one("m", "Medium", Some(11))],
    }
}

pub(super) fn variant(id: &str, name: Option<&str>) -> Variant {
    Variant {
        id: self::id(id),
        name: name.map(str::to_owned),
    }
}

pub(super) fn member(tier: &str, price: &str) -> TierPrice {
    TierPrice {
        tier: text(tier),
        price: amount(price),
    }
}

pub(super) fn id(text: &str) -> VariantId {
    VariantId::parse(text).expect("an id")
}

pub(super) fn claim_id() -> ClaimId {
    ClaimId::parse("c7").expect("an id")
}

pub(super) fn amount(text: &str) -> Amount {
    Amount::try_from(text.to_owned()).expect("an amount")
}

pub(super) fn money(amount: &str) -> Money {
    Money {
        amount: self::amount(amount),
        currency: "EUR".to_owned().try_into().expect("a currency"),
    }
}

pub(super) fn text<T: TryFrom<String>>(text: &str) -> T {
    let parsed = T::try_from(text.to_owned());
    parsed.unwrap_or_else(|_| panic!("a text"))
}
