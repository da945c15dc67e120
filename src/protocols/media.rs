//! Bodies whose content type is known and dissected by nobody: a picture format, a font, a program.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol};

/// A body of a type that nobody here dissects.
pub static MEDIA: Protocol = Protocol {
    spec: "RFC 6838",
    fields: FIELDS,
    ..Protocol::new("media", "Media Type", "Media", dissect)
};

crate::fields! {
    /// The bytes of the body.
    TYPE = Field::new("media.type", "Media type", Kind::Bytes).spec("RFC 6838");
}

/// The content type at hand, without its parameters, in lower case.
pub(super) fn content_type(l: &Layer<'_, '_>) -> String {
    let written = &l.cx.packet.content_type;
    written
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    let media = content_type(l);
    l.info_append(|out| {
        let _ = write!(out, " ({media})");
    });
    let parameters = match l.cx.packet.content_type.split_once(';') {
        Some((_, parameters)) if !parameters.trim().is_empty() => {
            format!("; {}", parameters.trim())
        }
        _ => String::new(),
    };
    let len = l.captured();
    let value = l.slice(0, len);
    let node = l.add(&TYPE, 0, len, value);
    l.label(node, |out| {
        let _ = write!(
            out,
            "Media type: {media}{parameters} ({len} byte{})",
            if len == 1 { "" } else { "s" }
        );
    });
    Ok(())
}
