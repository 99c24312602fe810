//! The draws of the made-up show.

use super::{Fault, Recorder};
use liveroom_protocol::identity::{Label, Level, Role, Standing};
use liveroom_protocol::time::Span;
use liveroom_rules::activity::Body;
use liveroom_rules::record::{Watch, What, Who};
use serde_json::{Value, json};

/// What one viewer is known by who meets every condition.
const LONG: Span = Span(300_000);

/// A draw with every condition and exclusion, one that draws itself and is run again, one by a public round, one called off.
pub(super) fn show(log: &mut Recorder) -> Result<(), Fault> {
    entering(log)?;
    drawing(log)?;
    itself(log)?;
    others(log)
}

/// A draw with every condition, and what the room saw of those who enter.
fn entering(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(streamer, "l1", r#"{"type":"lottery.open","activity":"spring","title":"Spring draw","prizes":[{"name":"A mug","count":2,"value":{"amount":"12.50","currency":"EUR"}},{"name":"A cup"}],"conditions":[{"kind":"keyword","word":"tea","shown":true},{"kind":"watched","for_ms":300000},{"kind":"voted"},{"kind":"attested","what":"followed"}],"tickets":{"each":1,"tiers":[{"tier":"gold","tickets":5}]},"exclusions":["Staff"],"claim":{"kind":"form","fields":[{"label":"Name"},{"label":"Note","optional":true}]},"claim_within_ms":3600000}"#)?;
    for viewer in ["g1", "a1", "a2", "a3", "a4"] {
        let came = Watch::Came {
            before_ms: Span(1_000),
        };
        let who = Who::Viewer(log.viewer(viewer));
        log.fact(who, &format!("came-{viewer}"), What::Watch(came))?;
    }
    log.order(
        streamer,
        "l2",
        r#"{"type":"poll.open","activity":"tea","question":"Tea?","options":["Green","Black"]}"#,
    )?;
    for viewer in ["g1", "a1", "a2", "a3", "a4"] {
        log.vote(viewer, "tea", "tea", &["1"])?;
    }
    for (viewer, watched, attested, action) in [
        ("g1", LONG, true, json!({"keyword": "TEA"})),
        ("a1", LONG, true, json!({"keyword": "ｔｅａ"})),
        ("a2", LONG, true, json!({"keyword": "tea"})),
        ("a2", LONG, true, json!({"keyword": "tea"})),
        ("a3", LONG, true, json!({"keyword": "tea"})),
        ("a4", Span(299_999), true, json!({"keyword": "tea"})),
        ("a4", LONG, false, json!({"keyword": "tea"})),
        ("a4", LONG, true, json!({})),
        ("a5", LONG, true, json!({"keyword": "tea"})),
        ("v1", LONG, true, json!({"keyword": "tea"})),
    ] {
        enter(log, viewer, watched, attested, action)?;
    }
    log.fact(
        Who::Viewer(log.viewer("a4")),
        "went-a4",
        What::Watch(Watch::Went),
    )?;
    log.fact(Who::Room, "vacated", What::Vacated)?;
    Ok(())
}

/// Its exclusions, its draw, and what becomes of the prizes.
fn drawing(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    let staff = entrant(log, "spring", "a3")?;
    for (id, reason) in [("x1", "Staff"), ("x2", "Not liked")] {
        let exclude = json!({"type": "lottery.exclude", "activity": "spring", "entrant": staff, "reason": reason});
        log.order(streamer, id, &exclude.to_string())?;
    }
    log.order(
        streamer,
        "l3",
        r#"{"type":"lottery.draw","activity":"spring"}"#,
    )?;
    log.order(streamer, "l4", r#"{"type":"close","activity":"spring"}"#)?;
    log.order(
        streamer,
        "l5",
        r#"{"type":"lottery.draw","activity":"spring","winners":1}"#,
    )?;
    log.order(
        streamer,
        "l6",
        r#"{"type":"lottery.draw","activity":"spring"}"#,
    )?;
    for viewer in ["g1", "a1", "a2", "a3"] {
        for win in 0..3 {
            let form = json!([{"label": "Name", "value": "Ana"}]);
            let id = format!("claim-{win}");
            log.act(
                viewer,
                &id,
                "spring",
                json!({"type": "lottery.claim", "win": win, "form": form}),
            )?;
        }
    }
    log.order(
        Role::Shop,
        "l7",
        r#"{"type":"lottery.fulfil","activity":"spring","win":0}"#,
    )?;
    log.order(streamer, "l8", r#"{"type":"lottery.forfeit","activity":"spring","win":1,"reason":"Sent back","redraw":true}"#)?;
    Ok(())
}

/// A draw that draws itself, whose prize nobody claims, and which is run again.
fn itself(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.now += 3_700_000;

    log.order(streamer, "l9", r#"{"type":"lottery.open","activity":"quick","title":"Quick","prizes":[{"name":"A cup"}],"draws_itself":true,"closes_in_ms":5000,"not_after":["spring"],"claim_within_ms":60000}"#)?;
    for viewer in ["a1", "a6", "a7", "g1"] {
        plain(log, viewer, "quick")?;
    }
    log.now += 5_000;
    log.fact(Who::Room, "tick-2", What::Tick)?;
    log.order_itself()?;
    // Nobody claims it.
    log.now += 61_000;
    log.fact(Who::Room, "tick-3", What::Tick)?;
    log.order(streamer, "l10", r#"{"type":"reset","activity":"quick"}"#)?;
    log.order(streamer, "l11", r#"{"type":"open","activity":"quick"}"#)?;
    plain(log, "a8", "quick")?;
    log.now += 6_000;
    log.fact(Who::Room, "tick-4", What::Tick)?;
    log.order_itself()?;
    Ok(())
}

/// A draw by a public round, one called off, and one that was never shown.
fn others(log: &mut Recorder) -> Result<(), Fault> {
    const SIGNATURE: &str = "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92";
    let streamer = Role::Streamer;
    log.order(streamer, "l12", r#"{"type":"lottery.open","activity":"public","title":"By a public round","prizes":[{"name":"A cup"}],"round":123,"level":"device"}"#)?;
    for viewer in ["v1", "v2", "v3"] {
        plain(log, viewer, "public")?;
    }
    log.order(streamer, "l13", r#"{"type":"close","activity":"public"}"#)?;
    log.order(
        streamer,
        "l14",
        r#"{"type":"lottery.draw","activity":"public"}"#,
    )?;
    let signed = json!({"type": "lottery.draw", "activity": "public", "signature": SIGNATURE});
    log.order(streamer, "l15", &signed.to_string())?;

    log.order(streamer, "l16", r#"{"type":"lottery.open","activity":"off","title":"Called off","prizes":[{"name":"A cup"}]}"#)?;
    plain(log, "a1", "off")?;
    log.order(streamer, "l17", r#"{"type":"close","activity":"off"}"#)?;
    // Whoever has entered was promised a draw.
    for (id, kind) in [("l20", "put_away"), ("l21", "reset")] {
        let order = json!({"type": kind, "activity": "off"});
        log.order(streamer, id, &order.to_string())?;
    }
    log.order(
        streamer,
        "l18",
        r#"{"type":"cancel","activity":"off","reason":"The cup broke"}"#,
    )?;
    repeated(log)?;
    log.order(streamer, "l19", r#"{"type":"lottery.prepare","activity":"later","title":"Not yet","prizes":[{"name":"A cup"}]}"#)
}

/// One lottery in three runs, that lets nobody win a third time; then it is put away.
fn repeated(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(streamer, "l22", r#"{"type":"lottery.open","activity":"daily","title":"Daily","prizes":[{"name":"A cup"}],"not_after":["daily"],"wins_allowed":1,"exclusions":["Staff"]}"#)?;
    for run in 1..4 {
        for viewer in ["a1", "a2"] {
            plain(log, viewer, "daily")?;
        }
        let entrant = entrant(log, "daily", "a2")?;
        let exclude = json!({"type": "lottery.exclude", "activity": "daily", "entrant": entrant, "reason": "Staff"});
        for (step, order) in [
            exclude,
            json!({"type": "close", "activity": "daily"}),
            json!({"type": "lottery.draw", "activity": "daily"}),
        ]
        .into_iter()
        .enumerate()
        {
            log.order(streamer, &format!("daily-{run}-{step}"), &order.to_string())?;
        }
        let claim = json!({"type": "lottery.claim", "win": 0});
        log.act("a1", &format!("daily-{run}"), "daily", claim)?;
        log.order(
            Role::Shop,
            &format!("handed-{run}"),
            r#"{"type":"lottery.fulfil","activity":"daily","win":0}"#,
        )?;
        for kind in ["reset", "open"] {
            let order = json!({"type": kind, "activity": "daily"});
            log.order(streamer, &format!("daily-{run}-{kind}"), &order.to_string())?;
        }
    }
    log.order(streamer, "l23", r#"{"type":"put_away","activity":"daily"}"#)
}

fn enter(
    log: &mut Recorder,
    viewer: &str,
    watched: Span,
    attested: bool,
    mut action: Value,
) -> Result<(), Fault> {
    action["type"] = "lottery.enter".into();
    let account = viewer.starts_with(['a', 'g']);
    let standing = Standing {
        level: if account { Level::Token } else { Level::Device },
        tier: viewer
            .starts_with('g')
            .then(|| Label::parse("gold"))
            .transpose()?,
        watched_ms: Some(watched),
        attested: attested
            .then(|| Label::parse("followed"))
            .transpose()?
            .into_iter()
            .collect(),
        ..Standing::default()
    };
    let id = format!("enter-{}", log.lines.len());
    log.act_as(viewer, standing, &id, "spring", action)
}

fn plain(log: &mut Recorder, viewer: &str, activity: &str) -> Result<(), Fault> {
    let id = format!("enter-{}", log.lines.len());
    log.act(viewer, &id, activity, json!({"type": "lottery.enter"}))
}

/// A viewer's name in the list of entrants.
fn entrant(log: &Recorder, activity: &str, viewer: &str) -> Result<String, Fault> {
    let mut activities = log.room.activities().iter();
    let known = activities.find(|known| known.id.as_str() == activity);
    match known.map(|known| &known.body) {
        Some(Body::Lottery(lottery)) => {
            let name = lottery.entrant(log.viewer(viewer));
            Ok(liveroom_protocol::lottery::Hex(name).to_string())
        }
        _ => Err("there is no such lottery".into()),
    }
}
