//! Names of reports in; a database that never knew them out.

use super::draw;
use super::output::say;
use super::phrase::counted;
use super::wait::WaitArgs;
use super::{Session, log, names};
use crate::error::Result;
use clap::Args;

/// Take reports out of the database without a trace; `build` reads them again
#[derive(Args)]
#[command(after_help = "Example:\n  wiregraph forget bridge-digest.txt")]
pub struct Forget {
    /// Names of reports
    #[arg(required = true, value_name = "REPORT")]
    documents: Vec<String>,
    #[command(flatten)]
    wait: WaitArgs,
}

impl Forget {
    pub fn run(self, session: &Session) -> Result<u8> {
        let reader = session.store()?;
        let mut documents = Vec::new();
        for name in &self.documents {
            documents.push(names::document(&reader, name)?.1);
        }
        documents.sort();
        documents.dedup();
        drop(reader);
        let mut store = session.writer(self.wait)?;
        let dropped = store.forget(&documents)?;
        for judgement in &dropped {
            let told = log::words(&store, &judgement.verdict)?;
            say(format!("judgement {} goes with them: {told}", judgement.number));
        }
        store.finish()?;
        draw::again(&session.db)?;
        say(format!("{} forgotten", counted(documents.len() as i64, "report")));
        Ok(0)
    }
}
