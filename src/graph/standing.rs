//! The log in; for whom each entity stands in each report out.

use super::judgement::{EdgeKey, Judgement, Verdict};
use super::key::Key;
use crate::error::Result;
use std::collections::{BTreeMap, BTreeSet};

/// What follows from the decisions that were not taken back, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Standing {
    /// Entities merged into another, each with the one that stands for it now.
    merged: BTreeMap<String, String>,
    /// In some reports (names) an entity as read is another one.
    apart: BTreeMap<(String, String), String>,
    /// Entities that only a decision made, each with the one it was split from.
    pub made: BTreeMap<String, String>,
    pub names: BTreeMap<String, String>,
    pub distinct: BTreeSet<(String, String)>,
    /// Edges with their verdict, the latest last.
    edges: Vec<(EdgeKey, &'static str)>,
}

impl Standing {
    pub fn of(log: &[Judgement]) -> Self {
        let mut standing = Self::default();
        for judgement in log.iter().filter(|judgement| !judgement.undone) {
            standing.take(&judgement.verdict);
        }
        standing
    }

    fn take(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Merge { entity, merged } => self.merge(entity, merged),
            Verdict::Split { entity, documents, name } => self.split(entity, documents, name.as_deref()),
            Verdict::Distinct { entity, other } => {
                self.distinct.insert(pair(entity, other));
            }
            Verdict::Rename { entity, name } => {
                self.names.insert(entity.clone(), name.clone());
            }
            Verdict::Confirm { edge } => self.edges.push((edge.clone(), "confirmed")),
            Verdict::Reject { edge } => self.edges.push((edge.clone(), "rejected")),
        }
    }

    /// Ids name what they stand for at that moment, so that a merge of merged ones joins all of them.
    fn merge(&mut self, entity: &str, merged: &str) {
        let (to, from) = (self.root(entity).to_owned(), self.root(merged).to_owned());
        if to == from {
            return;
        }
        self.merged.values_mut().filter(|root| **root == from).for_each(|root| root.clone_from(&to));
        self.merged.insert(from, to);
    }

    fn split(&mut self, entity: &str, documents: &[String], name: Option<&str>) {
        if documents.is_empty() {
            self.merged.retain(|_, root| root != entity);
            return;
        }
        let id = split_id(entity, documents);
        let members: Vec<String> =
            self.merged.iter().filter(|(_, root)| *root == entity).map(|(member, _)| member.clone()).collect();
        for document in documents {
            for member in members.iter().map(String::as_str).chain([entity]) {
                self.apart.insert((member.to_owned(), document.clone()), id.clone());
            }
        }
        if let Some(name) = name {
            self.names.insert(id.clone(), name.to_owned());
        }
        self.made.insert(id, entity.to_owned());
    }

    /// The same where some entities are not there: a group whose head is missing is headed by its first member that is there, and
    /// what a split made is there if any of what it was split from is.
    pub fn settled(mut self, mut is_there: impl FnMut(&str) -> Result<bool>) -> Result<Self> {
        let members: Vec<(String, String)> =
            self.apart.iter().map(|((read, _), id)| (id.clone(), read.clone())).collect();
        let mut kept = BTreeMap::new();
        for (id, whole) in std::mem::take(&mut self.made) {
            let parts = members.iter().filter(|(made, _)| *made == id).map(|(_, read)| read);
            for part in [&whole].into_iter().chain(parts) {
                if kept.contains_key(part) || is_there(part)? {
                    kept.insert(id.clone(), part.clone());
                    break;
                }
            }
        }
        self.made = kept;
        let roots: BTreeSet<String> = self.merged.values().cloned().collect();
        for root in roots {
            if self.made.contains_key(&root) || is_there(&root)? {
                continue;
            }
            let group: Vec<String> =
                self.merged.iter().filter(|(_, to)| **to == root).map(|(member, _)| member.clone()).collect();
            let mut head = None;
            for member in &group {
                if head.is_none() && (self.made.contains_key(member) || is_there(member)?) {
                    head = Some(member);
                }
            }
            if let Some(head) = head {
                group.iter().filter(|member| *member != head).for_each(|member| {
                    self.merged.insert(member.clone(), head.clone());
                });
                self.merged.remove(head);
                self.merged.insert(root, head.clone());
            }
        }
        Ok(self)
    }

    fn root<'a>(&'a self, entity: &'a str) -> &'a str {
        self.merged.get(entity).map_or(entity, String::as_str)
    }

    /// Whom an entity, as it was read in a report, stands for.
    pub fn entity<'a>(&'a self, read: &'a str, document: &str) -> &'a str {
        let here = self.apart.get(&(read.to_owned(), document.to_owned())).map_or(read, String::as_str);
        self.root(here)
    }

    /// Entities whose place another has taken, everywhere.
    pub fn merged(&self) -> impl Iterator<Item = (&str, &str)> {
        self.merged.iter().map(|(entity, root)| (entity.as_str(), root.as_str()))
    }

    /// Entities as read that are another one in a report (its name).
    pub fn apart(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.apart.keys().map(|(read, document)| (read.as_str(), document.as_str(), self.entity(read, document)))
    }

    /// All ids as read that stand for something else somewhere.
    pub fn touched(&self) -> BTreeSet<&str> {
        self.merged.keys().chain(self.apart.keys().map(|(entity, _)| entity)).map(String::as_str).collect()
    }

    /// Whether a decision keeps two entities, or those they stand for, apart.
    pub fn are_distinct(&self, a: &str, b: &str) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.distinct.iter().any(|(one, other)| pair(self.root(one), self.root(other)) == pair(a, b))
    }

    /// Rows of judged edges under the ids that their ends have now.
    pub fn edges(&self) -> impl Iterator<Item = (i64, &'static str)> {
        self.edges.iter().map(|(edge, verdict)| {
            let mut now = edge.clone();
            (now.subject, now.object) = (self.root(&edge.subject).to_owned(), self.root(&edge.object).to_owned());
            if now.symmetric && now.object < now.subject {
                std::mem::swap(&mut now.subject, &mut now.object);
            }
            (now.row(), *verdict)
        })
    }
}

/// The id of what is split off: by content, the same wherever the log is replayed.
pub(super) fn split_id(entity: &str, documents: &[String]) -> String {
    let sorted: BTreeSet<&String> = documents.iter().collect();
    let key = sorted.into_iter().fold(Key::of("split").text(entity), |key, document| key.text(document));
    format!("{entity}~{}", &key.hex()[..6])
}

fn pair(a: &str, b: &str) -> (String, String) {
    if a <= b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(verdicts: Vec<Verdict>) -> Vec<Judgement> {
        let number = |(at, verdict)| Judgement {
            number: at as i64 + 1,
            verdict,
            because: None,
            made: String::new(),
            undone: false,
        };
        verdicts.into_iter().enumerate().map(number).collect()
    }

    fn merge(entity: &str, merged: &str) -> Verdict {
        Verdict::Merge { entity: entity.into(), merged: merged.into() }
    }

    #[test]
    fn chained_merges_end_at_one_root_and_come_apart_in_any_order() {
        let mut all = log(vec![merge("b", "c"), merge("a", "b"), merge("c", "d")]);
        let standing = Standing::of(&all);
        assert!(["a", "b", "c", "d"].iter().all(|id| standing.entity(id, "x") == "a"));
        all[1].undone = true;
        let standing = Standing::of(&all);
        assert_eq!(["a", "b", "c", "d"].map(|id| standing.entity(id, "x")), ["a", "b", "b", "b"]);
    }

    #[test]
    fn a_split_holds_in_its_reports_and_for_merged_ones_too() {
        let split = |documents: &[&str]| Verdict::Split {
            entity: "a".into(),
            documents: documents.iter().map(|name| (*name).into()).collect(),
            name: None,
        };
        let standing = Standing::of(&log(vec![merge("a", "b"), split(&["x"])]));
        let new = split_id("a", &["x".into()]);
        assert_eq!((standing.entity("b", "x"), standing.entity("a", "x")), (&*new, &*new));
        assert_eq!((standing.entity("b", "y"), standing.entity("a", "y")), ("a", "a"));
        let apart = Standing::of(&log(vec![merge("a", "b"), split(&[])]));
        assert_eq!(apart.entity("b", "x"), "b");
        let again = Standing::of(&log(vec![merge("a", "b"), split(&["x"]), merge("c", &new)]));
        assert_eq!(again.entity("b", "x"), "c");
    }

    #[test]
    fn who_is_left_of_a_group_stays_one() {
        let standing = Standing::of(&log(vec![merge("a", "b"), merge("a", "c"), merge("a", "d")]));
        let settled = standing.settled(|id| Ok(id == "c" || id == "d")).unwrap();
        assert_eq!(["a", "b", "c", "d"].map(|id| settled.entity(id, "x")), ["c"; 4]);
    }

    #[test]
    fn distinct_holds_for_what_they_stand_for() {
        let distinct = Verdict::Distinct { entity: "c".into(), other: "a".into() };
        let standing = Standing::of(&log(vec![distinct, merge("b", "c")]));
        assert!(standing.are_distinct("a", "b") && standing.are_distinct("c", "a") && !standing.are_distinct("b", "c"));
    }
}
