//! `wiregraph.toml`, found upward from here, and `WIREGRAPH_*` in; the command line's definition with other defaults out.
//!
//! An option comes from the command line, else from the environment (`WIREGRAPH_DB`, `WIREGRAPH_MIN_ORIGINS`), else from the
//! file (`db = "news.db"` for every command that has it, `[rank] limit = 5` for one), else from the definition.

use crate::error::{Error, Result};
use clap::{Arg, Command};
use std::path::{Path, PathBuf};
use std::{env, fs};
use toml::{Table, Value};

const FILE: &str = "wiregraph.toml";
/// Options whose relative paths count from the file's folder.
const PATHS: [&str; 4] = ["db", "out", "model", "sources"];
/// Grades of outlets, which are no settings: see `grades`.
const GRADES: &str = "sources";

struct Config {
    path: PathBuf,
    table: Table,
}

/// The definition with the defaults of file and environment.
///
/// # Errors
/// [`Error::Data`] if the file is no TOML, or names what is no option.
pub fn with_defaults(command: Command) -> Result<Command> {
    let config = Config::find()?;
    if let Some(config) = &config {
        config.check(&command)?;
    }
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let command = command.mut_args(|arg| configured(arg, config.as_ref(), None));
    Ok(names.into_iter().fold(command, |command, name| {
        let change = |arg| configured(arg, config.as_ref(), Some(&name));
        command.mut_subcommand(&name, |sub| sub.mut_args(change))
    }))
}

fn configured(arg: Arg, config: Option<&Config>, command: Option<&str>) -> Arg {
    let Some(long) = arg.get_long().map(str::to_owned).filter(|_| is_setting(&arg)) else { return arg };
    let arg = arg.env(format!("WIREGRAPH_{}", long.to_uppercase().replace('-', "_"))).hide_env(true);
    match config.and_then(|config| config.value(&long, command)) {
        Some(values) => arg.default_values(values),
        None => arg,
    }
}

/// Options that say how, and not what: what a decision or a change is about stands on the command line alone.
fn is_setting(arg: &Arg) -> bool {
    const NOT: [&str; 11] =
        ["help", "version", "in", "named", "because", "save", "load", "between", "around", "output", "on"];
    arg.get_long().is_some_and(|long| !NOT.contains(&long))
}

impl Config {
    /// The nearest file, from the working folder upward.
    fn find() -> Result<Option<Self>> {
        let here = here()?;
        let Some(path) = here.ancestors().map(|folder| folder.join(FILE)).find(|path| path.is_file()) else {
            return Ok(None);
        };
        let text = fs::read_to_string(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
        let table = text.parse().map_err(|error: toml::de::Error| Error::Data {
            place: path.display().to_string(),
            found: error.message().to_owned(),
            expected: "lines such as: db = \"news/graph.db\"".into(),
        })?;
        Ok(Some(Self { path, table }))
    }

    /// What the file says of an option: of a command's own, else of all.
    fn value(&self, option: &str, command: Option<&str>) -> Option<Vec<String>> {
        let own = command
            .filter(|command| *command != GRADES)
            .and_then(|command| self.table.get(command)?.as_table()?.get(option));
        let value = own.or_else(|| self.table.get(option).filter(|value| !value.is_table()))?;
        let values = match value {
            Value::Array(values) => values.iter().map(text).collect(),
            value => vec![text(value)],
        };
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let placed = |value: String| folder.join(value).to_string_lossy().into_owned();
        Some(if PATHS.contains(&option) { values.into_iter().map(placed).collect() } else { values })
    }

    /// Every name in the file is an option, or a command with options of its own.
    fn check(&self, command: &Command) -> Result<()> {
        let all: Vec<&Arg> =
            command.get_arguments().chain(command.get_subcommands().flat_map(Command::get_arguments)).collect();
        for (name, value) in &self.table {
            match (value.as_table(), command.find_subcommand(name)) {
                (Some(_), Some(_)) if name == GRADES => {}
                (Some(own), Some(sub)) => {
                    let known: Vec<&Arg> = sub.get_arguments().chain(command.get_arguments()).collect();
                    own.keys().try_for_each(|option| self.expect(option, &known))?;
                }
                _ => self.expect(name, &all)?,
            }
        }
        Ok(())
    }

    fn expect(&self, option: &str, known: &[&Arg]) -> Result<()> {
        let mut names: Vec<&str> =
            known.iter().filter(|arg| is_setting(arg)).filter_map(|arg| arg.get_long()).collect();
        if names.contains(&option) {
            return Ok(());
        }
        let like = |name: &&str| strsim::normalized_damerau_levenshtein(name, option);
        names.sort_by(|a, b| like(b).total_cmp(&like(a)));
        Err(Error::Data {
            place: self.path.display().to_string(),
            found: format!("\"{option}\" is no option here"),
            expected: format!("one such as {}", names.into_iter().take(3).collect::<Vec<_>>().join(", ")),
        })
    }
}

/// The working folder; it may have been removed under the shell.
pub fn here() -> Result<PathBuf> {
    env::current_dir().map_err(|source| Error::Io { path: "the working folder".into(), source })
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
