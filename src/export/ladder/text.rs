//! The ladder in lines of text: for tests, for terminals, and what a screen reader says of a row.

use std::fmt::Write as _;

use super::{Arrow, Ladder};

/// The rows in memory, one line each, below a line that names who talks.
pub fn text(ladder: &Ladder) -> String {
    let mut out = String::new();
    for (at, line) in ladder.lines.iter().enumerate() {
        if at > 0 {
            out.push_str(" | ");
        }
        out.push_str(&line.name);
        if !line.address.is_empty() {
            let _ = write!(out, " ({})", line.address);
        }
    }
    out.push('\n');
    for row in 0..ladder.len() {
        if let Some(arrow) = ladder.arrow(row) {
            let _ = writeln!(out, "{}", arrow.in_words(ladder));
        }
    }
    out
}

impl Arrow {
    /// The row in a line: `2 0.025 s server → client: SYN, ACK, Seq=0 Ack=1 Len=0, lost; client SYN-SENT`.
    pub fn in_words(&self, ladder: &Ladder) -> String {
        let from = ladder.name(Some(self.from));
        let to = ladder.name(self.to);
        let mut out = format!("{} {} {from} → {to}: ", self.frame, ladder.time(self));
        if !self.line.is_empty() {
            let _ = write!(out, "{}, ", self.line);
        }
        let _ = write!(out, "{}, {}", self.title, self.counted());
        let remarks = self.remarked();
        if !remarks.is_empty() {
            let _ = write!(out, ", {remarks}");
        }
        for end in self.ends.iter().filter(|e| e.changed()) {
            let news: Vec<&str> = end.news().collect();
            let _ = write!(
                out,
                "; {} {}",
                ladder.name(Some(end.line)),
                news.join(" · ")
            );
        }
        out
    }
}
