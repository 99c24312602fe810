//! A shop's server that webhooks are sent to: it answers as the test says, and tells the test what it heard.

use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(30);

/// How it answers one request; with 204 where nothing is said.
#[derive(Clone, Debug)]
pub enum Answer {
    /// With this status, and these further lines of the head.
    Status(u16, &'static str),
    /// With a redirect to this address.
    Redirect(String),
    /// Not at all: it goes away once it has heard.
    Cut,
    /// Not at all: it keeps the line.
    Hang,
    /// With 200 and a body that never ends.
    Endless,
}

/// What it heard in one request.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The path with its query.
    pub path: String,
    /// The lines of the head, by their names in lower case.
    pub head: HashMap<String, String>,
    /// The events.
    pub events: Vec<Value>,
    /// The same as it was sent.
    pub body: String,
}

impl Heard {
    /// A line of the head.
    pub fn line(&self, name: &str) -> &str {
        self.head.get(name).map_or("", String::as_str)
    }

    /// The types of the events.
    pub fn kinds(&self) -> Vec<&str> {
        let kinds = self
            .events
            .iter()
            .filter_map(|event| event["type"].as_str());
        kinds.collect()
    }
}

/// A server on a free port of this machine.
pub struct Receiver {
    /// Where it listens.
    pub address: SocketAddr,
    heard: mpsc::UnboundedReceiver<Heard>,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    task: JoinHandle<()>,
}

impl Receiver {
    /// One that speaks plain HTTP.
    pub async fn open() -> Self {
        Self::listen(None, 0).await
    }

    /// The same on a port that one had before.
    pub async fn open_at(port: u16) -> Self {
        Self::listen(None, port).await
    }

    /// One that speaks TLS as `shop.example`, by the authority of `tests/data/hooks/ca.pem`.
    pub async fn open_tls() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hooks");
        let chain = CertificateDer::pem_file_iter(folder.join("shop.pem"))
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .expect("the tests have a certificate");
        let key = PrivateKeyDer::from_pem_file(folder.join("shop.key")).expect("and its key");
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider has them")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("they belong together");
        Self::listen(Some(TlsAcceptor::from(Arc::new(config))), 0).await
    }

    async fn listen(tls: Option<TlsAcceptor>, port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.expect("a free port");
        let address = listener.local_addr().expect("it listens");
        let (tell, heard) = mpsc::unbounded_channel();
        let answers = Arc::new(Mutex::new(VecDeque::new()));
        let script = Arc::clone(&answers);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tls, tell, script) = (tls.clone(), tell.clone(), Arc::clone(&script));
                tokio::spawn(async move { take(stream, tls, &tell, &script).await });
            }
        });
        Self {
            address,
            heard,
            answers,
            task,
        }
    }

    /// Its address for a hook.
    pub fn url(&self) -> String {
        format!("http://{}/hooks?from=room", self.address)
    }

    /// Answers so next, one request after the other.
    pub fn answers(&self, answers: impl IntoIterator<Item = Answer>) {
        let mut script = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        script.extend(answers);
    }

    /// The next request.
    pub async fn hears(&mut self) -> Heard {
        let heard = timeout(PATIENCE, self.heard.recv()).await;
        heard.expect("it is sent something").expect("it listens")
    }

    /// Requests until so many events came.
    pub async fn hears_events(&mut self, count: usize) -> Vec<Value> {
        let mut all = Vec::new();
        while all.len() < count {
            all.extend(self.hears().await.events);
        }
        all
    }

    /// Whether it has heard nothing more.
    pub fn is_quiet(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }

    /// Goes away.
    pub async fn close(self) -> u16 {
        self.task.abort();
        // The port is free once the task is gone.
        let _ = self.task.await;
        self.address.port()
    }
}

async fn take(
    stream: TcpStream,
    tls: Option<TlsAcceptor>,
    tell: &mpsc::UnboundedSender<Heard>,
    script: &Mutex<VecDeque<Answer>>,
) {
    match tls {
        None => serve(stream, tell, script).await,
        Some(tls) => {
            if let Ok(stream) = tls.accept(stream).await {
                serve(stream, tell, script).await;
            }
        }
    }
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    tell: &mpsc::UnboundedSender<Heard>,
    script: &Mutex<VecDeque<Answer>>,
) {
    let Some(heard) = read(&mut stream).await else {
        return;
    };
    let answer = script
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .pop_front();
    // The test may have ended.
    let _ = tell.send(heard);
    let head = match answer.unwrap_or(Answer::Status(204, "")) {
        Answer::Status(status, more) => {
            format!("HTTP/1.1 {status} Said\r\n{more}content-length: 0\r\n\r\n")
        }
        Answer::Redirect(to) => {
            format!("HTTP/1.1 307 Elsewhere\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n")
        }
        Answer::Cut => return,
        Answer::Hang => return std::future::pending().await,
        Answer::Endless => {
            let _ = stream
                .write_all(b"HTTP/1.1 200 Said\r\ntransfer-encoding: chunked\r\n\r\n")
                .await;
            while stream.write_all(b"4\r\nmore\r\n").await.is_ok() {}
            return;
        }
    };
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.shutdown().await;
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Heard> {
    let mut bytes = Vec::new();
    let (head, body) = loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break (bytes[..end].to_vec(), bytes[end + 4..].to_vec());
        }
    };
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n");
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let head: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length: usize = head.get("content-length")?.parse().ok()?;
    let mut body = body;
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    let body = String::from_utf8(body).ok()?;
    Some(Heard {
        path,
        head,
        events: serde_json::from_str(&body).ok()?,
        body,
    })
}
