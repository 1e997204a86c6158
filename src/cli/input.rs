//! The options that say how reports are read, shared by `build` and `extract`; reports and an analyser out.

use crate::Analyser;
use crate::document::{self, Options, Reports};
use crate::error::Result;
use crate::syntax::Pipeline;
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Clone, Debug, Default, Args)]
pub struct ReadArgs {
    /// Day of publication where a report does not tell it
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// Outlet where a report does not tell it
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// Another spaCy pipeline of the embedded one's architecture (a folder that holds config.cfg)
    #[arg(long, value_name = "FOLDER")]
    model: Option<PathBuf>,
}

impl ReadArgs {
    /// The reports behind the paths, one at a time.
    pub fn reports(&self, paths: &[PathBuf]) -> Reports {
        document::read(paths, &Options { published: self.published, source: self.source.clone() })
    }

    pub fn analyser(&self) -> Result<Analyser> {
        match &self.model {
            Some(folder) => Analyser::with_syntax(Pipeline::load(folder)?),
            None => Analyser::embedded(),
        }
    }

    /// Names what an analysis depends on besides the report.
    pub fn revision(&self) -> Result<String> {
        Ok(match &self.model {
            Some(folder) => format!("{} model {}", crate::REVISION, Pipeline::digest(folder)?),
            None => crate::REVISION.to_owned(),
        })
    }
}
