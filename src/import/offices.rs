//! The offices (P39) of a person in Wikidata in; roles as the gazetteer writes them, and notes about those it cannot write, out.

use super::Desk;
use super::codes;
use super::item::{Item, Qualifiers, Rank, Snak, Statement, Time};
use crate::gazetteer::countries;

/// Roles, and comment lines for what is no role.
pub(super) fn read(desk: &mut Desk, item: &Item) -> (Vec<String>, Vec<String>) {
    let died = item.claims.died.iter().find_map(|s| s.value().and_then(Time::date)).map(str::to_owned);
    let (mut roles, mut notes) = (Vec::new(), Vec::new());
    for statement in item.claims.offices.iter().filter(|statement| statement.rank != Rank::Deprecated) {
        let Some(position) = statement.value().map(|reference| reference.item()) else { continue };
        let term = Term::read(&statement.qualifiers, died.as_deref());
        match role(desk, &position, statement) {
            Ok(role) => roles.push(format!("{role}{}", term.written(desk.options.checked.as_deref()))),
            Err(reason) => {
                *desk.summary.positions.entry(position.clone()).or_default() += 1;
                notes.push(format!("{}: office {position}{}: {reason}", item.id, term.written(None)));
            }
        }
    }
    roles.dedup();
    (roles, notes)
}

/// `title of ID`, or why not.
fn role(desk: &Desk, position: &str, statement: &Statement<super::item::Reference>) -> Result<String, &'static str> {
    let office = codes::position(position).ok_or("no row of wikidata-positions.tsv")?;
    let of = match office.of {
        "" => of(desk, &statement.qualifiers).ok_or("nothing tells of which body or state")?,
        id => id.to_owned(),
    };
    match desk.known.has(&of) {
        true => Ok(format!("{} of {of}", office.title)),
        false => Err("of a body or state that no list has"),
    }
}

/// The body or state that the statement itself names.
fn of(desk: &Desk, qualifiers: &Qualifiers) -> Option<String> {
    let named = [&qualifiers.of, &qualifiers.jurisdiction, &qualifiers.country];
    named.into_iter().flatten().filter_map(Snak::value).find_map(|reference| {
        let item = reference.item();
        let state = || countries().of_item(&item).map(|iso3| format!("state:{iso3}"));
        desk.known.item(&item).map(str::to_owned).or_else(state)
    })
}

/// When an office was held.
struct Term {
    start: Option<String>,
    end: Option<String>,
    /// It ended, nobody knows when.
    over: bool,
}

impl Term {
    fn read(qualifiers: &Qualifiers, died: Option<&str>) -> Self {
        let date = |snaks: &[Snak<Time>]| snaks.iter().find_map(|s| s.value().and_then(Time::date).map(str::to_owned));
        let end = date(&qualifiers.end);
        let over = end.is_none() && !qualifiers.end.is_empty();
        let start = date(&qualifiers.start);
        let end = end.or_else(|| died.filter(|_| !over && start.is_some()).map(str::to_owned));
        Self { start, end, over }
    }

    /// ` START..END`, marked as unchecked unless a source is named; nothing where the dates do not tell.
    fn written(&self, source: Option<&str>) -> String {
        let (start, end) = match (&self.start, &self.end) {
            (None, None) => return String::new(),
            (Some(_), None) if self.over => return String::new(),
            (start, end) => (start.as_deref().unwrap_or_default(), end.as_deref().unwrap_or_default()),
        };
        match source {
            Some(source) => format!(" {start}..{end} @{source}"),
            None => format!(" {}..{end}?", if start.is_empty() { String::new() } else { format!("{start}?") }),
        }
    }
}
