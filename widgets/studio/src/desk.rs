//! The desk itself: holds what is told, typed and ordered, and draws it.

mod activity;
mod air;
mod alerts;
mod audit;
mod blocked;
mod compose;
mod field;
mod help;
mod look;
mod orders;
mod results;
mod row;
mod show;
mod team;

use crate::alerts::Alerts;
use crate::board::{Activity, Board};
use crate::border::Port;
use crate::control::Control;
use crate::form::{Field, Form};
use crate::keys::Key;
use crate::line::Line;
use crate::order::{About, Orders};
use crate::team::{AUDIT, Deed, Known, TEAM, Team};
use liveroom_protocol::Command;
use liveroom_protocol::alert::Alert;
use liveroom_protocol::desk::Desk as Listing;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{Answer, FromRoom, More};
use liveroom_protocol::qna::QuestionId;
use look::{Look, Question};
use std::collections::HashMap;
use std::rc::Rc;
use yew::prelude::*;

/// A change to what is typed.
pub(crate) type Edit = Rc<dyn Fn(&mut Form)>;

/// What happens to a desk.
pub(crate) enum Msg {
    /// The room said something.
    Heard(Box<FromRoom>),
    /// The line, and the time.
    Line(Line),
    /// The room answered an order.
    Answered(u32, Box<Answer>),
    /// An order did not leave, with a sentence.
    Failed(u32, String),
    /// Something was typed.
    Typed(Edit),
    /// A page of a list of questions is wanted.
    Page(More),
    /// An answer is about to be written: the page's answerer may make a draft of it.
    Draft(Drafted, String),
    /// It has made one.
    Drafted(Drafted, String),
    /// The composer's button: prepare, or open at once.
    Compose { open: bool },
    /// A button that needs no second step, or the second step of one that does.
    Give(Give),
    /// A button of an activity.
    Press(ActivityId, Control),
    /// The first step of a button that needs two; none: it was thought better of.
    Ask(Option<Asked>),
    /// Look something up, or take it out as a file.
    Look(Look),
    /// What was looked up, or a sentence that says why not.
    Looked(Question, Box<Result<Listing, String>>),
    /// Who else may do what is wanted.
    LookTeam,
    /// It is known, or a sentence says why not.
    Team(Result<Vec<Known>, String>),
    /// The audit log is wanted: its newest lines, or all of it as a file.
    LookAudit { all: bool },
    /// Its newest lines are known, or a sentence says why not.
    Audit(Result<Vec<Deed>, String>),
    /// What there is to be told of the room; nothing: it was asked for in vain.
    Alerts(Option<Vec<Alert>>),
    /// An alert is put away.
    Away(Alert),
    /// Compose one like this one.
    Copy(ActivityId),
    /// The focus came into an activity.
    Choose(ActivityId),
    /// A key.
    Key(Key),
    /// Show the list of keys, or hide it.
    Help,
    /// Single keys are on, or off.
    Keys(bool),
}

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

/// A button that waits for its second step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Of an activity, in a run of it: another run is another matter.
    Activity(ActivityId, u32, Control),
    /// The end of the show.
    ShowEnd,
}

/// What a desk is given when it is made.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DeskProps {
    /// The way to the page.
    pub(crate) port: Port,
    /// What was typed before.
    pub(crate) form: Form,
}

/// The desk.
pub(crate) struct Desk {
    board: Board,
    orders: Orders,
    form: Rc<Form>,
    line: Line,
    /// The composer's button was pressed with something missing: say all of it.
    tried: bool,
    /// The number of the order that the composer waits for.
    composing: Option<u32>,
    asked: Option<Asked>,
    chosen: Option<ActivityId>,
    help: bool,
    keys: bool,
    /// Answers that the page's answerer drafted; empty while it was only asked.
    drafts: Rc<HashMap<Drafted, String>>,
    /// Who else may do what.
    team: Rc<Team>,
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
            board: Board::default(),
            orders: Orders::default(),
            form: Rc::new(ctx.props().form.clone()),
            line: Line::default(),
            tried: false,
            composing: None,
            asked: None,
            chosen: None,
            help: false,
            keys: true,
            drafts: Rc::default(),
            team: Rc::default(),
            alerts: Alerts::default(),
            focus: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let port = &ctx.props().port;
        match msg {
            Msg::Heard(message) => self.board.hear(*message),
            Msg::Line(line) => return self.tick(line),
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
            Msg::Look(look) => self.look(port, &look),
            Msg::Looked(question, answer) => self.looked(question, *answer),
            Msg::LookTeam => port.look("/keys", TEAM),
            Msg::Team(keys) => Rc::make_mut(&mut self.team).hear(keys),
            Msg::LookAudit { all: false } => port.look("/audit?last=30", AUDIT),
            Msg::LookAudit { all: true } => port.save("/audit?format=csv", "audit.csv", AUDIT),
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
            Msg::Key(key) => self.key(key),
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
