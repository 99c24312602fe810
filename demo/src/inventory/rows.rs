//! Every class of what is stored, one row each.

use super::{Kind, Place, Stored, Until};
use liveroom_rules::retention::Class;

/// What a viewer's own row says.
const BY_COMMAND: &str = "viewer.erase, of a room that has ended by naming the piece";
/// What stays when a viewer is erased.
const STAYS: &str = "stays: it names a pseudonym only, and numbers would not add up without it";
/// What is the streamer's own.
const NOT_OF_VIEWERS: &str = "nothing of a viewer";

/// The inventory.
pub const ROWS: &[Stored] = &[
    Stored {
        what: "ballots, entries, claims, votes, visits: choices and numbers under a pseudonym",
        places: &[Place::Log("records")],
        purpose: "the room itself: tallies, stock, winners and proofs follow from it",
        until: Until::Days(Class::Log),
        erasure: STAYS,
        readers: "the server; sums of it everybody",
    },
    Stored {
        what: "commands of the staff, the audit log",
        places: &[Place::Log("records")],
        purpose: "who ordered what, when",
        until: Until::Days(Class::Log),
        erasure: "stays: staff under a pseudonym and a role; the order of an erasure names nobody",
        readers: "owner, analyst",
    },
    Stored {
        what: "draw records: terms, commitment, list of entrants, winners",
        places: &[Place::Log("records"), Place::Log("sealed")],
        purpose: "anybody can check a draw",
        until: Until::Event("the log as above; the proof until the folder is deleted"),
        erasure: "stays: entrants are numbers of one draw; the name beside a winner goes",
        readers: "everybody",
    },
    Stored {
        what: "questions, replies, comments, answers for one asker",
        places: &[
            Place::Beside(Kind::Question),
            Place::Beside(Kind::Reply),
            Place::Beside(Kind::Comment),
            Place::Beside(Kind::Answer),
        ],
        purpose: "what viewers asked to have shown, or told the desk",
        until: Until::Days(Class::Words),
        erasure: BY_COMMAND,
        readers: "questions and replies everybody once shown; comments the desk; an answer its asker and the desk",
    },
    Stored {
        what: "names",
        places: &[Place::Beside(Kind::Name)],
        purpose: "shown where a card says that names are shown",
        until: Until::Days(Class::Names),
        erasure: BY_COMMAND,
        readers: "as the card says; the desk",
    },
    Stored {
        what: "claim forms",
        places: &[Place::Beside(Kind::Claim)],
        purpose: "the shop hands a prize over",
        until: Until::Days(Class::Forms),
        erasure: "viewer.erase; a prize that was not handed over can then not be",
        readers: "owner, shop",
    },
    Stored {
        what: "right answers of a quiz before the reveal",
        places: &[Place::Beside(Kind::Right)],
        purpose: "the reveal",
        until: Until::Event("until the room ends"),
        erasure: NOT_OF_VIEWERS,
        readers: "the desk",
    },
    Stored {
        what: "the name in reports of a viewer who is being erased",
        places: &[Place::Beside(Kind::Erase)],
        purpose: "their reports are found, also after a stop in between",
        until: Until::Event("until their reports are erased"),
        erasure: "goes by itself",
        readers: "the server",
    },
    Stored {
        what: "the table of values beside logs",
        places: &[Place::Log("private")],
        purpose: "holds the rows above, so that no log has to be changed",
        until: Until::Event("as the rows above"),
        erasure: "as the rows above",
        readers: "the server",
    },
    Stored {
        what: "what an ended room shows: cards, tallies, questions, names, audit, proofs",
        places: &[Place::Log("sealed")],
        purpose: "it can be read without its log",
        until: Until::Event(
            "words and names as above, from when it ended; the rest until the folder is deleted",
        ),
        erasure: "viewer.erase with pieces, by what is shown: the room's key is gone, and nobody can say whose a piece is",
        readers: "viewers what was shown, owner and analyst the audit log",
    },
    Stored {
        what: "receipts of erasures",
        places: &[Place::Log("erasures")],
        purpose: "what was erased and when, without saying of whom",
        until: Until::Event("until the folder is deleted"),
        erasure: "names nobody",
        readers: "owner",
    },
    Stored {
        what: "rooms and their keys",
        places: &[Place::Log("rooms")],
        purpose: "pseudonyms, draws, tickets",
        until: Until::Event(
            "the key until the room ends: with it goes the last way from a ballot to a viewer",
        ),
        erasure: NOT_OF_VIEWERS,
        readers: "the server; the shop the key of tickets",
    },
    Stored {
        what: "the server's own secret",
        places: &[Place::Log("secrets")],
        purpose: "signs device keys and the server's own tokens",
        until: Until::Event("until the folder is deleted"),
        erasure: NOT_OF_VIEWERS,
        readers: "the server",
    },
    Stored {
        what: "of which tier and segments viewers are who came, under a name for reports alone",
        places: &[Place::Memory],
        purpose: "how far members got",
        until: Until::Event("two days after the page was told that name, or with the process"),
        erasure: "viewer.erase",
        readers: "the server",
    },
    Stored {
        what: "tokens, names in them, addresses of networks, owner links",
        places: &[Place::Memory],
        purpose: "who may do what, how often",
        until: Until::Event(
            "while a page is connected, a link for an hour; an address as a number that is forgotten with the process",
        ),
        erasure: "goes by itself",
        readers: "the server",
    },
    Stored {
        what: "single reports of browsers, under a name for reports alone",
        places: &[Place::Reports("reports")],
        purpose: "engagement, by consent",
        until: Until::Days(Class::Reports),
        erasure: "viewer.erase: every report of theirs, and of their page loads",
        readers: "the server; sums of it owner and analyst",
    },
    Stored {
        what: "page loads, how far each got, and of which tier and segments its viewer is",
        places: &[Place::Reports("page_loads"), Place::Reports("steps")],
        purpose: "how many browsers got how far",
        until: Until::Event("the names as long as single reports; then counted under a random one"),
        erasure: "viewer.erase: the names, tier and segments go, the count stays",
        readers: "owner, analyst",
    },
    Stored {
        what: "counters: by activity, minute and type, order values, viewers at once",
        places: &[
            Place::Reports("places"),
            Place::Reports("counts"),
            Place::Reports("room_bytes"),
            Place::Reports("order_values"),
            Place::Reports("viewers"),
        ],
        purpose: "figures",
        until: Until::Event("until the folder is deleted"),
        erasure: "stays: sums under no name",
        readers: "owner, analyst",
    },
    Stored {
        what: "from when on alerts are raised",
        places: &[Place::Reports("thresholds")],
        purpose: "alerts",
        until: Until::Event("until the folder is deleted"),
        erasure: "nothing of anybody",
        readers: "whoever sits at the desk",
    },
    Stored {
        what: "what happened, for back ends: claims and wins by number",
        places: &[
            Place::Events("rooms"),
            Place::Events("events"),
            Place::Events("hooks"),
            Place::Events("deliveries"),
        ],
        purpose: "the events cursor, and webhooks",
        until: Until::Event("until the folder is deleted"),
        erasure: "stays: no name, no words",
        readers: "shop, whoever sits at the desk",
    },
    Stored {
        what: "runs of show: what the staff plans to open, right answers among it",
        places: &[
            Place::Runs("runs"),
            Place::Browser("localStorage live-run:…"),
        ],
        purpose: "the desk; in the browser, that of a practice room",
        until: Until::Event("until another is saved over it, or the folder is deleted"),
        erasure: NOT_OF_VIEWERS,
        readers: "whoever sits at the desk",
    },
    Stored {
        what: "what people call a key of the room",
        places: &[Place::Beside(Kind::Key)],
        purpose: "keys and invitations",
        until: Until::Event("until the room ends"),
        erasure: "stays: the owner chose it",
        readers: "owner",
    },
    Stored {
        what: "keyed hashes of who was erased, and their key",
        places: &[Place::Reports("erased"), Place::Reports("erased_key")],
        purpose: "what comes late of them is dropped",
        until: Until::Event("until the folder is deleted"),
        erasure: "stays: it tells only whether a name that one has already is among them",
        readers: "the server",
    },
    Stored {
        what: "the device key",
        places: &[Place::Browser("localStorage live:…")],
        purpose: "one ballot a browser, strictly necessary for what the viewer asked for",
        until: Until::Event("until the viewer clears the site's data"),
        erasure: "the viewer's own browser",
        readers: "the room's pages",
    },
    Stored {
        what: "reports that wait to be sent",
        places: &[
            Place::Browser("IndexedDB live-reports"),
            Place::Browser("localStorage live-early"),
            Place::Browser("localStorage live-left …"),
        ],
        purpose: "a lost line loses none; only under granted consent",
        until: Until::Event(
            "three days, or until they are sent or consent is withdrawn; fourteen where no page names their endpoint any more",
        ),
        erasure: "withdrawing consent",
        readers: "the page",
    },
    Stored {
        what: "practice rooms, who this tab is in them, what is typed at a desk",
        places: &[
            Place::Browser("IndexedDB liveroom-practice"),
            Place::Browser("sessionStorage live:practice:…"),
            Place::Browser("sessionStorage live-desk:…"),
        ],
        purpose: "trying out; a reload loses nothing",
        until: Until::Event("until the site's data is cleared; what is of a tab with the tab"),
        erasure: "viewer.erase in that room, or the browser",
        readers: "this browser",
    },
];
