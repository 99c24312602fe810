//! A connection that has been greeted: hears the page and tells it what the room has for it, until something ends it.

use super::end::End;
use super::no_text;
use super::socket::{Heard, Socket};
use crate::line::{Line, Reply};
use crate::room::{Answered, Found, Personal, Published, Room, Taken, Waiting, stopped};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use liveroom_protocol::message::{FromRoom, Hello, News, RoomNews, Seat, State};
use liveroom_protocol::news::Item;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::session::{Session, desk_frame, frame};
use liveroom_rules::wire;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// How often a silent page is asked whether it is there; twice in vain, and it is cut.
const HEARTBEAT: Duration = Duration::from_secs(30);
/// Least time between news for a hidden page, and between numbers of viewers for a desk.
const SECOND: Duration = Duration::from_secs(1);
/// Answers that one connection may wait for; more is not read until some have come.
const IN_FLIGHT: usize = 32;
/// Messages that could not be taken before the connection is closed.
const STRIKES: u32 = 100;

struct Connection<'a> {
    line: Line,
    socket: &'a mut Socket,
    seat: Taken,
    session: Session,
    sheets: watch::Receiver<Arc<Published>>,
    /// The room's task goes on; else what is published is the last of it.
    alive: bool,
    waiting: FuturesUnordered<Waiting>,
    looking: FuturesUnordered<Found>,
    hidden: bool,
    /// News that came has not gone out.
    owed: bool,
    /// When news may go out again to a hidden page.
    news_at: Instant,
    /// What the desk was told of the room last, and when it may be told again.
    told: (Option<RoomNews>, Instant),
    /// Signs of life were asked for since the last one came.
    silent: u32,
    /// Messages that could not be taken, halved with each beat.
    strikes: u32,
}

/// Greets, and goes on until something ends it.
pub(super) async fn greet(
    mut line: Line,
    socket: &mut Socket,
    hello: &Hello,
    stop: &mut watch::Receiver<bool>,
) -> Result<(), End> {
    // The seat is taken before the past is asked for, so that nothing falls between them.
    let seat = line.room.sit(line.guest.seat, line.guest.who);
    line.number = Some(seat.number());
    let mut sheets = line.room.published();
    sheets.mark_changed();
    let joined = line.guest.join(&line.room).await;
    line.guest.say_standing(&line.server.collector, &line.room);
    let Some(welcome) = line.guest.welcome(&line.room, hello) else {
        return Err(End::Restart);
    };
    let mut first = vec![frame(&FromRoom::Welcome(welcome))];
    first.extend(own(&line.room, joined.mine));
    socket.send(first).await?;
    let session = Session::new(line.guest.seat, line.guest.who, joined.acted);
    let now = Instant::now();
    let mut connection = Connection {
        line,
        socket,
        seat,
        session,
        sheets,
        alive: true,
        waiting: FuturesUnordered::new(),
        looking: FuturesUnordered::new(),
        hidden: false,
        owed: false,
        news_at: now,
        told: (None, now),
        silent: 0,
        strikes: 0,
    };
    connection.run(stop).await
}

/// A viewer's own part in what is shown, as one frame.
fn own(room: &Room, mine: Vec<Item>) -> Option<Arc<str>> {
    let news = News {
        epoch: room.now_published().sheet.epoch.clone(),
        at: None,
        news: mine,
    };
    (!news.news.is_empty()).then(|| frame(&FromRoom::News(news)))
}

impl Connection<'_> {
    async fn run(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), End> {
        let clock = self.line.server.clock.clone();
        let mut heartbeat = tokio::time::interval_at(Instant::now() + HEARTBEAT, HEARTBEAT);
        loop {
            let until = self.line.guest.until;
            let at_desk = self.line.guest.seat == Seat::Desk;
            tokio::select! {
                heard = self.socket.hear(), if self.waiting.len() + self.looking.len() < IN_FLIGHT => {
                    self.silent = 0;
                    match heard? {
                        Heard::Text(text) => self.take(text.as_bytes()).await?,
                        Heard::Bytes => self.strike(no_text()).await?,
                        Heard::Pulse => {}
                    }
                }
                Some(answered) = self.waiting.next(), if !self.waiting.is_empty() => self.answer(answered).await?,
                Some(found) = self.looking.next(), if !self.looking.is_empty() => self.socket.send([frame(&found)]).await?,
                personal = self.seat.news() => match personal {
                    Some(personal) => self.tell(personal).await?,
                    // Too far behind to be told what this viewer did elsewhere.
                    None => return Err(End::Restart),
                },
                changed = self.sheets.changed(), if self.alive => match changed {
                    Ok(()) => {
                        self.owed = true;
                        let now = clock.now();
                        let published = self.sheets.borrow();
                        self.line.guest.still_good(&published, now).map_err(End::Refused)?;
                    }
                    Err(_) => self.alone()?,
                },
                () = sleep_until(self.news_at), if self.owed => self.news().await?,
                () = sleep_until(self.told.1), if at_desk => self.desk().await?,
                () = clock.reach(until) => return Err(End::Refused(Reason::ExpiredToken.into())),
                _ = heartbeat.tick() => self.beat().await?,
                () = stopped(stop) => return Err(End::Restart),
            }
        }
    }

    /// The room's task is over: for good if the room has ended, else it is opened anew for whoever connects again.
    fn alone(&mut self) -> Result<(), End> {
        self.alive = false;
        match self.sheets.borrow().news.state {
            State::Sealed => Ok(()),
            State::Live | State::Damaged => Err(End::Restart),
        }
    }

    async fn take(&mut self, text: &[u8]) -> Result<(), End> {
        let message = match wire::to_room(text, self.line.limit()) {
            Ok(message) => message,
            Err(refusal) => return self.strike(refusal).await,
        };
        match self.line.receive(message) {
            Reply::Later(answered) => self.waiting.push(answered),
            Reply::Found(found) => self.looking.push(found),
            Reply::Hidden(hidden) => {
                self.hidden = hidden;
                if !hidden {
                    self.news_at = Instant::now();
                }
            }
            Reply::Renewed => {}
            Reply::Named(said) => {
                if let Some(who) = self.line.guest.who {
                    self.seat.become_viewer(who);
                    self.session.become_viewer(who);
                }
                self.socket.send([frame(&said)]).await?;
            }
            Reply::Say(said) => {
                if too_fast(&said) {
                    self.strikes += 1;
                }
                self.socket.send([frame(&said)]).await?;
            }
            Reply::End(refusal) => return Err(End::Refused(refusal)),
        }
        self.still_welcome()
    }

    async fn strike(&mut self, refusal: Refusal) -> Result<(), End> {
        self.strikes += 1;
        let closing = false;
        self.socket
            .send([frame(&FromRoom::Refused { refusal, closing })])
            .await?;
        self.still_welcome()
    }

    fn still_welcome(&self) -> Result<(), End> {
        if self.strikes < STRIKES {
            return Ok(());
        }
        Err(End::Refused(Refusal::because(
            Reason::TooFast,
            "too many messages that could not be taken",
        )))
    }

    async fn answer(&mut self, answered: Answered) -> Result<(), End> {
        let Answered { answer, acted } = answered;
        self.socket.send([frame(&FromRoom::Answer(answer))]).await?;
        match acted {
            Some((activity, acted)) => {
                self.session.note(&activity, acted);
                self.news().await
            }
            None => Ok(()),
        }
    }

    /// What this viewer did elsewhere.
    async fn tell(&mut self, personal: Personal) -> Result<(), End> {
        let Personal {
            activity,
            acted,
            frame,
        } = personal;
        self.session.note(&activity, acted);
        self.socket.send([frame]).await?;
        self.news().await
    }

    /// Sends what this page is due.
    async fn news(&mut self) -> Result<(), End> {
        let published = Arc::clone(&self.sheets.borrow_and_update());
        self.owed = false;
        let now = Instant::now();
        self.news_at = if self.hidden { now + SECOND } else { now };
        let frames = self.session.due(&published.sheet);
        if !frames.is_empty() {
            self.socket.send(frames).await?;
        }
        Ok(())
    }

    /// Tells the desk how many viewers there are, if that is news.
    async fn desk(&mut self) -> Result<(), End> {
        let mut news = self.sheets.borrow().news.clone();
        news.viewers = Some(self.line.room.viewers());
        self.told.1 = Instant::now() + SECOND;
        if self.told.0.as_ref() != Some(&news) {
            self.told.0 = Some(news.clone());
            self.socket.send([desk_frame(news)]).await?;
        }
        Ok(())
    }

    async fn beat(&mut self) -> Result<(), End> {
        self.strikes /= 2;
        self.silent += 1;
        if self.silent > 2 {
            return Err(End::Gone);
        }
        self.socket.ping().await.map_err(End::from)
    }
}

fn too_fast(said: &FromRoom) -> bool {
    let refusal = match said {
        FromRoom::Answer(answer) => answer.refusal.as_ref(),
        FromRoom::Refused { refusal, .. } => Some(refusal),
        _ => None,
    };
    refusal.is_some_and(|refusal| refusal.reason == Reason::TooFast)
}
