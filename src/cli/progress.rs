//! Documents or lines counted in; a line that moves on the terminal out, once the work has taken long enough for anyone to wonder.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{IsTerminal, stderr};
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// Reports come as a stream, so nobody knows their number before the last: a count and a pace, no bar.
pub struct Progress {
    line: ProgressBar,
    since: Instant,
    /// Whether anyone would see it.
    watched: bool,
}

impl Progress {
    /// `what` is counted: documents, lines.
    pub fn new(what: &'static str, watched: bool) -> Self {
        let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message(what);
        let style = ProgressStyle::with_template("{spinner} {human_pos} {msg}, {per_sec}, {elapsed}");
        line.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self { line, since: Instant::now(), watched: watched && stderr().is_terminal() }
    }

    pub fn step(&self) {
        self.steps(1);
    }

    pub fn steps(&self, count: u64) {
        if self.watched && self.line.is_hidden() && self.since.elapsed() > PATIENCE {
            self.line.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.line.inc(count);
    }

    /// Runs what writes to the terminal, with the line out of its way.
    pub fn aside(&self, write: impl FnOnce()) {
        self.line.suspend(write);
    }

    pub fn end(&self) {
        self.line.finish_and_clear();
    }
}
