//! Texts of many kinds in; the language that is recognised out, English where there is doubt.

use wiregraph::document::{BlockKind, Document, Options, read};

fn document(text: &str) -> Document {
    Document::new("x".into(), None, None, text.into(), Vec::new())
}

const FOREIGN: &[(&str, &str)] = &[
    (
        "ru",
        "Президент России Владимир Путин встретился во вторник с председателем КНР Си Цзиньпином. Стороны обсудили вопросы безопасности и торговли.",
    ),
    (
        "uk",
        "Міністр закордонних справ заявив у понеділок, що переговори щодо мосту триватимуть наступного тижня в Женеві.",
    ),
    ("zh", "国家主席习近平星期三同俄罗斯总统普京通电话。双方就两国关系和当前国际问题交换了意见，并同意继续合作。"),
    ("ar", "قال وزير الخارجية يوم الاثنين إن المحادثات بشأن الجسر ستستمر الأسبوع المقبل في جنيف بعد لقاء المبعوثين."),
    (
        "fr",
        "Le ministre des Affaires étrangères a déclaré lundi que les pourparlers sur le pont se poursuivraient la semaine prochaine à Genève.",
    ),
    (
        "de",
        "Der Außenminister erklärte am Montag, dass die Gespräche über die Brücke in der kommenden Woche in Genf fortgesetzt werden.",
    ),
    (
        "es",
        "El ministro de Asuntos Exteriores declaró el lunes que las conversaciones sobre el puente continuarán la próxima semana en Ginebra.",
    ),
    (
        "pt",
        "O ministro das Relações Exteriores declarou na segunda-feira que as conversações sobre a ponte continuarão na próxima semana em Genebra.",
    ),
    (
        "it",
        "Il ministro degli Esteri ha dichiarato lunedì che i colloqui sul ponte proseguiranno la prossima settimana a Ginevra.",
    ),
    (
        "nl",
        "De minister van Buitenlandse Zaken verklaarde maandag dat de gesprekken over de brug volgende week in Genève worden voortgezet.",
    ),
    (
        "pl",
        "Minister spraw zagranicznych oświadczył w poniedziałek, że rozmowy w sprawie mostu będą kontynuowane w przyszłym tygodniu w Genewie.",
    ),
    (
        "tr",
        "Dışişleri Bakanı pazartesi günü yaptığı açıklamada köprüyle ilgili görüşmelerin gelecek hafta Cenevre'de süreceğini söyledi.",
    ),
    (
        "sv",
        "Utrikesministern sade på måndagen att samtalen om bron fortsätter nästa vecka i Genève efter mötet mellan de två sändebuden.",
    ),
    (
        "fi",
        "Ulkoministeri sanoi maanantaina, että siltaa koskevat neuvottelut jatkuvat ensi viikolla Genevessä kahden lähettilään tapaamisen jälkeen.",
    ),
    ("hu", "A külügyminiszter hétfőn kijelentette, hogy a hídról szóló tárgyalások a jövő héten Genfben folytatódnak."),
    (
        "ro",
        "Ministrul de externe a declarat luni că discuțiile privind podul vor continua săptămâna viitoare la Geneva.",
    ),
    ("cs", "Ministr zahraničí v pondělí prohlásil, že jednání o mostu budou pokračovat příští týden v Ženevě."),
    (
        "el",
        "Ο υπουργός Εξωτερικών δήλωσε τη Δευτέρα ότι οι συνομιλίες για τη γέφυρα θα συνεχιστούν την επόμενη εβδομάδα στη Γενεύη.",
    ),
    ("ja", "外相は月曜日、橋をめぐる協議が来週ジュネーブで続けられると述べた。二人の特使は火曜日に会談した。"),
    ("ko", "외무장관은 월요일 다리에 관한 회담이 다음 주 제네바에서 계속될 것이라고 말했다."),
    ("he", "שר החוץ אמר ביום שני כי השיחות על הגשר יימשכו בשבוע הבא בז'נבה לאחר פגישת השליחים."),
    ("fa", "وزیر امور خارجه روز دوشنبه گفت که گفتگوها درباره پل هفته آینده در ژنو ادامه خواهد یافت."),
    (
        "id",
        "Menteri Luar Negeri mengatakan pada hari Senin bahwa pembicaraan mengenai jembatan itu akan dilanjutkan minggu depan di Jenewa.",
    ),
    (
        "vi",
        "Bộ trưởng Ngoại giao cho biết hôm thứ Hai rằng các cuộc đàm phán về cây cầu sẽ tiếp tục vào tuần tới tại Geneva.",
    ),
    ("hi", "विदेश मंत्री ने सोमवार को कहा कि पुल को लेकर बातचीत अगले सप्ताह जिनेवा में जारी रहेगी।"),
];

/// Names, headlines, squads, shares: English with few English words.
const ENGLISH: &[&str] = &[
    "Xi Jinping met Vladimir Putin, Narendra Modi, Recep Tayyip Erdoğan and Ebrahim Raisi in Samarkand, Uzbekistan.",
    "Jens Stoltenberg, Ursula von der Leyen, Charles Michel, Emmanuel Macron, Olaf Scholz and Mario Draghi travelled to Kyiv.",
    "Alexander Van der Bellen congratulated Zuzana Čaputová; Andrzej Duda, Gitanas Nausėda and Egils Levits joined later.",
    "Zhao Lijian, Wang Yi, Yang Jiechi, Li Keqiang: Beijing names delegation.",
    "Squad: Pickford, Walker, Stones, Maguire, Shaw, Rice, Bellingham, Saka, Kane, Sterling, Foden.",
    "GENEVA ENVOYS AGREE TO REOPEN RIVER BRIDGE AFTER NINE YEARS OF QUARRELS",
    "Mokgweetsi Masisi, Hage Geingob and Emmerson Mnangagwa signed the Kavango-Zambezi accord in Lusaka on Friday.",
    "Kwame Nkrumah Mausoleum reopened; Nana Akufo-Addo thanked Alassane Ouattara, Macky Sall, Faure Gnassingbé.",
    "Shares: Rheinmetall up 4%, Thyssenkrupp down 2%, Volkswagen flat, Deutsche Bank up 1%.",
    "Hezbollah fired rockets. Israel struck Baalbek, Tyre, Sidon, Nabatieh and Marjayoun overnight.",
    "The Bundesverfassungsgericht in Karlsruhe ruled on Tuesday that the Bundestag may not delegate the power.",
    "Le Monde, Der Spiegel, El País and La Repubblica reported that Paris, Berlin, Madrid and Rome had agreed.",
    "Turkey's AKP, CHP, MHP and IYI parties backed Finland's bid; HDP abstained.",
    "He said “C'est la vie” and left for Saint-Jean-de-Luz with Jean-Yves Le Drian and Catherine Colonna.",
    "Police arrested Joaquín Guzmán Loera, Ovidio Guzmán López and Ismael Zambada García in Culiacán, Sinaloa.",
    "Ministry of Foreign Affairs spokesperson Hua Chunying denied reports.",
    "Nguyễn Phú Trọng received Hun Sen, Thongloun Sisoulith and Phankham Viphavanh in Hanoi for talks on Mekong dams.",
    "Mohammed bin Salman bin Abdulaziz Al Saud, Tamim bin Hamad Al Thani and Mohamed bin Zayed Al Nahyan held talks.",
    "Bayern Munich beat Borussia Mönchengladbach 3-1; Schalke drew with Hoffenheim, Eintracht Frankfurt lost.",
    "Kyiv shelled. Two killed. Zelenskyy addresses Rada. Shmyhal flies to Brussels, meets Borrell.",
    "Nouakchott, Ouagadougou, Bamako, Niamey, N'Djamena: G5 Sahel ministers gather without Mali.",
    "Dmytro Kuleba, Oleksii Reznikov, Andriy Yermak, Valerii Zaluzhnyi, Mykhailo Podolyak, Oleksiy Arestovych present.",
    "Prime Minister Viktor Orbán, whose Fidesz party won, told Magyar Nemzet that Budapest would veto.",
    "Cyclone Freddy killed 190 people in Malawi's Blantyre, Chikwawa, Mulanje, Phalombe and Nsanje districts.",
    "Rakuten, SoftBank, Mitsubishi UFJ, Sumitomo Mitsui and Mizuho posted quarterly profits, Nikkei Asia reported.",
    "Shin Bet chief Ronen Bar briefed Netanyahu, Gallant, Ben-Gvir, Smotrich; Lapid, Gantz protested.",
    "Bank Negara Malaysia raised rates 25 basis points, surprising analysts polled by Bernama.",
    "Sheikh Hasina telephoned Ranil Wickremesinghe.",
    "UEFA fined Legia Warszawa, Crvena zvezda, Olympique de Marseille, Feyenoord and Slavia Praha.",
    "In Sarajevo, Milorad Dodik, Željko Komšić and Šefik Džaferović disagreed over Bosnia's gas law.",
    "“Nous sommes prêts,” Mr Macron said in French before he switched to English and repeated it.",
    "Tbilisi. Salome Zurabishvili vetoed it. Irakli Garibashvili overrode her. Mamuka Mdinaradze cheered.",
    "Ex-president Jair Bolsonaro, allies Augusto Heleno, Walter Braga Netto, Anderson Torres indicted.",
    "Rescuers from Gaziantep, Kahramanmaraş, Hatay, Adıyaman, Malatya and Diyarbakır found 12 survivors.",
    "Algeria, Angola, Egypt, Gabon, Nigeria: OPEC Africa cuts output 400,000 bpd.",
    "Taiwan's Tsai Ing-wen, Su Tseng-chang, Joseph Wu and Wellington Koo received Nancy Pelosi at Songshan airport.",
    "Pashinyan, Aliyev met Michel, Scholz, Macron in Chisinau; Karabakh Armenians not represented.",
    "ISW: Wagner seizes Soledar, Krasna Hora, Paraskoviivka; Prigozhin blames Shoigu, Gerasimov.",
    "Tour de France: Pogačar wins stage 6, Vingegaard leads; Evenepoel third, Roglič, Almeida, Landa follow.",
    "Rio Tinto, BHP, Vale, Fortescue Metals, Anglo American shares slumped after Beijing lockdown news.",
    "Sinn Féin's Michelle O'Neill, DUP's Jeffrey Donaldson, Alliance's Naomi Long met Chris Heaton-Harris at Stormont.",
    "Cardinals Parolin, Zuppi, Tagle, Erdő, Sarah, Turkson entered Sistine Chapel.",
];

#[test]
fn other_languages_are_named_and_not_read() {
    for (code, text) in FOREIGN {
        let document = document(text);
        assert_eq!(document.language, *code, "{text}");
        assert!(document.blocks.iter().all(|block| block.kind == BlockKind::Foreign), "{text}");
        assert_eq!(document.notes.iter().filter(|note| note.kind == "language").count(), 1, "{text}");
    }
}

#[test]
fn english_is_english_whatever_its_names() {
    for text in ENGLISH {
        let document = document(text);
        assert_eq!(document.language, "en", "{text}");
        assert!(document.notes.iter().all(|note| note.kind != "language"), "{text}");
    }
}

#[test]
fn short_and_odd_texts_count_as_english() {
    for text in ["Ja.", "Kyiv", "12", "Bonjour, Xi!", "", "Да.", "ooo aaa eee"] {
        assert_eq!(document(text).language, "en", "{text}");
    }
}

const BEFORE: &str = "Two envoys met in Geneva on Monday and agreed to reopen the bridge over the river.";
const AFTER: &str = "They will meet again in May to speak about the tolls that the harbour town asks for.";

#[test]
fn a_foreign_paragraph_in_an_english_report_is_skipped() {
    let (_, french) = FOREIGN[4];
    let text = format!("{BEFORE}\n\n{french}\n\n{AFTER}");
    let document = document(&text);
    let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Prose, BlockKind::Foreign, BlockKind::Prose]);
    assert_eq!(document.language, "en");
    let note = document.notes.iter().find(|note| note.kind == "language").unwrap();
    assert_eq!(note.text, "a paragraph in French (fr): names are kept, no edges are read");
    assert_eq!(note.span.of(&text), french);
}

#[test]
fn what_the_user_says_turns_recognition_off() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    for (text, told, prose) in [(FOREIGN[4].1, "en", true), (BEFORE, "fr", false), (BEFORE, "en", true)] {
        std::fs::write(&path, text).unwrap();
        let options = Options { language: Some(told.into()), ..Options::default() };
        let document = read(std::slice::from_ref(&path), &options).next().unwrap().unwrap();
        assert_eq!(document.language, told);
        assert_eq!(document.blocks[0].kind.is_prose(), prose, "{text}");
    }
}

#[test]
fn names_of_files_tell_day_and_outlet() {
    let folder = tempfile::tempdir().unwrap();
    for (name, source, published) in [
        ("2022-06-15_reuters_talks.txt", Some("Reuters"), Some("2022-06-15")),
        ("20220615-tass.txt", Some("TASS"), Some("2022-06-15")),
        ("talks.txt", None, None),
        ("report-2022.txt", None, None),
        ("03-04-2022.txt", None, None),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, BEFORE).unwrap();
        let document = read(&[path], &Options::default()).next().unwrap().unwrap();
        let told = (document.source.as_deref(), document.published.map(|day| day.to_string()));
        assert_eq!(told, (source, published.map(str::to_owned)), "{name}");
    }
}
