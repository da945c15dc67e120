//! BER of which nobody knows the structure: every element by its tag alone.

use super::{Class, Element, Elements, oid, push_tag, signed};
use crate::dissect::{Done, Layer, Protocol, Stop, Value};
use crate::flow::address::push_hex;

/// Elements within each other that are shown; deeper ones stay bytes.
const DEPTH_LIMIT: u8 = 16;

/// BER on its own.
pub static BER: Protocol = Protocol {
    spec: "ITU-T X.690",
    fields: FIELDS,
    issues: super::ISSUES,
    ..Protocol::new("ber", "Basic Encoding Rules (ASN.1 X.690)", "BER", dissect)
};

crate::fields! {
    /// Bytes, of which nothing is said but that they belong together.
    OCTET_STRING = Field::new("ber.unknown.OCTETSTRING", "OCTETSTRING", Kind::Bytes).spec("X.690 section 8.7");
    /// An element whose tag has a meaning only to those who know the protocol.
    PRIMITIVE = Field::new("ber.unknown.primitive", "Primitive [BER encoded]", Kind::None).spec("X.690 section 8.14");
    /// A name in the tree of object identifiers.
    OID = Field::new("ber.unknown.OID", "OID", Kind::Oid).spec("X.690 section 8.19");
    /// Text in an old character set with graphics.
    GRAPHIC_STRING = Field::new("ber.unknown.GRAPHICSTRING", "GRAPHICSTRING", Kind::Str).spec("X.690 section 8.23");
    /// Text of digits and blanks.
    NUMERIC_STRING = Field::new("ber.unknown.NumericString", "NumericString", Kind::Str).spec("X.690 section 8.23");
    /// Text of letters, digits and a few signs.
    PRINTABLE_STRING = Field::new("ber.unknown.PrintableString", "PrintableString", Kind::Str).spec("X.690 section 8.23");
    /// Text in the character set of teletex.
    TELETEX_STRING = Field::new("ber.unknown.TeletexString", "TeletexString", Kind::Str).spec("X.690 section 8.23");
    /// Text in ASCII without control characters.
    VISIBLE_STRING = Field::new("ber.unknown.VisibleString", "VisibleString", Kind::Str).spec("X.690 section 8.23");
    /// Text in any registered character set.
    GENERAL_STRING = Field::new("ber.unknown.GeneralString", "GeneralString", Kind::Str).spec("X.690 section 8.23");
    /// Text with four bytes a character.
    UNIVERSAL_STRING = Field::new("ber.unknown.UniversalString", "UniversalString", Kind::Str).spec("X.690 section 8.23");
    /// Text with two bytes a character.
    BMP_STRING = Field::new("ber.unknown.BMPString", "BMPString", Kind::Str).spec("X.690 section 8.23");
    /// Text in ASCII.
    IA5_STRING = Field::new("ber.unknown.IA5String", "IA5String", Kind::Str).spec("X.690 section 8.23");
    /// A time with two digits of the year.
    UTC_TIME = Field::new("ber.unknown.UTCTime", "UTCTime", Kind::Str).spec("X.690 section 8.25");
    /// Text in UTF-8.
    UTF8_STRING = Field::new("ber.unknown.UTF8String", "UTF8String", Kind::Str).spec("X.690 section 8.23");
    /// A time with four digits of the year.
    GENERALIZED_TIME = Field::new("ber.unknown.GeneralizedTime", "GeneralizedTime", Kind::Str).spec("X.690 section 8.25");
    /// A whole number.
    INTEGER = Field::new("ber.unknown.INTEGER", "INTEGER", Kind::I64).spec("X.690 section 8.3");
    /// A string of single bits; the first byte says how many of the last byte are not used.
    BIT_STRING = Field::new("ber.unknown.BITSTRING", "BITSTRING", Kind::Bytes).spec("X.690 section 8.6");
    /// True or false.
    BOOLEAN = Field::new("ber.unknown.BOOLEAN", "BOOLEAN", Kind::U8).hex().spec("X.690 section 8.2");
    /// One of several named numbers.
    ENUMERATED = Field::new("ber.unknown.ENUMERATED", "ENUMERATED", Kind::U32).spec("X.690 section 8.4");
    /// Nothing: the element is there, and that is all.
    NULL = Field::new("ber.null_tag", "NULL tag", Kind::None).spec("X.690 section 8.8");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("BER");
    if l.scanning() {
        return Ok(());
    }
    let mut all = Elements {
        at: 0,
        end: l.reported(),
    };
    while let Some(found) = all.next(l)? {
        show(l, &found)?;
    }
    Ok(())
}

/// Show an element and what is in it.
pub fn show(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    level(l, found, DEPTH_LIMIT)
}

fn level(l: &mut Layer<'_, '_>, found: &Element, room: u8) -> Done {
    if !found.constructed {
        return primitive(l, found);
    }
    l.open_text(found.start, found.len, |out| push_tag(found, out));
    if let Some(room) = room.checked_sub(1) {
        let mut inner = found.elements();
        while let Some(next) = inner.next(l)? {
            level(l, &next, room)?;
        }
    }
    l.close();
    Ok(())
}

fn primitive(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    let (at, len) = (found.start, found.len);
    let content = found.bytes(l)?;
    if found.class != Class::Universal {
        let node = l.add(&PRIMITIVE, at, len, Value::None);
        l.label(node, |out| {
            push_tag(found, out);
            out.push(' ');
            content.iter().for_each(|b| push_hex(out, *b));
        });
        return Ok(());
    }
    let field = match found.tag {
        1 | 2 | 10 => return number(l, found, content),
        3 => &BIT_STRING,
        5 => {
            l.add(&NULL, at, len, Value::None);
            return Ok(());
        }
        6 => {
            identifier(l, &OID, found)?;
            return Ok(());
        }
        12 => &UTF8_STRING,
        18 => &NUMERIC_STRING,
        19 => &PRINTABLE_STRING,
        20 => &TELETEX_STRING,
        22 => &IA5_STRING,
        23 => &UTC_TIME,
        24 => &GENERALIZED_TIME,
        25 => &GRAPHIC_STRING,
        26 => &VISIBLE_STRING,
        27 => &GENERAL_STRING,
        28 => &UNIVERSAL_STRING,
        30 => &BMP_STRING,
        _ => &OCTET_STRING,
    };
    super::string(l, field, found)?;
    Ok(())
}

fn number(l: &mut Layer<'_, '_>, found: &Element, content: &[u8]) -> Done {
    match (found.tag, signed(content)) {
        (_, None) => {
            super::string(l, &OCTET_STRING, found)?;
        }
        (1, Some(value)) => {
            l.add(
                &BOOLEAN,
                found.start,
                found.len,
                Value::U(value as u64 & 0xff),
            );
        }
        (10, Some(value)) => {
            let value = Value::U(u64::from(value as u32));
            l.add(&ENUMERATED, found.start, found.len, value);
        }
        (_, Some(value)) => {
            l.add(&INTEGER, found.start, found.len, Value::I(value));
        }
    }
    Ok(())
}

/// Add the node of an OBJECT IDENTIFIER: the path, and behind it the path with the names that are known. Returns the path, or
/// `None` if it is none.
pub fn identifier(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    found: &Element,
) -> Result<Option<String>, Stop> {
    let content = found.bytes(l)?;
    let mut path = String::new();
    let sound = oid::push(content, &mut path);
    let value = l.made(path.as_bytes());
    let node = l.add(field, found.start, found.len, value);
    l.label(node, |out| {
        let from = out.len();
        out.push_str(field.label);
        let mark = out.len();
        out.push_str(": ");
        out.push_str(&path);
        out.push_str(" (");
        if sound {
            oid::push_resolved(&path, out);
        } else {
            out.push_str("*** Malformed OID ***");
        }
        out.push(')');
        crate::dissect::text::truncate(out, from, mark);
    });
    Ok(sound.then_some(path))
}
