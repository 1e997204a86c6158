//! A statement of a headline in, its sentences out: what headlines leave out is put back for the parser, and taken away again.
//!
//! The parser learnt from prose. A headline drops "is", "was" and "and", and its verbs in -s look like nouns. Where the plain
//! parse is no clause, copies with the missing word are parsed; the first that makes one clause of the words is taken.

use super::parts::{NOUN_LINKS, Part};
use super::words::third_person;
use crate::lexicon::{Headlines, Lexicon};
use crate::syntax::{Dep, Pipeline, Pos, Sentence, Tag, Token};
use crate::text::Span;

pub(super) fn sentences(text: &str, part: &Part, pipeline: &Pipeline, lexicon: &Lexicon) -> Vec<Sentence> {
    let parser = Parser { text, pipeline, lexicon, cues: &lexicon.headlines };
    let mut sentences = parser.statement(part.statement);
    if let (Some(source), Some(first)) = (part.source, sentences.first_mut())
        && let Some(named) = parser.parse(&parser.draft(source)).into_iter().next()
    {
        attach(first, named);
    }
    sentences
}

/// The source's tokens join those of the statement; its root becomes the statement's source.
fn attach(sentence: &mut Sentence, source: Sentence) {
    let before = source.span.start < sentence.span.start;
    let (shift, moved) = if before { (0, source.tokens.len()) } else { (sentence.tokens.len(), 0) };
    sentence.tokens.iter_mut().for_each(|t| t.head += moved);
    let root = moved + sentence.tokens.iter().position(|t| t.dep == Dep::Root).unwrap_or(0);
    let tokens: Vec<Token> = source
        .tokens
        .into_iter()
        .map(|t| match t.dep {
            Dep::Root => Token { dep: Dep::Source, head: root, ..t },
            _ => Token { head: t.head + shift, ..t },
        })
        .collect();
    let at = if before { 0 } else { sentence.tokens.len() };
    sentence.tokens.splice(at..at, tokens);
    sentence.span = sentence.span.cover(source.span);
}

struct Parser<'a> {
    text: &'a str,
    pipeline: &'a Pipeline,
    lexicon: &'a Lexicon,
    cues: &'a Headlines,
}

/// A token of the headline as it is given to the parser.
#[derive(Clone, Debug)]
struct Piece {
    /// Bytes of the headline; empty for a word that is put in.
    span: Span,
    text: String,
    /// Whether a blank stands before it.
    apart: bool,
}

type Draft = Vec<Piece>;

/// Words and signs of a line that is read as a headline; what is longer is a chain or no language.
const LONGEST: usize = 80;

/// So many copies are tried.
const MOST_COPIES: usize = 5;

/// What is missing, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gap {
    /// "Xi [is] to visit".
    Infinitive(usize),
    /// "Two [were] killed".
    Participle(usize),
    /// "Xi [will] visit(s)".
    Verb(usize),
    /// "A, B [are] in talks".
    Copula(usize),
}

impl Parser<'_> {
    fn statement(&self, span: Span) -> Vec<Sentence> {
        let draft = self.draft(span);
        if draft.len() > LONGEST {
            return self.parse(&draft);
        }
        let mut sentences = self.clauses(draft);
        for sentence in &mut sentences {
            stray_object(sentence);
            self.unsaid(sentence);
        }
        sentences
    }

    /// "US says China 'on wrong side of history'": what is said is a clause, never a name.
    fn unsaid(&self, sentence: &mut Sentence) {
        for at in 0..sentence.tokens.len() {
            let verb = &sentence.tokens[sentence.tokens[at].head];
            if sentence.tokens[at].dep == Dep::Dobj && self.cues.clausal.has(&verb.lemma) {
                sentence.tokens[at].dep = Dep::Unclear;
            }
        }
    }

    fn clauses(&self, draft: Draft) -> Vec<Sentence> {
        let plain = self.parse(&draft);
        if plain.len() != 1 || draft.len() < 2 {
            return plain;
        }
        let joined = self.joined(&draft);
        let (named, many) = joined.as_ref().map_or((&draft, false), |joined| (joined, true));
        if let Some(sentence) = self.shared(named).and_then(|gap| self.with(named, gap, many)) {
            return vec![sentence];
        }
        if let Some(joined) = joined
            && let Some(sentence) = self.repaired(&joined, true)
        {
            return vec![sentence];
        }
        if self.is_clause(&plain[0], &draft) {
            return plain;
        }
        self.repaired(&draft, false).map_or(plain, |sentence| vec![sentence])
    }

    fn draft(&self, span: Span) -> Draft {
        let mut end = span.start;
        let piece = |t: &Span| {
            let at = Span::new(t.start + span.start, t.end + span.start);
            let apart = at.start > end;
            end = at.end;
            Piece { span: at, text: at.of(self.text).to_owned(), apart }
        };
        self.pipeline.tokens(span.of(self.text)).iter().map(piece).collect()
    }

    /// Sentences of the draft; tokens that were put in are empty, and a full stop put in is gone.
    fn parse(&self, draft: &Draft) -> Vec<Sentence> {
        let mut text = String::new();
        let mut starts = Vec::new();
        for piece in draft {
            if piece.apart && !text.is_empty() {
                text.push(' ');
            }
            starts.push(text.len());
            text.push_str(&piece.text);
        }
        if !text.ends_with(['.', '!', '?', '…', '"', '”', '\'', '’']) {
            starts.push(text.len());
            text.push('.');
        }
        let parsed = self.pipeline.parse_once(&[&text]);
        let sentences = parsed.iter().flat_map(|sentences| sentences.iter());
        sentences.filter_map(|sentence| placed(self.text, sentence, draft, &starts)).collect()
    }

    /// The copy that makes one clause of the draft, with its verb put right.
    fn repaired(&self, draft: &Draft, joined: bool) -> Option<Sentence> {
        let one = |d: &Draft| <[Sentence; 1]>::try_from(self.parse(d)).ok().map(|[s]| s);
        let plain = one(draft)?;
        if joined && self.is_clause(&plain, draft) && self.is_joined(&plain) {
            return Some(plain);
        }
        self.gaps(draft, &plain, joined).into_iter().take(MOST_COPIES).find_map(|gap| self.with(draft, gap, joined))
    }

    /// The draft with its gap filled, if that makes one clause of it.
    fn with(&self, draft: &Draft, gap: Gap, joined: bool) -> Option<Sentence> {
        let (filled, at) = self.filled(draft, gap, joined);
        let [mut sentence] = <[Sentence; 1]>::try_from(self.parse(&filled)).ok()?;
        let whole = sentence.tokens.len() == filled.len() && self.holds(&sentence, gap, at, joined);
        whole.then(|| {
            finish(&mut sentence, gap, at);
            sentence
        })
    }

    /// "Argentina, Venezuela in oil deal": names, "in", and a noun that takes two.
    fn shared(&self, draft: &Draft) -> Option<Gap> {
        let at = draft.iter().position(|p| p.text == "in").filter(|at| *at > 0)?;
        let name = |p: &Piece| matches!(p.text.as_str(), "and" | ",") || p.text.starts_with(char::is_uppercase);
        let deed = draft[at + 1..].iter().position(|p| self.lexicon.reciprocal.nouns.has(&p.text))?;
        let nominal = draft[at + 1..][..deed].iter().all(|p| self.is_nominal(&p.text));
        (draft[..at].iter().all(name) && nominal).then_some(Gap::Copula(at))
    }

    /// "Xi, Putin hold talks": the comma is an "and".
    fn joined(&self, draft: &Draft) -> Option<Draft> {
        let comma = draft.iter().take(8).rposition(|p| p.text == ",")?;
        let names = draft[..comma].iter().chain(draft.get(comma + 1));
        let nominal = |p: &Piece| p.text == "," || self.is_nominal(&p.text);
        let enough = comma > 0 && comma + 2 < draft.len() && names.clone().all(nominal);
        let small = draft[comma + 1..].iter().find(|p| p.text.starts_with(char::is_lowercase));
        let third = small.and_then(|p| third_person(self.pipeline, &p.text));
        if !enough || third.is_some() {
            return None;
        }
        let mut joined = draft.clone();
        joined[comma].text = "and".to_owned();
        joined[comma].apart = true;
        Some(joined)
    }

    /// A capital, or a small word that can be a noun or an adjective.
    fn is_nominal(&self, word: &str) -> bool {
        let known = |pos: Pos| self.pipeline.dictionary_form(word, pos).is_some();
        let marks = ["-", "'s", "’s", "'", "’"];
        !self.cues.finite.has(word)
            && (word.starts_with(char::is_uppercase) || marks.contains(&word) || known(Pos::Noun) || known(Pos::Adj))
    }

    /// Whether the subject is two or more that the comma joined.
    fn is_joined(&self, sentence: &Sentence) -> bool {
        let root = root(sentence);
        let subject = sentence.child(root, &[Dep::Nsubj, Dep::Nsubjpass]);
        let plural = sentence.tokens[root].tag != Tag::Vbz || sentence.tokens[root].span.is_empty();
        plural && subject.is_some_and(|s| sentence.child(s, &[Dep::Conj]).is_some())
    }

    /// A finite verb with its subject before it, and no past that is a passive in truth.
    fn is_clause(&self, sentence: &Sentence, draft: &Draft) -> bool {
        let at = root(sentence);
        let verb = &sentence.tokens[at];
        let helped = sentence.children(at).any(|c| self.cues.finite.has(&sentence.tokens[c].text.to_lowercase()));
        let finite = matches!(verb.tag, Tag::Vbz | Tag::Vbp | Tag::Vbd) || helped;
        let subject = [Dep::Nsubj, Dep::Nsubjpass, Dep::Expl, Dep::Csubj];
        let led = sentence.child(at, &subject).is_some_and(|s| s < at);
        let bare = verb.tag == Tag::Vbd && !helped && self.is_bare_participle(sentence, at, draft);
        matches!(verb.pos, Pos::Verb | Pos::Aux) && finite && led && !bare
    }

    /// "Minister accused by Kyiv", "Kherson shelled": headlines tell the past in the present, so this is a passive.
    fn is_bare_participle(&self, sentence: &Sentence, verb: usize, draft: &Draft) -> bool {
        let word = &sentence.tokens[verb];
        let object = [Dep::Dobj, Dep::Ccomp, Dep::Xcomp, Dep::Attr, Dep::Acomp, Dep::Dative, Dep::Prt];
        let next = draft.iter().find(|p| p.span.start >= word.span.end && !p.span.is_empty());
        let followed = next.is_none_or(|p| self.cues.participle_after.has(&p.text.to_lowercase()));
        let agent = sentence.children(verb).any(|c| sentence.tokens[c].text == "by");
        if next.is_some_and(|p| self.names_office(&word.lemma, &p.text)) {
            return true;
        }
        if agent && sentence.child(verb, &[Dep::Dobj]).is_none() {
            return true;
        }
        sentence.child(verb, &object).is_none() && followed && !self.cues.going.has(&word.lemma)
    }

    /// "elected president": an office without an article behind a verb of naming.
    fn names_office(&self, lemma: &str, next: &str) -> bool {
        self.cues.naming.has(lemma) && self.lexicon.titles.has(next)
    }

    fn gaps(&self, draft: &Draft, plain: &Sentence, joined: bool) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let word = |at: usize| draft.get(at).map_or("", |p| p.text.as_str());
        let finite = draft.iter().position(|p| self.cues.finite.has(&p.text.to_lowercase())).unwrap_or(draft.len());
        for at in 1..finite {
            let base = |at: usize| self.pipeline.dictionary_form(word(at), Pos::Verb).is_some_and(|l| l == word(at));
            let small = word(at).starts_with(char::is_lowercase);
            if word(at) == "to" && base(at + 1) {
                gaps.push(Gap::Infinitive(at - usize::from(word(at - 1) == "not")));
            } else if small && self.is_participle(draft, plain, at) {
                gaps.push(Gap::Participle(at));
            } else if !joined
                && third_person(self.pipeline, word(at)).is_some_and(|lemma| self.is_deed(&lemma, word(at + 1)))
                || small && base(at) && !self.cues.function.has(word(at))
            {
                gaps.push(Gap::Verb(at));
            }
        }
        gaps
    }

    /// Not "sanctions" in "US sanctions on Iran": a noun's preposition follows a noun.
    fn is_deed(&self, lemma: &str, next: &str) -> bool {
        let noun = self.pipeline.dictionary_form(lemma, Pos::Noun).is_some();
        !noun || !NOUN_LINKS.contains(&next) || self.cues.going.has(lemma)
    }

    /// A verb's past form before something that no object is.
    fn is_participle(&self, draft: &Draft, plain: &Sentence, at: usize) -> bool {
        let form = draft[at].text.as_str();
        let Some(lemma) = self.pipeline.dictionary_form(form, Pos::Verb) else { return false };
        let tagged = plain.tokens.iter().any(|t| t.span == draft[at].span && matches!(t.tag, Tag::Vbn | Tag::Vbd));
        let followed = draft.get(at + 1).is_none_or(|p| {
            self.cues.participle_after.has(&p.text.to_lowercase()) || self.names_office(&lemma, &p.text)
        });
        let past = lemma != form && !form.ends_with("ing") && (form.ends_with("ed") || !form.ends_with('s'));
        (past || tagged) && followed && !self.cues.going.has(&lemma)
    }

    /// The draft with the missing word, and where the deed's own token is in it.
    fn filled(&self, draft: &Draft, gap: Gap, joined: bool) -> (Draft, usize) {
        let mut filled = draft.clone();
        let (at, helper) = match gap {
            Gap::Infinitive(at) | Gap::Copula(at) => (at, if joined { "are" } else { "is" }),
            Gap::Participle(at) => (at, if joined { "were" } else { "was" }),
            Gap::Verb(at) => (at, "will"),
        };
        if let Gap::Verb(_) = gap
            && let Some(lemma) = self.pipeline.dictionary_form(&filled[at].text, Pos::Verb)
        {
            filled[at].text = lemma;
        }
        let place = filled[at].span.start;
        filled.insert(at, Piece { span: Span::new(place, place), text: helper.to_owned(), apart: true });
        let deed = match gap {
            Gap::Infinitive(_) | Gap::Copula(_) => at,
            Gap::Participle(_) | Gap::Verb(_) => at + 1,
        };
        (filled, deed)
    }

    /// Whether the copy is one clause around the deed, whose subject is all that stands before it.
    fn holds(&self, sentence: &Sentence, gap: Gap, deed: usize, joined: bool) -> bool {
        let deps: &[Dep] = match gap {
            Gap::Participle(_) => &[Dep::Nsubjpass],
            _ => &[Dep::Nsubj],
        };
        let Some(subject) = sentence.child(deed, deps).filter(|s| *s < deed) else { return false };
        let first = leftmost(sentence, subject);
        let led = (0..first).all(|t| sentence.tokens[t].pos == Pos::Punct || sentence.tokens[t].head == deed);
        let whole = match gap {
            Gap::Infinitive(_) => sentence.child(deed, &[Dep::Xcomp]).is_some_and(|v| sentence.is_infinitive(v)),
            Gap::Copula(at) => sentence.child(deed, &[Dep::Prep]) == Some(at + 1) && common(sentence, at + 1),
            Gap::Participle(_) => true,
            Gap::Verb(_) => !joined || sentence.child(subject, &[Dep::Conj]).is_some(),
        };
        sentence.tokens[deed].dep == Dep::Root && led && whole
    }
}

/// "Turkey blocks Sweden": a name right behind a verb without object is no adverb.
fn stray_object(sentence: &mut Sentence) {
    for at in 1..sentence.tokens.len() {
        let (token, verb) = (&sentence.tokens[at], sentence.tokens[at].head);
        let first = leftmost(sentence, at);
        let stray = token.dep == Dep::Npadvmod && token.tag == Tag::Nnp && first == verb + 1;
        let finite = matches!(sentence.tokens[verb].tag, Tag::Vbz | Tag::Vbp | Tag::Vbd | Tag::Vb);
        let day = sentence.tokens[first..=at].iter().any(|t| is_day(&t.text));
        if stray && finite && !day && sentence.child(verb, &[Dep::Dobj]).is_none() {
            sentence.tokens[at].dep = Dep::Dobj;
        }
    }
}

fn is_day(word: &str) -> bool {
    word.ends_with("day") || word.chars().any(char::is_numeric)
}

/// Whether a common noun follows the preposition: "in talks", not "in Beijing".
fn common(sentence: &Sentence, preposition: usize) -> bool {
    sentence.child(preposition, &[Dep::Pobj]).is_some_and(|o| sentence.tokens[o].pos == Pos::Noun)
}

fn root(sentence: &Sentence) -> usize {
    sentence.tokens.iter().position(|t| t.dep == Dep::Root).unwrap_or(0)
}

fn leftmost(sentence: &Sentence, token: usize) -> usize {
    let below = |t: &usize| {
        let mut at = *t;
        // A tree is no deeper than its tokens are many.
        for _ in 0..sentence.tokens.len() {
            if at == token {
                return true;
            }
            at = sentence.tokens[at].head;
        }
        false
    };
    (0..sentence.tokens.len()).find(below).unwrap_or(token)
}

/// Tokens of a parsed draft, placed in the headline; `None` if the parser cut them another way.
fn placed(text: &str, sentence: &Sentence, draft: &Draft, starts: &[usize]) -> Option<Sentence> {
    let mut kept = Vec::new();
    for token in &sentence.tokens {
        let piece = starts.partition_point(|s| *s <= token.span.start).checked_sub(1)?;
        let Some(Piece { span, text: given, .. }) = draft.get(piece) else {
            // The full stop that was put in, or what it was swallowed by.
            kept.push(None);
            continue;
        };
        let from = token.span.start - starts[piece];
        let own = token.span.len() == given.len() || given.len() == span.len();
        if !own {
            return None;
        }
        let place = match (span.is_empty(), given.len() == span.len()) {
            (true, _) => *span,
            (_, false) => *span,
            _ => Span::new(span.start + from, (span.start + from + token.span.len()).min(span.end)),
        };
        kept.push(Some(place));
    }
    let number: Vec<usize> = kept
        .iter()
        .scan(0, |n, k| {
            let at = *n;
            *n += usize::from(k.is_some());
            Some(at)
        })
        .collect();
    let mut tokens: Vec<Token> = Vec::new();
    for (at, (token, place)) in sentence.tokens.iter().zip(&kept).enumerate() {
        let Some(place) = place else { continue };
        // What hung on the full stop becomes a root of its own.
        let lost = kept[token.head].is_none();
        let head = if lost { at } else { token.head };
        let dep = if lost { Dep::Root } else { token.dep };
        let word = if place.is_empty() { token.text.clone() } else { place.of(text).to_owned() };
        tokens.push(Token { span: *place, text: word, head: number[head], dep, ..token.clone() });
    }
    let span = tokens.first()?.span.cover(tokens.last()?.span);
    Some(Sentence { span, tokens })
}

/// The helper's traces: a verb gets its tense back; a copula before a preposition is found by that.
fn finish(sentence: &mut Sentence, gap: Gap, deed: usize) {
    match gap {
        Gap::Verb(_) => {
            sentence.tokens[deed].tag = Tag::Vbz;
            remove(sentence, deed - 1);
        }
        Gap::Copula(at) => {
            let Token { span, text, .. } = &sentence.tokens[at + 1];
            (sentence.tokens[at].span, sentence.tokens[at].text) = (*span, text.clone());
        }
        Gap::Infinitive(_) | Gap::Participle(_) => {}
    }
}

/// Takes a token away; what hung on it climbs to its head.
fn remove(sentence: &mut Sentence, token: usize) {
    let head = sentence.tokens[token].head;
    for t in &mut sentence.tokens {
        if t.head == token {
            t.head = head;
        }
    }
    sentence.tokens.remove(token);
    for t in sentence.tokens.iter_mut().filter(|t| t.head > token) {
        t.head -= 1;
    }
}
