//! A lottery as fields.

use super::Form;
use super::found::{Field, Flaw, Found};
use liveroom_protocol::limits::{CLAIM_DEFAULT_MS, PRIZES, PRIZES_IN_ALL};
use liveroom_protocol::lottery::{Card, Draft, Prize, Shown, Tally, Tickets, Title};
use liveroom_protocol::money::{Amount, Currency, Money};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

mod like;
mod rest;

/// The fields that only a lottery has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Lottery {
    /// What it is called.
    pub(crate) title: String,
    /// What may be won.
    pub(crate) prizes: Vec<Line>,
    /// The word that has to be typed; none, if empty.
    pub(crate) keyword: String,
    /// The card shows the word.
    pub(crate) keyword_shown: bool,
    /// Minutes of watching, as typed.
    pub(crate) watched: String,
    /// One has to have voted.
    pub(crate) voted: bool,
    /// In which poll; any, if empty.
    pub(crate) voted_in: String,
    /// What the page has to attest, with commas.
    pub(crate) attested: String,
    /// Tickets of everybody, as typed; empty: one.
    pub(crate) each: String,
    /// Tickets of tiers, one a line: `gold = 3`.
    pub(crate) tickets: String,
    /// How a prize is claimed.
    pub(crate) claim: ClaimKind,
    /// What the claim form asks, one a line; a line that ends with `?` may be left empty.
    pub(crate) asks: String,
    /// The page of the shop, where prizes are claimed by link.
    pub(crate) link: String,
    /// Days to claim in, as typed; empty: a week.
    pub(crate) claim_days: String,
    /// How winners are shown.
    pub(crate) shown: Shown,
    /// It is drawn when it closes.
    pub(crate) draws_itself: bool,
    /// Who organises it.
    pub(crate) organiser: String,
    /// Where the rules are.
    pub(crate) rules: String,
    /// How to enter without buying.
    pub(crate) free_entry: String,
    /// How a prize comes to its winner.
    pub(crate) delivery: String,
    /// Reasons to exclude, one a line.
    pub(crate) exclusions: String,
    /// Lotteries whose winners do not win here, with commas.
    pub(crate) not_after: String,
    /// How many wins there still let a viewer win, as typed; empty: none.
    pub(crate) wins_allowed: String,
    /// A public round, as typed.
    pub(crate) round: String,
    /// How long it is open, as typed.
    pub(crate) closes: String,
}

/// A prize as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    /// What it is.
    pub(crate) name: String,
    /// How many; empty: one.
    pub(crate) count: String,
    /// What one is worth: `29.90 EUR`.
    pub(crate) value: String,
    /// The address of its picture.
    pub(crate) image: String,
}

/// How a prize is claimed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ClaimKind {
    /// By pressing a button.
    #[default]
    Press,
    /// By a form.
    Form,
    /// By a code.
    Code,
    /// By a link.
    Link,
}

impl Default for Lottery {
    fn default() -> Self {
        Self {
            title: String::new(),
            prizes: vec![Line::default()],
            keyword: String::new(),
            keyword_shown: false,
            watched: String::new(),
            voted: false,
            voted_in: String::new(),
            attested: String::new(),
            each: String::new(),
            tickets: String::new(),
            claim: ClaimKind::Press,
            asks: "Name\nStreet and number\nPostcode and town".into(),
            link: String::new(),
            claim_days: String::new(),
            shown: Shown::default(),
            draws_itself: false,
            organiser: String::new(),
            rules: String::new(),
            free_entry: String::new(),
            delivery: String::new(),
            exclusions: String::new(),
            not_after: String::new(),
            wins_allowed: String::new(),
            round: String::new(),
            closes: "5:00".into(),
        }
    }
}

impl Form {
    /// Reads the fields of a lottery.
    ///
    /// # Errors
    /// All that is wrong with them.
    pub(crate) fn lottery_draft(&self) -> Result<Draft, Vec<Flaw>> {
        let mut found = Found::default();
        let draft = self.lottery_read(&mut found);
        draft.filter(|_| found.0.is_empty()).ok_or(found.0)
    }

    fn lottery_read(&self, found: &mut Found) -> Option<Draft> {
        let fields = &self.lottery;
        let says = Some("Write what it is called.");
        let title: Option<Title> = found.text(Field::Own("title"), &fields.title, says);
        let prizes = fields.prizes(found);
        let closes_in_ms = found.span(Field::Closes, &fields.closes);
        let conditions = fields.conditions(found);
        let tickets = fields.tickets(found);
        let claim = fields.claim(found);
        let days = found.number(Field::Own("claim-days"), &fields.claim_days, 0, 1..=60);
        let rules = found.parse(Field::Own("rules"), &fields.rules);
        let organiser = found.text(Field::Own("organiser"), &fields.organiser, None);
        let free_entry = found.text(Field::Own("free-entry"), &fields.free_entry, None);
        let delivery = found.text(Field::Own("prize-delivery"), &fields.delivery, None);
        let exclusions = fields.exclusions(found);
        let not_after = fields.not_after(found);
        let allowed = 0..=PRIZES_IN_ALL;
        let wins_allowed =
            found.number(Field::Own("wins-allowed"), &fields.wins_allowed, 0, allowed);
        let round = fields.round(found);
        let shared = self.shared(found);
        Some(Draft {
            activity: shared.activity,
            title: title?,
            prizes,
            conditions,
            tickets,
            rules,
            organiser,
            free_entry,
            delivery,
            level: self.level,
            who: shared.who,
            winners_shown: fields.shown,
            claim: claim?,
            claim_within_ms: (days > 0).then(|| Span(u64::from(days) * 24 * 3_600_000)),
            draws_itself: fields.draws_itself,
            exclusions,
            round,
            not_after,
            wins_allowed,
            opens_in_ms: shared.opens_in_ms,
            closes_in_ms,
            announce: self.announce,
            about: shared.about,
        })
    }

    /// The card that viewers would see, as far as it is known.
    pub(crate) fn lottery_card(&self, now: Timestamp) -> (Card, Tally) {
        let mut form = self.clone();
        if super::shown(&form.lottery.title).is_none() {
            form.lottery.title = "Your prize draw".into();
        }
        let mut found = Found::default();
        let Some(draft) = form.lottery_read(&mut found) else {
            return (Card::default(), Tally::default());
        };
        let card = Card {
            title: draft.title.as_str().to_owned(),
            prizes: draft.prizes,
            conditions: draft.conditions,
            tickets: draft.tickets,
            rules: draft.rules,
            organiser: draft.organiser.map(String::from),
            free_entry: draft.free_entry.map(String::from),
            delivery: draft.delivery.map(String::from),
            level: draft
                .level
                .unwrap_or(liveroom_protocol::identity::Level::Token),
            who: draft.who,
            winners_shown: draft.winners_shown,
            claim: draft.claim,
            claim_within_ms: Some(draft.claim_within_ms.unwrap_or(Span(CLAIM_DEFAULT_MS))),
            draws_itself: draft.draws_itself,
            exclusions: draft.exclusions,
            about: draft.about,
            ..Card::default()
        };
        let tally = Tally {
            phase: Phase::Open,
            closes_at: draft.closes_in_ms.map(|span| now.after(span)),
            ..Tally::default()
        };
        (card, tally)
    }
}

impl Lottery {
    fn prizes(&self, found: &mut Found) -> Vec<Prize> {
        let (mut prizes, mut pieces) = (Vec::new(), 0_u32);
        for (place, line) in self.prizes.iter().enumerate() {
            let field = Field::Line("prize", place);
            let texts = [&line.name, &line.count, &line.value, &line.image];
            if texts.iter().all(|text| text.trim().is_empty()) {
                continue;
            }
            let count = found.number(field, &line.count, 1, 1..=PRIZES_IN_ALL);
            pieces = pieces.saturating_add(count);
            let value = money(found, Field::Line("prize-value", place), &line.value);
            let image = found.parse(Field::Line("prize-image", place), &line.image);
            let name = found.text(field, &line.name, Some("Write what the prize is."));
            prizes.extend(name.map(|name| Prize {
                name,
                count,
                value,
                image,
            }));
        }
        let first = Field::Line("prize", 0);
        if prizes.is_empty() && found.0.iter().all(|flaw| flaw.field != first) {
            found.missing(first, "Write what can be won.");
        } else if prizes.len() > PRIZES || pieces > PRIZES_IN_ALL {
            let says = "a lottery has 1 to 20 kinds of prizes, of each at least one, and at most 1,000 in all";
            found.wrong(first, &says);
        }
        prizes
    }

    fn tickets(&self, found: &mut Found) -> Tickets {
        use liveroom_protocol::limits::TICKETS;
        use liveroom_protocol::lottery::TierTickets;
        let field = Field::Own("tickets");
        let pairs = found.pairs(field, &self.tickets);
        let tiers = pairs
            .into_iter()
            .map(|(tier, count)| TierTickets {
                tier,
                tickets: found.number(field, count, 1, 1..=TICKETS),
            })
            .collect();
        Tickets {
            each: found.number(Field::Own("each"), &self.each, 1, 1..=TICKETS),
            tiers,
        }
    }
}

/// Reads `29.90 EUR`.
fn money(found: &mut Found, field: Field, text: &str) -> Option<Money> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let Some((amount, currency)) = text.rsplit_once(' ') else {
        found.wrong(field, &"write an amount and a currency, like 29.90 EUR");
        return None;
    };
    let amount: Option<Amount> = found.parse(field, amount);
    let currency: Option<Currency> = found.parse(field, &currency.to_uppercase());
    Some(Money {
        amount: amount?,
        currency: currency?,
    })
}
