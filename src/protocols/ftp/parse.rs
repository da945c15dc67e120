//! What stands in the lines of the control connection: commands, replies, and the addresses of data connections in the four
//! forms that the RFCs have for them.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// The line that begins at `at`: where its text ends, and where the next line begins. Carriage return, line feed or both end it.
pub fn line(bytes: &[u8], at: usize) -> (usize, usize) {
    match memchr::memchr2(b'\r', b'\n', &bytes[at..]) {
        Some(n) if bytes[at + n] == b'\r' && bytes.get(at + n + 1) == Some(&b'\n') => {
            (at + n, at + n + 2)
        }
        Some(n) => (at + n, at + n + 1),
        None => (bytes.len(), bytes.len()),
    }
}

/// A command line: the command and its argument, both may be empty.
pub fn request(text: &[u8]) -> (Range<usize>, Range<usize>) {
    let end = memchr::memchr(b' ', text).unwrap_or(text.len());
    let blanks = text[end..].iter().take_while(|b| **b == b' ').count();
    (0..end, end + blanks..text.len())
}

/// A reply line: its number, if it begins with one, and where its text begins.
pub fn reply(text: &[u8]) -> (Option<u32>, Range<usize>) {
    match text {
        [a @ b'0'..=b'9', b @ b'0'..=b'9', c @ b'0'..=b'9', ..] => {
            let code = [a, b, c]
                .iter()
                .fold(0, |n, digit| n * 10 + u32::from(**digit - b'0'));
            (Some(code), text.len().min(4)..text.len())
        }
        _ => (None, 0..text.len()),
    }
}

/// Address and port as PORT and PASV write them.
#[derive(Debug, PartialEq, Eq)]
pub struct HostPort {
    /// The address.
    pub ip: [u8; 4],
    /// The port.
    pub port: u16,
    /// Where it begins.
    pub at: usize,
    /// How long the address is, and the port behind the comma, in their shortest form.
    pub lens: (usize, usize),
}

/// An unsigned number at the beginning of a text, blanks before it skipped; and the rest behind it.
fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    let text = text.trim_ascii_start();
    let digits = text
        .iter()
        .take(11)
        .take_while(|b| b.is_ascii_digit())
        .count();
    let value = std::str::from_utf8(&text[..digits]).ok()?.parse().ok()?;
    Some((value, &text[digits..]))
}

/// Six numbers with commas between them (RFC 959 section 4.1.2), wherever they stand in the text: RFC 1123 section 4.1.2.6 says
/// to look for them. Of each number the lower eight bits count.
pub fn host_port(text: &[u8]) -> Option<HostPort> {
    let starts = (0..text.len()).filter(|at| text[*at].is_ascii_digit());
    for at in starts {
        let mut numbers = [0; 6];
        let mut rest = &text[at..];
        let mut found = 0;
        for (i, slot) in numbers.iter_mut().enumerate() {
            if i > 0 {
                let Some(behind) = rest.strip_prefix(b",") else {
                    break;
                };
                rest = behind;
            }
            let Some((value, behind)) = number(rest) else {
                break;
            };
            (*slot, rest) = (value, behind);
            found += 1;
        }
        if found < 6 {
            continue;
        }
        let digits = |n: u32| n.checked_ilog10().unwrap_or(0) as usize + 1;
        let low = numbers.map(|n| n as u8);
        return Some(HostPort {
            ip: [low[0], low[1], low[2], low[3]],
            port: u16::from_be_bytes([low[4], low[5]]),
            at,
            lens: (
                numbers[..4].iter().map(|n| digits(*n)).sum::<usize>() + 3,
                digits(u32::from(low[4])) + 1 + digits(u32::from(low[5])),
            ),
        });
    }
    None
}

/// An address of either family.
#[derive(Debug, PartialEq, Eq)]
pub enum Ip {
    /// Family 1.
    V4([u8; 4]),
    /// Family 2.
    V6([u8; 16]),
}

/// The argument of EPRT, `|family|address|port|`, with how long address and port are as written.
#[derive(Debug, PartialEq, Eq)]
pub struct Extended {
    /// The address.
    pub ip: Ip,
    /// Length of its text.
    pub ip_len: usize,
    /// The port.
    pub port: u16,
    /// Length of its text.
    pub port_len: usize,
}

/// RFC 2428 section 2. Any character may stand between the parts.
pub fn extended_active(text: &[u8]) -> Option<Extended> {
    let (delimiter, rest) = text.split_first()?;
    let mut parts = rest.splitn(4, |b| b == delimiter);
    let (family, address, port) = (parts.next()?, parts.next()?, parts.next()?);
    parts.next()?; // there is a fourth delimiter
    let address = std::str::from_utf8(address).ok()?;
    let decimal = |text: &[u8]| -> Option<u32> {
        let all = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
        std::str::from_utf8(text).ok().filter(|_| all)?.parse().ok()
    };
    let ip = match decimal(family)? {
        1 => Ip::V4(address.parse::<Ipv4Addr>().ok()?.octets()),
        2 => Ip::V6(address.parse::<Ipv6Addr>().ok()?.octets()),
        _ => return None,
    };
    Some(Extended {
        ip,
        ip_len: address.len(),
        port: u16::try_from(decimal(port)?).ok()?,
        port_len: port.len(),
    })
}

/// The port in an answer to EPSV, `(|||port|)`, and where it stands: from its first digit to before the last delimiter
/// (RFC 2428 section 3).
pub fn extended_passive(text: &[u8]) -> Option<(u16, Range<usize>)> {
    let open = memchr::memchr(b'(', text)?;
    let close = open + memchr::memchr(b')', &text[open..])?;
    let at = open + text[open..close].iter().position(u8::is_ascii_digit)?;
    let digits = text[at..close].iter().take_while(|b| b.is_ascii_digit());
    let port = digits.fold(0u16, |n, d| {
        n.saturating_mul(10).saturating_add(u16::from(d - b'0'))
    });
    Some((port, at..(close - 1).max(at)))
}

/// The path in an answer to PWD or MKD: in quotation marks at its beginning; two of them in a row stand for one (RFC 959
/// appendix II). An empty path is none.
pub fn quoted_path(text: &[u8]) -> Option<Vec<u8>> {
    let mut rest = text.strip_prefix(b"\"")?;
    let mut path = Vec::new();
    loop {
        let end = memchr::memchr(b'"', rest)?;
        path.extend_from_slice(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix(b"\"") {
            // Before anything was read, two marks are an empty path.
            Some(behind) if !path.is_empty() => {
                path.push(b'"');
                rest = behind;
            }
            _ => return (!path.is_empty()).then_some(path),
        }
    }
}

/// Where one is after changing from one directory to another. From a known directory the way is followed, so that `.` and `..`
/// vanish; an absolute path, or one from nowhere, stands as it is.
pub fn changed(from: &[u8], to: &[u8]) -> Vec<u8> {
    if from.is_empty() || to.starts_with(b"/") {
        return to.to_vec();
    }
    let mut steps: Vec<&[u8]> = Vec::new();
    for step in from.split(|b| *b == b'/').chain(to.split(|b| *b == b'/')) {
        match step {
            b"" | b"." => {}
            b".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    let mut path = steps.join(&b'/');
    if from.starts_with(b"/") {
        path.insert(0, b'/');
    }
    path
}
