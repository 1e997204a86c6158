//! The words by which page furniture is known, as plain tables; all in lower case, with straight quotes.

use super::BlockKind::{self, Byline, Caption, Label, Related};

/// What must follow a cue at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    /// Anything.
    Any,
    /// Anything that does not end like a sentence.
    Unended,
    /// A colon, a bar or the end of the line.
    Mark,
    /// Nothing but punctuation.
    End,
}

pub(super) struct Cue(pub BlockKind, pub After, pub &'static [&'static str]);

/// In order of trial.
#[rustfmt::skip]
pub(super) const CUES: &[Cue] = &[
    Cue(Related, After::Any, &[
        "related article", "related articles", "related story", "related stories", "related:", "related coverage",
        "read more:", "read also", "also read", "read next", "more on this story", "see also:", "more stories",
        "you may also like", "you might also like", "recommended for you", "recommended stories", "most read",
        "most popular", "trending now", "up next", "watch:", "listen:", "in pictures:",
    ]),
    Cue(Related, After::Mark, &[
        "related", "related topics", "related links", "read", "read more", "see also", "see more", "watch",
        "watch more", "watch now", "watch live", "watch video", "listen", "recommended", "further reading", "more",
        "more news", "more from", "in pictures", "live", "live updates", "live blog", "video", "gallery", "podcast",
        "opinion", "explainer", "analysis", "timeline", "infographic", "factbox", "key points",
    ]),
    Cue(Caption, After::Any, &[
        "image source:", "image credit", "image courtesy", "image:", "photo:", "photos:", "photo credit",
        "photo courtesy", "photograph:", "photographer:", "picture:", "picture credit", "pic:", "file photo",
        "file picture", "file image", "file -", "file –", "file —", "handout photo", "handout picture", "graphic:",
        "illustration:", "credit:", "credits:", "caption:", "a file photo", "photo illustration", "screenshot:",
    ]),
    Cue(Byline, After::Any, &[
        "reporting by ", "additional reporting by ", "additional reporting:", "writing by ", "editing by ",
        "author:", "authors:", "by our correspondent", "by our staff", "from our correspondent", "by staff reporter",
        "by staff writer",
    ]),
    Cue(Byline, After::End, &[
        "staff", "our correspondent", "staff reporter", "staff writer", "staff correspondent", "web desk",
        "news desk", "agencies", "newsroom", "with agencies", "news agencies",
    ]),
    Cue(Label, After::Any, &[
        "sign up for", "sign up to", "subscribe to", "subscribe now", "follow us on", "follow us:", "click here",
        "tap here", "download the app", "download our", "share this", "share on", "share via", "copyright ©",
        "copyright (c)", "copyright 19", "copyright 20", "copyright:", "advertisement -", "advertisement –", "(c) ",
        "©", "all rights reserved", "this article was originally published", "this story was originally published",
        "this article first appeared", "support our journalism", "story continues below", "article continues below",
        "skip to", "get our newsletter", "our standards:", "for immediate release", "not for release",
        "embargoed until", "press release no", "media contact", "press contact", "we use cookies",
        "this site uses cookies", "to view this video", "please enable javascript", "your browser does not",
        "original url", "original link", "original article", "source url", "post a comment", "report a typo",
        "view comments", "filed under",
    ]),
    Cue(Caption, After::Unended, &[
        "image by ", "images by ", "photo by ", "photos by ", "photograph by ", "picture by ", "video by ",
        "graphic by ", "illustration by ", "courtesy of ",
    ]),
    Cue(Byline, After::Unended, &[
        "written by ", "compiled by ", "translated by ", "reported by ", "edited by ",
    ]),
    Cue(Related, After::Unended, &[
        "related news", "must read", "read more about", "read more on", "don't miss",
    ]),
    Cue(Label, After::Unended, &[
        "join our", "join us on", "contact us", "continue reading", "continues after", "permission to use",
        "leave a comment",
    ]),
    Cue(Label, After::Mark, &[
        "advertisement",
    ]),
    Cue(Caption, After::Mark, &[
        "getty images",
    ]),
    Cue(Label, After::Mark, &[
        "url", "link", "links", "tags", "tag", "topics", "topic", "keywords", "key words", "category", "categories",
        "section", "share", "source", "sources", "from", "to", "cc", "bcc", "sent", "reply-to", "message-id",
        "return-path", "content-type", "mime-version", "received", "x-mailer", "press release", "news release",
        "contact", "contacts", "notes to editors", "note to editors", "editor's note", "language", "slug",
        "priority", "word count",
    ]),
    Cue(Label, After::End, &[
        "ad", "share", "shares", "tweet", "print", "email", "e-mail", "copy link", "facebook", "twitter", "whatsapp",
        "telegram", "linkedin", "reddit", "subscribe", "sign in", "sign up", "log in", "login", "register", "menu",
        "home", "search", "comments", "comment", "close", "loading", "follow", "follow us", "save",
        "listen to this article", "back to top", "next", "previous", "statement", "end", "ends", "-ends-",
        "more to follow", "news", "world", "politics", "business", "international", "breaking news", "top stories",
        "original message", "forwarded message", "begin forwarded message", "latest news", "europe", "asia", "africa", "middle east", "americas", "exclusive",
    ]),
];

/// Outlets and agencies as bylines, datelines and credits name them.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "AFP", "AFP Photo", "Agence France-Presse", "AP", "AP Photo", "Associated Press", "The Associated Press",
    "Reuters", "Thomson Reuters", "TASS", "Itar-Tass", "RIA Novosti", "RIA", "Sputnik", "Interfax",
    "Interfax-Ukraine", "Ukrinform", "Xinhua", "CNS", "dpa", "DPA", "ANI", "PTI", "IANS", "UNI", "APP", "Yonhap",
    "KCNA", "Kyodo", "Kyodo News", "Jiji Press", "Bernama", "Antara", "VNA", "Bloomberg", "UPI", "EFE", "ANSA",
    "Anadolu", "AA", "Anadolu Agency", "IRNA", "ISNA", "Fars", "Tasnim", "SANA", "WAFA", "SPA", "MENA", "Petra",
    "WAM", "QNA", "KUNA", "CNN", "BBC", "CCTV", "CGTN", "RFE/RL", "VOA", "RT", "DW", "AAP", "ABC News", "CBC", "PA",
    "PA Media", "Press Association", "EPA", "EPA-EFE", "Belga", "ANP", "APA", "PAP", "CTK", "MTI", "Tanjug", "Hina",
    "Agerpres", "BTA", "BelTA", "Kazinform", "Trend", "Azertac", "Armenpress", "Getty Images", "Getty", "NAN", "GNA",
    "SAPA", "ENCA", "Al Jazeera",
];

/// Words after which no sentence, heading or paragraph ends.
#[rustfmt::skip]
pub(super) const OPEN_ENDS: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "without", "into", "onto", "upon",
    "between", "among", "against", "during", "despite", "towards", "toward", "under", "over", "about", "after",
    "before", "since", "until", "through", "throughout", "across", "including", "per", "via", "and", "or", "but",
    "nor", "that", "which", "who", "whom", "whose", "where", "while", "whereas", "because", "although", "if", "than",
    "as", "when", "its", "their", "his", "her", "our", "my", "your", "is", "are", "was", "were", "be", "been",
    "being", "has", "have", "had", "will", "would", "could", "should", "may", "might", "must", "can", "not", "mr",
    "mrs", "ms", "dr", "gen", "president", "minister",
];

/// Small words of sentences that headlines save.
#[rustfmt::skip]
pub(super) const SENTENCE_WORDS: &[&str] = &[
    "the", "a", "an", "that", "which", "who", "whose", "its", "their", "his", "her", "it", "he", "she", "they", "is",
    "are", "was", "were", "had", "has", "have", "been", "would", "could", "said",
];

/// Small words that Title Case leaves small.
#[rustfmt::skip]
pub(super) const SMALL: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "into", "over", "and", "or", "but",
    "nor", "as", "is", "its", "vs", "via", "after", "amid", "says", "than", "that", "up", "out", "off",
];

/// Capitals before a dash or colon that are no place.
#[rustfmt::skip]
pub(super) const NO_PLACE: &[&str] = &[
    "NATO", "UN", "EU", "US", "UK", "USA", "UAE", "OPEC", "BRICS", "ASEAN", "SCO", "WHO", "IMF", "WTO", "IAEA",
    "BREAKING", "BREAKING NEWS", "EXCLUSIVE", "UPDATE", "UPDATED", "WATCH", "READ", "READ MORE", "ANALYSIS",
    "OPINION", "EXPLAINER", "FACTBOX", "LIVE", "VIDEO", "PHOTOS", "PHOTO", "NOTE", "CORRECTION", "CLARIFICATION",
    "INTERVIEW", "FEATURE", "FILE", "ALSO READ", "SEE ALSO", "Q", "A", "Q&A", "MORE", "URGENT", "ALERT", "WARNING",
    "EDITORIAL", "COMMENT", "SUMMARY", "BACKGROUND", "SPECIAL REPORT", "TIMELINE",
];

/// First parts of compounds that keep their hyphen.
#[rustfmt::skip]
pub(super) const HYPHEN_HEADS: &[&str] = &[
    "self", "ex", "pro", "anti", "non", "co", "vice", "semi", "mid", "cross", "half", "all", "well", "ill", "long",
    "short", "high", "low", "far", "near", "full", "part", "post", "pre", "quasi", "ultra", "under", "over", "inter",
    "multi", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twenty", "thirty", "forty",
    "fifty", "sixty", "seventy", "eighty", "ninety", "one", "first", "second", "third", "state", "government", "war",
    "peace", "left", "right", "north", "south", "east", "west", "so", "then", "would", "by", "attorney", "secretary",
    "president", "prime", "hard", "soft", "newly", "top", "best", "old", "new", "large", "small", "un", "u", "k", "e",
];

/// Ends of words that are no words themselves.
#[rustfmt::skip]
pub(super) const WORD_ENDS: &[&str] = &[
    "ment", "ments", "mental", "tion", "tions", "tional", "sion", "sions", "cation", "nation's", "ing", "ings", "ting",
    "ning", "ring", "ding", "ling", "ted", "ded", "ed", "er", "ers", "ter", "ters", "tor", "tors", "ly", "ally", "ness",
    "ity", "ities", "ty", "ties", "ry", "ries", "cy", "cies", "ture", "tures", "sure", "ance", "ances", "ence", "ences",
    "ency", "ancy", "tive", "tives", "sive", "ous", "tious", "cious", "ful", "less", "ist", "ists", "ism", "ic", "ical",
    "cally", "tic", "tics", "ble", "bility", "able", "ible", "ably", "cial", "tial", "ial", "nal", "ral", "tary", "sary",
    "nary", "ory", "tory", "gency", "gencies", "dent", "dents", "dential", "lic", "mit", "mits", "eign", "cil", "cils",
    "ister", "isters", "istry", "istries", "tration", "lation", "zation", "zations", "sation", "sations", "ization",
    "izations", "isation", "isations", "ciation", "tiation", "tiations", "ters'", "vention", "duction", "ernment",
    "ernments", "mander", "manders", "ican", "icans", "pean", "peans", "sian", "sians", "nese", "rity", "rities",
];

/// English function words that other languages hardly have.
#[rustfmt::skip]
pub(super) const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "that", "for", "with", "from", "by", "at", "this", "these", "those", "which", "were",
    "was", "has", "have", "had", "his", "her", "their", "they", "would", "will", "could", "should", "not", "but",
    "said", "says", "been", "being", "after", "who", "its", "it", "he", "she", "into", "about", "than", "when",
    "where", "there", "what", "our", "you", "your", "are", "between", "against",
];
