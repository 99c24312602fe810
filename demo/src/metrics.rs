//! The figures of `GET /metrics`, in the OpenMetrics text format.

use liveroom_protocol::Reason;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// What a server counts. No figure names a viewer or a room.
pub(crate) struct Metrics {
    registry: Registry,
    /// Connections now.
    pub(crate) connections: Gauge,
    /// Connections that were cut because they did not read.
    pub(crate) slow: Counter,
    /// Rooms folded now.
    pub(crate) rooms: Gauge,
    /// Rooms whose log is damaged.
    pub(crate) damaged: Gauge,
    /// Requests that were accepted.
    pub(crate) accepted: Counter,
    /// Appends that the log could not take.
    pub(crate) unavailable: Counter,
    /// Seconds from a request's arrival to its answer.
    pub(crate) answer: Histogram,
    /// Frames sent to connections.
    pub(crate) frames: Counter,
    refused: Family<Why, Counter>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Why {
    reason: String,
}

impl Metrics {
    /// Nothing counted yet.
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("liveroom");
        let connections = Gauge::default();
        let slow = Counter::default();
        let rooms = Gauge::default();
        let damaged = Gauge::default();
        let accepted = Counter::default();
        let unavailable = Counter::default();
        let frames = Counter::default();
        let answer = Histogram::new([
            0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0,
        ]);
        let refused = Family::<Why, Counter>::default();
        registry.register("connections", "Connections now", connections.clone());
        registry.register(
            "slow_connections_cut",
            "Connections cut because they did not read",
            slow.clone(),
        );
        registry.register("rooms_open", "Rooms folded now", rooms.clone());
        registry.register(
            "rooms_damaged",
            "Rooms whose log is damaged",
            damaged.clone(),
        );
        registry.register(
            "requests_accepted",
            "Requests that were accepted",
            accepted.clone(),
        );
        registry.register(
            "appends_unavailable",
            "Appends that the log could not take",
            unavailable.clone(),
        );
        registry.register("frames_sent", "Frames sent to connections", frames.clone());
        registry.register(
            "answer_seconds",
            "From a request's arrival to its answer",
            answer.clone(),
        );
        registry.register(
            "requests_refused",
            "Requests that were refused, by reason",
            refused.clone(),
        );
        Self {
            registry,
            connections,
            slow,
            rooms,
            damaged,
            accepted,
            unavailable,
            answer,
            frames,
            refused,
        }
    }

    /// Counts a refusal.
    pub(crate) fn refuse(&self, reason: Reason) {
        let reason = crate::status::word(reason);
        self.refused.get_or_create(&Why { reason }).inc();
    }

    /// All figures as text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = prometheus_client::encoding::text::encode(&mut text, &self.registry);
        text
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

/// Adds one to a gauge for as long as it lives.
pub(crate) struct Held(Gauge);

impl Held {
    pub(crate) fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.dec();
    }
}
