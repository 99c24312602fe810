//! Those who take part: each does one thing, with a name and words that nobody else has.

use crate::room::Room;
use liveroom_tests::process::{Fault, ROOM};
use serde_json::{Value, json};

/// What somebody does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    /// Enters the draw, wins, and fills the form.
    Wins,
    /// Answers the quiz, and stands on its board by name.
    Votes,
    /// Asks, replies to the first question, and is answered privately.
    Asks,
    /// Writes a comment into the survey.
    Comments,
    /// Claims and orders a unit.
    Buys,
}

const DEEDS: [Deed; 5] = [
    Deed::Wins,
    Deed::Votes,
    Deed::Asks,
    Deed::Comments,
    Deed::Buys,
];

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Part of all that is theirs, and of nobody else's.
    pub(crate) mark: String,
    /// None of somebody whom the room knows by a device key.
    pub(crate) account: Option<String>,
    hello: Value,
    /// Their name in reports.
    pub(crate) me: String,
    pub(crate) deed: Deed,
    pub(crate) leaves: bool,
}

/// All of them.
pub(crate) struct Crowd(pub(crate) Vec<Person>);

impl Crowd {
    /// For each deed one who stays, one who goes, and two who go while the server is killed; one who goes has no account.
    pub(crate) async fn come(room: &Room) -> Result<Self, Fault> {
        let mut crowd = Vec::new();
        for (number, deed) in (0..4).flat_map(|number| DEEDS.map(|deed| (number, deed))) {
            let mark = format!("zq{deed:?}{number}x").to_lowercase();
            let without = deed == Deed::Asks && number == 1;
            let leaves = number > 0;
            crowd.push(Person::come(room, mark, deed, leaves, without).await?);
        }
        for person in &crowd {
            person.act(room).await?;
        }
        let mut crowd = Self(crowd);
        crowd.answer(room).await?;
        Ok(crowd)
    }

    /// Those who are erased.
    pub(crate) fn leaving(&self) -> impl Iterator<Item = &Person> {
        self.0.iter().filter(|person| person.leaves)
    }

    /// Those who are not.
    pub(crate) fn staying(&self) -> impl Iterator<Item = &Person> {
        self.0.iter().filter(|person| !person.leaves)
    }

    /// The desk answers each asker privately, by name.
    async fn answer(&mut self, room: &Room) -> Result<(), Fault> {
        let list: Vec<Value> = serde_json::from_str(&room.read("/questions?activity=ask").await?)?;
        for question in list {
            let text = question["text"].as_str().unwrap_or_default();
            let asker = self.0.iter().find(|person| text.contains(&person.mark));
            let asker = asker.ok_or("a question of nobody")?;
            let said = format!("Only for {}", asker.word("answer"));
            room.command(
                &json!({"type": "qna.change", "activity": "ask", "question": question["id"],
                "change": {"to": "answer", "text": said, "private": true}}),
            )
            .await?;
        }
        Ok(())
    }

    /// Winners fill their forms, the quickest buyer orders.
    pub(crate) async fn claim(&mut self, room: &Room) -> Result<(), Fault> {
        for person in &self.0 {
            match person.deed {
                Deed::Wins => {
                    let mine = person.mine(room, "pot").await?;
                    let win = &mine["wins"][0]["win"];
                    let street = person.word("street");
                    let form = json!([{"label": "Street", "value": street}]);
                    let claim = json!({"type": "lottery.claim", "win": win, "form": form});
                    person.does(room, "form", "pot", claim).await?;
                }
                Deed::Buys => {
                    let mine = person.mine(room, "deal").await?;
                    let claim = &mine["claims"][0]["claim"];
                    let order =
                        json!({"type": "deal.order", "claim": claim, "order": {"step": "taken"}});
                    person.does(room, "order", "deal", order).await?;
                    let settle = json!({"outcome": "sold"});
                    room.command(&json!({"type": "deal.settle", "activity": "deal", "claim": claim, "settle": settle}))
                        .await?;
                }
                Deed::Votes | Deed::Asks | Deed::Comments => {}
            }
        }
        Ok(())
    }

    /// Everybody's page reports: two page loads each.
    pub(crate) async fn report(&self, room: &Room) -> Result<(), Fault> {
        for person in &self.0 {
            let told = room.reports(&person.reports()).await?;
            if told["stored"] != 6 {
                return Err(format!("reports were answered with {told}").into());
            }
        }
        Ok(())
    }
}

impl Person {
    async fn come(
        room: &Room,
        mark: String,
        deed: Deed,
        leaves: bool,
        without: bool,
    ) -> Result<Self, Fault> {
        let account = (!without).then(|| format!("{mark}@shop.example"));
        let hello = match &account {
            Some(account) => {
                let name = format!("Name {mark}");
                let token = room.token("viewer", account, Some(&name)).await?;
                json!({"type": "hello", "version": 1, "token": token})
            }
            None => {
                let nobody = json!([{"type": "hello", "version": 1}, {"type": "mint"}]);
                let said = room.messages(&nobody).await?;
                let device = said.iter().find_map(|message| message["device"].as_str());
                json!({"type": "hello", "version": 1, "device": device.ok_or("no device key")?})
            }
        };
        let said = room.messages(&json!([hello])).await?;
        let me = said.iter().find_map(|message| message["me"].as_str());
        let me = me.ok_or("a welcome without me")?.to_owned();
        Ok(Self {
            mark,
            account,
            hello,
            me,
            deed,
            leaves,
        })
    }

    /// A text that only they can have written.
    pub(crate) fn word(&self, what: &str) -> String {
        format!("{what} {} 12", self.mark)
    }

    /// What they do, each once.
    pub(crate) async fn act(&self, room: &Room) -> Result<(), Fault> {
        match self.deed {
            Deed::Wins => {
                let enter = json!({"type": "lottery.enter"});
                self.does(room, "enter", "pot", enter).await
            }
            Deed::Votes => {
                let vote = json!({"type": "poll.vote", "choices": ["1"]});
                self.does(room, "vote", "quiz", vote).await
            }
            Deed::Asks => {
                let ask = json!({"type": "qna.ask", "text": self.word("question")});
                self.does(room, "ask", "ask", ask).await?;
                let reply = json!({"type": "qna.reply", "question": 1, "text": self.word("reply")});
                self.does(room, "reply", "ask", reply).await
            }
            Deed::Comments => {
                let answer = json!({"type": "poll.answer", "choices": ["1"], "comment": self.word("comment")});
                self.does(room, "comment", "how", answer).await
            }
            Deed::Buys => {
                let claim = json!({"type": "deal.claim", "variant": "red", "quantity": 1});
                self.does(room, "claim", "deal", claim).await
            }
        }
    }

    async fn does(
        &self,
        room: &Room,
        id: &str,
        activity: &str,
        action: Value,
    ) -> Result<(), Fault> {
        let answer = self.tries(room, id, activity, action).await?;
        if answer["ok"] == true {
            Ok(())
        } else {
            Err(format!("{}: {activity}: {answer}", self.mark).into())
        }
    }

    /// Does something, and gives the room's answer.
    pub(crate) async fn tries(
        &self,
        room: &Room,
        id: &str,
        activity: &str,
        action: Value,
    ) -> Result<Value, Fault> {
        let act = json!({"type": "act", "id": id, "activity": activity, "action": action});
        let said = room.messages(&json!([self.hello, act])).await?;
        let answer = said.into_iter().find(|said| said["type"] == "answer");
        answer.ok_or_else(|| "no answer".into())
    }

    /// Their own part of an activity.
    pub(crate) async fn mine(&self, room: &Room, activity: &str) -> Result<Value, Fault> {
        let said = room.messages(&json!([self.hello])).await?;
        let items = said.iter().filter_map(|message| message["news"].as_array());
        let own = items
            .flatten()
            .find(|item| item["activity"] == activity && !item["mine"].is_null());
        let own = own.ok_or_else(|| format!("{} has no part in {activity}", self.mark))?;
        Ok(own["mine"].clone())
    }

    /// Three reports of each of two page loads; the first of each does not say yet whose it is.
    pub(crate) fn reports(&self) -> Value {
        let one = |load: usize, number: usize| {
            let mark = &self.mark;
            let me = (number > 1).then_some(&self.me);
            json!({"specversion": "1.0", "id": format!("load-{mark}-{load}.{number}"), "source": format!("urn:liveroom:{ROOM}"),
                "type": "live.poll.seen", "subject": "quiz", "time": "2026-11-22T20:15:00.000Z",
                "session": format!("load-{mark}-{load}"), "sequence": number, "datacontenttype": "application/json",
                "data": {"room": ROOM, "activity": "quiz", "widget": "poll", "me": me, "at": 1_000}})
        };
        let all: Vec<Value> = (0..2)
            .flat_map(|load| (1..4).map(move |number| one(load, number)))
            .collect();
        Value::from(all)
    }

    /// How an owner names them.
    pub(crate) fn named(&self) -> Value {
        match &self.account {
            Some(account) => json!({"type": "viewer.erase", "account": account}),
            None => json!({"type": "viewer.erase", "me": self.me}),
        }
    }
}
