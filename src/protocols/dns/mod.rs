//! DNS, the Domain Name System (RFC 1034, RFC 1035): the telephone book of the Internet. A program asks for a name, a
//! server answers with records: addresses, mail servers, other names. Questions and answers have one form:
//!
//! ```text
//! +---------------------+
//! |       Header        |  number, flags, four counts
//! +---------------------+
//! |      Question       |  name, type, class
//! +---------------------+
//! |       Answer        |  records: name, type, class, time to live, length, data
//! +---------------------+
//! |      Authority      |  records that say who is responsible
//! +---------------------+
//! |     Additional      |  records that may be of use besides
//! +---------------------+
//! ```
//!
//! Over UDP a message is a datagram; over TCP two bytes with its length stand before it. Multicast DNS ([`mdns`], names in the
//! local network) and LLMNR ([`llmnr`]) use the same form with a few flags of their own.
//!
//! The `dns-parser` crate does not carry the dissection: it gives values but no places in the packet, knows neither EDNS
//! options nor most record types (an unknown one is an error for the whole message), and stops at the first mistake,
//! where a tree of what was sound is wanted. The tests use it as a second opinion on names and records that both know.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::dissect::{Done, Layer, NodeId, Protocol, Stop, Table, Value};
use crate::field::Field;
use crate::flow::facts::{Facts, NONE, Note, tag};
use crate::flow::history::RequestKey;
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

pub mod dnssec;
pub mod edns;
pub mod fields;
pub mod llmnr;
pub mod mdns;
pub mod name;
pub mod rare;
pub mod rdata;
pub mod session;
pub mod svcb;
pub mod values;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

use fields::*;

/// The Domain Name System.
pub static DNS: Protocol = Protocol {
    spec: "RFC 1035",
    fields: &ALL_FIELDS,
    issues: ISSUES,
    parents: &[
        (Table::UdpPort, 53),
        (Table::TcpPort, 53),
        (Table::TcpPort, 5353),
    ],
    media: &["application/dns-message"],
    framer: Some(framer),
    recognise_udp: Some(recognise),
    ..Protocol::new("dns", "Domain Name System", "DNS", dissect)
};

/// The fields of all parts.
static ALL_FIELDS: [&Field; COUNT] = join(&[
    FIELDS,
    rdata::FIELDS,
    rare::FIELDS,
    dnssec::FIELDS,
    edns::FIELDS,
    svcb::FIELDS,
    session::FIELDS,
]);

const COUNT: usize = FIELDS.len()
    + rdata::FIELDS.len()
    + rare::FIELDS.len()
    + dnssec::FIELDS.len()
    + edns::FIELDS.len()
    + svcb::FIELDS.len()
    + session::FIELDS.len();

/// The lists one behind the other.
const fn join<const N: usize>(parts: &[&[&'static Field]]) -> [&'static Field; N] {
    let mut all = [&ID; N];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            all[at] = parts[part][i];
            at += 1;
            i += 1;
        }
        part += 1;
    }
    all
}

/// Which of the protocols with this form of message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// DNS proper.
    Dns,
    /// Multicast DNS: the top bit of a class means something else.
    Multicast,
    /// LLMNR: two flags mean something else.
    LinkLocal,
}

impl Flavour {
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Flavour::Dns => ("DNS", "Domain Name System"),
            Flavour::Multicast => ("MDNS", "Multicast Domain Name System"),
            Flavour::LinkLocal => ("LLMNR", "Link-local Multicast Name Resolution"),
        }
    }
}

/// What the parts of a message must know of the whole.
#[derive(Clone, Copy)]
pub struct Message {
    /// Where the message starts in the layer: 2 behind a length, else 0. Pointers in names count from here.
    pub start: usize,
    /// Which protocol.
    pub flavour: Flavour,
    /// A dynamic update (RFC 2136): the sections are called differently.
    update: bool,
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    message(l, Flavour::Dns)
}

/// Dissect one message of any of the three protocols.
pub fn message(l: &mut Layer<'_, '_>, flavour: Flavour) -> Done {
    if l.captured() == 0 {
        return Err(Stop::NotMine); // the beginning of a datagram, quoted or cut off before the message
    }
    // Whatever comes through a TCP stream has a note from its framer.
    let note = l.cx.packet.message_note;
    let start = if note == NONE { 0 } else { 2 };
    if l.scanning() {
        if note == NONE {
            link(l)?;
        }
        return Ok(());
    }
    let (short, title) = flavour.names();
    l.protocol(short);
    l.info(|_| {});
    let id = l.peek_u16(start)?;
    let flags = l.peek_u16(start + 2)?;
    let response = flags & 0x8000 != 0;
    let root = l.root();
    l.label(root, |out| {
        let kind = if response { "response" } else { "query" };
        let _ = write!(out, "{title} ({kind})");
    });
    l.info(|out| summary(out, id, flags));
    let links = l.wants_any(LINKS);
    let note = if !links {
        None
    } else if note == NONE {
        let (frame, ordinal) = (l.cx.frame.number, l.cx.packet.transport_ordinal);
        l.facts().note(frame, TAG, ordinal).copied()
    } else {
        l.facts().notes.get(note as usize).copied()
    };
    if start > 0 {
        l.u16(&LENGTH)?;
    }
    l.u16(&ID)?;
    let id_node = l.last();
    if let Some(note) = &note {
        repeated(l, id_node, response, note);
    }
    flag_bits(l, flavour, flags)?;
    let opcode = flags >> 11 & 15;
    let m = Message {
        start,
        flavour,
        update: opcode == 5,
    };
    let counts: [&'static Field; 4] = if m.update {
        [&ZONES, &PREREQUISITES, &UPDATES, &ADDITIONAL]
    } else {
        [&QUESTIONS, &ANSWERS, &AUTHORITY, &ADDITIONAL]
    };
    let mut numbers = [0; 4];
    for (number, field) in numbers.iter_mut().zip(counts) {
        *number = l.u16(field)?;
    }
    if opcode == 6 && numbers == [0; 4] {
        session::elements(l)?;
    } else {
        let titles = if m.update {
            ["Zone", "Prerequisites", "Updates", "Additional records"]
        } else {
            [
                "Queries",
                "Answers",
                "Authoritative nameservers",
                "Additional records",
            ]
        };
        for (section, (number, title)) in numbers.into_iter().zip(titles).enumerate() {
            if number == 0 {
                continue;
            }
            let at = l.pos();
            let group = l.open_text(at, l.captured().saturating_sub(at), |out| {
                out.push_str(title);
            });
            for _ in 0..number {
                if section == 0 {
                    question(l, &m)?;
                } else {
                    rdata::record(l, &m)?;
                }
            }
            let end = l.pos();
            l.close_at(group, end);
        }
    }
    if links {
        linked(l, response, note.as_ref());
    }
    extraneous(l);
    Ok(())
}

/// The beginning of the line in the packet list.
fn summary(out: &mut String, id: u16, flags: u16) {
    let opcode = u64::from(flags >> 11 & 15);
    match values::word(values::OPCODES, opcode) {
        Some(word) => out.push_str(word),
        None => {
            let _ = write!(out, "Unknown operation ({opcode})");
        }
    }
    if flags & 0x8000 != 0 {
        out.push_str(" response");
    }
    let _ = write!(out, " 0x{id:04x}");
    let rcode = u64::from(flags & 15);
    if flags & 0x8000 != 0 && rcode != 0 {
        match values::word(values::RCODES, rcode) {
            Some(word) => {
                let _ = write!(out, " {word}");
            }
            None => {
                let _ = write!(out, " Unknown error ({rcode})");
            }
        }
    }
}

/// The flags: what kind of message, and how it went.
fn flag_bits(l: &mut Layer<'_, '_>, flavour: Flavour, flags: u16) -> Done {
    let at = l.pos();
    let response = flags & 0x8000 != 0;
    l.u16(&FLAGS)?;
    let node = l.last();
    l.append(node, |out| {
        let opcode = u64::from(flags >> 11 & 15);
        out.push(' ');
        out.push_str(values::word(values::OPCODES, opcode).unwrap_or("Unknown operation"));
        if response {
            let rcode = u64::from(flags & 15);
            out.push_str(" response, ");
            out.push_str(values::word(values::RCODES, rcode).unwrap_or("Unknown error"));
        }
    });
    l.enter();
    let link_local = flavour == Flavour::LinkLocal;
    let bits: [(bool, &'static Field); 14] = [
        (true, &RESPONSE),
        (true, &OPCODE),
        (response && !link_local, &AUTHORITATIVE),
        (link_local && !response, &CONFLICT_QUERY),
        (link_local && response, &CONFLICT_RESPONSE),
        (true, &TRUNCATED),
        (!link_local, &RECURSION_DESIRED),
        (link_local, &TENTATIVE),
        (response && !link_local, &RECURSION_AVAILABLE),
        (!link_local, &Z),
        (response && !link_local, &AUTHENTICATED),
        (
            !response && !link_local && flags & 0x20 != 0,
            &AUTHENTICATED_QUERY,
        ),
        (!link_local, &CHECKING_DISABLED),
        (response, &RCODE),
    ];
    for (shown, field) in bits {
        if shown {
            l.bits(field, at, 2)?;
        }
    }
    l.close();
    Ok(())
}

/// A question: which name, which type of record.
fn question(l: &mut Layer<'_, '_>, m: &Message) -> Done {
    let at = l.pos();
    let name = name::read(l, m.start, at)?;
    let kind = l.peek_u16(at + name.used)?;
    let class = l.peek_u16(at + name.used + 2)?;
    let multicast = m.flavour == Flavour::Multicast;
    let unicast_wanted = if class & 0x8000 != 0 { "QU" } else { "QM" };
    l.info_append(|out| {
        out.push(' ');
        values::push_type(kind, out);
        out.push(' ');
        name.push(out);
        if multicast {
            let _ = write!(out, ", \"{unicast_wanted}\" question");
        }
    });
    l.open_text(at, name.used + 4, |out| {
        name.push(out);
        out.push_str(": type ");
        values::push_type(kind, out);
        out.push_str(", class ");
        push_class(m, class, out);
        if multicast {
            let _ = write!(out, ", \"{unicast_wanted}\" question");
        }
    });
    let value = name.value(l);
    l.add(&QUERY_NAME, at, name.used, value);
    let len = Value::U(name.shown_len() as u64);
    l.add(&QUERY_NAME_LEN, at, name.used, len);
    let labels = Value::U(name.labels() as u64);
    l.add(&LABELS, at, name.used, labels);
    l.seek(at + name.used);
    l.u16(&QUERY_TYPE)?;
    if multicast {
        let pos = l.pos();
        l.bits(&QUERY_CLASS_MULTICAST, pos, 2)?;
        l.bits(&QUERY_UNICAST, pos, 2)?;
        l.skip(2);
    } else {
        l.u16(&QUERY_CLASS)?;
    }
    l.close();
    Ok(())
}

/// Append the word for a class.
fn push_class(m: &Message, class: u16, out: &mut String) {
    let class = if m.flavour == Flavour::Multicast {
        class & 0x7fff
    } else {
        class
    };
    out.push_str(values::word(values::CLASSES, u64::from(class)).unwrap_or("Unknown"));
}

/// Bytes behind the last record: padding, or something hidden.
fn extraneous(l: &mut Layer<'_, '_>) {
    let at = l.pos();
    let len = l.left();
    if len == 0 {
        return;
    }
    l.open_text(at, len, |out| {
        let _ = write!(out, "Extraneous Data ({len} bytes)");
    });
    let value = l.slice(at, len.min(l.captured().saturating_sub(at)));
    l.add(&EXTRANEOUS_DATA, at, len, value);
    let count = i64::try_from(len).unwrap_or(i64::MAX);
    // The yardstick counts the place of the message twice here.
    let place = at.saturating_add(l.region().base as usize);
    l.generated(&EXTRANEOUS_LENGTH, place, Value::I(count));
    let line = l.text(at, len, |out| out.push_str("Extraneous data"));
    l.issue(line, &EXTRANEOUS);
    l.close();
}

// ---- who answers whom -------------------------------------------------------------------------------------------------

/// Whose notes these are.
const TAG: u16 = tag(b"DN");
/// In a note: the frame of the answer (of a query) or of the query (of an answer); 0 = none.
const OTHER: usize = 0;
/// In a note: the frame of which this one is a repetition; 0 = it is none.
const FIRST: usize = 1;
/// In a query's note: its time, upper and lower half.
const TIME: usize = 2;

/// The same query again within this time is a repetition, later a new query that happens to have the number.
const REPETITION_NS: i64 = 5_000_000_000;

/// Take a message into the history of its conversation. `pending` is the note of the query that has its number now.
/// Returns the note of this message and whether it is the query that has the number from now on.
fn track(
    facts: &mut Facts,
    pending: Option<u32>,
    (frame, ordinal, time_ns): (u32, u16, i64),
    response: bool,
) -> (u32, bool) {
    let at = u32::try_from(facts.notes.len()).unwrap_or(NONE);
    let mut values = [0; 7];
    let mut taken = false;
    let query = pending.and_then(|p| facts.notes.get_mut(p as usize));
    if response {
        if let Some(query) = query {
            if query.values[OTHER] == 0 {
                query.values[OTHER] = frame;
                values[OTHER] = query.frame;
            } else {
                values[FIRST] = query.values[OTHER];
            }
        }
    } else {
        match query {
            Some(query)
                if query.values[OTHER] == 0
                    && time_ns.saturating_sub(sent(query)) < REPETITION_NS =>
            {
                values[FIRST] = query.frame;
            }
            _ => {
                taken = true;
                values[TIME] = (time_ns >> 32) as u32;
                values[TIME + 1] = time_ns as u32;
            }
        }
    }
    facts.notes.push(Note {
        frame,
        tag: TAG,
        ordinal,
        values,
    });
    (at, taken)
}

/// When the query of a note was sent.
fn sent(query: &Note) -> i64 {
    i64::from(query.values[TIME]) << 32 | i64::from(query.values[TIME + 1])
}

/// In the scan: link a datagram with what came before in its conversation.
fn link(l: &mut Layer<'_, '_>) -> Done {
    let id = l.peek_u16(0)?;
    let response = l.peek_u8(2)? & 0x80 != 0;
    if l.cx.packet.quoted {
        return Ok(()); // an error message repeats it: it was not sent again
    }
    let key = RequestKey {
        tag: TAG,
        conversation: l.cx.packet.stream,
        id: u64::from(id),
    };
    let place = (
        l.cx.frame.number,
        l.cx.packet.transport_ordinal,
        l.cx.frame.time_ns,
    );
    if let Some((history, facts)) = l.scan() {
        let pending = history.requested(&key);
        if response && pending.is_none() {
            return Ok(());
        }
        let (note, taken) = track(facts, pending, place, response);
        if taken {
            history.request(key, note);
        }
    }
    Ok(())
}

/// Say that the message was sent before.
fn repeated(l: &mut Layer<'_, '_>, at: NodeId, response: bool, note: &Note) {
    let first = note.values[FIRST];
    if first == 0 {
        return;
    }
    let (issue, what) = if response {
        (&REPEATED_RESPONSE, "Answer")
    } else {
        (&REPEATED_QUERY, "Query")
    };
    l.issue_with(at, issue, |out| {
        let _ = write!(out, "{what} repeated, first seen in frame {first}");
    });
}

/// What the history tells of a message.
static LINKS: &[&Field] = &[
    &REPEATS_RESPONSE_IN,
    &REPEATS_QUERY_IN,
    &REPETITION,
    &RESPONSE_IN,
    &RESPONSE_TO,
    &RESPONSE_TIME,
    &UNSOLICITED,
    &REPEATED_RESPONSE.field,
    &REPEATED_QUERY.field,
];

/// The links to the other frames of the exchange.
fn linked(l: &mut Layer<'_, '_>, response: bool, note: Option<&Note>) {
    let (other, first) = note.map_or((0, 0), |n| (n.values[OTHER], n.values[FIRST]));
    let link = |frame: u32| Value::U(u64::from(frame));
    match (response, other, first) {
        (_, _, 1..) => {
            let field = if response {
                &REPEATS_RESPONSE_IN
            } else {
                &REPEATS_QUERY_IN
            };
            l.generated(field, 0, link(first));
            l.generated(&REPETITION, 0, Value::U(1));
        }
        (false, 1.., _) => {
            l.generated(&RESPONSE_IN, 0, link(other));
        }
        (true, 1.., _) => {
            l.generated(&RESPONSE_TO, 0, link(other));
            if let Some(time) = l.since(other) {
                l.generated(&RESPONSE_TIME, 0, time);
            }
        }
        (true, 0, 0) => {
            l.generated(&UNSOLICITED, 0, Value::U(1));
        }
        (false, 0, 0) => {}
    }
}

fn framer() -> Box<dyn Framer> {
    Box::new(Messages::default())
}

/// Finds the messages in a TCP stream: each has two bytes with its length before it (RFC 1035 section 4.2.2).
#[derive(Default)]
struct Messages {
    pending: HashMap<u16, u32, foldhash::fast::RandomState>,
    /// Of the message at hand in each direction: its number and whether it is a response.
    heads: [(u16, bool); 2],
}

impl Framer for Messages {
    fn step(&mut self, direction: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        let [a, b, rest @ ..] = bytes else {
            return Step::Need;
        };
        let len = u16::from_be_bytes([*a, *b]);
        match rest {
            _ if len < 4 => self.heads[direction as usize] = (0, true),
            [c, d, flags, ..] => {
                self.heads[direction as usize] = (u16::from_be_bytes([*c, *d]), flags & 0x80 != 0);
            }
            _ => return Step::Need,
        }
        Step::End(2 + u64::from(len))
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let (id, response) = self.heads[direction as usize];
        let place = (context.frame, 0, context.time_ns);
        let pending = self.pending.get(&id).copied();
        let (note, taken) = track(context.facts, pending, place, response);
        if taken {
            self.pending.insert(id, note);
        }
        note
    }
}

/// Whether a datagram on any port looks like DNS: a standard query with one question, or an answer with sensible counts.
fn recognise(bytes: &[u8]) -> bool {
    let Some((head, [_, ..])) = bytes.split_first_chunk::<12>() else {
        return false;
    };
    let number = |at: usize| u16::from_be_bytes([head[at], head[at + 1]]);
    let (flags, questions, answers) = (number(2), number(4), number(6));
    let (authority, additional) = (number(8), number(10));
    if flags & 0x7800 != 0 || additional > 10 {
        return false;
    }
    if flags & 0x8000 != 0 {
        questions <= 1 && answers <= 100 && authority <= 10
    } else {
        questions == 1 && answers == 0 && authority == 0
    }
}
