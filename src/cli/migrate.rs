//! A database of an earlier version in, the same in today's format out.

use super::Session;
use super::output::say;
use super::wait::WaitArgs;
use crate::error::Result;
use clap::Args;

/// Bring a database of an earlier version to today's format; `build` does so by itself
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph migrate --db old.db")]
pub struct Migrate {
    #[command(flatten)]
    wait: WaitArgs,
}

impl Migrate {
    pub fn run(self, session: &Session) -> Result<u8> {
        session.writer(self.wait)?.finish()?;
        say(format!("{} is of today's format", session.db.display()));
        Ok(0)
    }
}
