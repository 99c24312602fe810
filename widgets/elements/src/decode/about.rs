//! What any card may say of itself beside its own content, as a page reads it.

use super::Fields;
use super::words::ROLES;
use liveroom_protocol::about::About;
use liveroom_protocol::identity::Eligible;
use liveroom_protocol::money::Money;

/// Reads the label of a card, and what the card is about.
pub(super) fn about(card: Fields<'_>) -> About {
    card.object("about")
        .map_or_else(About::default, |about| About {
            ad: about.maybe("ad"),
            products: about.texts("products"),
            brand: about.maybe("brand"),
            tags: about.texts("tags"),
        })
}

/// Reads whom a card is for.
pub(super) fn who(card: Fields<'_>) -> Eligible {
    card.object("who")
        .map_or_else(Eligible::default, |who| Eligible {
            tiers: who.texts("tiers"),
            segments: who.texts("segments"),
            roles: who.each("roles", |item| {
                let role = item.json.text()?;
                let known = ROLES.iter().find(|(word, _)| *word == role);
                known.map(|(_, role)| *role)
            }),
            points: Some(who.small("points")).filter(|points| *points > 0),
        })
}

/// Reads an amount of money.
pub(super) fn money(money: Fields<'_>) -> Option<Money> {
    Some(Money {
        amount: money.parse("amount")?,
        currency: money.parse("currency")?,
    })
}
