//! NBNS, the NetBIOS name service (RFC 1001, RFC 1002): how Windows machines found each other by name before DNS took over. A
//! host registers its names by saying them aloud, or with a name server (WINS); others ask for them. The message has the form
//! of DNS: header, questions, records; the names have one of their own ([`name`]).

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Stop, Table};
use crate::field::Field;

pub mod fields;
pub mod name;

#[cfg(test)]
mod tests;

use fields::*;
use name::Name;

/// The NetBIOS name service.
pub static NBNS: Protocol = Protocol {
    spec: "RFC 1002 section 4.2",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::UdpPort, 137)],
    ..Protocol::new("nbns", "NetBIOS Name Service", "NBNS", dissect)
};

/// "Wait a moment": the server must first ask the name's owner. Its record holds the flags of the request.
const WAIT: u16 = 7;

/// Types of records.
const NB: u16 = 32;
const NBSTAT: u16 = 33;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.reported() == 0 {
        return Err(Stop::NotMine);
    }
    l.protocol("NBNS");
    if l.scanning() {
        return Ok(());
    }
    l.info(|_| {});
    let flags = l.peek_u16(2)?;
    l.u16(&ID)?;
    l.info(|out| summary(out, flags));
    flag_bits(l, true)?;
    let mut counts = [0; 4];
    for (count, field) in counts
        .iter_mut()
        .zip([&QUERIES, &ANSWERS, &AUTHORITY, &ADDITIONAL])
    {
        *count = l.u16(field)?;
    }
    let titles = [
        "Queries",
        "Answers",
        "Authoritative nameservers",
        "Additional records",
    ];
    for (section, (count, title)) in counts.into_iter().zip(titles).enumerate() {
        if count == 0 {
            continue;
        }
        let at = l.pos();
        let room = l.captured().saturating_sub(at);
        let group = l.open_text(at, room, |out| out.push_str(title));
        for _ in 0..count {
            if section == 0 {
                question(l, flags & 0x8000 == 0)?;
            } else {
                record(l, flags >> 11 & 15, section == 1)?;
            }
        }
        let end = l.pos();
        l.close_at(group, end);
    }
    Ok(())
}

/// The beginning of the line in the packet list.
fn summary(out: &mut String, flags: u16) {
    let opcode = u64::from(flags >> 11 & 15);
    match OPCODE.name_of(opcode) {
        Some(word) => out.push_str(word),
        None => {
            let _ = write!(out, "Unknown operation ({opcode})");
        }
    }
    if flags & 0x8000 != 0 {
        out.push_str(" response");
        if flags & 15 != 0 {
            out.push_str(", ");
            out.push_str(
                RCODE
                    .name_of(u64::from(flags & 15))
                    .unwrap_or("Unknown error"),
            );
        }
    }
}

/// The flags of a message (or, in a record, those of the request that must wait), and each bit below them.
fn flag_bits(l: &mut Layer<'_, '_>, own: bool) -> Done {
    let at = l.pos();
    let flags = l.u16(&FLAGS)?;
    let response = flags & 0x8000 != 0;
    let node = l.last();
    l.append(node, |out| {
        if response {
            out.push_str(", Response");
        }
        out.push_str(", Opcode: ");
        out.push_str(
            OPCODE
                .name_of(u64::from(flags >> 11 & 15))
                .unwrap_or("Unknown"),
        );
        for (shown, field) in [
            (response, &AUTHORITATIVE),
            (true, &TRUNCATED),
            (true, &RECURSION_DESIRED),
            (response, &RECURSION_AVAILABLE),
            (true, &BROADCAST),
        ] {
            if shown && u64::from(flags) & field.mask != 0 {
                out.push_str(", ");
                out.push_str(field.label);
            }
        }
        if response && own {
            out.push_str(", Reply code: ");
            out.push_str(RCODE.name_of(u64::from(flags & 15)).unwrap_or("Unknown"));
        }
    });
    l.enter();
    let bits: [(bool, &'static Field); 8] = [
        (true, &RESPONSE),
        (true, &OPCODE),
        (response, &AUTHORITATIVE),
        (true, &TRUNCATED),
        (true, &RECURSION_DESIRED),
        (response, &RECURSION_AVAILABLE),
        (true, &BROADCAST),
        (response && own, &RCODE),
    ];
    for (shown, field) in bits {
        if shown {
            l.bits(field, at, 2)?;
        }
    }
    l.close();
    Ok(())
}

/// The word for a type or a class.
fn word(field: &Field, value: u16) -> &'static str {
    field.name_of(u64::from(value)).unwrap_or("Unknown")
}

/// The line of a question or record; its parts follow below.
fn line(l: &mut Layer<'_, '_>, at: usize, len: usize, name: &Name, (kind, class): (u16, u16)) {
    l.open_text(at, len, |out| {
        let (kind, class) = (word(&TYPE, kind), word(&CLASS, class));
        let _ = write!(out, "{}: type {kind}, class {class}", name.text);
    });
}

/// A question. Those of a query are told in the packet list.
fn question(l: &mut Layer<'_, '_>, told: bool) -> Done {
    let at = l.pos();
    let name = name::read(l, at)?;
    let kind = l.peek_u16(at + name.used)?;
    let class = l.peek_u16(at + name.used + 2)?;
    if told {
        l.info_append(|out| {
            let _ = write!(out, " {} {}", word(&TYPE, kind), name.text);
        });
    }
    line(l, at, name.used + 4, &name, (kind, class));
    let value = l.made(name.text.as_bytes());
    let node = l.add(&NAME, at, name.used, value);
    l.label(node, |out| {
        let _ = write!(out, "Name: {}", name.described());
    });
    l.skip(name.used);
    l.u16(&TYPE)?;
    l.u16(&CLASS)?;
    l.close();
    Ok(())
}

/// A record. Those of the answers are told in the packet list.
fn record(l: &mut Layer<'_, '_>, opcode: u16, told: bool) -> Done {
    let at = l.pos();
    let name = name::read(l, at)?;
    let head = at + name.used;
    let kind = l.peek_u16(head)?;
    let class = l.peek_u16(head + 2)?;
    let len = usize::from(l.peek_u16(head + 8)?);
    if told && kind != NB {
        l.info_append(|out| {
            let _ = write!(out, " {}", word(&TYPE, kind));
        });
    }
    // A record that was cut off is not shown in part.
    let whole = name.used + 10 + len;
    l.need(at, whole)?;
    line(l, at, whole, &name, (kind, class));
    let text = if kind == NB {
        name.described()
    } else {
        name.text
    };
    let value = l.made(text.as_bytes());
    // The first byte of the name, a length, is left out here.
    l.add(&NAME, at + 1, name.used.saturating_sub(1), value);
    l.seek(head);
    l.u16(&TYPE)?;
    l.u16(&CLASS)?;
    l.u32(&TTL)?;
    l.u16(&DATA_LENGTH)?;
    let data = l.pos();
    match kind {
        NB if opcode == WAIT => {
            let mut left = len;
            while left > 0 {
                if left < 2 {
                    incomplete(l, left);
                    break;
                }
                flag_bits(l, false)?;
                left -= 2;
            }
        }
        NB => {
            addresses(l, len)?;
            if told {
                let b = l.peek(data + 2, 4)?;
                l.info_append(|out| {
                    let _ = write!(out, " NB {}.{}.{}.{}", b[0], b[1], b[2], b[3]);
                });
            }
        }
        NBSTAT => status(l, len)?,
        _ => {
            l.bytes(&DATA, len)?;
        }
    }
    l.close();
    l.seek(data + len);
    Ok(())
}

/// Say that the record ends inside of one of its parts.
fn incomplete(l: &mut Layer<'_, '_>, left: usize) {
    let at = l.pos();
    let node = l.text(at, left, |out| out.push_str(INCOMPLETE.field.label));
    l.issue(node, &INCOMPLETE);
}

/// The addresses of a name, each with flags.
fn addresses(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let mut left = len;
    while left > 0 {
        if left < 2 {
            incomplete(l, left);
            return Ok(());
        }
        owner_flags(l)?;
        left -= 2;
        if left < 4 {
            incomplete(l, left);
            return Ok(());
        }
        l.ipv4(&ADDR)?;
        left -= 4;
    }
    Ok(())
}

/// What kind of name it is, and how its owner finds names.
fn owner_flags(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let flags = l.u16(&NB_FLAGS)?;
    let node = l.last();
    l.append(node, |out| {
        name_type(out, flags, &NB_ONT);
        let node = ["B-node", "P-node", "M-node", "H-node"][usize::from(flags >> 13 & 3)];
        let kind = if flags & 0x8000 != 0 {
            "group"
        } else {
            "unique"
        };
        let _ = write!(out, " ({node}, {kind})");
    });
    l.enter();
    l.bits(&NB_GROUP, at, 2)?;
    l.bits(&NB_ONT, at, 2)?;
    l.close();
    Ok(())
}

/// The beginning of the line of a name's flags.
fn name_type(out: &mut String, flags: u16, nodes: &Field) {
    if flags & 0x8000 != 0 {
        out.push_str(", Name type");
    }
    out.push_str(", ONT: ");
    out.push_str(word(nodes, flags >> 13 & 3));
}

/// All names of a host, and what its network card has counted (RFC 1002 section 4.2.18).
fn status(l: &mut Layer<'_, '_>, len: usize) -> Done {
    if len == 0 {
        incomplete(l, 0);
        return Ok(());
    }
    let count = l.u8(&NUMBER_OF_NAMES)?;
    let mut left = len - 1;
    for _ in 0..count {
        if left < 16 {
            incomplete(l, left);
            return Err(Stop::Malformed);
        }
        own_name(l)?;
        left -= 16;
        if left < 2 {
            incomplete(l, left);
            return Err(Stop::Malformed);
        }
        own_flags(l)?;
        left -= 2;
    }
    let counts: [(&'static Field, usize); 18] = [
        (&UNIT_ID, 6),
        (&JUMPERS, 1),
        (&TEST_RESULT, 1),
        (&VERSION, 2),
        (&PERIOD, 2),
        (&CRCS, 2),
        (&ALIGNMENT_ERRORS, 2),
        (&COLLISIONS, 2),
        (&SEND_ABORTS, 2),
        (&GOOD_SENDS, 4),
        (&GOOD_RECEIVES, 4),
        (&RETRANSMITS, 2),
        (&NO_RESOURCES, 2),
        (&COMMAND_BLOCKS, 2),
        (&PENDING_SESSIONS, 2),
        (&MAX_PENDING_SESSIONS, 2),
        (&MAX_SESSIONS, 2),
        (&SESSION_SIZE, 2),
    ];
    for (field, size) in counts {
        if left < size {
            incomplete(l, left);
            return Err(Stop::Malformed);
        }
        if size == 6 {
            l.ether(field)?;
        } else {
            l.uint(field, size)?;
        }
        left -= size;
    }
    Ok(())
}

/// One of the host's names: 16 bytes as they are.
fn own_name(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let Ok(bytes) = <[u8; 16]>::try_from(l.peek(at, 16)?) else {
        return Err(Stop::Malformed);
    };
    let mut text = String::new();
    name::push_text(&bytes[..15], &mut text);
    let value = l.made(text.as_bytes());
    let node = l.add(&NETBIOS_NAME, at, 16, value);
    l.label(node, |out| {
        out.push_str("Name: ");
        name::push(&bytes, out);
        let _ = write!(out, " ({})", name::service(bytes[15]));
    });
    l.skip(16);
    Ok(())
}

/// What kind of name it is, and what state it is in.
fn own_flags(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let flags = l.u16(&NAME_FLAGS)?;
    let node = l.last();
    let bits: [&'static Field; 4] = [
        &NAME_DEREGISTERED,
        &NAME_CONFLICT,
        &NAME_ACTIVE,
        &NAME_PERMANENT,
    ];
    l.append(node, |out| {
        name_type(out, flags, &NAME_ONT);
        for field in bits {
            if u64::from(flags) & field.mask != 0 {
                out.push_str(", ");
                out.push_str(field.label);
            }
        }
    });
    l.enter();
    l.bits(&NAME_GROUP, at, 2)?;
    l.bits(&NAME_ONT, at, 2)?;
    for field in bits {
        l.bits(field, at, 2)?;
    }
    l.close();
    Ok(())
}
