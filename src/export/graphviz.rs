//! A DOT file in, a picture out, drawn by Graphviz where it is installed; it is given a time limit and may be absent.

use crate::error::{Error, Result};
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How a drawing ended when nothing was wrong with the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    Done,
    /// Graphviz is not installed.
    Missing,
    /// The layout took longer than allowed and was stopped.
    TooSlow,
    /// Somebody asked for an end.
    Stopped,
}

/// Above this many nodes or lines `dot` takes seconds to minutes where `sfdp` takes a fraction of one.
const DOT_NODES: usize = 60;
const DOT_LINES: usize = 90;

/// The layout program for a graph of this size.
pub fn engine(nodes: usize, lines: usize) -> &'static str {
    if nodes <= DOT_NODES && lines <= DOT_LINES { "dot" } else { "sfdp" }
}

/// Draws `dot_file` to a new file; the ending of the picture's name (svg, png, pdf) names the format. `stop` is asked now and then.
///
/// # Errors
/// [`Error::Input`] with the words of Graphviz, if it refuses.
pub fn draw(
    engine: &str,
    dot_file: &Path,
    (new, picture): (&Path, &Path),
    limit: Duration,
    stop: fn() -> bool,
) -> Result<Drawn> {
    let format = picture.extension().and_then(|ending| ending.to_str()).unwrap_or("svg");
    let io = |source| Error::Io { path: picture.to_path_buf(), source };
    let started = Command::new(engine)
        .arg(format!("-T{format}"))
        .arg("-o")
        .arg(new)
        .arg(dot_file)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Drawn::Missing),
        Err(error) => return Err(io(error)),
    };
    // Read beside the wait: a full pipe would stop Graphviz for ever.
    let complaints = child.stderr.take().map(|pipe| thread::spawn(move || read_all(pipe)));
    let status = wait(&mut child, limit, stop).map_err(io)?;
    let complaints = complaints.and_then(|reader| reader.join().ok()).unwrap_or_default();
    match status {
        // At a terminal Graphviz hears the request, too, and ends with a signal.
        _ if stop() => Ok(Drawn::Stopped),
        None => Ok(Drawn::TooSlow),
        Some(status) if status.success() => Ok(Drawn::Done),
        Some(_) => {
            Err(Error::Input { path: dot_file.into(), reason: format!("{engine} refused it: {}", complaints.trim()) })
        }
    }
}

fn read_all(mut pipe: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = pipe.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `None` if the time ran out or an end was asked for; the child is stopped then.
fn wait(child: &mut Child, limit: Duration, stop: fn() -> bool) -> io::Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if stop() || Instant::now() >= end {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(15));
    }
}
