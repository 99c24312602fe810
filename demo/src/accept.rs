//! The listening socket: HTTP/1.1 with limits on time and size, and the address of who asks.

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tower::ServiceExt;

use crate::room::stopped;

/// How long a request's head may take.
const HEAD: Duration = Duration::from_secs(10);
/// Lines of a request's head.
const HEADERS: usize = 64;
/// Bytes of a request's head, and of what is read ahead of its body.
const BUFFER: usize = 16 * 1024;
/// Connections at once; more are turned away, so that those there are go on.
const PLACES: usize = 50_000;
/// How long the server waits when the system gives it no more connections.
const BREATH: Duration = Duration::from_millis(50);

/// Held by whoever serves a connection; a stopping server waits until all are dropped.
#[derive(Clone)]
pub(crate) struct Alive {
    _held: mpsc::Sender<()>,
    /// One of the places there are.
    _place: Arc<OwnedSemaphorePermit>,
}

/// Takes connections until the server stops. `held` is dropped when the last of them has ended.
pub(crate) async fn accept(
    listener: TcpListener,
    router: Router,
    behind_proxy: bool,
    mut stop: watch::Receiver<bool>,
    held: mpsc::Sender<()>,
) {
    let places = Arc::new(Semaphore::new(PLACES));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stopped(&mut stop) => return,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Ok(place) = Arc::clone(&places).try_acquire_owned() else {
                    continue;
                };
                let alive = Alive {
                    _held: held.clone(),
                    _place: Arc::new(place),
                };
                tokio::spawn(serve(
                    stream,
                    peer,
                    router.clone(),
                    behind_proxy,
                    stop.clone(),
                    alive,
                ));
            }
            // Too many open files, most likely: those that are open go on.
            Err(error) => {
                tracing::warn!("cannot take a connection: {error}");
                tokio::time::sleep(BREATH).await;
            }
        }
    }
}

async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    behind_proxy: bool,
    mut stop: watch::Receiver<bool>,
    alive: Alive,
) {
    // Without it small frames wait for each other; if it cannot be set they only come later.
    let _ = stream.set_nodelay(true);
    let service = router.map_request(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        let peer = if behind_proxy {
            forwarded(&request, peer)
        } else {
            peer
        };
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(alive.clone());
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_headers(HEADERS)
        .max_buf_size(BUFFER)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
        .with_upgrades();
    tokio::pin!(connection);
    // An error is the other end's: it went, or spoke no HTTP.
    tokio::select! {
        _ = &mut connection => return,
        () = stopped(&mut stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// The address that the proxy in front saw: the last it added, since all before it may be invented.
fn forwarded(request: &Request, peer: SocketAddr) -> SocketAddr {
    let last = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .next_back();
    let address = last
        .and_then(|line| line.to_str().ok())
        .and_then(|line| line.rsplit(',').next())
        .and_then(|address| address.trim().parse::<IpAddr>().ok());
    address.map_or(peer, |address| SocketAddr::new(address, 0))
}
