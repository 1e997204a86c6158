//! Web pages as outlets make them in; the article's text with what the page tells about it, or the reason why none, out.

use proptest::prelude::*;
use wiregraph::document::{BlockKind, Document, Options, read_bytes};

#[track_caller]
fn page(html: &str) -> Document {
    read_bytes("page.html", html.as_bytes(), &Options::default()).remove(0).unwrap()
}

fn refusal(html: &str) -> String {
    read_bytes("page.html", html.as_bytes(), &Options::default()).remove(0).unwrap_err().to_string()
}

const PARAGRAPHS: [&str; 4] = [
    "Envoys of Norland and Sudovia met in Geneva on Wednesday and agreed to reopen the bridge over the river Amal, which has been closed to all traffic since the floods of last spring.",
    "Norland had refused to send engineers for eleven months, saying that the northern bank was not safe, while Sudovia maintained that its own survey had found no damage to the piers.",
    "The two sides will exchange their surveys within a fortnight, according to a statement that was read out after the talks, and a joint commission will watch over the repairs.",
    "Ada Quill, who led the delegation of Norland, thanked her hosts for their patience, and said that the first lorries might cross the bridge before the end of the summer.",
];

fn shell(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>Envoys agree to reopen bridge | Example Post</title>{head}</head><body>
         <header><nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav></header>
         <div class='cookie-banner' id='cookie-consent'>We use cookies. <button>Accept all</button></div>
         <main><article><h1>Envoys agree to reopen bridge</h1>{body}</article></main>
         <aside class='related'><h3>Related stories</h3><ul><li><a href='/a'>Lorries wait at the river</a></li></ul></aside>
         <section id='comments' class='comments'><p>A reader: this is all nonsense, and the bridge will never open again.</p></section>
         <script>var secret = 'Norland invaded Sudovia.';</script>
         <footer><p>Copyright Example Post. All rights reserved.</p></footer></body></html>"
    )
}

fn body() -> String {
    PARAGRAPHS.map(|paragraph| format!("<p>{paragraph}</p>")).concat()
}

#[test]
fn the_article_is_the_text_and_the_rest_is_not() {
    let document = page(&shell("", &body()));
    assert!(document.extracted);
    assert_eq!(document.text, format!("Envoys agree to reopen bridge\n\n{}", PARAGRAPHS.join("\n\n")));
    assert_eq!(document.blocks[0].kind, BlockKind::Headline);
    assert!(document.blocks[1..].iter().all(|block| block.kind == BlockKind::Prose));
    // Nothing is told, nothing is known.
    assert_eq!((document.source, document.published), (None, None));
}

#[test]
fn metadata_tell_title_author_outlet_and_day() {
    let ld = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "x"},
        {"@type": ["NewsArticle"], "headline": "Bridge to reopen, envoys say", "datePublished": "2022-06-15T23:30:00+08:00",
         "author": [{"@type": "Person", "name": "Jane Doe"}, {"name": "John Roe"}], "publisher": {"name": "Example Post"}}]}</script>"#;
    let document = page(&shell(ld, &body()));
    assert!(document.text.starts_with("Bridge to reopen, envoys say\n\n"), "{}", document.text);
    assert_eq!(document.source.as_deref(), Some("Example Post"));
    // The day in the outlet's own time, not in Greenwich's.
    assert_eq!(document.published.unwrap().to_string(), "2022-06-15");
    assert_eq!((document.notes[0].kind, document.notes[0].text.as_str()), ("author", "Jane Doe, John Roe"));
    for (head, outlet, day) in [
        (
            "<meta property='og:site_name' content='The Wire'><meta property='article:published_time' content='2023-01-02T00:10:00-05:00'>",
            Some("The Wire"),
            Some("2023-01-02"),
        ),
        (
            "<meta name='DC.publisher' content='The Wire'><meta name='date' content='20230102'>",
            Some("The Wire"),
            Some("2023-01-02"),
        ),
        ("<meta itemprop='datePublished' content='2 January 2023'>", None, Some("2023-01-02")),
        ("<meta name='date' content='03/04/2023'>", None, None),
        ("<script type='application/ld+json'>{\"@type\": \"Article\", \"datePublished\": </script>", None, None),
        (
            "<script type='application/ld+json'>{\"@type\": \"Organization\", \"name\": \"The Wire\"}</script>",
            None,
            None,
        ),
    ] {
        let document = page(&shell(head, &body()));
        assert_eq!(document.source.as_deref(), outlet, "{head}");
        assert_eq!(document.published.map(|day| day.to_string()).as_deref(), day, "{head}");
    }
    let timed = page(&shell("", &format!("<time datetime='2023-01-02T08:00Z'>Monday</time>{}", body())));
    assert_eq!(timed.published.unwrap().to_string(), "2023-01-02");
}

#[test]
fn tables_lists_and_captions_are_left_out_with_a_note() {
    let extra = "<table><tr><th>Year</th><th>Lorries</th></tr><tr><td>2021</td><td>9,400</td></tr></table>\
        <ul><li>Norland</li><li>Sudovia</li></ul><ul><li>Norland will send its engineers to the river in the first week of July.</li><li>Sudovia will pay half of what the repairs of the bridge cost.</li></ul>\
        <figure><img src='b.jpg'><figcaption>Ada Quill in Geneva. Photo: Example</figcaption></figure>";
    let document =
        page(&shell("", &format!("<p>{}</p>{extra}<p>{}</p><p>{}</p>", PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2])));
    let notes: Vec<_> = document.notes.iter().map(|note| format!("{}: {}", note.kind, note.text)).collect();
    for note in [
        "table: 4 cells left out: Year · Lorries · 2021 · 9,400",
        "list: 2 items left out: Norland · Sudovia",
        "furniture: caption: Ada Quill in Geneva",
    ] {
        assert!(notes.iter().any(|found| found.starts_with(note)), "{note} is missing from {notes:?}");
    }
    assert!(!document.text.contains("9,400") && !document.text.contains("Photo"));
    assert!(
        document.text.contains("\n\nSudovia will pay half of what the repairs of the bridge cost.\n\n"),
        "{}",
        document.text
    );
    let table = document.notes.iter().find(|note| note.kind == "table").unwrap();
    assert!(document.text[..table.span.start].ends_with("floods of last spring."));
}

#[test]
fn pages_are_recognised_and_read_in_what_they_declare() {
    for name in ["pipe", "saved.txt", "a.xhtml", "a.htm"] {
        let document = read_bytes(name, shell("", &body()).as_bytes(), &Options::default()).remove(0).unwrap();
        assert!(document.extracted && document.text.ends_with(PARAGRAPHS[3]), "{name}");
    }
    let html =
        shell("", &format!("<p>Газета «Известия» сообщила об этом.</p>{}", body())).replace("utf-8", "windows-1251");
    let (bytes, encoding, _) = encoding_rs::WINDOWS_1251.encode(&html);
    assert_eq!(encoding.name(), "windows-1251");
    let document = read_bytes("a.html", &bytes, &Options::default()).remove(0).unwrap();
    assert!(document.text.contains("Газета «Известия» сообщила об этом."), "{}", document.text);
    assert_eq!(document.notes[0].text, "read as windows-1251 (as the page says)");
    // A page that says so and is UTF-8 all the same.
    assert!(page(&html).text.contains("«Известия»"));
}

#[test]
fn a_title_that_the_text_repeats_stands_once() {
    let document = page(&shell("", &format!("<h2>Envoys agree to REOPEN bridge</h2>{}", body())));
    assert_eq!(document.text.to_lowercase().matches("envoys agree to reopen bridge").count(), 1, "{}", document.text);
}

#[test]
fn a_page_without_an_article_says_so() {
    let menu = "<html><body><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul><img src='x.png'></body></html>";
    assert!(refusal(menu).contains("page.html: no article was found"), "{}", refusal(menu));
    assert!(refusal(" \n ").contains("only blanks"));
    assert!(refusal("").contains("empty"));
    let short = page("<html><body><p>Two envoys met in Geneva on Monday.</p></body></html>");
    assert_eq!(short.text, "Two envoys met in Geneva on Monday.");
}

#[test]
fn pages_made_to_break_readers_are_refused_or_read_in_time() {
    let since = std::time::Instant::now();
    for html in [
        format!("<html>{}", "<div>".repeat(100_000)),
        format!("<html>{}", "<b a=1><p>".repeat(100_000)),
        format!("<html><svg>{}", "<td>".repeat(100_000)),
        format!("<html><p {}>", "a ".repeat(1_000_000)),
        format!("<html>{}", "<table><tr><td>".repeat(50_000)),
        format!("<html>{}", "<i>x</i>".repeat(200_000)),
    ] {
        assert!(refusal(&html).contains("save its text as .txt"), "{}", &html[..40]);
    }
    assert!(refusal(&"<p>x".repeat(5 << 20)).contains("longer than 16 MiB"));
    // As deep as is allowed, on the small stack of a test.
    let deep = format!("<html><body>{}{}", "<div>".repeat(480), body());
    assert!(page(&deep).text.ends_with(PARAGRAPHS[3]));
    // Unclosed letters, comments, entities, stray ends.
    let odd = format!(
        "<html><body><article>{}<b><i>{}<!-- <p>never</p> --></article>&amp;&#0;&bogus;</x></p>",
        body(),
        body()
    );
    assert!(!page(&odd).text.contains("never"));
    assert!(since.elapsed().as_secs() < 120, "{:?}", since.elapsed());
}

const PIECES: &[&str] = &[
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<br>",
    "<br><br>",
    "<table>",
    "<tr><td>",
    "</table>",
    "<ul><li>",
    "</ul>",
    "<b>",
    "</i>",
    "<article>",
    "<h1>Envoys meet</h1>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<svg><td>",
    "<figure><figcaption>Envoys",
    "</figcaption>",
    "<time datetime='2022-06-15'>",
    "<meta name=date content='2022'>",
    "<select><option>",
    "<a href='x'>",
    "</a>",
    "<font>",
    "<noscript><img src=x>",
    "<template>",
    "<frameset>",
    "<body>",
    "<math><mi>",
    "<form>",
    "<button>",
    "Two envoys crossed the river on Monday, and talked about the bridge for an hour, without any result.",
    "é习",
    "&amp;",
    "&#x0;",
    "<![CDATA[",
    "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"",
    "\"}</script>",
    "<",
    ">",
    "'",
    "\0",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn no_page_breaks_the_reader(parts in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let html = format!("<!doctype html>{}", parts.concat());
        for item in read_bytes("page.html", html.as_bytes(), &Options::default()) {
            match item {
                Ok(document) => {
                    let sound = |at: usize| document.text.is_char_boundary(at);
                    prop_assert!(document.notes.iter().all(|note| sound(note.span.start) && sound(note.span.end)));
                    prop_assert!(!document.text.trim().is_empty());
                }
                Err(error) => prop_assert!(!error.to_string().contains("taken apart"), "{html}"),
            }
        }
    }
}
