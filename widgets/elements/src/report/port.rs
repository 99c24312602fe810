//! What the reporter asks of the shell. The shell keeps and sends, see `js/sender.js`.

/// The shell's part. None of these calls back while it runs.
pub trait Port {
    /// Offers a report to the page as `live-engagement`, in a microtask; if it is not cancelled and has an endpoint, writes it down.
    fn report(&self, report: &Composed);
    /// Whether this is the first time that this page load asks for `key`.
    fn once(&self, key: &str) -> bool;
    /// A fresh id of at least 96 random bits.
    fn id(&self) -> String;
    /// Calls [`Reporter::wake`](super::Reporter::wake) in so many milliseconds; takes the place of an earlier wish.
    fn wake(&self, ms: u64);
    /// Consent is `pending`, `granted` (what waits for `endpoint` from earlier page loads may go) or `denied` (what waits is dropped).
    fn consent(&self, holds: &str, endpoint: Option<&str>, source: &str);
}

/// A report, ready but for what the page may do to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// Where it goes; `None`: nowhere, it is only offered to the page.
    pub endpoint: Option<String>,
    /// The room it is from, as in the envelope.
    pub source: String,
    /// The envelope without data as JSON.
    pub envelope: String,
    /// The data as JSON.
    pub data: String,
    /// It is not to wait long.
    pub soon: bool,
    /// Of all tabs of this browser only the first that has this name makes it.
    pub once: Option<String>,
}
