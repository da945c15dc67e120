//! A form that was filled in and sent: names and values, `name=value&name=value`, with what is not plain ASCII as `%XX` and
//! blanks as `+`.

use std::fmt::Write as _;

use super::media::content_type;
use crate::dissect::{Done, Layer, Protocol};

/// A form.
pub static FORM: Protocol = Protocol {
    spec: "WHATWG URL section 5",
    fields: FIELDS,
    media: &["application/x-www-form-urlencoded"],
    ..Protocol::new(
        "urlencoded-form",
        "HTML Form URL Encoded",
        "URL Encoded Form Data",
        dissect,
    )
};

crate::fields! {
    /// The name of a field of the form.
    KEY = Field::new("urlencoded-form.key", "Key", Kind::Str).spec("WHATWG URL section 5");
    /// What was filled in.
    VALUE = Field::new("urlencoded-form.value", "Value", Kind::Str).spec("WHATWG URL section 5");
}

/// More items than this are not shown.
const ITEM_LIMIT: usize = 20_000;

/// `%XX` and `+` undone.
fn decoded(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let pair = (digit(text.get(at + 1)), digit(text.get(at + 2)));
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => {
                out.push((high << 4 | low) as u8);
                at += 3;
                continue;
            }
            (b'+', _) => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    out
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    let media = content_type(l);
    let root = l.root();
    if !media.is_empty() {
        l.info_append(|out| {
            let _ = write!(out, " ({media})");
        });
        l.label(root, |out| {
            let _ = write!(out, "HTML Form URL Encoded: {media}");
        });
    }
    if !l.wants_nodes() {
        return Ok(());
    }
    let bytes = l.data();
    let mut at = 0;
    for item in bytes.split(|b| *b == b'&').take(ITEM_LIMIT) {
        let equals = memchr::memchr(b'=', item).unwrap_or(item.len());
        let key = decoded(&item[..equals]);
        let value_at = (equals + 1).min(item.len());
        let value = decoded(&item[value_at..]);
        if !item.is_empty() {
            l.open_text(at, item.len(), |out| {
                let _ = write!(
                    out,
                    "Form item: \"{}\" = \"{}\"",
                    String::from_utf8_lossy(&key),
                    String::from_utf8_lossy(&value)
                );
            });
            let made = l.made(&key);
            l.add(&KEY, at, equals, made);
            let made = l.made(&value);
            l.add(&VALUE, at + equals + 1, item.len() - value_at, made);
            l.close();
        }
        at += item.len() + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn escapes_are_undone_and_broken_ones_kept() {
        assert_eq!(decoded(b"a+b%20c%2fd"), b"a b c/d");
        assert_eq!(decoded(b"50%"), b"50%");
        assert_eq!(decoded(b"%zz%4"), b"%zz%4");
        assert_eq!(decoded(b"%c3%a9"), "\u{e9}".as_bytes());
    }
}
