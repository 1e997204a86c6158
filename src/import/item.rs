//! One JSON object of a Wikidata dump in; what a list of names needs of it out, borrowed from the line.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

#[derive(serde::Deserialize)]
pub(super) struct Item<'a> {
    #[serde(rename = "type", borrow, default)]
    pub kind: Cow<'a, str>,
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    pub labels: Pairs<Term<'a>>,
    #[serde(borrow, default)]
    pub aliases: Pairs<Vec<Term<'a>>>,
    #[serde(borrow, default)]
    pub claims: Claims<'a>,
    #[serde(default)]
    pub sitelinks: Pages,
}

#[derive(serde::Deserialize)]
pub(super) struct Term<'a> {
    #[serde(borrow)]
    pub language: Cow<'a, str>,
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

/// The properties that are read; all others are passed over.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Claims<'a> {
    #[serde(rename = "P31", borrow)]
    pub instance_of: Vec<Statement<'a, Reference<'a>>>,
    #[serde(rename = "P27", borrow)]
    pub citizenship: Vec<Statement<'a, Reference<'a>>>,
    #[serde(rename = "P17", borrow)]
    pub country: Vec<Statement<'a, Reference<'a>>>,
    #[serde(rename = "P21", borrow)]
    pub gender: Vec<Statement<'a, Reference<'a>>>,
    #[serde(rename = "P39", borrow)]
    pub offices: Vec<Statement<'a, Reference<'a>>>,
    #[serde(rename = "P1376", borrow)]
    pub capital_of: Vec<Statement<'a, Reference<'a>>>,
    #[serde(rename = "P1549", borrow)]
    pub demonyms: Vec<Statement<'a, Wording<'a>>>,
    #[serde(rename = "P1813", borrow)]
    pub short_names: Vec<Statement<'a, Wording<'a>>>,
    #[serde(rename = "P1448", borrow)]
    pub official_names: Vec<Statement<'a, Wording<'a>>>,
    #[serde(rename = "P1566", borrow)]
    pub geonames: Vec<Statement<'a, Text<'a>>>,
    #[serde(rename = "P625", borrow)]
    pub place: Vec<Statement<'a, Degrees>>,
    #[serde(rename = "P1082", borrow)]
    pub population: Vec<Statement<'a, Amount<'a>>>,
    #[serde(rename = "P570", borrow)]
    pub died: Vec<Statement<'a, Time<'a>>>,
    #[serde(rename = "P571", borrow)]
    pub founded: Vec<Statement<'a, Time<'a>>>,
    #[serde(rename = "P576", borrow)]
    pub dissolved: Vec<Statement<'a, Time<'a>>>,
    #[serde(rename = "P580", borrow)]
    pub started: Vec<Statement<'a, Time<'a>>>,
    #[serde(rename = "P582", borrow)]
    pub ended: Vec<Statement<'a, Time<'a>>>,
    #[serde(rename = "P585", borrow)]
    pub happened: Vec<Statement<'a, Time<'a>>>,
}

#[derive(serde::Deserialize)]
#[serde(bound(deserialize = "V: Deserialize<'de>"))]
pub(super) struct Statement<'a, V> {
    #[serde(rename = "mainsnak")]
    pub main: Snak<V>,
    #[serde(borrow, default)]
    pub qualifiers: Qualifiers<'a>,
    #[serde(default)]
    pub rank: Rank,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rank {
    Preferred,
    #[default]
    Normal,
    Deprecated,
}

/// A value, or "some value", or "no value".
#[derive(serde::Deserialize)]
pub(super) struct Snak<V> {
    #[serde(default = "Option::default")]
    pub datavalue: Option<Value<V>>,
}

#[derive(serde::Deserialize)]
pub(super) struct Value<V> {
    pub value: V,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct Qualifiers<'a> {
    #[serde(rename = "P580", borrow)]
    pub start: Vec<Snak<Time<'a>>>,
    #[serde(rename = "P582", borrow)]
    pub end: Vec<Snak<Time<'a>>>,
    #[serde(rename = "P585", borrow)]
    pub day: Vec<Snak<Time<'a>>>,
    #[serde(rename = "P642", borrow)]
    pub of: Vec<Snak<Reference<'a>>>,
    #[serde(rename = "P1001", borrow)]
    pub jurisdiction: Vec<Snak<Reference<'a>>>,
    #[serde(rename = "P17", borrow)]
    pub country: Vec<Snak<Reference<'a>>>,
}

#[derive(serde::Deserialize)]
pub(super) struct Reference<'a> {
    #[serde(borrow, default)]
    id: Option<Cow<'a, str>>,
    #[serde(rename = "numeric-id", default)]
    number: Option<u64>,
}

impl Reference<'_> {
    /// `Q5`.
    pub fn item(&self) -> String {
        match (&self.id, self.number) {
            (Some(id), _) => id.clone().into_owned(),
            (None, Some(number)) => format!("Q{number}"),
            (None, None) => String::new(),
        }
    }
}

#[derive(serde::Deserialize)]
pub(super) struct Wording<'a> {
    #[serde(borrow)]
    pub text: Cow<'a, str>,
    #[serde(borrow)]
    pub language: Cow<'a, str>,
}

#[derive(serde::Deserialize)]
pub(super) struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

#[derive(serde::Deserialize)]
pub(super) struct Degrees {
    pub latitude: f64,
    pub longitude: f64,
}

#[derive(serde::Deserialize)]
pub(super) struct Amount<'a> {
    #[serde(borrow)]
    pub amount: Cow<'a, str>,
}

#[derive(serde::Deserialize)]
pub(super) struct Time<'a> {
    /// `+2012-05-07T00:00:00Z`.
    #[serde(borrow)]
    time: Cow<'a, str>,
    /// 9 a year, 10 a month, 11 a day.
    #[serde(default)]
    precision: u8,
}

impl Time<'_> {
    /// `2012-05-07`, `2012-05` or `2012`; `None` where it is coarser, or before our era.
    pub fn date(&self) -> Option<&str> {
        let date = self.time.strip_prefix('+')?.split('T').next()?;
        let length = match self.precision {
            9 => 4,
            10 => 7,
            11 => 10,
            _ => return None,
        };
        let sound = date.len() == 10 && date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        date.get(..length).filter(|date| sound && !date.starts_with("0000"))
    }
}

impl<'a, V> Statement<'a, V> {
    pub fn value(&self) -> Option<&V> {
        self.main.datavalue.as_ref().map(|data| &data.value)
    }
}

impl<V> Snak<V> {
    pub fn value(&self) -> Option<&V> {
        self.datavalue.as_ref().map(|data| &data.value)
    }
}

/// The statements that count: the preferred ones, else all that are not deprecated.
pub(super) fn best<'s, 'a, V>(statements: &'s [Statement<'a, V>]) -> impl Iterator<Item = &'s Statement<'a, V>> {
    let preferred = statements.iter().any(|statement| statement.rank == Rank::Preferred);
    let rank = if preferred { Rank::Preferred } else { Rank::Normal };
    statements.iter().filter(move |statement| statement.rank == rank)
}

/// The values of an object whatever its keys. Where PHP had nothing to write, it wrote an empty list.
pub(super) struct Pairs<V>(pub Vec<V>);

impl<V> Default for Pairs<V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Pairs<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Values(PhantomData))
    }
}

struct Values<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Visitor<'de> for Values<V> {
    type Value = Pairs<V>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with a value for each language")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some((IgnoredAny, value)) = map.next_entry()? {
            values.push(value);
        }
        Ok(Pairs(values))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Pairs(Vec::new()))
    }
}

/// How many Wikipedias have a page about the item.
#[derive(Default)]
pub(super) struct Pages(pub u32);

impl<'de> Deserialize<'de> for Pages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Count)
    }
}

struct Count;

impl<'de> Visitor<'de> for Count {
    type Value = Pages;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with a page for each site")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pages, A::Error> {
        let mut pages = 0;
        while let Some((site, IgnoredAny)) = map.next_entry::<Text, _>()? {
            pages += u32::from(site.0.ends_with("wiki") && site.0 != "commonswiki");
        }
        Ok(Pages(pages))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Pages, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Pages(0))
    }
}
