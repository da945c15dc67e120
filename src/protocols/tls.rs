//! TLS, Transport Layer Security (RFC 8446, RFC 5246): keeps others from reading or changing what two programs say to each
//! other. Everything travels in records: a type, a version, a length, and content that is encrypted once both sides have
//! agreed on keys.
//!
//! ```text
//! +-------------+---------------+--------------+-------------------
//! | type (1)    | version (2)   | length (2)   | content ...
//! +-------------+---------------+--------------+-------------------
//! ```
//!
//! The record layer is shown here, with the names of the handshake messages; their content is not taken apart.

use std::fmt::Write as _;

use crate::dissect::registry::InSegment;
use crate::dissect::{Done, Layer, NodeId, Protocol, Table, Value};
use crate::flow::facts::{NONE, tag};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// Transport Layer Security.
pub static TLS: Protocol = Protocol {
    spec: "RFC 8446",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[
        (Table::TcpPort, 443),
        (Table::TcpPort, 324),
        (Table::TcpPort, 465),
        (Table::TcpPort, 636),
        (Table::TcpPort, 802),
        (Table::TcpPort, 853),
        (Table::TcpPort, 990),
        (Table::TcpPort, 993),
        (Table::TcpPort, 995),
        (Table::TcpPort, 1300),
        (Table::TcpPort, 2221),
        (Table::TcpPort, 2443),
        (Table::TcpPort, 3249),
        (Table::TcpPort, 3250),
        (Table::TcpPort, 3251),
        (Table::TcpPort, 3252),
        (Table::TcpPort, 3269),
        (Table::TcpPort, 3496),
        (Table::TcpPort, 5061),
        (Table::TcpPort, 5671),
        (Table::TcpPort, 5684),
        (Table::TcpPort, 5868),
        (Table::TcpPort, 8883),
        (Table::TcpPort, 11207),
        (Table::TcpPort, 19999),
    ],
    framer: Some(|| Box::new(Records::default())),
    in_segment: InSegment::Together,
    recognise_tcp: Some(looks_like_tls),
    accept_tcp: Some(accept),
    ..Protocol::new("tls", "Transport Layer Security", "TLS", dissect)
};

crate::fields! {
    /// One record: the unit in which TLS sends, encrypts and protects against change.
    RECORD = Field::new("tls.record", "Record Layer", Kind::None).spec("RFC 8446 section 5.1");
    /// What the record carries. Encrypted records of TLS 1.3 all say application data.
    CONTENT_TYPE = Field::new("tls.record.content_type", "Content Type", Kind::U8).values(CONTENT_TYPES).spec("RFC 8446 section 5.1");
    /// The version as the record says it. Kept at old values on purpose, because middle boxes stumble over new ones; the
    /// true version is in the hello messages.
    VERSION = Field::new("tls.record.version", "Version", Kind::U16).hex().names(Names::Lookup(version_title)).spec("RFC 8446 section 5.1");
    /// Length of the content in bytes, at most 16,384 and a little for the encryption.
    LENGTH = Field::new("tls.record.length", "Length", Kind::U16).spec("RFC 8446 section 5.1");
    /// Data of the application, encrypted: without the keys nobody can tell more than its length.
    APP_DATA = Field::new("tls.app_data", "Encrypted Application Data", Kind::Bytes).spec("RFC 8446 section 5.2");
    /// Both sides change to the keys agreed on: what this side sends from here on is encrypted.
    CHANGE_CIPHER_SPEC = Field::new("tls.change_cipher_spec", "Change Cipher Spec Message", Kind::None).spec("RFC 5246 section 7.1");
    /// A warning, or the reason why the connection ends.
    ALERT = Field::new("tls.alert_message", "Alert Message", Kind::None).spec("RFC 8446 section 6");
    /// Whether the connection can go on.
    ALERT_LEVEL = Field::new("tls.alert_message.level", "Level", Kind::U8).values(ALERT_LEVELS).spec("RFC 8446 section 6");
    /// What is wrong.
    ALERT_DESCRIPTION = Field::new("tls.alert_message.desc", "Description", Kind::U8).values(ALERTS).spec("RFC 8446 section 6");
    /// A message by which both sides agree on keys and prove who they are.
    HANDSHAKE = Field::new("tls.handshake", "Handshake Protocol", Kind::None).spec("RFC 8446 section 4");
    /// Which handshake message this is.
    HANDSHAKE_TYPE = Field::new("tls.handshake.type", "Handshake Type", Kind::U8).values(HANDSHAKES).spec("RFC 8446 section 4");
    /// Length of the handshake message in bytes.
    HANDSHAKE_LENGTH = Field::new("tls.handshake.length", "Length", Kind::U24).spec("RFC 8446 section 4");
    /// The highest version that the client speaks, or the one that the server chose (up to TLS 1.2).
    HANDSHAKE_VERSION = Field::new("tls.handshake.version", "Version", Kind::U16).hex().names(Names::Lookup(version_title)).spec("RFC 5246 section 7.4.1.2");
    /// "Are you still there?", and the answer.
    HEARTBEAT = Field::new("tls.heartbeat_message", "Heartbeat Message", Kind::None).spec("RFC 6520");
    /// Question or answer.
    HEARTBEAT_TYPE = Field::new("tls.heartbeat_message.type", "Type", Kind::U8).values(HEARTBEATS).spec("RFC 6520 section 3");
}

crate::issues! {
    /// The bytes do not begin a record: the capture starts in the middle, or bytes are missing.
    IGNORED_RECORD = Issue::new("tls.ignored_unknown_record", "Ignored Unknown Record", Severity::Warn, Group::Protocol);
}

/// What a record carries (RFC 8446 section 5.1).
static CONTENT_TYPES: &[(u64, &str)] = &[
    (20, "Change Cipher Spec"),
    (21, "Alert"),
    (22, "Handshake"),
    (23, "Application Data"),
    (24, "Heartbeat"),
    (25, "Connection ID"),
];

static ALERT_LEVELS: &[(u64, &str)] = &[(1, "Warning"), (2, "Fatal")];

static HEARTBEATS: &[(u64, &str)] = &[(1, "Request"), (2, "Response")];

/// Alerts (IANA, TLS parameters).
static ALERTS: &[(u64, &str)] = &[
    (0, "Close Notify"),
    (1, "End of Early Data"),
    (10, "Unexpected Message"),
    (20, "Bad Record MAC"),
    (21, "Decryption Failed"),
    (22, "Record Overflow"),
    (30, "Decompression Failure"),
    (40, "Handshake Failure"),
    (41, "No Certificate"),
    (42, "Bad Certificate"),
    (43, "Unsupported Certificate"),
    (44, "Certificate Revoked"),
    (45, "Certificate Expired"),
    (46, "Certificate Unknown"),
    (47, "Illegal Parameter"),
    (48, "Unknown CA"),
    (49, "Access Denied"),
    (50, "Decode Error"),
    (51, "Decrypt Error"),
    (60, "Export Restriction"),
    (70, "Protocol Version"),
    (71, "Insufficient Security"),
    (80, "Internal Error"),
    (86, "Inappropriate Fallback"),
    (90, "User Canceled"),
    (100, "No Renegotiation"),
    (109, "Missing Extension"),
    (110, "Unsupported Extension"),
    (111, "Certificate Unobtainable"),
    (112, "Unrecognized Name"),
    (113, "Bad Certificate Status Response"),
    (114, "Bad Certificate Hash Value"),
    (115, "Unknown PSK Identity"),
    (116, "Certificate Required"),
    (120, "No application Protocol"),
    (121, "ECH Required"),
];

/// Handshake messages (IANA, TLS parameters).
static HANDSHAKES: &[(u64, &str)] = &[
    (0, "Hello Request"),
    (1, "Client Hello"),
    (2, "Server Hello"),
    (3, "Hello Verify Request"),
    (4, "New Session Ticket"),
    (5, "End of Early Data"),
    (6, "Hello Retry Request"),
    (8, "Encrypted Extensions"),
    (11, "Certificate"),
    (12, "Server Key Exchange"),
    (13, "Certificate Request"),
    (14, "Server Hello Done"),
    (15, "Certificate Verify"),
    (16, "Client Key Exchange"),
    (20, "Finished"),
    (21, "Client Certificate URL"),
    (22, "Certificate Status"),
    (23, "Supplemental Data"),
    (24, "Key Update"),
    (25, "Compressed Certificate"),
    (67, "Next Protocol"),
];

/// The version's name in the tree.
fn version_title(version: u64) -> Option<&'static str> {
    Some(match version {
        0x0002 => "SSL 2.0",
        0x0300 => "SSL 3.0",
        0x0301 => "TLS 1.0",
        0x0302 => "TLS 1.1",
        0x0303 => "TLS 1.2",
        0x0304 => "TLS 1.3",
        _ => return None,
    })
}

/// The version's name in the packet list.
fn version_name(version: u32) -> &'static str {
    match version {
        0x0002 => "SSLv2",
        0x0300 => "SSLv3",
        0x0301 => "TLSv1",
        0x0302 => "TLSv1.1",
        0x0303 => "TLSv1.2",
        0x0304 => "TLSv1.3",
        _ => "SSL",
    }
}

/// The random value of a Server Hello that is in truth a request to try again (RFC 8446 section 4.1.3).
const RETRY: [u8; 8] = [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11];

/// Content of a record is at most this long; some senders go a little beyond RFC 8446's 16,640.
const CONTENT_LIMIT: usize = (1 << 14) + 2048;

const CHANGE: u8 = 20;
const WARNING: u8 = 21;
const SHAKE: u8 = 22;
const DATA: u8 = 23;
const BEAT: u8 = 24;

/// Type, version and length of content of the record that begins here, if one does.
fn header(bytes: &[u8]) -> Option<(u8, u16, usize)> {
    let [kind, major, minor, high, low, ..] = *bytes else {
        return None;
    };
    let len = usize::from(u16::from_be_bytes([high, low]));
    let known = (CHANGE..=BEAT).contains(&kind) && major == 3 && minor <= 4;
    (known && len <= CONTENT_LIMIT).then_some((kind, u16::from_be_bytes([major, minor]), len))
}

/// Whether the bytes begin a version 2 Client Hello, as old clients sent it: its length with the length bytes.
fn old_hello(bytes: &[u8]) -> Option<usize> {
    match *bytes {
        [high, low, 1, 0 | 3, ..] if high & 0x80 != 0 => {
            let len = usize::from(u16::from_be_bytes([high & 0x7f, low]));
            (len >= 9).then_some(len + 2)
        }
        _ => None,
    }
}

/// A stream on one of its ports: anything that is not plainly text.
fn accept(bytes: &[u8]) -> bool {
    bytes.len() < 4
        || !bytes
            .iter()
            .take(8)
            .all(|b| b.is_ascii_graphic() || *b == b' ')
}

/// A stream on a port that tells nothing: a hello, or another record of a known version with fitting content.
fn looks_like_tls(bytes: &[u8]) -> bool {
    match header(bytes) {
        Some((SHAKE, _, len)) => len >= 4 && matches!(bytes.get(5), Some(1 | 2 | 11 | 16)),
        Some((CHANGE, _, 1)) => true,
        Some((WARNING, _, 2 | 26 | 32 | 48)) => true,
        Some((DATA, version, len)) => version >= 0x0301 && len > 0,
        _ => false,
    }
}

/// The tag of the notes of a TLS stream.
const TAG: u16 = tag(b"TL");
/// Values of such a note: the version that both sides agreed on, 0 = not known.
const AGREED: usize = 0;
/// Whether the direction is encrypted at this record.
const ENCRYPTED: usize = 1;

/// Finds the records of a stream. Two notes serve all its records, one for those before encryption and one for those behind.
#[derive(Default)]
struct Records {
    /// The notes: plain, encrypted.
    notes: Option<[u32; 2]>,
    version: u16,
    /// Which directions are encrypted.
    encrypted: [bool; 2],
    /// The record at hand switches encryption on.
    changes: [bool; 2],
    /// The version is the server's own word.
    certain: bool,
}

impl Records {
    fn notes(&mut self, context: &mut Context<'_>) -> [u32; 2] {
        let version = u32::from(self.version);
        *self.notes.get_or_insert_with(|| {
            [0, 1].map(|encrypted| {
                context.note(TAG, encrypted as u16, [version, encrypted, 0, 0, 0, 0, 0])
            })
        })
    }

    /// Take a version as the agreed one.
    fn agree(&mut self, version: u16, certain: bool, context: &mut Context<'_>) {
        if self.certain || (self.version != 0 && !certain) {
            return;
        }
        self.version = version;
        self.certain = certain;
        for note in self.notes(context) {
            if let Some(values) = context.amend(note) {
                values[AGREED] = u32::from(version);
            }
        }
    }
}

impl Framer for Records {
    fn begins(&self, bytes: &[u8]) -> bool {
        match bytes {
            [kind] => (CHANGE..=BEAT).contains(kind),
            [kind, 3, ..] if bytes.len() < 5 => (CHANGE..=BEAT).contains(kind),
            _ => header(bytes).is_some() || old_hello(bytes).is_some(),
        }
    }

    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        self.notes(context);
        if let Some(len) = old_hello(bytes) {
            return Step::End(len as u64);
        }
        if bytes.len() < 5 {
            return Step::Need;
        }
        let Some((kind, version, len)) = header(bytes) else {
            // Not a record. The next segment may begin one again.
            return Step::End(bytes.len() as u64);
        };
        let at = direction as usize;
        self.changes[at] = kind == CHANGE;
        let first = bytes.get(5).copied();
        if kind == SHAKE && first == Some(2) && !self.encrypted[at] {
            let Some(content) = bytes.get(5..5 + len) else {
                return Step::Need;
            };
            if let Some(chosen) = server_version(content) {
                self.agree(chosen, true, context);
            }
        } else if kind != SHAKE || first.is_some_and(|t| t != 1 && t != 2 && t < 32) {
            self.agree(version, false, context);
        }
        Step::End(5 + len as u64)
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let at = direction as usize;
        let note = self.notes(context)[usize::from(self.encrypted[at])];
        self.encrypted[at] |= std::mem::take(&mut self.changes[at]);
        note
    }
}

/// The version that a Server Hello chooses: its own field, or the extension of TLS 1.3 (RFC 8446 section 4.2.1).
fn server_version(hello: &[u8]) -> Option<u16> {
    let u16_at = |at: usize| Some(u16::from_be_bytes([*hello.get(at)?, *hello.get(at + 1)?]));
    let version = u16_at(4)?;
    let session = usize::from(*hello.get(38)?);
    // Cipher suite and compression method stand between session and extensions.
    let mut at = 39 + session + 3;
    let Some(extensions) = u16_at(at) else {
        return Some(version);
    };
    at += 2;
    let end = at + usize::from(extensions);
    while at + 4 <= end {
        let (Some(kind), Some(len)) = (u16_at(at), u16_at(at + 2)) else {
            break;
        };
        if kind == 43 && len == 2 {
            return u16_at(at + 4);
        }
        at += 4 + usize::from(len);
    }
    Some(version)
}

/// Where a run of records stands in its stream.
struct Stand {
    version: u32,
    encrypted: bool,
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    let note = l.cx.packet.message_note;
    let values = l
        .facts()
        .notes
        .get(note as usize)
        .filter(|n| note != NONE && n.tag == TAG)
        .map_or([0; 7], |n| n.values);
    let mut stand = Stand {
        version: values[AGREED],
        encrypted: values[ENCRYPTED] != 0,
    };
    let name = &l.cx.tree.columns.protocol;
    if !(name.starts_with("TLS") || name.starts_with("SSL")) {
        l.info(|_| {});
    }
    l.protocol(version_name(stand.version));
    while l.left() > 0 {
        if let Some(len) = old_hello(l.rest()) {
            old_record(l, len);
        } else if header(l.rest()).is_some() {
            record(l, &mut stand)?;
        } else {
            unknown(l, &stand);
            break;
        }
    }
    Ok(())
}

/// Add the name of a record or message to the Info column.
fn say(l: &mut Layer<'_, '_>, words: &str) {
    l.info_append(|out| {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(words);
    });
}

/// Bytes that begin no record.
fn unknown(l: &mut Layer<'_, '_>, stand: &Stand) {
    let words = if stand.version == 0 {
        "Continuation Data"
    } else {
        "Ignored Unknown Record"
    };
    say(l, words);
    if stand.version != 0 {
        let len = l.left();
        let at = l.text(l.pos(), len, |out| out.push_str(words));
        l.issue(at, &IGNORED_RECORD);
    }
}

/// A version 2 Client Hello.
fn old_record(l: &mut Layer<'_, '_>, len: usize) {
    let pos = l.pos();
    let node = l.add(&RECORD, pos, len.min(l.left()), Value::None);
    l.label(node, |out| out.push_str("SSLv2 Record Layer: Client Hello"));
    say(l, "Client Hello");
    if l.cx.tree.columns.protocol == "SSL" {
        l.protocol("SSLv2");
    }
    l.skip(len);
}

fn record(l: &mut Layer<'_, '_>, stand: &mut Stand) -> Done {
    let start = l.pos();
    let Some((kind, version, len)) = header(l.rest()) else {
        return Ok(());
    };
    if stand.version == 0 && l.cx.tree.columns.protocol == "SSL" {
        l.protocol(version_name(u32::from(version)));
    }
    let shown = match stand.version {
        0 => version_name(u32::from(version)),
        known => version_name(known),
    };
    let node = l.open(&RECORD, start, 5 + len, Value::None);
    l.u8(&CONTENT_TYPE)?;
    l.u16(&VERSION)?;
    l.u16(&LENGTH)?;
    let end = l.pos() + len;
    let words = match kind {
        CHANGE => {
            l.add(&CHANGE_CIPHER_SPEC, l.pos(), len, Value::None);
            stand.encrypted = true;
            say(l, "Change Cipher Spec");
            "Change Cipher Spec Protocol: Change Cipher Spec".to_owned()
        }
        WARNING => alert(l, len, stand)?,
        SHAKE => handshake(l, end, stand)?,
        DATA => {
            let value = l.slice(l.pos(), len);
            l.add(&APP_DATA, l.pos(), len, value);
            say(l, "Application Data");
            "Application Data Protocol: Application Data".to_owned()
        }
        _ => heartbeat(l, len)?,
    };
    l.close();
    l.label(node, |out| {
        let _ = write!(out, "{shown} Record Layer: {words}");
    });
    l.seek(end);
    Ok(())
}

/// An alert: two bytes, or unreadable.
fn alert(l: &mut Layer<'_, '_>, len: usize, stand: &Stand) -> Result<String, crate::dissect::Stop> {
    let node = l.add(&ALERT, l.pos(), len, Value::None);
    if len != 2 || stand.encrypted {
        l.label(node, |out| out.push_str("Alert Message: Encrypted Alert"));
        say(l, "Encrypted Alert");
        return Ok("Encrypted Alert".to_owned());
    }
    l.enter();
    let level = l.u8(&ALERT_LEVEL)?;
    let description = l.u8(&ALERT_DESCRIPTION)?;
    l.close();
    let name =
        |field: &'static Field, value: u8| field.name_of(u64::from(value)).unwrap_or("Unknown");
    let words = format!(
        "Alert (Level: {}, Description: {})",
        name(&ALERT_LEVEL, level),
        name(&ALERT_DESCRIPTION, description)
    );
    say(l, &words);
    Ok(words)
}

/// The handshake messages of a record that ends at `end`.
fn handshake(
    l: &mut Layer<'_, '_>,
    end: usize,
    stand: &Stand,
) -> Result<String, crate::dissect::Stop> {
    let mut count = 0;
    let mut last = "";
    while l.pos() < end {
        let (pos, left) = (l.pos(), end - l.pos());
        let kind = l.peek_u8(pos)?;
        let len = if left >= 4 {
            l.peek_uint(pos + 1, 3)? as usize
        } else {
            usize::MAX
        };
        let mut name = HANDSHAKE_TYPE
            .name_of(u64::from(kind))
            .filter(|_| !stand.encrypted);
        if kind == 2 && left > 14 && l.peek(pos + 6, 8)? == RETRY {
            name = Some("Hello Retry Request");
        }
        let fits = len <= left.saturating_sub(4) || (kind != 0 && len <= 1 << 18 && count > 0);
        let name = name.filter(|_| fits || count == 0 && len <= 1 << 16);
        let Some(name) = name else {
            encrypted_message(l, pos, left);
            return Ok(joined(count, "Encrypted Handshake Message"));
        };
        let shown = len.saturating_add(4).min(left);
        let node = l.open(&HANDSHAKE, pos, shown, Value::None);
        l.label(node, |out| {
            let _ = write!(out, "Handshake Protocol: {name}");
        });
        l.u8(&HANDSHAKE_TYPE)?;
        l.uint(&HANDSHAKE_LENGTH, 3)?;
        if matches!(kind, 1 | 2) && shown >= 6 {
            l.u16(&HANDSHAKE_VERSION)?;
        }
        l.close();
        say(l, name);
        l.seek(pos + shown);
        count += 1;
        last = name;
    }
    Ok(joined(count.saturating_sub(1), last))
}

/// The words about a record with `others` handshake messages besides the one named.
fn joined(others: usize, name: &str) -> String {
    if others == 0 {
        format!("Handshake Protocol: {name}")
    } else {
        "Handshake Protocol: Multiple Handshake Messages".to_owned()
    }
}

fn encrypted_message(l: &mut Layer<'_, '_>, pos: usize, len: usize) -> NodeId {
    let node = l.add(&HANDSHAKE, pos, len, Value::None);
    l.label(node, |out| {
        out.push_str("Handshake Protocol: Encrypted Handshake Message")
    });
    say(l, "Encrypted Handshake Message");
    node
}

fn heartbeat(l: &mut Layer<'_, '_>, len: usize) -> Result<String, crate::dissect::Stop> {
    let node = l.open(&HEARTBEAT, l.pos(), len, Value::None);
    let kind = l.u8(&HEARTBEAT_TYPE)?;
    l.close();
    let name = HEARTBEAT_TYPE.name_of(u64::from(kind));
    let words = match name {
        Some(name) if len > 3 => format!("Heartbeat {name}"),
        _ => "Encrypted Heartbeat".to_owned(),
    };
    if name.is_none() {
        l.label(node, |out| out.push_str("Encrypted Heartbeat Message"));
    }
    say(l, &words);
    Ok(words)
}
