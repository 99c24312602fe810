//! A countdown deal as fields.

use super::Form;
use super::found::{Field, Flaw, Found};
use liveroom_protocol::deal::{
    Card, Draft, OrderBy, Seller, Settles, Stock, Tally, TierPrice, Variant, VariantDraft,
};
use liveroom_protocol::id::VariantId;
use liveroom_protocol::identity::{Label, Level};
use liveroom_protocol::limits::{OPTION_CHARS, STOCK, UNITS_PER_VIEWER, VARIANTS};
use liveroom_protocol::lottery::Title;
use liveroom_protocol::money::{Amount, Money};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::text::{Picture, Text};
use liveroom_protocol::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

mod like;

/// The fields that only a deal has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Deal {
    /// What is sold.
    pub(crate) title: String,
    /// The shop's number of it.
    pub(crate) sku: String,
    /// The address of its picture.
    pub(crate) image: String,
    /// The price.
    pub(crate) price: String,
    /// Three letters.
    pub(crate) currency: String,
    /// The price before.
    pub(crate) before: String,
    /// What the price before is.
    pub(crate) basis: String,
    /// The lowest price of 30 days.
    pub(crate) lowest: String,
    /// Prices of members, one a line: `gold = 24.90`.
    pub(crate) members: String,
    /// The price is hidden until it is revealed.
    pub(crate) hidden: bool,
    /// The variants with their stock.
    pub(crate) variants: Vec<Line>,
    /// Units for one viewer, as typed; empty: one.
    pub(crate) limit: String,
    /// How long a claim is reserved, as typed.
    pub(crate) reserve: String,
    /// How an order is made.
    pub(crate) by: By,
    /// The page of the shop, for orders by link.
    pub(crate) link: String,
    /// Who says that a unit is sold.
    pub(crate) settles: Settles,
    /// The seller's name.
    pub(crate) seller: String,
    /// A page about the seller.
    pub(crate) seller_about: String,
    /// A page about returns.
    pub(crate) returns: String,
    /// A page about delivery.
    pub(crate) delivery: String,
    /// How long it is open, as typed.
    pub(crate) closes: String,
}

/// A variant as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    /// What it is called; may be empty where there is but one.
    pub(crate) name: String,
    /// How many units.
    pub(crate) stock: String,
    /// The shop's number of it.
    pub(crate) id: String,
}

/// How an order is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    /// By the page's cart.
    #[default]
    Cart,
    /// With a code.
    Code,
    /// By a link.
    Link,
}

impl Default for Deal {
    fn default() -> Self {
        Self {
            title: String::new(),
            sku: String::new(),
            image: String::new(),
            price: String::new(),
            currency: "EUR".into(),
            before: String::new(),
            basis: String::new(),
            lowest: String::new(),
            members: String::new(),
            hidden: false,
            variants: vec![Line::default()],
            limit: String::new(),
            reserve: "2:00".into(),
            by: By::Cart,
            link: String::new(),
            settles: Settles::Shop,
            seller: String::new(),
            seller_about: String::new(),
            returns: String::new(),
            delivery: String::new(),
            closes: "5:00".into(),
        }
    }
}

impl Form {
    /// Reads the fields of a deal.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub(crate) fn deal_draft(&self) -> Result<Draft, Vec<Flaw>> {
        let mut found = Found::default();
        let fields = &self.deal;
        let says = Some("Write what is sold.");
        let title: Option<Title> = found.text(Field::Own("title"), &fields.title, says);
        let price = fields.price(&mut found);
        let variants = fields.variants(&mut found);
        let says = Some("Write the shop's number of it.");
        let sku: Option<Label> = found.text(Field::Own("sku"), &fields.sku, says);
        let closes_in_ms = found.span(Field::Closes, &fields.closes);
        let rest = fields.rest(&mut found, price.as_ref());
        let shared = self.shared(&mut found);
        match (title, sku, price, rest.by) {
            (Some(title), Some(sku), Some(price), Some(by)) if found.0.is_empty() => Ok(Draft {
                activity: shared.activity,
                title,
                sku,
                image: rest.image,
                price,
                before: rest.before,
                price_basis: rest.basis,
                lowest_30_days: rest.lowest,
                member_prices: rest.members,
                price_hidden: fields.hidden,
                variants,
                limit: rest.limit,
                reserve_ms: rest.reserve,
                seller: rest.seller,
                by,
                settles: fields.settles,
                level: self.level,
                who: shared.who,
                opens_in_ms: shared.opens_in_ms,
                closes_in_ms,
                announce: self.announce,
                about: shared.about,
            }),
            _ => Err(found.0),
        }
    }

    /// The card that viewers would see at a moment, as far as it is known.
    pub(crate) fn deal_card(&self, now: Timestamp) -> (Card, Tally) {
        let mut found = Found::default();
        let fields = &self.deal;
        let shared = self.shared(&mut found);
        let price = fields.price(&mut found);
        let variants = fields.variants(&mut found);
        let rest = fields.rest(&mut found, price.as_ref());
        let told = !fields.hidden;
        let numbered = |(place, draft): (usize, &VariantDraft)| {
            let id = VariantId::parse((place + 1).to_string()).ok()?;
            Some(Variant {
                id: draft.id.clone().unwrap_or(id),
                name: draft.name.as_ref().map(|name| name.as_str().to_owned()),
            })
        };
        let card = Card {
            title: super::shown(&fields.title).unwrap_or_else(|| "What you sell".into()),
            sku: fields.sku.trim().to_owned(),
            image: rest.image.map(String::from),
            price: price.filter(|_| told),
            before: rest.before.filter(|_| told),
            price_basis: rest.basis.filter(|_| told).map(String::from),
            lowest_30_days: rest.lowest.filter(|_| told),
            member_prices: if told { rest.members } else { Vec::new() },
            variants: variants.iter().enumerate().filter_map(numbered).collect(),
            limit: rest.limit,
            reserve_ms: rest.reserve,
            seller: rest.seller,
            by: rest.by.unwrap_or_default(),
            settles: fields.settles,
            level: self.level.unwrap_or(Level::Token),
            who: shared.who,
            about: shared.about,
            ..Card::default()
        };
        let stock = |draft: &VariantDraft| Stock {
            left: draft.stock,
            total: draft.stock,
            ..Stock::default()
        };
        let lasts = found.span(Field::Closes, &fields.closes);
        let tally = Tally {
            phase: Phase::Open,
            closes_at: lasts.map(|span| now.after(span)),
            stock: variants.iter().map(stock).collect(),
            ..Tally::default()
        };
        (card, tally)
    }
}

/// What a deal may leave out.
struct Rest {
    image: Option<Picture>,
    before: Option<Amount>,
    basis: Option<Text<OPTION_CHARS>>,
    lowest: Option<Amount>,
    members: Vec<TierPrice>,
    limit: u32,
    reserve: Span,
    seller: Seller,
    by: Option<OrderBy>,
}

impl Deal {
    fn variants(&self, found: &mut Found) -> Vec<VariantDraft> {
        let is_written =
            |line: &&Line| !(line.name.trim().is_empty() && line.stock.trim().is_empty());
        let several = self.variants.iter().filter(is_written).count() > 1;
        let lines = self.variants.iter().enumerate();
        let variants: Vec<VariantDraft> = lines
            .filter(|(_, line)| is_written(line))
            .map(|(place, line)| {
                let field = Field::Line("variant", place);
                let says = several.then_some("Of several variants each has a name.");
                if line.stock.trim().is_empty() {
                    found.missing(field, "Write how many units there are.");
                }
                VariantDraft {
                    name: found.text(field, &line.name, says),
                    stock: found.number(field, &line.stock, 0, 0..=STOCK),
                    id: found.parse(Field::Line("variant-id", place), &line.id),
                }
            })
            .collect();
        if variants.is_empty() {
            found.missing(Field::Line("variant", 0), "Write how many units there are.");
        } else if variants.len() > VARIANTS {
            found.wrong(Field::Line("variant", 0), &"a deal has 1 to 50 variants");
        }
        variants
    }

    fn rest(&self, found: &mut Found, price: Option<&Money>) -> Rest {
        let worth = |amount: &Amount| amount.ten_thousandths();
        let least = price.map_or(0, |price| worth(&price.amount));
        let before: Option<Amount> = found.parse(Field::Own("before"), &self.before);
        if price.is_some() && before.as_ref().is_some_and(|before| worth(before) <= least) {
            let says = "the price before is more than the price, or left out";
            found.wrong(Field::Own("before"), &says);
        }
        let members = self.members(found);
        let dear = members.iter().any(|member| worth(&member.price) > least);
        if members.len() > 8 || (price.is_some() && dear) {
            let says = "at most eight member prices, none more than the price";
            found.wrong(Field::Own("members"), &says);
        }
        Rest {
            image: found.parse(Field::Own("image"), &self.image),
            before,
            basis: found.text(Field::Own("basis"), &self.basis, None),
            lowest: found.parse(Field::Own("lowest"), &self.lowest),
            members,
            limit: found.number(Field::Own("limit"), &self.limit, 1, 1..=UNITS_PER_VIEWER),
            reserve: self.reserve(found),
            seller: self.seller(found),
            by: self.order(found),
        }
    }
}
