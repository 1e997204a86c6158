//! Lists of names: what their columns hold, and what is said of a line that cannot be read.

use jiff::civil::date;
use wiregraph::gazetteer::{Candidate, Entry, Gazetteer, Held};

fn gazetteer(files: &[(&str, &str)]) -> Gazetteer {
    Gazetteer::parse(files).unwrap()
}

fn fault(list: &str) -> String {
    Gazetteer::parse(&[("mine.tsv", list)]).err().expect("a fault").to_string()
}

fn entry<'a>(gazetteer: &'a Gazetteer, id: &str) -> Entry<'a> {
    gazetteer.entry(gazetteer.by_id(id).unwrap())
}

#[test]
fn columns_stand_in_any_order_and_any_may_be_missing_but_three() {
    let list = "name\tlon\tlat\tid\ttype\tpopulation\tprior\tadmin\tgeonames\tmembers\tvalid\taliases\n\
        Tonder\t9.5\t-54.25\tplace:tonder\tPLACE\t7600\t40\tSouth\t123\tNOR 1960..1993; org:acme\t1243..\tTøndern|former\n";
    let gazetteer = gazetteer(&[("mine.tsv", list)]);
    let tonder = entry(&gazetteer, "place:tonder");
    assert_eq!((tonder.name(), tonder.position(), tonder.population()), ("Tonder", Some((-54.25, 9.5)), Some(7600)));
    assert_eq!((tonder.prior(), tonder.admin(), tonder.geonames()), (Some(40), Some("South"), Some("123")));
    assert_eq!((tonder.country(), tonder.wikidata(), tonder.roles().len()), (None, None, 0));
    let members: Vec<_> = tonder.members().map(|m| (m.id(), m.term().and_then(|t| t.end.day))).collect();
    assert_eq!(members, [("NOR", Some(date(1993, 12, 31))), ("org:acme", None)]);
    assert_eq!(tonder.valid().unwrap().start.day, Some(date(1243, 1, 1)));
    let aliases: Vec<_> = tonder.aliases().map(|a| (a.text(), a.kind().as_str())).collect();
    assert_eq!(aliases, [("Tonder", "name"), ("Tøndern", "former")]);
}

#[test]
fn a_fault_is_placed_at_its_column() {
    let head = "id\ttype\tname\tgender\tlat\taliases\troles\n";
    let with = |line: &str| fault(&format!("# a comment\n{head}\n{line}\n"));
    assert!(
        with("a\tPLANT\tÅé").starts_with("mine.tsv:4:3: type \"PLANT\"; expected PERSON"),
        "{}",
        with("a\tPLANT\tÅé")
    );
    assert!(with("a\tORG\tÅé\tx").starts_with("mine.tsv:4:10: gender"));
    assert!(with("a\tORG\tÅé\t\t91").starts_with("mine.tsv:4:11: lat \"91\"; expected a number from -90 to 90"));
    assert!(with("a\tORG\tÅé\t\t\tB|nick").starts_with("mine.tsv:4:14: alias kind \"nick\""));
    assert!(with("a\tORG\tÅé\t\t\tB|name|loud").starts_with("mine.tsv:4:19: alias flag \"loud\""));
    assert!(with("a\tORG\tÅé\t\t\t\tchief of a 2003").starts_with("mine.tsv:4:24: role"));
    assert!(with("a\tORG").starts_with("mine.tsv:4:6: no name"));
    assert!(with("a\tORG\tb\t\t\t\t\tmore").starts_with("mine.tsv:4:13: 8 columns; expected 7"));
    assert!(
        fault("id\ttype\tname\tcolour\n").starts_with("mine.tsv:1:14: column \"colour\"; expected columns among id")
    );
    assert!(fault("id\tname\n").starts_with("mine.tsv:1:1: no column \"type\""));
    assert!(fault("id\ttype\tname\tid\n").starts_with("mine.tsv:1:14: a second column"));
}

#[test]
fn only_dates_checked_against_a_source_are_sure() {
    let sources = "id\ttitle\tedition\nyearbook\tYearbook\t2020-06-30\n";
    let list = "id\ttype\tname\troles\n\
        state:AAA\tPLACE\tAland\t\n\
        person:one\tPERSON\tOne\tpresident of state:AAA 2010-05..2012 @yearbook; chief of state:AAA 2012?..2014 @yearbook\n\
        person:two\tPERSON\tTwo\tpresident of state:AAA 2013.. @yearbook; chief of state:AAA 2013..; judge of state:AAA\n";
    let gazetteer = gazetteer(&[("sources.tsv", sources), ("mine.tsv", list)]);
    let state = gazetteer.by_id("state:AAA").unwrap();
    let held = |title: &str, day| {
        let holders = gazetteer.holders(title, state).map(|(person, role)| (person, gazetteer.held(role, day)));
        holders.map(|(person, held)| (gazetteer.entry(person).name(), held)).collect::<Vec<_>>()
    };
    assert_eq!(held("president", date(2011, 1, 1)), [("One", Held::Surely), ("Two", Held::No)]);
    assert_eq!(held("president", date(2010, 4, 30)), [("One", Held::No), ("Two", Held::No)]);
    assert_eq!(held("president", date(2020, 6, 30)), [("One", Held::No), ("Two", Held::Surely)]);
    assert_eq!(held("president", date(2020, 7, 1)), [("One", Held::No), ("Two", Held::Perhaps)]);
    assert_eq!(held("chief", date(2013, 6, 1)), [("One", Held::Perhaps), ("Two", Held::Perhaps)]);
    assert_eq!(held("judge", date(2013, 6, 1)), [("Two", Held::No)]);
    let one: Vec<_> = entry(&gazetteer, "person:one").roles().map(|r| r.text()).collect();
    assert_eq!(one, ["president of state:AAA 2010-05..2012", "chief of state:AAA 2012?..2014"]);
    assert!(
        fault("id\ttype\tname\troles\nstate:AAA\tPLACE\tA\tking of state:AAA 1900.. @almanac\n").contains("@almanac")
    );
}

#[test]
fn every_bearer_of_a_name_is_a_candidate() {
    let list = "id\ttype\tname\tcountry\naaa:one\tPLACE\tSalem\tUSA\naaa:two\tPLACE\tSalem\tIND\n";
    let gazetteer = gazetteer(&[("mine.tsv", list)]);
    let found = gazetteer.find("in Salem.");
    let countries = |c: &Candidate| match c {
        Candidate::Entity { entry, .. } => gazetteer.entry(*entry).country().unwrap().to_owned(),
        Candidate::Generic { .. } => String::new(),
    };
    assert_eq!(found[0].candidates.iter().map(countries).collect::<Vec<_>>(), ["USA", "IND"]);
}
