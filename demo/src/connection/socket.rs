//! The WebSocket of one connection: text in, frames out, and no waiting for a page that does not read.

use crate::Clock;
use crate::metrics::Metrics;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use futures_util::SinkExt;
use liveroom_protocol::limits::COMMAND_BYTES;
use liveroom_protocol::time::Span;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long a page may leave what it was sent unread.
const UNREAD: Span = Span(10_000);
/// How long a page has to take the last word.
const LAST: Duration = Duration::from_secs(2);

/// A WebSocket with patience.
pub(super) struct Socket {
    inner: WebSocket,
    clock: Clock,
    metrics: Arc<Metrics>,
}

/// What came.
pub(super) enum Heard {
    /// A message.
    Text(Utf8Bytes),
    /// A message of bytes, which no page sends.
    Bytes,
    /// A sign of life.
    Pulse,
}

/// Why nothing more comes or goes.
pub(super) enum Cut {
    /// The page went, or did not read.
    Gone,
    /// A message was larger than any may be.
    TooLarge,
}

/// Sets small buffers: tungstenite's own would be 128 KiB a connection, read or not.
pub(crate) fn sized(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(4 * 1024)
        .write_buffer_size(4 * 1024)
        .max_write_buffer_size(1024 * 1024)
        .max_message_size(2 * COMMAND_BYTES)
        .max_frame_size(2 * COMMAND_BYTES)
}

impl Socket {
    pub(super) const fn new(inner: WebSocket, clock: Clock, metrics: Arc<Metrics>) -> Self {
        Self {
            inner,
            clock,
            metrics,
        }
    }

    /// Waits for what comes next; nothing is lost if it is not waited for to the end.
    pub(super) async fn hear(&mut self) -> Result<Heard, Cut> {
        match self.inner.recv().await {
            Some(Ok(Message::Text(text))) => Ok(Heard::Text(text)),
            Some(Ok(Message::Binary(_))) => Ok(Heard::Bytes),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(Heard::Pulse),
            // Its capacity error has no type of its own here, only words.
            Some(Err(error)) if error.to_string().contains("too long") => Err(Cut::TooLarge),
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(Cut::Gone),
        }
    }

    /// Sends frames at once, in one write where they fit.
    pub(super) async fn send<T: AsRef<str>>(
        &mut self,
        frames: impl IntoIterator<Item = T>,
    ) -> Result<(), Cut> {
        let metrics = &self.metrics;
        let inner = &mut self.inner;
        let write = async {
            for frame in frames {
                metrics.frames.inc();
                inner.feed(Message::text(frame.as_ref())).await?;
            }
            inner.flush().await
        };
        patiently(&self.clock, metrics, write).await
    }

    /// Asks whether the page is still there.
    pub(super) async fn ping(&mut self) -> Result<(), Cut> {
        let ping = self.inner.send(Message::Ping(axum::body::Bytes::new()));
        patiently(&self.clock, &self.metrics, ping).await
    }

    /// Says goodbye.
    pub(super) async fn close(&mut self, code: u16, reason: &str) {
        let reason = reason.into();
        let frame = CloseFrame { code, reason };
        // A page that does not listen any more need not be told.
        let _ = timeout(LAST, self.inner.send(Message::Close(Some(frame)))).await;
    }

    /// Reads away what the page still sends: closing upon unread bytes would take back the last word.
    pub(super) async fn linger(&mut self) {
        let drain = async { while let Some(Ok(_)) = self.inner.recv().await {} };
        // A page that goes on sending has had its time.
        let _ = timeout(LAST, drain).await;
    }
}

/// Writes, unless the page leaves what it was sent unread for too long.
async fn patiently(
    clock: &Clock,
    metrics: &Metrics,
    write: impl Future<Output = Result<(), axum::Error>>,
) -> Result<(), Cut> {
    let late = clock.now().after(UNREAD);
    tokio::select! {
        biased;
        sent = write => sent.map_err(|_| Cut::Gone),
        () = clock.reach(Some(late)) => {
            metrics.slow.inc();
            Err(Cut::Gone)
        }
    }
}
