//! A server that runs: where it is, and how it stops.

use super::{PATIENCE, Running, Server};
use std::sync::Arc;
use tokio::time::timeout;

impl Running {
    /// Where browsers find it.
    pub fn url(&self) -> String {
        match &self.server.config.public_url {
            Some(public) => public.to_string(),
            // Who listens on every address is found at this one.
            None if self.address.ip().is_unspecified() => {
                format!("http://localhost:{}", self.address.port())
            }
            None => format!("http://{}", self.address),
        }
    }

    /// What its parts share; for tests and tools that run it as a library.
    pub const fn server(&self) -> &Arc<Server> {
        &self.server
    }

    /// The key of the one-time owner link, if there is one.
    pub fn owner_key(&self) -> Option<&str> {
        self.owner_key.as_deref()
    }

    /// The addresses to print at the start.
    pub fn addresses(&self) -> String {
        let url = self.url();
        let room = &self.server.config.room;
        let mut text = format!("Liveroom serves at {url}\n");
        if self.server.config.dev {
            for (what, path) in [
                ("viewer", "viewer"),
                ("overlay", "overlay"),
                ("gallery", "gallery"),
                ("doctor", "doctor"),
            ] {
                text += &format!("  {what:<8} {url}/{path}?room={room}\n");
            }
        }
        if let Some(key) = &self.owner_key {
            let what = "studio";
            text += &format!(
                "  {what:<8} {url}/studio?room={room}#owner={key}\n           (for its owner: good once, within an hour)\n"
            );
        }
        text
    }

    /// Stops: nobody new comes in, what is under way is finished or told to connect again, and the log is closed.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        // Nothing is ever sent: the channel closes when the last task has ended.
        if timeout(PATIENCE, self.alive.recv()).await.is_err() {
            tracing::warn!("some connections did not end in time");
        }
        let Self {
            server,
            writer,
            teller,
            collector,
            ..
        } = self;
        drop((server, collector));
        let closing = tokio::task::spawn_blocking(move || writer.join().and(teller.join()));
        if timeout(PATIENCE, closing).await.is_err() {
            tracing::warn!("the log is still in use: what it acknowledged is safe");
        }
    }
}
