//! The lines of a text in; which marks of quoted mail stand before them, and where a signature begins, out.

use super::flow::is_blank;
use super::lines::Line;

/// A signature is not longer (lines).
const SIGNATURE: usize = 12;

/// Bytes of the marks before a quoted line ("> > "), where the text quotes mail at all.
pub(super) fn marks(line: &str) -> usize {
    let rest = line.trim_start_matches(['>', ' ']);
    let marks = &line[..line.len() - rest.len()];
    if marks.starts_with('>') { marks.len() } else { 0 }
}

/// Whether the text quotes mail: two lines in a row begin with ">" and a blank.
pub(super) fn quotes(text: &str) -> bool {
    let quoted = |line: &str| line.starts_with("> ") || line.starts_with(">>") || line == ">";
    let mut before = false;
    text.lines().any(|line| {
        let now = quoted(line.trim_end());
        std::mem::replace(&mut before, now) && now
    })
}

/// The line that parts a mail from its signature ("-- "), near the end.
pub(super) fn signature(text: &str, lines: &[Line]) -> Option<usize> {
    let from = lines.len().saturating_sub(SIGNATURE + 1);
    let at = from + lines[from..].iter().position(|line| line.span.of(text).trim_end_matches(is_blank) == "--")?;
    let longest = lines[at + 1..].iter().map(|line| line.span.of(text).split_whitespace().count()).max();
    (at > 0 && longest.is_some_and(|words| words <= 14)).then_some(at)
}
