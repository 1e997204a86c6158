//! Words of a report with places set off in, lines for a terminal out: wrapped, indented, and harmless.

use super::output;
use anstyle::Style;
use std::io::{self, Write};

/// A stretch of text; places in it count code points.
pub struct Passage {
    text: String,
    marks: Vec<(usize, usize, Style)>,
}

/// Narrower terminals get lines of this width all the same.
const NARROWEST: usize = 40;

impl Passage {
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), marks: Vec::new() }
    }

    /// Sets a place off. Of two marks on one place the first one shows.
    pub fn mark(mut self, start: i64, end: i64, style: Style) -> Self {
        let place = |offset: i64| usize::try_from(offset).unwrap_or(0);
        self.marks.push((place(start), place(end), style));
        self
    }

    /// The text on one line, without any mark.
    pub fn plain(&self) -> String {
        output::tame(&self.text).trim().to_owned()
    }

    /// The words at a place, on one line.
    pub fn words(&self, start: i64, end: i64) -> String {
        let place = |offset: i64| usize::try_from(offset).unwrap_or(0);
        let (start, end) = (place(start), place(end));
        let words: String = self.text.chars().skip(start).take(end.saturating_sub(start)).collect();
        output::tame(&words)
    }

    /// Writes the words, every line behind `indent` blanks.
    pub fn write(&self, out: &mut dyn Write, indent: usize) -> io::Result<()> {
        self.write_behind(out, &" ".repeat(indent), indent)
    }

    /// The same with a label in the blanks of the first line; `indent` is its width.
    pub fn write_behind(&self, out: &mut dyn Write, label: &str, indent: usize) -> io::Result<()> {
        let room = output::width().map_or(usize::MAX, |width| width.max(NARROWEST)).saturating_sub(indent + 1);
        let (mut used, blank) = (0, " ".repeat(indent));
        write!(out, "{label}")?;
        for (word, width) in self.styled_words() {
            match used {
                0 => used = width,
                _ if used + 1 + width > room => {
                    write!(out, "\n{blank}")?;
                    used = width;
                }
                _ => {
                    write!(out, " ")?;
                    used += 1 + width;
                }
            }
            write!(out, "{word}")?;
        }
        writeln!(out)
    }

    /// Words between blanks and control characters, with their width.
    fn styled_words(&self) -> Vec<(String, usize)> {
        let (mut words, mut word, mut width, mut on) = (Vec::new(), String::new(), 0, None);
        for (at, c) in self.text.chars().enumerate() {
            if c.is_whitespace() || c.is_control() {
                close(&mut word, &mut on);
                if width > 0 {
                    words.push((std::mem::take(&mut word), std::mem::take(&mut width)));
                }
                continue;
            }
            let style = self.style(at);
            if style != on {
                close(&mut word, &mut on);
                if let Some(style) = style {
                    word += &style.render().to_string();
                }
                on = style;
            }
            word.push(c);
            width += 1;
        }
        close(&mut word, &mut on);
        if width > 0 {
            words.push((word, width));
        }
        words
    }

    fn style(&self, at: usize) -> Option<Style> {
        self.marks.iter().find(|(start, end, _)| (*start..*end).contains(&at)).map(|(_, _, style)| *style)
    }
}

fn close(word: &mut String, on: &mut Option<Style>) {
    if let Some(style) = on.take() {
        *word += &style.render_reset().to_string();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_hold_across_words_and_leave_out_what_steers() {
        let bold = Style::new().bold();
        let passage = Passage::new("“Xi”\n met\u{1b}[2J Putin twice").mark(6, 9, bold).mark(14, 25, bold);
        let mut out = Vec::new();
        passage.write(&mut out, 2).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "  “Xi” \u{1b}[1mmet\u{1b}[0m [2J \u{1b}[1mPutin\u{1b}[0m \u{1b}[1mtwice\u{1b}[0m\n");
        assert_eq!(passage.words(6, 9), "met");
        assert_eq!(passage.plain(), "“Xi” met [2J Putin twice");
    }
}
