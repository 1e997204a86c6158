//! A stretch in Title Case or capitals in, the letters that a sentence would write otherwise out.
//!
//! What the report's own sentences write decides; then lists of names, then the dictionary. A name in capitals that is a
//! common word as well stays a common word without such evidence.

use super::Reader;
use super::style::Style;
use super::words::{Case, Word, third_person};
use crate::analysis::EntityType;
use crate::gazetteer::{Alias, Candidate, Found};
use crate::syntax::Pos;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// How the report's sentences write its words, in mid-sentence.
#[derive(Default)]
pub(super) struct Vocabulary(FxHashMap<String, Spellings>);

#[derive(Default)]
struct Spellings {
    small: usize,
    large: usize,
    /// The first spelling that is not small.
    form: Option<String>,
}

impl Vocabulary {
    pub(super) fn learn(&mut self, text: &str, words: &[Word]) {
        for word in words.iter().filter(|w| !w.opens) {
            let form = word.span.of(text);
            let spellings = self.0.entry(form.to_lowercase()).or_default();
            if word.case == Case::Small {
                spellings.small += 1;
            } else {
                spellings.large += 1;
                spellings.form.get_or_insert_with(|| form.to_owned());
            }
        }
    }

    /// As the sentences write it, mostly; `None` where they do not have it.
    fn spelling(&self, lower: &str) -> Option<&str> {
        let (known, spellings) = self.0.get_key_value(lower)?;
        spellings.form.as_deref().filter(|_| spellings.large > spellings.small).or(Some(known))
    }
}

/// How a word is to be written.
enum Spelling {
    AsIs,
    Small,
    Capital,
    /// Letter by letter like this.
    Like(String),
}

/// Words to each side in which "WE" tells what "US" is.
const NEAR: usize = 40;

impl Reader<'_> {
    /// Places (bytes of `text`) and letters that replace those there, of the same length.
    pub(super) fn recased(&self, text: &str, within: Span, words: &[Word], style: Style) -> Vec<(usize, char)> {
        let names = self.names(text, within, words, style);
        let mut edits = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let spelling = match &names[at] {
                Some(name) => Spelling::Like(name.clone()),
                None if style == Style::Capitals => self.capitals_spelling(text, words, at),
                None => self.titled_spelling(text, words, at),
            };
            respell(text, word.span, &spelling, &mut edits);
        }
        edits
    }

    fn titled_spelling(&self, text: &str, words: &[Word], at: usize) -> Spelling {
        let word = words[at];
        let form = word.span.of(text);
        if word.opens || word.case != Case::Capital && form != "A" {
            return Spelling::AsIs;
        }
        if let Some(known) = self.body.spelling(&form.to_lowercase()).filter(|_| !self.is_grammar(form)) {
            return Spelling::Like(known.to_owned());
        }
        let name = self.is_date(text, words, at) || !self.is_grammar(form) && !self.is_common(form);
        if name { Spelling::AsIs } else { Spelling::Small }
    }

    fn capitals_spelling(&self, text: &str, words: &[Word], at: usize) -> Spelling {
        let word = words[at];
        let form = word.span.of(text);
        let lower = form.to_lowercase();
        let dotted = form.len() == 1 && text[word.span.end..].starts_with('.');
        let ending = word.tied.is_some_and(|c| c != '-') && form.len() <= 2;
        if word.case != Case::Upper || form == "I" || dotted || self.cues.acronyms.has(&lower) && !ending {
            return Spelling::AsIs;
        }
        if ending {
            return Spelling::Small;
        }
        let known = self.body.spelling(&lower).filter(|_| !self.is_pronoun(text, words, at));
        let small = known == Some(lower.as_str()) || known.is_none() && (self.is_grammar(form) || self.is_common(form));
        match known {
            Some(known) if !small => Spelling::Like(known.to_owned()),
            // Nobody can say it, so these are letters: "FSB", "SBU".
            _ if !small && is_unsayable(&lower) => Spelling::AsIs,
            _ if word.opens || self.is_date(text, words, at) => Spelling::Capital,
            _ if small => Spelling::Small,
            _ => Spelling::Capital,
        }
    }

    /// "US", "WHO" and "IT" where everything is in capitals.
    fn is_pronoun(&self, text: &str, words: &[Word], at: usize) -> bool {
        let form = words[at].span.of(text);
        let before = at.checked_sub(1).map(|b| words[b].span.of(text).to_lowercase());
        match form {
            "US" => {
                let ours = |w: &Word| matches!(w.span.of(text), "WE" | "OUR" | "OURS");
                let near = &words[at.saturating_sub(NEAR)..words.len().min(at + NEAR)];
                before.is_some_and(|b| self.hands_over(&b)) || near.iter().any(ours)
            }
            "WHO" => {
                let next = words.get(at + 1).map(|w| w.span.of(text).to_lowercase());
                let deed = next.is_some_and(|n| !self.is_grammar(&n) && third_person(self.pipeline, &n).is_some());
                let supported = self.body.spelling("who") == Some("WHO");
                !(supported || at == 0 && deed && !text.trim_end().ends_with('?'))
            }
            _ => self.is_grammar(form) && self.body.spelling(&form.to_lowercase()) != Some(form),
        }
    }

    /// "TELLS US": verbs whose object is more often people than a state.
    fn hands_over(&self, verb: &str) -> bool {
        let lemma = self.pipeline.dictionary_form(verb, Pos::Verb);
        self.cues.pronouns_before.has(verb) || lemma.is_some_and(|lemma| self.cues.pronouns_before.has(&lemma))
    }

    /// A day or a month; "may" and "march" are months beside a number or behind "in".
    fn is_date(&self, text: &str, words: &[Word], at: usize) -> bool {
        let lower = words[at].span.of(text).to_lowercase();
        let beside = |at: usize| words.get(at).map_or("", |w| w.span.of(text));
        let number = |at: usize| beside(at).chars().all(char::is_numeric) && !beside(at).is_empty();
        let before = at.checked_sub(1);
        let dated = || {
            number(at + 1)
                || before.is_some_and(|b| number(b) || self.cues.before_months.has(&beside(b).to_lowercase()))
        };
        self.cues.calendar.has(&lower) || self.cues.unsure_months.has(&lower) && dated()
    }

    /// Of each word the spelling that a list of names gives it, where the name stands.
    fn names(&self, text: &str, within: Span, words: &[Word], style: Style) -> Vec<Option<String>> {
        let mut names: Vec<Option<String>> = vec![None; words.len()];
        let written = within.of(text);
        let mut hits = self.accepted(written, text, within, words, style, false);
        if style == Style::Capitals {
            let titled = titled(text, within, words);
            hits.extend(self.accepted(&titled, text, within, words, style, true));
        }
        // The longest first; of equal ones the spelling as it stands.
        hits.sort_by_key(|(span, _)| std::cmp::Reverse(span.len()));
        for (span, spelled) in hits {
            let inside: Vec<usize> = (0..words.len()).filter(|&w| span.contains(words[w].span)).collect();
            if inside.iter().all(|&w| names[w].is_none()) {
                let mut letters = spelled.chars().filter(|c| c.is_alphanumeric());
                for w in inside {
                    let count = words[w].span.of(text).chars().count();
                    names[w] = Some(letters.by_ref().take(count).collect());
                }
            }
        }
        names
    }

    /// Names of the stretch, written as `copy`, that may stand: with their own spelling.
    fn accepted(
        &self,
        copy: &str,
        text: &str,
        within: Span,
        words: &[Word],
        style: Style,
        titled: bool,
    ) -> Vec<(Span, String)> {
        let mut accepted = Vec::new();
        for Found { span, candidates } in self.gazetteer.find(copy) {
            let spelled = span.of(copy);
            let span = Span::new(span.start + within.start, span.end + within.start);
            let inside: Vec<usize> = (0..words.len()).filter(|&w| span.contains(words[w].span)).collect();
            let own = self.own_spelling(spelled, &candidates).unwrap_or_else(|| spelled.to_owned());
            let letters = own.chars().filter(|c| c.is_alphanumeric()).count();
            let same = letters == spelled.chars().filter(|c| c.is_alphanumeric()).count();
            let stands = match inside[..] {
                [at] => self.single_stands(text, words, at, &candidates, style, titled),
                _ => inside.iter().any(|&w| !self.is_grammar(words[w].span.of(text))),
            };
            if stands {
                accepted.push((span, if same { own } else { spelled.to_owned() }));
            }
        }
        accepted
    }

    fn alias(&self, candidate: &Candidate) -> Option<(Alias<'_>, bool)> {
        match candidate {
            Candidate::Entity { entry, alias } => {
                let entry = self.gazetteer.entry(*entry);
                Some((entry.alias(*alias), entry.is_state()))
            }
            Candidate::Generic { .. } => None,
        }
    }

    /// As the list writes it: "McConnell" for "MCCONNELL".
    fn own_spelling(&self, written: &str, candidates: &[Candidate]) -> Option<String> {
        let mut aliases = candidates.iter().filter_map(|c| self.alias(c)).map(|(a, _)| a.text());
        let capitals = !written.chars().any(char::is_lowercase);
        let fits = |t: &&str| !capitals || !t.chars().any(char::is_lowercase);
        aliases.clone().find(fits).or_else(|| aliases.next()).map(str::to_owned)
    }

    /// Whether a name of one word is meant: by the report's own spelling, or because it is hardly anything else.
    fn single_stands(
        &self,
        text: &str,
        words: &[Word],
        at: usize,
        candidates: &[Candidate],
        style: Style,
        titled: bool,
    ) -> bool {
        let form = words[at].span.of(text);
        let lower = form.to_lowercase();
        let acronym = style == Style::Capitals && !titled;
        if style == Style::Title && words[at].case != Case::Capital {
            return true;
        }
        if self.is_grammar(form) {
            // "US", "WHO", "IT" in capitals among capitals.
            return acronym && !self.is_pronoun(text, words, at);
        }
        if self.is_date(text, words, at) {
            return false;
        }
        if let Some(known) = self.body.spelling(&lower) {
            return known != lower;
        }
        let sure =
            |c: &Candidate| self.alias(c).is_some_and(|(a, state)| state && !a.needs_context() && !a.is_ambiguous());
        if acronym {
            let exact = candidates.iter().filter_map(|c| self.alias(c)).any(|(a, _)| a.text() == form);
            return exact && (is_unsayable(&lower) || !self.is_common(form));
        }
        // "Brown" and "Xi" are adjectives as well; "Mark" and "Will" are worse.
        let person = |c: &Candidate| match c {
            Candidate::Entity { entry, .. } => self.gazetteer.entry(*entry).entity_type() == EntityType::Person,
            Candidate::Generic { .. } => false,
        };
        let deed = [Pos::Verb, Pos::Adv].iter().any(|pos| self.pipeline.dictionary_form(form, *pos).is_some());
        let quality = self.pipeline.dictionary_form(form, Pos::Adj).is_some() && !candidates.iter().any(person);
        // A "Leader" is hardly ever the town of that name.
        let town = |c: &Candidate| match c {
            Candidate::Entity { entry, alias } => {
                let entry = self.gazetteer.entry(*entry);
                entry.entity_type() == EntityType::Place && !entry.is_state() && entry.alias(*alias).needs_context()
            }
            Candidate::Generic { .. } => false,
        };
        let noun = self.is_common(form) && candidates.iter().all(town);
        candidates.iter().any(sure) || !deed && !quality && !noun
    }
}

/// Letters without a vowel are read one by one.
fn is_unsayable(lower: &str) -> bool {
    !lower.contains(['a', 'e', 'i', 'o', 'u', 'y'])
}

/// The stretch with every word's first letter alone in capitals.
fn titled(text: &str, within: Span, words: &[Word]) -> String {
    let mut edits = Vec::new();
    for word in words {
        respell(text, word.span, &Spelling::Capital, &mut edits);
    }
    let mut copy = within.of(text).to_owned();
    for (at, letter) in edits {
        super::replace(&mut copy, at - within.start, letter);
    }
    copy
}

/// Letters whose other case takes as many bytes; the rest stay.
fn respell(text: &str, word: Span, spelling: &Spelling, edits: &mut Vec<(usize, char)>) {
    let mut model = match spelling {
        Spelling::Like(form) => form.chars().collect::<Vec<char>>().into_iter(),
        _ => Vec::new().into_iter(),
    };
    for (number, (i, c)) in word.of(text).char_indices().enumerate() {
        let wanted = match spelling {
            Spelling::AsIs => c,
            Spelling::Small => small(c),
            Spelling::Capital => {
                if number == 0 {
                    c
                } else {
                    small(c)
                }
            }
            Spelling::Like(_) => match model.next() {
                Some(m) if m.is_lowercase() => small(c),
                _ => c,
            },
        };
        if wanted != c && wanted.len_utf8() == c.len_utf8() {
            edits.push((word.start + i, wanted));
        }
    }
}

fn small(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}
