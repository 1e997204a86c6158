//! Words and their vectors in, lemmas out: spaCy's trainable lemmatiser, which picks an edit for each word.

use rustc_hash::{FxHashMap, FxHashSet};

use super::hash::string_id;
use super::lexicon::Lexeme;
use super::msgpack::{Value, decode};
use super::symbols;
use super::tagger::Tagger;

/// An edit of a word.
#[derive(Debug)]
enum Tree {
    Replace {
        from: Box<str>,
        to: Box<str>,
    },
    /// Keeps what is between so many first and last characters, and edits these.
    Between {
        first: usize,
        last: usize,
        before: Option<usize>,
        after: Option<usize>,
    },
}

/// The classifier, and the edit that each of its labels means.
#[derive(Debug)]
pub struct Edits {
    tagger: Tagger,
    labels: Vec<usize>,
    trees: Vec<Tree>,
}

/// Deeper trees are none: published ones have some ten levels.
const DEPTH: usize = 64;
/// Stands for no tree.
const NO_TREE: u64 = u32::MAX as u64;

/// The numbers of trees that the file `cfg` of the component lists as labels.
pub fn labels(cfg: &[u8]) -> Result<Vec<usize>, String> {
    let cfg: serde_json::Value = serde_json::from_slice(cfg).map_err(|error| error.to_string())?;
    let listed = cfg.get("labels").and_then(|labels| labels.as_array()).ok_or("no labels")?;
    let labels: Option<Vec<usize>> = listed.iter().map(|label| usize::try_from(label.as_u64()?).ok()).collect();
    labels.ok_or_else(|| "a label that is no number of a tree".into())
}

impl Edits {
    /// From the file `trees`; `strings`: `vocab/strings.json`, in which its texts stand.
    pub fn new(tagger: Tagger, labels: Vec<usize>, trees: &[u8], strings: &[u8]) -> Result<Self, String> {
        let file = decode(trees)?;
        let nodes: Vec<Value> = file.get("trees").ok_or("no trees")?.items().collect();
        let texts = texts(&nodes, strings)?;
        let trees: Result<Vec<Tree>, String> = nodes
            .iter()
            .enumerate()
            .map(|(at, node)| tree(node, &texts).ok_or(format!("tree {at} is damaged")))
            .collect();
        let trees = trees?;
        let known = |tree: &usize| *tree < trees.len();
        let children = trees.iter().flat_map(|tree| match tree {
            Tree::Between { before, after, .. } => [*before, *after],
            Tree::Replace { .. } => [None, None],
        });
        if !labels.iter().all(known) || !children.flatten().all(|tree| known(&tree)) {
            return Err(format!("a tree beyond the last one, {}", trees.len()));
        }
        Ok(Self { tagger, labels, trees })
    }

    /// The lemma of each word; a word that its edit does not fit is its own lemma.
    pub fn lemmas(&self, vectors: &[f32], words: &[&Lexeme], scores: &mut Vec<f32>) -> Vec<String> {
        let chosen = self.tagger.tag(vectors, words.len(), scores);
        let lemma = |(word, label): (&&Lexeme, usize)| {
            let form: Vec<char> = word.orth.chars().collect();
            let mut lemma = String::with_capacity(word.orth.len());
            let fits = self.edit(self.labels[label], &form, 0, &mut lemma);
            if fits { lemma } else { word.orth.to_string() }
        };
        words.iter().zip(chosen).map(lemma).collect()
    }

    /// Adds the edited `form` to `lemma`; false if the tree does not fit it.
    fn edit(&self, tree: usize, form: &[char], depth: usize, lemma: &mut String) -> bool {
        match &self.trees[tree] {
            Tree::Replace { from, to } => {
                lemma.push_str(to);
                from.chars().eq(form.iter().copied())
            }
            Tree::Between { first, last, before, after } => {
                let Some(end) = form.len().checked_sub(*last).filter(|end| end >= first && depth < DEPTH) else {
                    return false;
                };
                let part = |tree: &Option<usize>, form: &[char], lemma: &mut String| {
                    tree.is_none_or(|tree| self.edit(tree, form, depth + 1, lemma))
                };
                let fits = part(before, &form[..*first], lemma);
                lemma.extend(&form[*first..end]);
                fits && part(after, &form[end..], lemma)
            }
        }
    }
}

/// The texts that the trees name by number.
fn texts(nodes: &[Value], strings: &[u8]) -> Result<FxHashMap<u64, Box<str>>, String> {
    let named = nodes.iter().flat_map(|node| ["orig", "subst"].map(|part| node.get(part).and_then(Value::number)));
    let named: FxHashSet<u64> = named.flatten().collect();
    let symbols = named.iter().filter_map(|number| Some((*number, symbols::name(*number)?.into())));
    let strings: Vec<String> =
        serde_json::from_slice(strings).map_err(|error| format!("vocab/strings.json: {error}"))?;
    let strings = strings.into_iter().chain([String::new()]).map(|text| (string_id(&text), text.into()));
    Ok(strings.filter(|(number, _)| named.contains(number)).chain(symbols).collect())
}

fn tree(node: &Value, texts: &FxHashMap<u64, Box<str>>) -> Option<Tree> {
    let number = |part: &str| node.get(part).and_then(Value::number);
    if let (Some(from), Some(to)) = (number("orig"), number("subst")) {
        return Some(Tree::Replace { from: texts.get(&from)?.clone(), to: texts.get(&to)?.clone() });
    }
    let child = |part: &str| number(part).map(|tree| (tree != NO_TREE).then_some(tree as usize));
    let (first, last) = (number("prefix_len")? as usize, number("suffix_len")? as usize);
    Some(Tree::Between { first, last, before: child("prefix_tree")?, after: child("suffix_tree")? })
}
