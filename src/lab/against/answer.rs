//! Where a real host's answer ends, and whether it says no. The plan's own answer shows what kind of answer to expect: a
//! line with a code, lines up to a dot, lines up to a tag, or a message of HTTP. Where neither helps, an answer is over when
//! nothing more comes for a while.

/// What an answer must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// So many replies of three digits (SMTP, FTP).
    Codes(usize),
    /// POP3: one line.
    Line,
    /// POP3: lines up to one that is a dot, unless the first says no.
    Dotted,
    /// IMAP: lines up to the one that begins with this tag.
    Tagged,
    /// So many messages of HTTP.
    Http(usize),
    /// Whatever comes.
    Any,
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|b| *b == b'\n')
}

fn whole_lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    lines(bytes).filter(|line| line.ends_with(b"\n"))
}

/// The three digits at the beginning of a line, and whether more lines of the reply follow.
fn code(line: &[u8]) -> Option<([u8; 3], bool)> {
    let digits: [u8; 3] = line.get(..3)?.try_into().ok()?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    match line.get(3) {
        Some(b' ' | b'\r' | b'\n') => Some((digits, false)),
        Some(b'-') => Some((digits, true)),
        _ => None,
    }
}

/// The end of the first reply of three digits: RFC 5321, section 4.2.1, and RFC 959, section 4.2, whose lines in between may
/// begin with anything.
fn reply_end(bytes: &[u8]) -> Option<usize> {
    let mut first = None;
    let mut end = 0;
    for line in whole_lines(bytes) {
        end += line.len();
        match (first, code(line)) {
            (None, Some((_, false))) => return Some(end),
            (None, Some((digits, true))) => first = Some(digits),
            (Some(was), Some((digits, false))) if was == digits => return Some(end),
            (None, None) => return None,
            _ => {}
        }
    }
    None
}

fn line_end(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| *b == b'\n').map(|at| at + 1)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

fn tag(expected: &[u8]) -> Option<&[u8]> {
    let last = lines(expected).last()?;
    let tag = last.split(|b| *b == b' ').next()?;
    let states: [&[u8]; 3] = [b"OK", b"NO", b"BAD"];
    let state = last.split(|b| *b == b' ').nth(1)?;
    (tag.len() >= 2 && states.contains(&state) && tag.iter().all(u8::is_ascii_alphanumeric))
        .then_some(tag)
}

fn header<'a>(head: &'a [u8], name: &str) -> Option<&'a str> {
    lines(head).find_map(|line| {
        let line = std::str::from_utf8(line).ok()?;
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

/// The end of a chunked body that begins at `at` (RFC 9112, section 7.1).
fn chunks_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let rest = bytes.get(at..)?;
        let line = line_end(rest)?;
        let text = std::str::from_utf8(&rest[..line]).ok()?;
        let size = text.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        at += line;
        if size == 0 {
            // The trailer: lines up to an empty one.
            loop {
                let rest = bytes.get(at..)?;
                let line = line_end(rest)?;
                at += line;
                if line <= 2 {
                    return Some(at);
                }
            }
        }
        at = at.checked_add(size)?.checked_add(2)?;
    }
}

/// The end of a message of HTTP (RFC 9112, section 6.3); `head` if the question was HEAD.
fn http_end(bytes: &[u8], head: bool, ended: bool) -> Option<usize> {
    let body = find(bytes, b"\r\n\r\n")? + 4;
    let top = &bytes[..body];
    let status = std::str::from_utf8(top.get(9..12)?).ok()?;
    if status.starts_with('1') {
        // Not the answer yet.
        return Some(body + http_end(bytes.get(body..)?, head, ended)?);
    }
    if head || status == "204" || status == "304" {
        return Some(body);
    }
    let coding = header(top, "transfer-encoding").unwrap_or_default();
    if coding.to_ascii_lowercase().contains("chunked") {
        return chunks_end(bytes, body);
    }
    match header(top, "content-length").map(str::parse::<usize>) {
        Some(Ok(length)) => body.checked_add(length).filter(|end| *end <= bytes.len()),
        _ => ended.then_some(bytes.len()),
    }
}

/// What the methods of some requests are: whether each is HEAD.
pub(super) fn requests(said: &[u8]) -> Vec<bool> {
    lines(said)
        .filter_map(|line| {
            let line = std::str::from_utf8(line).ok()?.trim_end();
            let (method, rest) = line.split_once(' ')?;
            (rest.contains(" HTTP/1.") && method.bytes().all(|b| b.is_ascii_uppercase()))
                .then_some(method == "HEAD")
        })
        .collect()
}

fn kind(expected: &[u8], heads: &[bool]) -> Kind {
    if expected.starts_with(b"HTTP/1.") {
        let (mut count, mut at) = (0, 0);
        while let Some(rest) = expected.get(at..).filter(|rest| !rest.is_empty()) {
            let head = heads.get(count).copied().unwrap_or(false);
            match http_end(rest, head, true) {
                Some(end) => at += end,
                None => break,
            }
            count += 1;
        }
        return Kind::Http(count.max(1));
    }
    if lines(expected).next().is_some_and(|l| code(l).is_some()) {
        let (mut count, mut at) = (0, 0);
        while let Some(end) = expected.get(at..).and_then(reply_end) {
            (at, count) = (at + end, count + 1);
        }
        return Kind::Codes(count.max(1));
    }
    if expected.starts_with(b"+OK") || expected.starts_with(b"-ERR") {
        return if expected.ends_with(b"\r\n.\r\n") {
            Kind::Dotted
        } else {
            Kind::Line
        };
    }
    if tag(expected).is_some() {
        return Kind::Tagged;
    }
    if (expected.starts_with(b"* ") || expected.starts_with(b"+ ")) && lines(expected).count() == 1
    {
        return Kind::Line;
    }
    Kind::Any
}

/// How many of the bytes that have come are the answer; none while it is not whole, as far as can be told. `heads`: which of
/// the requests that are not answered yet were HEAD. `ended`: nothing more can come.
pub(super) fn whole(expected: &[u8], heads: &[bool], got: &[u8], ended: bool) -> Option<usize> {
    if got.starts_with(expected) && !expected.is_empty() {
        return Some(expected.len());
    }
    let all = |count: usize, end: &dyn Fn(usize, &[u8]) -> Option<usize>| {
        (0..count).try_fold(0, |at, n| Some(at + end(n, got.get(at..)?)?))
    };
    let found = match kind(expected, heads) {
        Kind::Codes(count) => all(count, &|_, rest| reply_end(rest)),
        Kind::Line => line_end(got),
        Kind::Dotted if got.starts_with(b"-") => line_end(got),
        Kind::Dotted => find(got, b"\r\n.\r\n").map(|at| at + 5),
        Kind::Tagged => tag(expected).and_then(|tag| {
            let mut end = 0;
            whole_lines(got)
                .find(|line| {
                    end += line.len();
                    line.strip_prefix(tag).is_some_and(|l| l.starts_with(b" "))
                })
                .map(|_| end)
        }),
        Kind::Http(count) => all(count, &|n, rest| {
            http_end(rest, heads.get(n).copied().unwrap_or(false), ended)
        }),
        Kind::Any => None,
    };
    found.or(ended.then_some(got.len()))
}

/// How many of the requests of HTTP an answer answers.
pub(super) fn answered(expected: &[u8], heads: &[bool]) -> usize {
    match kind(expected, heads) {
        Kind::Http(count) => count.min(heads.len()),
        _ => 0,
    }
}

/// Whether it takes more than quiet to know that an answer is over: then quiet means nothing.
pub(super) fn is_marked(expected: &[u8], heads: &[bool]) -> bool {
    kind(expected, heads) != Kind::Any
}

/// Whether a host says no where the plan goes on: whatever the plan says next would then be said to somebody who does not
/// expect it (a mail's text to a server that has refused the mail would be a row of commands).
pub(super) fn says_no(expected: &[u8], got: &[u8]) -> bool {
    let last_code = |bytes: &[u8]| lines(bytes).filter_map(code).last().map(|(d, _)| d[0]);
    match (last_code(expected), last_code(got)) {
        (Some(wanted @ b'1'..=b'3'), Some(came)) if !expected.starts_with(b"HTTP/") => {
            // "Go on" (3) where something else was expected, or something else where it was.
            return came >= b'4' || (wanted == b'3') != (came == b'3');
        }
        _ => {}
    }
    if expected.starts_with(b"+OK") {
        return got.starts_with(b"-ERR");
    }
    if let (Some(wanted), Some(came)) = (tag(expected), tag(got)) {
        let ok = |bytes: &[u8], tag: &[u8]| {
            lines(bytes).any(|line| {
                line.strip_prefix(tag)
                    .is_some_and(|l| l.starts_with(b" OK"))
            })
        };
        return ok(expected, wanted) && !ok(got, came);
    }
    false
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// How much of it is the answer, when it comes byte by byte.
    fn first_whole(expected: &str, heads: &[bool], got: &str) -> Option<usize> {
        (0..=got.len()).find_map(|n| {
            let end = whole(expected.as_bytes(), heads, &got.as_bytes()[..n], false)?;
            assert_eq!(end, n, "{got}");
            Some(end)
        })
    }

    #[test]
    fn answers_end_where_their_protocol_says() {
        let mail = "250-mx.example.net\r\n250-SIZE 100\r\n250 HELP\r\n";
        assert_eq!(
            first_whole("250 bar.com\r\n", &[], &format!("{mail}220 more")),
            Some(mail.len())
        );
        // FTP's lines in between may begin with anything.
        let banner = "220-Hello\r\n 123 not the end\r\nsome text\r\n220 Ready\r\n";
        assert_eq!(first_whole("220 x\r\n", &[], banner), Some(banner.len()));
        // Three commands at once are answered by three replies.
        let three = "250 a\r\n250 b\r\n354 c\r\n";
        assert_eq!(
            first_whole("250 x\r\n250 y\r\n354 z\r\n", &[], three),
            Some(three.len())
        );
        assert_eq!(first_whole("+OK 2 320\r\n", &[], "+OK 1 7\r\n+OK"), Some(9));
        let message = "+OK\r\nSubject: x\r\n\r\n..dots\r\n.\r\n";
        assert_eq!(
            first_whole("+OK 3 octets\r\nabc\r\n.\r\n", &[], message),
            Some(message.len())
        );
        assert_eq!(
            first_whole("+OK\r\nabc\r\n.\r\n", &[], "-ERR no such\r\n"),
            Some(14)
        );
        let imap = "* 3 EXISTS\r\n* A0002 is not the end\r\nA0002 OK done\r\n";
        assert_eq!(
            first_whole("* 1 EXISTS\r\nA0002 OK x\r\n", &[], imap),
            Some(imap.len())
        );
        assert_eq!(
            first_whole("* OK ready\r\n", &[], "* OK hello\r\n"),
            Some(12)
        );
    }

    #[test]
    fn answers_of_http_end_where_their_heads_say() {
        let expected = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        let long = "HTTP/1.1 404 Not Found\r\ncontent-length: 5\r\n\r\nsorry";
        assert_eq!(first_whole(expected, &[false], long), Some(long.len()));
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
        assert_eq!(first_whole(expected, &[true], head), Some(head.len()));
        let chunked = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nA: b\r\n\r\n";
        assert_eq!(
            first_whole(expected, &[false], chunked),
            Some(chunked.len())
        );
        let until_close = b"HTTP/1.0 200 OK\r\n\r\nsome text";
        assert_eq!(
            whole(expected.as_bytes(), &[false], until_close, false),
            None
        );
        assert_eq!(
            whole(expected.as_bytes(), &[false], until_close, true),
            Some(until_close.len())
        );
        // A length beyond all bounds is waited for in vain, not computed with.
        let huge = "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\nx";
        assert_eq!(first_whole(expected, &[false], huge), None);
        let huge = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx";
        assert_eq!(first_whole(expected, &[false], huge), None);
        assert_eq!(
            requests(b"GET / HTTP/1.1\r\nHost: x\r\n\r\nHEAD /a HTTP/1.0\r\n\r\n"),
            [false, true]
        );
    }

    #[test]
    fn a_no_is_noticed() {
        assert!(says_no(b"354 go on\r\n", b"554 no valid recipients\r\n"));
        assert!(says_no(b"354 go on\r\n", b"250 odd\r\n"));
        assert!(says_no(b"250 ok\r\n", b"550-not\r\n550 here\r\n"));
        assert!(!says_no(b"550 unknown\r\n", b"250 ok\r\n"));
        assert!(!says_no(b"250 ok\r\n", b"251 will forward\r\n"));
        assert!(says_no(b"+OK\r\n", b"-ERR no\r\n"));
        assert!(says_no(b"A1 OK in\r\n", b"A1 NO wrong password\r\n"));
        assert!(!says_no(b"A1 OK in\r\n", b"* x\r\nA1 OK in\r\n"));
        assert!(!says_no(
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"HTTP/1.1 404 No\r\n\r\n"
        ));
    }
}
