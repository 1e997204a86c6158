//! A seed in, reports of made-up people with their analyses out: what a store gets, without any reading or parsing.

use wiregraph::Document;
use wiregraph::analysis::{
    Analysis, ClaimRecord, EntityRecord, EntityType, MentionKind, MentionRecord, Modality, Polarity, RelationRecord,
    Status, Trust,
};

/// SplitMix64: small, and the same on every machine.
#[derive(Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    pub fn chance(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Few of the numbers below `n` come often, most of them seldom.
    pub fn few(&mut self, n: usize) -> usize {
        ((n as f64) * self.chance().powi(3)) as usize
    }
}

/// The `n`th of any number of words that can be spoken.
pub fn word(mut n: usize) -> String {
    const SYLLABLES: [&str; 25] = [
        "ba", "den", "ko", "lir", "mas", "nu", "or", "pel", "qui", "ras", "so", "tan", "ul", "ver", "wo", "xan", "yel",
        "zi", "bro", "cal", "dor", "fen", "gis", "hal", "jun",
    ];
    let mut word = String::from(SYLLABLES[n % 25]);
    loop {
        n /= 25;
        word += SYLLABLES[n % 25];
        if n < 25 {
            return word;
        }
    }
}

/// The name of the `n`th entity: two words with a capital letter.
pub fn name(n: usize) -> String {
    let capital = |word: String| word[..1].to_uppercase() + &word[1..];
    format!("{} {}", capital(word(n % 997)), capital(word(n)))
}

const PREDICATES: [&str; 24] = [
    "meet with",
    "accuse",
    "visit",
    "support",
    "criticise",
    "call on",
    "warn",
    "sign with",
    "talk with",
    "blame",
    "sue",
    "hire",
    "aid",
    "threaten",
    "praise",
    "join",
    "leave",
    "back",
    "trade with",
    "fine",
    "arrest",
    "fund",
    "brief",
    "mourn",
];

/// What the reports are like.
#[derive(Clone, Copy)]
pub struct World {
    pub entities: usize,
    pub sentences: usize,
    pub seed: u64,
}

impl World {
    /// The `n`th report of this world.
    pub fn report(&self, n: usize) -> (Document, Analysis) {
        let mut dice = Dice(self.seed ^ (n as u64).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let mut draft = Draft::default();
        for _ in 0..self.sentences {
            draft.sentence(&mut dice, self.entities);
        }
        let day = jiff::civil::date(2021, 1, 1).checked_add(jiff::Span::new().days((n % 900) as i64));
        draft.finish(format!("wire/{n:07}.txt"), format!("Outlet {}", dice.few(200)), day.ok())
    }
}

#[derive(Default)]
struct Draft {
    text: String,
    analysis: Analysis,
}

impl Draft {
    fn sentence(&mut self, dice: &mut Dice, entities: usize) {
        let start = self.text.len();
        let (subject, object) = (dice.few(entities), dice.few(entities));
        let a = self.mention(subject);
        let predicate = PREDICATES[dice.few(PREDICATES.len())];
        let trigger = self.push(predicate);
        let b = self.mention(object);
        for _ in 0..8 + dice.below(9) {
            self.push(&word(dice.few(20_000)));
        }
        self.text.pop();
        self.text += ". ";
        let whole = [start, self.text.len() - 1];
        self.analysis.sentences.push(whole);
        match dice.below(10) {
            0 => self.claim(a, predicate, trigger, b, whole),
            _ => self.relation(dice, a, predicate, trigger, b, whole),
        }
    }

    /// The place of the words.
    fn push(&mut self, words: &str) -> [usize; 2] {
        let start = self.text.len();
        self.text += words;
        self.text.push(' ');
        [start, self.text.len() - 1]
    }

    /// Its number among the mentions.
    fn mention(&mut self, entity: usize) -> usize {
        let name = name(entity);
        let [start, end] = self.push(&name);
        self.analysis.mentions.push(MentionRecord {
            start,
            end,
            text: name.clone(),
            kind: MentionKind::Name,
            entity: name,
            entity_id: format!("person:{entity:06}"),
            entity_type: EntityType::Person,
            country: None,
            stands_for: None,
            discovered: false,
            found_by: None,
            choice: None,
        });
        self.analysis.mentions.len() - 1
    }

    fn relation(
        &mut self,
        dice: &mut Dice,
        a: usize,
        predicate: &str,
        trigger: [usize; 2],
        b: usize,
        whole: [usize; 2],
    ) {
        let (a, b) = (&self.analysis.mentions[a], &self.analysis.mentions[b]);
        let status = [Status::Asserted, Status::Asserted, Status::Attributed, Status::Hypothetical][dice.below(4)];
        self.analysis.relations.push(RelationRecord {
            subject: a.entity.clone(),
            subject_id: a.entity_id.clone(),
            subject_code: Some("NOR".into()),
            subject_sector: Some("GOV".into()),
            subject_head: None,
            subject_span: [a.start, a.end],
            subject_text: a.text.clone(),
            predicate: predicate.into(),
            relation: None,
            event: Some("CONSULT".into()),
            object: b.entity.clone(),
            object_id: b.entity_id.clone(),
            object_code: None,
            object_sector: None,
            object_head: None,
            object_span: [b.start, b.end],
            object_text: b.text.clone(),
            predicate_text: predicate.into(),
            symmetric: predicate.ends_with(" with"),
            polarity: if dice.below(12) == 0 { Polarity::Negative } else { Polarity::Positive },
            modality: if status == Status::Hypothetical { Modality::Possible } else { Modality::Asserted },
            status,
            attributed_to: (status == Status::Attributed).then(|| name(dice.few(2000))),
            via: None,
            time: None,
            time_text: None,
            evidence_start: whole[0],
            evidence_end: whole[1],
            trigger_start: trigger[0],
            trigger_end: trigger[1],
            rule: Some(format!("{predicate}.1")),
            trust: Trust::Direct,
            reading: None,
        });
    }

    fn claim(&mut self, a: usize, predicate: &str, trigger: [usize; 2], b: usize, whole: [usize; 2]) {
        let (a, b) = (&self.analysis.mentions[a], &self.analysis.mentions[b]);
        self.analysis.claims.push(ClaimRecord {
            subject: a.entity.clone(),
            subject_id: a.entity_id.clone(),
            subject_span: [a.start, a.end],
            subject_text: a.text.clone(),
            predicate: predicate.into(),
            predicate_text: predicate.into(),
            object_text: self.text[b.start..whole[1]].to_owned(),
            object_span: [b.start, whole[1]],
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            status: Status::Asserted,
            attributed_to: None,
            via: None,
            evidence_start: whole[0],
            evidence_end: whole[1],
            trigger_start: trigger[0],
            trigger_end: trigger[1],
        });
    }

    fn finish(mut self, id: String, source: String, published: Option<jiff::civil::Date>) -> (Document, Analysis) {
        self.text.truncate(self.text.trim_end().len());
        let mut entities: Vec<EntityRecord> = self.analysis.mentions.iter().map(entity).collect();
        entities.sort_by(|a, b| a.id.cmp(&b.id));
        entities.dedup();
        let document = Document {
            id: id.clone(),
            source: Some(source.clone()),
            published,
            language: "en".into(),
            text: self.text,
            extracted: false,
            blocks: Vec::new(),
            notes: Vec::new(),
        };
        let published = published.map(|day| day.to_string());
        let analysis =
            Analysis { id, source: Some(source), published, language: "en".into(), entities, ..self.analysis };
        (document, analysis)
    }
}

fn entity(mention: &MentionRecord) -> EntityRecord {
    EntityRecord {
        id: mention.entity_id.clone(),
        name: mention.entity.clone(),
        entity_type: mention.entity_type,
        country: None,
        sector: None,
        discovered: false,
        stands_for: None,
        aliases: vec![(mention.text.split(' ').next_back().unwrap_or_default().to_owned(), "surname".to_owned())],
        roles: Vec::new(),
        wikidata: None,
    }
}
