//! The options that say how reports are read, shared by `build` and `extract`; reports and an analyser out.

use super::lists::ListArgs;
use crate::Analyser;
use crate::document::{self, Options, Reports};
use crate::error::Result;
use crate::syntax::Pipeline;
use clap::Args;
use encoding_rs::Encoding;
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
    /// Language of all reports (ISO 639 code); without it, it is recognised, and only English is read for edges
    #[arg(long, value_name = "CODE", value_parser = language)]
    language: Option<String>,
    /// Character encoding of the input (windows-1251, gbk ...), where it is recognised wrongly
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<&'static Encoding>,
    /// Another spaCy pipeline of the embedded one's architecture (a folder that holds config.cfg)
    #[arg(long, value_name = "FOLDER")]
    model: Option<PathBuf>,
    #[command(flatten)]
    lists: ListArgs,
}

impl ReadArgs {
    /// The reports behind the paths, one at a time.
    pub fn reports(&self, paths: &[PathBuf]) -> Reports {
        let (published, source, language, encoding) =
            (self.published, self.source.clone(), self.language.clone(), self.encoding);
        document::read(paths, &Options { published, source, language, encoding })
    }

    pub fn analyser(&self) -> Result<Analyser> {
        let syntax = match &self.model {
            Some(folder) => Pipeline::load(folder)?,
            None => Pipeline::embedded()?,
        };
        Analyser::with(syntax, self.lists.gazetteer()?)
    }

    /// Names what an analysis depends on besides the report.
    pub fn revision(&self) -> Result<String> {
        let mut revision = crate::REVISION.to_owned();
        if let Some(folder) = &self.model {
            revision += &format!(" model {}", Pipeline::digest(folder)?);
        }
        if let Some(digest) = self.lists.digest()? {
            revision += &format!(" gazetteer {digest}");
        }
        Ok(revision)
    }
}

/// Two or three small letters.
fn language(code: &str) -> std::result::Result<String, String> {
    let code = code.to_lowercase();
    let sound = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    sound.then_some(code).ok_or_else(|| "expected an ISO 639 code such as en or fr".to_owned())
}

fn encoding(name: &str) -> std::result::Result<&'static Encoding, String> {
    let expected = "expected a name such as windows-1251, koi8-r, gbk, big5, shift_jis, euc-kr, utf-16le";
    Encoding::for_label(name.as_bytes()).ok_or_else(|| format!("no encoding of that name is known; {expected}"))
}
