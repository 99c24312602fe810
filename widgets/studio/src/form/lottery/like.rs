//! A form that would make another lottery like one that the room has.

use super::super::Form;
use super::super::shared::list;
use super::{ClaimKind, Line, Lottery};
use liveroom_protocol::about::Address;
use liveroom_protocol::lottery::{Card, ClaimBy, Condition, FormField, Prize};

impl Form {
    /// A form out of a lottery's card; how long it was open is not told by a card.
    #[must_use]
    pub(crate) fn like_lottery(&self, card: &Card) -> Self {
        let mut form = self.clone();
        form.widget = liveroom_protocol::Widget::Lottery;
        form.level = Some(card.level);
        form.lottery = Lottery {
            closes: self.lottery.closes.clone(),
            ..like(card)
        };
        form.share(&card.who, &card.about);
        form
    }
}

fn like(card: &Card) -> Lottery {
    let tier = |tier: &liveroom_protocol::lottery::TierTickets| {
        format!("{} = {}", tier.tier.as_str(), tier.tickets)
    };
    let tickets: Vec<String> = card.tickets.tiers.iter().map(tier).collect();
    let exclusions: Vec<&str> = card.exclusions.iter().map(|text| text.as_str()).collect();
    let not_after: Vec<&str> = card.not_after.iter().map(|id| id.as_str()).collect();
    let days = card
        .claim_within_ms
        .map_or(7, |span| span.0 / (24 * 3_600_000));
    let mut fields = Lottery {
        title: card.title.clone(),
        prizes: card.prizes.iter().map(line).collect(),
        each: card.tickets.each.to_string(),
        tickets: tickets.join("\n"),
        claim_days: if days > 0 {
            days.to_string()
        } else {
            String::new()
        },
        shown: card.winners_shown,
        draws_itself: card.draws_itself,
        organiser: card.organiser.clone().unwrap_or_default(),
        rules: page(card.rules.as_ref()),
        free_entry: card.free_entry.clone().unwrap_or_default(),
        delivery: card.delivery.clone().unwrap_or_default(),
        exclusions: exclusions.join("\n"),
        not_after: not_after.join(", "),
        wins_allowed: match card.wins_allowed {
            0 => String::new(),
            allowed => allowed.to_string(),
        },
        ..Lottery::default()
    };
    match &card.claim {
        ClaimBy::Press => {}
        ClaimBy::Code => fields.claim = ClaimKind::Code,
        ClaimBy::Link { address } => {
            fields.claim = ClaimKind::Link;
            fields.link = page(Some(address));
        }
        ClaimBy::Form { fields: asked } => {
            fields.claim = ClaimKind::Form;
            let asked: Vec<String> = asked.iter().map(ask).collect();
            fields.asks = asked.join("\n");
        }
    }
    let mut attested = Vec::new();
    for condition in &card.conditions {
        match condition {
            Condition::Keyword { word, shown } => {
                let word = word.as_ref().map_or("", |word| word.as_str());
                word.clone_into(&mut fields.keyword);
                fields.keyword_shown = *shown;
            }
            Condition::Watched { for_ms } => {
                fields.watched = for_ms.0.div_ceil(60_000).to_string();
            }
            Condition::Voted { poll } => {
                fields.voted = true;
                let poll = poll.as_ref().map_or("", |poll| poll.as_str());
                poll.clone_into(&mut fields.voted_in);
            }
            Condition::Attested { what } => attested.push(what.clone()),
            Condition::Unknown => {}
        }
    }
    fields.attested = list(&attested);
    fields
}

fn line(prize: &Prize) -> Line {
    let value = |value: &liveroom_protocol::money::Money| {
        format!("{} {}", value.amount.as_str(), value.currency.as_str())
    };
    let image = |image: &liveroom_protocol::text::Picture| image.as_str().to_owned();
    Line {
        name: prize.name.as_str().to_owned(),
        count: prize.count.to_string(),
        value: prize.value.as_ref().map_or_else(String::new, value),
        image: prize.image.as_ref().map_or_else(String::new, image),
    }
}

fn ask(field: &FormField) -> String {
    let mark = if field.optional { "?" } else { "" };
    format!("{}{mark}", field.label.as_str())
}

fn page(address: Option<&Address>) -> String {
    address.map_or_else(String::new, |address| address.as_str().to_owned())
}
