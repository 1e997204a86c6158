//! An argument's head token in, the entities that act in its place out.

use crate::analysis::EntityType;
use crate::entity::{EntityIx, Located, Registry};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Pos, Tag};
use crate::text::Span;

/// An entity as an argument: itself, or through a noun that stands in for it ("officials of X").
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    pub entity: EntityIx,
    /// Bytes of the document: the mention, or the stand-in phrase.
    pub span: Span,
    /// The stand-in noun.
    pub head: Option<String>,
    pub sector: Option<String>,
    /// Token that the argument was read from.
    pub token: usize,
    /// The mention that it comes from: of the entity itself, or of the one that owns the noun.
    pub mention: usize,
}

/// How an argument is read; derived entities may be made on the way.
pub struct Actors<'a> {
    pub located: &'a Located<'a>,
    pub lexicon: &'a Lexicon,
}

/// How deep appositions and relative pronouns are followed.
const DEPTH: usize = 4;

impl Actors<'_> {
    /// Actors of an argument with all its conjuncts.
    pub fn all(&self, token: usize, registry: &mut Registry) -> Vec<Actor> {
        let mut actors: Vec<Actor> = Vec::new();
        for t in self.located.conjuncts(token) {
            for actor in self.one(t, registry, DEPTH) {
                if !actors.iter().any(|a| a.entity == actor.entity && a.head == actor.head) {
                    actors.push(actor);
                }
            }
        }
        actors
    }

    /// Actors of one token, conjuncts aside.
    pub fn direct(&self, token: usize, registry: &mut Registry) -> Vec<Actor> {
        self.one(token, registry, DEPTH)
    }

    fn one(&self, token: usize, registry: &mut Registry, depth: usize) -> Vec<Actor> {
        let located = self.located;
        let word = located.token(token);
        if depth == 0 {
            return Vec::new();
        }
        let again = self.speaker_again(token, registry, depth - 1);
        if !again.is_empty() {
            return again;
        }
        if self.is_one_of_a_people(token, registry) {
            let of_name = word.dep == Dep::Appos && !located.headed(word.head).is_empty();
            return if of_name { self.one(word.head, registry, depth - 1) } else { Vec::new() };
        }
        if self.is_counted_people(token, registry) {
            return self.citizens(token, registry);
        }
        if !located.headed(token).is_empty() {
            return self.mentioned(token, registry);
        }
        if matches!(word.tag, Tag::Wdt | Tag::Wp) || word.text.eq_ignore_ascii_case("that") && word.pos == Pos::Pron {
            return self.antecedent(token).map_or(Vec::new(), |t| self.one(t, registry, depth - 1));
        }
        if !matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Num) {
            return Vec::new();
        }
        // "the Russian president, Vladimir Putin" and "Ankara, the Turkish capital": the name decides.
        let apposed = located
            .sentence
            .children(token)
            .find(|&c| located.token(c).dep == Dep::Appos && !located.headed(c).is_empty());
        if let Some(name) = apposed {
            return located.conjuncts(name).into_iter().flat_map(|t| self.one(t, registry, depth - 1)).collect();
        }
        if let Some(inner) = self.inner(token) {
            let many = located.conjuncts(inner);
            let actors: Vec<Actor> = many.into_iter().flat_map(|t| self.one(t, registry, depth - 1)).collect();
            if !actors.is_empty() {
                return actors;
            }
        }
        // "the Nord Stream 2 pipeline": the noun only says what kind of thing the name is.
        let lemma = word.lemma.to_lowercase();
        let (thing, place) = (self.lexicon.type_nouns.has(&lemma), self.lexicon.kinds.has(&lemma));
        let typed = (thing || place).then(|| {
            let names = |c: &usize| thing && self.is_thing(*c, registry) || place && self.is_place(*c, registry);
            let mut before = located.sentence.children(token);
            before.rfind(|c| matches!(located.token(*c).dep, Dep::Compound | Dep::Nmod) && names(c))
        });
        if let Some(name) = typed.flatten() {
            return self.one(name, registry, depth - 1);
        }
        if word.dep == Dep::Appos && !located.headed(word.head).is_empty() {
            return self.one(word.head, registry, depth - 1);
        }
        let owned = self.owned(token, registry);
        if owned.is_empty()
            && let Some(example) = self.included(token)
        {
            let many = located.conjuncts(example);
            return many.into_iter().flat_map(|t| self.one(t, registry, depth - 1)).collect();
        }
        if owned.is_empty() && word.dep == Dep::Attr {
            // "China and India are economies that ...": the predicate noun is its subject.
            let subject = located.sentence.child(word.head, &[Dep::Nsubj]);
            return subject.map_or(owned, |s| {
                located.conjuncts(s).into_iter().flat_map(|t| self.one(t, registry, depth - 1)).collect()
            });
        }
        owned
    }

    /// X in "cities in the north, including X and Y".
    fn included(&self, token: usize) -> Option<usize> {
        let located = self.located;
        let inside = |c: usize| {
            let mut at = c;
            while located.token(at).head != at && located.token(at).head != token {
                at = located.token(at).head;
                if matches!(located.token(at).pos, Pos::Verb | Pos::Aux) {
                    return at == located.token(token).head;
                }
                // "attacks against countries, including X": X is a country.
                if located.token(at).tag == Tag::Nns {
                    return false;
                }
            }
            true
        };
        let including = (token + 1..located.tokens().len().min(token + 10))
            .find(|&c| located.token(c).text.eq_ignore_ascii_case("including"))?;
        let names = located.sentence.child(including, &[Dep::Pobj])?;
        let many = matches!(located.token(token).tag, Tag::Nns) && inside(including);
        (many && !located.headed(names).is_empty()).then_some(names)
    }

    /// "a Norwegian" is a person, not Norway, and so is "the Norwegian"; "the French" are France.
    fn is_one_of_a_people(&self, token: usize, registry: &Registry) -> bool {
        let located = self.located;
        let demonym = located.headed(token).iter().any(|&m| registry.mentions[m].demonym);
        let one = |c: usize| matches!(located.token(c).text.to_lowercase().as_str(), "a" | "an" | "one" | "another");
        let word = located.token(token);
        let text = word.text.to_lowercase();
        let countable = text.ends_with("an") || text.ends_with('i');
        let noun = matches!(word.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Agent | Dep::Dative);
        let the = |c: usize| c < token && located.token(c).text.eq_ignore_ascii_case("the");
        let the_one = countable && noun && located.sentence.children(token).any(the);
        demonym && (the_one || located.sentence.children(token).any(one))
    }

    /// "four Britons", "dozens of Russians": people, not their state.
    fn is_counted_people(&self, token: usize, registry: &Registry) -> bool {
        let located = self.located;
        let people = located.token(token).text.ends_with('s');
        let demonym = located.headed(token).iter().any(|&m| registry.mentions[m].demonym);
        let counts = |c: usize| {
            let word = located.token(c);
            word.pos == Pos::Num || self.lexicon.quantifiers.has(&word.lemma.to_lowercase())
        };
        let word = located.token(token);
        let of = word.dep == Dep::Pobj && located.token(word.head).lemma == "of";
        let counted = of.then(|| located.token(word.head).head).is_some_and(counts);
        people && demonym && (counted || located.sentence.children(token).filter(|&c| c < token).any(counts))
    }

    fn citizens(&self, token: usize, registry: &mut Registry) -> Vec<Actor> {
        let owners = self.mentioned(token, registry);
        let citizen = |actor: Actor| {
            let entity = registry.derived("citizens", actor.entity, "CVL");
            Actor { entity, sector: Some("CVL".to_owned()), ..actor }
        };
        owners.into_iter().map(citizen).collect()
    }

    fn is_thing(&self, token: usize, registry: &Registry) -> bool {
        let entity = self.located.entity(token, registry).map(|e| registry.entity(e).entity_type);
        matches!(entity, Some(EntityType::Org | EntityType::Facility | EntityType::Event))
    }

    /// "Montenegro province"; "the Algeria capital" would be another town.
    fn is_place(&self, token: usize, registry: &Registry) -> bool {
        let name = self.located.headed(token).first().map(|&m| &registry.mentions[m]);
        name.is_some_and(|m| !m.demonym && registry.entity(m.entity).entity_type == EntityType::Place)
    }

    fn mentioned(&self, token: usize, registry: &Registry) -> Vec<Actor> {
        let actor = |&m: &usize| {
            let mention = &registry.mentions[m];
            Actor { entity: mention.entity, span: mention.span, head: None, sector: None, token, mention: m }
        };
        self.located.headed(token).iter().map(actor).collect()
    }

    /// What stands after "of" in "a group of X", "the town of X".
    fn inner(&self, token: usize) -> Option<usize> {
        let located = self.located;
        let lemma = located.token(token).lemma.to_lowercase();
        let of = located
            .sentence
            .children(token)
            .find(|&c| located.token(c).dep == Dep::Prep && matches!(located.token(c).lemma.as_str(), "of" | "from"))?;
        let object = located.sentence.child(of, &[Dep::Pobj])?;
        let of_kind = self.lexicon.kinds.has(&lemma) && !located.headed(object).is_empty();
        let counted = self.lexicon.partitives.has(&lemma) || located.token(token).pos == Pos::Num;
        (of_kind || counted).then_some(object)
    }

    /// The noun that a relative pronoun takes up.
    fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let mut at = pronoun;
        loop {
            let word = self.located.token(at);
            if word.dep == Dep::Relcl {
                return Some(word.head);
            }
            if word.head == at {
                return None;
            }
            at = word.head;
        }
    }

    /// "Officials of X" act for X; "rebels of X" are actors of their own.
    fn owned(&self, token: usize, registry: &mut Registry) -> Vec<Actor> {
        let word = self.located.token(token);
        let lemma = word.lemma.to_lowercase();
        let many = self.lexicon.stand_in.get(&word.text.to_lowercase());
        let (stand_in, derived) = (self.lexicon.stand_in.get(&lemma).or(many), self.derived(token, &lemma));
        if stand_in.is_none() && derived.is_none() || self.is_condition(token, &lemma) {
            return Vec::new();
        }
        let owners = self.located.owners(token);
        let mut actors = Vec::new();
        if owners.is_empty() {
            return self.nested(token, derived, stand_in.cloned(), registry);
        }
        for owner in owners {
            for &m in &self.located.headed(owner).to_vec() {
                let mention = registry.mentions[m].clone();
                let span = self.phrase(token, owner, mention.span);
                let head = word.text.to_lowercase();
                if let Some(sector) = &derived {
                    let entity = registry.derived(&sector.0, mention.entity, &sector.1);
                    actors.push(Actor { entity, span, head: None, sector: Some(sector.1.clone()), token, mention: m });
                } else if let Some(sector) = stand_in {
                    // "the government in Warsaw" is Poland's.
                    let seated =
                        located_in(self.located, owner).then(|| registry.state_behind(mention.entity)).flatten();
                    let entity = seated.unwrap_or(mention.entity);
                    let sector = Some(sector.clone()).filter(|s| s != "-");
                    actors.push(Actor { entity, span, head: Some(head), sector, token, mention: m });
                }
            }
        }
        actors
    }

    /// "the Palestinian state of emergency" is no state.
    fn is_condition(&self, token: usize, lemma: &str) -> bool {
        let located = self.located;
        let of = located.sentence.children(token).find(|&c| located.token(c).text == "of");
        let object = of.and_then(|of| located.sentence.child(of, &[Dep::Pobj]));
        lemma == "state" && object.is_some_and(|o| self.lexicon.conditions.has(&located.token(o).lemma))
    }

    /// "leaders of Romania's government", "rebels in the province of X": the owner stands one noun further in.
    fn nested(
        &self,
        token: usize,
        derived: Option<(String, String)>,
        stand_in: Option<String>,
        registry: &mut Registry,
    ) -> Vec<Actor> {
        let located = self.located;
        let link = located.sentence.children(token).find(|&c| {
            located.token(c).dep == Dep::Prep && matches!(located.token(c).lemma.as_str(), "of" | "from" | "in")
        });
        let Some(inner) = link.and_then(|l| located.sentence.child(l, &[Dep::Pobj])) else { return Vec::new() };
        let owners = self.one(inner, registry, 2);
        let span = located.token(token).span;
        let head = Some(located.token(token).text.to_lowercase());
        let acting = |owner: Actor| match (&derived, &stand_in) {
            (Some((noun, sector)), _) => {
                let entity = registry.derived(noun, owner.entity, sector);
                Actor { entity, span, head: None, sector: Some(sector.clone()), token, mention: owner.mention }
            }
            (None, sector) => {
                let sector = sector.clone().filter(|s| s != "-");
                Actor { entity: owner.entity, span, head: head.clone(), sector, token, mention: owner.mention }
            }
        };
        owners.into_iter().map(acting).collect()
    }

    /// "The rebels said they would ...": the speaker's own pronoun.
    fn speaker_again(&self, token: usize, registry: &mut Registry, depth: usize) -> Vec<Actor> {
        let located = self.located;
        let word = located.token(token);
        let verb = located.token(word.head);
        let speech = verb.head;
        let plural = word.text.eq_ignore_ascii_case("they");
        let said = plural
            && word.dep == Dep::Nsubj
            && verb.dep == Dep::Ccomp
            && self.lexicon.reporting.has(&located.token(speech).lemma);
        let subject = located.sentence.child(speech, &[Dep::Nsubj]).filter(|_| said);
        let many = |s: &usize| located.token(*s).tag == Tag::Nns && located.headed(*s).is_empty();
        subject.filter(many).map_or(Vec::new(), |s| self.one(s, registry, depth))
    }

    /// The noun, or the one before it ("rebel leaders"), that makes an actor of its own, and its sector.
    fn derived(&self, token: usize, lemma: &str) -> Option<(String, String)> {
        let sector = |l: &str| self.lexicon.derived.get(l).map(|s| (l.to_owned(), s.clone()));
        let located = self.located;
        let before = located
            .sentence
            .children(token)
            .filter(|&c| matches!(located.token(c).dep, Dep::Compound | Dep::Amod) && located.headed(c).is_empty());
        let many = |l: String| if l.ends_with('s') || l == "opposition" { l } else { format!("{l}s") };
        let named = before.filter_map(|c| sector(&located.token(c).lemma.to_lowercase()));
        // "rebel leaders" are rebels; "terrorist networks" and "a rebel stronghold" are things.
        let lexicon = self.lexicon;
        let people = lexicon.person_nouns.has(lemma)
            || lexicon.collectives.has(lemma)
            || lexicon.derived.contains_key(lemma)
            || lexicon.stand_in.contains_key(lemma);
        let machine = matches!(lemma, "bomber" | "jet" | "plane" | "aircraft");
        let rebels = named
            .into_iter()
            .filter(|_| !machine)
            .find(|(_, s)| people && (s == "REB" || s == "OPP"))
            .map(|(l, s)| (many(l), s));
        rebels.or_else(|| sector(lemma).map(|(_, s)| (located.token(token).text.to_lowercase(), s)))
    }

    /// The owner's mention with the noun, where they stand close; else the noun alone.
    fn phrase(&self, noun: usize, owner: usize, mention: Span) -> Span {
        let noun_span = self.located.token(noun).span;
        if noun.abs_diff(owner) <= 6 { mention.cover(noun_span) } else { noun_span }
    }
}

/// Whether the owner hangs on "in".
fn located_in(located: &Located, owner: usize) -> bool {
    let word = located.token(owner);
    word.dep == Dep::Pobj && located.token(word.head).lemma == "in"
}
