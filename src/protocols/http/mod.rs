//! HTTP/1.x, the Hypertext Transfer Protocol (RFC 9110, RFC 9112): a client asks for something by its URI, a server answers
//! with a status and a body. Heads are lines of text; what is behind the empty line is the body.
//!
//! ```text
//! GET /rfc/rfc2324.txt HTTP/1.1      method, URI, version      HTTP/1.1 200 OK             version, status, phrase
//! Host: www.ietf.org                 header fields             Content-Type: text/plain
//!                                    empty line
//!                                    body                      ...
//! ```
//!
//! [`head`] finds the parts of a head (by `httparse` where the head follows the rules, line by line where it does not),
//! [`framer`] the messages in a TCP stream, [`links`] which answer belongs to which request, [`body`] undoes chunks and
//! compression. What a body holds is told by its content type: those protocols are files of their own. SSDP (UPnP's search for
//! devices) is the same kind of head in a UDP datagram.

mod authorization;
mod body;
mod fields;
mod framer;
mod head;
mod links;
mod scan;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use self::authorization::ntlm;
use self::fields::{
    AUTH_BASIC, AUTHORIZATION, BAD_HEADER_NAME, CHAT, CHUNK_BOUNDARY, CHUNK_DATA, CHUNK_SIZE, CODE,
    CODE_DESC, CONTENT_LENGTH, CONTENT_LENGTH_HEADER, COOKIE, COOKIE_PAIR, DECOMPRESSION_FAILED,
    FILE_DATA, FULL_URI, LEADING_CRLF, METHOD, NEXT_REQUEST_IN, NEXT_RESPONSE_IN, NOTIFICATION,
    PHRASE, PREV_REQUEST_IN, PREV_RESPONSE_IN, PROXY_AUTHORIZATION, PROXY_CONNECT_HOST,
    PROXY_CONNECT_PORT, REQUEST, REQUEST_IN, REQUEST_LINE, REQUEST_NUMBER, REQUEST_VERSION,
    RESPONSE, RESPONSE_FOR_URI, RESPONSE_IN, RESPONSE_LINE, RESPONSE_NUMBER, RESPONSE_VERSION,
    TE_AND_LENGTH, TE_UNKNOWN, TIME, TRAILER_PART, UNKNOWN_HEADER, URI, URI_PATH, URI_QUERY,
    URI_QUERY_PARAMETER, WWW_AUTHENTICATE,
};
use self::head::{Head, Header, Start, part};
use self::links::Links;
use super::text_lines::ascii;
use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, Protocol, Region, Stop, Table, Value};
use crate::field::Field;
use crate::protocols::credentials;
use crate::protocols::transfer::base64;

/// HTTP/1.x over TCP.
pub static HTTP: Protocol = Protocol {
    spec: "RFC 9110, RFC 9112",
    fields: fields::FIELDS,
    issues: fields::ISSUES,
    parents: &[
        (Table::TcpPort, 80),
        (Table::TcpPort, 631),
        (Table::TcpPort, 1900),
        (Table::TcpPort, 2710),
        (Table::TcpPort, 2869),
        (Table::TcpPort, 3128),
        (Table::TcpPort, 3132),
        (Table::TcpPort, 3689),
        (Table::TcpPort, 5985),
        (Table::TcpPort, 8080),
        (Table::TcpPort, 8088),
        (Table::TcpPort, 11371),
    ],
    framer: Some(framer::new),
    recognise_tcp: Some(recognise),
    accept_tcp: Some(accept),
    ..Protocol::new("http", "Hypertext Transfer Protocol", "HTTP", dissect_http)
};

/// SSDP, the Simple Service Discovery Protocol of UPnP: HTTP heads in UDP datagrams.
pub static SSDP: Protocol = Protocol {
    spec: "UPnP Device Architecture 2.0 section 1",
    parents: &[(Table::UdpPort, 1900)],
    ..Protocol::new(
        "ssdp",
        "Simple Service Discovery Protocol",
        "SSDP",
        dissect_ssdp,
    )
};

/// Whether a stream on one of HTTP's ports may begin like this: with a request, an answer, or what looks like header lines of
/// one that began before the capture did. A line that is not whole may still become anything.
fn accept(bytes: &[u8]) -> bool {
    match head::line(bytes, 0) {
        Some(line) => {
            head::start(bytes, 0..line.end).is_some()
                || looks_like_text(bytes) && head::header(bytes, 0, line).is_some()
        }
        None => looks_like_text(bytes),
    }
}

/// Whether bytes that are no message may be lines of text.
fn looks_like_text(bytes: &[u8]) -> bool {
    bytes
        .first()
        .is_some_and(|b| b.is_ascii_graphic() || matches!(b, b' ' | b'\r' | b'\n'))
}

/// Whether a stream on an unknown port is HTTP: its first line is whole and names the version.
fn recognise(bytes: &[u8]) -> bool {
    let Some(line) = head::line(bytes, 0).filter(|l| l.end < 8192) else {
        return false;
    };
    match head::start(bytes, 0..line.end) {
        Some(Start::Request { version, .. } | Start::Response { version, .. }) => {
            let version = part(bytes, &version);
            version.starts_with(b"HTTP/1.")
        }
        None => false,
    }
}

/// The whole address of a request: the URI as it is where it is whole (or names what CONNECT shall connect to), else with the
/// host before it.
fn full_uri(method: &[u8], uri: &[u8], host: Option<&[u8]>) -> Option<Vec<u8>> {
    if method == b"CONNECT" {
        return Some(uri.to_vec());
    }
    let host = before_nul(host.filter(|h| !h.is_empty())?);
    if memchr::memmem::find(uri, b"://").is_some_and(|n| n < 8) {
        return Some(uri.to_vec());
    }
    Some([b"http://", host, uri].concat())
}

fn dissect_http(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return scan::http(l);
    }
    let note = l.facts().notes.get(l.cx.packet.message_note as usize);
    let known = note.is_some();
    let links = note
        .filter(|n| n.tag == links::MESSAGE)
        .map(|n| links::read(l.facts(), n));
    if let Some(target) = links.as_ref().and_then(|links| links.tunnel) {
        return tunnelled(l, target);
    }
    message(l, links, Variant::Http, known)
}

fn dissect_ssdp(l: &mut Layer<'_, '_>) -> Done {
    let frame = l.cx.frame.number;
    let ordinal = l.cx.packet.transport_ordinal;
    if l.scanning() {
        return scan::ssdp(l, frame, ordinal);
    }
    let links = {
        let facts = l.facts();
        facts
            .note(frame, links::MESSAGE, ordinal)
            .map(|n| links::read(facts, n))
    };
    message(l, links, Variant::Ssdp, true)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    Http,
    Ssdp,
}

/// How a document in XML begins, whatever it is called.
const XML: &[u8] = b"<?xml";

/// Bytes of a tunnel that CONNECT opened, or of a connection that was upgraded.
fn tunnelled(l: &mut Layer<'_, '_>, target: (u32, u32)) -> Done {
    let target = l.facts().text(target.0, target.1).to_vec();
    let region = l.region();
    let colon = memchr::memrchr(b':', &target);
    let port = colon
        .and_then(|n| head::number(&target[n + 1..]))
        .and_then(|n| u16::try_from(n).ok());
    if let (Some(colon), Some(port)) = (colon, port) {
        let host = l.made(&target[..colon]);
        l.generated(&PROXY_CONNECT_HOST, 0, host);
        l.generated(&PROXY_CONNECT_PORT, 0, Value::U(u64::from(port)));
        if l.next(Table::TcpPort, u32::from(port), region) {
            return Ok(());
        }
    }
    l.plain(region);
    Ok(())
}

/// One message: head, what is known of its exchange, body.
fn message(l: &mut Layer<'_, '_>, links: Option<Links>, variant: Variant, known: bool) -> Done {
    let bytes = l.data();
    let name = match variant {
        Variant::Http => "HTTP",
        Variant::Ssdp => "SSDP",
    };
    let Some(head) = head::read(bytes) else {
        // Only in a conversation that had HTTP before is this surely a part of it.
        if known {
            l.protocol(name);
            l.info(|out| out.push_str("Continuation"));
        }
        return other(l);
    };
    l.protocol(name);
    let links = links.unwrap_or_default();
    if head.first_line.start > 0 {
        let root = l.root();
        l.issue(root, &LEADING_CRLF);
    }
    let request = matches!(head.start, Start::Request { .. });
    let notification = match &head.start {
        Start::Request { method, .. } => part(bytes, method) == b"NOTIFY",
        Start::Response { .. } => false,
    };
    first_line(l, &head);
    let line_field: &'static Field = match request {
        _ if notification => &UNKNOWN_HEADER,
        true => &REQUEST_LINE,
        false => &RESPONSE_LINE,
    };
    for header in &head.headers {
        header_line(l, header, line_field, notification);
    }
    if !head.blank.is_empty() {
        let blank = head.blank.clone();
        l.text(blank.start, blank.len(), |out| {
            escaped(part(bytes, &blank), out);
        });
    }
    if head.chunked(bytes) && head.content_length(bytes).is_some() {
        let root = l.root();
        l.issue(root, &TE_AND_LENGTH);
    }
    if request {
        request_links(l, &head, &links, notification);
    } else {
        response_links(l, &links);
    }
    let result = body_of(l, &head, variant);
    l.info_fence();
    result?;
    if l.captured() < l.reported() {
        return Err(Stop::Short);
    }
    Ok(())
}

/// The first line and its parts.
fn first_line(l: &mut Layer<'_, '_>, head: &Head) {
    let bytes = l.data();
    let line = head.first_line.clone();
    l.info(|out| {
        let text = part(bytes, &line);
        let end = text.len()
            - text
                .iter()
                .rev()
                .take_while(|b| matches!(b, b'\r' | b'\n'))
                .count();
        escaped(&text[..end], out);
        out.push(' ');
    });
    let node = l.open_text(line.start, line.len(), |out| {
        escaped(part(bytes, &line), out);
    });
    l.issue_with(node, &CHAT, |out| escaped(part(bytes, &line), out));
    match &head.start {
        Start::Request {
            method,
            uri,
            version,
        } => {
            string(l, &METHOD, method);
            uri_parts(l, uri);
            string(l, &REQUEST_VERSION, version);
        }
        Start::Response {
            version,
            code,
            phrase,
        } => {
            string(l, &RESPONSE_VERSION, version);
            if let Some(number) = head.status(bytes) {
                l.add(&CODE, code.start, code.len(), Value::U(u64::from(number)));
                let meaning = match fields::meaning(number) {
                    Some(meaning) => l.made(meaning.as_bytes()),
                    None => l.format(format_args!("Unknown ({number})")),
                };
                l.computed(&CODE_DESC, code.start, code.len(), meaning);
            }
            if !phrase.is_empty() {
                string(l, &PHRASE, phrase);
            }
        }
    }
    l.close();
}

/// The URI with path, query and parameters.
fn uri_parts(l: &mut Layer<'_, '_>, uri: &Range<usize>) {
    let bytes = l.data();
    string(l, &URI, uri);
    let Some(mark) = memchr::memchr(b'?', part(bytes, uri)).map(|n| uri.start + n) else {
        return;
    };
    if mark + 1 == uri.end {
        return;
    }
    l.enter();
    string(l, &URI_PATH, &(uri.start..mark));
    string(l, &URI_QUERY, &(mark + 1..uri.end));
    l.enter();
    let mut at = mark + 1;
    for parameter in part(bytes, &(mark + 1..uri.end)).split(|b| *b == b'&') {
        if !parameter.is_empty() {
            string(l, &URI_QUERY_PARAMETER, &(at..at + parameter.len()));
        }
        at += parameter.len() + 1;
    }
    l.close();
    l.close();
}

/// A text field over a range. A NUL ends the value, not the range.
fn string(l: &mut Layer<'_, '_>, field: &'static Field, range: &Range<usize>) {
    let value = text_value(l, range);
    l.add(field, range.start, range.len(), value);
}

/// The value of a text: up to a NUL.
fn text_value(l: &mut Layer<'_, '_>, range: &Range<usize>) -> Value {
    if !l.wants_nodes() {
        return Value::None;
    }
    let text = part(l.data(), range);
    let end = memchr::memchr(0, text).unwrap_or(text.len());
    if text[..end].is_ascii() {
        return l.slice(range.start, end);
    }
    let mut replaced = String::with_capacity(end);
    ascii(&text[..end], &mut replaced);
    l.made(replaced.as_bytes())
}

/// A text up to its first NUL.
fn before_nul(text: &[u8]) -> &[u8] {
    &text[..memchr::memchr(0, text).unwrap_or(text.len())]
}

/// Header fields with something below them.
static WITH_PARTS: [&Field; 5] = [
    &CONTENT_LENGTH_HEADER,
    &COOKIE,
    &AUTHORIZATION,
    &WWW_AUTHENTICATE,
    &PROXY_AUTHORIZATION,
];

/// What is only found by looking at the body.
static OF_BODY: &[&Field] = &[
    &CHUNK_SIZE,
    &CHUNK_DATA,
    &CHUNK_BOUNDARY,
    &TRAILER_PART,
    &FILE_DATA,
    &TE_UNKNOWN.field,
    &DECOMPRESSION_FAILED.field,
];

/// One header line: its field with the line as its label, and the line as a whole for filters.
fn header_line(
    l: &mut Layer<'_, '_>,
    header: &Header,
    line_field: &'static Field,
    notification: bool,
) {
    let bytes = l.data();
    let line = &header.line;
    let name = part(bytes, &header.name);
    let value = part(bytes, &header.value);
    let known = fields::of_header(name);
    let has_parts = known.is_some_and(|f| WITH_PARTS.iter().any(|p| std::ptr::eq(*p, f)));
    let own = known.unwrap_or(line_field);
    if !has_parts && !l.wants_any(&[own, line_field, &BAD_HEADER_NAME.field]) {
        return;
    }
    match known {
        Some(field) => {
            let shown = text_value(l, &header.value);
            let node = l.add(field, line.start, line.len(), shown);
            l.label(node, |out| escaped(part(bytes, line), out));
            l.enter();
            below(l, field, header, value);
            l.close();
            if !notification {
                let whole = text_value(l, line);
                let hidden = l.hidden(line_field, line.start, line.len(), whole);
                l.label(hidden, |out| escaped(part(bytes, line), out));
            }
        }
        None => {
            let whole = if notification {
                // A notification has no field for its lines; they are shown as written, ends of line and all.
                let mut text = String::new();
                escaped(part(bytes, line), &mut text);
                l.made(text.as_bytes())
            } else {
                text_value(l, line)
            };
            let node = l.add(line_field, line.start, line.len(), whole);
            l.label(node, |out| escaped(part(bytes, line), out));
        }
    }
    if name.is_empty() || !name.iter().all(|b| head::is_token(*b)) {
        let last = l.last();
        l.issue(last, &BAD_HEADER_NAME);
    }
}

/// What stands below some header fields.
fn below(l: &mut Layer<'_, '_>, field: &'static Field, header: &Header, value: &[u8]) {
    let same = |other: &'static Field| std::ptr::eq(field, other);
    if same(&CONTENT_LENGTH_HEADER) {
        if let Some(n) = head::number(value) {
            l.computed(
                &CONTENT_LENGTH,
                header.line.start,
                header.line.len(),
                Value::U(n),
            );
        }
    } else if same(&COOKIE) {
        let mut at = header.value.start;
        for pair in value.split(|b| *b == b';') {
            let front = pair.iter().take_while(|b| **b == b' ').count();
            let trimmed = pair.trim_ascii();
            if !trimmed.is_empty() {
                string(l, &COOKIE_PAIR, &(at + front..at + front + trimmed.len()));
            }
            at += pair.len() + 1;
        }
    } else if (same(&AUTHORIZATION) || same(&WWW_AUTHENTICATE) || same(&PROXY_AUTHORIZATION))
        && let Some((scheme, rest)) = value.split_at_checked(5)
        && scheme.eq_ignore_ascii_case(b"ntlm ")
        && let Some(message) = base64(rest.trim_ascii())
    {
        ntlm(l, header, &message);
    } else if same(&AUTHORIZATION)
        && let Some((scheme, rest)) = value.split_at_checked(6)
        && scheme.eq_ignore_ascii_case(b"basic ")
        && let Some(decoded) = base64(rest.trim_ascii())
    {
        let plain = l.made(&decoded);
        let node = l.generated(&AUTH_BASIC, 0, plain);
        credentials::readable(l, node);
    }
}

/// The frame number of another message, if there is one.
fn link(l: &mut Layer<'_, '_>, field: &'static Field, frame: u32) {
    if frame != 0 {
        l.generated(field, 0, Value::U(u64::from(frame)));
    }
}

fn request_links(l: &mut Layer<'_, '_>, head: &Head, links: &Links, notification: bool) {
    let bytes = l.data();
    if let Start::Request { method, uri, .. } = &head.start
        && let Some(full) = full_uri(
            part(bytes, method),
            part(bytes, uri),
            head.value(bytes, "host"),
        )
    {
        let mut text = String::with_capacity(full.len());
        ascii(&full, &mut text);
        let value = l.made(text.as_bytes());
        l.generated(&FULL_URI, 0, value);
    }
    let what = if notification {
        &NOTIFICATION
    } else {
        &REQUEST
    };
    l.hidden(what, 0, 0, Value::U(1));
    if links.number == 0 {
        return;
    }
    let node = l.generated(&REQUEST_NUMBER, 0, Value::U(u64::from(links.number)));
    l.label(node, |out| {
        let _ = write!(out, "HTTP request {}/{}", links.number, links.total);
    });
    link(l, &PREV_REQUEST_IN, links.before.0);
    link(l, &RESPONSE_IN, links.response);
    link(l, &NEXT_REQUEST_IN, links.behind.0);
}

fn response_links(l: &mut Layer<'_, '_>, links: &Links) {
    l.hidden(&RESPONSE, 0, 0, Value::U(1));
    if links.number == 0 {
        return;
    }
    let node = l.generated(&RESPONSE_NUMBER, 0, Value::U(u64::from(links.number)));
    l.label(node, |out| {
        let _ = write!(out, "HTTP response {}/{}", links.number, links.total);
    });
    if links.request != 0
        && let Some(time) = l.since(links.request)
    {
        l.generated(&TIME, 0, time);
    }
    link(l, &PREV_REQUEST_IN, links.before.0);
    link(l, &PREV_RESPONSE_IN, links.before.1);
    link(l, &REQUEST_IN, links.request);
    link(l, &NEXT_REQUEST_IN, links.behind.0);
    link(l, &NEXT_RESPONSE_IN, links.behind.1);
    if links.uri.1 > 0 {
        let mut text = String::new();
        ascii(l.facts().text(links.uri.0, links.uri.1), &mut text);
        let value = l.made(text.as_bytes());
        l.generated(&RESPONSE_FOR_URI, 0, value);
    }
}

/// Who dissects a body, by its content type.
fn media_of(l: &Layer<'_, '_>, head: &Head, bytes: &[u8]) -> Option<&'static Protocol> {
    let value = head.value(bytes, "content-type")?;
    let registry = l.cx.registry;
    let media = media_type(value);
    if media == "application/octet-stream" {
        return registry.protocol_named("data");
    }
    registry
        .find_media(&media)
        .or_else(|| match media.rsplit_once('+') {
            Some((_, "json")) => registry.find_media("application/json"),
            Some((_, "xml")) => registry.find_media("application/xml"),
            _ if media.starts_with("text/") => registry.find_media("text/plain"),
            _ if media.starts_with("multipart/") => registry.find_media("multipart/mixed"),
            _ => None,
        })
        .or_else(|| registry.protocol_named("media"))
}

/// A content type without its parameters, in lower case.
fn media_type(value: &[u8]) -> String {
    let media = value.split(|b| *b == b';').next().unwrap_or(value);
    String::from_utf8_lossy(media.trim_ascii()).to_ascii_lowercase()
}

/// The body: chunks put together, compression undone, then handed to whoever knows its type.
fn body_of(l: &mut Layer<'_, '_>, head: &Head, variant: Variant) -> Done {
    let bytes = l.data();
    let body = l.part(head.end, usize::MAX);
    if body.data.is_empty() || variant == Variant::Ssdp {
        return Ok(());
    }
    if l.is_innermost() && !l.wants_any(OF_BODY) && !l.wants_any(&[&HTTP.field]) {
        return Ok(());
    }
    if head.chunked(bytes) {
        let chunked = body::chunks(bytes, head.end);
        chunk_nodes(l, head, &chunked);
        let whole: Arc<[u8]> = body::dechunked(bytes, &chunked).into();
        if whole.is_empty() {
            return Ok(());
        }
        let region = l.buffer("De-chunked entity body", &whole);
        return uncompressed(l, head, region);
    }
    let coding = head.value(bytes, "transfer-encoding");
    if coding.is_some_and(|v| !v.is_empty() && !v.eq_ignore_ascii_case(b"identity")) {
        let root = l.root();
        l.issue(root, &TE_UNKNOWN);
    }
    let region = match head.content_length(bytes) {
        Some(length) => l.part(head.end, usize::try_from(length).unwrap_or(usize::MAX)),
        None => body,
    };
    if region.data.is_empty() {
        return Ok(());
    }
    uncompressed(l, head, region)
}

/// Undo the content coding, if there is one.
fn uncompressed(l: &mut Layer<'_, '_>, head: &Head, region: Region<'_>) -> Done {
    let bytes = l.data();
    let coding = head
        .value(bytes, "content-encoding")
        .filter(|c| !c.is_empty() && !c.eq_ignore_ascii_case(b"identity"));
    let Some(coding) = coding else {
        return content(l, head, region, true);
    };
    let plain = body::decompress(region.data, coding);
    let (from, to) = (region.data.len(), plain.as_ref().map(Vec::len));
    let node = l.within(region, |l| {
        l.text(0, from, |out| {
            let _ = write!(
                out,
                "Content-encoded entity body ({}): {from} bytes",
                String::from_utf8_lossy(coding)
            );
            if let Some(to) = to {
                let _ = write!(out, " -> {to} bytes");
            }
        })
    });
    match plain {
        Some(plain) => {
            let plain: Arc<[u8]> = plain.into();
            let region = l.buffer("Uncompressed entity body", &plain);
            content(l, head, region, true)
        }
        None => {
            l.issue(node, &DECOMPRESSION_FAILED);
            content(l, head, region, false)
        }
    }
}

/// The body as it was before it was put on the wire.
fn content(l: &mut Layer<'_, '_>, head: &Head, region: Region<'_>, readable: bool) -> Done {
    let bytes = l.data();
    file_data(l, region);
    if region.data.is_empty() {
        return Ok(());
    }
    let mut media = media_of(l, head, bytes).filter(|_| readable);
    if region.data.starts_with(XML) && media.is_some_and(|m| m.field.abbrev != "xml") {
        // Whatever it is called.
        media = l.cx.registry.protocol_named("xml").filter(|_| readable);
    }
    let Some(protocol) = media else {
        l.plain(region);
        return Ok(());
    };
    if protocol.field.abbrev != "media" {
        l.set_len(head.end);
    }
    let value = head.value(bytes, "content-type").unwrap_or_default();
    let written = String::from_utf8_lossy(value).into_owned();
    let before = std::mem::replace(&mut l.cx.packet.content_type, written);
    // What is not what it says it is shows as a body of that type, unread.
    let taken = l.call(protocol, region)
        || l.cx
            .registry
            .protocol_named("media")
            .is_some_and(|media| l.call(media, region));
    l.cx.packet.content_type = before;
    if !taken {
        l.plain(region);
    }
    Ok(())
}

/// The node of the whole body.
fn file_data(l: &mut Layer<'_, '_>, region: Region<'_>) {
    l.within(region, |l| {
        let len = l.captured();
        let value = text_value(l, &(0..len));
        let node = l.add(&FILE_DATA, 0, len, value);
        l.label(node, |out| {
            let _ = write!(out, "File Data: {len} bytes");
        });
    });
}

/// The chunks of a body.
fn chunk_nodes(l: &mut Layer<'_, '_>, head: &Head, chunked: &body::Chunked) {
    let bytes = l.data();
    let direction = match head.start {
        Start::Request { .. } => "request",
        Start::Response { .. } => "response",
    };
    let len = bytes.len().saturating_sub(head.end);
    l.open_text(head.end, len, |out| {
        let _ = write!(out, "HTTP chunked {direction}");
    });
    for chunk in &chunked.chunks {
        let start = chunk.line.start;
        let end = if chunk.size == 0 {
            chunked.trailer.end
        } else {
            chunk.boundary.end
        };
        l.open_text(start, end - start, |out| {
            if chunk.size == 0 {
                out.push_str("End of chunked encoding");
            } else {
                let _ = write!(out, "Data chunk ({} octets)", chunk.size);
            }
        });
        l.add(&CHUNK_SIZE, start, chunk.line.len(), Value::U(chunk.size));
        if !chunk.data.is_empty() {
            let value = l.slice(chunk.data.start, chunk.data.len());
            l.add(&CHUNK_DATA, chunk.data.start, chunk.data.len(), value);
        }
        if !chunk.boundary.is_empty() {
            let value = l.slice(chunk.boundary.start, chunk.boundary.len());
            l.add(
                &CHUNK_BOUNDARY,
                chunk.boundary.start,
                chunk.boundary.len(),
                value,
            );
        }
        l.close();
    }
    if !chunked.trailer.is_empty() {
        let (headers, blank, _) = head::lines(bytes, chunked.trailer.start);
        if !headers.is_empty() {
            string(l, &TRAILER_PART, &(chunked.trailer.start..blank.start));
        }
        if !blank.is_empty() {
            l.text(blank.start, blank.len(), |out| {
                escaped(part(bytes, &blank), out)
            });
        }
    }
    l.close();
}

/// Bytes that are neither a request nor an answer: the middle of something whose beginning was missed. What looks like header
/// lines is shown as such.
fn other(l: &mut Layer<'_, '_>) -> Done {
    let bytes = l.data();
    if !looks_like_text(bytes) {
        let region = l.region();
        l.plain(region);
        return Ok(());
    }
    let mut at = 0;
    loop {
        let Some(line) = head::line(bytes, at) else {
            if at > 0 && at < bytes.len() {
                return Err(Stop::Malformed);
            }
            break;
        };
        let Some(header) = head::header(bytes, at, line) else {
            break;
        };
        header_line(l, &header, &UNKNOWN_HEADER, false);
        at = line.next;
    }
    let rest = l.part(at, usize::MAX);
    if rest.reported > 0 {
        file_data(l, rest);
        l.plain(rest);
    }
    Ok(())
}
