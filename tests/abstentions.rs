//! Where two readings of a sentence stay possible, a note says which, and no edge is made.

mod support;

use support::{analyser, document};

type Pairs = Vec<(String, String)>;

/// Kinds and words of the notes on a text, and its edges.
fn left_open(text: &str) -> (Pairs, Pairs) {
    let analysis = analyser().analyze(&document(text, None));
    let notes = analysis.notes.into_iter().map(|n| (n.kind, n.text)).collect();
    let edges = analysis.relations.into_iter().map(|r| (r.subject, r.object)).collect();
    (notes, edges)
}

#[test]
fn a_pronoun_that_could_mean_two_names_both() {
    let (notes, edges) = left_open("Sergey Lavrov met Hakan Fidan. Poland thanked him.");
    assert_eq!(notes, [("reference".into(), "\"him\" could be Sergey Lavrov or Hakan Fidan".into())]);
    assert_eq!(edges.len(), 1, "{edges:?}");
}

#[test]
fn a_preposition_that_fits_twice_is_told() {
    let (notes, edges) = left_open("Poland studied a map from Ukraine.");
    assert_eq!(edges, []);
    let expected = "\"from Ukraine\" may go with \"studied\" or with \"map\"";
    assert_eq!(notes, [("attachment".into(), expected.into())]);
}

#[test]
fn a_question_states_nothing() {
    let (notes, edges) = left_open("Did Poland thank Ukraine?");
    assert_eq!(edges, []);
    assert_eq!(notes, [("question".into(), "asked, not stated".into())]);
}

#[test]
fn what_is_clear_leaves_no_note() {
    for text in ["Poland thanked Ukraine.", "Poland signed a treaty with Ukraine.", "It rained in Poland."] {
        assert_eq!(left_open(text).0, [], "{text}");
    }
}
