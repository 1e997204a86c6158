//! Texts in, the names in them out: people, bodies, places, works, and also dates and figures.

use super::chars;
use super::model::Names;
use super::ner::Surroundings;
use super::tokenizer::Piece;
use super::workspace::Workspace;
use super::{Job, NameLabel, Pipeline};
use crate::text::Span;
use std::sync::Arc;

/// A name that the recogniser found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Bytes of the text it was found in.
    pub span: Span,
    pub label: NameLabel,
}

/// The names of a text whose sentences start at these bytes.
pub struct Named {
    starts: Box<[usize]>,
    names: Vec<Recognised>,
}

impl Named {
    fn size(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.names)
    }
}

impl Pipeline {
    /// The names of each text, in its order, spans in bytes of that text; none if the pipeline has no recogniser.
    ///
    /// Each text comes with the bytes at which its sentences start, ascending, as [`Pipeline::parse`] tells them: no
    /// name runs over such a place. Without any the text is one sentence. Does not need a parse, and does none.
    ///
    /// ```
    /// use wiregraph::syntax::{NameLabel, Pipeline};
    /// let text = "Cui Heng works in Shanghai. Mr Sato visited.";
    /// let names = Pipeline::embedded().unwrap().recognise(&[(text, &[0, 28])]);
    /// let names: Vec<(&str, NameLabel)> = names[0].iter().map(|name| (name.span.of(text), name.label)).collect();
    /// assert_eq!(names, [("Cui Heng", NameLabel::Person), ("Shanghai", NameLabel::Gpe), ("Sato", NameLabel::Person)]);
    /// ```
    pub fn recognise(&self, texts: &[(&str, &[usize])]) -> Vec<Vec<Recognised>> {
        let mut results: Vec<Vec<Recognised>> = texts.iter().map(|_| Vec::new()).collect();
        let contents = texts.iter().map(|(content, _)| *content);
        self.in_batches(contents, |batch, workspace| self.recognise_batch(texts, batch, workspace, &mut results));
        results
    }

    /// As [`Pipeline::recognise`], but a text that was met before with the same sentences is not looked at again.
    ///
    /// ```
    /// use wiregraph::syntax::Pipeline;
    /// let pipeline = Pipeline::embedded().unwrap();
    /// let text = ("Cui Heng works in Shanghai. Mr Sato visited.", &[0, 28][..]);
    /// assert_eq!(pipeline.recognise_once(&[text]), pipeline.recognise(&[text]));
    /// assert_eq!(pipeline.recognise_once(&[text]), pipeline.recognise(&[text]));
    /// ```
    pub fn recognise_once(&self, texts: &[(&str, &[usize])]) -> Vec<Vec<Recognised>> {
        let recall =
            |(text, starts): &(&str, &[usize])| self.named.recall(text).filter(|named| *named.starts == **starts);
        let mut known: Vec<Option<Arc<Named>>> = texts.iter().map(recall).collect();
        let new: Vec<usize> = (0..texts.len()).filter(|at| known[*at].is_none()).collect();
        let found = self.recognise(&new.iter().map(|at| texts[*at]).collect::<Vec<_>>());
        for (at, names) in new.into_iter().zip(found) {
            let (text, starts) = texts[at];
            let named = Arc::new(Named { starts: starts.into(), names });
            self.named.keep(text, Arc::clone(&named), named.size());
            known[at] = Some(named);
        }
        known.into_iter().flatten().map(|named| named.names.clone()).collect()
    }

    fn recognise_batch(
        &self,
        texts: &[(&str, &[usize])],
        batch: &[Job],
        workspace: &mut Workspace,
        results: &mut [Vec<Recognised>],
    ) {
        let Some(Names { tok2vec, recogniser }) = &self.model.recogniser else { return };
        let (tok2vec, encoder) = match tok2vec {
            Some(own) => (own, &mut workspace.names),
            None => (&self.model.tok2vec, &mut workspace.syntax),
        };
        let rows = encoder.encode(tok2vec, &workspace.lexemes, batch);
        for (job, row) in batch.iter().zip(rows) {
            let (text, starts) = texts[job.text];
            let pieces = &job.tokens.pieces;
            let vectors = &encoder.rows[row * tok2vec.width()..][..pieces.len() * tok2vec.width()];
            let surroundings: Vec<Surroundings> =
                pieces.iter().map(|piece| surroundings(piece, text, starts)).collect();
            let names = recogniser.recognise(vectors, &surroundings, &mut workspace.activations);
            results[job.text].extend(names.iter().map(|name| Recognised {
                span: Span::new(pieces[name.start].start, pieces[name.end - 1].end()),
                label: NameLabel::parse(&recogniser.labels()[usize::from(name.label)]),
            }));
        }
    }
}

fn surroundings(piece: &Piece, text: &str, starts: &[usize]) -> Surroundings {
    let is_space = text[piece.start..piece.end()].chars().all(chars::is_space);
    Surroundings { is_space, starts: starts.binary_search(&piece.start).is_ok() }
}
