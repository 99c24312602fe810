//! A room server as a process of its own, which can be killed and started again on the same folder and port.

use std::error::Error;
use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Anything that went wrong, as a sentence.
pub type Fault = Box<dyn Error + Send + Sync>;

/// How long a server has to say where it serves.
const START: Duration = Duration::from_secs(60);

/// The room that a development server makes.
pub const ROOM: &str = "demo";

/// A running server.
#[derive(Debug)]
pub struct Process {
    /// Where it listens; the same after a restart.
    pub address: SocketAddr,
    folder: PathBuf,
    kit: Option<PathBuf>,
    more: Vec<&'static str>,
    child: Child,
}

impl Process {
    /// Starts the server in development mode on a free port, with its files in `folder`.
    ///
    /// The program is `LIVEROOM_SERVER`, else the one that cargo built last for trying out.
    pub async fn start(folder: &Path, kit: Option<PathBuf>) -> Result<Self, Fault> {
        Self::start_with(folder, kit, &[]).await
    }

    /// The same with more flags.
    pub async fn start_with(
        folder: &Path,
        kit: Option<PathBuf>,
        more: &[&'static str],
    ) -> Result<Self, Fault> {
        let more = more.to_vec();
        let (child, address) = spawn(folder, kit.as_deref(), 0, &more).await?;
        Ok(Self {
            address,
            folder: folder.to_owned(),
            kit,
            more,
            child,
        })
    }

    /// Kills it as a power cut would (SIGKILL), and waits until it is gone.
    pub async fn kill(&mut self) -> Result<(), Fault> {
        self.child.kill().await?;
        Ok(())
    }

    /// Starts it again, after it was killed.
    pub async fn restart(&mut self) -> Result<(), Fault> {
        let port = self.address.port();
        (self.child, self.address) =
            spawn(&self.folder, self.kit.as_deref(), port, &self.more).await?;
        Ok(())
    }

    /// An address of its HTTP.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The process.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// The processor time that it has used, of all its threads.
    pub fn cpu(&self) -> Result<Cpu, Fault> {
        Cpu::of(self.child.id())
    }

    /// Megabytes (10⁶ bytes) of memory that it holds now.
    pub fn rss_mb(&self) -> Result<f64, Fault> {
        status_mb(self.child.id(), "VmRSS:")
    }

    /// The most memory that it ever held, in megabytes.
    pub fn rss_peak_mb(&self) -> Result<f64, Fault> {
        status_mb(self.child.id(), "VmHWM:")
    }

    /// The last lines of what the server wrote to its log, for whoever looks for a cause.
    pub fn last_words(&self) -> String {
        let text = fs::read_to_string(log_path(&self.folder)).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }
}

/// Processor time of a process.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpu {
    /// Seconds in the program itself.
    pub user_s: f64,
    /// Seconds in the system on its behalf: sending, receiving, writing.
    pub system_s: f64,
}

impl Cpu {
    /// What a process has used so far.
    pub fn of(id: Option<u32>) -> Result<Self, Fault> {
        let id = id.ok_or("the process has ended")?;
        let text = fs::read_to_string(format!("/proc/{id}/stat"))?;
        // The name in the second field may hold spaces; what follows its bracket does not.
        let (_, rest) = text.rsplit_once(')').ok_or("no stat of the process")?;
        let seconds = |field: usize| -> Result<f64, Fault> {
            let text = rest.split_whitespace().nth(field);
            // In ticks of 1/100 s on every Linux of today.
            Ok(text.ok_or("a short stat of the process")?.parse::<f64>()? / 100.0)
        };
        // Fields 14 and 15 of proc(5).
        Ok(Self {
            user_s: seconds(11)?,
            system_s: seconds(12)?,
        })
    }

    /// What was used since.
    pub fn since(self, before: Self) -> Self {
        Self {
            user_s: self.user_s - before.user_s,
            system_s: self.system_s - before.system_s,
        }
    }

    /// Both together, in seconds.
    pub fn all_s(self) -> f64 {
        self.user_s + self.system_s
    }
}

/// A line of `/proc/ID/status` that counts kilobytes (1,024 bytes), in megabytes.
pub fn status_mb(id: Option<u32>, name: &str) -> Result<f64, Fault> {
    let id = id.ok_or("the process has ended")?;
    let text = fs::read_to_string(format!("/proc/{id}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next());
    let kilobytes: f64 = number.ok_or("no such line in the status")?.parse()?;
    Ok(kilobytes * 1_024.0 / 1_000_000.0)
}

/// Where the server's program is.
fn program() -> PathBuf {
    match std::env::var_os("LIVEROOM_SERVER") {
        Some(path) => path.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/debug/liveroom-server"),
    }
}

fn log_path(folder: &Path) -> PathBuf {
    folder.join("server.log")
}

async fn spawn(
    folder: &Path,
    kit: Option<&Path>,
    port: u16,
    more: &[&str],
) -> Result<(Child, SocketAddr), Fault> {
    let program = program();
    let log = File::options()
        .create(true)
        .append(true)
        .open(log_path(folder))?;
    let mut command = Command::new(&program);
    command.arg("--dev").args(["--room", ROOM]).args(more);
    command.arg("--port").arg(port.to_string());
    command.arg("--data").arg(folder.join("data"));
    if let Some(kit) = kit {
        command.arg("--kit").arg(kit);
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .kill_on_drop(true)
        .spawn()
        .map_err(|error| format!("{} cannot be started: {error}", program.display()))?;
    let out = child.stdout.take().ok_or("the server has no output")?;
    let mut lines = BufReader::new(out).lines();
    let address = async {
        while let Some(line) = lines.next_line().await? {
            if let Some((_, address)) = line.split_once("http://") {
                return Ok::<_, Fault>(address.trim().parse()?);
            }
        }
        let words = fs::read_to_string(log_path(folder)).unwrap_or_default();
        Err(format!("the server ended at once: {words}").into())
    };
    let address = timeout(START, address)
        .await
        .map_err(|_| "the server did not say where it serves")??;
    // Read on, so that it never waits for a reader.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok((child, address))
}
