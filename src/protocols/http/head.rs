//! The head of a message: start line and header fields, as ranges of the bytes.
//!
//! `httparse` reads what follows the rules, and gives slices from which the ranges follow. It refuses what real traffic holds
//! all the same (blanks in a URI, lines that end in a bare LF or CR, folded lines, header names with characters that are not
//! allowed, HTTP/0.9 requests, more than [`HEADERS`] fields): there [`lenient`] reads line by line.

use std::cell::RefCell;
use std::ops::Range;

/// So many header fields are read by `httparse`; the limit below holds for all.
const HEADERS: usize = 64;

/// More header lines than this are not looked at.
const LINE_LIMIT: usize = 4096;

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// A client asks.
    Request {
        method: Range<usize>,
        uri: Range<usize>,
        version: Range<usize>,
    },
    /// A server answers.
    Response {
        version: Range<usize>,
        code: Range<usize>,
        phrase: Range<usize>,
    },
}

/// One header field: its line and the two parts of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The whole line with its end.
    pub line: Range<usize>,
    /// The name.
    pub name: Range<usize>,
    /// The value, without blanks around it.
    pub value: Range<usize>,
}

/// A head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// What the first line says.
    pub start: Start,
    /// The first line with its end.
    pub first_line: Range<usize>,
    /// The fields.
    pub headers: Vec<Header>,
    /// The empty line at the end (empty where the message stops before it).
    pub blank: Range<usize>,
    /// Where the body begins.
    pub end: usize,
}

impl Head {
    /// The values of a header field by its lower-case name.
    pub fn values<'h, 'b>(
        &'h self,
        bytes: &'b [u8],
        name: &'h str,
    ) -> impl Iterator<Item = &'b [u8]> + use<'h, 'b> {
        self.headers
            .iter()
            .filter(move |h| part(bytes, &h.name).eq_ignore_ascii_case(name.as_bytes()))
            .map(move |h| part(bytes, &h.value))
    }

    /// The first value of a header field.
    pub fn value<'b>(&self, bytes: &'b [u8], name: &str) -> Option<&'b [u8]> {
        self.headers
            .iter()
            .find(|h| part(bytes, &h.name).eq_ignore_ascii_case(name.as_bytes()))
            .map(|h| part(bytes, &h.value))
    }

    /// The length that the head announces.
    pub fn content_length(&self, bytes: &[u8]) -> Option<u64> {
        self.values(bytes, "content-length").find_map(number)
    }

    /// Whether the body comes in chunks (RFC 9112 section 7.1).
    pub fn chunked(&self, bytes: &[u8]) -> bool {
        self.values(bytes, "transfer-encoding")
            .any(|v| has_token(v, b"chunked"))
    }

    /// The status code of a response.
    pub fn status(&self, bytes: &[u8]) -> Option<u16> {
        match &self.start {
            Start::Response { code, .. } => {
                number(part(bytes, code)).and_then(|n| u16::try_from(n).ok())
            }
            Start::Request { .. } => None,
        }
    }
}

/// A part of the bytes, empty where there are none.
pub(super) fn part<'b>(bytes: &'b [u8], range: &Range<usize>) -> &'b [u8] {
    bytes.get(range.clone()).unwrap_or(&[])
}

/// A decimal number that fills the value.
pub(super) fn number(value: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(value).ok()?.trim_ascii();
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

/// Whether a list of tokens separated by commas holds this one.
pub(super) fn has_token(list: &[u8], token: &[u8]) -> bool {
    list.split(|b| *b == b',')
        .any(|t| t.trim_ascii().eq_ignore_ascii_case(token))
}

/// A line: where its text ends, and where the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// End of the text.
    pub end: usize,
    /// Start of the next line.
    pub next: usize,
}

/// The line that begins at `at`: up to CR LF, a bare LF or a bare CR. `None` if no end of line is there.
pub(super) fn line(bytes: &[u8], at: usize) -> Option<Line> {
    let rest = bytes.get(at..)?;
    let end = at + memchr::memchr2(b'\n', b'\r', rest)?;
    let crlf = bytes[end] == b'\r' && bytes.get(end + 1) == Some(&b'\n');
    Some(Line {
        end,
        next: end + 1 + usize::from(crlf),
    })
}

/// Methods by which a request is known without a version behind it.
const METHODS: &[&str] = &[
    "ACL",
    "BASELINE-CONTROL",
    "BCOPY",
    "BDELETE",
    "BIND",
    "BITS_POST",
    "BMOVE",
    "BPROPFIND",
    "BPROPPATCH",
    "CCM_POST",
    "CHECKIN",
    "CHECKOUT",
    "CONNECT",
    "COPY",
    "DELETE",
    "GET",
    "HEAD",
    "LABEL",
    "LINK",
    "LOCK",
    "M-SEARCH",
    "MERGE",
    "MKACTIVITY",
    "MKCOL",
    "MKWORKSPACE",
    "MOVE",
    "NOTIFY",
    "OPTIONS",
    "PATCH",
    "POLL",
    "POST",
    "PROPFIND",
    "PROPPATCH",
    "PUT",
    "REBIND",
    "REPORT",
    "RPC_CONNECT",
    "RPC_IN_DATA",
    "RPC_OUT_DATA",
    "SEARCH",
    "SOURCE",
    "SUBSCRIBE",
    "TRACE",
    "UNBIND",
    "UNCHECKOUT",
    "UNLINK",
    "UNLOCK",
    "UNSUBSCRIBE",
    "UPDATE",
    "VERSION-CONTROL",
    "X-MS-ENUMATTS",
];

/// Whether a method is one of the known ones.
pub(super) fn is_method(word: &[u8]) -> bool {
    METHODS.iter().any(|m| m.as_bytes() == word)
}

/// What a first line (without its end) says; `None` if it is neither a request nor a response.
pub(super) fn start(bytes: &[u8], line: Range<usize>) -> Option<Start> {
    let text = part(bytes, &line);
    let at = |n: usize| line.start + n;
    let space = memchr::memchr(b' ', text).unwrap_or(text.len());
    let word = &text[..space];
    // What is behind the blank that ends a word. Two blanks make an empty word: they are not meant to be there.
    let behind = |end: usize| (end + 1).min(text.len());
    if word.len() >= 5 && word[..5].eq_ignore_ascii_case(b"HTTP/") {
        let code = behind(space);
        let code_end = memchr::memchr(b' ', &text[code..]).map_or(text.len(), |n| code + n);
        let digits = &text[code..code_end];
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let phrase = (code_end + 1).min(text.len());
        return Some(Start::Response {
            version: line.start..at(space),
            code: at(code)..at(code_end),
            phrase: at(phrase)..line.end,
        });
    }
    let has_version =
        memchr::memrchr(b' ', text).is_some_and(|n| text[n + 1..].starts_with(b"HTTP/"));
    if !is_method(word) && (!has_version || word.is_empty() || !word.iter().all(|b| is_token(*b))) {
        return None;
    }
    if space == text.len() {
        return None; // a method alone
    }
    let uri = behind(space);
    // A blank ends the URI, wherever it is; the rest of the line stands where the version should.
    let uri_end = memchr::memchr(b' ', &text[uri..]).map_or(text.len(), |n| uri + n);
    let version = behind(uri_end);
    Some(Start::Request {
        method: line.start..at(space),
        uri: at(uri)..at(uri_end),
        version: at(version)..line.end,
    })
}

/// A character of a token (RFC 9110 section 5.6.2).
pub(super) fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b)
}

/// Where the head that begins at `from` ends: behind its empty line. `None` if that is not there yet.
pub(super) fn end_of_head(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let newline = at + memchr::memchr(b'\n', bytes.get(at..)?)?;
        match bytes.get(newline + 1) {
            Some(b'\n') => return Some(newline + 2),
            Some(b'\r') if bytes.get(newline + 2) == Some(&b'\n') => return Some(newline + 3),
            _ => at = newline + 1,
        }
    }
}

thread_local! {
    /// The head read last, and its bytes: nearly always the scan asks for it twice, to find where the message ends and to see what
    /// it carries.
    static LAST: RefCell<(Vec<u8>, Option<Head>)> = const { RefCell::new((Vec::new(), None)) };
}

/// Heads longer than this are not kept.
const KEPT: usize = 1 << 14;

/// Keep a head that was read from these bytes, all of it and nothing behind it, for [`read_again`].
pub(super) fn keep(bytes: &[u8], head: Head) {
    if head.end == bytes.len() && bytes.len() <= KEPT {
        LAST.with_borrow_mut(|(of, last)| {
            of.clear();
            of.extend_from_slice(bytes);
            *last = Some(head);
        });
    }
}

/// As [`read`], and quick where these bytes begin with those of the head that was kept. It is given away.
pub(super) fn read_again(bytes: &[u8]) -> Option<Head> {
    let known = LAST.with_borrow_mut(|(of, last)| {
        let same = last.is_some() && bytes.starts_with(of);
        if same { last.take() } else { None }
    });
    known.or_else(|| read(bytes))
}

/// Read the head of a request or response. `None` if the bytes do not begin with one.
pub(super) fn read(bytes: &[u8]) -> Option<Head> {
    strict(bytes).or_else(|| lenient(bytes))
}

/// Where a slice that `httparse` gave lies.
fn place(bytes: &[u8], slice: &[u8]) -> Range<usize> {
    let start = slice.as_ptr().addr().saturating_sub(bytes.as_ptr().addr());
    start..start + slice.len()
}

/// By `httparse`; `None` for whatever it does not take.
fn strict(bytes: &[u8]) -> Option<Head> {
    let mut space = [httparse::EMPTY_HEADER; HEADERS];
    // It passes over empty lines in front; those are shown, so they are not for it.
    if matches!(bytes.first(), None | Some(b'\r' | b'\n')) {
        return None;
    }
    let first = line(bytes, 0)?;
    let (status, count) = if bytes.starts_with(b"HTTP/") {
        let mut response = httparse::Response::new(&mut space);
        (response.parse(bytes).ok()?, response.headers.len())
    } else {
        let mut request = httparse::Request::new(&mut space);
        (request.parse(bytes).ok()?, request.headers.len())
    };
    let httparse::Status::Complete(end) = status else {
        return None;
    };
    let start = start(bytes, 0..first.end)?;
    let blank = if bytes.get(end.wrapping_sub(2)) == Some(&b'\r') {
        end - 2
    } else {
        end.saturating_sub(1)
    };
    let mut headers = Vec::with_capacity(count);
    for (i, header) in space[..count].iter().enumerate() {
        let name = place(bytes, header.name.as_bytes());
        let mut value = place(bytes, header.value);
        let next = match space[..count].get(i + 1) {
            Some(next) => place(bytes, next.name.as_bytes()).start,
            None => blank,
        };
        if header.value.is_empty() || value.start < name.end || value.end > next {
            value = name.end..name.end;
        }
        headers.push(Header {
            line: name.start..next,
            name,
            value,
        });
    }
    Some(Head {
        start,
        first_line: 0..first.next,
        headers,
        blank: blank..end,
        end,
    })
}

/// Line by line, for what `httparse` is too strict for.
fn lenient(bytes: &[u8]) -> Option<Head> {
    let mut at = 0;
    // Empty lines in front belong to a message before that was longer than it said (RFC 9112 section 2.2).
    while let Some(b'\r' | b'\n') = bytes.get(at) {
        at += 1;
    }
    let first = line(bytes, at).unwrap_or(Line {
        end: bytes.len(),
        next: bytes.len(),
    });
    let start = start(bytes, at..first.end)?;
    let (headers, blank, end) = lines(bytes, first.next);
    Some(Head {
        start,
        first_line: at..first.next,
        headers,
        blank,
        end,
    })
}

/// Header lines from `at` on, up to an empty line, a line that is no header, or the end. Gives the fields, the range of the
/// empty line, and where the body begins.
pub(super) fn lines(bytes: &[u8], mut at: usize) -> (Vec<Header>, Range<usize>, usize) {
    let mut headers: Vec<Header> = Vec::new();
    while at < bytes.len() && headers.len() < LINE_LIMIT {
        let this = line(bytes, at).unwrap_or(Line {
            end: bytes.len(),
            next: bytes.len(),
        });
        if this.end == at {
            return (headers, at..this.next, this.next);
        }
        if matches!(bytes[at], b' ' | b'\t')
            && let Some(last) = headers.last_mut()
        {
            // A folded line goes on with the value before it (RFC 9112 section 5.2).
            last.line.end = this.next;
            last.value.end = this.end;
            at = this.next;
            continue;
        }
        let Some(header) = header(bytes, at, this) else {
            break;
        };
        headers.push(header);
        at = this.next;
    }
    (headers, at..at, at)
}

/// A header line's parts; `None` if there is no colon in it.
pub(super) fn header(bytes: &[u8], at: usize, line: Line) -> Option<Header> {
    let text = bytes.get(at..line.end)?;
    let colon = at + memchr::memchr(b':', text)?;
    let blank = |b: &u8| matches!(b, b' ' | b'\t');
    let value = &bytes[colon + 1..line.end];
    let front = value.iter().take_while(|b| blank(b)).count();
    let back = value[front..].iter().rev().take_while(|b| blank(b)).count();
    Some(Header {
        line: at..line.next,
        name: at..colon,
        value: colon + 1 + front..line.end - back,
    })
}
