//! Which questions stand where: the first page, further pages, and the queue.

use super::Qna;
use liveroom_protocol::limits::QUESTIONS_PAGE;
use liveroom_protocol::qna::{Order, QuestionId, Row, Standing};

/// Most votes on the first page.
const TOP: usize = 30;
/// Newest on the first page.
const NEWEST: usize = 20;
/// Oldest of the queue that the desk is shown.
const QUEUE: usize = 50;

impl Qna {
    /// The first page: what is pinned and being answered, the most voted, the newest; each once.
    pub fn first_page(&self) -> Vec<Row> {
        let mut ids: Vec<QuestionId> = Vec::with_capacity(TOP + NEWEST + 4);
        let pinned = self.shown_ids().filter(|id| self.asked(*id).pinned);
        ids.extend(pinned.take(TOP));
        ids.extend(self.answering());
        ids.extend(self.ranking.iter().take(TOP).map(|(_, id)| *id));
        ids.extend(self.shown_ids().rev().take(NEWEST));
        let mut seen = std::collections::HashSet::new();
        ids.retain(|id| seen.insert(*id));
        ids.into_iter().map(|id| self.row(id)).collect()
    }

    /// What waits for approval, longest first, as far as the desk is shown it.
    pub fn queue(&self) -> Vec<Row> {
        let waiting = self.waiting.iter().take(QUEUE);
        waiting.map(|id| self.row(*id)).collect()
    }

    /// Shown questions that have replies which wait; the desk is shown those as well.
    pub fn with_waiting_replies(&self) -> Vec<Row> {
        self.shown_ids()
            .filter(|id| {
                let replies = &self.asked(*id).replies;
                replies
                    .iter()
                    .any(|reply| reply.standing == Standing::Waiting)
            })
            .take(QUEUE)
            .map(|id| self.row(id))
            .collect()
    }

    /// A page of an order: what follows after so many, and how many there are in all.
    pub fn page(&self, order: Order, after: u32) -> (Vec<Row>, u32) {
        let ids: Vec<QuestionId> = match order {
            Order::Top => self.ranking.iter().map(|(_, id)| *id).collect(),
            Order::Newest => self.shown_ids().rev().collect(),
            Order::Unanswered => {
                let ids = self.ranking.iter().map(|(_, id)| *id);
                ids.filter(|id| self.asked(*id).standing != Standing::Answered)
                    .collect()
            }
            Order::Waiting => self.waiting.iter().copied().collect(),
            Order::Dismissed => {
                let ids = (1..=self.asked_in_all()).rev();
                ids.filter(|id| self.stands_as(*id, Standing::Dismissed))
                    .collect()
            }
        };
        self.cut(&ids, after)
    }

    /// A page of all that is not merged, of every standing, as far as it is wanted: newest first.
    pub fn found(
        &self,
        after: u32,
        wanted: impl Fn(QuestionId, &super::Asked) -> bool,
    ) -> (Vec<Row>, u32) {
        let ids = (1..=self.asked_in_all()).rev();
        let found = ids.filter(|id| {
            let asked = self.asked(*id);
            asked.merged_into.is_none() && wanted(*id, asked)
        });
        self.cut(&found.collect::<Vec<_>>(), after)
    }

    fn stands_as(&self, id: QuestionId, standing: Standing) -> bool {
        let asked = self.asked(id);
        asked.standing == standing && asked.merged_into.is_none()
    }

    fn cut(&self, ids: &[QuestionId], after: u32) -> (Vec<Row>, u32) {
        let total = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        let page = ids.iter().skip(after as usize).take(QUESTIONS_PAGE);
        (page.map(|id| self.row(*id)).collect(), total)
    }

    /// What is being answered; one at most.
    pub(super) fn answering(&self) -> Vec<QuestionId> {
        self.shown_ids()
            .filter(|id| self.asked(*id).standing == Standing::Answering)
            .collect()
    }

    /// How many questions were asked: the highest number of one.
    pub fn asked_in_all(&self) -> QuestionId {
        QuestionId::try_from(self.questions.len()).unwrap_or(QuestionId::MAX)
    }

    /// How many questions are shown.
    pub fn count(&self) -> u32 {
        u32::try_from(self.ranking.len()).unwrap_or(u32::MAX)
    }

    /// How many of those were answered.
    pub const fn count_answered(&self) -> u32 {
        self.answered
    }

    /// How many wait for approval.
    pub fn count_waiting(&self) -> u32 {
        u32::try_from(self.waiting.len()).unwrap_or(u32::MAX)
    }

    /// A question that is known, with its votes.
    pub(crate) fn row(&self, id: QuestionId) -> Row {
        Row(id, self.asked(id).votes())
    }

    fn asked(&self, id: QuestionId) -> &super::Asked {
        &self.questions[super::index(id)]
    }

    /// What is shown, oldest first.
    fn shown_ids(&self) -> impl DoubleEndedIterator<Item = QuestionId> + '_ {
        let numbered = self.questions.iter().enumerate();
        numbered
            .filter(|(_, question)| question.is_shown())
            .filter_map(|(place, _)| QuestionId::try_from(place + 1).ok())
    }
}
