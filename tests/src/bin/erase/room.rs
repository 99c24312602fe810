//! The room of the test over HTTP: what its owner, its shop and its viewers ask.

use liveroom_tests::process::{Fault, Process, ROOM};
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

/// A room in a server that may be killed and started again on the same port.
#[derive(Clone)]
pub(crate) struct Room {
    http: Client,
    base: String,
    pub(crate) owner: String,
}

impl Room {
    /// A list of questions, a quiz with names, a survey, a draw with a form, a deal.
    pub(crate) async fn open(server: &Process) -> Result<Self, Fault> {
        let mut room = Self {
            http: Client::new(),
            base: server.url(""),
            owner: String::new(),
        };
        room.owner = room.token("owner", "olga", None).await?;
        for command in [
            json!({"type": "qna.open", "activity": "ask", "title": "Ask", "approval": false, "replies": true, "every_ms": 0}),
            json!({"type": "poll.open", "activity": "quiz", "question": "Which?", "options": ["A", "B"], "right": ["1"], "board": true, "named": true}),
            json!({"type": "poll.open", "activity": "how", "question": "How was it?", "options": ["Good", "Bad"], "comment": "What else?"}),
            json!({"type": "lottery.open", "activity": "pot", "title": "Teapots", "winners_shown": "public",
                "prizes": [{"name": "Teapot", "count": 20}], "claim": {"kind": "form", "fields": [{"label": "Street"}]}}),
            json!({"type": "deal.open", "activity": "deal", "title": "Teapot", "sku": "TP", "limit": 1,
                "price": {"amount": "19.90", "currency": "EUR"}, "variants": [{"id": "red", "name": "Red", "stock": 40}]}),
        ] {
            room.command(&command).await?;
        }
        Ok(room)
    }

    /// A token, as a page's own server would sign one.
    pub(crate) async fn token(
        &self,
        role: &str,
        sub: &str,
        name: Option<&str>,
    ) -> Result<String, Fault> {
        let asked = json!({"room": ROOM, "role": role, "sub": sub, "name": name});
        let answer = self.post("/v1/tokens", &asked).await?;
        let answer: Value = answer.error_for_status()?.json().await?;
        let token = answer["token"].as_str().ok_or("no token")?;
        Ok(token.to_owned())
    }

    /// What the room answers an owner's command, which it must do.
    pub(crate) async fn command(&self, command: &Value) -> Result<Value, Fault> {
        let id = format!("c-{:x}", fastid(&command.to_string()));
        self.command_as(&id, command).await
    }

    /// The same under an id.
    pub(crate) async fn command_as(&self, id: &str, command: &Value) -> Result<Value, Fault> {
        let answer = self.try_command(id, command).await?;
        if answer["ok"] == true {
            Ok(answer)
        } else {
            Err(format!("{command} was refused: {answer}").into())
        }
    }

    /// Whatever it answers.
    pub(crate) async fn try_command(&self, id: &str, command: &Value) -> Result<Value, Fault> {
        let asked = self
            .http
            .post(self.url(&format!("/v1/rooms/{ROOM}/commands")))
            .bearer_auth(&self.owner)
            .header("idempotency-key", id)
            .json(command);
        Ok(asked.send().await?.json().await?)
    }

    /// What the room says to a viewer's messages.
    pub(crate) async fn messages(&self, messages: &Value) -> Result<Vec<Value>, Fault> {
        // As a page of the server's own asks, which needs no token.
        let asked = self
            .http
            .post(self.url(&format!("/v1/rooms/{ROOM}/messages")))
            .header("origin", &self.base)
            .json(messages);
        Ok(serde_json::from_str(&text(asked).await?)?)
    }

    /// Sends reports; what the collector answers.
    pub(crate) async fn reports(&self, batch: &Value) -> Result<Value, Fault> {
        let asked = self
            .http
            .post(self.url("/v1/engagement"))
            .header("content-type", "application/cloudevents-batch+json")
            .body(batch.to_string());
        Ok(serde_json::from_str(&text(asked).await?)?)
    }

    /// What is at an address of the room, as text.
    pub(crate) async fn read(&self, path: &str) -> Result<String, Fault> {
        let address = self.url(&format!("/v1/rooms/{ROOM}{path}"));
        text(self.http.get(address).bearer_auth(&self.owner)).await
    }

    /// Closes what is over, draws, and reveals.
    pub(crate) async fn draw(&self) -> Result<(), Fault> {
        for command in [
            json!({"type": "close", "activity": "pot"}),
            json!({"type": "lottery.draw", "activity": "pot"}),
            json!({"type": "close", "activity": "quiz"}),
            json!({"type": "reveal", "activity": "quiz"}),
        ] {
            self.command(&command).await?;
        }
        Ok(())
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Response, Fault> {
        Ok(self.http.post(self.url(path)).json(body).send().await?)
    }
}

/// What is answered, if it is no refusal.
async fn text(asked: RequestBuilder) -> Result<String, Fault> {
    let answer = asked.send().await?;
    let (status, path) = (answer.status(), answer.url().path().to_owned());
    let text = answer.text().await?;
    if status.is_success() {
        Ok(text)
    } else {
        Err(format!("{path}: {status}: {text}").into())
    }
}

/// A number that stands for a text, so that one command has one id.
fn fastid(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}
