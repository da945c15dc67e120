//! From text to tokens.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::FilterError;

/// A token and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
}

/// The kinds of tokens.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A word: a name, a number, an address, bytes, a keyword.
    Word(String),
    /// `.name`
    Name(String),
    /// `:literal`
    Literal(String),
    /// A quoted text.
    Text(Vec<u8>),
    /// A quoted character.
    Char(u8),
    /// `${name}`
    Reference(String),
    /// What stands between `[` and `]`.
    Brackets(String),
    /// An operator or a mark.
    Sign(&'static str),
}

/// Operators and marks; longer ones first.
const SIGNS: &[&str] = &[
    "===", "!==", "==", "!=", "~=", ">=", "<=", "&&", "||", "^^", "..", ">", "<", "!", "~", "&",
    "=", "+", "-", "*", "/", "%", "(", ")", "{", "}", ",", "#", "@",
];

/// Cut a text into tokens.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, FilterError> {
    let mut lexer = Lexer { text, at: 0 };
    let mut out = Vec::new();
    while let Some(token) = lexer.next()? {
        out.push(token);
    }
    Ok(out)
}

/// The tokens before the first place that is none.
pub(super) fn tokens_as_far_as_can_be(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0 };
    let mut out = Vec::new();
    while let Ok(Some(token)) = lexer.next() {
        out.push(token);
    }
    out
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn next(&mut self) -> Result<Option<Token>, FilterError> {
        let blanks = self.rest().len() - self.rest().trim_start().len();
        self.at += blanks;
        let start = self.at;
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let Some(&first) = bytes.first() else {
            return Ok(None);
        };
        let second = bytes.get(1).copied().unwrap_or(0);
        let kind = match first {
            b'"' => self.quoted(false)?,
            b'r' | b'R' if second == b'"' => {
                self.at += 1;
                self.quoted(true)?
            }
            b'\'' => self.character()?,
            b'[' => {
                let Some(end) = rest.find(']') else {
                    return Err(FilterError::new(
                        start..self.text.len(),
                        "The bracket \"[\" is not closed.",
                    ));
                };
                let inner = rest[1..end].to_owned();
                self.at += end + 1;
                Kind::Brackets(inner)
            }
            b'$' => self.reference()?,
            b'.' if is_word(second) => {
                let len = word_len(&bytes[1..]);
                self.at += 1 + len;
                Kind::Name(rest[1..=len].to_owned())
            }
            b':' if second == b':' => {
                let len = self.address_len(bytes);
                if len == 0 {
                    return Err(unexpected(start..start + 2, "::"));
                }
                let word = rest[..len].to_owned();
                self.at += len;
                Kind::Word(word)
            }
            b':' if second.is_ascii_hexdigit() => {
                let len = self.literal_len(&bytes[1..]);
                self.at += 1 + len;
                Kind::Literal(rest[1..=len].to_owned())
            }
            b if is_word(b) => {
                let len = self.literal_len(bytes);
                let word = rest[..len].to_owned();
                self.at += len;
                Kind::Word(word)
            }
            _ => {
                let Some(sign) = SIGNS.iter().find(|s| rest.starts_with(**s)) else {
                    return Err(self.stranger(start));
                };
                self.at += sign.len();
                Kind::Sign(sign)
            }
        };
        Ok(Some(Token {
            kind,
            span: start..self.at,
        }))
    }

    /// A mark that has no place in filters.
    fn stranger(&self, start: usize) -> FilterError {
        let c = self.rest().chars().next().unwrap_or(' ');
        let span = start..start + c.len_utf8();
        let error = unexpected(span.clone(), &c.to_string());
        match c {
            '|' => error.hint("\"or\" is written ||.").fix(span, "||"),
            '^' => error
                .hint("\"Either, but not both\" is written ^^.")
                .fix(span, "^^"),
            '“' | '”' | '„' => {
                let straight = self.text.replace(['“', '”', '„'], "\"");
                error
                    .hint("Write texts in straight quotes: \"text\".")
                    .fix(0..self.text.len(), straight)
            }
            '≠' => error.hint("\"Not equal\" is written !=.").fix(span, "!="),
            '≥' => error.hint("Write >=.").fix(span, ">="),
            '≤' => error.hint("Write <=.").fix(span, "<="),
            _ => error,
        }
    }

    /// Length of a word that may be an IPv6 address, bytes with colons, or an address with a prefix length.
    fn literal_len(&self, bytes: &[u8]) -> usize {
        let address = self.address_len(bytes);
        let pairs = pairs_len(bytes);
        let word = word_len(bytes);
        if address > word.max(pairs) {
            return address;
        }
        if pairs > word {
            return pairs;
        }
        // 10.0.0.0/8, but not tcp.len/8.
        let text = std::str::from_utf8(&bytes[..word]).unwrap_or("");
        if text.parse::<Ipv4Addr>().is_ok() {
            word + prefix_len(&bytes[word..])
        } else {
            word
        }
    }

    /// Length of an IPv6 address (with its prefix length) at the start, 0 if there is none.
    fn address_len(&self, bytes: &[u8]) -> usize {
        let run = bytes
            .iter()
            .position(|b| !(b.is_ascii_hexdigit() || matches!(b, b':' | b'.')))
            .unwrap_or(bytes.len())
            .min(45);
        let mut len = run;
        // What follows may belong to something else: `fe80::1..fe80::9`.
        while len > 1 {
            let text = std::str::from_utf8(&bytes[..len]).unwrap_or("");
            if text.contains(':') && text.parse::<Ipv6Addr>().is_ok() {
                return len + prefix_len(&bytes[len..]);
            }
            len -= 1;
        }
        0
    }

    fn quoted(&mut self, raw: bool) -> Result<Kind, FilterError> {
        let open = self.at;
        self.at += 1;
        let mut out = Vec::new();
        loop {
            let Some(c) = self.rest().chars().next() else {
                return Err(FilterError::new(
                    open..self.text.len(),
                    "The quoted text does not end: its closing quote is missing.",
                ));
            };
            match c {
                '"' => {
                    self.at += 1;
                    return Ok(Kind::Text(out));
                }
                '\\' if raw => {
                    // A quote behind a backslash does not end a raw text; both stay.
                    out.push(b'\\');
                    self.at += 1;
                    if self.rest().starts_with('"') {
                        out.push(b'"');
                        self.at += 1;
                    }
                }
                '\\' => self.escape(&mut out)?,
                c => {
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn character(&mut self) -> Result<Kind, FilterError> {
        let open = self.at;
        self.at += 1;
        let mut out = Vec::new();
        loop {
            match self.rest().chars().next() {
                None => {
                    return Err(FilterError::new(
                        open..self.text.len(),
                        "The character does not end: its closing quote is missing.",
                    ));
                }
                Some('\'') => {
                    self.at += 1;
                    break;
                }
                Some('\\') => self.escape(&mut out)?,
                Some(c) => {
                    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    self.at += c.len_utf8();
                }
            }
        }
        match out[..] {
            [c] => Ok(Kind::Char(c)),
            _ => Err(
                FilterError::new(open..self.at, "Single quotes hold exactly one character.")
                    .hint("Write texts in double quotes."),
            ),
        }
    }

    /// An escape such as `\n` or `\x1b`; the cursor is at the backslash.
    fn escape(&mut self, out: &mut Vec<u8>) -> Result<(), FilterError> {
        let start = self.at;
        let rest = self.rest().as_bytes();
        let c = rest.get(1).copied().unwrap_or(0);
        let plain = match c {
            b'"' | b'\\' | b'\'' => Some(c),
            b'a' => Some(7),
            b'b' => Some(8),
            b't' => Some(b'\t'),
            b'n' => Some(b'\n'),
            b'v' => Some(11),
            b'f' => Some(12),
            b'r' => Some(b'\r'),
            _ => None,
        };
        if let Some(byte) = plain {
            out.push(byte);
            self.at += 2;
            return Ok(());
        }
        let (skip, most, radix) = match c {
            b'x' => (2, 2, 16),
            b'u' => (2, 4, 16),
            b'U' => (2, 8, 16),
            b'0'..=b'7' => (1, 3, 8),
            _ => (1, 0, 10),
        };
        let digits = rest
            .iter()
            .skip(skip)
            .take(most)
            .take_while(|b| char::from(**b).is_digit(radix))
            .count();
        let text = std::str::from_utf8(rest.get(skip..skip + digits).unwrap_or(&[])).unwrap_or("");
        let value = u32::from_str_radix(text, radix).ok();
        let wide = matches!(c, b'u' | b'U');
        let written = match value {
            Some(v) if wide && digits == most => char::from_u32(v).map(|c| {
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }),
            Some(v) if !wide => u8::try_from(v).ok().map(|b| out.push(b)),
            _ => None,
        };
        if written.is_none() {
            let len = self
                .rest()
                .chars()
                .take(2)
                .map(char::len_utf8)
                .sum::<usize>();
            let shown = self.rest()[..len].to_owned();
            return Err(FilterError::new(
                start..start + len,
                format!("{shown} is no escape sequence."),
            )
            .hint("A backslash itself is written \\\\; in front of the quotes, r\"...\" takes every character as it is."));
        }
        self.at += skip + digits;
        Ok(())
    }

    fn reference(&mut self) -> Result<Kind, FilterError> {
        let start = self.at;
        let rest = self.rest();
        // `$frame.number` without braces: the dot tells it from a macro.
        let bare = word_len(&rest.as_bytes()[1..]);
        if rest[1..=bare].contains('.') && !rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
            self.at += 1 + bare;
            return Ok(Kind::Reference(rest[1..=bare].to_owned()));
        }
        let inner = rest
            .strip_prefix("${")
            .and_then(|r| r.find('}').map(|end| r[..end].trim().to_owned()));
        match inner {
            Some(name)
                if !name.is_empty()
                    && name.bytes().all(|b| is_word(b) || matches!(b, b'.' | b'-')) =>
            {
                let end = rest.find('}').map_or(rest.len(), |e| e + 1);
                self.at += end;
                Ok(Kind::Reference(name))
            }
            _ => Err(unexpected(start..start + 1, "$")
                .hint("The value of a field in the selected frame is written ${field}.")),
        }
    }
}

fn unexpected(span: Range<usize>, what: &str) -> FilterError {
    FilterError::new(span, format!("\"{what}\" was not expected here."))
}

/// Letters, digits and `_`, with single dots and dashes between them.
fn word_len(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let joins =
            matches!(b, b'.' | b'-') && at > 0 && bytes.get(at + 1).is_some_and(|b| is_word(*b));
        if !is_word(b) && !joins {
            break;
        }
        at += 1;
    }
    at
}

/// Pairs of hexadecimal digits with colons between them; at least two pairs.
fn pairs_len(bytes: &[u8]) -> usize {
    let pair = |at: usize| {
        bytes
            .get(at..at + 2)
            .is_some_and(|p| p.iter().all(u8::is_ascii_hexdigit))
            && !bytes.get(at + 2).is_some_and(|b| is_word(*b))
    };
    if !pair(0) {
        return 0;
    }
    let mut at = 2;
    while bytes.get(at) == Some(&b':') && pair(at + 1) {
        at += 3;
    }
    if at > 2 { at } else { 0 }
}

/// `/24` directly behind an address.
fn prefix_len(bytes: &[u8]) -> usize {
    if bytes.first() != Some(&b'/') || !bytes.get(1).is_some_and(u8::is_ascii_digit) {
        return 0;
    }
    1 + word_len(&bytes[1..])
}
