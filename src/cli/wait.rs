//! A database's place in; the right to write to it out, at once or when the run that has it ends.

use super::output::say;
use crate::error::{Error, Result};
use crate::graph::Store;
use clap::Args;
use std::path::Path;
use std::time::Duration;

#[derive(Clone, Copy, Debug, Args)]
pub struct WaitArgs {
    /// Seconds to wait for another run that writes to the database
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    wait: u64,
}

impl WaitArgs {
    /// What `open` opens; the person at the terminal is told what is waited for.
    pub fn writer(self, path: &Path, open: impl Fn(Duration) -> Result<Store>) -> Result<Store> {
        match open(Duration::ZERO) {
            Err(Error::Busy { .. }) if self.wait > 0 => {
                let shown = crate::error::shown(path);
                say(format!(
                    "{shown}: another run is writing to it; waiting up to {} s for its end (--wait)",
                    self.wait
                ));
                open(Duration::from_secs(self.wait))
            }
            opened => opened,
        }
    }
}
