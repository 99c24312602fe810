//! A room in a page: the module's one export besides the reports' policy. It hands what happens to [`Room`],
//! does what that asks through the shell's [`Port`], and keeps a Yew tree in each element that shows something.
//!
//! Nothing is borrowed while the shell is called: a page may call back from any event.

use crate::clock::Now;
use crate::connection::Input;
use crate::effect::{Effect, Told};
use crate::report::{Moment, Reporter};
use crate::room::{At, Begun, Look, Mount, Room, Verdict};
use crate::view::{View, ViewProps};
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::{Action, Widget};
use port::Port;
pub use sheet::sheet;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::Element;
use yew::{AppHandle, Callback, Renderer};

mod calls;
mod configure;
mod format;
mod perform;
mod port;
mod sheet;

/// A room in a page.
#[wasm_bindgen]
pub struct Page(Rc<Inner>);

struct Inner {
    port: Port,
    room: RefCell<Room>,
    reporter: RefCell<Reporter>,
    trees: RefCell<Vec<Tree>>,
    /// What is to be drawn, one element a step.
    drawing: RefCell<Vec<(u32, Option<Look>)>>,
    /// When the shell was last asked to wake the room.
    woken: Cell<Option<u64>>,
}

/// An element, and the Yew tree in it once it has shown something.
struct Tree {
    element: u32,
    root: Element,
    app: Option<AppHandle<View>>,
}

impl Inner {
    /// Lets the room take what happened, and does what it then asks for.
    fn enter(&self, take: &mut dyn FnMut(&mut Room, At)) {
        let effects = {
            let mut room = self.room.borrow_mut();
            take(&mut room, at());
            room.effects()
        };
        for effect in effects {
            self.perform(effect);
        }
        let due = self.room.borrow().due();
        if self.woken.replace(due) != due {
            let now = steady();
            #[allow(
                clippy::cast_precision_loss,
                reason = "a length of time in a page's life"
            )]
            let ms = due.map_or(-1.0, |due| due.saturating_sub(now) as f64);
            self.port.ask("wake", "", ms, None);
        }
    }

    fn line(&self, input: Input) {
        self.enter(&mut |room, at| room.line(input, at));
    }

    /// Tells the reporter something, and what time it is. The page is asked for the latter before the reporter is held,
    /// since it may call back.
    fn told_reporter(&self, tell: &mut dyn FnMut(&mut Reporter, &Moment)) {
        let room = self.room.borrow_mut().now(at());
        let now = Moment {
            steady: steady(),
            room,
            stream: crate::picture::Picture::stream(self.port.stream(), Some(room)),
        };
        tell(&mut self.reporter.borrow_mut(), &now);
    }

    /// Tells the reporter what an element has in sight.
    fn look(&self, element: u32) {
        let about = {
            let room = self.room.borrow();
            room.mounted(element).and_then(Mount::in_sight)
        };
        self.told_reporter(&mut |reporter, now| reporter.look(element, about.as_ref(), now));
    }

    /// The viewer acts: the page is told within the gesture.
    fn act(&self, element: u32, action: &Action) {
        let device = self.port.ask("device", "", 0.0, None);
        self.enter(&mut |room, at| room.device(device.clone(), at));
        let id = self.port.ask("id", "", 0.0, None).unwrap_or_default();
        let Ok(id) = RequestId::parse(id) else {
            return;
        };
        let begun = self.room.borrow().begin(element, action.clone(), id);
        self.begun(begun);
    }

    /// What the viewer began goes on: the page is told of that too, since it may be who drives the room.
    fn act_for(&self, activity: &ActivityId, action: &Action) {
        let id = self.port.ask("id", "", 0.0, None).unwrap_or_default();
        if let Ok(id) = RequestId::parse(id) {
            let begun = self.room.borrow().begin_for(activity, action.clone(), id);
            self.begun(begun);
        }
    }

    fn begun(&self, begun: Option<(Begun, String)>) {
        let Some((begun, detail)) = begun else {
            return;
        };
        let element = begun.element();
        let verdict = self
            .port
            .ask("act", begun.id(), element.into(), Some(&detail));
        let verdict = match verdict.as_deref() {
            None => Verdict::Go,
            Some("cancelled") => Verdict::Cancelled,
            Some(_) => Verdict::Responds,
        };
        let mut begun = Some(begun);
        self.enter(&mut |room, at| {
            if let Some(begun) = begun.take() {
                room.acted(begun, verdict, at);
            }
        });
    }

    /// Draws one element.
    fn show(self: &Rc<Self>, element: u32, look: Option<Look>) {
        let activity = look.as_ref().map(|look| look.activity.as_str());
        // Where the shell draws an activity plainly, the tree stays empty.
        let plainly = self
            .port
            .ask("shows", activity.unwrap_or_default(), element.into(), None)
            .is_some();
        let update = activity.map(|activity| detail_of_update(activity, look.as_ref()));
        let look = look.filter(|_| !plainly);
        let mut trees = self.trees.borrow_mut();
        let Some(tree) = trees.iter_mut().find(|tree| tree.element == element) else {
            return;
        };
        match (&mut tree.app, look) {
            (None, None) => {}
            (Some(app), look) => app.update(self.props(element, look)),
            (None, look @ Some(_)) => {
                let props = self.props(element, look);
                let renderer = Renderer::<View>::with_root_and_props(tree.root.clone(), props);
                tree.app = Some(renderer.render());
            }
        }
        drop(trees);
        if let Some(detail) = update {
            self.port
                .ask("tell", "live-update", element.into(), Some(&detail));
        }
        self.look(element);
    }

    fn props(self: &Rc<Self>, element: u32, look: Option<Look>) -> ViewProps {
        let calls = |call: fn(&Self, u32)| {
            let page = Rc::downgrade(self);
            Callback::from(move |()| {
                if let Some(page) = page.upgrade() {
                    call(&page, element);
                }
            })
        };
        let [acting, unsent, more, checking] = [(); 4].map(|()| Rc::downgrade(self));
        let copying = Rc::downgrade(self);
        ViewProps {
            look,
            oncopy: Callback::from(move |code: String| {
                if let Some(page) = copying.upgrade() {
                    page.port.do_with("copy", &code);
                }
            }),
            onact: Callback::from(move |action: Action| {
                if let Some(page) = acting.upgrade() {
                    page.act(element, &action);
                }
            }),
            ontoggle: calls(|page, element| page.enter(&mut |room, _| room.toggle(element))),
            onnewer: calls(|page, element| page.enter(&mut |room, _| room.newer(element))),
            oncheck: Callback::from(move |whole: bool| {
                if let Some(page) = checking.upgrade() {
                    page.enter(&mut |room, _| room.check(element, whole));
                }
            }),
            onunsent: Callback::from(move |is: bool| {
                if let Some(page) = unsent.upgrade() {
                    page.enter(&mut |room, _| room.unsent(element, is));
                }
            }),
            onmore: Callback::from(move |(order, after)| {
                if let Some(page) = more.upgrade() {
                    page.enter(&mut |room, _| room.more(element, order, after));
                }
            }),
        }
    }
}

fn detail_of_update(activity: &str, look: Option<&Look>) -> String {
    let widget = look.map_or("", |look| look.face.widget().name());
    let run = look.map_or(0, |look| look.run).to_string();
    [
        r#"{"widget":""#,
        widget,
        r#"","activity":""#,
        activity,
        r#"","run":"#,
        &run,
        "}",
    ]
    .concat()
}

fn widget(name: &str) -> Option<Widget> {
    Widget::ALL.into_iter().find(|widget| widget.name() == name)
}

fn steady() -> u64 {
    whole(port::steady())
}

fn at() -> At {
    At {
        now: Now {
            steady: steady(),
            date: whole(js_sys::Date::now()),
        },
        chance: js_sys::Math::random(),
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a float becomes the nearest whole number"
)]
fn whole(ms: f64) -> u64 {
    ms as u64
}
