//! The ballots on their way: who sends what, over lines that are cut, to a server that is killed.

use crate::desk::POLL;
use crate::pages::Pages;
use liveroom_protocol::id::RequestId;
use liveroom_protocol::message::{Answer, ToRoom};
use liveroom_protocol::{Mine, Reason};
use liveroom_tests::ballots::Ballots;
use liveroom_tests::chance::Chance;
use liveroom_tests::desk::token;
use liveroom_tests::process::{Fault, Process};
use liveroom_tests::voter::{Voter, vote};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::{Semaphore, mpsc, watch};
use tokio::task::JoinSet;

/// Voters who are on their way at the same time.
const AT_ONCE: usize = 24;
/// How often a voter comes back before giving up.
const TRIES: usize = 20;
/// The server is killed twice, so the ballots come in three parts.
const PARTS: usize = 3;
/// Answers into a part after which the server is killed, with others still on their way.
const BEFORE_KILL: usize = 10;

/// One ballot and how it is cast.
struct Ballot {
    voter: Voter,
    places: Vec<usize>,
    /// It is sent a second time after its answer.
    twice: bool,
    /// The first line is cut before the answer.
    cut: bool,
}

/// All ballots, in their order.
pub(crate) struct Casting {
    ballots: Vec<Ballot>,
}

impl Casting {
    /// Shuffles the ballots and gives each a voter: half have a token of their page, half a device key that the room mints.
    pub(crate) async fn prepare(
        server: &Process,
        ballots: Ballots,
        seed: u64,
    ) -> Result<Self, Fault> {
        let mut cast = ballots.cast;
        Chance::new(seed).shuffle(&mut cast);
        let mut ballots = Vec::new();
        for (number, places) in cast.into_iter().enumerate() {
            let mut voter = Voter {
                number,
                ..Voter::default()
            };
            if number % 2 == 0 {
                voter.token =
                    Some(token(server, "viewer", &format!("voter-{number}"), number).await?);
            }
            ballots.push(Ballot {
                voter,
                places,
                twice: number % 10 == 3,
                cut: number % 10 == 6,
            });
        }
        Ok(Self { ballots })
    }

    /// Casts all of them, and kills the server twice in between.
    pub(crate) async fn run(&mut self, server: &mut Process, pages: &Pages) -> Result<(), Fault> {
        let all = self.ballots.len();
        let turnstile = Arc::new(Semaphore::new(0));
        let at_once = Arc::new(Semaphore::new(AT_ONCE));
        let (up, is_up) = watch::channel(true);
        let (counted, mut answers) = mpsc::unbounded_channel();
        let mut voters = JoinSet::new();
        for ballot in self.ballots.drain(..) {
            let (turnstile, at_once) = (Arc::clone(&turnstile), Arc::clone(&at_once));
            let (is_up, counted, address) = (is_up.clone(), counted.clone(), server.address);
            voters.spawn(async move {
                turnstile.acquire().await?.forget();
                let _place = at_once.acquire().await?;
                ballot.cast(address, is_up).await?;
                // Whoever counts may have heard enough.
                let _ = counted.send(());
                Ok::<_, Fault>(())
            });
        }
        let mut heard = 0;
        for part in 0..PARTS {
            let until = all * (part + 1) / PARTS;
            turnstile.add_permits(until - all * part / PARTS);
            if part > 0 {
                let killed_at = heard + BEFORE_KILL.min(until - heard);
                hear(&mut answers, &mut voters, &mut heard, killed_at).await?;
                up.send_replace(false);
                server.kill().await?;
                eprintln!("{heard} ballots are answered, and the server is killed.");
                server.restart().await?;
                up.send_replace(true);
            }
            hear(&mut answers, &mut voters, &mut heard, until).await?;
            // Each page has seen numbers of this server before the next one takes its place.
            pages.see(u32::try_from(until)?).await?;
        }
        while let Some(voter) = voters.join_next().await {
            voter??;
        }
        Ok(())
    }
}

/// Waits until so many ballots are answered; a voter who failed ends it.
async fn hear(
    answers: &mut mpsc::UnboundedReceiver<()>,
    voters: &mut JoinSet<Result<(), Fault>>,
    heard: &mut usize,
    until: usize,
) -> Result<(), Fault> {
    while *heard < until {
        tokio::select! {
            Some(()) = answers.recv() => *heard += 1,
            Some(voter) = voters.join_next() => voter??,
        }
    }
    Ok(())
}

impl Ballot {
    /// Casts it, whatever happens to lines and server, and checks what it is told.
    async fn cast(
        mut self,
        server: SocketAddr,
        mut is_up: watch::Receiver<bool>,
    ) -> Result<(), Fault> {
        let id = format!("ballot-{}", self.voter.number);
        let request = vote(&id, POLL, &self.places)?;
        let id = RequestId::parse(id)?;
        let mut last: Fault = "it was never tried".into();
        for _ in 0..TRIES {
            is_up.wait_for(|up| *up).await?;
            match self.attempt(server, &request, &id).await {
                Ok(Some(answer)) => return self.check(&answer),
                Ok(None) => {}
                Err(fault) => last = fault,
            }
        }
        Err(format!("{id} was not answered in {TRIES} tries: {last}").into())
    }

    /// Sends it over a line of its own; nothing if the line was cut on purpose, or the room was not able.
    async fn attempt(
        &mut self,
        server: SocketAddr,
        request: &ToRoom,
        id: &RequestId,
    ) -> Result<Option<Answer>, Fault> {
        let mut line = self.voter.join(server).await?;
        line.say(request).await?;
        if std::mem::take(&mut self.cut) {
            return Ok(None);
        }
        let answer = line.answer(id).await?;
        if self.twice {
            line.say(request).await?;
            let again = line.answer(id).await?;
            if (again.ok, again.position) != (answer.ok, answer.position) {
                return Err(format!("{id} was told {answer:?}, then {again:?}").into());
            }
        }
        let unable = |refusal: &liveroom_protocol::Refusal| refusal.reason == Reason::Unavailable;
        Ok((!answer.refusal.as_ref().is_some_and(unable)).then_some(answer))
    }

    /// The room took it, and tells the voter their own ballot.
    fn check(&self, answer: &Answer) -> Result<(), Fault> {
        let mine = answer.mine.as_ref().and_then(|item| item.mine.as_ref());
        let wanted: Vec<String> = self
            .places
            .iter()
            .map(|place| (place + 1).to_string())
            .collect();
        match mine {
            Some(Mine::Poll(mine))
                if answer.ok
                    && mine.has_voted()
                    && mine.choices.iter().map(|id| id.as_str()).eq(&wanted) =>
            {
                Ok(())
            }
            _ => Err(format!("a ballot for {wanted:?} was answered with {answer:?}").into()),
        }
    }
}
