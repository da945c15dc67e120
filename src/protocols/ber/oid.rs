//! Object identifiers: names as paths through one tree that all of the world shares. `1.3.6.1.2.1.1.1` is
//! iso(1) org(3) dod(6) internet(1) mgmt(2) mib-2(1) system(1) sysDescr(1). On the wire each number takes seven bits a byte, the
//! first two share one (X.690 section 8.19).

use std::fmt::Write as _;

/// Write the path with dots. A number that is not complete at the end is left out. `false` (and nothing is written) if a
/// number is beyond 32 bits.
pub fn push(content: &[u8], out: &mut String) -> bool {
    let from = out.len();
    let mut first = true;
    let mut number = 0u64;
    for byte in content {
        number = number << 7 | u64::from(byte & 0x7f);
        if number > u64::from(u32::MAX) {
            out.truncate(from);
            return false;
        }
        if byte & 0x80 != 0 {
            continue;
        }
        if first {
            let root = (number / 40).min(2);
            let _ = write!(out, "{root}.{}", number - root * 40);
            first = false;
        } else {
            let _ = write!(out, ".{number}");
        }
        number = 0;
    }
    if first {
        out.push('0');
    }
    true
}

/// What remains of a path behind a beginning that ends at a dot: `.5` of `1.3.5` behind `1.3`; `None` if it begins otherwise.
pub fn behind<'p>(path: &'p str, beginning: &str) -> Option<&'p str> {
    path.strip_prefix(beginning)
        .filter(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Names of places in the tree: the standards bodies at its root, and attributes and algorithms that appear everywhere.
static NAMES: &[(&str, &str)] = &[
    ("0", "itu-t"),
    ("1", "iso"),
    ("2", "joint-iso-itu-t"),
    ("2.1", "asn1"),
    ("2.5.4.3", "id-at-commonName"),
    ("2.5.29.15", "id-ce-keyUsage"),
    ("1.3.6.1.5.5.7.3.1", "id-kp-serverAuth"),
    ("0.9.2342.19200300.100.1.1", "id-userid"),
    ("1.2.840.113549.1.1.1", "rsaEncryption"),
    ("1.3.14.3.2.26", "SHA-1"),
];

/// Beginnings below which names are known, so that a path through them is not told from the root's name.
static KNOWN: &[&str] = &[
    "0.0", "0.2", "0.4", "0.9", "0.34", "1.0", "1.2", "1.3", "2.2", "2.5", "2.6", "2.9", "2.16",
    "2.23",
];

/// Write the path with the name of its longest known beginning: `iso.3.6.1`.
pub fn push_resolved(path: &str, out: &mut String) {
    let named = NAMES
        .iter()
        .filter_map(|(at, name)| behind(path, at).map(|rest| (at.len(), name, rest)))
        .max_by_key(|(len, ..)| *len);
    match named {
        Some((_, name, rest)) => {
            out.push_str(name);
            out.push_str(rest);
        }
        None => out.push_str(path),
    }
}

/// Write the path as it is told in a line: with a name only where the name is the nearest known place.
pub fn push_told(path: &str, out: &mut String) {
    let whole = NAMES
        .iter()
        .any(|(at, _)| at.contains('.') && behind(path, at).is_some());
    if !whole && KNOWN.iter().any(|at| behind(path, at).is_some()) {
        out.push_str(path);
    } else {
        push_resolved(path, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &[u8]) -> Option<String> {
        let mut out = String::new();
        push(content, &mut out).then_some(out)
    }

    #[test]
    fn paths_are_written_with_dots() {
        assert_eq!(text(&[0x2b, 6, 1, 2, 1]).unwrap(), "1.3.6.1.2.1");
        assert_eq!(text(&[0x81, 0x34, 3]).unwrap(), "2.100.3");
        assert_eq!(
            text(&[0x2b, 0x8f, 0xff, 0xff, 0xff, 0x7f]).unwrap(),
            "1.3.4294967295"
        );
        assert_eq!(text(&[0x2b, 6, 0x81]).unwrap(), "1.3.6");
        assert_eq!(text(&[]).unwrap(), "0");
        assert_eq!(text(&[0x2b, 0x9f, 0xff, 0xff, 0xff, 0x7f]), None);
    }

    #[test]
    fn the_longest_name_counts() {
        let resolved = |path| {
            let mut out = String::new();
            push_resolved(path, &mut out);
            out
        };
        let told = |path| {
            let mut out = String::new();
            push_told(path, &mut out);
            out
        };
        assert_eq!(resolved("1.3.6.1"), "iso.3.6.1");
        assert_eq!(resolved("2.5.4.3"), "id-at-commonName");
        assert_eq!(resolved("2.5.4.33"), "joint-iso-itu-t.5.4.33");
        assert_eq!(told("1.3.6.1"), "1.3.6.1");
        assert_eq!(told("1.39.5"), "iso.39.5");
        assert_eq!(told("2.5.4.3"), "id-at-commonName");
        assert_eq!(told("0"), "itu-t");
    }
}
