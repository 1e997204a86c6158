//! A parsed sentence in, the same with the parser's known slips on news put right: lemmas, days after places, split subjects.

use super::spelling::undoubled;
use super::token::{Dep, Pos, Sentence, Tag};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Each repair rests on something that English does not allow otherwise; none looks at particular names.
pub fn repaired(mut sentence: Sentence) -> Sentence {
    lemmas(&mut sentence);
    days(&mut sentence);
    stolen_subjects(&mut sentence);
    sentence
}

fn lemmas(sentence: &mut Sentence) {
    for token in sentence.tokens.iter_mut().filter(|t| t.pos == Pos::Verb) {
        if let Some(lemma) = undoubled(&token.text, &token.lemma) {
            token.lemma = lemma;
        }
    }
}

/// "came to [Warsaw Sunday]": the place is the argument, the day an adverb of the verb.
fn days(sentence: &mut Sentence) {
    for day in 1..sentence.tokens.len() {
        let place = day - 1;
        let [before, word] = &sentence.tokens[place..=day] else { continue };
        let stuck = DAYS.contains(&word.text.as_str())
            && before.dep == Dep::Compound
            && before.head == day
            && before.pos == Pos::Propn;
        if !stuck || word.head == day {
            continue;
        }
        let (dep, head) = (word.dep, word.head);
        let verb = std::iter::successors(Some(head), |&t| Some(sentence.tokens[t].head))
            .take(sentence.tokens.len())
            .find(|&t| matches!(sentence.tokens[t].pos, Pos::Verb | Pos::Aux))
            .unwrap_or(head);
        for token in &mut sentence.tokens[..place] {
            if token.head == day {
                token.head = place;
            }
        }
        (sentence.tokens[place].dep, sentence.tokens[place].head) = (dep, head);
        (sentence.tokens[day].dep, sentence.tokens[day].head) = (Dep::Npadvmod, verb);
    }
}

/// "the invasion of Ukraine and [Moscow] considers": a finite verb without a subject takes the name right before it.
fn stolen_subjects(sentence: &mut Sentence) {
    for verb in 1..sentence.tokens.len() {
        let name = verb - 1;
        let [noun, word] = &sentence.tokens[name..=verb] else { continue };
        let finite = word.pos == Pos::Verb && matches!(word.tag, Tag::Vbz | Tag::Vbd | Tag::Vbp);
        let joined = noun.dep == Dep::Conj && noun.pos == Pos::Propn && word.dep == Dep::Conj && noun.head != verb;
        let own = || {
            let subject = |c: usize| c < verb && sentence.tokens[c].dep.is_subject() && c + 2 >= name && c != name;
            sentence.children(verb).any(subject)
        };
        if finite && joined && !own() {
            (sentence.tokens[name].dep, sentence.tokens[name].head) = (Dep::Nsubj, verb);
            // What the parser took for the subject belongs to the clause before.
            let far: Vec<usize> =
                sentence.children(verb).filter(|&c| sentence.tokens[c].dep.is_subject() && c != name).collect();
            for subject in far {
                sentence.tokens[subject].dep = Dep::Unclear;
            }
        }
    }
}
