//! The analyser's output: sentences of tokens with tag, part of speech, lemma, head and label.

use crate::text::Span;

/// From Monday on.
pub const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A word or mark, with its place in the syntax tree of its sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the analysed text (of the document, once placed there).
    pub span: Span,
    pub text: String,
    pub lemma: String,
    pub tag: Tag,
    pub pos: Pos,
    pub dep: Dep,
    /// Index of the head in the sentence; the root is its own head.
    pub head: usize,
}

impl Token {
    /// The word as `text` has it where the token lies: the analysed word may differ from it in letter case alone.
    pub fn written<'t>(&'t self, text: &'t str) -> &'t str {
        let there = self.span.of(text);
        let small = |word: &'t str| word.chars().flat_map(char::to_lowercase);
        if there.is_empty() || small(there).eq(small(&self.text)) { there } else { &self.text }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    pub tokens: Vec<Token>,
}

/// A sentence in its document, with the number of the block it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub block: usize,
    pub sentence: Sentence,
}

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal $(| $other_text:literal)*),+ $(,)? } else $other:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),+, $other }

        impl $name {
            /// Labels that this enum does not know become the last variant.
            pub fn parse(label: &str) -> Self {
                match label { $($text $(| $other_text)* => Self::$variant,)+ _ => Self::$other }
            }

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ Self::$other => "?" }
            }
        }
    };
}

labels! {
    /// ClearNLP dependency labels, as the English pipelines use them.
    Dep {
        Root = "ROOT", Acl = "acl", Acomp = "acomp", Advcl = "advcl", Advmod = "advmod", Agent = "agent", Amod = "amod",
        Appos = "appos", Attr = "attr", Aux = "aux", Auxpass = "auxpass", Case = "case", Cc = "cc", Ccomp = "ccomp",
        Compound = "compound", Conj = "conj", Csubj = "csubj", Csubjpass = "csubjpass", Dative = "dative", Unclear = "dep",
        Det = "det", Dobj = "dobj", Expl = "expl", Intj = "intj", Mark = "mark", Meta = "meta", Neg = "neg", Nmod = "nmod",
        Npadvmod = "npadvmod", Nsubj = "nsubj", Nsubjpass = "nsubjpass", Nummod = "nummod", Oprd = "oprd",
        Parataxis = "parataxis", Pcomp = "pcomp", Pobj = "pobj", Poss = "poss", Preconj = "preconj", Predet = "predet",
        Prep = "prep", Prt = "prt", Punct = "punct", Quantmod = "quantmod", Relcl = "relcl", Xcomp = "xcomp",
        // Who says a headline: set by its own grammar, never by a parser.
        Source = "headline:source",
    } else Other
}

labels! {
    /// Universal parts of speech.
    Pos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", Space = "SPACE",
    } else X
}

labels! {
    /// Penn Treebank tags, as OntoNotes uses them.
    Tag {
        Dollar = "$", CloseQuote = "''", Comma = ",", Lrb = "-LRB-", Rrb = "-RRB-", Stop = ".", Colon = ":", Add = "ADD",
        Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", Hyph = "HYPH", In = "IN", Jj = "JJ",
        Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS", Nns = "NNS",
        Pdt = "PDT", Pos = "POS", Prp = "PRP", PrpS = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM",
        To = "TO", Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT",
        Wp = "WP", WpS = "WP$", Wrb = "WRB", Space = "_SP", OpenQuote = "``",
    } else Xx
}

labels! {
    /// Kinds of names and figures: OntoNotes' labels, as the English pipelines use them, and those of WikiNER.
    NameLabel {
        Person = "PERSON" | "PER", Norp = "NORP", Fac = "FAC", Org = "ORG", Gpe = "GPE", Loc = "LOC", Product = "PRODUCT",
        Event = "EVENT", WorkOfArt = "WORK_OF_ART", Law = "LAW", Language = "LANGUAGE", Date = "DATE", Time = "TIME",
        Percent = "PERCENT", Money = "MONEY", Quantity = "QUANTITY", Ordinal = "ORDINAL", Cardinal = "CARDINAL",
        Misc = "MISC",
    } else Other
}

impl Dep {
    /// Words before a noun that say whose or which it is.
    pub fn is_premodifier(self) -> bool {
        matches!(self, Self::Poss | Self::Amod | Self::Compound | Self::Nmod)
    }

    pub fn is_subject(self) -> bool {
        matches!(self, Self::Nsubj | Self::Nsubjpass)
    }
}

impl Sentence {
    /// Dependents of token `head`, in text order.
    pub fn children(&self, head: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |&i| self.tokens[i].head == head && i != head)
    }

    /// Whether `verb` has "to" before it.
    pub fn is_infinitive(&self, verb: usize) -> bool {
        self.children(verb).any(|c| self.tokens[c].tag == Tag::To)
    }

    /// X in "called on X to withdraw", "an appeal to X to stop".
    pub fn called_upon(&self, asking: usize) -> Option<usize> {
        let links: &[&str] = match self.tokens[asking].lemma.as_str() {
            "call" | "press" | "rely" | "depend" => &["on", "upon"],
            "appeal" | "plea" | "ultimatum" => &["to"],
            "demand" if self.tokens[asking].pos == Pos::Noun => &["to"],
            "plead" => &["with"],
            _ => return None,
        };
        let linked = |c: &usize| links.contains(&self.tokens[*c].text.to_lowercase().as_str());
        let asked = self.children(asking).filter(linked).find_map(|link| self.child(link, &[Dep::Pobj]))?;
        // "called on Friday", "on June 5".
        let day = DAYS.contains(&self.tokens[asked].text.as_str())
            || self.tokens[asked].pos == Pos::Propn && self.child(asked, &[Dep::Nummod]).is_some();
        (!day).then_some(asked)
    }

    /// First dependent of `head` with one of `deps`.
    pub fn child(&self, head: usize, deps: &[Dep]) -> Option<usize> {
        self.children(head).find(|&i| deps.contains(&self.tokens[i].dep))
    }
}

impl Sentence {
    /// Bytes that it takes in memory, about.
    pub(super) fn size(&self) -> usize {
        /// What a small piece of text takes beside its handle.
        const TEXT: usize = 32;
        size_of::<Self>() + self.tokens.len() * (size_of::<Token>() + 2 * TEXT)
    }

    /// The same sentence with every span translated, as from a block to its document.
    pub fn map_spans(mut self, translate: impl Fn(Span) -> Span) -> Self {
        self.span = translate(self.span);
        for token in &mut self.tokens {
            token.span = translate(token.span);
        }
        self
    }
}
