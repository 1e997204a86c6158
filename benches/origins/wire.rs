//! A number in, a report of a made-up wire out: news of its own, a copy of another report in one of several ways, or news that
//! only quotes another.

use super::synthetic::{Dice, name, word};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Own,
    Exact,
    /// One word in 10 to 60 is another.
    Edited,
    Reordered,
    /// A passage amid sentences of its own.
    Excerpt,
    /// One sentence of the other report, as a quotation is shared.
    Quoting,
}

pub struct Report {
    pub kind: Kind,
    /// The number of the report that was taken from.
    pub original: Option<usize>,
    pub sentences: Vec<String>,
}

/// One report in so many takes from another.
const PLANTED: usize = 4;
const OUTLETS: usize = 60;

const TEMPLATES: [&str; 14] = [
    "{N}, who leads the {w} {w} in {W}, told reporters on {d} that the {w} would {w} its {w} {w} before the end of {m}.",
    "The {w} of {W} and {N} agreed on {d} to {w} a {w} {w} worth {n} million crowns.",
    "Police in {W} said {n} people were {w} after a {w} near the {w} {w}, and {N} called for {w}.",
    "According to {N}, the {w} {w} has {w} every {w} in {W} since {m}.",
    "\"We {w} the {w} and we will {w} it again,\" said {N}, adding that {W} had {w} {n} {w}.",
    "{W} {w} its {w} {w} on {d}, a move that {N} described as {w} and {w}.",
    "Shares of {W} {w} rose {n} percent as the {w} {w} {w} fell in {m}.",
    "In {m}, {N} {w} from the {w} of {W}, where {n} {w} had been {w}.",
    "Doctors at the {w} hospital of {W} treated {n} {w} for {w}, {N} said.",
    "The court {w} {N} of {w} {n} {w} from a {w} in {W}.",
    "Farmers around {W} {w} that the {w} {w} had {w} their {w} by {n} percent.",
    "A {w} {w} between {W} and {W} was {w} for {n} hours on {d}.",
    "{N} won the {w} by {n} {w} and thanked the {w} of {W} for their {w}.",
    "Nobody from the {w} {w} of {W} answered {n} questions about the {w}, and {N} would not {w}.",
];
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub struct Wire;

impl Wire {
    pub fn report(n: usize) -> Report {
        let mut dice = Dice(n as u64 ^ 0x5eed);
        let original = (n % PLANTED == PLANTED - 1).then(|| Self::other(&mut dice, n));
        let (kind, mut sentences) = match original {
            None => (Kind::Own, Self::own(&mut dice)),
            Some(other) => Self::taken(&mut dice, Self::report(other).sentences),
        };
        // Lines that the outlet puts below all of its reports; a copy bears those of its own outlet.
        let outlet = Self::outlet(n);
        if kind == Kind::Own && outlet.is_multiple_of(3) {
            let mut dice = Dice(outlet as u64 ^ 0xb011e7);
            sentences.extend((0..2).map(|_| sentence(&mut dice)));
        }
        Report { kind, original, sentences }
    }

    pub fn outlet(n: usize) -> usize {
        Dice(n as u64 ^ 0x0071e7).below(OUTLETS)
    }

    /// The number of an earlier report that took from none.
    fn other(dice: &mut Dice, n: usize) -> usize {
        let other = dice.below(n);
        if other % PLANTED == PLANTED - 1 { other - 1 } else { other }
    }

    fn own(dice: &mut Dice) -> Vec<String> {
        let length = if dice.below(5) == 0 { 3 + dice.below(3) } else { 8 + dice.below(22) };
        (0..length).map(|_| sentence(dice)).collect()
    }

    fn taken(dice: &mut Dice, from: Vec<String>) -> (Kind, Vec<String>) {
        match dice.below(10) {
            0 => (Kind::Exact, from),
            1 | 2 => {
                let one_in = 10 + dice.below(50);
                (Kind::Edited, from.iter().map(|sentence| edited(dice, sentence, one_in)).collect())
            }
            3 => {
                let mut moved = from;
                for at in (1..moved.len()).rev() {
                    moved.swap(at, dice.below(at + 1));
                }
                (Kind::Reordered, moved)
            }
            4 => {
                let mut own = Self::own(dice);
                let at = dice.below(own.len());
                own.insert(at, from[dice.below(from.len())].clone());
                (Kind::Quoting, own)
            }
            _ => (Kind::Excerpt, excerpt(dice, &from)),
        }
    }
}

/// A passage, with as much of its own around it as makes the passage 15 to 100 percent of the whole.
fn excerpt(dice: &mut Dice, from: &[String]) -> Vec<String> {
    let length = (from.len() / 4 + dice.below(from.len() / 2 + 1)).clamp(2.min(from.len()), from.len());
    let start = dice.below(from.len() - length + 1);
    let share = 0.15 + 0.85 * dice.chance();
    let words: usize = from[start..start + length].iter().map(|sentence| sentence.split(' ').count()).sum();
    let mut missing = (words as f64 / share) as isize - words as isize;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    while missing > 0 {
        let own: String = sentence(dice).split_inclusive(' ').take(missing as usize).collect();
        missing -= own.split(' ').count() as isize;
        if dice.below(2) == 0 { before.push(own) } else { after.push(own) }
    }
    before.extend_from_slice(&from[start..start + length]);
    before.extend(after);
    before
}

fn edited(dice: &mut Dice, sentence: &str, one_in: usize) -> String {
    let change = |part: &str| if dice.below(one_in) == 0 { word(dice.below(30_000)) } else { part.to_owned() };
    sentence.split(' ').map(change).collect::<Vec<_>>().join(" ")
}

fn sentence(dice: &mut Dice) -> String {
    let template = TEMPLATES[dice.below(TEMPLATES.len())];
    let mut parts = template.split('{');
    let mut sentence = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (slot, rest) = part.split_once('}').unwrap_or((part, ""));
        match slot {
            "N" => sentence += &name(dice.few(20_000)),
            "W" => sentence += &name(dice.few(2000)),
            "d" => sentence += DAYS[dice.below(7)],
            "m" => sentence += MONTHS[dice.below(12)],
            "n" => sentence += &dice.below(900).to_string(),
            _ => sentence += &word(dice.few(30_000)),
        }
        sentence += rest;
    }
    sentence
}
