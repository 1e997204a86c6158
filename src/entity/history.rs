//! What was mentioned so far, in order of the text; what a reference may take up, found without reading all of it again.

use super::registry::{EntityIx, Registry};
use crate::analysis::EntityType;
use crate::gazetteer::EntryId;
use rustc_hash::{FxHashMap, FxHashSet};

/// Something that a later reference may mean.
pub(super) struct Antecedent {
    pub(super) entity: EntityIx,
    pub(super) sentence: usize,
    pub(super) token: usize,
    /// Subjects before objects before the rest.
    pub(super) rank: u8,
}

/// Two or more actors that were named together.
pub(super) struct Group {
    pub(super) members: Vec<EntityIx>,
    pub(super) sentence: usize,
}

/// The mentions and groups of the sentences read so far.
#[derive(Default)]
pub(super) struct History {
    antecedents: Vec<Antecedent>,
    groups: Vec<Group>,
    /// Sentence and token of people without a name that are what a clause is about ("a man left").
    strangers: Vec<(usize, usize)>,
    /// Nouns that acted for somebody ("the Sudanese government"), in small letters, with whom and in which sentence.
    acting: Vec<(String, EntityIx, usize)>,
    /// Titles that people bore in the report: "prime minister".
    titles: FxHashMap<String, Vec<EntityIx>>,
    listed: FxHashSet<EntryId>,
    /// The people among them.
    pub(super) people: Prominence,
}

impl History {
    pub(super) fn add(&mut self, antecedent: Antecedent, registry: &Registry) {
        let entity = registry.entity(antecedent.entity);
        self.listed.extend(entity.entry);
        if entity.entity_type == EntityType::Person {
            self.people.add(antecedent.entity);
        }
        self.antecedents.push(antecedent);
    }

    pub(super) fn add_group(&mut self, group: Group) {
        self.groups.push(group);
    }

    pub(super) fn add_stranger(&mut self, sentence: usize, token: usize) {
        self.strangers.push((sentence, token));
    }

    pub(super) fn add_acting(&mut self, noun: String, owner: EntityIx, sentence: usize) {
        self.acting.push((noun, owner, sentence));
    }

    /// Whose "the government" is, where only one has been spoken of in sentence `number` and the `reach` before it.
    pub(super) fn acting(&self, noun: &str, number: usize, reach: usize) -> Option<EntityIx> {
        let recent = self.acting.iter().rev().take_while(|(_, _, s)| s + reach >= number);
        let mut owners = recent.filter(|(n, _, _)| n == noun).map(|(_, owner, _)| *owner);
        let owner = owners.next()?;
        owners.all(|o| o == owner).then_some(owner)
    }

    pub(super) fn add_title(&mut self, title: String, person: EntityIx) {
        let bearers = self.titles.entry(title).or_default();
        if !bearers.contains(&person) {
            bearers.push(person);
        }
    }

    /// People who bore the title so far.
    pub(super) fn titled(&self, title: &str) -> &[EntityIx] {
        self.titles.get(title).map_or(&[], Vec::as_slice)
    }

    /// Whether a stranger stands between two places, given by sentence and token.
    pub(super) fn has_stranger(&self, after: (usize, usize), before: (usize, usize)) -> bool {
        let earlier = self.strangers.partition_point(|s| *s < before);
        earlier > 0 && self.strangers[earlier - 1] > after
    }

    /// From sentence `number` and the `reach` sentences before it.
    pub(super) fn near(&self, number: usize, reach: usize) -> &[Antecedent] {
        &self.antecedents[self.antecedents.partition_point(|a| a.sentence + reach < number)..]
    }

    /// Groups of sentence `number` and the `reach` sentences before it.
    pub(super) fn groups_near(&self, number: usize, reach: usize) -> &[Group] {
        &self.groups[self.groups.partition_point(|g| g.sentence + reach < number)..]
    }

    /// Whether the report has named this row of the gazetteer.
    pub(super) fn has_named(&self, entry: EntryId) -> bool {
        self.listed.contains(&entry)
    }
}

/// How often entities were named, and which of them most.
#[derive(Default)]
pub(super) struct Prominence {
    /// Per entity: times named, and its place in the order of first mention.
    counts: FxHashMap<EntityIx, (usize, usize)>,
    /// The three named most, earlier ones first where counts are equal.
    top: Vec<EntityIx>,
    /// The last two, the very last one at the end.
    last: Vec<EntityIx>,
}

impl Prominence {
    pub(super) fn of(entities: impl IntoIterator<Item = EntityIx>) -> Self {
        let mut prominence = Self::default();
        entities.into_iter().for_each(|entity| prominence.add(entity));
        prominence
    }

    fn add(&mut self, entity: EntityIx) {
        let order = self.counts.len();
        self.counts.entry(entity).or_insert((0, order)).0 += 1;
        if !self.top.contains(&entity) {
            self.top.push(entity);
        }
        let counts = &self.counts;
        self.top.sort_by_key(|e| (std::cmp::Reverse(counts[e].0), counts[e].1));
        self.top.truncate(3);
        self.last.retain(|e| *e != entity);
        self.last.push(entity);
        if self.last.len() > 2 {
            self.last.remove(0);
        }
    }

    /// The two that are named most, in the order of the text; none where a third is named as often.
    pub(super) fn pair(&self) -> Vec<EntityIx> {
        let mut pair = match self.top[..] {
            [a, b] => vec![a, b],
            [a, b, third] if self.counts[&b].0 > self.counts[&third].0 => vec![a, b],
            _ => Vec::new(),
        };
        pair.sort_by_key(|e| self.counts[e].1);
        pair
    }

    /// The two that were named last.
    pub(super) fn last_two(&self) -> Vec<EntityIx> {
        if self.last.len() == 2 { self.last.clone() } else { Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[usize]) -> Prominence {
        Prominence::of(numbers.iter().map(|n| EntityIx(*n)))
    }

    #[test]
    fn the_pair_stands_out_or_there_is_none() {
        assert_eq!(of(&[7, 3, 7, 3, 5]).pair(), [EntityIx(7), EntityIx(3)]);
        assert_eq!(of(&[5, 3, 7, 3, 7, 1, 2]).pair(), [EntityIx(3), EntityIx(7)]);
        assert_eq!(of(&[7, 3, 5]).pair(), []);
        assert_eq!(of(&[7]).pair(), []);
    }

    #[test]
    fn the_last_two_differ() {
        assert_eq!(of(&[1, 2, 3, 3]).last_two(), [EntityIx(2), EntityIx(3)]);
        assert_eq!(of(&[3, 3]).last_two(), []);
    }
}
