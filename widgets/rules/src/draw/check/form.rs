//! Reads a proof as strictly as the specification: where an object is due a list will not do, which serde takes for a struct.

use super::super::Fault;
use liveroom_protocol::lottery::Proof;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;

type Object = BTreeMap<String, IgnoredAny>;

/// The objects in a proof, and nothing else of it.
#[derive(Deserialize)]
struct Objects {
    #[serde(default, rename = "closed")]
    _closed: Option<Object>,
    #[serde(default, rename = "drawn")]
    _drawn: Option<Drawn>,
}

#[derive(Deserialize)]
struct Drawn {
    #[serde(default, rename = "winners")]
    _winners: Vec<Object>,
}

/// A proof out of its text.
pub(super) fn read(json: &str) -> Result<Proof, Fault> {
    let malformed = |why: serde_json::Error| Fault::Malformed(why.to_string());
    let proof = serde_json::from_str(json).map_err(malformed)?;
    let _: Objects = serde_json::from_str(json).map_err(malformed)?;
    Ok(proof)
}

/// Whether what is an object in terms is one.
pub(in super::super) fn has_objects(terms: &Value) -> bool {
    let all = |list: &Value| {
        list.as_array()
            .is_some_and(|list| list.iter().all(Value::is_object))
    };
    let round = &terms["round"];
    all(&terms["prizes"])
        && terms["tickets"].is_object()
        && all(&terms["tickets"]["tiers"])
        && (round.is_null() || round.is_object())
}
