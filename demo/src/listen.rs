//! The port that the server listens at.

use crate::Error;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket};

/// Connections that may wait to be taken.
const WAITING: u32 = 1_024;
/// Bytes that the system keeps of what a page has not taken yet. Left alone it keeps megabytes, and a page that does not read would
/// be told of it long after its news was old.
const UNSENT: u32 = 128 * 1024;

/// Listens at an address; and which it is, where any port will do.
pub(crate) async fn listen(wanted: SocketAddr) -> Result<(TcpListener, SocketAddr), Error> {
    let listener = listener(wanted).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Error::PortTaken(wanted),
        _ => Error::Address(wanted, error),
    })?;
    let address = listener
        .local_addr()
        .map_err(|error| Error::Address(wanted, error))?;
    Ok((listener, address))
}

/// Listens as `TcpListener::bind` does, but with small buffers, which the connections inherit.
fn listener(wanted: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = match wanted {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // On Windows it would let two servers take one port.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(UNSENT)?;
    socket.bind(wanted)?;
    socket.listen(WAITING)
}
