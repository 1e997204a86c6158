//! A text in, its tokens in the pipeline's own words out: for pipelines whose labels are not those of English.

use super::lemmas::Lemmas;
use super::{Job, Pipeline, parts};
use crate::text::Span;

/// A token as the pipeline labels it; empty where it says nothing. White space is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation<'p> {
    /// Bytes of the text.
    pub span: Span,
    pub tag: &'p str,
    pub pos: &'p str,
    /// Features such as "Number=Sing|Person=3".
    pub morph: &'p str,
    pub dep: &'p str,
    pub lemma: String,
    /// Index of the head among all annotations of the text; a root is its own head.
    pub head: usize,
    /// A sentence begins here.
    pub starts: bool,
}

impl Pipeline {
    /// The tokens of `text`, as [`Pipeline::parse`] finds them.
    ///
    /// ```
    /// use wiregraph::syntax::Pipeline;
    /// let pipeline = Pipeline::embedded().unwrap();
    /// let words = pipeline.annotate("She saw\nit.");
    /// assert_eq!(words.iter().map(|word| word.tag).collect::<Vec<_>>(), ["PRP", "VBD", "PRP", "."]);
    /// assert_eq!((words[2].dep, words[2].head), ("dobj", 1));
    /// ```
    pub fn annotate(&self, text: &str) -> Vec<Annotation<'_>> {
        let lemmas = self.model.edits.is_some() || !matches!(self.model.lemmas, Lemmas::Form);
        self.with_workspace(|workspace| {
            let mut annotations = Vec::new();
            for pieces in parts(workspace.tokenize(&self.model, text)) {
                let batch = [Job { text: 0, tokens: workspace.tokens(&self.model, text, pieces) }];
                let starts = workspace.syntax.encode(&self.model.tok2vec, &workspace.lexemes, &batch);
                let tokens = &batch[0].tokens;
                let (sentences, readings) = self.parse_job(text, tokens, starts[0], workspace);
                let is_word = |lexeme: &u32| !workspace.lexemes[*lexeme as usize].is_space;
                let words = readings.iter().zip(&tokens.lexemes).filter(|(_, lexeme)| is_word(lexeme));
                let mut words = words.map(|(reading, _)| *reading);
                for sentence in sentences {
                    let first = annotations.len();
                    for (at, (token, reading)) in sentence.tokens.into_iter().zip(&mut words).enumerate() {
                        annotations.push(Annotation {
                            span: token.span,
                            tag: reading.tag,
                            pos: reading.pos,
                            morph: reading.morph,
                            dep: if token.head == at { "ROOT" } else { reading.dep },
                            lemma: if lemmas { token.lemma } else { String::new() },
                            head: first + token.head,
                            starts: at == 0,
                        });
                    }
                }
                workspace.tidy();
            }
            annotations
        })
    }
}
