//! FTP, the File Transfer Protocol (RFC 959): commands and replies go over one connection, the *control connection*, as lines of
//! text; each listing and each file over another one, a *data connection*, which is announced on the first.
//!
//! ```text
//! C: PASV                                               let me open the data connection
//! S: 227 Entering Passive Mode (192,0,2,1,118,250)      to 192.0.2.1, port 118 * 256 + 250
//! C: RETR readme.txt
//! S: 150 Opening data connection                        ... the file goes over the other connection ...
//! S: 226 Transfer complete
//! ```
//!
//! [`control`] follows the control connection in the scan: where the client is, which data connections are announced, what for.
//! [`parse`] reads lines and addresses. A segment is taken for one message, and its first line is the one that counts.

mod control;
mod fields;
mod parse;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::ops::Range;

use self::control::{Data, Message, Method};
use self::fields::control as f;
use self::fields::data as d;
use self::parse::Ip;
use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::field::Field;
use crate::flow::address::Address;
use crate::protocols::credentials;

/// The control connection.
pub static FTP: Protocol = Protocol {
    spec: "RFC 959, RFC 2228, RFC 2428",
    fields: f::FIELDS,
    issues: f::ISSUES,
    parents: &[(Table::TcpPort, 21)],
    framer: Some(control::new),
    recognise_tcp: Some(greets),
    ..Protocol::new("ftp", "File Transfer Protocol (FTP)", "FTP", dissect)
};

/// A data connection.
pub static FTP_DATA: Protocol = Protocol {
    spec: "RFC 959 section 3",
    fields: d::FIELDS,
    parents: &[(Table::TcpPort, control::DATA_PORT as u32)],
    framer: Some(control::new_transfer),
    ..Protocol::new("ftp-data", "FTP Data", "FTP-DATA", dissect_data)
};

/// Whether a stream on any port begins with the greeting of a server that says that it speaks FTP.
fn greets(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"220 ") && !bytes.starts_with(b"220-") {
        return false;
    }
    let text = &bytes[4..parse::line(bytes, 0).0];
    let mut words = text.split(|b| !b.is_ascii_alphanumeric());
    words.any(|word| {
        let ftp = word.len().saturating_sub(4)..word.len();
        word.eq_ignore_ascii_case(b"ftp")
            || word[ftp].eq_ignore_ascii_case(b"ftpd")
            || word.len() >= 3 && word[..3].eq_ignore_ascii_case(b"ftp")
    })
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    let note = l.facts().notes.get(l.cx.packet.message_note as usize);
    let known = note.and_then(|note| control::message(l.facts(), note));
    // A message without a note is one that nobody followed: the port tells the direction.
    let registry = l.cx.registry;
    let message = known.unwrap_or_else(|| Message {
        request: registry
            .find(Table::TcpPort, u32::from(l.cx.packet.destination_port))
            .is_some_and(|p| std::ptr::eq(p, &raw const FTP)),
        ..Message::default()
    });
    let bytes = l.data();
    let (end, next) = parse::line(bytes, 0);
    l.protocol("FTP");
    l.info(|out| {
        out.push_str(if message.request {
            "Request: "
        } else {
            "Response: "
        });
        escaped(&bytes[..end], out);
    });
    if !l.wants_nodes() {
        return Ok(());
    }
    l.hidden(&f::REQUEST, 0, 0, Value::U(u64::from(message.request)));
    l.hidden(&f::RESPONSE, 0, 0, Value::U(u64::from(!message.request)));
    l.open_text(0, next, |out| escaped(&bytes[..next], out));
    if message.request {
        request(l, end);
    } else {
        reply(l, end);
    }
    l.close();
    let mut at = next;
    while at < bytes.len() {
        let (_, next) = parse::line(bytes, at);
        l.text(at, next - at, |out| escaped(&bytes[at..next], out));
        at = next;
    }
    // What history tells stands beside the protocol, not in it.
    l.close();
    text_of(l, &f::CWD, message.directory);
    if let Some(data) = message.announces.filter(|data| data.carried.0 > 0)
        && data.command_frame != 0
    {
        text_of(l, &f::COMMAND, data.command);
        number(l, &f::COMMAND_FRAME, data.command_frame);
    }
    if let Some(data) = &message.commands {
        carried(l, data);
    }
    l.enter();
    Ok(())
}

/// A text of the facts as a node that covers no bytes.
fn text_of(l: &mut Layer<'_, '_>, field: &'static Field, (at, len): (u32, u32)) {
    let text = l.facts().text(at, len);
    let mut shown = String::with_capacity(text.len());
    ascii(text, &mut shown);
    let value = l.made(shown.as_bytes());
    l.generated(field, 0, value);
}

fn number(l: &mut Layer<'_, '_>, field: &'static Field, value: u32) {
    l.generated(field, 0, Value::U(u64::from(value)));
}

/// What went over the data connection of this command.
fn carried(l: &mut Layer<'_, '_>, data: &Data) {
    let (first, last) = data.frames;
    number(l, &f::DATA_FRAMES, data.carried.0);
    number(l, &f::DATA_BYTES, data.carried.1);
    number(l, &f::DATA_FIRST, first);
    number(l, &f::DATA_LAST, last);
    if data.carried.0 > 1
        && let (Some(from), Some(to)) = (l.time_of(first), l.time_of(last))
    {
        let nanos = u64::try_from(to.saturating_sub(from)).unwrap_or(0);
        let millis = nanos.saturating_add(500_000) / 1_000_000;
        let bits = u64::from(data.carried.1) * 8;
        let end = l.captured();
        l.generated(&f::DATA_DURATION, 0, Value::U(millis));
        // Bits in a millisecond are thousands of bits in a second.
        let rate = bits.checked_div(millis).unwrap_or(0);
        l.generated(&f::DATA_BITRATE, end, Value::U(rate));
    }
    let seen = data.carried.0 > 0;
    number(l, &f::SETUP_FRAME, if seen { data.setup_frame } else { 0 });
}

/// Text in ASCII: every other byte becomes a replacement character.
fn ascii(text: &[u8], out: &mut String) {
    out.extend(text.iter().map(|b| {
        if b.is_ascii() {
            char::from(*b)
        } else {
            char::REPLACEMENT_CHARACTER
        }
    }));
}

/// A text field over a range of the layer. A NUL ends the value, not the range.
fn string(l: &mut Layer<'_, '_>, field: &'static Field, range: Range<usize>) {
    let text = &l.data()[range.clone()];
    let end = memchr::memchr(0, text).unwrap_or(text.len());
    let value = if text[..end].is_ascii() {
        l.slice(range.start, end)
    } else {
        let mut shown = String::with_capacity(end);
        ascii(&text[..end], &mut shown);
        l.made(shown.as_bytes())
    };
    l.add(field, range.start, range.len(), value);
}

/// The first line of what the client says.
fn request(l: &mut Layer<'_, '_>, end: usize) {
    let text = &l.data()[..end];
    let (command, argument) = parse::request(text);
    let password = text[command.clone()].eq_ignore_ascii_case(b"PASS");
    let port = &text[command.clone()] == b"PORT";
    let eprt = &text[command.clone()] == b"EPRT";
    if !command.is_empty() {
        string(l, &f::REQUEST_COMMAND, command);
    }
    let at = argument.start;
    if !argument.is_empty() {
        string(l, &f::REQUEST_ARG, argument.clone());
        if password {
            let node = l.last();
            credentials::readable(l, node);
        }
    }
    if port && let Some(found) = parse::host_port(&text[at..]) {
        host_port(
            l,
            at,
            &found,
            [&f::ACTIVE_IP, &f::ACTIVE_PORT, &f::ACTIVE_NAT],
        );
    } else if eprt {
        match parse::extended_active(&text[at..]) {
            Some(found) => extended_active(l, at, &found),
            None => {
                let node = l.text(at.min(end), argument.len(), |out| {
                    out.push_str(f::EPRT_INVALID.field.label);
                });
                l.issue(node, &f::EPRT_INVALID);
            }
        }
    }
}

/// Address and port of PORT or PASV, and whether the address is another than the sender's.
fn host_port(
    l: &mut Layer<'_, '_>,
    at: usize,
    found: &parse::HostPort,
    [ip, port, nat]: [&'static Field; 3],
) {
    let (start, (ip_len, port_len)) = (at + found.at, found.lens);
    l.add(ip, start, ip_len, Value::Ipv4(found.ip));
    l.add(
        port,
        start + ip_len + 1,
        port_len,
        Value::U(u64::from(found.port)),
    );
    if l.cx.packet.source != Address::V4(found.ip) {
        l.add(nat, 0, 0, Value::U(1));
    }
}

/// The parts of EPRT.
fn extended_active(l: &mut Layer<'_, '_>, at: usize, found: &parse::Extended) {
    let (family, field, value) = match found.ip {
        Ip::V4(ip) => (1, &f::EPRT_IP, Value::Ipv4(ip)),
        Ip::V6(ip) => (2, &f::EPRT_IPV6, Value::Ipv6(ip)),
    };
    l.add(&f::EPRT_AF, at + 1, 1, Value::U(family));
    l.add(field, at + 3, found.ip_len, value);
    let port_at = at + 3 + found.ip_len + 1;
    let port = Value::U(u64::from(found.port));
    l.add(&f::EPRT_PORT, port_at, found.port_len, port);
}

/// The first line of what the server says.
fn reply(l: &mut Layer<'_, '_>, end: usize) {
    let text = &l.data()[..end];
    let (code, argument) = parse::reply(text);
    if let Some(code) = code {
        l.add(&f::RESPONSE_CODE, 0, 3, Value::U(u64::from(code)));
        if !(100..700).contains(&code) {
            let node = l.last();
            l.issue(node, &f::CODE_INVALID);
        }
    }
    if argument.is_empty() {
        return;
    }
    let at = argument.start;
    string(l, &f::RESPONSE_ARG, argument);
    let node = l.last();
    match code {
        Some(227) => {
            if let Some(found) = parse::host_port(&text[at..]) {
                let fields = [&f::PASSIVE_IP, &f::PASSIVE_PORT, &f::PASSIVE_NAT];
                host_port(l, at, &found, fields);
            }
        }
        Some(229) => match parse::extended_passive(&text[at..]) {
            Some((port, place)) => {
                match l.cx.packet.source {
                    Address::V4(ip) => l.add(&f::EPSV_IP, 0, 0, Value::Ipv4(ip)),
                    Address::V6(ip) => l.add(&f::EPSV_IPV6, 0, 0, Value::Ipv6(ip)),
                    _ => node,
                };
                let port = Value::U(u64::from(port));
                l.add(&f::EPSV_PORT, at + place.start, place.len(), port);
            }
            None => {
                let node = l.text(at, end - at, |out| {
                    out.push_str(f::EPSV_INVALID.field.label);
                });
                l.issue(node, &f::EPSV_INVALID);
            }
        },
        Some(257) if parse::quoted_path(&text[at..]).is_none() => l.issue(node, &f::PWD_INVALID),
        _ => {}
    }
}

/// If so many bytes of a segment are printable, its data is shown as text.
const LOOKED_AT: usize = 20;

fn dissect_data(l: &mut Layer<'_, '_>) -> Done {
    let text = l
        .data()
        .iter()
        .take(LOOKED_AT)
        .all(|b| b.is_ascii_graphic() || matches!(b, b' ' | b'\r' | b'\n'));
    let lines = l.cx.registry.find_media("text/plain").filter(|_| text);
    let region = l.region();
    if l.scanning() {
        if let Some(lines) = lines {
            l.call(lines, region);
        }
        return Ok(());
    }
    let data = control::data(l.facts(), l.cx.packet.message_note).unwrap_or_default();
    let announced = data.method != Method::None;
    let commanded = data.command_frame != 0;
    l.protocol("FTP-DATA");
    let len = l.reported();
    let mut command = String::new();
    escaped(l.facts().text(data.command.0, data.command.1), &mut command);
    l.info(|out| {
        let _ = write!(out, "FTP Data: {len} bytes");
        if announced {
            let _ = write!(out, " ({})", data.method.name());
        }
        if commanded {
            let _ = write!(out, " ({command})");
        }
    });
    if l.wants_nodes() {
        let (root, captured) = (l.root(), l.captured());
        l.label(root, |out| {
            let _ = write!(out, "FTP Data ({captured} bytes data)");
        });
        l.close();
        number(l, &d::SETUP_FRAME, data.setup_frame);
        if announced {
            let method = l.made(data.method.name().as_bytes());
            l.generated(&d::SETUP_METHOD, 0, method);
        }
        if commanded {
            text_of(l, &d::COMMAND, data.command);
            number(l, &d::COMMAND_FRAME, data.command_frame);
        }
        if announced {
            text_of(l, &d::CWD, data.directory);
        }
        l.enter();
    }
    if let Some(lines) = lines {
        l.call(lines, region);
    }
    Ok(())
}
