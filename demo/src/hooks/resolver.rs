//! Finding the addresses of a name: the system's way, or a test's own.

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

type Find = dyn Fn(&str) -> Vec<IpAddr> + Send + Sync;

/// Finds the addresses of names. The binary knows only the system's.
#[derive(Clone, Default)]
pub enum Resolver {
    /// As the system does.
    #[default]
    System,
    /// As a test says.
    Given(Arc<Find>),
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::System => "System",
            Self::Given(_) => "Given",
        })
    }
}

impl Resolver {
    /// One that a test gives.
    pub fn given(find: impl Fn(&str) -> Vec<IpAddr> + Send + Sync + 'static) -> Self {
        Self::Given(Arc::new(find))
    }

    /// The addresses of a name, as they are now.
    pub(super) async fn find(&self, name: &str) -> io::Result<Vec<IpAddr>> {
        match self {
            Self::System => {
                let found = tokio::net::lookup_host((name, 0)).await?;
                Ok(found.map(|address| address.ip()).collect())
            }
            Self::Given(find) => Ok(find(name)),
        }
    }
}
