//! The entities of one document and the places where they are mentioned.

use super::choose::Choice;
use super::discover::FoundBy;
use super::sieve::Sieve;
use crate::analysis::{EntityType, MentionKind};
use crate::gazetteer::{Entry, EntryId, Gazetteer, Gender};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Index of an entity in its document's registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIx(pub usize);

#[derive(Clone, Debug)]
pub struct Entity {
    pub id: String,
    pub name: String,
    pub entity_type: EntityType,
    /// ISO 3166 alpha-3, or IGO / NGO / MNC.
    pub country: Option<String>,
    pub sector: Option<String>,
    /// The state that a seat of power can speak for: id and name.
    pub stands_for: Option<(String, String)>,
    pub gender: Option<Gender>,
    /// Nouns that the document calls a discovered entity by, in small letters: "minister", "company".
    pub called: Vec<String>,
    pub discovered: bool,
    pub entry: Option<EntryId>,
}

/// A stretch of text that names an entity or refers to it. A plural nominal gives one mention per member.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Bytes of the document.
    pub span: Span,
    pub kind: MentionKind,
    pub entity: EntityIx,
    /// A nationality word ("Russian", "the Chinese").
    pub demonym: bool,
    /// In an actor's position a seat of power speaks for its state.
    pub actor: bool,
    /// What gave an unlisted name away.
    pub found_by: Option<FoundBy>,
    /// How it was settled whom a description or pronoun means.
    pub sieve: Option<Sieve>,
    /// Why a listed name was taken for this entity.
    pub choice: Option<Box<Choice>>,
}

impl Mention {
    /// A listed name.
    pub fn name(span: Span, entity: EntityIx) -> Self {
        Self {
            span,
            kind: MentionKind::Name,
            entity,
            demonym: false,
            actor: false,
            found_by: None,
            sieve: None,
            choice: None,
        }
    }
}

/// Entities in order of first mention; mentions in text order once sorted.
#[derive(Default)]
pub struct Registry {
    pub entities: Vec<Entity>,
    pub mentions: Vec<Mention>,
    /// References that could mean several, and whom.
    unsettled: FxHashMap<Span, Vec<EntityIx>>,
    by_id: FxHashMap<String, EntityIx>,
}

impl Registry {
    /// What stands at `span` was taken for none of the candidates.
    pub(super) fn leave_unsettled(&mut self, span: Span, candidates: Vec<EntityIx>) {
        self.unsettled.insert(span, candidates);
    }

    /// Whom the reference at `span` could mean, where it could mean several and was taken for none.
    pub fn unsettled(&self, span: Span) -> &[EntityIx] {
        self.unsettled.get(&span).map_or(&[], Vec::as_slice)
    }

    pub fn entity(&self, ix: EntityIx) -> &Entity {
        &self.entities[ix.0]
    }

    /// The entity of a gazetteer row.
    pub fn listed(&mut self, gazetteer: &Gazetteer, id: EntryId) -> EntityIx {
        let entry = gazetteer.entry(id);
        let stands_for = entry.stands_for().and_then(|s| gazetteer.by_id(s)).map(|s| {
            let state = gazetteer.entry(s);
            self.intern(from_entry(state, s, None));
            (state.id().to_owned(), state.name().to_owned())
        });
        self.intern(from_entry(entry, id, stands_for))
    }

    /// The state that a seat of power can speak for.
    pub fn state_behind(&self, seat: EntityIx) -> Option<EntityIx> {
        let (id, _) = self.entity(seat).stands_for.as_ref()?;
        self.by_id.get(id).copied()
    }

    /// The entity itself, or the one of the same id that is there already.
    pub fn intern(&mut self, entity: Entity) -> EntityIx {
        if let Some(ix) = self.by_id.get(&entity.id) {
            return *ix;
        }
        let ix = EntityIx(self.entities.len());
        self.by_id.insert(entity.id.clone(), ix);
        self.entities.push(entity);
        ix
    }

    /// An actor that belongs to an entity without being it: "rebels (Sudan)".
    pub fn derived(&mut self, noun: &str, of: EntityIx, sector: &str) -> EntityIx {
        let owner = self.entity(of);
        let entity = Entity {
            id: format!("derived:{}/{}", noun.replace(' ', "-"), owner.id),
            name: format!("{noun} ({})", owner.name),
            entity_type: EntityType::Other,
            country: owner.country.clone(),
            sector: Some(sector.to_owned()),
            stands_for: None,
            gender: None,
            called: Vec::new(),
            discovered: true,
            entry: None,
        };
        self.intern(entity)
    }

    /// Takes out mentions by ascending index.
    pub fn remove(&mut self, mentions: &[usize]) {
        let mut index = 0;
        self.mentions.retain(|_| {
            index += 1;
            mentions.binary_search(&(index - 1)).is_err()
        });
    }

    pub fn sort(&mut self) {
        self.mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.kind, m.entity));
        self.mentions.dedup_by(|a, b| a.span == b.span && a.entity == b.entity);
    }
}

fn from_entry(entry: Entry, id: EntryId, stands_for: Option<(String, String)>) -> Entity {
    Entity {
        id: entry.id().to_owned(),
        name: entry.name().to_owned(),
        entity_type: entry.entity_type(),
        country: entry.country().map(str::to_owned),
        sector: entry.sector().map(str::to_owned),
        stands_for,
        gender: entry.gender(),
        called: Vec::new(),
        discovered: false,
        entry: Some(id),
    }
}
