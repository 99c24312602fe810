//! The one table of what is reported: which types, when, and which fields each has. `REPORTS.md` is written from it.

/// A field of a report's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds: `text`, `number`, `list of texts`, `texts by name`, `numbers by name` or `any JSON`.
    pub holds: &'static str,
    /// Whether every report that can have it has it.
    pub always: bool,
    /// What it means, with the unit.
    pub means: &'static str,
}

/// A type of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name; `<widget>` stands for each of the four, `<what>` for the page's own word.
    pub name: &'static str,
    /// When it is made.
    pub when: &'static str,
    /// Which fields it has besides.
    pub has: Has,
    /// Its own fields.
    pub own: &'static [Field],
}

/// Which fields a type has besides its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Has {
    /// None.
    None,
    /// Those of [`EVERY`].
    Every,
    /// Those of [`EVERY`] and of [`ACTIVITY`].
    Activity,
}

const fn always(name: &'static str, holds: &'static str, means: &'static str) -> Field {
    Field {
        name,
        holds,
        always: true,
        means,
    }
}

const fn maybe(name: &'static str, holds: &'static str, means: &'static str) -> Field {
    Field {
        name,
        holds,
        always: false,
        means,
    }
}

/// What every report says.
#[rustfmt::skip]
pub const EVERY: &[Field] = &[
    always("room", "text", "The room's name; `page` where a page drives a room without one."),
    always("at", "number", "When it happened on the room's clock, milliseconds since 1970; on the device's where the room has none."),
    always("channel", "text", "`page`, `overlay` or `practice`."),
    maybe("me", "text", "The viewer's pseudonym in this room, as soon as the page was told it; made with a key of the room, so that it is another in any other."),
    maybe("show", "text", "The id of the show that ran."),
    maybe("on_air", "list of texts", "Ids of those on air."),
    maybe("stream", "number", "Programme time of the viewer's picture, milliseconds since 1970, where the page gives a `streamClock`."),
    maybe("campaign", "texts by name", "The page's `campaign`: at most 8 fields of at most 100 characters."),
];

/// What a report of an activity says besides.
#[rustfmt::skip]
pub const ACTIVITY: &[Field] = &[
    always("activity", "text", "The activity's id; `subject` of the report too."),
    always("widget", "text", "`poll`, `lottery`, `qna` or `deal`."),
    always("run", "number", "Which run of it, counted up by a reset."),
    maybe("products", "list of texts", "Products that its card names, a deal's own `sku` among them."),
    maybe("brand", "text", "The brand that its card names."),
    maybe("tags", "list of texts", "The tags of its card."),
];

const ACT: Field = always(
    "act",
    "text",
    "The verb of the action: `vote`, `withdraw`, `answer`, `enter`, `claim`, `ask`, `reply`, `release`, `order`, `flag`.",
);

/// All types.
#[rustfmt::skip]
pub const KINDS: &[Kind] = &[
    Kind { name: "live.<widget>.seen", has: Has::Activity, own: &[],
        when: "Half of the widget (30 % of one of more than 242,500 px²), or as much of it as fills half of the view, was in sight for a second with the tab in front; once a page, activity and run." },
    Kind { name: "live.<widget>.acted", has: Has::Activity, own: &[ACT],
        when: "The viewer acted; before the room was asked." },
    Kind { name: "live.<widget>.outcome", has: Has::Activity, own: &[ACT],
        when: "The room, or the page that drives it, accepted." },
    Kind { name: "live.<widget>.refused", has: Has::Activity, own: &[ACT, always("reason", "text", "The refusal's reason, a word of a closed list.")],
        when: "It was refused, or cancelled by the page." },
    Kind { name: "live.<widget>.visible", has: Has::Activity, own: &[always("ms", "number", "Milliseconds in sight since the last such report.")],
        when: "With each heartbeat, and when the tab goes from the front; at least a second." },
    Kind { name: "live.deal.order", has: Has::Activity, own: &[
            maybe("value", "text", "What the order is worth, decimal text."), maybe("currency", "text", "ISO 4217 code of the value.")],
        when: "The page's cart took an order, or the shop settled it; once, whichever tabs hear of it." },
    Kind { name: "live.room.watch", has: Has::Every, own: &[always("ms", "number", "Milliseconds in front since the last such report.")],
        when: "The heartbeat: after every minute with the tab in front, and when it goes from the front." },
    Kind { name: "live.room.acted", has: Has::Every, own: &[
            always("act", "text", "`share`."), maybe("referral", "text", "The code in the link.")],
        when: "The viewer shared the page by `share()`: handed to the system's sheet, or copied." },
    Kind { name: "live.room.arrived", has: Has::Every, own: &[always("referral", "text", "The code in the link.")],
        when: "The page was opened by another viewer's share link; not by a reload, nor by one's own." },
    Kind { name: "live.room.error", has: Has::Every, own: &[always("code", "text", "The code of the `live-error`.")],
        when: "Something failed; the same code once a minute." },
    Kind { name: "live.room.ledger", has: Has::None, own: &[
            always("created", "number", "Reports written down in this page load so far."), always("stored", "number", "Of those, seen to be stored."),
            maybe("dropped", "numbers by name", "Of those, dropped, by reason.")],
        when: "The last of every batch; counted as no report itself." },
    Kind { name: "page.<what>", has: Has::Every, own: &[always("page", "any JSON", "What the page gave to `report()`.")],
        when: "The page called `report('<what>', …)`." },
];

impl Kind {
    /// All fields that a report of this type may have.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        let (every, activity): (&[Field], &[Field]) = match self.has {
            Has::None => (&[], &[]),
            Has::Every => (EVERY, &[]),
            Has::Activity => (EVERY, ACTIVITY),
        };
        every.iter().chain(activity).chain(self.own)
    }

    /// The type of this name; `None` for one that the kit does not make.
    pub fn of(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| match kind.name.split_once('<') {
            None => kind.name == name,
            Some(("page.", _)) => name.starts_with("page."),
            Some((start, end)) => {
                let end = end.split_once('>').map_or("", |(_, end)| end);
                let widget = name
                    .strip_prefix(start)
                    .and_then(|rest| rest.strip_suffix(end));
                widget.is_some_and(|widget| {
                    crate::Widget::ALL
                        .into_iter()
                        .any(|known| known.name() == widget)
                })
            }
        })
    }
}

/// The tables of `REPORTS.md`; `example` tells a type's cell of examples.
pub fn markdown(example: &dyn Fn(&Kind) -> String) -> String {
    let mut text = String::new();
    for (title, fields) in [
        ("Every report", EVERY),
        ("A report of an activity, besides", ACTIVITY),
    ] {
        text.push_str(
            &[
                "### ",
                title,
                "\n\n| field | holds | always | |\n|---|---|---|---|\n",
            ]
            .concat(),
        );
        for field in fields {
            let always = if field.always { "yes" } else { "no" };
            text.push_str(
                &[
                    "| `",
                    field.name,
                    "` | ",
                    field.holds,
                    " | ",
                    always,
                    " | ",
                    field.means,
                    " |\n",
                ]
                .concat(),
            );
        }
        text.push('\n');
    }
    text.push_str(
        "### Types\n\n| type | when | has | its own fields | example |\n|---|---|---|---|---|\n",
    );
    for kind in KINDS {
        let has = match kind.has {
            Has::None => "nothing else",
            Has::Every => "room",
            Has::Activity => "room, activity",
        };
        let own = kind.own.iter().map(|field| {
            let maybe = if field.always { "" } else { ", not always" };
            [
                "`",
                field.name,
                "` (",
                field.holds,
                maybe,
                "): ",
                field.means,
            ]
            .concat()
        });
        let own: Vec<String> = own.collect();
        text.push_str(
            &[
                "| `",
                kind.name,
                "` | ",
                kind.when,
                " | ",
                has,
                " | ",
                &own.join("<br>"),
                " | ",
                &example(kind),
                " |\n",
            ]
            .concat(),
        );
    }
    text
}
