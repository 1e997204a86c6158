//! An executed example of a rule in, whether an analysis keeps what it promises out.
//!
//! `sentence => A -name-> B` asks for an edge with that name from A to B, `A <-name-> B` for a mutual one; `(not)` for a denied
//! one. `=> no name` forbids the name. Several may follow each other.

use crate::analysis::{Analysis, Polarity};

/// The sentence and what its analysis must hold.
#[derive(Debug, PartialEq)]
pub struct Promises<'a> {
    pub sentence: &'a str,
    promises: Vec<Promise<'a>>,
}

#[derive(Debug, PartialEq)]
enum Promise<'a> {
    Edge { subject: &'a str, name: &'a str, object: &'a str, mutual: bool, denied: bool },
    Never(&'a str),
}

impl<'a> Promises<'a> {
    /// The error says what was expected instead.
    pub fn parse(example: &'a str) -> Result<Self, String> {
        let mut parts = example.split("=>").map(str::trim);
        let sentence = parts.next().unwrap_or_default();
        let promises = parts.map(Promise::parse).collect::<Result<Vec<_>, _>>()?;
        if sentence.is_empty() || promises.is_empty() {
            Err("\"sentence => edge\"".into())
        } else {
            Ok(Self { sentence, promises })
        }
    }

    /// What the analysis does not keep, as it is written.
    pub fn broken(&self, analysis: &Analysis) -> Vec<String> {
        self.promises.iter().filter(|p| !p.is_kept(analysis)).map(Promise::written).collect()
    }
}

impl<'a> Promise<'a> {
    fn parse(text: &'a str) -> Result<Self, String> {
        if let Some(name) = text.strip_prefix("no ") {
            return Ok(Self::Never(name));
        }
        let expected = || "\"A -name-> B\", \"A <-name-> B\" or \"no name\"".to_owned();
        let (left, right) = text.split_once("-> ").ok_or_else(expected)?;
        let mutual = left.contains(" <-");
        let (subject, name) = left.split_once(if mutual { " <-" } else { " -" }).ok_or_else(expected)?;
        let (object, stance) = match right.rsplit_once(" (") {
            Some((object, stance)) if is_stance(stance) => (object, stance),
            _ => (right, ""),
        };
        Ok(Self::Edge { subject, name, object: object.trim(), mutual, denied: stance.starts_with("not") })
    }

    fn is_kept(&self, analysis: &Analysis) -> bool {
        match self {
            Self::Never(name) => analysis.relations.iter().all(|r| r.relation.as_deref() != Some(name)),
            Self::Edge { subject, name, object, mutual, denied } => analysis.relations.iter().any(|r| {
                let straight = r.subject == *subject && r.object == *object;
                let turned = *mutual && r.subject == *object && r.object == *subject;
                let stance = (r.polarity == Polarity::Negative) == *denied;
                (straight || turned) && r.symmetric == *mutual && stance && r.relation.as_deref() == Some(name)
            }),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Never(name) => format!("no {name}"),
            Self::Edge { subject, name, object, mutual, denied } => {
                let (arrow, tail) = (if *mutual { "<-" } else { "-" }, if *denied { " (not)" } else { "" });
                format!("{subject} {arrow}{name}-> {object}{tail}")
            }
        }
    }
}

/// Brackets that qualify the edge, and are no part of a name.
fn is_stance(inside: &str) -> bool {
    const STANCES: &[&str] =
        &["not", "intended", "possible", "conditional", "requested", "said by", "via", "time", "topic", "text"];
    STANCES.iter().any(|s| inside.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_promises_edges_and_their_absence() {
        let parsed = Promises::parse("X hit Y. => X -hits-> Y (Z) (not; said by: W) => no kisses").unwrap();
        let edge = Promise::Edge { subject: "X", name: "hits", object: "Y (Z)", mutual: false, denied: true };
        assert_eq!(parsed, Promises { sentence: "X hit Y.", promises: vec![edge, Promise::Never("kisses")] });
        assert!(Promises::parse("X hit Y.").is_err());
        assert!(Promises::parse("X hit Y. => X hits Y").is_err());
    }
}
