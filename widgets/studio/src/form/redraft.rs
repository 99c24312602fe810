//! Fields out of a draft, so that what is planned can be changed.

use super::Form;
use crate::clock;
use liveroom_protocol::deal::{self, Stock};
use liveroom_protocol::id::{OptionId, VariantId};
use liveroom_protocol::poll::{self, Choice, OptionDraft};
use liveroom_protocol::time::Span;
use liveroom_protocol::{Command, lottery, qna};

impl Form {
    /// A form that makes this draft; nothing of what is no draft, or of a survey, whose fields no draft gives back.
    pub(crate) fn of_draft(&self, draft: &Command) -> Option<Self> {
        let mut form = match draft {
            Command::PollPrepare(draft) => self.of_poll(draft)?,
            Command::LotteryPrepare(draft) => self.of_lottery(draft),
            Command::QnaPrepare(draft) => self.of_qna(draft),
            Command::DealPrepare(draft) => self.of_deal(draft),
            _ => return None,
        };
        form.name.clear();
        form.opens.clear();
        form.was = Some(Box::new(draft.clone()));
        Some(form)
    }

    fn of_poll(&self, draft: &poll::Draft) -> Option<Self> {
        if !draft.parts.is_empty() || draft.comment.is_some() {
            return None;
        }
        let quiz = !draft.right.is_empty();
        let card = poll::Card {
            question: draft.question.as_str().to_owned(),
            options: draft
                .options
                .iter()
                .enumerate()
                .filter_map(choice)
                .collect(),
            max_choices: draft.max_choices,
            scale: draft.scale.clone(),
            quiz,
            can_change: draft.can_change,
            named: draft.named,
            time: draft.time,
            grace_ms: draft.grace_ms,
            right: quiz.then(|| draft.right.clone()),
            who: draft.who.clone(),
            about: draft.about.clone(),
            ..poll::Card::default()
        };
        let mut form = Self {
            results: draft.results,
            level: draft.level,
            board: draft.board,
            closes: length(draft.closes_in_ms),
            announce: draft.announce,
            ..self.like(&card)
        };
        for (line, option) in form.options.iter_mut().zip(&draft.options) {
            if let OptionDraft::Full { id: Some(id), .. } = option {
                id.as_str().clone_into(&mut line.id);
            }
        }
        Some(form)
    }

    fn of_lottery(&self, draft: &lottery::Draft) -> Self {
        let card = lottery::Card {
            title: draft.title.as_str().to_owned(),
            prizes: draft.prizes.clone(),
            conditions: draft.conditions.clone(),
            tickets: draft.tickets.clone(),
            rules: draft.rules.clone(),
            organiser: draft.organiser.clone().map(String::from),
            free_entry: draft.free_entry.clone().map(String::from),
            delivery: draft.delivery.clone().map(String::from),
            who: draft.who.clone(),
            winners_shown: draft.winners_shown,
            claim: draft.claim.clone(),
            claim_within_ms: draft.claim_within_ms,
            draws_itself: draft.draws_itself,
            exclusions: draft.exclusions.clone(),
            not_after: draft.not_after.clone(),
            wins_allowed: draft.wins_allowed,
            about: draft.about.clone(),
            ..lottery::Card::default()
        };
        let mut form = self.like_lottery(&card);
        form.level = draft.level;
        form.announce = draft.announce;
        form.lottery.closes = length(draft.closes_in_ms);
        form.lottery.round = draft
            .round
            .map_or_else(String::new, |round| round.to_string());
        form
    }

    fn of_qna(&self, draft: &qna::Draft) -> Self {
        let card = qna::Card {
            title: draft.title.as_str().to_owned(),
            approval: draft.approval,
            anonymous: draft.anonymous,
            replies: draft.replies,
            tags: draft.tags.clone(),
            most: draft.most,
            who: draft.who.clone(),
            about: draft.about.clone(),
            ..qna::Card::default()
        };
        let mut form = self.like_qna(&card);
        form.level = draft.level;
        form.announce = draft.announce;
        form.qna.every = (draft.every_ms.0 / 1_000).to_string();
        form.qna.closes = length(draft.closes_in_ms);
        form
    }

    fn of_deal(&self, draft: &deal::Draft) -> Self {
        let variant = |(place, variant): (usize, &deal::VariantDraft)| {
            let id = VariantId::parse((place + 1).to_string()).ok()?;
            Some(deal::Variant {
                id: variant.id.clone().unwrap_or(id),
                name: variant.name.as_ref().map(|name| name.as_str().to_owned()),
            })
        };
        let card = deal::Card {
            title: draft.title.as_str().to_owned(),
            sku: draft.sku.as_str().to_owned(),
            image: draft.image.as_ref().map(|image| image.as_str().to_owned()),
            price: Some(draft.price.clone()),
            price_hidden: draft.price_hidden,
            before: draft.before.clone(),
            price_basis: draft.price_basis.clone().map(String::from),
            lowest_30_days: draft.lowest_30_days.clone(),
            member_prices: draft.member_prices.clone(),
            variants: draft
                .variants
                .iter()
                .enumerate()
                .filter_map(variant)
                .collect(),
            limit: draft.limit,
            reserve_ms: draft.reserve_ms,
            seller: draft.seller.clone(),
            by: draft.by.clone(),
            settles: draft.settles,
            who: draft.who.clone(),
            about: draft.about.clone(),
            ..deal::Card::default()
        };
        let stock = |variant: &deal::VariantDraft| Stock {
            total: variant.stock,
            ..Stock::default()
        };
        let tally = deal::Tally {
            stock: draft.variants.iter().map(stock).collect(),
            ..deal::Tally::default()
        };
        let mut form = self.like_deal(&card, &tally);
        for (line, variant) in form.deal.variants.iter_mut().zip(&draft.variants) {
            if variant.id.is_none() {
                // The room numbers it.
                line.id.clear();
            }
        }
        form.level = draft.level;
        form.announce = draft.announce;
        form.deal.closes = length(draft.closes_in_ms);
        form
    }
}

fn choice((place, option): (usize, &OptionDraft)) -> Option<Choice> {
    let numbered = OptionId::parse((place + 1).to_string()).ok()?;
    let (id, text, image) = match option {
        OptionDraft::Text(text) => (None, text, None),
        OptionDraft::Full { id, text, image } => (id.clone(), text, image.as_ref()),
    };
    Some(Choice {
        id: id.unwrap_or(numbered),
        text: text.as_str().to_owned(),
        image: image.map(|image| image.as_str().to_owned()),
    })
}

fn length(span: Option<Span>) -> String {
    span.map_or_else(String::new, clock::passed)
}
