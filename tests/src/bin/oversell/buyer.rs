//! A buyer: waits for the deal, claims, orders and pays, over lines that are cut, from a server that is killed.

use crate::deal::{LIMIT, VARIANTS};
use crate::manner::{self, Habits, Manner};
use crate::scene::Scene;
use crate::shop::{Order as Bought, Shop, Stage};
use futures_util::{StreamExt, TryStreamExt, stream};
use liveroom_protocol::deal::{Claim, Order, OrderNumber, Standing, Taken};
use liveroom_protocol::id::VariantId;
use liveroom_protocol::message::ToRoom;
use liveroom_protocol::{Action, Reason};
use liveroom_tests::chance::Chance;
use liveroom_tests::desk::token;
use liveroom_tests::process::{Fault, Process};
use liveroom_tests::voter::{Line, Voter};
use std::sync::Arc;
use tokio::time::timeout;

mod asking;

use asking::mine;

/// How often a buyer comes back before giving up.
const TRIES: usize = 20;
/// Tokens that are asked for at the same time.
const AT_ONCE: usize = 16;

/// A buyer.
pub(crate) struct Buyer {
    voter: Voter,
    place: usize,
    variant: VariantId,
    quantity: u32,
    manner: Manner,
    habits: Habits,
    joined: bool,
    /// Units of the own variant that are left, as the room said last.
    left: u32,
    /// A claim was sent, and not answered yet.
    asked: bool,
    /// What was claimed.
    taken: Option<Taken>,
    /// The lie was told.
    lied: bool,
}

impl Buyer {
    /// So many buyers, each with a token, in an order of chance; each wants one or two units of one variant.
    pub(crate) async fn all(server: &Process, count: usize, seed: u64) -> Result<Vec<Self>, Fault> {
        let mut numbers: Vec<usize> = (0..count).collect();
        let mut chance = Chance::new(seed);
        chance.shuffle(&mut numbers);
        let buyers = numbers.into_iter().map(|number| {
            let place = usize::try_from(chance.below(4)).unwrap_or(0);
            let quantity = if chance.below(3) == 0 { LIMIT } else { 1 };
            async move {
                let sub = format!("buyer-{number}");
                let token = token(server, "viewer", &sub, number).await?;
                let (manner, habits) = manner::of(number);
                Ok(Self {
                    voter: Voter {
                        number,
                        token: Some(token),
                        device: None,
                    },
                    place,
                    variant: VariantId::parse(VARIANTS[place])?,
                    quantity,
                    manner,
                    habits,
                    joined: false,
                    left: 0,
                    asked: false,
                    taken: None,
                    lied: false,
                })
            }
        });
        stream::iter(buyers).buffered(AT_ONCE).try_collect().await
    }

    /// Comes back until it has what it wants, or all is over.
    pub(crate) async fn shop(mut self, scene: Arc<Scene>, shop: Shop) -> Result<(), Fault> {
        let mut last: Fault = "it was never tried".into();
        for _ in 0..TRIES {
            scene.is_up().await;
            match self.visit(&scene, &shop).await {
                Ok(()) => return Ok(()),
                Err(fault) => last = fault,
            }
            if let Some(fault) = scene.fault() {
                return Err(fault.into());
            }
        }
        Err(format!("buyer {} gave up: {last}", self.voter.number).into())
    }

    /// One line: an error if it was cut.
    async fn visit(&mut self, scene: &Scene, shop: &Shop) -> Result<(), Fault> {
        let connecting = scene.connecting.acquire().await?;
        let mut line = self.voter.join(scene.address).await?;
        drop(connecting);
        if !std::mem::replace(&mut self.joined, true) {
            scene.count(|counts| counts.joined += 1);
        }
        if self.taken.is_none() {
            self.taken = self.claim(scene, &mut line).await?;
        }
        let Some(taken) = self.taken.clone() else {
            return Ok(());
        };
        if self.habits.greedy {
            self.want_more(scene, &mut line).await?;
        }
        match self.manner {
            Manner::Honest => {
                if !self.order(scene, &mut line, &taken, Order::Begun).await? {
                    return Ok(());
                }
                if let Some(number) = self.pay(scene, shop, &taken).await? {
                    let told = said(&number)?;
                    self.order(scene, &mut line, &taken, told).await?;
                }
            }
            Manner::Killed { begun } => {
                if begun && !self.order(scene, &mut line, &taken, Order::Begun).await? {
                    return Ok(());
                }
                // The shop has the order, and the tab is gone.
                self.bought(scene, shop, &taken, !begun)?;
            }
            Manner::Liar => {
                let told = said("A-free")?;
                if !self.lied && self.order(scene, &mut line, &taken, told).await? {
                    self.lied = true;
                    scene.count(|counts| counts.lied += taken.quantity);
                }
            }
            Manner::Leaves { releases: true } => {
                let claim = taken.claim;
                let act = self.act("back", Action::DealRelease { claim })?;
                let answer = self.ask(scene, &mut line, &act).await?;
                if !answer.ok {
                    scene.wrong(format!("a claim could not be given back: {answer:?}"));
                }
            }
            Manner::Leaves { releases: false } => {}
        }
        Ok(())
    }

    /// Claims as soon as there is something to claim; nothing once it is over.
    async fn claim(&mut self, scene: &Scene, line: &mut Line) -> Result<Option<Taken>, Fault> {
        let claim = Claim {
            variant: self.variant.clone(),
            quantity: self.quantity,
        };
        let act = self.act("claim", Action::DealClaim(claim))?;
        let mut over = scene.over();
        loop {
            while !self.asked && self.left < self.quantity {
                tokio::select! {
                    _ = over.wait_for(|over| *over) => return Ok(None),
                    heard = line.hear() => self.hear(scene, heard?)?,
                }
            }
            let claiming = scene.claiming.acquire().await?;
            self.asked = true;
            if std::mem::take(&mut self.habits.cut) {
                line.say(&ToRoom::Act(act)).await?;
                return Err("the line is cut".into());
            }
            let answer = self.ask(scene, line, &act).await?;
            drop(claiming);
            self.asked = false;
            if answer.ok {
                let own = mine(&answer)
                    .iter()
                    .find(|taken| taken.variant == self.variant && taken.quantity == self.quantity);
                return match own {
                    // It was accepted before a line was cut, and its time was over before the next one was there.
                    Some(taken) if taken.standing == Standing::Returned => Ok(None),
                    Some(taken) => Ok(Some(taken.clone())),
                    None => Err(format!("a claim was answered with {answer:?}").into()),
                };
            }
            self.wait_if_refused(scene, &answer, Reason::SoldOut).await;
            // The next tally says whether a unit has come back.
            self.left = 0;
        }
    }

    /// Claims beyond the limit. Where the first claim has run out meanwhile it is no more than others may; it is left to run out too.
    async fn want_more(&mut self, scene: &Scene, line: &mut Line) -> Result<(), Fault> {
        self.habits.greedy = false;
        let claim = Claim {
            variant: self.variant.clone(),
            quantity: LIMIT,
        };
        let act = self.act("more", Action::DealClaim(claim))?;
        let answer = self.ask(scene, line, &act).await?;
        if !answer.ok {
            self.wait_if_refused(scene, &answer, Reason::LimitReached)
                .await;
        }
        Ok(())
    }

    /// Says how the order goes; not if the time of the claim is over.
    async fn order(
        &mut self,
        scene: &Scene,
        line: &mut Line,
        taken: &Taken,
        order: Order,
    ) -> Result<bool, Fault> {
        let what = if order == Order::Begun {
            "begun"
        } else {
            "taken"
        };
        let claim = taken.claim.clone();
        let act = self.act(what, Action::DealOrder { claim, order })?;
        let answer = self.ask(scene, line, &act).await?;
        let reason = answer.refusal.as_ref().map(|refusal| refusal.reason);
        match reason {
            None => Ok(true),
            Some(Reason::TooLate) => Ok(false),
            Some(Reason::TooFast | Reason::Unavailable) => Err("not now".into()),
            Some(_) => {
                scene.wrong(format!("an order was answered with {answer:?}"));
                Ok(false)
            }
        }
    }

    /// Pays in the shop, and waits for its word: the order's number, or nothing where the money came back.
    async fn pay(
        &self,
        scene: &Scene,
        shop: &Shop,
        taken: &Taken,
    ) -> Result<Option<String>, Fault> {
        let mut bought = self.bought(scene, shop, taken, false)?;
        let settled = |order: &Bought| matches!(order.stage, Stage::Sold | Stage::PaidBack);
        let bought = timeout(crate::PATIENCE, bought.wait_for(settled)).await??;
        Ok((bought.stage == Stage::Sold).then(|| bought.number.clone()))
    }

    /// Shows the shop the ticket; whoever does everything twice, twice.
    fn bought(
        &self,
        scene: &Scene,
        shop: &Shop,
        taken: &Taken,
        slow: bool,
    ) -> Result<tokio::sync::watch::Receiver<Bought>, Fault> {
        let ticket = taken.ticket.as_deref().ok_or("a claim has no ticket")?;
        let shown = shop.order(ticket, slow);
        if let Err(fault) = &shown {
            scene.wrong(format!("the shop refused a ticket of the room: {fault}"));
        }
        if self.habits.twice {
            return shop.order(ticket, slow);
        }
        shown
    }
}

/// What a cart says that took an order.
fn said(number: &str) -> Result<Order, Fault> {
    Ok(Order::Taken {
        order: Some(OrderNumber::parse(number)?),
        value: None,
    })
}
