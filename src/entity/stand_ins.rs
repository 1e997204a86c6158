//! Sentences with their mentions in; a nominal for each phrase that acts for a state or body out: "the country's military",
//! "Poland's government", "the government in Warsaw".

use super::located::Located;
use super::nominals::nominal_span;
use super::registry::{EntityIx, Mention, Registry};
use crate::analysis::{EntityType, MentionKind};
use crate::lexicon::Lexicon;
use crate::syntax::{Dep, Placed, Pos, Tag};
use crate::text::Span;

/// To be called once nothing reads the mentions as arguments any more: the noun is theirs, the deed its owner's.
pub fn stand_ins(registry: &mut Registry, sentences: &[Placed], lexicon: &Lexicon) {
    let mut found = Vec::new();
    for placed in sentences {
        let located = Located::new(&placed.sentence, &registry.mentions);
        let nouns = (0..located.tokens().len()).filter(|&t| located.covering(t).is_none());
        found.extend(nouns.filter_map(|noun| phrase(&located, noun, registry, lexicon)));
    }
    let mentions =
        found.into_iter().map(|(span, entity)| Mention { kind: MentionKind::Nominal, ..Mention::name(span, entity) });
    registry.mentions.extend(mentions);
    registry.sort();
}

fn phrase(located: &Located, noun: usize, registry: &Registry, lexicon: &Lexicon) -> Option<(Span, EntityIx)> {
    let word = located.token(noun);
    let acts = word.pos == Pos::Noun && word.tag == Tag::Nn && lexicon.stand_in.contains_key(&word.text.to_lowercase());
    let owner = *located.owners(noun).first().filter(|_| acts)?;
    let entity = located.entity(owner, registry)?;
    let kind = registry.entity(entity).entity_type;
    if !matches!(kind, EntityType::Place | EntityType::Org) {
        return None;
    }
    let span = nominal_span(located, noun);
    match located.token(owner).dep {
        Dep::Poss => Some((span, entity)),
        Dep::Pobj if located.token(located.token(owner).head).lemma == "in" => {
            let state = registry.state_behind(entity)?;
            Some((span.cover(located.token(owner).span), state))
        }
        _ => None,
    }
}
