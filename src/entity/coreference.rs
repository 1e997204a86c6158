//! Pronouns, "the two leaders" and "the Russian president" become mentions of what they refer to: precision first.
//!
//! Deterministic sieves after Raghunathan et al. (2010), cut down to what news needs: offices on the document's date,
//! plural nominals, third-person pronouns with gender, number, binding within the clause, and recency.

use super::located::Located;
use super::registry::{EntityIx, Mention, Registry};
use super::subject::{is_verb, surface};
use crate::analysis::{EntityType, MentionKind};
use crate::gazetteer::{EntryId, Gazetteer, Gender};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Placed, Pos, Sentence, Tag};
use crate::text::Span;
use jiff::civil::Date;

/// How far back a pronoun looks, in sentences.
const REACH: usize = 3;

/// Something that a later pronoun may mean.
struct Antecedent {
    entity: EntityIx,
    sentence: usize,
    token: usize,
    /// Subjects before objects before the rest.
    rank: u8,
}

/// Two or more actors that were named together.
struct Group {
    members: Vec<EntityIx>,
    sentence: usize,
}

struct Resolver<'a> {
    gazetteer: &'a Gazetteer,
    lexicon: &'a Lexicon,
    published: Option<Date>,
    antecedents: Vec<Antecedent>,
    groups: Vec<Group>,
}

/// Adds mentions for the references in `sentences` that can be resolved; the rest stay unsaid.
pub fn resolve_references(
    registry: &mut Registry,
    sentences: &[Placed],
    gazetteer: &Gazetteer,
    lexicon: &Lexicon,
    published: Option<Date>,
) {
    let mut resolver = Resolver { gazetteer, lexicon, published, antecedents: Vec::new(), groups: Vec::new() };
    for (number, Placed { sentence, .. }) in sentences.iter().enumerate() {
        resolver.sentence(number, sentence, registry);
    }
    registry.sort();
}

impl Resolver<'_> {
    fn sentence(&mut self, number: usize, sentence: &Sentence, registry: &mut Registry) {
        let mut located = Located::new(sentence, &registry.mentions);
        for token in 0..sentence.tokens.len() {
            if located.covering(token).is_none() {
                self.reference(number, token, &mut located, registry);
            }
            self.remember(number, token, &located, registry);
        }
        // Mentions are looked up by position from the next sentence on.
        registry.mentions.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    }

    fn remember(&mut self, number: usize, token: usize, located: &Located, registry: &Registry) {
        for &m in located.headed(token) {
            let mention = &registry.mentions[m];
            // "the US president", "a UN report": words before a noun are no topic.
            if matches!(located.token(token).dep, Dep::Amod | Dep::Compound | Dep::Nmod) {
                continue;
            }
            let rank = rank(located, token);
            self.antecedents.push(Antecedent { entity: mention.entity, sentence: number, token, rank });
        }
        let members = distinct(
            located
                .conjuncts(token)
                .iter()
                .flat_map(|&t| located.headed(t).iter().map(|&m| registry.mentions[m].entity).collect::<Vec<_>>()),
        );
        if members.len() >= 2 && located.token(token).dep != Dep::Conj {
            self.groups.push(Group { members, sentence: number });
        }
    }

    fn reference(&self, number: usize, token: usize, located: &mut Located, registry: &mut Registry) {
        let word = located.token(token);
        let found = match word.text.to_lowercase().as_str() {
            "himself" | "herself" | "itself" | "themselves" => self.reflexive(token, located, registry),
            "he" | "him" | "his" => self.person(Gender::Male, number, token, located, registry),
            "she" | "her" | "hers" => self.person(Gender::Female, number, token, located, registry),
            "it" | "its" => self.thing(number, token, located, registry),
            "they" | "them" | "their" => self.plural(number, token, located, registry),
            _ if word.pos == Pos::Noun || word.pos == Pos::Num || word.pos == Pos::Pron => {
                self.nominal(number, token, located, registry)
            }
            _ => Vec::new(),
        };
        let kind =
            if word.pos == Pos::Noun || word.pos == Pos::Num { MentionKind::Nominal } else { MentionKind::Pronoun };
        let span = if kind == MentionKind::Nominal { nominal_span(located, token) } else { word.span };
        for entity in found {
            located.place(registry.mentions.len(), span);
            registry.mentions.push(Mention { span, kind, entity, demonym: false, actor: false });
        }
    }

    /// Bound by the subject of its own clause.
    fn reflexive(&self, token: usize, located: &Located, registry: &Registry) -> Vec<EntityIx> {
        let verb = located.token(token).head;
        let subject = surface(located, self.lexicon, verb);
        subject.into_iter().filter_map(|s| located.entity(s, registry)).take(1).collect()
    }

    /// The best antecedent that `fits`; nothing where the pronoun's own clause forbids it.
    fn best(
        &self,
        number: usize,
        token: usize,
        located: &Located,
        registry: &Registry,
        fits: impl Fn(EntityIx) -> bool,
    ) -> Option<EntityIx> {
        let possessive = located.token(token).dep == Dep::Poss;
        let score = |a: &Antecedent| {
            let same = a.sentence == number;
            let distance = (number - a.sentence) as i32;
            let commands = same && governs(located, a.token, token);
            i32::from(a.rank) * 2 - distance * 3 + i32::from(commands) * 4
        };
        self.antecedents
            .iter()
            .filter(|a| number - a.sentence <= REACH && fits(a.entity))
            // Across sentences only what the earlier one was about.
            .filter(|a| {
                a.sentence == number || a.rank >= 3 || registry.entity(a.entity).entity_type == EntityType::Person
            })
            .filter(|a| a.sentence < number || possessive || !self.co_arguments(located, a.token, token))
            .enumerate()
            // Later ones win where scores are equal.
            .max_by_key(|(i, a)| (score(a), *i))
            .map(|(_, a)| a.entity)
    }

    /// Arguments of one verb do not refer to each other, the controlled subject among them.
    fn co_arguments(&self, located: &Located, a: usize, b: usize) -> bool {
        let verb = |t: usize| {
            let head = located.token(t).head;
            if located.token(head).pos == Pos::Adp { located.token(head).head } else { head }
        };
        let of_b = verb(b);
        verb(a) == of_b || is_verb(located, of_b) && surface(located, self.lexicon, of_b).contains(&a)
    }

    fn person(
        &self,
        gender: Gender,
        number: usize,
        token: usize,
        located: &Located,
        registry: &Registry,
    ) -> Vec<EntityIx> {
        let fits = |e: EntityIx| {
            let entity = registry.entity(e);
            let known = entity.entry.and_then(|id| self.gazetteer.entry(id).gender);
            entity.entity_type == EntityType::Person && known.is_none_or(|g| g == gender)
        };
        self.best(number, token, located, registry, fits).into_iter().collect()
    }

    fn thing(&self, number: usize, token: usize, located: &Located, registry: &Registry) -> Vec<EntityIx> {
        if is_pleonastic(located, token) {
            return Vec::new();
        }
        let fits = |e: EntityIx| {
            let entity = registry.entity(e);
            match entity.entity_type {
                EntityType::Place => entity.id.starts_with("state:") || entity.stands_for.is_some(),
                EntityType::Org | EntityType::Facility => true,
                _ => false,
            }
        };
        self.best(number, token, located, registry, fits).into_iter().collect()
    }

    fn plural(&self, number: usize, token: usize, located: &Located, registry: &Registry) -> Vec<EntityIx> {
        let fits = |e: EntityIx| PLURAL_NAMES.contains(&registry.entity(e).name.as_str());
        let group = self.groups.iter().rev().find(|g| number - g.sentence <= 1);
        match group {
            Some(group) if uniform(&group.members, registry) => group.members.clone(),
            _ => self.best(number, token, located, registry, fits).into_iter().collect(),
        }
    }

    fn nominal(&self, number: usize, token: usize, located: &Located, registry: &mut Registry) -> Vec<EntityIx> {
        if located.sentence.child(token, &[Dep::Appos]).is_some_and(|a| !located.headed(a).is_empty()) {
            return Vec::new();
        }
        if located.token(token).dep == Dep::Attr {
            return Vec::new();
        }
        let lemma = located.token(token).lemma.to_lowercase();
        let definite = located.sentence.children(token).any(|c| {
            matches!(located.token(c).text.to_lowercase().as_str(), "the" | "both" | "two" | "these" | "those")
        });
        match lemma.as_str() {
            "leader" | "president" | "minister" if definite && is_plural(located, token) => {
                self.two(number, EntityType::Person, registry)
            }
            "country" | "nation" | "state" | "side" | "neighbour" | "neighbor" | "power" | "party"
                if definite && counts_two(located, token) =>
            {
                self.two_states(number, registry)
            }
            "duo" if definite => match self.two(number, EntityType::Person, registry) {
                none if none.is_empty() => self.last_pair(number),
                people => people,
            },
            "pair" if definite => self.last_pair(number),
            _ => {
                let office = self.office(token, located, registry);
                office.or_else(|| self.head_match(number, token, located, registry)).into_iter().collect()
            }
        }
    }

    /// "the commission" after "the European Commission": a bare definite noun that a name ends in or begins with.
    fn head_match(&self, number: usize, token: usize, located: &Located, registry: &Registry) -> Option<EntityIx> {
        let bare = located
            .sentence
            .children(token)
            .filter(|&c| c < token)
            .all(|c| located.token(c).text.eq_ignore_ascii_case("the"));
        let the = token.checked_sub(1).is_some_and(|t| located.token(t).text.eq_ignore_ascii_case("the"));
        if !bare || !the || located.token(token).tag != Tag::Nn {
            return None;
        }
        let noun = located.token(token).text.to_lowercase();
        let named = |e: EntityIx| {
            let entity = registry.entity(e);
            let kind = matches!(entity.entity_type, EntityType::Org | EntityType::Event | EntityType::Facility);
            kind && entity.name.split(' ').any(|w| w.to_lowercase() == noun)
        };
        let bloc = self.lexicon.blocs.has(&noun);
        let international = |e: EntityIx| bloc && registry.entity(e).country.as_deref() == Some("IGO");
        let mut recent = self.antecedents.iter().rev().filter(|a| number - a.sentence <= 4 * REACH).map(|a| a.entity);
        recent.find(|e| named(*e) || international(*e))
    }

    /// The last two distinct people, where no third one stands between.
    fn two(&self, number: usize, entity_type: EntityType, registry: &Registry) -> Vec<EntityIx> {
        let recent = self.antecedents.iter().rev().take_while(|a| number - a.sentence <= 6 * REACH);
        let people = distinct(recent.map(|a| a.entity).filter(|e| registry.entity(*e).entity_type == entity_type));
        people.into_iter().take(2).collect::<Vec<_>>().try_pair()
    }

    /// The two states that the report has been about, seats of power and leaders counted as theirs; none where a third is as prominent.
    fn two_states(&self, number: usize, registry: &mut Registry) -> Vec<EntityIx> {
        let recent: Vec<EntityIx> =
            self.antecedents.iter().filter(|a| number - a.sentence <= 6 * REACH).map(|a| a.entity).collect();
        let states: Vec<EntityIx> = recent.into_iter().filter_map(|e| self.state_of(e, registry)).collect();
        let mut counted: Vec<(usize, EntityIx)> = distinct(states.iter().copied())
            .into_iter()
            .map(|s| (states.iter().filter(|t| **t == s).count(), s))
            .collect();
        counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        match counted[..] {
            [(_, a), (_, b)] => vec![a, b],
            [(_, a), (second, b), (third, _), ..] if second > third => vec![a, b],
            _ => Vec::new(),
        }
    }

    fn state_of(&self, entity: EntityIx, registry: &mut Registry) -> Option<EntityIx> {
        let e = registry.entity(entity);
        if e.id.starts_with("state:") {
            return Some(entity);
        }
        let id = match (&e.stands_for, e.entity_type) {
            (Some((id, _)), _) => id.clone(),
            (None, EntityType::Person) => format!("state:{}", e.country.as_deref()?),
            _ => return None,
        };
        let entry = self.gazetteer.by_id(&id)?;
        Some(registry.listed(self.gazetteer, entry))
    }

    fn last_pair(&self, number: usize) -> Vec<EntityIx> {
        let group = self.groups.iter().rev().find(|g| number - g.sentence <= 2 && g.members.len() == 2);
        group.map(|g| g.members.clone()).unwrap_or_default()
    }

    /// "The Russian president", "his Ukrainian counterpart": the holder on the document's date.
    fn office(&self, token: usize, located: &Located, registry: &mut Registry) -> Option<EntityIx> {
        let title = self.title(token, located)?;
        let (owner, at) = located.owner(token, registry)?;
        if registry.entity(owner).entity_type != EntityType::Place {
            return None;
        }
        let owned = matches!(located.token(at).dep, Dep::Poss | Dep::Amod | Dep::Compound | Dep::Nmod);
        let of_state = registry.entity(owner).entry.filter(|_| owned || title.0 != "leader")?;
        let holder = self.holder(&title.1, of_state, registry)?;
        Some(registry.listed(self.gazetteer, holder))
    }

    /// The noun and the offices that it can mean.
    fn title(&self, token: usize, located: &Located) -> Option<(String, Vec<&'static str>)> {
        let word = located.token(token);
        if word.text.to_lowercase() != word.lemma.to_lowercase() {
            return None;
        }
        let compound = located.sentence.children(token).find(|&c| {
            located.token(c).dep == Dep::Compound || located.token(c).dep == Dep::Amod && located.covering(c).is_none()
        });
        let before = compound.map(|c| located.token(c).lemma.to_lowercase());
        let titles = match (before.as_deref(), word.lemma.to_lowercase().as_str()) {
            (_, "president") => vec!["president"],
            (Some("prime"), "minister") => vec!["prime minister"],
            (_, "premier") => vec!["prime minister"],
            (Some("foreign"), "minister") => vec!["foreign minister"],
            (Some("defence" | "defense"), "minister") => vec!["defence minister"],
            (_, "chancellor") => vec!["chancellor"],
            (_, "king") => vec!["king"],
            (_, "queen") => vec!["queen"],
            (_, "leader" | "counterpart") => vec!["president", "supreme leader", "chancellor", "prime minister"],
            _ => return None,
        };
        Some((word.lemma.to_lowercase(), titles))
    }

    /// A holder whom the document has named, else the only one on its date.
    fn holder(&self, titles: &[&str], body: EntryId, registry: &Registry) -> Option<EntryId> {
        let held = |title: &str| {
            self.gazetteer.holders(title, body).iter().filter(|(person, role)| {
                let role = &self.gazetteer.entry(*person).roles[*role];
                self.published.is_none_or(|day| role.covers(day))
            })
        };
        let named =
            |person: &EntryId| self.antecedents.iter().any(|a| registry.entity(a.entity).entry == Some(*person));
        let mut known = titles.iter().flat_map(|t| held(t)).map(|(p, _)| *p).filter(named);
        known.next().or_else(|| {
            let [title] = titles else { return None };
            self.published?;
            let mut on_date = held(title).map(|(p, _)| *p);
            let only = on_date.next()?;
            on_date.next().is_none().then_some(only)
        })
    }
}

/// Names that "they" can take up.
const PLURAL_NAMES: &[&str] = &["West", "Europe", "United Nations", "European Union", "Taliban"];

trait TryPair {
    fn try_pair(self) -> Self;
}

impl TryPair for Vec<EntityIx> {
    /// Two members in the order of the text, or none.
    fn try_pair(mut self) -> Self {
        if self.len() < 2 {
            self.clear();
        }
        self.reverse();
        self
    }
}

fn distinct(entities: impl Iterator<Item = EntityIx>) -> Vec<EntityIx> {
    let mut seen = Vec::new();
    for entity in entities {
        if !seen.contains(&entity) {
            seen.push(entity);
        }
    }
    seen
}

fn uniform(members: &[EntityIx], registry: &Registry) -> bool {
    members.windows(2).all(|w| registry.entity(w[0]).entity_type == registry.entity(w[1]).entity_type)
}

fn rank(located: &Located, token: usize) -> u8 {
    let word = located.token(token);
    let base = match word.dep {
        Dep::Nsubj | Dep::Nsubjpass => 3,
        Dep::Dobj | Dep::Dative | Dep::Agent => 2,
        Dep::Conj | Dep::Appos => return rank(located, word.head),
        _ => 1,
    };
    base + u8::from(base == 3 && located.token(word.head).dep == Dep::Root)
}

/// Whether `antecedent` is a subject of a clause that `token` lies in.
fn governs(located: &Located, antecedent: usize, token: usize) -> bool {
    let word = located.token(antecedent);
    if !matches!(word.dep, Dep::Nsubj | Dep::Nsubjpass) {
        return false;
    }
    let mut at = token;
    while located.token(at).head != at {
        at = located.token(at).head;
        if at == word.head {
            return true;
        }
    }
    false
}

/// "It was agreed that", "it is clear that", "it was the second call": no referent.
fn is_pleonastic(located: &Located, token: usize) -> bool {
    let word = located.token(token);
    if word.dep == Dep::Expl {
        return true;
    }
    let verb = located.token(word.head);
    if !matches!(word.dep, Dep::Nsubj | Dep::Nsubjpass) {
        return false;
    }
    let complement = located.sentence.child(word.head, &[Dep::Ccomp, Dep::Csubj, Dep::Csubjpass]).is_some();
    let copula = verb.lemma == "be"
        && located.sentence.child(word.head, &[Dep::Attr, Dep::Acomp, Dep::Advmod]).is_some_and(|c| {
            located.token(c).dep == Dep::Attr
                || located.sentence.child(word.head, &[Dep::Xcomp, Dep::Ccomp, Dep::Advcl]).is_some()
        });
    copula
        || complement
            && (word.dep == Dep::Nsubjpass || verb.lemma == "be" || verb.lemma == "seem" || verb.lemma == "appear")
}

fn is_plural(located: &Located, token: usize) -> bool {
    matches!(located.token(token).tag, crate::syntax::Tag::Nns | crate::syntax::Tag::Nnps)
}

fn counts_two(located: &Located, token: usize) -> bool {
    is_plural(located, token)
        && located
            .sentence
            .children(token)
            .any(|c| matches!(located.token(c).text.to_lowercase().as_str(), "two" | "both"))
}

/// From the determiner to the head noun.
fn nominal_span(located: &Located, token: usize) -> Span {
    let first = located
        .sentence
        .children(token)
        .filter(|&c| c < token)
        .filter(|&c| {
            matches!(
                located.token(c).dep,
                Dep::Det | Dep::Poss | Dep::Amod | Dep::Nummod | Dep::Compound | Dep::Nmod | Dep::Predet
            )
        })
        .min()
        .unwrap_or(token);
    located.token(first).span.cover(located.token(token).span)
}
