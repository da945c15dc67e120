//! The two codes by which mail carries any bytes over lines of ASCII: Base64 and quoted-printable (RFC 2045 section 6), and
//! the encoded words made of them for header fields (RFC 2047).

/// Base64 (RFC 4648 section 4) decoded; white space between is skipped, as mail breaks its lines. `None` if it is none.
pub(super) fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut bits = 0u32;
    let mut held = 0;
    for byte in text {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(six)) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    Some(out)
}

/// Quoted-printable (RFC 2045 section 6.7) decoded: `=XX` is a byte, `=` at the end of a line joins it with the next. What is
/// broken stays as it is.
pub(super) fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte == b'=' {
            if let (Some(high), Some(low)) = (digit(text.get(at + 1)), digit(text.get(at + 2))) {
                out.push((high << 4 | low) as u8);
                at += 3;
                continue;
            }
            if text[at + 1..].starts_with(b"\r\n") {
                at += 3;
                continue;
            }
            if text.get(at + 1) == Some(&b'\n') {
                at += 2;
                continue;
            }
        }
        out.push(byte);
        at += 1;
    }
    out
}

/// A body as it was before a transfer encoding. `None` if it is sent as it is, or its encoding is not known or broken.
pub(super) fn decoded(body: &[u8], encoding: &[u8]) -> Option<Vec<u8>> {
    let encoding = encoding.trim_ascii();
    if encoding.eq_ignore_ascii_case(b"base64") {
        base64(body)
    } else if encoding.eq_ignore_ascii_case(b"quoted-printable") {
        Some(quoted_printable(body))
    } else {
        None
    }
}

/// Bytes of a character set as text. Latin-1 and its Windows kin are mapped, everything else is read as UTF-8.
fn characters(bytes: &[u8], set: &[u8]) -> String {
    let latin = [
        &b"iso-8859-1"[..],
        b"iso-8859-15",
        b"windows-1252",
        b"latin1",
    ];
    if latin.iter().any(|l| set.eq_ignore_ascii_case(l)) {
        bytes.iter().map(|b| char::from(*b)).collect()
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    }
}

/// A header's text with its encoded words (`=?UTF-8?B?SMOpbGxv?=`) made readable; `None` if there are none. White space between
/// two of them does not count.
pub(super) fn words(text: &[u8]) -> Option<String> {
    let mut out = String::new();
    let (mut at, mut found) = (0, false);
    while let Some(n) = memchr::memmem::find(&text[at..], b"=?") {
        let start = at + n;
        let Some((word, len)) = word(&text[start..]) else {
            out.push_str(&String::from_utf8_lossy(&text[at..start + 2]));
            at = start + 2;
            continue;
        };
        let between = &text[at..start];
        if !found || !between.iter().all(u8::is_ascii_whitespace) {
            out.push_str(&String::from_utf8_lossy(between));
        }
        out.push_str(&word);
        found = true;
        at = start + len;
    }
    out.push_str(&String::from_utf8_lossy(&text[at..]));
    found.then_some(out)
}

/// One encoded word at the beginning of the text: what it says, and how long it is.
fn word(text: &[u8]) -> Option<(String, usize)> {
    // At most 75 characters by the standard; some senders write longer ones.
    let text = &text[..text.len().min(1024)];
    let mut parts = text.get(2..)?.splitn(3, |b| *b == b'?');
    let (set, code, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let end = memchr::memmem::find(rest, b"?=")?;
    let bytes = match code {
        b"B" | b"b" => base64(&rest[..end])?,
        b"Q" | b"q" => {
            let blanks: Vec<u8> = rest[..end]
                .iter()
                .map(|b| if *b == b'_' { b' ' } else { *b })
                .collect();
            quoted_printable(&blanks)
        }
        _ => return None,
    };
    // A language may stand behind the character set (RFC 2231).
    let set = set.split(|b| *b == b'*').next().unwrap_or(set);
    let len = 2 + set_len(text)? + 1 + code.len() + 1 + end + 2;
    Some((characters(&bytes, set), len))
}

/// Length of the character set's name, language included.
fn set_len(text: &[u8]) -> Option<usize> {
    memchr::memchr(b'?', text.get(2..)?)
}

#[cfg(test)]
mod tests {
    use super::{base64, decoded, quoted_printable, words};

    #[test]
    fn base64_is_undone() {
        assert_eq!(base64(b"AGJvYgBzZWNyZXQ=").unwrap(), b"\0bob\0secret");
        assert_eq!(base64(b"SGVs\r\nbG8=\r\n").unwrap(), b"Hello");
        assert_eq!(base64(b"").unwrap(), b"");
        assert_eq!(base64(b"a*b"), None);
    }

    #[test]
    fn quoted_printable_is_undone_and_broken_parts_stay() {
        assert_eq!(quoted_printable(b"a=3Db =\r\nc=\nd=E9"), b"a=b cd\xe9");
        assert_eq!(quoted_printable(b"50=% =Z1 ="), b"50=% =Z1 =");
    }

    #[test]
    fn bodies_by_their_encoding() {
        assert_eq!(decoded(b"SGk=", b" Base64 ").unwrap(), b"Hi");
        assert_eq!(decoded(b"=48i", b"quoted-printable").unwrap(), b"Hi");
        assert_eq!(decoded(b"Hi", b"7bit"), None);
    }

    #[test]
    fn encoded_words_are_read() {
        assert_eq!(words(b"=?UTF-8?B?SMOpbGxv?=").unwrap(), "H\u{e9}llo");
        assert_eq!(
            words(b"=?iso-8859-1?Q?H=E9llo_W?= <a@b>").unwrap(),
            "H\u{e9}llo W <a@b>"
        );
        assert_eq!(
            words(b"Re: =?utf-8*en?q?x?=\r\n =?utf-8?q?y?= z").unwrap(),
            "Re: xy z"
        );
        assert_eq!(words(b"plain"), None);
        assert_eq!(words(b"=?utf-8?q?open"), None);
        assert_eq!(words(b"=?x?z?y?="), None);
    }
}
