//! The names of entities in; unknown kinds and flags, everyday words, and names that two claim for themselves out.

use super::Desk;
use super::sheet::{Line, Sheet};
use super::world::like;
use crate::gazetteer::{AliasKind, is_everyday_word};
use rustc_hash::FxHashMap;

const FLAGS: [&str; 4] = ["folded", "context", "article", "ambiguous"];

/// Which entities claim a name without a flag.
#[derive(Default)]
pub(super) struct Names<'a> {
    claims: FxHashMap<&'a str, Vec<Claim<'a>>>,
}

struct Claim<'a> {
    file: &'a str,
    line: Line<'a>,
    text: &'a str,
    id: &'a str,
    /// Its row tells people or a prior, which settle who is meant.
    weighed: bool,
}

impl<'a> Names<'a> {
    pub fn check(&mut self, desk: &mut Desk, sheet: &Sheet<'a>) {
        for &line in &sheet.lines {
            let name = sheet.cell(line, "name").trim();
            let aliases: Vec<&str> = sheet.items(line, "aliases").collect();
            for (at, alias) in aliases.iter().enumerate() {
                let text = text(alias);
                written(desk, line, alias);
                if aliases[..at].iter().any(|earlier| self::text(earlier) == text) {
                    desk.warning(
                        "duplicate",
                        line,
                        alias,
                        format!("{text:?} a second time"),
                        "each name once in a row",
                    );
                }
                self.claim(desk, sheet, line, alias, text);
            }
            // A row that repeats its own name gives that name's flags.
            if !aliases.iter().any(|alias| text(alias) == name) {
                self.claim(desk, sheet, line, name, name);
            }
        }
    }

    /// Notes a name that stands for its entity by itself.
    fn claim(&mut self, desk: &mut Desk, sheet: &Sheet<'a>, line: Line<'a>, written: &'a str, text: &'a str) {
        let flagged = flags(written).any(|flag| flag != "folded");
        if flagged || text.is_empty() {
            return;
        }
        everyday(desk, line, written, text);
        let weighed = ["population", "prior"].iter().any(|column| !sheet.cell(line, column).trim().is_empty());
        let claim = Claim { file: sheet.file, line, text, id: sheet.cell(line, "id").trim(), weighed };
        self.claims.entry(text).or_default().push(claim);
    }

    /// Names that several entities claim, none of which says that it is ambiguous.
    pub fn clashes(self, desk: &mut Desk<'a>) {
        for (text, claims) in self.claims {
            let unweighed = claims.iter().filter(|claim| !claim.weighed).count();
            let Some((first, later)) = claims.split_first().filter(|_| unweighed > 1) else { continue };
            for claim in later.iter().filter(|claim| claim.id != first.id) {
                desk.file = claim.file;
                let found =
                    format!("{text:?}, which {} has without a flag ({}:{})", first.id, first.file, first.line.number);
                let expected = "at most one entity that a name means by itself";
                let advice = format!("{text}|name|ambiguous, or |context");
                desk.warning("clash", claim.line, claim.text, found, expected).suggest(Some(advice));
            }
        }
    }
}

fn text(alias: &str) -> &str {
    alias.split('|').next().unwrap_or_default().trim()
}

fn flags(alias: &str) -> impl Iterator<Item = &str> {
    alias.split('|').skip(2).flat_map(|part| part.split(',')).map(str::trim).filter(|flag| !flag.is_empty())
}

/// `text`, `text|kind` or `text|kind|flag,flag`.
fn written(desk: &mut Desk, line: Line, alias: &str) {
    let text = text(alias);
    if text.is_empty() {
        desk.error(
            "alias",
            line,
            alias,
            format!("an alias without a text, {alias:?}"),
            "text, text|kind or text|kind|flags",
        );
    }
    if text.contains(',') {
        let found = format!("a comma in {text:?}");
        desk.error("alias", line, alias, found, "names without commas: no match goes across one");
    }
    let kinds = || AliasKind::ALL.into_iter().map(AliasKind::as_str);
    if let Some(kind) =
        alias.split('|').nth(1).map(str::trim).filter(|kind| !kind.is_empty() && AliasKind::parse(kind).is_none())
    {
        let expected = kinds().collect::<Vec<_>>().join(", ");
        desk.error("alias", line, kind, format!("alias kind {kind:?}"), &expected).suggest(like(kind, kinds()));
    }
    for flag in flags(alias).filter(|flag| !FLAGS.contains(flag)) {
        desk.error("alias", line, flag, format!("alias flag {flag:?}"), &FLAGS.join(", "))
            .suggest(like(flag, FLAGS.into_iter()));
    }
}

/// One word with a capital that English uses as well, not by its letters alone an acronym.
fn everyday(desk: &mut Desk, line: Line, written: &str, text: &str) {
    let acronym = text.chars().all(|c| !c.is_lowercase());
    let demonym = written.split('|').nth(1).map(str::trim) == Some("demonym");
    if !acronym && !demonym && !text.contains([' ', '-']) && is_everyday_word(&text.to_lowercase()) {
        let found = format!("{text:?}, an everyday English word");
        let advice = format!("{text}|name|ambiguous, or |context");
        desk.warning("common-word", line, written, found, "a flag on such a name").suggest(Some(advice));
    }
}
