//! Wikidata's JSON in, an item a line (as dumps are, or JSON lines); people, places, bodies and events out.

use super::Desk;
use super::codes;
use super::item::{Item, Statement, Time, Wording, best};
use super::offices;
use super::row::{Name, Row};
use crate::analysis::EntityType;
use crate::error::Result;
use crate::gazetteer::{AliasKind, countries};
use std::path::PathBuf;

pub(super) fn import(desk: &mut Desk, files: &[PathBuf]) -> Result<()> {
    for file in files {
        let Some(mut lines) = desk.open(file) else { continue };
        while let Some(line) = lines.next() {
            let broken = match line {
                Err(error) => Some(error),
                Ok(line) => items(desk, line)?
                    .map(|(byte, found)| lines.fault(byte, found, "an item as Wikidata's JSON dumps write it")),
            };
            if let Some(error) = broken {
                desk.fault(error);
            }
        }
    }
    Ok(())
}

/// Takes the items of a line: dumps have one, a list on one line has all. Where one cannot be read: the byte, and why.
fn items(desk: &mut Desk, line: &str) -> Result<Option<(usize, String)>> {
    let mut at = 0;
    loop {
        at += line[at..].len() - line[at..].trim_start_matches(|c: char| c.is_whitespace() || "[],".contains(c)).len();
        if at == line.len() {
            return Ok(None);
        }
        desk.read_one();
        let mut stream = serde_json::Deserializer::from_str(&line[at..]).into_iter::<Item>();
        match stream.next() {
            Some(Ok(item)) => take(desk, &item)?,
            Some(Err(error)) => return Ok(Some((at + error.column().saturating_sub(1), plain(&error)))),
            None => return Ok(None),
        }
        at += stream.byte_offset();
    }
}

/// The reason without the place, which is told in the file's own lines.
fn plain(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or_default().to_owned()
}

fn take(desk: &mut Desk, item: &Item) -> Result<()> {
    if !item.kind.is_empty() && item.kind != "item" {
        desk.leave_out("properties and lexemes");
        return Ok(());
    }
    let classes: Vec<String> = best(&item.claims.instance_of).filter_map(Statement::value).map(|r| r.item()).collect();
    let Some((kind, sector)) = codes::kind_of_item(classes.iter().map(String::as_str)) else {
        desk.leave_out("of other classes");
        classes.first().into_iter().for_each(|class| desk.unknown_class(class));
        return Ok(());
    };
    let country = country(item, kind);
    if !desk.options.wants_country(country) {
        desk.leave_out("of other countries");
        return Ok(());
    }
    if kind == EntityType::Place && population(item) < desk.options.min_population {
        desk.leave_out("with fewer people");
        return Ok(());
    }
    let geonames = best(&item.claims.geonames).find_map(Statement::value).map_or("", |number| &number.0);
    let listed = desk.known.item(&item.id).or_else(|| desk.known.place(geonames)).map(str::to_owned);
    if listed.is_some() && !desk.options.keep_listed {
        desk.leave_out("in the lists already");
        return Ok(());
    }
    let Some(name) = name(desk, item) else {
        desk.leave_out("without a name in a wanted language");
        return Ok(());
    };
    let (roles, notes) = if kind == EntityType::Person { offices::read(desk, item) } else { (Vec::new(), Vec::new()) };
    let row = Row {
        id: listed.unwrap_or_else(|| format!("wikidata:{}", item.id)),
        entity_type: Some(kind),
        country: country.to_owned(),
        sector: if kind == EntityType::Person && !roles.is_empty() { "GOV" } else { sector }.to_owned(),
        gender: gender(item),
        stands_for: capital_of(desk, item, kind),
        wikidata: item.id.clone().into_owned(),
        geonames: geonames.to_owned(),
        place: position(item),
        population: if kind == EntityType::Place { population(item) } else { 0 },
        prior: prior(item.sitelinks.0),
        valid: valid(item, kind),
        aliases: aliases(desk, item, kind, name, country),
        name: name.to_owned(),
        roles,
        notes,
        ..Row::default()
    };
    desk.put(&row)
}

/// Languages whose names are wanted, the one that English reports write first. `mul` is what holds in most languages.
fn languages<'a>(desk: &'a Desk) -> impl Iterator<Item = &'a str> {
    ["en", "mul"].into_iter().chain(desk.options.languages.iter().map(String::as_str))
}

fn is_wanted(desk: &Desk, code: &str) -> bool {
    languages(desk).any(|language| language == code)
}

fn name<'i>(desk: &Desk, item: &'i Item) -> Option<&'i str> {
    let label = |code: &str| item.labels.0.iter().find(|label| label.language == code);
    languages(desk).find_map(label).map(|label| &*label.value)
}

fn aliases(desk: &Desk, item: &Item, kind: EntityType, name: &str, country: &str) -> Vec<Name> {
    let terms = item.labels.0.iter().chain(item.aliases.0.iter().flatten());
    let terms = terms.filter(|term| is_wanted(desk, &term.language)).map(|term| &*term.value);
    let official = wordings(desk, &item.claims.official_names);
    let mut names: Vec<Name> = terms.chain(official).map(|text| alias(text, kind, name, country)).collect();
    names.extend(wordings(desk, &item.claims.short_names).map(|text| match is_acronym(text) {
        true => acronym(text),
        false => Name::new(text, AliasKind::Short),
    }));
    if matches!(kind, EntityType::Place | EntityType::Other) {
        names.extend(wordings(desk, &item.claims.demonyms).map(|text| Name::new(text, AliasKind::Demonym)));
    }
    if kind == EntityType::Person {
        names.extend(surname(name, country).map(|text| Name::in_context(text, AliasKind::Surname)));
    }
    names
}

fn wordings<'i>(desk: &Desk, statements: &'i [Statement<Wording>]) -> impl Iterator<Item = &'i str> {
    let wanted = best(statements).filter_map(Statement::value).filter(|wording| is_wanted(desk, &wording.language));
    wanted.map(|wording| &*wording.text)
}

/// One word of a person's is a surname or nickname: it counts beside the full name only.
fn alias(text: &str, kind: EntityType, name: &str, country: &str) -> Name {
    match kind {
        _ if is_acronym(text) => acronym(text),
        EntityType::Person if surname(name, country) == Some(text) => Name::in_context(text, AliasKind::Surname),
        EntityType::Person if text != name && !text.contains(' ') => Name::in_context(text, AliasKind::Short),
        _ => Name::new(text, AliasKind::Name),
    }
}

fn is_acronym(text: &str) -> bool {
    let signs = text.chars().filter(|c| c.is_alphanumeric()).count();
    (2..=6).contains(&signs)
        && text.starts_with(char::is_uppercase)
        && text.chars().all(|c| c.is_uppercase() || ".&-0123456789".contains(c))
}

/// Two or three letters mean too much by themselves.
fn acronym(text: &str) -> Name {
    match text.chars().filter(|c| c.is_alphabetic()).count() {
        0..=3 => Name::in_context(text, AliasKind::Acronym),
        _ => Name::new(text, AliasKind::Acronym),
    }
}

/// The last word of a name, or the first where surnames stand first; none where that word is a suffix or number.
fn surname<'n>(name: &'n str, country: &str) -> Option<&'n str> {
    let (first, rest) = name.split_once(' ')?;
    let last = rest.rsplit(' ').next()?;
    let word = if countries().surname_first(country) { first } else { last };
    let numeral = word.chars().all(|c| "IVX".contains(c));
    (!numeral && !word.ends_with('.') && word.chars().next().is_some_and(char::is_uppercase)).then_some(word)
}

/// Of several states the one that still holds; none where two do.
fn country(item: &Item, kind: EntityType) -> &'static str {
    let statements = if kind == EntityType::Person { &item.claims.citizenship } else { &item.claims.country };
    let code = |s: &Statement<_>| s.value().and_then(|r: &super::item::Reference| countries().of_item(&r.item()));
    let own = countries().of_item(&item.id);
    let lasting: Vec<&str> = best(statements).filter(|s| s.qualifiers.end.is_empty()).filter_map(code).collect();
    match (own, &lasting[..]) {
        (Some(own), _) => own,
        (None, [only]) => only,
        (None, [first, others @ ..]) if others.iter().all(|other| other == first) => first,
        (None, []) => best(statements).filter_map(code).last().unwrap_or_default(),
        _ => "",
    }
}

fn gender(item: &Item) -> &'static str {
    let item = best(&item.claims.gender).find_map(Statement::value).map(|gender| gender.item());
    match item.as_deref() {
        Some("Q6581097" | "Q2449503") => "m",
        Some("Q6581072" | "Q1052281") => "f",
        _ => "",
    }
}

fn capital_of(desk: &Desk, item: &Item, kind: EntityType) -> String {
    let lasting = best(&item.claims.capital_of).filter(|s| s.qualifiers.end.is_empty());
    let mut states = lasting.filter_map(Statement::value).filter_map(|r| countries().of_item(&r.item()));
    let state = states.next().map(|iso3| format!("state:{iso3}"));
    state.filter(|id| kind == EntityType::Place && desk.known.has(id)).unwrap_or_default()
}

fn position(item: &Item) -> Option<(String, String)> {
    let at = best(&item.claims.place).find_map(Statement::value)?;
    let sound = at.latitude.abs() <= 90.0 && at.longitude.abs() <= 180.0;
    sound.then(|| (rounded(at.latitude), rounded(at.longitude)))
}

/// Five places are a metre.
fn rounded(degrees: f64) -> String {
    format!("{degrees:.5}").trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The latest figure of those that count.
fn population(item: &Item) -> u64 {
    let day =
        |s: &Statement<_>| s.qualifiers.day.iter().find_map(|d| d.value().and_then(Time::date).map(str::to_owned));
    let latest = best(&item.claims.population).max_by_key(|statement| day(statement));
    let amount = latest.and_then(Statement::value).map_or("", |amount| &amount.amount);
    amount.trim_start_matches('+').split('.').next().and_then(|whole| whole.parse().ok()).unwrap_or(0)
}

/// What as many as 300 Wikipedias tell about is 1000, a page in one is some 120.
fn prior(pages: u32) -> u32 {
    let share = f64::from(pages + 1).ln() / 301_f64.ln();
    ((share * 1000.0).round() as u32).min(1000)
}

fn valid(item: &Item, kind: EntityType) -> String {
    let date = |statements: &[Statement<Time>]| {
        best(statements).find_map(|s| s.value().and_then(Time::date).map(str::to_owned))
    };
    let claims = &item.claims;
    let (start, end) = match kind {
        EntityType::Person => return String::new(),
        EntityType::Event => {
            let day = date(&claims.happened);
            (date(&claims.started).or_else(|| day.clone()), date(&claims.ended).or(day))
        }
        _ => (date(&claims.founded), date(&claims.dissolved)),
    };
    match (start, end) {
        (None, None) => String::new(),
        (start, end) => format!("{}..{}", start.unwrap_or_default(), end.unwrap_or_default()),
    }
}

impl Desk<'_> {
    fn unknown_class(&mut self, item: &str) {
        *self.summary.classes.entry(item.to_owned()).or_default() += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acronyms_and_surnames_are_told_by_their_look() {
        assert!(is_acronym("NATO") && is_acronym("U.N.") && is_acronym("G20"));
        assert!(!is_acronym("Nato") && !is_acronym("A B") && !is_acronym("X"));
        assert_eq!(surname("Ada Quill", "GBR"), Some("Quill"));
        assert_eq!(surname("Quill Ada", "CHN"), Some("Quill"));
        assert_eq!(surname("Ada Quill Jr.", "USA"), None);
        assert_eq!(surname("Henrik IV", "DNK"), None);
    }

    #[test]
    fn priors_grow_with_pages() {
        assert_eq!((prior(0), prior(300), prior(5000)), (0, 1000, 1000));
        assert!(prior(1) > 100 && prior(10) > prior(1));
    }
}
