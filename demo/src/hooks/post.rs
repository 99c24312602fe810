//! One request to a receiver: to an address that was looked up once and looked at, with the name's own TLS and `Host`.
//!
//! No redirect is followed, no proxy is asked, no connection is kept; of the answer only the status and `Retry-After` are taken.

use super::address::may_reach;
use super::resolver::Resolver;
use super::target::Target;
use crate::Error;
use axum::body::{Body, to_bytes};
use hyper::client::conn::http1;
use hyper::header::{CONTENT_TYPE, HOST, RETRY_AFTER, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use liveroom_protocol::time::Span;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring::default_provider;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long a connection with its TLS may take.
const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(15);
/// How long what an answer says besides is listened to, and how many bytes of it.
const REST: Duration = Duration::from_secs(2);
const REST_BYTES: usize = 16 * 1024;
/// Bytes of an answer's head.
const HEAD_BYTES: usize = 16 * 1024;
/// Who asks.
const AGENT: &str = concat!("liveroom/", env!("CARGO_PKG_VERSION"));

/// What reaches receivers.
pub struct Post {
    resolver: Resolver,
    local: bool,
    tls: TlsConnector,
}

/// What is sent.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// `webhook-id`: the same each time that the same is sent.
    pub name: String,
    /// `webhook-timestamp`: when this try was made, in seconds since 1970.
    pub seconds: u64,
    /// `webhook-signature`.
    pub signature: String,
    /// A CloudEvents batch as JSON.
    pub body: Vec<u8>,
}

/// What a receiver answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// When it wants to be asked again.
    pub again: Option<Span>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The name has no address.
    #[error("the name has no address")]
    NoAddress,
    /// No address of the name is one of the public internet.
    #[error("its address is private, of this machine, or reserved, and is not spoken to")]
    Refused,
    /// It is not spoken to without TLS.
    #[error("only https is spoken")]
    Plain,
    /// Nobody listens there.
    #[error("no connection")]
    NoConnection,
    /// Its certificate is not good for its name, or it speaks no TLS.
    #[error("no TLS that can be trusted")]
    NoTls,
    /// It did not answer in time.
    #[error("no answer in time")]
    Late,
    /// It went away, or answered no HTTP.
    #[error("no answer")]
    NoAnswer,
}

impl Post {
    /// `local`: receivers may be on this machine and be spoken to without TLS. `authority`: a file in PEM.
    ///
    /// # Errors
    /// When the file has no certificate.
    pub fn new(resolver: Resolver, local: bool, authority: Option<&Path>) -> Result<Self, Error> {
        let mut roots = RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
        };
        if let Some(file) = authority {
            let wrong = |why: String| Error::Key {
                file: file.to_owned(),
                why,
            };
            let found = CertificateDer::pem_file_iter(file)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|error| wrong(error.to_string()))?;
            let (taken, _) = roots.add_parsable_certificates(found);
            if taken == 0 {
                return Err(wrong("there is no certificate (PEM) in it".to_owned()));
            }
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider has what is safe")
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self {
            resolver,
            local,
            tls: TlsConnector::from(Arc::new(tls)),
        })
    }

    /// Whether receivers may be on this machine.
    pub const fn is_local(&self) -> bool {
        self.local
    }

    /// Sends, and gives what was answered.
    ///
    /// # Errors
    /// When nothing was.
    pub async fn send(&self, target: &Target, outgoing: Outgoing) -> Result<Reply, Fault> {
        if !target.tls && !self.local {
            return Err(Fault::Plain);
        }
        let connecting = timeout(CONNECT, self.connect(target));
        let stream = connecting.await.map_err(|_| Fault::Late)??;
        // Small answers are not waited for; if it cannot be set they only come later.
        let _ = stream.set_nodelay(true);
        if !target.tls {
            return speak(stream, target, outgoing).await;
        }
        let name = ServerName::try_from(target.host.clone()).map_err(|_| Fault::NoTls)?;
        let greeting = timeout(CONNECT, self.tls.connect(name, stream));
        let stream = greeting
            .await
            .map_err(|_| Fault::Late)?
            .map_err(|_| Fault::NoTls)?;
        speak(stream, target, outgoing).await
    }

    /// Looks the name up once, and connects to an address that was looked at, and no other: what the name points to a moment later
    /// is of no concern.
    async fn connect(&self, target: &Target) -> Result<TcpStream, Fault> {
        let found = match target.address() {
            Some(address) => vec![address],
            None => {
                let found = self.resolver.find(&target.host).await;
                found.map_err(|_| Fault::NoAddress)?
            }
        };
        if found.is_empty() {
            return Err(Fault::NoAddress);
        }
        let may = |address: &std::net::IpAddr| may_reach(*address, self.local);
        let mut fault = Fault::Refused;
        for address in found.into_iter().filter(may) {
            match TcpStream::connect(SocketAddr::new(address, target.port)).await {
                Ok(stream) => return Ok(stream),
                Err(_) => fault = Fault::NoConnection,
            }
        }
        Err(fault)
    }
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    target: &Target,
    outgoing: Outgoing,
) -> Result<Reply, Fault> {
    let request = Request::post(&target.path)
        .header(HOST, &target.authority)
        .header(USER_AGENT, AGENT)
        .header(CONTENT_TYPE, "application/cloudevents-batch+json")
        .header("webhook-id", &outgoing.name)
        .header("webhook-timestamp", outgoing.seconds)
        .header("webhook-signature", &outgoing.signature)
        .body(Body::from(outgoing.body))
        .map_err(|_| Fault::NoAnswer)?;
    let shaking = http1::Builder::new()
        .max_buf_size(HEAD_BYTES)
        .handshake(TokioIo::new(stream));
    let (mut sender, connection) = shaking.await.map_err(|_| Fault::NoAnswer)?;
    let driving = tokio::spawn(connection);
    let answer = timeout(ANSWER, sender.send_request(request)).await;
    let reply = match answer {
        Err(_) => Err(Fault::Late),
        Ok(Err(_)) => Err(Fault::NoAnswer),
        Ok(Ok(response)) => {
            let reply = Reply {
                status: response.status(),
                again: again(&response),
            };
            // The status is the answer. The rest is heard out of politeness, and not for long.
            let rest = to_bytes(Body::new(response.into_body()), REST_BYTES);
            let _ = timeout(REST, rest).await;
            Ok(reply)
        }
    };
    driving.abort();
    reply
}

fn again<T>(response: &Response<T>) -> Option<Span> {
    let header = response.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let seconds: u64 = header.trim().parse().ok()?;
    Some(Span(seconds.saturating_mul(1_000)))
}
