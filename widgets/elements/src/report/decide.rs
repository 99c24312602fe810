//! The policy as the shell asks it: a kind of question and JSON in, JSON out.
//!
//! Nothing is remembered here between two questions, so a trap of the module forgets nothing:
//! state and records are the shell's, and come with each question.

use super::batch::{Lot, batch};
use super::policy::{self, Answer, State, Verdict, Waiting, verdict, wait};
use liveroom_protocol::engagement::Dropped;
use liveroom_protocol::limits::{BATCH_BYTES, REPORT_BYTES};
use serde::{Deserialize, Serialize};

/// The bounds that the shell keeps.
#[derive(Serialize)]
struct Limits {
    /// Records of one endpoint.
    count: u32,
    /// Their bytes.
    bytes: u32,
    /// Records to read for one batch.
    read: u32,
    /// Bytes of one report's data.
    report: usize,
    /// Bytes of a batch, and of all that is under way with `keepalive` in a page.
    batch: usize,
    /// Milliseconds that an endpoint may take to answer.
    timeout: u32,
}

/// A question, with all that its answer depends on.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Question {
    state: State,
    waiting: Waiting,
    answer: Answer,
    count: u32,
    /// The steady clock.
    now: u64,
    /// In 0..1.
    chance: f64,
}

/// When to try.
#[derive(Serialize)]
struct Wait {
    /// Milliseconds from now; `null` for not at all.
    ms: Option<u64>,
}

/// What an answer meant.
#[derive(Serialize)]
struct Meaning {
    state: State,
    /// `stored`, `later`, `split` or `drop`.
    verdict: &'static str,
    /// Why they are dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Dropped>,
}

/// Answers `limits`, `wait`, `answer` and `batch`; an empty text for what cannot be read.
pub fn decide(kind: &str, question: &str) -> String {
    match kind {
        "limits" => written(&Limits {
            count: policy::QUEUE_COUNT,
            bytes: policy::QUEUE_BYTES,
            read: policy::BATCH_COUNT,
            report: REPORT_BYTES,
            batch: BATCH_BYTES,
            timeout: policy::TIMEOUT_MS,
        }),
        "batch" => serde_json::from_str::<Lot>(question)
            .map(|lot| written(&batch(&lot)))
            .unwrap_or_default(),
        "wait" | "answer" => serde_json::from_str::<Question>(question)
            .map(|question| answered(kind, question))
            .unwrap_or_default(),
        _ => String::new(),
    }
}

fn answered(kind: &str, question: Question) -> String {
    let Question {
        mut state,
        waiting,
        answer,
        count,
        now,
        chance,
    } = question;
    if kind == "wait" {
        let ms = wait(&state, &waiting, now, chance);
        return written(&Wait { ms });
    }
    let (verdict, reason) = match verdict(&mut state, answer, count, now, chance) {
        Verdict::Stored => ("stored", None),
        Verdict::Later => ("later", None),
        Verdict::Split => ("split", None),
        Verdict::Drop(reason) => ("drop", Some(reason)),
    };
    written(&Meaning {
        state,
        verdict,
        reason,
    })
}

fn written(answer: &impl Serialize) -> String {
    serde_json::to_string(answer).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::decide;
    use serde_json::{Value, json};

    fn ask(kind: &str, question: &Value) -> Value {
        serde_json::from_str(&decide(kind, &question.to_string())).expect("it is JSON")
    }

    #[test]
    fn the_shell_asks_in_json_and_is_told_in_json() {
        assert_eq!(ask("limits", &json!(null))["batch"], 60_000);
        let waiting =
            json!({"waiting": {"count": 1, "bytes": 9, "soon": true}, "now": 5, "chance": 0.5});
        assert_eq!(ask("wait", &waiting), json!({"ms": 1500}));
        assert_eq!(ask("wait", &json!({})), json!({"ms": null}));
        let answer = json!({"answer": {"status": 410}, "count": 3, "now": 1, "chance": 0.25});
        assert_eq!(
            ask("answer", &answer),
            json!({"state": {"failures": 0, "most": 100, "until": 0, "gone": true}, "verdict": "drop", "reason": "gone"})
        );
        let again = json!({"answer": {"status": 413}, "count": 4});
        assert_eq!(ask("answer", &again)["verdict"], "split");
        let lot = json!({"session": "s", "rows": [{"sequence": 1, "at": 0, "text": "{\"id\":\"a\"}"}], "most": 9, "bytes": 900});
        assert_eq!(ask("batch", &lot)["take"], json!([0]));
    }

    #[test]
    fn what_cannot_be_read_is_answered_with_nothing() {
        for (kind, question) in [
            ("wait", "no json"),
            ("answer", "3"),
            ("batch", "{\"rows\": 3}"),
            ("other", "{}"),
        ] {
            assert_eq!(decide(kind, question), "", "{kind}");
        }
    }
}
