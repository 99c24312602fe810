//! What a profile looks at: a draft of any widget, and the words in it that viewers read.

use crate::activity::Body;
use liveroom_protocol::about::About;
use liveroom_protocol::lottery::Condition;
use liveroom_protocol::poll::OptionDraft;
use liveroom_protocol::{Command, Widget, deal, lottery, poll, qna};

/// A draft of any widget.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// Of a poll.
    Poll(&'a poll::Draft),
    /// Of a lottery.
    Lottery(&'a lottery::Draft),
    /// Of a list of questions.
    Qna(&'a qna::Draft),
    /// Of a deal.
    Deal(&'a deal::Draft),
}

impl<'a> Subject<'a> {
    /// What a command composes, if it does.
    pub fn of(command: &'a Command) -> Option<Self> {
        match command {
            Command::PollPrepare(draft) | Command::PollOpen(draft) => Some(Self::Poll(draft)),
            Command::LotteryPrepare(draft) | Command::LotteryOpen(draft) => {
                Some(Self::Lottery(draft))
            }
            Command::QnaPrepare(draft) | Command::QnaOpen(draft) => Some(Self::Qna(draft)),
            Command::DealPrepare(draft) | Command::DealOpen(draft) => Some(Self::Deal(draft)),
            _ => None,
        }
    }

    /// What was composed.
    pub(crate) fn body(body: &'a Body) -> Self {
        match body {
            Body::Poll(poll) => Self::Poll(&poll.draft),
            Body::Lottery(lottery) => Self::Lottery(&lottery.draft),
            Body::Qna(qna) => Self::Qna(&qna.draft),
            Body::Deal(deal) => Self::Deal(&deal.draft),
        }
    }

    /// Which widget it is.
    pub const fn widget(&self) -> Widget {
        match self {
            Self::Poll(_) => Widget::Poll,
            Self::Lottery(_) => Widget::Lottery,
            Self::Qna(_) => Widget::Qna,
            Self::Deal(_) => Widget::Deal,
        }
    }

    /// Its label, and what it is about.
    pub(super) const fn about(&self) -> &'a About {
        match self {
            Self::Poll(draft) => &draft.about,
            Self::Lottery(draft) => &draft.about,
            Self::Qna(draft) => &draft.about,
            Self::Deal(draft) => &draft.about,
        }
    }

    /// Whether it names a product or a brand; a deal always does.
    pub(super) fn names_a_product(&self) -> bool {
        let about = self.about();
        let named = !about.products.is_empty() || about.brand.is_some();
        named || matches!(self, Self::Deal(_))
    }

    /// What viewers read of it, each text with its field.
    pub(super) fn texts(&self) -> Vec<(String, &'a str)> {
        let mut texts = match self {
            Self::Poll(draft) => of_poll(draft),
            Self::Lottery(draft) => of_lottery(draft),
            Self::Qna(draft) => vec![("title".to_owned(), draft.title.as_str())],
            Self::Deal(draft) => of_deal(draft),
        };
        let ad = self.about().ad.as_ref();
        texts.extend(ad.map(|ad| ("about.ad".to_owned(), ad.as_str())));
        texts
    }
}

fn of_poll(draft: &poll::Draft) -> Vec<(String, &str)> {
    let mut texts = vec![("question".to_owned(), draft.question.as_str())];
    texts.extend(options("options", &draft.options));
    for (place, part) in draft.parts.iter().enumerate() {
        texts.push((format!("parts.{place}.question"), part.question.as_str()));
        texts.extend(options(&format!("parts.{place}.options"), &part.options));
    }
    let comment = draft.comment.as_ref();
    texts.extend(comment.map(|comment| ("comment".to_owned(), comment.as_str())));
    texts
}

fn options<'a>(
    field: &str,
    options: &'a [OptionDraft],
) -> impl Iterator<Item = (String, &'a str)> + use<'a> {
    let field = field.to_owned();
    options.iter().enumerate().map(move |(place, option)| {
        let text = match option {
            OptionDraft::Text(text) | OptionDraft::Full { text, .. } => text,
        };
        (format!("{field}.{place}"), text.as_str())
    })
}

fn of_lottery(draft: &lottery::Draft) -> Vec<(String, &str)> {
    let mut texts = vec![("title".to_owned(), draft.title.as_str())];
    let prizes = draft.prizes.iter().enumerate();
    texts
        .extend(prizes.map(|(place, prize)| (format!("prizes.{place}.name"), prize.name.as_str())));
    for (place, condition) in draft.conditions.iter().enumerate() {
        if let Condition::Keyword {
            word: Some(word),
            shown: true,
        } = condition
        {
            texts.push((format!("conditions.{place}.word"), word.as_str()));
        }
    }
    let own = [
        ("organiser", &draft.organiser),
        ("free_entry", &draft.free_entry),
        ("delivery", &draft.delivery),
    ];
    for (field, text) in own {
        let text = text.as_ref();
        texts.extend(text.map(|text| (field.to_owned(), text.as_str())));
    }
    texts
}

fn of_deal(draft: &deal::Draft) -> Vec<(String, &str)> {
    let mut texts = vec![("title".to_owned(), draft.title.as_str())];
    for (place, variant) in draft.variants.iter().enumerate() {
        let name = variant.name.as_ref();
        texts.extend(name.map(|name| (format!("variants.{place}.name"), name.as_str())));
    }
    let basis = draft.price_basis.as_ref();
    texts.extend(basis.map(|basis| ("price_basis".to_owned(), basis.as_str())));
    let seller = draft.seller.name.as_ref();
    texts.extend(seller.map(|name| ("seller.name".to_owned(), name.as_str())));
    texts
}
