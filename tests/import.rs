//! Lists of GeoNames, Wikidata and anybody's tables become lists of names; what cannot be read is placed, the rest is kept.
//! Every file here is written by the test itself, in the layouts that those sources publish.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use wiregraph::Error;
use wiregraph::analysis::EntityType;
use wiregraph::gazetteer::{Gazetteer, Rows, is_everyday_word};
use wiregraph::import::{Desk, Event, Form, Known, Options, Sheet, Summary};

struct Place(tempfile::TempDir);

/// What an import gave: the list, what it came to, and the faults in order.
#[derive(Debug)]
struct Imported {
    list: String,
    summary: Summary,
    faults: Vec<String>,
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn import(&self, form: Form, options: &Options, files: &[PathBuf]) -> wiregraph::Result<Imported> {
        let mut known = Known::default();
        let lists = Gazetteer::embedded().unwrap();
        lists.entries().for_each(|entry| known.add(entry.id(), entry.wikidata(), entry.geonames()));
        let (mut out, mut faults) = (Vec::new(), Vec::new());
        let folder = format!("{}/", self.0.path().display());
        let mut told = |event| match event {
            Event::Read(_) => {}
            Event::Fault(error) => faults.push(error.to_string().replace(&folder, "")),
        };
        let sheet = Sheet::new(&mut out, &is_everyday_word);
        let summary = Desk::new(options, &known, sheet, &mut told).import(form, files)?;
        Ok(Imported { list: String::from_utf8(out).unwrap(), summary, faults })
    }
}

impl Imported {
    /// The cells of the row with this name, by column.
    #[track_caller]
    fn cell(&self, name: &str, column: &str) -> String {
        let mut lines = self.list.lines().filter(|line| !line.starts_with('#'));
        let at = lines.next().unwrap().split('\t').position(|heading| heading == column).unwrap();
        let row = lines.find(|line| line.split('\t').nth(2) == Some(name));
        row.unwrap_or_else(|| panic!("no row {name:?} in {}", self.list)).split('\t').nth(at).unwrap().to_owned()
    }

    /// What is written is a list that can be read.
    #[track_caller]
    fn is_sound(&self) -> &Self {
        Rows::default().read("imported.tsv", &self.list).unwrap();
        self
    }
}

fn place(number: u32, name: &str, others: &str, feature: &str, country: &str, people: &str) -> String {
    let (class, code) = feature.split_once('.').unwrap();
    format!(
        "{number}\t{name}\t{name}\t{others}\t52.5\t-1.25\t{class}\t{code}\t{country}\t\t07\t\t\t\t{people}\t\t12\tEurope/London\t2030-01-01\n"
    )
}

fn places() -> String {
    [
        place(900_001, "Quillton", "QLT,Quillham,Квиллтон,Old Quill", "P.PPL", "GB", "12000"),
        place(900_002, "Northquill", "", "A.ADM1", "GB", "500000"),
        place(900_003, "Reading", "", "P.PPL", "GB", "300"),
        place(900_004, "Quill Bridge", "", "S.BDG", "GB", "0"),
        place(900_005, "Quill, Greater", "a|b", "P.PPL", "FR", "70"),
    ]
    .concat()
}

#[test]
fn places_of_geonames_become_rows() {
    let place = Place::new();
    let file = place.file("GB.txt", places());
    let imported = place.import(Form::Geonames, &Options::default(), &[file]).unwrap();
    assert_eq!(imported.is_sound().faults, [""; 0]);
    assert_eq!(imported.cell("Quillton", "id"), "geo:900001");
    assert_eq!(imported.cell("Quillton", "admin"), "Northquill");
    assert_eq!(imported.cell("Quillton", "country"), "GBR");
    assert_eq!(imported.cell("Quillton", "population"), "12000");
    assert_eq!((imported.cell("Quillton", "lat"), imported.cell("Quillton", "lon")), ("52.5".into(), "-1.25".into()));
    // A code counts in context; other scripts do not stand in English reports.
    assert_eq!(imported.cell("Quillton", "aliases"), "QLT|acronym|context; Quillham; Old Quill");
    assert_eq!(imported.cell("Quill Bridge", "type"), "FACILITY");
    assert_eq!(imported.cell("Reading", "aliases"), "Reading|name|ambiguous");
    assert_eq!((imported.summary.read, imported.summary.written.rows), (5, 5));
    assert_eq!(imported.summary.written.unusable, 1);
}

#[test]
fn places_are_filtered_and_what_is_left_out_is_counted() {
    let place = Place::new();
    let file = place.file("GB.txt", places());
    let names = |options: &Options| -> Vec<String> {
        let list = place.import(Form::Geonames, options, std::slice::from_ref(&file)).unwrap().list;
        list.lines().skip(1).map(|line| line.split('\t').nth(2).unwrap().to_owned()).collect()
    };
    assert_eq!(names(&Options { min_population: 1000, ..Options::default() }), ["Quillton", "Northquill"]);
    assert_eq!(
        names(&Options { features: vec!["A".into(), "S.BDG".into()], ..Options::default() }),
        ["Northquill", "Quill Bridge"]
    );
    assert_eq!(names(&Options { countries: vec!["FRA".into()], ..Options::default() }), ["Quill, Greater"]);
    let summary =
        place.import(Form::Geonames, &Options { min_population: 1000, ..Options::default() }, &[file]).unwrap().summary;
    assert_eq!(summary.left_out["with fewer people"], 3);
}

#[test]
fn names_of_the_other_file_are_joined_with_what_it_tells_of_each() {
    let place = Place::new();
    let names = [
        "1\t900001\ten\tQuilltown\t1\t\t\t\t\t",
        "2\t900001\tfr\tQuilleville\t\t\t\t\t\t",
        "3\t900001\tde\tQuillstadt\t\t\t\t\t\t",
        "4\t900001\ten\tThe Quill\t\t\t1\t\t\t",
        "5\t900001\t\tQuillum\t\t\t\t1\t\t",
        "6\t900001\ten\tPort Adam\t\t\t\t\t1850\t1920",
        "7\t900001\tabbr\tQT\t\t\t\t\t\t",
        "8\t900001\twkdt\tQ99900001\t\t\t\t\t\t",
        "9\t900001\tlink\thttps://example.org/Quillton\t\t\t\t\t\t",
        "10\t777\ten\tNobody's Place",
        "11\t900002\ten\tNorth Quill\t\t1\t\t\t\t",
    ];
    let files = [place.file("alternateNamesV2.txt", names.join("\n")), place.file("GB.txt", places())];
    let options = Options { languages: vec!["fr".into()], ..Options::default() };
    let imported = place.import(Form::Geonames, &options, &files).unwrap();
    assert_eq!(imported.is_sound().faults, [""; 0]);
    assert_eq!(imported.cell("Quilltown", "wikidata"), "Q99900001");
    assert_eq!(
        imported.cell("Quilltown", "aliases"),
        "Quillton; Quilleville; The Quill|short|context; Quillum|former; Port Adam|former; QT|acronym|context"
    );
    assert_eq!(imported.cell("Northquill", "aliases"), "North Quill|short");
    assert_eq!(imported.summary.left_out["names in other languages, links and codes"], 2);
    let alone = place.import(Form::Geonames, &options, &files[..1]).unwrap_err();
    assert!(alone.to_string().contains("give the places (allCountries.txt) beside it"), "{alone}");
}

#[test]
fn lines_that_cannot_be_read_are_placed_and_the_rest_is_kept() {
    let place = Place::new();
    let mut bytes = b"900009\ttoo few\n".to_vec();
    bytes.extend(b"900010\tBr\xffken\n");
    bytes.extend(places().replace("52.5\t-1.25\tS", "520.5\t-1.25\tS").bytes());
    bytes.extend(places().replace("12000", "many").lines().next().unwrap().bytes());
    bytes.extend(b"\n");
    bytes.extend(vec![b'x'; 17 << 20]);
    bytes.extend(b"\n");
    bytes.extend(super_wide().bytes());
    let file = place.file("GB.txt", bytes);
    let imported = place.import(Form::Geonames, &Options::default(), &[file]).unwrap();
    assert_eq!(imported.is_sound().summary.written.rows, 4);
    assert_eq!(
        imported.faults,
        [
            "GB.txt:1:1: 2 columns; expected the 19 columns of allCountries.txt, separated by tabs",
            "GB.txt:2:10: byte 0xFF; expected UTF-8",
            "GB.txt:6:35: the latitude \"520.5\"; expected degrees from -90 to 90",
            "GB.txt:8:85: the population \"many\"; expected a whole number or nothing",
            "GB.txt:9:1: a line of more than 16 MiB; expected a shorter line",
            "GB.txt:10:1: 5000 columns; expected the 19 columns of allCountries.txt, separated by tabs",
        ]
    );
    assert_eq!(imported.summary.faults, 6);
}

fn super_wide() -> String {
    vec!["x"; 5000].join("\t") + "\n"
}

#[test]
fn packed_lists_are_read_and_torn_ones_keep_what_is_whole() {
    let place = Place::new();
    let many: String =
        (0..2000).map(|n| self::place(90_000_000 + n, &format!("Quill {n}"), "", "P.PPL", "GB", "5")).collect();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(many.as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let whole = place.file("whole.txt.gz", &packed);
    let torn = place.file("torn.txt.gz", &packed[..packed.len() / 2]);
    let missing = place.0.path().join("missing.txt");
    let options = Options::default();
    assert_eq!(place.import(Form::Geonames, &options, &[whole]).unwrap().summary.written.rows, 2000);
    let imported = place.import(Form::Geonames, &options, &[torn, missing]).unwrap();
    assert!((100..1990).contains(&imported.is_sound().summary.written.rows), "{:?}", imported.summary);
    assert_eq!(imported.faults.len(), 2, "{:?}", imported.faults);
    assert!(imported.faults.iter().any(|fault| fault.contains("torn.txt.gz: the gzip data is cut off")));
    assert!(imported.faults.iter().any(|fault| fault.contains("missing.txt: ")));
    let zip = place.file("GB.zip", b"PK\x03\x04rest");
    let refused = place.import(Form::Geonames, &options, &[zip]).unwrap();
    assert!(refused.faults[0].contains("this is a zip archive"), "{:?}", refused.faults);
}

fn snak(value: &str) -> String {
    format!("{{\"snaktype\":\"value\",\"datavalue\":{{\"value\":{value},\"type\":\"x\"}}}}")
}

fn item(id: &str) -> String {
    snak(&format!("{{\"entity-type\":\"item\",\"id\":\"{id}\"}}"))
}

fn time(text: &str, precision: u8) -> String {
    snak(&format!("{{\"time\":\"+{text}T00:00:00Z\",\"timezone\":0,\"precision\":{precision}}}"))
}

fn statement(main: &str, qualifiers: &[(&str, String)]) -> String {
    let qualifiers: Vec<String> =
        qualifiers.iter().map(|(property, snak)| format!("\"{property}\":[{snak}]")).collect();
    format!(
        "{{\"mainsnak\":{main},\"type\":\"statement\",\"qualifiers\":{{{}}},\"rank\":\"normal\"}}",
        qualifiers.join(",")
    )
}

/// An item with English labels and the claims given as (property, statements).
fn entity(id: &str, label: &str, aliases: &[&str], claims: &[(&str, Vec<String>)]) -> String {
    let alias = |text: &&str| format!("{{\"language\":\"en\",\"value\":\"{text}\"}}");
    let aliases = aliases.iter().map(alias).collect::<Vec<_>>().join(",");
    let claims: Vec<String> =
        claims.iter().map(|(property, statements)| format!("\"{property}\":[{}]", statements.join(","))).collect();
    format!(
        "{{\"type\":\"item\",\"id\":\"{id}\",\"labels\":{{\"en\":{{\"language\":\"en\",\"value\":\"{label}\"}},\
         \"fr\":{{\"language\":\"fr\",\"value\":\"{label} (fr)\"}}}},\"descriptions\":{{}},\
         \"aliases\":{{\"en\":[{aliases}]}},\"claims\":{{{}}},\
         \"sitelinks\":{{\"enwiki\":{{\"site\":\"enwiki\"}},\"frwiki\":{{\"site\":\"frwiki\"}}}}}}",
        claims.join(",")
    )
}

fn person() -> String {
    let office = |position: &str, qualifiers: &[(&str, String)]| statement(&item(position), qualifiers);
    let france = || ("P642", item("Q142"));
    let offices = vec![
        office("Q7330070", &[france(), ("P580", time("2012-05-07", 11)), ("P582", time("2014-00-00", 9))]),
        office("Q11696", &[("P580", time("2015-03-00", 10))]),
        office("Q7330070", &[("P580", time("2016-01-01", 11))]),
        office("Q99999999", &[("P582", time("2011-01-01", 11))]),
        office(
            "Q14212",
            &[france(), ("P580", time("2017-01-01", 11)), ("P582", "{\"snaktype\":\"somevalue\"}".into())],
        ),
    ];
    let claims = [
        ("P31", vec![statement(&item("Q5"), &[])]),
        ("P27", vec![statement(&item("Q142"), &[])]),
        ("P21", vec![statement(&item("Q6581072"), &[])]),
        ("P39", offices),
    ];
    entity("Q99900010", "Ada Quill", &["A. Quill", "Quill", "AQ", "Addie"], &claims)
}

fn town() -> String {
    let words = |text: &str, language: &str| {
        statement(&snak(&format!("{{\"text\":\"{text}\",\"language\":\"{language}\"}}")), &[])
    };
    let people = |amount: &str, year: &str| {
        statement(&snak(&format!("{{\"amount\":\"+{amount}\",\"unit\":\"1\"}}")), &[("P585", time(year, 9))])
    };
    let claims = [
        ("P31", vec![statement(&item("Q515"), &[])]),
        ("P17", vec![statement(&item("Q142"), &[])]),
        ("P1082", vec![people("100", "1990-00-00"), people("12345", "2020-00-00"), people("900", "2001-00-00")]),
        ("P625", vec![statement(&snak("{\"latitude\":1.5,\"longitude\":-2.25,\"globe\":\"earth\"}"), &[])]),
        ("P1549", vec![words("Quilltonian", "en"), words("Quilltonien", "fr")]),
        ("P1813", vec![words("QLT", "en")]),
        ("P1566", vec![statement(&snak("\"900001\""), &[])]),
        ("P571", vec![statement(&time("1850-00-00", 9), &[])]),
    ];
    entity("Q99900011", "Quillton", &["Quill-on-Sea"], &claims)
}

#[test]
fn items_of_wikidata_become_rows() {
    let place = Place::new();
    let dump = format!("[\n{},\n{}\n]\n", person(), town());
    let file = place.file("dump.json", dump);
    let imported = place.import(Form::Wikidata, &Options::default(), &[file]).unwrap();
    assert_eq!(imported.is_sound().faults, [""; 0]);
    assert_eq!(imported.cell("Ada Quill", "id"), "wikidata:Q99900010");
    assert_eq!(imported.cell("Ada Quill", "gender"), "f");
    assert_eq!(imported.cell("Ada Quill", "country"), "FRA");
    assert_eq!(
        imported.cell("Ada Quill", "aliases"),
        "A. Quill; Quill|surname|context; AQ|acronym|context; Addie|short|context"
    );
    assert_eq!(
        imported.cell("Ada Quill", "roles"),
        "foreign minister of state:FRA 2012-05-07?..2014?; president of state:USA 2015-03?..?; prime minister of state:FRA"
    );
    // What is no role stays above the row and is counted.
    assert!(imported.list.contains("# Q99900010: office Q99999999 ..2011-01-01?: no row of wikidata-positions.tsv\n"));
    assert!(
        imported.list.contains("# Q99900010: office Q7330070 2016-01-01?..?: nothing tells of which body or state\n")
    );
    assert_eq!(imported.summary.positions.len(), 2);
    assert_eq!(imported.cell("Quillton", "population"), "12345");
    assert_eq!((imported.cell("Quillton", "lat"), imported.cell("Quillton", "lon")), ("1.5".into(), "-2.25".into()));
    assert_eq!(imported.cell("Quillton", "geonames"), "900001");
    assert_eq!(imported.cell("Quillton", "valid"), "1850..");
    assert_eq!(imported.cell("Quillton", "prior"), "192");
    assert_eq!(imported.cell("Quillton", "aliases"), "Quill-on-Sea; QLT|acronym|context; Quilltonian|demonym");
}

#[test]
fn dates_of_offices_are_checked_only_against_a_source_that_is_named() {
    let place = Place::new();
    let file = place.file("one.jsonl", person());
    let options = Options { checked: Some("offices".into()), ..Options::default() };
    let roles = place.import(Form::Wikidata, &options, &[file]).unwrap().cell("Ada Quill", "roles");
    assert!(roles.starts_with("foreign minister of state:FRA 2012-05-07..2014 @offices; "), "{roles}");
}

#[test]
fn languages_classes_and_lists_decide_what_of_wikidata_is_taken() {
    let place = Place::new();
    let listed = entity("Q142", "France", &[], &[("P31", vec![statement(&item("Q6256"), &[])])]);
    let odd = entity("Q99900012", "Some Enzyme", &[], &[("P31", vec![statement(&item("Q8047"), &[])])]);
    let empty = "{\"type\":\"item\",\"id\":\"Q99900013\",\"labels\":[],\"aliases\":[],\"claims\":[],\"sitelinks\":[]}";
    let property = "{\"type\":\"property\",\"id\":\"P31\",\"labels\":{}}";
    let file = place.file("dump.json", [town().as_str(), &listed, &odd, empty, property].join("\n"));
    let options = Options { languages: vec!["fr".into()], ..Options::default() };
    let imported = place.import(Form::Wikidata, &options, std::slice::from_ref(&file)).unwrap();
    assert!(imported.cell("Quillton", "aliases").starts_with("Quillton (fr); Quill-on-Sea"));
    assert!(imported.cell("Quillton", "aliases").ends_with("Quilltonian|demonym; Quilltonien|demonym"));
    let left = &imported.summary.left_out;
    assert_eq!((left["in the lists already"], left["of other classes"], left["properties and lexemes"]), (1, 2, 1));
    assert_eq!(imported.summary.classes["Q8047"], 1);
    let kept = place.import(Form::Wikidata, &Options { keep_listed: true, ..Options::default() }, &[file]).unwrap();
    assert_eq!(kept.cell("France", "id"), "state:FRA");
}

#[test]
fn broken_items_are_placed_and_lists_on_one_line_are_read() {
    let place = Place::new();
    let wrong = town().replace("\"1.5\"", "1").replace("{\"latitude\":1.5", "{\"latitude\":\"north\"");
    let lines = [&person()[..200], &wrong, "no json at all", &format!("[{},{}]", person(), town())];
    let file = place.file("dump.json", lines.join("\n"));
    let imported = place.import(Form::Wikidata, &Options::default(), &[file]).unwrap();
    assert_eq!(imported.is_sound().summary.written.rows, 2);
    assert_eq!(imported.faults.len(), 3, "{:?}", imported.faults);
    assert!(imported.faults[0].starts_with("dump.json:1:200: EOF while parsing"), "{}", imported.faults[0]);
    assert!(imported.faults[1].contains("invalid type: string \"north\", expected f64"), "{}", imported.faults[1]);
    assert!(imported.faults[2].starts_with("dump.json:3:"), "{}", imported.faults[2]);
}

#[test]
fn columns_of_a_table_are_found_by_their_headings_or_told() {
    let place = Place::new();
    let csv = "\u{feff}Label,Also known as,ISO,Entity Type,Inhabitants,note\n\
               Acme Holdings,\"Acme; ACME Group\",US,company,,x\n\
               \"Quill, Ada\",Addie|Ada Q.,France,Person,,\n\
               Quillton,,gb,town,\"12,000\",\n";
    let file = place.file("mine-2030.csv", csv);
    let imported = place.import(Form::Table, &Options::default(), &[file]).unwrap();
    assert_eq!(imported.is_sound().faults, [""; 0]);
    assert_eq!(imported.cell("Acme Holdings", "id"), "mine:acme-holdings");
    assert_eq!(imported.cell("Acme Holdings", "aliases"), "Acme; ACME Group");
    assert_eq!(
        (imported.cell("Quill, Ada", "country"), imported.cell("Quill, Ada", "type")),
        ("FRA".into(), "PERSON".into())
    );
    assert_eq!(imported.cell("Quill, Ada", "aliases"), "Addie; Ada Q.");
    assert_eq!(imported.cell("Quillton", "population"), "12000");
    let odd = place.file("odd.txt", "A§B§C\nQuill Bank§QB/Zorva§x\nQuill Bank§§\n");
    let options = Options {
        map: vec![("name".into(), "A".into()), ("aliases".into(), "B".into())],
        separator: Some('§'),
        list_separator: Some("/".into()),
        entity_type: Some(EntityType::Org),
        ..Options::default()
    };
    let imported = place.import(Form::Table, &options, &[odd]).unwrap();
    assert_eq!(imported.is_sound().cell("Quill Bank", "aliases"), "QB; Zorva");
    // Two entities of one name stay two.
    assert!(imported.list.contains("odd:quill-bank\t") && imported.list.contains("odd:quill-bank-2\t"));
}

#[test]
fn columns_that_are_not_there_are_told_with_those_that_are() {
    let place = Place::new();
    let file = place.file("mine.csv", "Lable,ISO\nx,FR\n");
    let refused = |map: &[(&str, &str)]| {
        let map = map.iter().map(|(ours, theirs)| (ours.to_string(), theirs.to_string())).collect();
        match place.import(Form::Table, &Options { map, ..Options::default() }, std::slice::from_ref(&file)) {
            Err(Error::Usage(reason)) => reason,
            other => panic!("{other:?}"),
        }
    };
    assert!(refused(&[]).contains("say which with --map name=...; its columns are: Lable, ISO"));
    assert!(
        refused(&[("name", "Label")])
            .contains("no column \"Label\" (did you mean Lable?); its columns are: Lable, ISO")
    );
    assert!(refused(&[("nam", "Lable")]).contains("(did you mean name?)"));
}

#[test]
fn records_that_cannot_be_read_are_placed_and_the_rest_is_kept() {
    let place = Place::new();
    let csv = "name,type,country,lat,lon\n\
               Good,ORG,FR,1,2\n\
               \"Never closed,ORG,FR,,\n\
               Two,ORG,Atlantis,95,2\n\
               ,ORG,FR,,\n\
               Three,spaceship,FR,,\n\
               a,b,c,d,e,f\n\
               \"Over\ntwo lines\",ORG,FR,,\n\
               Last,ORG,FR,,\n";
    let file = place.file("t.csv", csv);
    let imported = place.import(Form::Table, &Options::default(), &[file]).unwrap();
    let kept: Vec<&str> = imported.is_sound().list.lines().skip(1).map(|row| row.split('\t').nth(2).unwrap()).collect();
    assert_eq!(kept, ["Good", "Two", "Over two lines", "Last"]);
    let stray = "t.csv:3:1: a quotation mark that nothing closes; expected a closing one in the same cell";
    assert!(imported.faults.contains(&stray.to_owned()), "{:?}", imported.faults);
    let tsv = place.file("t.tsv", csv.replace(',', "\t").replace('"', ""));
    let imported = place.import(Form::Table, &Options::default(), &[tsv]).unwrap();
    let faults = imported.is_sound().faults.join("\n");
    for fault in [
        "t.tsv:4:9: the country \"Atlantis\"; expected an ISO 3166 code or an English name; the row is kept without it",
        "t.tsv:4:18: the place \"95\", \"2\"; expected degrees north and degrees east; the row is kept without it",
        "t.tsv:5:1: no name; expected a name in every row",
        "t.tsv:6:7: the type \"spaceship\"; expected PERSON, PLACE, ORG, FACILITY, EVENT or OTHER, or --type for all rows",
        "t.tsv:7:11: 6 columns; expected 5, as the header has",
    ] {
        assert!(faults.contains(fault), "{fault}\nis missing from\n{faults}");
    }
}

#[test]
fn json_lines_are_a_table_too() {
    let place = Place::new();
    let lines = [
        r#"{"name":"Acme Holdings","aliases":["Acme","ACME\tGroup"],"kind":"company","countryCode":"US","id":7}"#,
        r#"{"name":"Acme","broken":"#,
        r#"{"aliases":["nobody"]}"#,
        r#"{"label":"Quillton","type":"place","population":12000,"lat":1.5,"lon":2}"#,
    ];
    let file = place.file("mine.jsonl", lines.join("\n"));
    let imported = place.import(Form::Table, &Options::default(), &[file]).unwrap();
    assert_eq!(imported.is_sound().cell("Acme Holdings", "aliases"), "Acme; ACME Group");
    assert_eq!(imported.cell("Quillton", "population"), "12000");
    assert_eq!(imported.faults.len(), 2, "{:?}", imported.faults);
    assert!(imported.faults[0].starts_with("mine.jsonl:2:24: EOF while parsing"), "{:?}", imported.faults);
    assert!(imported.faults[1].starts_with("mine.jsonl:3:1: an object without a name"), "{:?}", imported.faults);
}

#[test]
fn letters_that_nobody_sees_do_not_get_into_a_list() {
    let place = Place::new();
    let csv =
        "name,type,aliases\nQuill\u{a0}Bank\u{200b},ORG,\"\u{202e}Quill  Co\u{feff}; Cafe\u{301} Quill; ---; x,y\"\n";
    let file = place.file("t.csv", csv);
    let imported = place.import(Form::Table, &Options::default(), &[file]).unwrap();
    assert_eq!(imported.is_sound().cell("Quill Bank", "aliases"), "Quill Co; Café Quill");
    assert_eq!(imported.summary.written.unusable, 2);
}

#[test]
fn an_import_gives_the_same_bytes_again() {
    let place = Place::new();
    let names: String = (0..500).map(|n| format!("{n}\t{}\ten\tName {n}\n", 900_001 + n % 7)).collect();
    let files = [place.file("GB.txt", places()), place.file("names.txt", names)];
    let once = place.import(Form::Geonames, &Options::default(), &files).unwrap().list;
    assert_eq!(once, place.import(Form::Geonames, &Options::default(), &files).unwrap().list);
    assert!(once.contains("Name 490"));
}
