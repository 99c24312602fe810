//! A report as it came: CloudEvents 1.0 in JSON, one or a batch, parsed before anything is stored.

use super::{DEPTH, NAME_BYTES, REPORTS};
use serde::Deserialize;
use serde_json::Value;

/// One report, parsed.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Unique with `source`.
    pub id: String,
    /// Where it comes from: a room.
    pub source: String,
    /// What it is.
    pub kind: String,
    /// The activity it is about.
    pub subject: Option<String>,
    /// When it happened, as the sender wrote it.
    pub time: Option<String>,
    /// The page load it belongs to.
    pub session: Option<String>,
    /// Its number in the page load.
    pub sequence: Option<u64>,
    /// When it was sent, on the sender's clock.
    pub sent: Option<String>,
    /// Its data as compact JSON with sorted names; equal data is equal text.
    pub data: String,
}

/// Why a body is not taken; the sentence is for the developer of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    /// It is malformed: 400.
    Malformed(String),
    /// It has too many reports: 413.
    TooMany,
}

/// The attributes that are read; others are ignored.
#[derive(Deserialize)]
struct Attributes {
    specversion: String,
    id: String,
    source: String,
    #[serde(rename = "type")]
    kind: String,
    subject: Option<String>,
    time: Option<String>,
    session: Option<String>,
    sequence: Option<Value>,
    senttime: Option<String>,
    datacontenttype: Option<String>,
    data_base64: Option<Value>,
    #[serde(default)]
    data: Value,
}

/// Parses a body: an array is a batch, an object one report.
pub(super) fn parse(body: &[u8]) -> Result<Vec<Event>, NotTaken> {
    if is_deeper(body, DEPTH) {
        return malformed(format!("more than {DEPTH} brackets within brackets"));
    }
    let batch = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    let read = if batch {
        serde_json::from_slice::<Vec<Value>>(body)
    } else {
        serde_json::from_slice::<Value>(body).map(|one| vec![one])
    };
    let values = read.or_else(|error| malformed(error.to_string()))?;
    if values.len() > REPORTS {
        return Err(NotTaken::TooMany);
    }
    let events = values.into_iter().enumerate();
    let events = events.map(|(place, value)| {
        let attributes: Result<Attributes, _> = serde_json::from_value(value);
        let event = attributes.map_err(|error| error.to_string());
        event
            .and_then(Event::parse)
            .or_else(|why| malformed(format!("report {place}: {why}")))
    });
    events.collect()
}

impl Event {
    fn parse(attributes: Attributes) -> Result<Self, String> {
        let Attributes {
            specversion,
            id,
            source,
            kind,
            subject,
            time,
            session,
            sequence,
            senttime: sent,
            datacontenttype,
            data_base64,
            data,
        } = attributes;
        if specversion != "1.0" {
            return Err(String::from("specversion is not 1.0"));
        }
        let json = datacontenttype.is_none_or(|kind| kind.to_ascii_lowercase().contains("json"));
        if !json || data_base64.is_some() {
            return Err(String::from("data is not JSON"));
        }
        for (name, value) in [("id", &id), ("source", &source), ("type", &kind)] {
            if value.is_empty() {
                return Err(format!("{name} is empty"));
            }
        }
        let texts = [
            Some(&id),
            Some(&source),
            Some(&kind),
            subject.as_ref(),
            time.as_ref(),
        ];
        let texts = texts.into_iter().chain([session.as_ref(), sent.as_ref()]);
        if texts.flatten().any(|text| text.len() > NAME_BYTES) {
            return Err(format!("an attribute is longer than {NAME_BYTES} bytes"));
        }
        // CloudEvents has the sequence as text, the kit writes a number.
        let sequence = sequence.and_then(|value| match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        });
        Ok(Self {
            id,
            source,
            kind,
            subject,
            time,
            session,
            sequence: sequence.filter(|number| i64::try_from(*number).is_ok()),
            sent,
            data: data.to_string(),
        })
    }
}

fn malformed<T>(why: String) -> Result<T, NotTaken> {
    Err(NotTaken::Malformed(why))
}

/// Whether brackets outside of texts nest deeper than `most`; cheap, and before anything is built.
fn is_deeper(body: &[u8], most: usize) -> bool {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for byte in body {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                if depth > most {
                    return true;
                }
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{NotTaken, is_deeper, parse};
    use serde_json::json;

    #[test]
    fn a_batch_and_a_single_report_are_read() {
        let one = json!({"specversion": "1.0", "id": "a", "source": "urn:x", "type": "page.like", "sequence": "7",
            "data": {"b": 1, "a": [2]}, "unknown": true});
        let events = parse(one.to_string().as_bytes()).expect("it is one report");
        assert_eq!((events.len(), events[0].sequence), (1, Some(7)));
        assert_eq!(events[0].data, r#"{"a":[2],"b":1}"#);
        let batch = json!([one, one]).to_string();
        assert_eq!(parse(batch.as_bytes()).map(|events| events.len()), Ok(2));
        assert_eq!(parse(b"[]"), Ok(vec![]));
    }

    #[test]
    fn what_is_no_report_is_malformed_and_said_so() {
        let good = json!({"specversion": "1.0", "id": "a", "source": "s", "type": "t"});
        let with = |name: &str, value| {
            let mut report = good.clone();
            report[name] = value;
            report.to_string()
        };
        let bad = [
            String::new(),
            "null".into(),
            "7".into(),
            "{}".into(),
            "[7]".into(),
            "[{\"specversion\":\"1.0\"".into(),
            "\u{feff}[]".into(),
            with("specversion", json!("0.3")),
            with("id", json!("")),
            with("id", json!(7)),
            with("source", json!(null)),
            with("type", json!(["a"])),
            with("subject", json!({})),
            with("session", json!("x".repeat(3_000))),
            with("data_base64", json!("AAAA")),
            with("datacontenttype", json!("text/xml")),
        ];
        for body in bad {
            assert!(
                matches!(parse(body.as_bytes()), Err(NotTaken::Malformed(_))),
                "{body}"
            );
        }
        assert!(matches!(
            parse(b"[{\"id\":\"\xff\"}]"),
            Err(NotTaken::Malformed(_))
        ));
        let many = json!(vec![good; 501]).to_string();
        assert_eq!(parse(many.as_bytes()), Err(NotTaken::TooMany));
    }

    #[test]
    fn depth_is_counted_outside_of_texts_only() {
        assert!(!is_deeper(b"[[]]", 2));
        assert!(is_deeper(b"[[[]]]", 2));
        assert!(!is_deeper(br#"["[[[[\"[[["]"#, 2));
        assert!(!is_deeper(b"[][][][]", 1));
        assert!(matches!(
            parse("[".repeat(100_000).as_bytes()),
            Err(NotTaken::Malformed(_))
        ));
    }
}
