//! Matches of the gazetteer in, one entity per mention out: aliases, surnames, states beside institutions, learned acronyms.

use super::registry::{Entity, EntityIx, Mention, Registry};
use crate::document::{Block, Document};
use crate::gazetteer::{Alias, AliasKind, Candidate, EntryId, Gazetteer};
use crate::lexicon::Lexicon;
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// A match in one block, with the words beside it.
struct Hit {
    block: usize,
    /// Bytes of the block's text.
    span: Span,
    candidates: Vec<Candidate>,
    before: Option<Beside>,
    after: Option<Beside>,
    /// It opens a sentence, so its capital says nothing.
    opening: bool,
}

/// The word next to a match, one blank away.
struct Beside {
    word: String,
    /// It opens a sentence, so its capital says nothing.
    opening: bool,
    /// It belongs to another match.
    named: bool,
}

impl Beside {
    /// A capitalised word that no list explains: the match may be part of a longer name.
    fn unexplained(&self, lexicon: &Lexicon) -> bool {
        let capital = self.word.chars().next().is_some_and(char::is_uppercase);
        capital && !self.opening && !self.named && !lexicon.titles.has(&self.word.to_lowercase())
    }
}

struct Chooser<'a> {
    gazetteer: &'a Gazetteer,
    lexicon: &'a Lexicon,
    document: &'a Document,
    /// Entries that the document names beyond doubt.
    anchored: FxHashSet<EntryId>,
    votes: FxHashMap<&'a str, usize>,
}

/// Every named mention of the document, in text order, with its entity.
pub fn names(document: &Document, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Registry {
    let hits = hits(document, gazetteer);
    let mut chooser =
        Chooser { gazetteer, lexicon, document, anchored: FxHashSet::default(), votes: FxHashMap::default() };
    chooser.anchor(&hits);
    let mut registry = Registry::default();
    let chosen: Vec<_> = hits.iter().map(|h| chooser.entity(h, &mut registry)).collect();
    for (hit, choice) in hits.iter().zip(&chosen) {
        if let Some((entity, demonym)) = choice {
            registry.mentions.push(mention(document, hit, *entity, *demonym));
        }
    }
    chooser.institutions(&hits, &chosen, &mut registry);
    chooser.shared_heads(&hits, &chosen, &mut registry);
    acronyms(document, &mut registry);
    registry.sort();
    registry
}

fn mention(document: &Document, hit: &Hit, entity: EntityIx, demonym: bool) -> Mention {
    let span = document.blocks[hit.block].in_document(hit.span);
    Mention { demonym, ..Mention::name(span, entity) }
}

fn hits(document: &Document, gazetteer: &Gazetteer) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (number, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.holds_names()) {
        let found = gazetteer.find(&block.text);
        for (i, f) in found.iter().enumerate() {
            let previous = i.checked_sub(1).map(|p| found[p].span);
            let next = found.get(i + 1).map(|n| n.span);
            hits.push(Hit {
                block: number,
                span: f.span,
                candidates: f.candidates.clone(),
                before: word_before(block, f.span, previous),
                after: word_after(block, f.span, next),
                opening: opens(&block.text[..f.span.start]),
            });
        }
    }
    hits
}

fn word_before(block: &Block, span: Span, previous: Option<Span>) -> Option<Beside> {
    let head = block.text[..span.start].strip_suffix(' ')?;
    let start = head.rfind(|c: char| !c.is_alphanumeric() && c != '.').map_or(0, |i| i + char_at(head, i));
    let word = head[start..].trim_end_matches('.').to_owned();
    let opening = opens(&head[..start]);
    Some(Beside { word, opening, named: previous.is_some_and(|p| p.end > start) }).filter(|b| !b.word.is_empty())
}

fn word_after(block: &Block, span: Span, next: Option<Span>) -> Option<Beside> {
    let tail = block.text[span.end..].strip_prefix(' ')?;
    let end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let named = next.is_some_and(|n| n.start == span.end + 1);
    Some(Beside { word: tail[..end].to_owned(), opening: false, named }).filter(|b| !b.word.is_empty())
}

/// Whether what comes next opens a sentence or a quotation.
fn opens(before: &str) -> bool {
    before.trim_end().chars().next_back().is_none_or(|c| ".!?:;\"“”'‘’—(".contains(c))
}

fn char_at(text: &str, index: usize) -> usize {
    text[index..].chars().next().map_or(0, char::len_utf8)
}

impl<'a> Chooser<'a> {
    fn alias(&self, entry: EntryId, alias: usize) -> Alias<'a> {
        self.gazetteer.entry(entry).alias(alias)
    }

    fn anchor(&mut self, hits: &[Hit]) {
        for hit in hits {
            let [Candidate::Entity { entry, alias }] = hit.candidates[..] else { continue };
            let a = self.alias(entry, alias);
            if !a.needs_context() && !a.is_ambiguous() && self.stands(hit, a) {
                self.anchored.insert(entry);
                if let Some(country) = self.gazetteer.entry(entry).country() {
                    *self.votes.entry(country).or_default() += 1;
                }
            }
        }
    }

    /// Whether the words around a match allow it at all.
    fn stands(&self, hit: &Hit, alias: Alias) -> bool {
        let the = hit.before.as_ref().is_some_and(|b| b.word.eq_ignore_ascii_case("the"));
        if alias.needs_article() && !the {
            return false;
        }
        let partial = |b: &Option<Beside>| b.as_ref().is_some_and(|b| b.unexplained(self.lexicon));
        match alias.kind() {
            AliasKind::Surname => !partial(&hit.before),
            _ if alias.is_ambiguous() => !partial(&hit.before) && !partial(&hit.after),
            _ => true,
        }
    }

    fn entity(&self, hit: &Hit, registry: &mut Registry) -> Option<(EntityIx, bool)> {
        let allowed = hit.candidates.iter().filter_map(|c| match c {
            Candidate::Entity { entry, alias } if self.allowed(hit, *entry, *alias) => Some((*entry, *alias)),
            _ => None,
        });
        // Where scores are equal the earlier row wins: files list the better known first.
        let mut best: Option<(usize, EntryId, usize)> = None;
        for (entry, alias) in allowed {
            let score = self.score(hit, entry);
            if best.is_none_or(|(s, ..)| score > s) {
                best = Some((score, entry, alias));
            }
        }
        let (_, entry, alias) = best?;
        let demonym = self.alias(entry, alias).kind() == AliasKind::Demonym;
        Some((registry.listed(self.gazetteer, entry), demonym))
    }

    fn allowed(&self, hit: &Hit, entry: EntryId, alias: usize) -> bool {
        let a = self.alias(entry, alias);
        let titled = hit.before.as_ref().is_some_and(|b| self.lexicon.titles.has(&b.word.to_lowercase()));
        self.stands(hit, a)
            && (!a.needs_context() || self.anchored.contains(&entry) || titled || self.at_home(hit, entry, a))
    }

    /// A surname without the full name, where the document names the person's state and no other of that name would do.
    fn at_home(&self, hit: &Hit, entry: EntryId, alias: Alias) -> bool {
        let plausible = |e: EntryId| {
            let entry = self.gazetteer.entry(e);
            let voted = entry.country().is_some_and(|c| self.votes.contains_key(c));
            voted && self.document.published.is_none_or(|day| entry.roles().any(|r| r.covers(day)))
        };
        let mut rivals = hit.candidates.iter().filter(|c| match c {
            Candidate::Entity { entry, .. } => plausible(*entry),
            Candidate::Generic { .. } => false,
        });
        alias.kind() == AliasKind::Surname
            && !hit.opening
            && plausible(entry)
            && rivals.next().is_some()
            && rivals.next().is_none()
    }

    fn score(&self, hit: &Hit, entry: EntryId) -> usize {
        let e = self.gazetteer.entry(entry);
        let votes = e.country().and_then(|c| self.votes.get(c)).copied().unwrap_or(0);
        let on_duty = self.document.published.is_some_and(|day| e.roles().any(|r| r.covers(day)));
        let titled = hit
            .before
            .as_ref()
            .is_some_and(|b| e.roles().any(|r| r.title().split(' ').any(|w| w.eq_ignore_ascii_case(&b.word))));
        1000 * usize::from(self.anchored.contains(&entry))
            + 300 * usize::from(titled)
            + 200 * usize::from(on_duty)
            + votes.min(100)
    }

    /// "North and South Korea": the first word borrows the rest of the second name.
    fn shared_heads(&self, hits: &[Hit], chosen: &[Option<(EntityIx, bool)>], registry: &mut Registry) {
        for (hit, _) in hits.iter().zip(chosen).filter(|(_, c)| c.is_some()) {
            let text = &self.document.blocks[hit.block].text;
            let Some((_, rest)) = hit.span.of(text).split_once(' ') else { continue };
            let Some(head) =
                text[..hit.span.start].strip_suffix(" and ").or(text[..hit.span.start].strip_suffix(" or "))
            else {
                continue;
            };
            let start = head.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |i| i + char_at(head, i));
            let borrowed = format!("{} {rest}", &head[start..]);
            let found = self.gazetteer.find(&borrowed);
            let whole = found.iter().find(|f| f.span == Span::new(0, borrowed.len()));
            if let Some(Candidate::Entity { entry, .. }) = whole.map(|f| f.candidates[0]) {
                let span = self.document.blocks[hit.block].in_document(Span::new(start, head.len()));
                let entity = registry.listed(self.gazetteer, entry);
                registry.mentions.push(Mention::name(span, entity));
            }
        }
    }

    /// "Russian Security Council", "Ministry of Defence of Ukraine": the institution of the state beside it.
    fn institutions(&self, hits: &[Hit], chosen: &[Option<(EntityIx, bool)>], registry: &mut Registry) {
        let mut last: FxHashMap<usize, EntityIx> = FxHashMap::default();
        for (i, hit) in hits.iter().enumerate().filter(|(i, _)| chosen[*i].is_none()) {
            let Some(body) = hit.candidates.iter().find_map(|c| match c {
                Candidate::Generic { body } => Some(*body),
                Candidate::Entity { .. } => None,
            }) else {
                continue;
            };
            let state = self.state_beside(hits, chosen, i, registry).map(|s| self.body_of(body, s, registry));
            if let Some(entity) = state.or_else(|| last.get(&body).copied()) {
                last.insert(body, entity);
                registry.mentions.push(mention(self.document, hit, entity, false));
            }
        }
    }

    fn state_beside(
        &self,
        hits: &[Hit],
        chosen: &[Option<(EntityIx, bool)>],
        i: usize,
        registry: &Registry,
    ) -> Option<EntityIx> {
        let text = &self.document.blocks[hits[i].block].text;
        let beside = |j: usize, between: fn(&Hit, &Hit) -> (usize, usize), joins: &[&str]| {
            let other = hits.get(j).filter(|h| h.block == hits[i].block)?;
            let (start, end) = between(other, &hits[i]);
            let (entity, _) = chosen[j]?;
            let is_state = registry.entity(entity).id.starts_with("state:");
            (start <= end && joins.contains(&&text[start..end]) && is_state).then_some(entity)
        };
        let before = i
            .checked_sub(1)
            .and_then(|j| beside(j, |o, h| (o.span.end, h.span.start), &[" ", "'s ", "’s ", "' ", "’ "]));
        before.or_else(|| beside(i + 1, |o, h| (h.span.end, o.span.start), &[" of ", " of the "]))
    }

    fn body_of(&self, body: usize, state: EntityIx, registry: &mut Registry) -> EntityIx {
        let generic = self.gazetteer.generic(body);
        let owner = registry.entity(state);
        if let Some(listed) = self.gazetteer.by_name(&generic.named(&owner.name)) {
            return registry.listed(self.gazetteer, listed);
        }
        registry.intern(Entity {
            id: format!("org:{}:{}", generic.slug(), owner.id.trim_start_matches("state:")),
            name: generic.named(&owner.name),
            entity_type: generic.entity_type(),
            country: owner.country.clone(),
            sector: generic.sector().map(str::to_owned),
            stands_for: None,
            gender: None,
            called: Vec::new(),
            discovered: false,
            entry: None,
        })
    }
}

/// "Shanghai Cooperation Organisation (SCO)": the letters in brackets name the same entity from there on.
pub(super) fn acronyms(document: &Document, registry: &mut Registry) {
    let taken: FxHashSet<usize> = registry.mentions.iter().map(|m| m.span.start).collect();
    let mut learned: FxHashMap<&str, EntityIx> = FxHashMap::default();
    for mention in registry.mentions.iter().filter(|m| !m.demonym) {
        if let Some(letters) = bracketed_letters(&document.text[mention.span.end..]) {
            learned.entry(letters).or_insert(mention.entity);
        }
    }
    for block in document.blocks.iter().filter(|b| b.kind.holds_names()) {
        for (letters, entity) in
            capitals(&document.text, block.span).filter_map(|s| Some((s, *learned.get(s.of(&document.text))?)))
        {
            if !taken.contains(&letters.start) {
                registry.mentions.push(Mention::name(letters, entity));
            }
        }
    }
}

/// The capital letters in brackets that open `tail`: " (SCO) met" gives "SCO".
pub(super) fn bracketed_letters(tail: &str) -> Option<&str> {
    let inside = tail.strip_prefix(" (").or_else(|| tail.strip_prefix(" ["))?;
    let end = inside.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(inside.len());
    ((2..=8).contains(&end) && inside[end..].starts_with([')', ']'])).then_some(&inside[..end])
}

/// Words of capital letters alone.
fn capitals(text: &str, span: Span) -> impl Iterator<Item = Span> + '_ {
    let mut at = span.start;
    std::iter::from_fn(move || {
        while at < span.end {
            let rest = &text[at..span.end];
            let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = Span::new(at, at + len);
            at = word.end + rest[len..].chars().next().map_or(0, char::len_utf8);
            if len >= 2 && word.of(text).bytes().all(|b| b.is_ascii_uppercase()) {
                return Some(word);
            }
        }
        None
    })
}
