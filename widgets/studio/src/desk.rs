//! The desk itself: holds what is told, typed and ordered, and draws it.

mod activity;
mod air;
mod alerts;
mod asked;
mod audience;
mod audit;
mod blocked;
mod calls;
mod compose;
mod delay;
mod field;
mod forget;
mod help;
mod house;
mod lacks;
mod law;
mod left;
mod look;
mod msg;
mod orders;
mod results;
mod role;
mod row;
mod run;
mod runs;
mod screen;
mod show;
mod team;
mod twice;

use crate::alerts::Alerts;
use crate::board::{Activity, Board};
use crate::border::Port;
use crate::checks::Checks;
use crate::forget::{FORGOTTEN, Receipts};
use crate::form::{Field, Form};
use crate::line::Line;
use crate::order::{About, Orders};
use crate::plan::Plan;
use crate::team::{AUDIT, TEAM, Team};
use asked::Asked;
use calls::Calls;
pub(crate) use left::Left;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::FromRoom;
use liveroom_protocol::qna::QuestionId;
pub(crate) use msg::Msg;
pub(crate) use run::Wish;
use std::collections::HashMap;
use std::rc::Rc;
use yew::prelude::*;

/// A change to what is typed.
pub(crate) type Edit = Rc<dyn Fn(&mut Form)>;

/// What a draft is of: a question of an activity.
pub(crate) type Drafted = (ActivityId, QuestionId);

/// An order, ready to go.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Give {
    /// What is to be done, in words.
    pub(crate) deed: String,
    /// To what.
    pub(crate) about: About,
    /// The command.
    pub(crate) command: Command,
}

/// What a desk is given when it is made.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DeskProps {
    /// The way to the page.
    pub(crate) port: Port,
    /// What the one before it left.
    pub(crate) left: Left,
}

/// The desk.
pub(crate) struct Desk {
    calls: Calls,
    board: Board,
    orders: Orders,
    form: Rc<Form>,
    plan: Rc<Plan>,
    /// What of it the page keeps: what the room is not known to have, and where the show is.
    kept: left::Kept,
    audience: u32,
    line: Line,
    /// The composer's button was pressed with something missing: say all of it.
    tried: bool,
    /// The number of the order that the composer waits for.
    composing: Option<u32>,
    /// The number of the order that opens a cue, and the cue.
    opening: Option<(u32, ActivityId)>,
    asked: Option<Asked>,
    chosen: Option<ActivityId>,
    help: bool,
    keys: bool,
    /// Answers that the page's answerer drafted; empty while it was only asked.
    drafts: Rc<HashMap<Drafted, String>>,
    /// Who else may do what.
    team: Rc<Team>,
    /// Whom it forgot.
    receipts: Receipts,
    /// What the room would say to what is composed and prepared.
    checks: Checks,
    /// What it is told of the room.
    alerts: Alerts,
    /// What is to have the focus after drawing.
    focus: Option<String>,
}

impl Component for Desk {
    type Message = Msg;
    type Properties = DeskProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self {
            calls: Calls::new(ctx.link()),
            board: Board::default(),
            orders: Orders::default(),
            form: Rc::new(ctx.props().left.form.clone()),
            plan: Rc::new(ctx.props().left.plan()),
            kept: left::Kept::default(),
            audience: 0,
            line: Line::default(),
            tried: false,
            composing: None,
            opening: None,
            asked: None,
            chosen: None,
            help: false,
            keys: true,
            drafts: Rc::default(),
            team: Rc::default(),
            receipts: None,
            checks: Checks::default(),
            alerts: Alerts::default(),
            focus: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let port = &ctx.props().port;
        match msg {
            Msg::Heard(message) => {
                self.checks.hear(&message);
                if let FromRoom::Checked(checks) = &*message {
                    self.plan_mut().rehearsed(checks.clone());
                }
                self.board.hear(*message);
            }
            Msg::Line(line) => return self.tick(port, line),
            Msg::Answered(number, answer) => self.answered(port, number, &answer),
            Msg::Failed(number, sentence) => self.orders.fail(number, sentence),
            Msg::Typed(edit) => {
                let form = Rc::make_mut(&mut self.form);
                edit(form);
                self.focus = form
                    .go_to
                    .take()
                    .map(|place| deeds::field_id(Field::Option(place)));
                self.keep(port);
            }
            Msg::Page(more) => turn(port, more),
            Msg::Draft(of, question) => return self.draft(port, of, &question),
            Msg::Drafted(of, text) => {
                Rc::make_mut(&mut self.drafts).insert(of, text);
            }
            Msg::Compose { open } => self.compose(port, open),
            Msg::Give(give) => _ = self.give(port, &give),
            Msg::Press(activity, control) => self.press(port, &activity, control),
            Msg::Ask(asked) => self.ask(asked),
            Msg::Unask => self.asked = None,
            Msg::Look(look) => self.look(port, &look),
            Msg::Looked(question, answer) => self.looked(question, *answer),
            Msg::LookTeam => port.look("/keys", TEAM),
            Msg::Team(keys) => Rc::make_mut(&mut self.team).hear(keys),
            Msg::LookAudit { all: false } => port.look("/audit?last=30", AUDIT),
            Msg::LookAudit { all: true } => port.save("/audit?format=csv", "audit.csv", AUDIT),
            Msg::LookForgotten => port.look("/erasures", FORGOTTEN),
            Msg::Forgotten(receipts) => self.receipts = Some(receipts),
            Msg::Audit(deeds) => Rc::make_mut(&mut self.team).deeds = Some(deeds),
            Msg::Alerts(told) => {
                let before = self.alerts.clone();
                self.alerts.hear(told);
                return self.alerts != before;
            }
            Msg::Away(alert) => {
                self.alerts.put_away(&alert);
                // The button goes with it; the focus must not be lost.
                self.focus = Some(ALERTS.to_owned());
            }
            Msg::Copy(activity) => self.copy(port, &activity),
            Msg::Choose(activity) => {
                let same = self.chosen.as_ref() == Some(&activity);
                self.chosen = Some(activity);
                return !same;
            }
            Msg::Key(key) => self.key(port, key),
            Msg::Wish(wish) => {
                self.wish(port, wish);
                self.keep_plan(port);
            }
            Msg::Audience(count) => {
                self.audience = count;
                port.audience(count);
            }
            Msg::Ran(status, text) => {
                self.plan_mut().answered(status, &text);
                self.keep_plan(port);
            }
            Msg::GoTo(field) => self.focus = Some(field),
            Msg::Help => self.help(),
            Msg::Keys(on) => self.keys = on,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        self.draw(ctx)
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if let Some(id) = self.focus.take() {
            ctx.props().port.focus(&id);
        }
    }
}

mod deeds;
mod draw;
mod page;

use page::turn;

/// The name in the page of an activity's row.
fn row_id(activity: &ActivityId) -> String {
    format!("activity-{activity}")
}

/// The name in the page of an activity's button.
fn button_id(activity: &ActivityId, place: usize) -> String {
    format!("activity-{activity}-{place}")
}

/// The name in the page of the place for alerts.
const ALERTS: &str = "alerts";

/// The name in the page of the button that thinks better of a second step.
const KEEP: &str = "keep";

impl Desk {
    /// The activities, and what an order is on its way about in each.
    fn rows(&self) -> Vec<(Activity, Vec<About>)> {
        self.board
            .activities()
            .into_iter()
            .map(|activity| {
                let waiting = self.orders.waiting(activity.id());
                (activity, waiting)
            })
            .collect()
    }

    /// Why it opens nothing now, and starts no show.
    fn directs_not(&self) -> Option<&'static str> {
        let not_yours = (!role::directs(self.board.role)).then_some(role::NOT_YOURS);
        self.stopped().or(not_yours)
    }

    /// Why no order is taken at all now.
    fn stopped(&self) -> Option<&'static str> {
        use liveroom_protocol::message::State;
        match (self.line.is_up(), self.board.role, self.board.room.state) {
            (false, _, _) => Some("There is no line to the room."),
            (true, None, _) => Some("The room has not greeted yet."),
            (true, Some(_), _) if !self.board.seated => Some("This token may not sit at the desk."),
            (true, Some(_), State::Damaged) => {
                Some("The room's log is damaged: it takes no changes.")
            }
            (true, Some(_), State::Sealed) => Some("The room has ended for good."),
            (true, Some(_), State::Live) => None,
        }
    }
}
