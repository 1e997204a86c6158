//! What is asked for in; the conditions under which evidence counts, and what it comes to, in SQL out: one wording for all questions.

use crate::analysis::{Polarity, Status, Trust};
use rusqlite::types::Value;
use serde_json::json;

/// Which evidence counts. `default()` is every asserted or attributed piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// A predicate, a typed relation or a PLOVER class, in any case.
    pub relation: Option<String>,
    /// A PLOVER class, in any case.
    pub class: Option<String>,
    pub polarity: Option<Polarity>,
    /// ISO dates, months or years, both inclusive.
    pub since: Option<String>,
    pub until: Option<String>,
    pub min_documents: i64,
    pub min_origins: i64,
    pub min_claimants: i64,
    /// Evidence read at this level or a better one.
    pub min_trust: Option<Trust>,
    /// Evidence of reports of these sources alone.
    pub sources: Option<Sources>,
    pub statuses: Vec<Status>,
    /// Also edges that a judgement rejected.
    pub rejected: bool,
    /// No more than so many edges, the best supported ones.
    pub best: Option<usize>,
}

/// Outlets as reports name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    pub named: Vec<String>,
    /// Also reports that name none.
    pub unnamed: bool,
}

impl Default for Filter {
    fn default() -> Self {
        let statuses = vec![Status::Asserted, Status::Attributed];
        Self {
            relation: None,
            class: None,
            polarity: None,
            since: None,
            until: None,
            min_documents: 0,
            min_origins: 0,
            min_claimants: 0,
            min_trust: None,
            sources: None,
            statuses,
            rejected: false,
            best: None,
        }
    }
}

impl Filter {
    /// Hypothetical evidence too, as pictures and exports show it.
    pub fn everything() -> Self {
        Self { statuses: vec![Status::Asserted, Status::Attributed, Status::Hypothetical], ..Self::default() }
    }

    /// Whether the numbers that the database keeps of each edge are those of the evidence that passes: then conditions on
    /// edges alone decide, and no evidence need be read.
    pub fn counts_as_stored(&self) -> bool {
        let whole = self.relation.is_none() && self.since.is_none() && self.until.is_none() && self.min_trust.is_none();
        whole && self.sources.is_none() && self.best.is_none() && self.statuses == Self::default().statuses
    }

    /// Values of [`PASSES`].
    pub(crate) fn of_evidence(&self) -> Vec<(&'static str, Value)> {
        vec![
            (":statuses", json!(self.statuses).to_string().into()),
            (":min_trust", self.min_trust.map(|trust| i64::from(trust.rank())).into()),
            (":sources", self.sources.as_ref().map(|sources| json!(sources.named).to_string()).into()),
            (":unnamed", self.sources.as_ref().is_some_and(|sources| sources.unnamed).into()),
            (":since", self.since.clone().into()),
            (":until", self.until.clone().into()),
        ]
    }

    /// Values of [`MEETS`] and [`ENOUGH`].
    pub(super) fn of_stored(&self) -> Vec<(&'static str, Value)> {
        vec![
            (":class", self.class.as_ref().map(|class| class.to_lowercase()).into()),
            (":polarity", self.polarity.map(|polarity| polarity.as_str().to_owned()).into()),
            (":rejected", self.rejected.into()),
            (":min_documents", self.min_documents.into()),
            (":min_origins", self.min_origins.into()),
            (":min_claimants", self.min_claimants.into()),
        ]
    }

    /// Values of [`counted`].
    pub(super) fn of_counted(&self) -> Vec<(&'static str, Value)> {
        let mut values = self.of_stored();
        values.extend(self.of_evidence());
        values.push((":relation", self.relation.as_ref().map(|relation| relation.to_lowercase()).into()));
        values
    }
}

/// The values of a query as rusqlite takes them.
pub(crate) fn named<'a>(values: &'a [(&'static str, Value)]) -> Vec<(&'static str, &'a dyn rusqlite::ToSql)> {
    values.iter().map(|(name, value)| (*name, value as &dyn rusqlite::ToSql)).collect()
}

/// Whether a row `v` of evidence counts.
pub(crate) const PASSES: &str = "
    v.status IN (SELECT value FROM json_each(:statuses))
    AND (:min_trust IS NULL OR v.trust >= :min_trust)
    AND (:sources IS NULL OR v.document IN (SELECT id FROM document
         WHERE source IN (SELECT value FROM json_each(:sources)) OR (:unnamed AND source IS NULL)))
    AND (:since IS NULL OR v.date >= :since OR substr(:since, 1, length(v.date)) = v.date)
    AND (:until IS NULL OR v.date <= :until || '~')";

/// Whether a row `r` of relation is one of those asked for.
pub(super) const MEETS: &str = "
    (:class IS NULL OR lower(r.class) = :class) AND (:polarity IS NULL OR r.polarity = :polarity)
    AND (:rejected OR r.judgement IS NOT 'rejected')";

/// Whether counted evidence is enough.
pub(super) const ENOUGH: &str = "
    documents >= :min_documents AND origins >= :min_origins AND claimants >= :min_claimants";

/// What rows `v` of evidence come to, each with its document `d` and that one's origin `g`. Hypothetical evidence counts in its
/// own column only, and gives dates and level only where there is no other.
pub(super) const COUNTS: &str = "
    count(DISTINCT v.document) FILTER (WHERE v.status <> 'hypothetical') AS documents,
    count(DISTINCT d.origin) FILTER (WHERE v.status <> 'hypothetical') AS origins,
    count(DISTINCT coalesce(v.speaker, g.claimant)) FILTER (WHERE v.status <> 'hypothetical') AS claimants,
    count(*) FILTER (WHERE v.status = 'asserted') AS asserted,
    count(*) FILTER (WHERE v.status = 'attributed') AS attributed,
    count(*) FILTER (WHERE v.status = 'hypothetical') AS hypothetical,
    coalesce(min(v.date) FILTER (WHERE v.status <> 'hypothetical'), min(v.date)) AS first,
    coalesce(max(v.date) FILTER (WHERE v.status <> 'hypothetical'), max(v.date)) AS last,
    coalesce(max(v.trust) FILTER (WHERE v.status <> 'hypothetical'), max(v.trust)) AS trust";

/// Edges `r` near something, by so much of their evidence as passes: some columns of each (of what is joined, too), its counts.
pub(super) fn counted(columns: &str, joined: &str, near: &str) -> String {
    format!(
        "SELECT * FROM (
         SELECT {columns}, {COUNTS}
         FROM relation r JOIN evidence v ON v.relation = r.id JOIN document d ON d.id = v.document
              JOIN origin g ON g.id = d.origin {joined}
         WHERE {near} AND {MEETS} AND {PASSES}
           AND (:relation IS NULL OR lower(r.predicate) = :relation OR lower(r.class) = :relation OR lower(v.predicate) = :relation)
         GROUP BY r.id)
         WHERE {ENOUGH}"
    )
}
