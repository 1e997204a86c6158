//! An address or the name of a file in; the outlet and the day that it tells, out.

use super::dates;
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// Hosts, names of outlets, and the words that stand for them in names of files.
const OUTLETS: &str = include_str!("../../rules/outlets.tsv");

fn outlets() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    OUTLETS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.next()?, cells.next().unwrap_or_default()))
    })
}

/// The outlet behind an address: by name where the table has its host, else the host itself.
pub(super) fn outlet(url: &str) -> Option<String> {
    let host = host(url)?;
    let known = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|start| start.ends_with('.'));
    let name = outlets().find(|(domain, _, _)| known(domain)).map(|(_, name, _)| name.to_owned());
    name.or(Some(host))
}

fn host(url: &str) -> Option<String> {
    let address = &url[url.find("://").map(|at| at + 3).or(url.find("www."))?..];
    let host = address.split(['/', '?', '#', ':', '>', ')', ']']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    host.contains('.').then(|| host.to_owned())
}

static QUERY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[?&](?:[a-z_-]*date|day|published|pubdate)=([0-9]{4}[-/.]?[0-9]{2}[-/.]?[0-9]{2})")
        .expect("date in a query")
});

/// The day in an address: in its path, else in a field such as `?date=`.
pub(super) fn date(url: &str) -> Option<Date> {
    let query = || dates::find(QUERY.captures(url)?.get(1)?.as_str())?.full();
    dates::in_url(url).or_else(query)
}

static FILE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9A-Za-z])((?:19|20)[0-9]{2}([-_.]?)[0-9]{2}([-_.]?)[0-9]{2})(?:$|[^0-9A-Za-z])")
        .expect("date in a file's name")
});

/// The day in the name of a file, and where it stands.
fn dated(file: &str) -> Option<(Date, std::ops::Range<usize>)> {
    FILE.captures_iter(file).find_map(|found| {
        let (whole, same) = (found.get(1)?, found[2] == found[3]);
        let digits: String = whole.as_str().chars().filter(char::is_ascii_digit).collect();
        let date = dates::find(&digits)?.full()?;
        same.then_some((date, whole.range()))
    })
}

fn name(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.split_once(".txt").map_or(name, |(stem, _)| stem)
}

/// The day that the name of a file tells ("2022-06-15_reuters_xi.txt").
pub(super) fn file_date(file: &str) -> Option<Date> {
    dated(name(file)).map(|(date, _)| date)
}

/// The outlet that the name of a file tells: a word of the table right beside the day.
pub(super) fn file_outlet(file: &str) -> Option<String> {
    let name = name(file);
    let (_, day) = dated(name)?;
    let word = |text: &str, last: bool| {
        let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        if last { words.next_back() } else { words.next() }.map(str::to_lowercase)
    };
    [word(&name[day.end..], false), word(&name[..day.start], true)].into_iter().flatten().find_map(|word| {
        outlets().find(|(_, _, words)| words.split(' ').any(|w| w == word)).map(|(_, name, _)| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_by_their_hosts() {
        for (url, name) in [
            ("https://www.reuters.com/world/2022/06/15/x", Some("Reuters")),
            ("https://uk.reuters.com/x", Some("Reuters")),
            ("www.bbc.co.uk/news/1", Some("BBC")),
            ("https://english.news.cn/x", Some("Xinhua")),
            ("https://notreuters.com/x", Some("notreuters.com")),
            ("https://www.wire.example/x", Some("wire.example")),
            ("the ratio is 3://4", None),
            ("nothing", None),
        ] {
            assert_eq!(outlet(url).as_deref(), name, "{url}");
        }
    }

    #[test]
    fn days_in_addresses() {
        for (url, day) in [
            ("https://a.example/world/2022/06/15/x", Some("2022-06-15")),
            ("https://a.example/x?date=2022-06-15", Some("2022-06-15")),
            ("https://a.example/x?id=3&pubDate=20220615", Some("2022-06-15")),
            ("https://a.example/x?id=20220615", None),
            ("https://a.example/x?date=2022-13-15", None),
        ] {
            assert_eq!(date(url).map(|day| day.to_string()).as_deref(), day, "{url}");
        }
    }

    #[test]
    fn names_of_files() {
        for (file, day, outlet) in [
            ("2022-06-15_reuters_xi.txt", Some("2022-06-15"), Some("Reuters")),
            ("20220615-tass.txt", Some("2022-06-15"), Some("TASS")),
            ("news/bbc.2022.06.15.txt.gz", Some("2022-06-15"), Some("BBC")),
            ("xi_2022_06_15.txt", Some("2022-06-15"), None),
            ("2022-06-15_talks-with-reuters.txt", Some("2022-06-15"), None),
            ("reuters.txt", None, None),
            ("001_140d20220615aa.txt", None, None),
            ("120220615.txt", None, None),
            ("2022-06.txt", None, None),
            ("2022-0615.txt", None, None),
        ] {
            assert_eq!(file_date(file).map(|day| day.to_string()).as_deref(), day, "{file}");
            assert_eq!(file_outlet(file).as_deref(), outlet, "{file}");
        }
    }
}
