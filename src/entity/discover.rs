//! Capitalised words that no list has, in; provisional people and bodies out, where title or name grammar leaves no doubt.

use super::located::Located;
use super::registry::{Entity, EntityIx, Mention, Registry};
use crate::analysis::{EntityType, MentionKind};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Placed, Pos, Token};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Adds mentions of unlisted names. A surname alone counts after the full name, in the same document.
pub fn discover(registry: &mut Registry, sentences: &[Placed], lexicon: &Lexicon) {
    let mut surnames: FxHashMap<String, EntityIx> = FxHashMap::default();
    let listed = registry.mentions.len();
    for Placed { sentence, .. } in sentences {
        let located = Located::new(sentence, &registry.mentions[..listed]);
        let found: Vec<(Span, Provisional)> =
            runs(&located).into_iter().filter_map(|run| name(&located, run, lexicon, registry, &surnames)).collect();
        if found.is_empty() {
            continue;
        }
        for (span, provisional) in found {
            let entity = match provisional {
                Provisional::Known(entity) => entity,
                Provisional::New(entity) => {
                    let surname = entity.name.rsplit(' ').next().unwrap_or_default().to_owned();
                    let person = entity.entity_type == EntityType::Person;
                    let ix = registry.intern(entity);
                    if person {
                        surnames.insert(surname, ix);
                    }
                    ix
                }
            };
            registry.mentions.push(Mention { span, kind: MentionKind::Name, entity, demonym: false, actor: false });
        }
    }
    registry.sort();
}

enum Provisional {
    Known(EntityIx),
    New(Entity),
}

/// Tokens `first..=last` of proper nouns that no mention covers.
type Run = (usize, usize);

fn runs(located: &Located) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (t, token) in located.tokens().iter().enumerate() {
        let capital = token.text.chars().next().is_some_and(char::is_uppercase);
        let part = token.pos == Pos::Propn && capital && located.covering(t).is_none();
        match runs.last_mut() {
            Some(run) if part && run.1 + 1 == t && adjoins(located, t) => run.1 = t,
            Some(run) if part && joined_by_hyphen(located, run.1, t) => run.1 = t,
            _ if part => runs.push((t, t)),
            _ => {}
        }
    }
    runs
}

/// One blank between the token and the one before it.
fn adjoins(located: &Located, token: usize) -> bool {
    located.token(token).span.start <= located.token(token - 1).span.end + 1
}

fn joined_by_hyphen(located: &Located, last: usize, token: usize) -> bool {
    token == last + 2
        && located.token(last + 1).text == "-"
        && located.token(token).span.start == located.token(last).span.end + 1
}

fn name(
    located: &Located,
    run: Run,
    lexicon: &Lexicon,
    registry: &Registry,
    surnames: &FxHashMap<String, EntityIx>,
) -> Option<(Span, Provisional)> {
    let (mut first, last) = run;
    let is_title = |t: &Token| lexicon.titles.has(&t.text.trim_end_matches('.').to_lowercase());
    let whole = first;
    while first < last && (is_title(located.token(first)) || located.token(first).pos == Pos::Punct) {
        first += 1;
    }
    if is_title(located.token(first)) {
        return None;
    }
    let span = located.token(first).span.cover(located.token(last).span);
    let words: Vec<&str> = (first..=last).map(|t| located.token(t).text.as_str()).collect();
    if let ([surname], Some(entity)) = (&words[..], surnames.get(*words.last()?)) {
        return located.token(first).text.eq(*surname).then_some((span, Provisional::Known(*entity)));
    }
    let body = lexicon.body_heads.has(&words.last()?.to_lowercase());
    let titled = first > whole || whole > 0 && is_title(located.token(whole - 1)) && adjoins(located, whole);
    let kind = match (body, titled) {
        (true, _) if words.len() >= 2 => EntityType::Org,
        (false, true) => EntityType::Person,
        (false, false) if of_kind(located, last, lexicon) => EntityType::Place,
        (false, false) if words.len() >= 2 && words.len() <= 4 && speaks(located, last, lexicon) => EntityType::Person,
        _ => return None,
    };
    let country = owner_country(located, last, whole, registry);
    Some((span, Provisional::New(provisional(&words.join(" ").replace(" - ", "-"), kind, country))))
}

/// The name is the subject of a verb of speech, or an apposition says that it is a person's.
fn speaks(located: &Located, last: usize, lexicon: &Lexicon) -> bool {
    let word = located.token(last);
    let verb = located.token(word.head).lemma.to_lowercase();
    let person = |t: usize| lexicon.person_nouns.has(&located.token(t).lemma.to_lowercase());
    let explained = located.sentence.children(last).any(|c| located.token(c).dep == Dep::Appos && person(c));
    let explains = word.dep == Dep::Appos && person(word.head);
    explained || explains || word.dep == Dep::Nsubj && lexicon.quoting.has(&verb)
}

/// "the town of X".
fn of_kind(located: &Located, last: usize, lexicon: &Lexicon) -> bool {
    let word = located.token(last);
    let of = located.token(word.head);
    word.dep == Dep::Pobj && of.lemma == "of" && lexicon.kinds.has(&located.token(of.head).lemma.to_lowercase())
}

/// "Gambian President Dawda Jawara": the nationality before the title is the person's country.
fn owner_country(located: &Located, head: usize, first: usize, registry: &Registry) -> Option<String> {
    let beside = first.checked_sub(1).into_iter().chain(located.owners(head));
    let near = beside.chain(located.sentence.children(head).filter(|&c| located.token(c).dep.is_premodifier()));
    near.filter_map(|t| located.entity(t, registry).or_else(|| possessor(located, t, registry)))
        .find_map(|e| registry.entity(e).country.clone())
}

/// "Niger's ambassador X": the token before is the possessive mark.
fn possessor(located: &Located, token: usize, registry: &Registry) -> Option<EntityIx> {
    let mark = located.token(token).tag == crate::syntax::Tag::Pos;
    token.checked_sub(1).filter(|_| mark).and_then(|t| located.entity(t, registry))
}

fn provisional(name: &str, entity_type: EntityType, country: Option<String>) -> Entity {
    let slug = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
    let kind = match entity_type {
        EntityType::Person => "person",
        EntityType::Place => "place",
        _ => "org",
    };
    Entity {
        id: format!("discovered:{kind}/{slug}"),
        name: name.to_owned(),
        entity_type,
        country,
        sector: None,
        stands_for: None,
        discovered: true,
        entry: None,
    }
}
