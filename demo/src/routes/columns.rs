//! The dictionary of the tables: what each column holds. A table takes its headings from here, so that none is without a meaning.

use std::borrow::Cow;

/// A column of a table.
#[derive(Clone)]
pub(super) struct Column {
    /// Its heading.
    pub(super) name: Cow<'static, str>,
    /// What it holds: the unit, the words that it may have, when it is empty.
    pub(super) means: &'static str,
}

const fn column(name: &'static str, means: &'static str) -> Column {
    Column {
        name: Cow::Borrowed(name),
        means,
    }
}

impl Column {
    /// A field of a form, by its label.
    pub(super) fn of_form(label: &str) -> Self {
        Self {
            name: Cow::Owned(label.to_owned()),
            means: "What the winner wrote under this label of the claim form; empty before that, and once the winner is erased.",
        }
    }
}

/// Prizes that were drawn, before the labels of the form.
pub(super) const PRIZES: [Column; 8] = [
    column(
        "win",
        "Number of the prize in the order of the draw, from 0.",
    ),
    column("prize", "Name of the prize."),
    column(
        "standing",
        "`waiting`, `claimed`, `fulfilled` or `forfeited`.",
    ),
    column(
        "name",
        "Name of the winner as the token or the viewer gave it; empty without one, and once erased.",
    ),
    column(
        "entrant",
        "The winner in the list of the draw: 32 hexadecimal digits.",
    ),
    column(
        "claim_by",
        "When the prize lapses unless it is claimed, milliseconds since 1970, UTC.",
    ),
    column(
        CODE,
        "The code that the winner shows; empty where the prize has none.",
    ),
    column(
        "reason",
        "Why the prize was forfeited or its winner excluded.",
    ),
];

/// The column that only the shop and the owner are told.
pub(super) const CODE: &str = "code";

/// Units of a deal that were claimed.
pub(super) const CLAIMS: [Column; 14] = [
    column("claim", "Id of the claim."),
    column("variant", "Id of the variant."),
    column("quantity", "Units claimed."),
    column("standing", "`reserved`, `ordering`, `sold` or `returned`."),
    column(
        "until",
        "When the reservation ends unless it is ordered, milliseconds since 1970, UTC.",
    ),
    column("price", "Price of one unit for this viewer, decimal."),
    column("currency", "Currency of the price, ISO 4217."),
    column(CODE, "The code that the viewer shows at the shop."),
    column("order", "Order number, as who settled the claim gave it."),
    column(
        "value",
        "Value of the order, as who settled the claim gave it, decimal.",
    ),
    column("value_currency", "Currency of that value, ISO 4217."),
    column(
        "page_order",
        "Order number that the viewer's page gave, which nobody vouches for.",
    ),
    column(
        "page_value",
        "Value that the viewer's page gave, which nobody vouches for, decimal.",
    ),
    column("page_currency", "Currency of that value, ISO 4217."),
];

/// Questions of a list.
pub(super) const QUESTIONS: [Column; 12] = [
    column("question", "Number of the question in the list, from 1."),
    column(
        "asked_at",
        "When it was asked, milliseconds since 1970, UTC.",
    ),
    column("by", "Name that the asker showed; empty without one."),
    column("text", "The question; empty once its asker is erased."),
    column("votes", "Viewers who voted for it."),
    column(
        "standing",
        "`waiting`, `shown`, `answering`, `answered` or `dismissed`.",
    ),
    column(
        "tags",
        "Tags that the moderators gave it, with spaces between them.",
    ),
    column("answer", "Answer in text."),
    column(
        "answer_private",
        "`yes` where only the asker reads the answer.",
    ),
    column("replies", "Number of replies by viewers."),
    column(
        "merged_into",
        "Number of the question that it was merged into.",
    ),
    column("flags", "Viewers who reported it."),
];

/// Comments of a survey.
pub(super) const COMMENTS: [Column; 2] = [
    column("comment", "Number of the comment, in the order of writing."),
    column("text", "What was written; nobody's name is with it."),
];

/// The audit log.
pub(super) const AUDIT: [Column; 13] = [
    column("position", "Position in the room's log."),
    column("at", "When the room took it, milliseconds since 1970, UTC."),
    column("who", "Role and pseudonym of who ordered it."),
    column("name", "Name that the token said, or the key's label."),
    column(
        "by",
        "Id of the key that it was ordered with; empty without one.",
    ),
    column(
        "what",
        "Type of the command; `key.use` where somebody came by an invitation.",
    ),
    column("activity", "Id of the activity."),
    column("key", "Id of the key that it is about."),
    column("label", "Label of that key."),
    column(
        "refused",
        "Reason for which the room refused it; empty where it was done.",
    ),
    column("on_air", "Ids of those on air, with spaces between them."),
    column(
        "profile",
        "Compliance profile and version that the activity opened under.",
    ),
    column(
        "detail",
        "What more the command said: numbers, ids and choices as `name=value`, with spaces between them; nobody's words.",
    ),
];
