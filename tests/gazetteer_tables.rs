//! Compiled tables: in layers, as files, cut short, damaged.

use std::fs;
use wiregraph::analysis::EntityType;
use wiregraph::gazetteer::{Candidate, EntityRow, Found, Gazetteer, Rows, Table};

const LOWER: &str = "id\ttype\tname\tcountry\tmembers\tvalid\taliases\troles\n\
    state:AAA\tPLACE\tAland\tAAA\t\t1917..\tAlandic|demonym; The Isles|short|context,article\t\n\
    place:salem\tPLACE\tSalem\tAAA\t\t\tSalem Town\t\n\
    org:union\tORG\tUnion of Isles\tIGO\tAAA 1990..; place:salem\t\tUI|acronym; union of isles|name|folded\t\n\
    person:one\tPERSON\tOne Other\tAAA\t\t\tOther|surname|ambiguous\tpresident of state:AAA 2010-05..2012 @yearbook; chief of org:union 2013?..\n";
const SOURCES: &str = "id\ttitle\tedition\nyearbook\tYearbook\t2020-06-30\n";
const GENERIC: &str = "slug\tname\ttype\tsector\taliases\nbank\tBank of {state}\tORG\tGOV\tCentral Bank\n";
const UPPER: &str = "id\ttype\tname\tcountry\taliases\n\
    place:salem\tPLACE\tSalem\tBBB\tOld Salem\n\
    place:salem-two\tPLACE\tSalem\tCCC\t\n";

const TEXT: &str =
    "In Old Salem and Salem Town, One Other of the Union of Isles met the UI's Central Bank, an ALANDIC body.";

fn lower() -> Table {
    Table::parse(&[("lower.tsv", LOWER), ("sources.tsv", SOURCES), ("generic.tsv", GENERIC)]).unwrap()
}

fn compiled() -> Vec<u8> {
    let mut rows = Rows::default();
    for (file, text) in [("lower.tsv", LOWER), ("sources.tsv", SOURCES), ("generic.tsv", GENERIC)] {
        rows.read(file, text).unwrap();
    }
    Table::compile(&rows).unwrap()
}

/// The words found, and what they can stand for: country, or the id where there is none.
fn found(gazetteer: &Gazetteer, text: &str) -> Vec<(String, Vec<String>)> {
    let bearer = |candidate: &Candidate| match candidate {
        Candidate::Entity { entry, .. } => gazetteer.entry(*entry).country().unwrap_or("-").to_owned(),
        Candidate::Generic { body } => gazetteer.generic(*body).slug().to_owned(),
    };
    let one = |f: Found| (f.span.of(text).to_owned(), f.candidates.iter().map(bearer).collect());
    gazetteer.find(text).into_iter().map(one).collect()
}

fn as_text(found: &[(String, Vec<String>)]) -> Vec<String> {
    found.iter().map(|(words, bearers)| format!("{words}: {}", bearers.join(" "))).collect()
}

#[test]
fn names_of_all_layers_are_found_and_the_later_row_of_an_id_counts() {
    let upper = Table::parse(&[("upper.tsv", UPPER)]).unwrap();
    let alone = Gazetteer::layered(&[lower()]).unwrap();
    let text = "Salem Town, Old Salem, Aland, Central Bank";
    assert_eq!(as_text(&found(&alone, text)), ["Salem Town: AAA", "Salem: AAA", "Aland: AAA", "Central Bank: bank"]);
    let both = Gazetteer::layered(&[lower(), upper]).unwrap();
    // "Salem Town" was a name of the row that the upper layer replaces: the shorter name counts, in the order of the upper list.
    assert_eq!(as_text(&found(&both, text)), ["Salem: BBB CCC", "Old Salem: BBB", "Aland: AAA", "Central Bank: bank"]);
    let salem = both.by_id("place:salem").unwrap();
    assert_eq!(both.entry(salem).country(), Some("BBB"));
    assert_eq!(both.by_name("Salem"), Some(salem));
    assert_eq!(both.entry(both.by_name("Aland").unwrap()).id(), "state:AAA");
    let holders = both.holders("president", both.state("AAA").unwrap()).map(|(p, _)| both.entry(p).name());
    assert_eq!(holders.collect::<Vec<_>>(), ["One Other"]);
    both.check().unwrap();
}

#[test]
fn a_name_in_two_letter_cases_keeps_every_bearer() {
    let list = "id\ttype\tname\tcountry\taliases\n\
        org:a\tORG\tA1\tAAA\tState Office|name|folded\norg:b\tORG\tB1\tBBB\tState Office\n";
    let gazetteer = Gazetteer::parse(&[("mine.tsv", list)]).unwrap();
    assert_eq!(as_text(&found(&gazetteer, "the State Office")), ["State Office: AAA BBB"]);
    assert_eq!(as_text(&found(&gazetteer, "the state office")), ["state office: AAA"]);
    assert_eq!(as_text(&found(&gazetteer, "THE STATE OFFICE")), ["STATE OFFICE: AAA BBB"]);
}

#[test]
fn a_file_is_opened_compiled_or_as_text() {
    let folder = tempfile::tempdir().unwrap();
    let (table, list) = (folder.path().join("names.wgz"), folder.path().join("names.tsv"));
    fs::write(&table, compiled()).unwrap();
    fs::write(&list, LOWER).unwrap();
    let (table, list) = (Table::open(&table).unwrap(), Table::open(&list).unwrap());
    table.verify().unwrap();
    assert_eq!((table.len(), table.aliases()), (4, 11));
    let [one, other] =
        [table, list].map(|t| as_text(&found(&Gazetteer::layered(&[t]).unwrap(), "the UI and Alandic Salem")));
    assert_eq!((&one, one.len()), (&other, 3));
    let missing = Table::open(&folder.path().join("none.tsv")).err().unwrap();
    assert!(missing.to_string().contains("none.tsv"), "{missing}");
    assert_eq!(compiled(), compiled());
}

#[test]
fn a_table_cut_short_of_another_version_or_damaged_in_its_header_is_refused() {
    let whole = compiled();
    for length in [0, 7, 8, 63, 300, whole.len() - 1] {
        assert!(Table::from_bytes("short", whole[..length].to_vec()).is_err(), "{length}");
    }
    for at in 0..264 {
        let mut damaged = whole.clone();
        damaged[at] ^= 4;
        let table = Table::from_bytes("damaged.wgz", damaged).and_then(|table| table.verify().map(|()| table));
        let error = table.err().unwrap_or_else(|| panic!("byte {at} may be anything"));
        assert!(error.to_string().starts_with("damaged.wgz: "), "{error}");
    }
}

/// Everything that a table can be asked.
fn ask(table: Table, upper: &Table) -> usize {
    let damage_is_told = usize::from(table.verify().is_err());
    let gazetteer = Gazetteer::layered(&[table.clone(), upper.clone()]).unwrap();
    for row in 0..table.len().min(50) {
        let entry = gazetteer.entry(wiregraph::gazetteer::EntryId(row as u32));
        let _ = (
            entry.id(),
            entry.name(),
            entry.country(),
            entry.position(),
            entry.population(),
            entry.prior(),
            entry.valid(),
        );
        entry
            .aliases()
            .take(50)
            .for_each(|alias| assert!(alias.text().len() < 1 << 20 && !alias.kind().as_str().is_empty()));
        for role in entry.roles().take(50) {
            let _ = (role.title(), role.of(), role.term(), role.sources().count());
        }
        for member in entry.members().take(50) {
            let _ = (member.id(), member.term());
        }
    }
    let _ =
        (gazetteer.by_id("state:AAA"), gazetteer.by_name("Salem"), gazetteer.is_given_name("One"), gazetteer.check());
    let _ = gazetteer.state("AAA").map(|state| gazetteer.holders("president", state).count());
    for source in gazetteer.sources() {
        let _ = (source.title(), source.edition());
    }
    for found in gazetteer.find(TEXT) {
        assert!(!found.span.of(TEXT).is_empty());
    }
    damage_is_told
}

#[test]
fn damage_gives_an_error_or_no_name_but_never_a_panic() {
    let whole = compiled();
    let upper = Table::parse(&[("upper.tsv", UPPER)]).unwrap();
    assert_eq!(ask(Table::from_bytes("whole", whole.clone()).unwrap(), &upper), 0);
    let used: Vec<usize> = (264..whole.len()).filter(|&at| whole[at] != 0).collect();
    let (mut tried, mut told) = (0, 0);
    for at in used {
        for value in [0, 0xFF, whole[at] ^ 1] {
            let mut damaged = whole.clone();
            damaged[at] = value;
            if let Ok(table) = Table::from_bytes("damaged", damaged).map(|table| ask(table, &upper)) {
                (tried, told) = (tried + usize::from(value != whole[at]), told + table);
            }
        }
    }
    assert!(tried > 2_000 && tried == told, "{tried} damaged tables, {told} told by their checksum");
}

#[test]
fn two_rows_of_one_id_and_what_points_nowhere_are_refused() {
    let fault = |list: &str| Gazetteer::parse(&[("mine.tsv", list)]).err().expect("a fault").to_string();
    let twice = "id\ttype\tname\norg:a\tORG\tA1\norg:b\tORG\tB1\norg:a\tORG\tC1\n";
    assert!(fault(twice).starts_with("gazetteer row org:a: a second row of this id"), "{}", fault(twice));
    assert!(fault("id\ttype\tname\tstands_for\norg:a\tORG\tA1\tstate:XXX\n").contains("stands_for state:XXX"));
    assert!(
        fault("id\ttype\tname\troles\nperson:a\tPERSON\tA1\tking of state:XXX\n").contains("the id of a row after")
    );
}

#[test]
fn the_shipped_lists_point_to_rows_that_are_there() {
    let gazetteer = Gazetteer::embedded().unwrap();
    gazetteer.tables()[0].verify().unwrap();
    gazetteer.check().unwrap();
    assert!(gazetteer.tables()[0].aliases() > 5_000);
}

#[test]
fn very_many_bearers_of_one_name_are_kept() {
    let row = |number: usize| EntityRow::named(&format!("place:{number}"), EntityType::Place, "San José");
    let rows = Rows { entities: (0..700).map(row).collect(), ..Rows::default() };
    let table = Table::from_bytes("many", Table::compile(&rows).unwrap()).unwrap();
    let gazetteer = Gazetteer::layered(&[table]).unwrap();
    assert_eq!(gazetteer.find("in San José.")[0].candidates.len(), 700);
    assert_eq!(gazetteer.by_name("San José"), gazetteer.by_id("place:0"));
}
