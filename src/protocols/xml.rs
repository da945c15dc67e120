//! XML, the Extensible Markup Language: tags that open and close, attributes in them, text between them.

use crate::dissect::text::{escaped, truncate};
use crate::dissect::{Done, Layer, NodeId, Protocol};

/// XML.
pub static XML: Protocol = Protocol {
    spec: "W3C XML 1.0",
    fields: FIELDS,
    issues: ISSUES,
    media: &[
        "text/xml",
        "text/x-cross-domain-policy",
        "application/xml",
        "application/xml-dtd",
        "application/soap+xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/xhtml+xml",
        "application/dash+xml",
        "application/x-wms-logconnectstats",
        "application/x-wms-logplaystats",
        "application/x-wms-sendevent",
        "application/vnd.wv.csp+xml",
        "image/svg+xml",
        "text/vnd.wap.si",
        "text/vnd.wap.sl",
        "text/vnd.wap.co",
    ],
    ..Protocol::new("xml", "eXtensible Markup Language", "XML", dissect)
};

crate::fields! {
    /// An instruction for the program that reads the document.
    XMLPI = Field::new("xml.xmlpi", "XMLPI", Kind::Str).spec("W3C XML 1.0 section 2.6");
    /// Text in which nothing is markup.
    CDATA_SECTION = Field::new("xml.cdatasection", "CDATASection", Kind::Str).spec("W3C XML 1.0 section 2.7");
    /// A note for people.
    COMMENT = Field::new("xml.comment", "Comment", Kind::Str).spec("W3C XML 1.0 section 2.5");
    /// A name and a value in a tag.
    ATTRIBUTE = Field::new("xml.attribute", "Attribute", Kind::Str).spec("W3C XML 1.0 section 3.1");
    /// Which kind of document this is.
    DOCTYPE = Field::new("xml.doctype", "Doctype", Kind::Str).spec("W3C XML 1.0 section 2.8");
    /// A declaration of the document type.
    DTD_TAG = Field::new("xml.dtdtag", "DTD Tag", Kind::Str).spec("W3C XML 1.0 section 3.2");
    /// Text between tags.
    CDATA = Field::new("xml.cdata", "CDATA", Kind::Str).spec("W3C XML 1.0 section 2.4");
    /// An element: its opening tag, what is in it, and its closing tag.
    TAG = Field::new("xml.tag", "Tag", Kind::Str).spec("W3C XML 1.0 section 3");
    /// What does not belong there.
    UNKNOWN = Field::new("xml.unknown", "Unknown", Kind::Str);
    /// The line that says that this is XML.
    XMLPI_XML = Field::new("xml.xmlpi.xml", "xml.xmlpi.xml", Kind::Str).spec("W3C XML 1.0 section 2.8");
    /// How characters are coded.
    XMLPI_XML_ENCODING = Field::new("xml.xmlpi.xml.encoding", "encoding", Kind::Str).spec("W3C XML 1.0 section 4.3.3");
    /// Version of XML.
    XMLPI_XML_VERSION = Field::new("xml.xmlpi.xml.version", "version", Kind::Str).spec("W3C XML 1.0 section 2.8");
    /// Whether the document can be read without others.
    XMLPI_XML_STANDALONE = Field::new("xml.xmlpi.xml.standalone", "standalone", Kind::Str).spec("W3C XML 1.0 section 2.9");
}

crate::issues! {
    /// A closing tag without its opening one.
    CLOSING_UNOPENED_TAG = Issue::new("xml.closing_unopened_tag", "Closing an unopened tag", Severity::Note, Group::Malformed);
    /// An instruction is closed that was never begun.
    CLOSING_UNOPENED_XMLPI = Issue::new("xml.closing_unopened_xmpli_tag", "Closing an unopened xmpli tag", Severity::Note, Group::Malformed);
    /// Text that fits nowhere in the format.
    UNRECOGNIZED_TEXT = Issue::new("xml.unrecognized_text", "Unrecognized text", Severity::Warn, Group::Protocol);
}

/// Elements nested deeper than this are shown side by side.
const DEPTH_LIMIT: usize = 64;

/// The tree of one document has at most about so many nodes.
const NODE_LIMIT: usize = 400_000;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    l.protocol_append("/XML");
    if !l.wants_nodes() {
        return Ok(());
    }
    let bytes = l.data();
    let mut open: Vec<NodeId> = Vec::new();
    let mut at = 0;
    while at < bytes.len() && l.cx.tree.nodes.len() < NODE_LIMIT {
        let rest = &bytes[at..];
        at = if rest[0].is_ascii_whitespace() {
            at + 1
        } else if rest.starts_with(b"<?") {
            instruction(l, at)
        } else if rest.starts_with(b"<!--") {
            section(l, &COMMENT, at, b"-->")
        } else if rest.starts_with(b"<![CDATA[") {
            section(l, &CDATA_SECTION, at, b"]]>")
        } else if rest.starts_with(b"<!") {
            declaration(l, at)
        } else if rest.starts_with(b"</") {
            closing(l, at, &mut open)
        } else if rest[0] == b'<' && rest.get(1).is_some_and(|b| is_name(*b)) {
            opening(l, at, &mut open)
        } else {
            text(l, at)
        };
    }
    for _ in &open {
        l.close();
    }
    Ok(())
}

/// A character of a name.
fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b':' | b'-' | b'.') || b >= 0x80
}

/// Where `end` is found from `at` on, and behind it; the end of the bytes if it is not.
fn find(bytes: &[u8], at: usize, end: &[u8]) -> usize {
    memchr::memmem::find(&bytes[at.min(bytes.len())..], end)
        .map_or(bytes.len(), |n| at + n + end.len())
}

/// A node over a range whose value and label are the text itself.
fn whole(l: &mut Layer<'_, '_>, field: &'static Field, start: usize, len: usize) -> NodeId {
    let value = l.slice(start, len);
    let node = l.add(field, start, len, value);
    raw_label(l, node, start, start + len, "");
    node
}

/// Bytes of the document as a label, with something behind them.
fn raw_label(l: &mut Layer<'_, '_>, node: NodeId, start: usize, end: usize, behind: &'static str) {
    let bytes = l.data();
    l.label(node, |out| {
        escaped(&bytes[start..end.min(start + 512)], out);
        out.push_str(behind);
        truncate(out, 0, 0);
    });
}

/// `<?xml version="1.0"?>`.
fn instruction(l: &mut Layer<'_, '_>, at: usize) -> usize {
    let bytes = l.data();
    let end = find(bytes, at + 2, b"?>");
    let name_end = name(bytes, at + 2);
    let is_xml = bytes[at + 2..name_end].eq_ignore_ascii_case(b"xml");
    let field = if is_xml { &XMLPI_XML } else { &XMLPI };
    let value = l.slice(at, end - at);
    let node = l.open(field, at, end - at, value);
    raw_label(l, node, at, name_end, "");
    let inner = end.saturating_sub(2).max(name_end);
    attributes(l, name_end, inner, |l, name, value, range| {
        let known = match (is_xml, name) {
            (true, b"version") => Some(&XMLPI_XML_VERSION),
            (true, b"encoding") => Some(&XMLPI_XML_ENCODING),
            (true, b"standalone") => Some(&XMLPI_XML_STANDALONE),
            _ => None,
        };
        let node = match known {
            Some(field) => {
                let content = l.slice(value.start, value.len());
                l.add(field, value.start, value.len(), content)
            }
            None => whole(l, &ATTRIBUTE, range.start, range.len()),
        };
        raw_label(l, node, range.start, range.end, "");
        node
    });
    if end >= at + 4 && bytes[end - 2..end] == *b"?>" {
        l.text(end - 2, 2, |out| out.push_str("?>"));
    }
    l.close();
    end
}

/// The end of the name that begins at `at`.
fn name(bytes: &[u8], at: usize) -> usize {
    at + bytes[at.min(bytes.len())..]
        .iter()
        .take_while(|b| is_name(**b))
        .count()
}

type Range = std::ops::Range<usize>;

/// The attributes between two places; `add` gets each one's name, the range of its value, and its own range. Returns the last
/// node added and its range.
fn attributes(
    l: &mut Layer<'_, '_>,
    mut at: usize,
    end: usize,
    mut add: impl FnMut(&mut Layer<'_, '_>, &[u8], Range, Range) -> NodeId,
) -> Option<(NodeId, Range)> {
    let bytes = l.data();
    let blank = |at: usize| {
        at + bytes[at.min(end)..end]
            .iter()
            .take_while(|b| b.is_ascii_whitespace())
            .count()
    };
    let mut last = None;
    while at < end && l.cx.tree.nodes.len() < NODE_LIMIT {
        at = blank(at);
        let name_end = name(bytes, at).min(end);
        let equals = blank(name_end);
        if name_end <= at || bytes[..end].get(equals) != Some(&b'=') {
            break;
        }
        let quote_at = blank(equals + 1);
        let Some(quote @ (b'"' | b'\'')) = bytes[..end].get(quote_at) else {
            break;
        };
        let Some(len) = memchr::memchr(*quote, &bytes[quote_at + 1..end]) else {
            break;
        };
        let value = quote_at + 1..quote_at + 1 + len;
        let range = at..value.end + 1;
        at = range.end;
        last = Some((
            add(l, &bytes[range.start..name_end], value, range.clone()),
            range,
        ));
    }
    last
}

/// A comment, or text in which nothing is markup.
fn section(l: &mut Layer<'_, '_>, field: &'static Field, at: usize, mark: &[u8]) -> usize {
    let bytes = l.data();
    let end = find(bytes, at + 3, mark);
    whole(l, field, at, end - at);
    end
}

/// `<!DOCTYPE ...>`.
fn declaration(l: &mut Layer<'_, '_>, at: usize) -> usize {
    let bytes = l.data();
    let mut end = at;
    let mut brackets = 0u32;
    while end < bytes.len() {
        match bytes[end] {
            b'[' => brackets += 1,
            b']' => brackets = brackets.saturating_sub(1),
            b'>' if brackets == 0 => break,
            _ => {}
        }
        end += 1;
    }
    let end = (end + 1).min(bytes.len());
    let word = name(bytes, at + 2);
    if !bytes[at + 2..word].eq_ignore_ascii_case(b"doctype") {
        whole(l, &DTD_TAG, at, end - at);
        return end;
    }
    let start = word
        + bytes[word..end]
            .iter()
            .take_while(|b| b.is_ascii_whitespace())
            .count();
    let value_end = name(bytes, start).min(end);
    let value = l.slice(start, value_end - start);
    let node = l.add(&DOCTYPE, start, value_end - start, value);
    raw_label(l, node, at, end, "");
    end
}

/// `</name>`.
fn closing(l: &mut Layer<'_, '_>, at: usize, open: &mut Vec<NodeId>) -> usize {
    let bytes = l.data();
    let end = find(bytes, at, b">");
    let line = l.text(at, end - at, |out| {
        escaped(&bytes[at..end.min(at + 512)], out)
    });
    match open.pop() {
        Some(tag) => l.close_at(tag, end),
        None => l.issue(line, &CLOSING_UNOPENED_TAG),
    }
    end
}

/// `<name attribute="value">` or `<name/>`.
fn opening(l: &mut Layer<'_, '_>, at: usize, open: &mut Vec<NodeId>) -> usize {
    let bytes = l.data();
    let name_end = name(bytes, at + 1);
    // The end is the first > outside of quotation marks.
    let mut end = name_end;
    let mut quote = None;
    while end < bytes.len() {
        match (quote, bytes[end]) {
            (None, b'>') => break,
            (None, b @ (b'"' | b'\'')) => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
        end += 1;
    }
    if end >= bytes.len() {
        return text(l, at);
    }
    let empty = bytes[end - 1] == b'/';
    let inner = if empty { end - 1 } else { end };
    let end = end + 1;
    let value = l.slice(at, end - at);
    let tag = l.open(&TAG, at, end - at, value);
    let last = attributes(l, name_end, inner, |l, _, _, range| {
        whole(l, &ATTRIBUTE, range.start, range.len())
    });
    let behind = if empty { "/>" } else { ">" };
    match last {
        Some((node, range)) => {
            raw_label(l, tag, at, name_end, "");
            raw_label(l, node, range.start, range.end, behind);
        }
        None => raw_label(l, tag, at, name_end, behind),
    }
    if empty || open.len() >= DEPTH_LIMIT {
        l.close();
    } else {
        open.push(tag);
    }
    end
}

/// Text up to the next tag, without blanks around it.
fn text(l: &mut Layer<'_, '_>, at: usize) -> usize {
    let bytes = l.data();
    let end = memchr::memchr(b'<', &bytes[at + 1..]).map_or(bytes.len(), |n| at + 1 + n);
    let len = bytes[at..end].trim_ascii_end().len();
    whole(l, &CDATA, at, len);
    end
}
