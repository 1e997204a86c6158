//! Tokens with arcs among themselves in, sentences without white space out.

use std::ops::Range;

use super::parser::Arc;
use super::token::{Dep, Sentence, Token};

/// Tokens gathered into sentences that begin at `starts`; white space is left out, and what hung on it climbs up.
pub fn gather(tokens: Vec<Token>, arcs: &[Arc], spaces: &[bool], starts: &[usize]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut tokens = tokens.into_iter();
    for (at, start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(arcs.len());
        let range = *start..end;
        let members: Vec<Token> = tokens.by_ref().take(range.len()).collect();
        let heads = heads(arcs, spaces, range.clone());
        let mut kept: Vec<Token> =
            range.clone().zip(members).filter(|(at, _)| !spaces[*at]).map(|(_, token)| token).collect();
        for (at, (token, head)) in kept.iter_mut().zip(heads).enumerate() {
            token.head = head;
            if head == at {
                token.dep = Dep::Root;
            }
        }
        if let (Some(first), Some(last)) = (kept.first(), kept.last()) {
            sentences.push(Sentence { span: first.span.cover(last.span), tokens: kept });
        }
    }
    sentences
}

/// Heads of the tokens of one sentence that are no space, counted among these.
fn heads(arcs: &[Arc], spaces: &[bool], range: Range<usize>) -> Vec<usize> {
    let kept: Vec<usize> = range.clone().filter(|at| !spaces[*at]).collect();
    let climbed = |token: usize| {
        let mut head = arcs[token].head;
        for _ in range.clone() {
            if !range.contains(&head) || !spaces[head] {
                break;
            }
            head = arcs[head].head;
        }
        kept.binary_search(&head).ok()
    };
    let heads: Vec<Option<usize>> = kept.iter().map(|token| climbed(*token)).collect();
    // Below white space that is a root, the first dependent becomes the root of the others.
    let is_root = |(at, head): (usize, &Option<usize>)| *head == Some(at) || head.is_none();
    let root = heads.iter().enumerate().position(is_root).unwrap_or(0);
    heads.into_iter().map(|head| head.unwrap_or(root)).collect()
}
