//! A record of separated cells in, each cell with where it begins out; quoted cells may hold separators and quotes.

/// A cell of a line: its first byte in the line, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub at: usize,
    pub text: String,
}

/// Why a line is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Torn {
    /// A quoted cell does not end in it: the next line may go on.
    Open,
    /// A quoted cell of several lines holds a quotation mark by itself, so it never was one.
    Stray,
}

/// The cells of a line, or of several where a quoted cell has them. Tab-separated cells are never quoted.
pub(super) fn split(line: &str, separator: char) -> Result<Vec<Cell>, Torn> {
    if separator == '\t' {
        let start = |cell: &str| cell.as_ptr() as usize - line.as_ptr() as usize;
        return Ok(line.split('\t').map(|cell| Cell { at: start(cell), text: cell.trim().to_owned() }).collect());
    }
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let (text, end) = match line[at..].strip_prefix('"') {
            Some(quoted) => unquote(quoted).map(|(text, length)| (text, at + 1 + length)).ok_or(Torn::Open)?,
            None => {
                let end = line[at..].find(separator).map_or(line.len(), |length| at + length);
                (line[at..end].trim().to_owned(), end)
            }
        };
        // What stands between a closing quote and the separator belongs to the cell.
        let next = line[end..].find(separator).map_or(line.len(), |length| end + length);
        let rest = line[end..next].trim();
        if !rest.is_empty() && line.contains('\n') {
            return Err(Torn::Stray);
        }
        cells.push(Cell { at, text: text + rest });
        match line[next..].chars().next() {
            Some(_) => at = next + separator.len_utf8(),
            None => return Ok(cells),
        }
    }
}

/// What stands before the closing quote, and how many bytes it and the quote take.
fn unquote(text: &str) -> Option<(String, usize)> {
    let mut said = String::new();
    let mut from = 0;
    loop {
        let quote = from + text[from..].find('"')?;
        said.push_str(&text[from..quote]);
        if !text[quote + 1..].starts_with('"') {
            return Some((said.trim().to_owned(), quote + 1));
        }
        said.push('"');
        from = quote + 2;
    }
}

/// The separator that a header uses most; a header of one column has none, so any will do.
pub(super) fn separator(header: &str) -> char {
    let uses = |separator: char| header.matches(separator).count();
    ['\t', ',', ';', '|'].into_iter().rev().max_by_key(|&separator| uses(separator)).unwrap_or('\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str, separator: char) -> Result<Vec<String>, Torn> {
        split(line, separator).map(|cells| cells.into_iter().map(|cell| cell.text).collect())
    }

    #[test]
    fn quotes_hold_separators_together() {
        assert_eq!(texts(r#"a,"b, c",d"#, ',').unwrap(), ["a", "b, c", "d"]);
        assert_eq!(texts(r#""say ""no""",x"#, ',').unwrap(), [r#"say "no""#, "x"]);
        assert_eq!(texts(r#"5" pipe,x"#, ',').unwrap(), [r#"5" pipe"#, "x"]);
        assert_eq!(texts(",,", ',').unwrap(), ["", "", ""]);
        assert_eq!(texts("\"open,\n", ','), Err(Torn::Open));
        assert_eq!(texts("\"two\nlines\",x", ',').unwrap(), ["two\nlines", "x"]);
        assert_eq!(texts("\"never closed,x\n\"y\",z", ','), Err(Torn::Stray));
        assert_eq!(texts("a\t\"b\tc", '\t').unwrap(), ["a", "\"b", "c"]);
        assert_eq!(split("a, b", ',').unwrap()[1], Cell { at: 2, text: "b".into() });
    }

    #[test]
    fn the_header_tells_the_separator() {
        assert_eq!(separator("name;aliases;note, short"), ';');
        assert_eq!(separator("name\taliases"), '\t');
        assert_eq!(separator("name"), '\t');
    }
}
