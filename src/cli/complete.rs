//! The line before the cursor in; what could stand at it out: commands and options of the definition, and names, edges and relations
//! of the database that the line means.

use super::grades::{self, Grades};
use super::phrase::{arrow, short};
use super::{Cli, config, log};
use crate::error::Result;
use crate::graph::Store;
use clap::{Arg, Command, CommandFactory};
use clap_complete::CompletionCandidate;
use clap_complete::engine::ArgValueCompleter;
use clap_complete::env::{Bash, CompleteEnv, Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};
use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Set by the shells' scripts: the shell that asks.
const ASKED: &str = "WIREGRAPH_COMPLETE";
/// More candidates than these are no help.
const SHOWN: i64 = 50;
/// Who presses a key does not wait longer; what is not found by then is not offered.
const PATIENCE: Duration = Duration::from_millis(400);

const SHELLS: Shells<'static> = Shells(&[&OwnBash, &Elvish, &Fish, &Powershell, &Zsh]);

/// What an argument's value names.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Entity,
    Edge,
    Document,
    Source,
    Relation,
    Class,
    Judgement,
}

/// Answers a shell's question and ends the program; does nothing if none was asked.
pub fn answer() {
    if env::var_os(ASKED).is_some() {
        CompleteEnv::with_factory(definition)
            .var(ASKED)
            .bin("wiregraph")
            .completer("wiregraph")
            .shells(SHELLS)
            .complete();
    }
}

/// The script by which a shell asks.
pub fn script(shell: &str) -> io::Result<Vec<u8>> {
    let mut script = Vec::new();
    if let Some(shell) = SHELLS.completer(shell) {
        shell.write_registration(ASKED, "wiregraph", "wiregraph", "wiregraph", &mut script)?;
    }
    Ok(script)
}

/// The command line, each argument with what completes it.
fn definition() -> Command {
    let command = config::with_defaults(Cli::command()).unwrap_or_else(|_| Cli::command());
    let names: Vec<String> = command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| {
        let completed = |arg: Arg| match kind(&name, arg.get_id().as_str()) {
            Some(kind) => arg.add(ArgValueCompleter::new(move |current: &OsStr| candidates(kind, current))),
            None => arg,
        };
        command.mut_subcommand(&name, |sub| sub.mut_args(completed))
    })
}

fn kind(command: &str, argument: &str) -> Option<Kind> {
    Some(match (command, argument) {
        ("rename", "name") => return None,
        ("sources", "name") | ("build" | "extract", "source") => Kind::Source,
        (_, "name" | "a" | "b" | "entity" | "merged" | "around" | "avoid") => Kind::Entity,
        (_, "edge") => Kind::Edge,
        (_, "document" | "documents") => Kind::Document,
        (_, "relation") => Kind::Relation,
        (_, "class") => Kind::Class,
        ("undo", "number") => Kind::Judgement,
        _ => return None,
    })
}

/// Without a database there is nothing to offer, and no message could be read at this place.
fn candidates(kind: Kind, current: &OsStr) -> Vec<CompletionCandidate> {
    let typed = current.to_string_lossy().replace('\\', "");
    let offers = Store::open_read_only(&database()).and_then(|mut store| {
        let end = Instant::now() + PATIENCE;
        store.connection_mut().progress_handler(10_000, Some(move || Instant::now() > end))?;
        offers(&store, kind, typed.trim_start())
    });
    let offers = offers.unwrap_or_default();
    let candidate = |(at, (value, help)): (usize, (String, String))| {
        CompletionCandidate::new(value).help(Some(help.into())).display_order(Some(at))
    };
    offers.into_iter().enumerate().map(candidate).collect()
}

/// Values that begin with what was typed, each with a word on it; the likeliest first.
type Offers = Vec<(String, String)>;

fn offers(store: &Store, kind: Kind, typed: &str) -> Result<Offers> {
    match kind {
        Kind::Entity => rows(store, ENTITIES, &typed.to_lowercase()),
        Kind::Document => rows(store, DOCUMENTS, typed),
        Kind::Relation => rows(store, RELATIONS, &typed.to_lowercase()),
        Kind::Class => rows(store, CLASSES, &typed.to_lowercase()),
        Kind::Edge => edges(store, typed),
        Kind::Source => sources(store, typed),
        Kind::Judgement => judgements(store, typed),
    }
}

/// By the index of names; of the first few hundred that match, the most mentioned entities, each by its own name if that matches.
const ENTITIES: &str = "
WITH found AS (
    SELECT a.folded, a.text, coalesce(r.same_as, r.id) AS entity FROM alias a JOIN entity r ON r.id = a.entity
    WHERE a.folded >= ?1 AND a.folded < ?1 || char(1114111) AND a.kind <> 'role' LIMIT 400),
named AS (
    SELECT e.name, e.type, e.id, min(CASE f.folded WHEN lower(e.name) THEN '' ELSE f.text END) AS other
    FROM found f JOIN entity e ON e.id = f.entity GROUP BY e.id)
SELECT CASE other WHEN '' THEN name ELSE other END, name || ', ' || lower(type)
FROM named ORDER BY (SELECT count(*) FROM (SELECT 1 FROM mention m WHERE m.entity = named.id LIMIT 1000)) DESC, name LIMIT ?2";

/// By the beginning of the name, else of its last part.
const DOCUMENTS: &str = "
SELECT name, coalesce(source || ', ', '') || coalesce(published, 'no date') FROM (
    SELECT * FROM document WHERE name >= ?1 AND name < ?1 || char(1114111)
    UNION SELECT * FROM (SELECT * FROM document WHERE instr(name, '/' || ?1) > 0 LIMIT ?2)) ORDER BY name LIMIT ?2";

const RELATIONS: &str = "
SELECT name, count(*) || ' edges' FROM (SELECT predicate AS name FROM relation UNION ALL SELECT class FROM relation)
WHERE substr(lower(name), 1, length(?1)) = ?1 GROUP BY name ORDER BY count(*) DESC, name LIMIT ?2";

const CLASSES: &str = "
SELECT class, count(*) || ' edges' FROM relation WHERE substr(lower(class), 1, length(?1)) = ?1
GROUP BY class ORDER BY count(*) DESC, class LIMIT ?2";

fn rows(store: &Store, sql: &str, typed: &str) -> Result<Offers> {
    let mut query = store.connection().prepare(sql)?;
    let rows = query.query_map((typed, SHOWN), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn edges(store: &Store, typed: &str) -> Result<Offers> {
    let digits = if typed.is_empty() { "0" } else { typed };
    let edges = store.edges_by_id(&digits.to_lowercase())?;
    let id = |id: &str| if short(id).len() > typed.len() { short(id).to_owned() } else { id.to_owned() };
    Ok(edges.iter().take(SHOWN as usize).map(|edge| (id(&edge.id), arrow(edge))).collect())
}

fn sources(store: &Store, typed: &str) -> Result<Offers> {
    let (typed, grades) = (typed.to_lowercase(), Grades::nearest().unwrap_or_default());
    let grade = |name: &str| grades.grade(Some(name)).map_or("ungraded".to_owned(), |grade| format!("grade {grade:?}"));
    let names = grades::sources(store)?.into_iter().filter(|name| name.to_lowercase().starts_with(&typed));
    Ok(names.map(|name| (name.clone(), grade(&name))).collect())
}

fn judgements(store: &Store, typed: &str) -> Result<Offers> {
    let log = store.judgements()?.into_iter().rev().filter(|judgement| !judgement.undone);
    let told = log.map(|judgement| Ok((judgement.number.to_string(), log::words(store, &judgement.verdict)?)));
    let offers: Offers = told.collect::<Result<_>>()?;
    Ok(offers.into_iter().filter(|(number, _)| number.starts_with(typed)).collect())
}

/// The database that the line means: that of its `--db`, else the one that a command would take.
fn database() -> PathBuf {
    let words: Vec<OsString> = env::args_os().collect();
    let plain = |word: &OsStr| PathBuf::from(word.to_string_lossy().trim_matches(['"', '\'']));
    for (at, word) in words.iter().enumerate() {
        // A shell may take the two sides of `=` for words of their own.
        let mut after = words[at + 1..].iter().filter(|word| *word != "=");
        match (word == "--db", word.to_str().and_then(|word| word.strip_prefix("--db="))) {
            (true, _) => return after.next().map(|word| plain(word)).unwrap_or_default(),
            (_, Some(path)) => return plain(path.as_ref()),
            _ => {}
        }
    }
    let configured = || {
        let definition = config::with_defaults(Cli::command()).ok()?;
        let value = definition.get_arguments().find(|arg| arg.get_id() == "db")?.get_default_values().first()?.clone();
        Some(PathBuf::from(value))
    };
    env::var_os("WIREGRAPH_DB").map(PathBuf::from).or_else(configured).unwrap_or_default()
}

/// The crate's own script splits candidates at blanks and quotes none, and names have blanks.
struct OwnBash;

const BASH: &str = r#"_wiregraph() {
    local at candidate words=()
    for ((at = 0; at < COMP_CWORD; at++)); do
        # bash takes --option=value for three words.
        [[ "${COMP_WORDS[at]}" == "=" ]] || words+=("${COMP_WORDS[at]}")
    done
    COMPREPLY=()
    while IFS= read -r candidate || [[ -n "$candidate" ]]; do
        COMPREPLY+=("$candidate")
    done < <(_CLAP_IFS=$'\n' _CLAP_COMPLETE_INDEX="${#words[@]}" VAR=bash "COMPLETER" -- "${words[@]}" "$2" 2>/dev/null)
    if [[ "${COMPREPLY-}" =~ [=/:]$ ]]; then
        compopt -o nospace 2>/dev/null
    fi
}
# filenames: blanks and quotes in names are escaped as those of files are.
complete -o filenames -o bashdefault -o nosort -F _wiregraph wiregraph 2>/dev/null ||
    complete -o filenames -o bashdefault -F _wiregraph wiregraph
"#;

impl EnvCompleter for OwnBash {
    fn name(&self) -> &'static str {
        Bash.name()
    }

    fn is(&self, name: &str) -> bool {
        Bash.is(name)
    }

    fn write_registration(&self, var: &str, _: &str, _: &str, completer: &str, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(BASH.replace("VAR", var).replace("COMPLETER", completer).as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        Bash.write_complete(command, words, folder, out)
    }
}
