//! The document as it is asked: what it says of an answer, and of the body of a request.

use boon::{Compiler, SchemaIndex, Schemas};
use liveroom_tests::House;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// As it is written: what it does not name may be there too.
const OPEN: &str = "http://document.test/openapi.json";
/// The same, and no member that it does not name: so that a server which tells more than is described is seen.
const CLOSED: &str = "http://document.test/closed.json";
/// The messages, which lie beside the document in a release.
const MESSAGES: &str = "http://document.test/schema.json";

/// An operation: a route's path as the document has it, and a method in small letters.
pub(super) type Operation = (String, String);

/// The document, with a validator for each schema of a body in it.
pub(super) struct Described {
    document: Value,
    schemas: Schemas,
    /// By the JSON pointer of a schema: as it is written, and closed.
    known: BTreeMap<String, [SchemaIndex; 2]>,
}

/// What the server answered.
pub(super) struct Answered<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    pub(super) status: u16,
    pub(super) kind: &'a str,
    pub(super) body: &'a [u8],
}

impl Described {
    /// The document that a server serves.
    pub(super) async fn of(house: &House) -> Self {
        let answer = house.get("/openapi.json").await;
        let document: Value = answer.json().await.expect("it is JSON");
        let messages = liveroom_protocol::schema::json();
        let messages = serde_json::from_str(&messages).expect("it is JSON");
        let mut compiler = Compiler::new();
        let mut closed = document.clone();
        let mut open = document.clone();
        prepare(&mut open, false);
        prepare(&mut closed, true);
        for (name, document) in [(OPEN, open), (CLOSED, closed), (MESSAGES, messages)] {
            compiler
                .add_resource(name, document)
                .expect("it is a resource");
        }
        let mut schemas = Schemas::new();
        let mut pointers = Vec::new();
        find(&document, "", &mut pointers);
        let known = pointers.into_iter().map(|pointer| {
            let compiled = [OPEN, CLOSED].map(|document| {
                let place = format!("{document}#{}", within_address(&pointer));
                let compiled = compiler.compile(&place, &mut schemas);
                compiled.unwrap_or_else(|error| panic!("{pointer}: {error:#}"))
            });
            (pointer, compiled)
        });
        Self {
            known: known.collect(),
            document,
            schemas,
        }
    }

    /// All operations.
    pub(super) fn operations(&self) -> impl Iterator<Item = (Operation, &Value)> {
        let paths = self.document["paths"].as_object().expect("paths");
        paths.iter().flat_map(|(path, route)| {
            let methods = route.as_object().expect("methods").iter();
            methods
                .filter(|(method, _)| *method != "parameters")
                .map(|(method, about)| ((path.clone(), method.clone()), about))
        })
    }

    /// The operation of a request. Where two routes fit, the longer one without a place to be filled is it.
    pub(super) fn operation(&self, method: &str, path: &str) -> Option<Operation> {
        let path = path.split('?').next().unwrap_or_default();
        let fits = self
            .operations()
            .map(|(operation, _)| operation)
            .filter(|(route, known)| known.eq_ignore_ascii_case(method) && is_path_of(path, route));
        fits.min_by_key(|(route, _)| route.matches('{').count())
    }

    /// The statuses that the document names for each operation.
    pub(super) fn statuses(&self) -> BTreeSet<(Operation, u16)> {
        let all = self.operations().flat_map(|(operation, about)| {
            let named = about["responses"].as_object().expect("responses").keys();
            let numbers = named.filter_map(|name| name.parse().ok());
            numbers
                .map(|status| (operation.clone(), status))
                .collect::<Vec<_>>()
        });
        all.collect()
    }

    /// Whether the document says that such an answer comes; else what is wrong.
    pub(super) fn check(&self, answered: &Answered<'_>) -> Result<Operation, String> {
        let Answered { status, kind, .. } = *answered;
        let operation = self.operation(answered.method, answered.path);
        let operation = operation.ok_or("it is no operation of the document")?;
        let mut pointer = format!(
            "{}/responses/{status}",
            pointer_of(&operation.0, &operation.1)
        );
        if self.document.pointer(&pointer).is_none() {
            if status < 400 {
                return Err("the document lacks this status".to_owned());
            }
            pointer = format!(
                "{}/responses/default",
                pointer_of(&operation.0, &operation.1)
            );
        }
        let mut response = self
            .document
            .pointer(&pointer)
            .ok_or("there is no answer")?;
        if let Some(elsewhere) = response["$ref"].as_str() {
            pointer = elsewhere.trim_start_matches('#').to_owned();
            response = self.document.pointer(&pointer).ok_or("it leads nowhere")?;
        }
        let Some(content) = response["content"].as_object() else {
            let empty = answered.body.is_empty();
            return empty.then_some(operation).ok_or("no body is due".into());
        };
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let described = [kind, "*/*"]
            .into_iter()
            .find(|kind| content.contains_key(*kind));
        let described = described.ok_or_else(|| format!("it is not to be {kind:?}"))?;
        if described.ends_with("json") {
            let body = serde_json::from_slice(answered.body).map_err(|error| error.to_string())?;
            let pointer = format!("{pointer}/content/{}/schema", escaped(described));
            self.fits(&pointer, &body, CLOSED)?;
        }
        Ok(operation)
    }

    /// Whether a body of a request is as the schema for it wants it; an example may have nothing that the document does not name.
    pub(super) fn takes(
        &self,
        (route, method): &Operation,
        kind: &str,
        body: &Value,
        example: bool,
    ) -> Result<(), String> {
        let pointer = pointer_of(route, method);
        let pointer = format!("{pointer}/requestBody/content/{}/schema", escaped(kind));
        self.fits(&pointer, body, if example { CLOSED } else { OPEN })
    }

    fn fits(&self, pointer: &str, body: &Value, document: &str) -> Result<(), String> {
        let [open, closed] = self.known.get(pointer).ok_or("it has no schema")?;
        let schema = if document == OPEN { open } else { closed };
        let checked = self.schemas.validate(body, *schema);
        checked.map_err(|error| error.to_string())
    }
}

/// Joins the messages' schemas to where the document names them; and closes what it lists the members of.
fn prepare(value: &mut Value, close: bool) {
    if let Some(object) = value.as_object_mut() {
        if let Some(elsewhere) = object.get("x-schema").cloned() {
            object.insert("allOf".to_owned(), json!([{ "$ref": elsewhere }]));
        }
        let lists = object.get("properties").is_some_and(Value::is_object);
        if close && lists && !object.contains_key("additionalProperties") {
            object.insert("unevaluatedProperties".to_owned(), json!(false));
        }
        object.values_mut().for_each(|value| prepare(value, close));
    } else if let Some(list) = value.as_array_mut() {
        list.iter_mut().for_each(|value| prepare(value, close));
    }
}

/// The pointers of all schemas of bodies.
fn find(value: &Value, pointer: &str, found: &mut Vec<String>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let here = format!("{pointer}/{}", escaped(name));
        if name == "content" {
            let kinds = inner.as_object().expect("kinds of bodies").keys();
            found.extend(kinds.map(|kind| format!("{here}/{}/schema", escaped(kind))));
        } else {
            find(inner, &here, found);
        }
    }
}

fn pointer_of(route: &str, method: &str) -> String {
    format!("/paths/{}/{method}", escaped(route))
}

/// A name within a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A JSON pointer behind the `#` of an address.
fn within_address(pointer: &str) -> String {
    pointer.replace('{', "%7B").replace('}', "%7D")
}

/// Whether a path is one of a route; `{path}` stands for several segments.
fn is_path_of(path: &str, route: &str) -> bool {
    if let Some(begin) = route.strip_suffix("{path}") {
        return path.starts_with(begin);
    }
    let (segments, wanted) = (path.split('/'), route.split('/'));
    segments.clone().count() == wanted.clone().count()
        && segments
            .zip(wanted)
            .all(|(segment, wanted)| wanted.starts_with('{') || segment == wanted)
}
