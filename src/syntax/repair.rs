//! A parsed sentence in, the same with the parser's known slips on news put right: lemmas, days after places, split subjects and objects.

use super::spelling::undoubled;
use super::token::{DAYS, Dep, Pos, Sentence, Tag};

/// Each repair rests on something that English does not allow otherwise; none looks at particular names.
pub fn repaired(mut sentence: Sentence) -> Sentence {
    lemmas(&mut sentence);
    days(&mut sentence);
    stolen_subjects(&mut sentence);
    stolen_objects(&mut sentence);
    joined_subjects(&mut sentence);
    doing_objects(&mut sentence);
    clefts(&mut sentence);
    asked_deeds(&mut sentence);
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

/// "intercepted the calls and the [Pentagon] now believes": a finite verb without a subject takes the noun right before it.
fn stolen_subjects(sentence: &mut Sentence) {
    for verb in 1..sentence.tokens.len() {
        let word = &sentence.tokens[verb];
        let finite = word.pos == Pos::Verb && matches!(word.tag, Tag::Vbz | Tag::Vbd | Tag::Vbp);
        if !finite || !matches!(word.dep, Dep::Conj | Dep::Ccomp) {
            continue;
        }
        let adverb =
            verb >= 2 && sentence.tokens[verb - 1].dep == Dep::Advmod && sentence.tokens[verb - 1].head == verb;
        let name = verb - 1 - usize::from(adverb);
        let noun = &sentence.tokens[name];
        let named = noun.pos == Pos::Propn || noun.pos == Pos::Noun && word.dep == Dep::Ccomp;
        let joined = noun.dep == Dep::Conj && named && noun.head != verb;
        let own = || {
            let subject = |c: usize| c < verb && sentence.tokens[c].dep.is_subject() && c + 2 >= name && c != name;
            sentence.children(verb).any(subject)
        };
        if joined && !own() {
            take_subject(sentence, name, verb);
        }
    }
}

fn take_subject(sentence: &mut Sentence, name: usize, verb: usize) {
    (sentence.tokens[name].dep, sentence.tokens[name].head) = (Dep::Nsubj, verb);
    // What it seemed to complete goes beside it.
    if sentence.tokens[verb].dep == Dep::Ccomp {
        sentence.tokens[verb].dep = Dep::Conj;
    }
    // What the parser took for the subject belongs to the clause before.
    let far: Vec<usize> =
        sentence.children(verb).filter(|&c| sentence.tokens[c].dep.is_subject() && c != name).collect();
    for subject in far {
        sentence.tokens[subject].dep = Dep::Unclear;
    }
}

/// "backs [Armenia] and China backs Pakistan": two names do not take a singular verb, so the first is the object of the verb
/// before it.
fn joined_subjects(sentence: &mut Sentence) {
    for second in 1..sentence.tokens.len() {
        let word = &sentence.tokens[second];
        if word.tag != Tag::Vbz || !matches!(word.dep, Dep::Ccomp | Dep::Conj | Dep::Dobj) || word.lemma == "be" {
            continue;
        }
        let first = word.head;
        let subject = sentence.children(second).find(|&c| sentence.tokens[c].dep == Dep::Nsubj && c < second);
        let Some(name) = subject.filter(|&s| first < s && sentence.tokens[s].pos == Pos::Propn) else { continue };
        let other = sentence.children(name).find(|&c| sentence.tokens[c].dep == Dep::Conj && c + 1 == second);
        let bare = sentence.children(first).all(|c| c == second || sentence.tokens[c].dep != Dep::Dobj);
        let finite = matches!(sentence.tokens[first].tag, Tag::Vbz | Tag::Vbd | Tag::Vbp);
        let start = sentence.children(name).filter(|&c| c < name).min().unwrap_or(name);
        if let Some(other) = other.filter(|_| bare && finite && start == first + 1) {
            (sentence.tokens[name].dep, sentence.tokens[name].head) = (Dep::Dobj, first);
            (sentence.tokens[other].dep, sentence.tokens[other].head) = (Dep::Nsubj, second);
            sentence.tokens[second].dep = Dep::Conj;
        }
    }
}

/// "It was France that sued Italy": no statement begins with a relative pronoun, so the clause belongs to the noun before it.
fn clefts(sentence: &mut Sentence) {
    for verb in 3..sentence.tokens.len() {
        let word = &sentence.tokens[verb];
        let copula = word.head;
        if word.dep != Dep::Ccomp || sentence.tokens[copula].lemma != "be" {
            continue;
        }
        let relative =
            |c: &usize| sentence.tokens[*c].dep == Dep::Nsubj && matches!(sentence.tokens[*c].tag, Tag::Wdt | Tag::Wp);
        let Some(pronoun) = sentence.children(verb).find(relative) else { continue };
        let it = sentence.children(copula).any(|c| sentence.tokens[c].text.eq_ignore_ascii_case("it"));
        let noun = sentence.children(copula).find(|&c| sentence.tokens[c].dep == Dep::Attr && c + 1 == pronoun);
        if let Some(noun) = noun.filter(|_| it) {
            (sentence.tokens[verb].dep, sentence.tokens[verb].head) = (Dep::Relcl, noun);
        }
    }
}

/// "called on [Turkey and Egypt] to close their ports": no purpose of the call, but what is asked of them.
fn asked_deeds(sentence: &mut Sentence) {
    for deed in 3..sentence.tokens.len() {
        let word = &sentence.tokens[deed];
        if word.dep != Dep::Advcl || !sentence.is_infinitive(deed) {
            continue;
        }
        let asked = sentence.called_upon(word.head).filter(|&asked| asked < deed);
        let own = sentence.children(deed).any(|c| sentence.tokens[c].dep.is_subject());
        if asked.is_some() && !own {
            sentence.tokens[deed].dep = Dep::Xcomp;
        }
    }
}

/// "stopped [Belarus] crossing into Ukraine": a name is no part of a verb, so it is the object and does what the verb says.
fn doing_objects(sentence: &mut Sentence) {
    for doing in 2..sentence.tokens.len() {
        let name = doing - 1;
        let (word, noun) = (&sentence.tokens[doing], &sentence.tokens[name]);
        let verbal = word.tag == Tag::Vbg && word.pos == Pos::Verb && word.dep == Dep::Dobj;
        let stuck = noun.dep == Dep::Compound && noun.head == doing && noun.pos == Pos::Propn;
        if verbal && stuck {
            let verb = word.head;
            (sentence.tokens[name].dep, sentence.tokens[name].head) = (Dep::Dobj, verb);
            (sentence.tokens[doing].dep, sentence.tokens[doing].head) = (Dep::Acl, name);
        }
    }
}

/// "struck [Tripoli] and French bombers hit": before a clause of its own, an object that was made a modifier of its subject
/// goes back to the verb that lacks one.
fn stolen_objects(sentence: &mut Sentence) {
    for name in 1..sentence.tokens.len() {
        let word = &sentence.tokens[name];
        let (subject, verb) = (word.head, name - 1);
        let modifies = word.dep == Dep::Nmod && word.pos == Pos::Propn && subject > name + 2;
        if !modifies || !sentence.tokens[subject].dep.is_subject() {
            continue;
        }
        let start = sentence.children(name).filter(|&c| c < name).min().unwrap_or(name);
        let Some(verb) = start.checked_sub(1).filter(|_| verb > 0) else { continue };
        let before = &sentence.tokens[verb];
        let lacks = before.pos == Pos::Verb
            && matches!(before.tag, Tag::Vbz | Tag::Vbd | Tag::Vbp)
            && sentence.children(verb).all(|c| sentence.tokens[c].dep != Dep::Dobj);
        let and = sentence.children(name).any(|c| c > name && sentence.tokens[c].dep == Dep::Cc);
        if lacks && and {
            (sentence.tokens[name].dep, sentence.tokens[name].head) = (Dep::Dobj, verb);
            let joined: Vec<usize> = sentence.children(name).filter(|&c| sentence.tokens[c].dep == Dep::Conj).collect();
            for conjunct in joined {
                (sentence.tokens[conjunct].dep, sentence.tokens[conjunct].head) = (Dep::Nmod, subject);
            }
        }
    }
}
