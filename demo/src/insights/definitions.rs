//! The one table of figures: served with them, exported with them, and what the page shows beside them.

use serde::Serialize;

/// Whose doings a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Population {
    /// Everybody, exactly, from the room's log and its connections.
    Room,
    /// Browsers whose viewers consented, by what they reported. Anybody can send anything: it is no ground for a payment.
    Reports,
}

impl Population {
    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Reports => "reports",
        }
    }
}

/// What a figure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Its name.
    pub figure: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// Whose doings.
    pub population: Population,
    /// What is counted.
    pub unit: &'static str,
    /// How, in a sentence.
    pub definition: &'static str,
}

const fn room(
    figure: &'static str,
    label: &'static str,
    unit: &'static str,
    definition: &'static str,
) -> Definition {
    Definition {
        figure,
        label,
        population: Population::Room,
        unit,
        definition,
    }
}

const fn reports(
    figure: &'static str,
    label: &'static str,
    unit: &'static str,
    definition: &'static str,
) -> Definition {
    Definition {
        figure,
        label,
        population: Population::Reports,
        unit,
        definition,
    }
}

/// All figures.
#[rustfmt::skip]
pub const DEFINITIONS: &[Definition] = &[
    room("viewers_now", "Viewers now", "connections", "Viewers' connections to this server at this moment; desks and overlays are not counted. Of a time that is over there is none."),
    room("viewers_most", "Most viewers at once", "connections", "The most viewers' connections at once, looked at every ten seconds for the most since the last look. Of a streamer or a show: of the minutes in which they were on air; a minute of a hand-over is of both."),
    room("on_air_ms", "Time on air", "milliseconds", "Within the time that is asked for, how long a show ran, or a streamer was on air in it. Of streamers it is left out where a show began before that time."),
    room("participants", "Viewers who took part", "viewers", "Distinct viewers of whom the room accepted at least one action. A viewer is one account, or one browser that nobody signed in with. Who acted is known of the whole time that an activity ran under the same show and streamers: where `from` or `to` cuts through such a time, this is left out."),
    room("active", "Viewers who acted in a minute", "viewers", "Distinct viewers of whom the room accepted at least one action within the minute; over several minutes, the most of one."),
    room("participation", "Participation in a minute", "rate", "Viewers who acted in the minute, of the most viewers connected at once in it; where more acted than were connected, since some act without a connection, it is all. Of a step of several minutes: in its minute with the most viewers, the first of them where several have as many."),
    room("votes", "Votes", "ballots", "Ballots that the room accepted in polls and surveys from viewers who had none there; the same ballot once more is none. Less those withdrawn they are the ballots that stand."),
    room("votes_changed", "Votes changed", "ballots", "Ballots that replaced an earlier one of the same viewer; not counted again as votes."),
    room("votes_withdrawn", "Votes withdrawn", "ballots", "Ballots taken back by their viewers, and the second ballot of who voted before and after signing in; not subtracted from votes."),
    room("entries", "Entries to draws", "entries", "Entries that the room accepted."),
    room("prizes_claimed", "Prizes claimed", "prizes", "Prizes that their winners claimed."),
    room("questions", "Questions", "questions", "Questions that the room accepted, approved or not."),
    room("question_votes", "Votes for questions", "votes", "Votes for questions of others."),
    room("question_votes_withdrawn", "Votes for questions taken back", "votes", "Not subtracted from votes for questions."),
    room("replies", "Replies", "replies", "Replies of viewers to questions, shown or not."),
    room("claims", "Claims of deals", "claims", "Reservations that the room granted."),
    room("units_claimed", "Units claimed", "units", "Units of those reservations, given back later or not."),
    room("claims_released", "Claims given back", "claims", "Reservations that their viewers gave back; those whose time ran out are not counted."),
    room("order_steps", "Steps of orders", "messages", "What pages said of orders to the room: begun, taken, failed."),
    room("orders", "Orders sold", "claims", "Claims that were settled as sold, by the shop or, where the card says so, by the page, and not given back since. Counted in the minute of the sale; of whoever was on air when it was claimed. A sale that is settled once that show has ended is in the totals and rows of the show, and in no minute of it."),
    room("units_sold", "Units sold", "units", "Units of those."),
    room("order_value", "Order value", "money", "What those units were sold for: units times the deal's price, exactly, by currency. Without shipping, and without what else was in the cart."),
    room("flags", "Reported to those who run the room", "reports", "Activities and questions that viewers reported as misleading, offensive or illegal."),
    room("room_refused", "Refused by the room", "requests", "Requests that were ordered by the log and refused; what is refused before that is not among them."),
    reports("browsers", "Browsers that reported", "browsers", "Distinct browsers that reported anything: a viewer's pseudonym, or a page load where the room has given none yet. Only with consent."),
    reports("seen", "Saw a widget", "browsers", "Distinct browsers in which half of a widget (30 % of a very large one), or as much of it as fills half of the view, was in sight for one second with the tab in front."),
    reports("acted", "Acted, of those who saw", "browsers", "Of the browsers that saw a widget, those whose viewer acted in it."),
    reports("outcome", "Accepted, of those who acted", "browsers", "Of those, the browsers that were told that it was accepted: voted, entered, asked, claimed."),
    reports("deal_seen", "Saw a deal", "browsers", "Distinct browsers that saw a deal, as they see any widget."),
    reports("claimed", "Claimed, of those who acted in a deal", "browsers", "Of the browsers that saw a deal and whose viewer acted in it, those that were told that it was accepted: claimed."),
    reports("ordered", "Ordered, of those who claimed", "browsers", "Of the browsers that claimed in a deal, those whose page took an order. Who was accepted in something else is not among them."),
    reports("conversion", "Ordered, of those who saw a deal", "rate", "Of the browsers that saw a deal, those that claimed in it and whose page took an order."),
    reports("reported_order_value", "Order value as pages said it", "money", "What pages said that their orders were worth, exactly, by currency."),
    reports("visible_ms", "Time in sight", "milliseconds", "How long widgets were in sight with the tab in front, all browsers together."),
    reports("watch_ms", "Time watched", "milliseconds", "How long tabs with a room were in front, all browsers together; told once a minute and when the tab goes."),
    reports("refused", "Refusals that viewers saw", "reports", "Actions that the room or the page refused, as browsers were told."),
    reports("errors", "Errors in pages", "reports", "Failures in pages, each kind at most once a minute and page."),
    reports("page", "The page's own events", "reports", "What pages reported of their own: likes, shares, purchases."),
    reports("shares", "Times shared", "reports", "How often viewers handed the page's link to the system's sheet, or copied it, by the kit."),
    reports("sharers", "Shared the page", "browsers", "Distinct browsers whose viewer did."),
    reports("arrivals", "Came by a share link", "browsers", "Distinct browsers that opened the page by another viewer's link. Loading it again, going back to it, and one's own link, as far as the room knows the viewer, do not count."),
    reports("dropped", "Reports dropped", "reports", "Reports that browsers made and dropped, by the ledgers of the page loads that last reported within the time; they are missing in the figures of this population."),
];

/// Figures of the room as a whole: no activity has a part in them, so that within a brand there are none.
const OF_WHOLE: [&str; 9] = [
    "viewers_now",
    "viewers_most",
    "active",
    "participation",
    "watch_ms",
    "shares",
    "sharers",
    "arrivals",
    "dropped",
];

/// Whether a figure is of the room as a whole.
pub(super) fn is_of_whole(figure: &str) -> bool {
    OF_WHOLE.contains(&figure)
}

/// A figure's definition.
pub(super) fn definition(figure: &str) -> Option<&'static Definition> {
    DEFINITIONS.iter().find(|known| known.figure == figure)
}
