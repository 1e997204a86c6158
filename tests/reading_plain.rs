//! One sentence in the spellings that type, screens and misread bytes give it, in; the same edges out.

mod support;

use support::{analyser, document};
use unicode_normalization::UnicodeNormalization;
use wiregraph::analysis::RelationRecord;

const SENTENCES: [&str; 6] = [
    "\"We will not condemn Russia,\" Xi Jinping told Vladimir Putin on Wednesday.",
    "Putin's envoy said China's leaders \"condemned Ukraine\" on June 15, 2022.",
    "Russia attacked Ukraine. \"We shall defeat Russia and punish Belarus for its help,\" Volodymyr Zelenskyy said.",
    "Emmanuel Macron warned Iran: \"France will not accept Iran's attack on Israel.\"",
    "São Tomé signed a pact with Türkiye, Recep Tayyip Erdoğan said.",
    "The Russia-Ukraine office of NATO filed a complaint against Belarus.",
];

type Spelling = (&'static str, fn(&str) -> String);

const SPELLINGS: [Spelling; 12] = [
    ("English quotes", |text| quoted(text, "“", "”").replace('\'', "’")),
    ("German quotes", |text| quoted(text, "„", "“")),
    ("angle quotes", |text| quoted(text, "«", "»")),
    ("turned angle quotes", |text| quoted(text, "»", "«")),
    ("TeX quotes", |text| quoted(text, "``", "''")),
    ("decomposed", |text| text.nfd().collect()),
    ("ligatures", |text| text.replace("fi", "ﬁ").replace("ff", "ﬀ")),
    ("hard blanks", |text| text.replace(' ', "\u{A0}")),
    ("soft hyphens", |text| text.replace("tt", "t\u{AD}t").replace("nd", "n\u{AD}d")),
    ("zero-width blanks", |text| text.replace(' ', " \u{200B}")),
    ("wide letters and hard hyphens", |text| text.replace("NATO", "ＮＡＴＯ").replace('-', "‑")),
    ("misread bytes", |text| misread(&quoted(text, "“", "”"))),
];

fn quoted(text: &str, open: &str, close: &str) -> String {
    let mut marks = [open, close].into_iter().cycle();
    text.chars().map(|c| if c == '"' { marks.next().unwrap_or_default().to_owned() } else { c.to_string() }).collect()
}

fn misread(text: &str) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
}

/// Everything but places and surface forms.
fn edges(text: &str) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let edge = |r: RelationRecord| {
        let ends = (r.subject_id, r.object_id);
        (ends, r.predicate, r.polarity, r.modality, r.status, r.attributed_to, r.time)
    };
    analyser().analyze(&document(text, Some("2022-06-16"))).relations.into_iter().map(edge).collect()
}

#[test]
fn spelling_changes_no_edge() {
    for text in SENTENCES {
        let plain = edges(text);
        assert!(!plain.is_empty(), "{text}");
        for (name, spell) in SPELLINGS {
            assert_eq!(edges(&spell(text)), plain, "{name}: {}", spell(text));
        }
    }
}

#[test]
fn text_in_another_language_has_names_and_no_edges() {
    let text = "Xi Jinping a rencontré Vladimir Putin mercredi à Samarcande, et le ministre des Affaires étrangères a déclaré que les pourparlers se poursuivraient.";
    let analysis = analyser().analyze(&document(text, None));
    assert_eq!(analysis.language, "fr");
    assert_eq!((analysis.relations.len(), analysis.claims.len()), (0, 0));
    assert!(analysis.mentions.iter().any(|mention| mention.entity == "Xi Jinping"));
}
