//! The list: the choice of its order, its rows, more of them. It stays as it is while it is being used.

use super::ask::switch;
use super::list::{Moved, STEP, Shown, find};
use super::rows::Rows;
use super::{QnaProps, Sheet};
use crate::parts::button::button;
use crate::parts::tag::{el, say, tag, text};
use liveroom_protocol::limits::QUESTIONS_PAGE;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::Order;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// How many rows lie in the picture.
const OVERLAY: usize = 3;

const ORDERS: [(Order, &str); 3] = [
    (Order::Top, "qna.top"),
    (Order::Newest, "qna.newest"),
    (Order::Unanswered, "qna.unanswered"),
];

/// What the viewer wants to see of the list.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct View {
    order: Order,
    rows: usize,
}

/// Whether pointer or keyboard is in the list.
#[derive(Clone, Copy, Default)]
struct Used {
    pointer: bool,
    keyboard: bool,
}

/// The list's own state.
pub(super) struct Table {
    view: UseStateHandle<View>,
    used: Rc<Cell<Used>>,
    shown: Rc<RefCell<Shown>>,
    again: UseForceUpdateHandle,
}

/// Keeps the list's own state.
#[hook]
pub(super) fn use_table() -> Table {
    Table {
        view: use_state(|| View {
            order: Order::Top,
            rows: STEP,
        }),
        used: use_memo((), |()| Cell::default()),
        shown: use_mut_ref(Shown::default),
        again: use_force_update(),
    }
}

impl Table {
    /// Draws it.
    pub(super) fn draw(&self, props: &QnaProps, sheet: Sheet, rows: &Rows) -> Html {
        let words = &sheet.scene.words;
        let used = self.used.get();
        let used = props.listing.held && (used.pointer || used.keyboard);
        let mut shown = self.shown.borrow_mut();
        let waits = shown.settle(&props.questions, self.view.order, &props.listing, used);
        let total = self.total(sheet).max(shown.ids.len());
        let wanted = if sheet.scene.taking_part {
            self.view.rows
        } else {
            OVERLAY
        };
        shown.fill(&props.questions, self.view.order, wanted);
        let count = shown.ids.len().min(wanted);
        let again = shown.moves % 2 == 1;
        let row = |place: usize| {
            let known = find(&props.questions, *shown.ids.get(place)?)?;
            let moved = shown.moved(place, count);
            Some(rows.row(known, (moved, again && moved != Moved::No)))
        };
        let items: Vec<Html> = (0..count).filter_map(row).collect();
        let inside = vec![
            self.head(props, sheet, waits),
            match items.is_empty() {
                true => el("p", "qna__none", vec![say(words, self.nothing(sheet))]),
                false => self.list(items),
            },
            self.more(props, sheet, [count, shown.ids.len(), total]),
        ];
        el("div", "qna__table", inside)
    }

    /// How many questions the room has in this order.
    fn total(&self, sheet: Sheet) -> usize {
        let questions = sheet.tally.questions;
        let total = match self.view.order {
            Order::Unanswered => questions.saturating_sub(sheet.tally.answered),
            _ => questions,
        };
        usize::try_from(total).unwrap_or(usize::MAX)
    }

    fn nothing(&self, sheet: Sheet) -> &'static str {
        match (self.view.order, sheet.tally.phase) {
            (Order::Unanswered, _) => "qna.none_open",
            (_, Phase::Closed) => "qna.nobody",
            (_, Phase::Ready | Phase::Open | Phase::Paused) => "qna.none_yet",
        }
    }

    /// The orders, how many there are, and a newer order if one waits.
    fn head(&self, props: &QnaProps, sheet: Sheet, waits: bool) -> Html {
        let words = &sheet.scene.words;
        let format = &*sheet.scene.format;
        let tally = sheet.tally;
        let mut facts = Vec::new();
        if tally.questions > 0 {
            facts.push(words.count(format, "qna.questions", tally.questions));
        }
        if tally.answered > 0 {
            facts.push(words.count(format, "qna.answered", tally.answered));
        }
        if facts.is_empty() && props.questions.is_empty() {
            return Html::default();
        }
        let facts = facts
            .into_iter()
            .map(|fact| el("span", "qna__fact", vec![text(fact)]));
        let facts = el("span", "qna__facts", facts.collect());
        // There is nothing to choose among few.
        if !sheet.scene.taking_part || props.questions.len() < 2 {
            return el("div", "qna__sum", vec![facts]);
        }
        let tab = |(order, key): (Order, &'static str)| {
            let onclick = self.choose(props, sheet, order);
            switch(
                "qna__order",
                self.view.order == order,
                onclick,
                say(words, key),
            )
        };
        let orders = tag(
            "div",
            &["class", "role", "aria-label"],
            vec![
                Some("qna__orders".into()),
                Some("group".into()),
                Some(words.say("qna.order").to_owned().into()),
            ],
            ORDERS.map(tab).into(),
        );
        let fresh = match waits {
            true => {
                let (shown, again) = (Rc::clone(&self.shown), self.again.clone());
                let onclick = Callback::from(move |_| {
                    shown.borrow_mut().forget();
                    again.force_update();
                });
                button(
                    "link qna__fresh",
                    true,
                    onclick,
                    vec![say(words, "qna.fresh")],
                )
            }
            false => Html::default(),
        };
        el(
            "div",
            "qna__head",
            vec![orders, el("div", "qna__sum", vec![facts, fresh])],
        )
    }

    /// Another order: from its beginning, and asked for where it is not known.
    fn choose(&self, props: &QnaProps, sheet: Sheet, order: Order) -> Callback<MouseEvent> {
        let view = self.view.setter();
        let all = usize::try_from(sheet.tally.questions).unwrap_or(usize::MAX);
        let listed = props.questions.iter().filter(|known| !known.offered);
        let asks = props.listing.asks && listed.count() < all;
        let onmore = props.onmore.clone();
        Callback::from(move |_| {
            view.set(View { order, rows: STEP });
            if asks {
                onmore.emit((order, 0));
            }
        })
    }

    fn list(&self, items: Vec<Html>) -> Html {
        let over = |change: fn(&mut Used)| {
            let used = Rc::clone(&self.used);
            move || {
                let mut next = used.get();
                change(&mut next);
                used.set(next);
            }
        };
        let enter = over(|used| used.pointer = true);
        let leave = over(|used| used.pointer = false);
        // What the pointer pressed has the focus too, and is not being used any more when the pointer has gone.
        let focus = over(|used| used.keyboard = !used.pointer);
        let blur = over(|used| used.keyboard = false);
        html! {
            <ol class="qna__list" onpointerenter={move |_| enter()} onpointerleave={move |_| leave()}
                onfocusin={move |_| focus()} onfocusout={move |_| blur()}>{ items }</ol>
        }
    }

    /// The button for further rows.
    fn more(&self, props: &QnaProps, sheet: Sheet, [count, known, total]: [usize; 3]) -> Html {
        let asks = props.listing.asks && known < total;
        if !sheet.scene.taking_part || (count >= known && !asks) {
            return Html::default();
        }
        // What was asked for has not come: pressing asks again.
        let loading = count < self.view.rows;
        let (view, onmore) = (self.view.clone(), props.onmore.clone());
        let onclick = Callback::from(move |_| {
            if !loading {
                view.set(View {
                    rows: count + QUESTIONS_PAGE,
                    ..*view
                });
            }
            if asks {
                onmore.emit((view.order, u32::try_from(count).unwrap_or(u32::MAX)));
            }
        });
        let key = if loading { "qna.loading" } else { "qna.more" };
        button(
            "link qna__more",
            true,
            onclick,
            vec![say(&sheet.scene.words, key)],
        )
    }
}
