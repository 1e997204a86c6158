//! The options that say how reports are read, shared by `build` and `extract`; reports and an analyser out.

use super::lists::ListArgs;
use crate::Analyser;
use crate::document::{self, Options, Reports};
use crate::error::{Error, Result, shown};
use crate::relation::Rules;
use crate::syntax::Pipeline;
use clap::Args;
use encoding_rs::Encoding;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::{fs, io};

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
    /// Rules of your own (a folder of .toml files), tried before the shipped ones
    #[arg(long, value_name = "FOLDER")]
    rules: Option<PathBuf>,
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
        let analyser = Analyser::with(syntax, self.lists.gazetteer()?)?;
        Ok(match &self.rules {
            Some(folder) => analyser.with_rules(Rules::with_packs(&packs(folder)?)?),
            None => analyser,
        })
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
        if let Some(folder) = &self.rules {
            revision += &format!(" rules {}", digest(&packs(folder)?));
        }
        Ok(revision)
    }
}

/// The rule files of a folder in order of name, each with its path and text.
pub fn packs(folder: &Path) -> Result<Vec<(String, String)>> {
    let place = |source| Error::Io { path: folder.to_owned(), source };
    let entries =
        fs::read_dir(folder).and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect::<io::Result<Vec<_>>>());
    let mut files: Vec<PathBuf> = entries.map_err(place)?;
    files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
    files.sort();
    if files.is_empty() {
        let reason = "no rule file; expected files that end in .toml, with [[rule]] tables".to_owned();
        return Err(Error::Input { path: folder.to_owned(), reason });
    }
    let read = |file: PathBuf| match fs::read_to_string(&file) {
        Ok(text) => Ok((shown(&file), text)),
        Err(source) => Err(Error::Io { path: file, source }),
    };
    files.into_iter().map(read).collect()
}

/// Of names without folders and texts: the same pack elsewhere is the same.
fn digest(packs: &[(String, String)]) -> String {
    let mut hash = Sha256::new();
    for (file, text) in packs {
        hash.update(Path::new(file).file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default());
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
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
