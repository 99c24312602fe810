//! The smaller fields of a deal, and a form out of a deal's card.

use super::super::Form;
use super::super::found::{Field, Found};
use super::{By, Deal, Line};
use liveroom_protocol::about::Address;
use liveroom_protocol::deal::{Card, OrderBy, Seller, Tally, TierPrice};
use liveroom_protocol::limits::RESERVE_MS;
use liveroom_protocol::money::{Amount, Currency, Money};
use liveroom_protocol::time::Span;

impl Deal {
    pub(super) fn price(&self, found: &mut Found) -> Option<Money> {
        if self.price.trim().is_empty() {
            found.missing(Field::Own("price"), "Write the price.");
        }
        let amount: Option<Amount> = found.parse(Field::Own("price"), &self.price);
        if self.currency.trim().is_empty() {
            found.missing(Field::Own("currency"), "Write the currency.");
        }
        let letters = self.currency.to_uppercase();
        let currency: Option<Currency> = found.parse(Field::Own("currency"), &letters);
        Some(Money {
            amount: amount?,
            currency: currency?,
        })
    }

    pub(super) fn members(&self, found: &mut Found) -> Vec<TierPrice> {
        let field = Field::Own("members");
        let pairs = found.pairs(field, &self.members);
        let price = |(tier, price): (_, &str)| {
            let price: Option<Amount> = found.parse(field, price);
            Some(TierPrice {
                tier,
                price: price?,
            })
        };
        pairs.into_iter().filter_map(price).collect()
    }

    pub(super) fn reserve(&self, found: &mut Found) -> Span {
        let (least, most) = RESERVE_MS;
        let span = found.span(Field::Own("reserve"), &self.reserve);
        let span = span.unwrap_or(Span(120_000));
        if !(least..=most).contains(&span.0) {
            let says = "units are reserved for 10 seconds to an hour";
            found.wrong(Field::Own("reserve"), &says);
        }
        span
    }

    pub(super) fn seller(&self, found: &mut Found) -> Seller {
        Seller {
            name: found.text(Field::Own("seller"), &self.seller, None),
            about: found.parse(Field::Own("seller-about"), &self.seller_about),
            returns: found.parse(Field::Own("returns"), &self.returns),
            delivery: found.parse(Field::Own("delivery"), &self.delivery),
        }
    }

    pub(super) fn order(&self, found: &mut Found) -> Option<OrderBy> {
        match self.by {
            By::Cart => Some(OrderBy::Cart),
            By::Code => Some(OrderBy::Code),
            By::Link => {
                let field = Field::Own("link");
                if self.link.trim().is_empty() {
                    found.missing(field, "Write the address of the shop's page.");
                }
                let address = found.parse(field, &self.link)?;
                Some(OrderBy::Link { address })
            }
        }
    }
}

impl Form {
    /// A form that would make another deal like one that the room has; with the stock that it began with.
    #[must_use]
    pub(crate) fn like_deal(&self, card: &Card, tally: &Tally) -> Self {
        let mut form = self.clone();
        form.widget = liveroom_protocol::Widget::Deal;
        form.level = Some(card.level);
        form.deal = Deal {
            closes: self.deal.closes.clone(),
            ..like(card, tally)
        };
        form.share(&card.who, &card.about);
        form
    }
}

fn like(card: &Card, tally: &Tally) -> Deal {
    let member =
        |member: &TierPrice| format!("{} = {}", member.tier.as_str(), member.price.as_str());
    let members: Vec<String> = card.member_prices.iter().map(member).collect();
    let (by, link) = match &card.by {
        OrderBy::Cart => (By::Cart, String::new()),
        OrderBy::Code => (By::Code, String::new()),
        OrderBy::Link { address } => (By::Link, address.as_str().to_owned()),
    };
    let (price, seller) = (card.price.as_ref(), &card.seller);
    Deal {
        title: card.title.clone(),
        sku: card.sku.clone(),
        image: card.image.clone().unwrap_or_default(),
        price: amount(price.map(|price| &price.amount)),
        currency: price.map_or_else(String::new, |price| price.currency.as_str().to_owned()),
        before: amount(card.before.as_ref()),
        basis: card.price_basis.clone().unwrap_or_default(),
        lowest: amount(card.lowest_30_days.as_ref()),
        members: members.join("\n"),
        hidden: card.price_hidden,
        variants: variants(card, tally),
        limit: card.limit.to_string(),
        reserve: crate::clock::passed(card.reserve_ms),
        by,
        link,
        settles: card.settles,
        seller: (seller.name.as_ref()).map_or_else(String::new, |name| name.as_str().to_owned()),
        seller_about: page(seller.about.as_ref()),
        returns: page(seller.returns.as_ref()),
        delivery: page(seller.delivery.as_ref()),
        closes: String::new(),
    }
}

fn variants(card: &Card, tally: &Tally) -> Vec<Line> {
    let line = |(place, variant): (usize, &liveroom_protocol::deal::Variant)| Line {
        name: variant.name.clone().unwrap_or_default(),
        stock: (tally.stock.get(place)).map_or_else(String::new, |stock| stock.total.to_string()),
        id: variant.id.as_str().to_owned(),
    };
    card.variants.iter().enumerate().map(line).collect()
}

fn amount(amount: Option<&Amount>) -> String {
    amount.map_or_else(String::new, |amount| amount.as_str().to_owned())
}

fn page(address: Option<&Address>) -> String {
    address.map_or_else(String::new, |address| address.as_str().to_owned())
}
