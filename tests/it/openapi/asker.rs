//! Who asks a server and holds every answer against the document.

use super::described::{Answered, Described, Operation};
use liveroom_tests::House;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use std::collections::BTreeSet;

/// Someone who asks, and keeps in mind what was answered.
pub(super) struct Asker {
    pub(super) described: Described,
    client: Client,
    server: String,
    seen: BTreeSet<(Operation, u16)>,
}

/// An answer that is as the document says.
pub(super) struct Said {
    pub(super) status: u16,
    pub(super) head: HeaderMap,
    /// What it holds, where that is JSON; else null.
    pub(super) body: Value,
}

impl Asker {
    /// Of the document that the server serves.
    pub(super) async fn of(house: &House) -> Self {
        let client = Client::builder().redirect(Policy::none()).build();
        Self {
            described: Described::of(house).await,
            client: client.expect("there is a client"),
            server: house.url(""),
            seen: BTreeSet::new(),
        }
    }

    /// Asks `METHOD /path`; whatever comes is as the document says.
    pub(super) async fn ask(
        &mut self,
        line: &str,
        with: impl FnOnce(RequestBuilder) -> RequestBuilder,
    ) -> Said {
        let (method, path) = line.split_once(' ').expect("a method and a path");
        let method: Method = method.parse().expect("it is a method");
        let request = self
            .client
            .request(method.clone(), format!("{}{path}", self.server))
            // As a page of the server's own: no other may talk to a room without a token.
            .header("origin", &self.server);
        let answer = with(request).send().await.expect("the server answers");
        let (status, head) = (answer.status().as_u16(), answer.headers().clone());
        let kind = head.get(CONTENT_TYPE);
        let kind = kind.map_or("", |kind| kind.to_str().expect("it is text"));
        // What follows a switch to another protocol is no body.
        let body = match status {
            101 => Vec::new(),
            _ => answer.bytes().await.expect("it comes whole").to_vec(),
        };
        let answered = Answered {
            method: method.as_str(),
            path,
            status,
            kind,
            body: &body,
        };
        let text = String::from_utf8_lossy(&body);
        let checked = self.described.check(&answered);
        let operation = checked.unwrap_or_else(|why| panic!("{line}: {status}: {why}\n{text}"));
        self.seen.insert((operation, status));
        Said {
            status,
            body: serde_json::from_slice(&body).unwrap_or_default(),
            head,
        }
    }

    /// The same with a token, where there is one, and a body, where it is not null; the answer has this status.
    pub(super) async fn asks(
        &mut self,
        wanted: u16,
        line: &str,
        token: &str,
        body: Value,
    ) -> Value {
        let said = self
            .ask(line, |request| {
                let request = match token {
                    "" => request,
                    token => request.bearer_auth(token),
                };
                match body {
                    Value::Null => request,
                    body => request.json(&body),
                }
            })
            .await;
        assert_eq!(said.status, wanted, "{line}: {}", said.body);
        said.body
    }

    /// Asks for something without a body.
    pub(super) async fn gets(&mut self, path: &str, token: &str) -> Value {
        self.asks(200, &format!("GET {path}"), token, Value::Null)
            .await
    }

    /// The statuses of a kind that the document names and that no answer had.
    pub(super) fn unseen(&self, kind: impl Fn(u16) -> bool) -> Vec<String> {
        let named = self.described.statuses();
        let unseen = named.difference(&self.seen);
        unseen
            .filter(|(_, status)| kind(*status))
            .map(|((route, method), status)| format!("{method} {route} {status}"))
            .collect()
    }
}
