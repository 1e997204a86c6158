//! Reports as newspapers, agencies and offices lay them out in; kinds of blocks, dates and sources out.

use wiregraph::document::Document;

fn document(text: &str) -> Document {
    Document::new("x".into(), None, None, text.into(), Vec::new())
}

/// One line a block: its kind and its words.
#[track_caller]
fn laid_out(text: &str, expected: &[&str]) -> Document {
    let document = document(text);
    let blocks: Vec<_> = document.blocks.iter().map(|block| format!("{}: {}", block.kind.name(), block.text)).collect();
    assert_eq!(blocks, expected);
    document
}

fn told(document: &Document) -> (Option<String>, Option<String>) {
    (document.source.clone(), document.published.map(|date| date.to_string()))
}

#[test]
fn wire_copy_hard_wrapped() {
    let text = "\
BC-RIVER-TALKS
Envoys agree to reopen river bridge

    HEIHE, June 15 (Xinhua) -- Two envoys agreed on Wednesday to reopen a
bridge that had been closed since the flood of 2019, the ministry of
transport said.
    Traffic will start in the autumn. \"We are ready,\" the minister told
reporters after a meeting that lasted
for three hours.
    The other side did not comment.
(Reporting by Jane Doe; Editing by John Roe)
- 30 -
";
    laid_out(
        text,
        &[
            "headline: BC-RIVER-TALKS",
            "headline: Envoys agree to reopen river bridge",
            "dateline: HEIHE, June 15 (Xinhua) --",
            "prose: Two envoys agreed on Wednesday to reopen a bridge that had been closed since the flood of 2019, the ministry of transport said.",
            "prose: Traffic will start in the autumn. \"We are ready,\" the minister told reporters after a meeting that lasted for three hours.",
            "prose: The other side did not comment.",
            "byline: (Reporting by Jane Doe; Editing by John Roe)",
            "label: - 30 -",
        ],
    );
}

#[test]
fn government_press_release() {
    let text = "FOR IMMEDIATE RELEASE\n\nOffice of the Spokesperson\n\nMinister Doe Meets Envoy Roe\n\nMedia Note\n\nJuly 3, 2023\n\nMinister Jane Doe met today with Envoy John Roe in Geneva to discuss the truce.\n\nThe Minister thanked the Envoy for his support.\n\n###\n\nContact: press@ministry.example\n";
    let document = laid_out(
        text,
        &[
            "label: FOR IMMEDIATE RELEASE",
            "headline: Office of the Spokesperson",
            "headline: Minister Doe Meets Envoy Roe",
            "headline: Media Note",
            "date: July 3, 2023",
            "prose: Minister Jane Doe met today with Envoy John Roe in Geneva to discuss the truce.",
            "prose: The Minister thanked the Envoy for his support.",
            "label: ###",
            "label: Contact: press@ministry.example",
        ],
    );
    assert_eq!(told(&document), (None, Some("2023-07-03".into())));
}

#[test]
fn mail() {
    let text = "From: Jane Doe <jane@wire.example>\r\nTo: desk@wire.example\r\nDate: Wed, 15 Jun 2022 14:03:00 +0200\r\nSubject: Envoys agree to reopen bridge\r\n\r\nTwo envoys agreed on Wednesday to reopen a bridge.\r\n";
    let document = laid_out(
        text,
        &[
            "label: From: Jane Doe <jane@wire.example>",
            "label: To: desk@wire.example",
            "date: Date: Wed, 15 Jun 2022 14:03:00 +0200",
            "headline: Subject: Envoys agree to reopen bridge",
            "prose: Two envoys agreed on Wednesday to reopen a bridge.",
        ],
    );
    assert_eq!(document.published.unwrap().to_string(), "2022-06-15");
}

#[test]
fn all_lower_case() {
    laid_out(
        "envoys agree to reopen river bridge\n\ntwo envoys agreed on wednesday to reopen a bridge.\n\nthe ministry did not comment.",
        &[
            "headline: envoys agree to reopen river bridge",
            "prose: two envoys agreed on wednesday to reopen a bridge.",
            "prose: the ministry did not comment.",
        ],
    );
}

#[test]
fn a_paragraph_a_line() {
    laid_out(
        "Envoys meet over bridge\nTwo envoys met in Geneva on Monday.\nA third stayed away without giving a reason\nThe talks will go on, the ministry said.\nAFP",
        &[
            "headline: Envoys meet over bridge",
            "prose: Two envoys met in Geneva on Monday.",
            "prose: A third stayed away without giving a reason",
            "prose: The talks will go on, the ministry said.",
            "byline: AFP",
        ],
    );
}

#[test]
fn a_sentence_torn_by_a_blank_line() {
    laid_out(
        "Talks resume in Geneva\n\nTwo envoys met for the first time since the fall of\n\nHeihe in May.\n\nThey said little\n\nabout the bridge itself.",
        &[
            "headline: Talks resume in Geneva",
            "prose: Two envoys met for the first time since the fall of Heihe in May.",
            "prose: They said little about the bridge itself.",
        ],
    );
}

#[test]
fn web_page_copied_whole() {
    let text = "Home\nNews\n<script>\nvar a = 1;\nFor all we know\n</script>\nEnvoys Meet in Geneva\nBy Jane Doe | June 15, 2022\nShare\n\nJane Doe and John Roe shake hands in Geneva on Monday.\nPhoto: Ann Poe/Wire\n\nTwo envoys met in Geneva on Monday, the first such meeting in years.\n\nADVERTISEMENT\n\nThe bridge\n\n“We shall open it,” one of them said.\n\nRelated articles\nEnvoy Stays Away\nBridge Closed for Years\n\nSign up for our newsletter.\n© 2022 The Wire\nÂ\n";
    let document = laid_out(
        text,
        &[
            "label: Home",
            "label: News",
            "markup: <script> var a = 1; For all we know </script>",
            "headline: Envoys Meet in Geneva",
            "byline: By Jane Doe | June 15, 2022",
            "label: Share",
            "caption: Jane Doe and John Roe shake hands in Geneva on Monday.",
            "caption: Photo: Ann Poe/Wire",
            "prose: Two envoys met in Geneva on Monday, the first such meeting in years.",
            "label: ADVERTISEMENT",
            "headline: The bridge",
            "prose: “We shall open it,” one of them said.",
            "related: Related articles",
            "related: Envoy Stays Away",
            "related: Bridge Closed for Years",
            "label: Sign up for our newsletter.",
            "label: © 2022 The Wire",
            "label: Â",
        ],
    );
    assert_eq!(told(&document), (None, Some("2022-06-15".into())));
}

#[test]
fn one_sentence_is_prose_with_or_without_its_stop() {
    laid_out("Two envoys met in Geneva on Monday", &["prose: Two envoys met in Geneva on Monday"]);
    laid_out(
        "Two envoys met in Geneva on\nMonday after long talks with\nthe ministry",
        &["prose: Two envoys met in Geneva on Monday after long talks with the ministry"],
    );
}

#[test]
fn lists_headings_and_lines_without_stops() {
    laid_out(
        "Envoys set terms\nBrussels (dpa) - Two envoys set terms on Monday, diplomats said.\n\nThey are:\n\n• The bridge opens.\n• Talks resume\n\nDOE: NO DATE YET\n\nWatch for the talks to resume on Friday.\n\n((jane@wire.example;))\n",
        &[
            "headline: Envoys set terms",
            "dateline: Brussels (dpa) -",
            "prose: Two envoys set terms on Monday, diplomats said.",
            "prose: They are:",
            "prose: The bridge opens.",
            "list: • Talks resume",
            "headline: DOE: NO DATE YET",
            "prose: Watch for the talks to resume on Friday.",
            "label: ((jane@wire.example;))",
        ],
    );
    laid_out(
        "Envoy Doe met Minister Roe in Geneva\nEnvoy Poe visited Heihe in May",
        &["prose: Envoy Doe met Minister Roe in Geneva", "prose: Envoy Poe visited Heihe in May"],
    );
}

#[test]
fn odd_blanks() {
    laid_out(
        "Envoys\u{A0}meet\u{200B} in Geneva\n\u{C}\nTwo envoys\tmet in\u{A0}\u{A0}Geneva on Mon\u{AD}day.\u{3000}\n",
        &["headline: Envoys meet in Geneva", "prose: Two envoys met in Geneva on Monday."],
    );
}

#[test]
fn dates_and_sources() {
    for (text, source, published) in [
        (
            "BEIJING, June 15 (Reuters) - Two envoys met.\n\nThe truce of May 3, 2022 holds, both said.",
            Some("Reuters"),
            Some("2022-06-15"),
        ),
        ("BEIJING, June 15 (Reuters) - Two envoys met in Heihe again.", Some("Reuters"), None),
        (
            "https://www.wire.example/2022/jun/15/envoys-meet\nTwo envoys met in Heihe again.",
            Some("wire.example"),
            Some("2022-06-15"),
        ),
        (
            "Two envoys met in Heihe again.\n\nhttps://www.wire.example/2025/01/22/other\n\nThe talks go on in May.",
            None,
            None,
        ),
        (
            "Two envoys met in Heihe again.\n\nOriginal url:\n\nhttps://wire.example/2022/06/15/x",
            Some("wire.example"),
            Some("2022-06-15"),
        ),
        ("Envoys meet\n\n03/04/2022\n\nTwo envoys met in Heihe again.", None, None),
        (
            "Envoys meet\nUpdated: June 16, 2022\nPublished: June 15, 2022\n\nTwo envoys met in Heihe again.",
            None,
            Some("2022-06-15"),
        ),
        (
            "Envoys meet\nBy Jane Doe, Associated Press\n\nTwo envoys met in Heihe again.",
            Some("Associated Press"),
            None,
        ),
        ("Two envoys met in Heihe on June 15, 2022.", None, None),
        (
            "Envoys meet\nBy Jane Doe | Reuters | June 15, 2022\n\nTwo envoys met in Heihe again.",
            Some("Reuters"),
            Some("2022-06-15"),
        ),
        ("MOSCOW, June 15, 2022. /TASS/. Two envoys met in Heihe again.", Some("TASS"), Some("2022-06-15")),
        ("Moscow. 15 June 2022. INTERFAX.COM - Two envoys met in Heihe again.", Some("Interfax"), Some("2022-06-15")),
        (
            "https://www.bbc.co.uk/news/1?date=2022-06-15\nTwo envoys met in Heihe again.",
            Some("BBC"),
            Some("2022-06-15"),
        ),
        ("Envoys meet\n2022-06-15T14:03:00Z\n\nTwo envoys met in Heihe again.", None, Some("2022-06-15")),
        // The dateline's day, the text's date, the order of its other figures decide between two readings.
        ("Envoys meet\n\n03/04/2022\n\nHEIHE, April 3 (AP) - Two envoys met.", Some("AP"), Some("2022-04-03")),
        ("Envoys meet\n\n03/04/2022\n\nTwo envoys met on March 4, 2022, again.", None, Some("2022-03-04")),
        ("Envoys meet\n\n03/04/2022\n\nTwo envoys met, as on 28/03/2022, again.", None, Some("2022-04-03")),
        ("Envoys meet\n\n03/04/2022\n\nThey met on March 4, 2022 and on April 3, 2022.", None, None),
    ] {
        let told = told(&document(text));
        assert_eq!(told, (source.map(str::to_owned), published.map(str::to_owned)), "{text}");
    }
}

#[test]
fn skipped_blocks_are_noted() {
    let document = document("By AFP\n\nhttps://a.example/x\n");
    let notes: Vec<_> = document.notes.iter().map(|note| (note.kind, note.text.as_str())).collect();
    assert_eq!(
        notes,
        [
            ("furniture", "byline: By AFP"),
            ("furniture", "url: https://a.example/x"),
            ("no-prose", "no running text, only page furniture")
        ]
    );
}

/// The text's running text, a paragraph each.
fn prose(text: &str) -> Vec<String> {
    let blocks = document(text).blocks;
    blocks.into_iter().filter(|block| block.kind.is_prose()).map(|block| block.text).collect()
}

#[test]
fn wrapped_lines_are_one_paragraph() {
    for (text, expected) in [
        // Two lines alone, the break before a name.
        (
            "The ministry said on Monday that the envoys had met President Jane\nDoe in the harbour town of Heihe.",
            &["The ministry said on Monday that the envoys had met President Jane Doe in the harbour town of Heihe."][..],
        ),
        // Indented paragraphs without blank lines.
        (
            "    Two envoys met in Geneva on Monday to speak about the bridge over the\nriver and the tolls.\n    A third stayed away without giving a reason, the ministry of transport\nsaid.",
            &[
                "Two envoys met in Geneva on Monday to speak about the bridge over the river and the tolls.",
                "A third stayed away without giving a reason, the ministry of transport said.",
            ],
        ),
        // A column of a page, words broken at syllables, a name with its own hyphen.
        (
            "Two envoys of the govern-\nment met in Geneva on Mon-\nday to speak of an Anglo-\nIrish bridge. The govern-\nment did not comment.",
            &[
                "Two envoys of the government met in Geneva on Monday to speak of an Anglo-Irish bridge. The government did not comment.",
            ],
        ),
        // A title above its paragraph.
        ("Envoys meet over the bridge\nTwo envoys met in Geneva on Monday.", &["Two envoys met in Geneva on Monday."]),
        // A sentence a line.
        (
            "Two envoys met in Geneva on Monday.\rA third stayed away in Heihe.\rNobody gave a reason.",
            &["Two envoys met in Geneva on Monday.", "A third stayed away in Heihe.", "Nobody gave a reason."],
        ),
    ] {
        assert_eq!(prose(text), expected, "{text}");
    }
}

#[test]
fn pages_of_a_report() {
    let text = "Two envoys met in Geneva on Monday, the first such\nmeeting in years, and agreed to reopen the bridge that\n\n1\n\u{C}The River Review\n\nhad been closed since the flood.[3] They will meet\nagain in May.\n\n2\n\u{C}The River Review\n\nNobody else came.\n";
    let document = laid_out(
        text,
        &[
            "prose: Two envoys met in Geneva on Monday, the first such meeting in years, and agreed to reopen the bridge that had been closed since the flood. They will meet again in May.",
            "label: 2",
            "label: The River Review",
            "prose: Nobody else came.",
        ],
    );
    let pages: Vec<_> = document.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(pages, ["page: 1", "page: The River Review", "label: 2", "label: The River Review"]);
}

#[test]
fn mail_that_quotes_a_report() {
    let text = "From: Jane Doe <jane@wire.example>\nDate: Wed, 15 Jun 2022 14:03:00 +0200\nSubject: Fwd: bridge\n\nFor your file, from the desk in Geneva.\n\nOn Tue, 14 Jun 2022, John Roe wrote:\n> Two envoys agreed on Monday to reopen a bridge over the river\n> that had been closed since the flood.\n>\n> The ministry did not comment on the tolls.\n\n-- \nJane Doe\nRiver Desk\n";
    let document = laid_out(
        text,
        &[
            "label: From: Jane Doe <jane@wire.example>",
            "date: Date: Wed, 15 Jun 2022 14:03:00 +0200",
            "headline: Subject: Fwd: bridge",
            "prose: For your file, from the desk in Geneva.",
            "label: On Tue, 14 Jun 2022, John Roe wrote:",
            "prose: Two envoys agreed on Monday to reopen a bridge over the river that had been closed since the flood.",
            "prose: The ministry did not comment on the tolls.",
            "label: --",
            "label: Jane Doe",
            "label: River Desk",
        ],
    );
    assert_eq!(told(&document).1.as_deref(), Some("2022-06-15"));
}

#[test]
fn tables_and_lists_are_skipped_with_a_note() {
    let text = "Envoys count votes\n\nTwo envoys counted the votes in Geneva on Monday.\n\nCountry      Votes   Share\nNorland         12     40%\nSudovia         18     60%\n\nThe parties to the truce are these:\n\n- Norland\n- Sudovia\n\n- Norland signed the truce on Monday.\n- Sudovia refused to sign it.\n\n12 soldiers were held - the last of them in May.\n";
    let document = laid_out(
        text,
        &[
            "headline: Envoys count votes",
            "prose: Two envoys counted the votes in Geneva on Monday.",
            "table: Country Votes Share Norland 12 40% Sudovia 18 60%",
            "prose: The parties to the truce are these:",
            "list: - Norland - Sudovia",
            "prose: Norland signed the truce on Monday.",
            "prose: Sudovia refused to sign it.",
            "prose: 12 soldiers were held - the last of them in May.",
        ],
    );
    let kinds: Vec<_> = document.notes.iter().map(|note| note.kind).collect();
    assert_eq!(kinds, ["table", "list"]);
}

#[test]
fn misread_bytes_are_repaired_and_noted() {
    let document = laid_out(
        "Two envoys of SÃ£o TomÃ© met in Geneva on Monday: â€œWe agreed,â€\u{9d} they said.",
        &["prose: Two envoys of São Tomé met in Geneva on Monday: “We agreed,” they said."],
    );
    assert_eq!(document.notes[0].kind, "mojibake");
    assert!(document.notes[0].text.starts_with("4 characters "), "{}", document.notes[0].text);
    assert_eq!(document.notes[0].span.of(&document.text), "Ã£");
    let lost = laid_out(
        "���� � ����� �������� ��� ����� ���.\n\nTwo envoys met in Geneva on Monday.",
        &["label: ���� � ����� �������� ��� ����� ���.", "prose: Two envoys met in Geneva on Monday."],
    );
    assert_eq!(lost.language, "en");
    let sound = document_notes("The Ministère and “São Tomé” agreed on Monday to reopen the bridge – at last.");
    assert!(sound.is_empty(), "{sound:?}");
}

fn document_notes(text: &str) -> Vec<String> {
    document(text).notes.into_iter().map(|note| note.text).collect()
}

#[test]
fn places_that_disagree_are_noted() {
    let text = "https://www.wire.example/2022/06/25/x\nEnvoys meet\nJune 15, 2022\n\nTwo envoys met in Heihe again.";
    let document = document(text);
    assert_eq!(told(&document), (Some("wire.example".into()), Some("2022-06-15".into())));
    assert_eq!(
        document.notes[0].text,
        "published: the date line says 2022-06-15, its address says 2022-06-25; the first is taken"
    );
    let reprint = "https://www.wire.example/2022/06/16/x\n\nHEIHE, June 15 (AP) - Two envoys met again.";
    assert!(document_notes(reprint).iter().all(|note| !note.contains("the first is taken")));
}
