//! Lines of text that end with CR LF, and with CR or LF alone where somebody sends that.

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it begins.
    pub start: usize,
    /// Where its text ends.
    pub end: usize,
    /// Where the next one begins.
    pub next: usize,
}

impl Line {
    /// The text, without the end of line.
    pub fn text(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.end).unwrap_or(&[])
    }

    /// The code of a reply: the three digits that it begins with.
    pub fn code(self, bytes: &[u8]) -> Option<u32> {
        let digits = self.text(bytes).get(..3)?;
        digits.iter().all(u8::is_ascii_digit).then(|| {
            digits
                .iter()
                .fold(0, |code, d| code * 10 + u32::from(d - b'0'))
        })
    }
}

/// All lines; what stands behind the last end of line is one too.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = Line> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|r| !r.is_empty())?;
        let start = at;
        let (end, next) = match memchr::memchr2(b'\r', b'\n', rest) {
            Some(n) if rest[n] == b'\r' && rest.get(n + 1) == Some(&b'\n') => (n, n + 2),
            Some(n) => (n, n + 1),
            None => (rest.len(), rest.len()),
        };
        at = start + next;
        Some(Line {
            start,
            end: start + end,
            next: at,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_and_their_codes() {
        let text = b"250-a\r\n25\n\r334";
        let all: Vec<_> = lines(text).map(|l| (l.text(text), l.code(text))).collect();
        assert_eq!(
            all,
            [
                (&b"250-a"[..], Some(250)),
                (b"25", None),
                (b"", None),
                (b"334", Some(334))
            ]
        );
        assert_eq!(lines(b"").count(), 0);
    }
}
