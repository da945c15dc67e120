//! Router renumbering (RFC 2894): one message tells all routers of a site to replace prefixes that match by new ones.
//!
//! ```text
//! +-----------------+---------+-------+-----------+
//! | sequence number | segment | flags | max delay |  then 4 bytes kept for later
//! +-----------------+---------+-------+-----------+
//! | commands: a match, 24 bytes, and new prefixes, 32 bytes each; or results, 24 bytes each
//! +-----------------------------------------------+
//! ```

use std::fmt::Write as _;

use super::fields::RESERVED;
use super::parts::{flags, leftover, seconds};
use super::{MATCH_LENGTH, MATCHED_LENGTH};
use crate::dissect::{Done, Layer, Value};
use crate::flow::address::Address;

crate::fields! {
    /// Grows with every set of commands, so that old ones are not obeyed again.
    RR_SEQUENCE_NUMBER = Field::new("icmpv6.rr.sequence_number", "Sequence Number", Kind::U32).spec("RFC 2894 section 3.1");
    /// Tells apart the parts of a set of commands.
    RR_SEGMENT_NUMBER = Field::new("icmpv6.rr.segment_number", "Segment Number", Kind::U8).spec("RFC 2894 section 3.1");
    /// How the commands are meant.
    RR_FLAG = Field::new("icmpv6.rr.flag", "Flags", Kind::U8).hex().spec("RFC 2894 section 3.1");
    /// Only a test: nothing shall be changed.
    RR_FLAG_T = Field::new("icmpv6.rr.flag.t", "Test Command", Kind::Bool).mask(0x80).flag().spec("RFC 2894 section 3.1");
    /// Routers shall say what they did.
    RR_FLAG_R = Field::new("icmpv6.rr.flag.r", "Result requested", Kind::Bool).mask(0x40).flag().spec("RFC 2894 section 3.1");
    /// Interfaces that are switched off are meant too.
    RR_FLAG_A = Field::new("icmpv6.rr.flag.a", "All Interfaces", Kind::Bool).mask(0x20).flag().spec("RFC 2894 section 3.1");
    /// Only interfaces of the same site are meant.
    RR_FLAG_S = Field::new("icmpv6.rr.flag.s", "Site-specific", Kind::Bool).mask(0x10).flag().spec("RFC 2894 section 3.1");
    /// This result is about commands that had been obeyed before.
    RR_FLAG_P = Field::new("icmpv6.rr.flag.p", "Processed previously", Kind::Bool).mask(0x8).flag().spec("RFC 2894 section 3.1");
    /// Kept for later.
    RR_FLAG_RSV = Field::new("icmpv6.rr.flag.rsv", "Reserved", Kind::U8).mask(0x7).spec("RFC 2894 section 3.1");
    /// Longest time to wait before answering, in milliseconds.
    RR_MAXDELAY = Field::new("icmpv6.rr.maxdelay", "Max Delay", Kind::U16).spec("RFC 2894 section 3.1");
    /// Which prefixes are meant.
    RR_PCO_MP = Field::new("icmpv6.rr.pco.mp", "Match-Prefix Part", Kind::None).spec("RFC 2894 section 3.2.1.1");
    /// What to do with new prefixes: add them, put them in place of the one found, or of all.
    RR_PCO_MP_OPCODE = Field::new("icmpv6.rr.pco.mp.opcode", "OpCode", Kind::U8).values(&[(1, "Add"), (2, "Change"), (3, "Set Global")]).spec("RFC 2894 section 3.2.1.1");
    /// Length of the whole command, in units of 8 bytes.
    RR_PCO_MP_OPLENGTH = Field::new("icmpv6.rr.pco.mp.oplength", "OpLength", Kind::U8).spec("RFC 2894 section 3.2.1.1");
    /// Number of the command; a result repeats it.
    RR_PCO_MP_ORDINAL = Field::new("icmpv6.rr.pco.mp.ordinal", "Ordinal", Kind::U8).hex().spec("RFC 2894 section 3.2.1.1");
    /// How many bits must be equal.
    RR_PCO_MP_MATCHLEN = Field::new("icmpv6.rr.pco.mp.matchlen", "MatchLen", Kind::U8).spec("RFC 2894 section 3.2.1.1");
    /// Shortest length of a prefix that is meant.
    RR_PCO_MP_MINLEN = Field::new("icmpv6.rr.pco.mp.minlen", "MinLen", Kind::U8).spec("RFC 2894 section 3.2.1.1");
    /// Longest length of a prefix that is meant.
    RR_PCO_MP_MAXLEN = Field::new("icmpv6.rr.pco.mp.maxlen", "MaxLen", Kind::U8).spec("RFC 2894 section 3.2.1.1");
    /// What they must be equal to.
    RR_PCO_MP_MATCHPREFIX = Field::new("icmpv6.rr.pco.mp.matchprefix", "MatchPrefix", Kind::Ipv6).spec("RFC 2894 section 3.2.1.1");
    /// A new prefix.
    RR_PCO_UP = Field::new("icmpv6.rr.pco.up", "Use-Prefix Part", Kind::None).spec("RFC 2894 section 3.2.1.2");
    /// How many bits are taken from the new prefix.
    RR_PCO_UP_USELEN = Field::new("icmpv6.rr.pco.up.uselen", "UseLen", Kind::U8).spec("RFC 2894 section 3.2.1.2");
    /// How many bits behind them are kept from the old one.
    RR_PCO_UP_KEEPLEN = Field::new("icmpv6.rr.pco.up.keeplen", "KeepLen", Kind::U8).spec("RFC 2894 section 3.2.1.2");
    /// Which flags are taken from this command.
    RR_PCO_UP_FLAGMASK = Field::new("icmpv6.rr.pco.up.flagmask", "FlagMask", Kind::U8).hex().spec("RFC 2894 section 3.2.1.2");
    /// Hosts with this prefix are on the same link.
    RR_PCO_UP_FLAGMASK_L = Field::new("icmpv6.rr.pco.up.flagmask.l", "On-link flag(L)", Kind::Bool).mask(0x80).flag().spec("RFC 2894 section 3.2.1.2");
    /// Hosts may make addresses of their own with it.
    RR_PCO_UP_FLAGMASK_A = Field::new("icmpv6.rr.pco.up.flagmask.a", "Autonomous address-configuration flag(A)", Kind::Bool).mask(0x40).flag().spec("RFC 2894 section 3.2.1.2");
    /// Kept for later.
    RR_PCO_UP_FLAGMASK_RESERVED = Field::new("icmpv6.rr.pco.up.flagmask.reserved", "Reserved", Kind::U8).mask(0x3f).spec("RFC 2894 section 3.2.1.2");
    /// The new values of those flags.
    RR_PCO_UP_RAFLAGS = Field::new("icmpv6.rr.pco.up.raflags", "RAFlags", Kind::U8).hex().spec("RFC 2894 section 3.2.1.2");
    /// For how many seconds addresses made with the prefix may be used.
    RR_PCO_UP_VALIDLIFETIME = Field::new("icmpv6.rr.pco.up.validlifetime", "Valid Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 2894 section 3.2.1.2");
    /// For how many seconds they may be used for new connections.
    RR_PCO_UP_PREFERREDLIFETIME = Field::new("icmpv6.rr.pco.up.preferredlifetime", "Preferred Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 2894 section 3.2.1.2");
    /// How the two times run.
    RR_PCO_UP_FLAG = Field::new("icmpv6.rr.pco.up.flag", "Flags", Kind::U32).hex().spec("RFC 2894 section 3.2.1.2");
    /// The first time counts down from now on.
    RR_PCO_UP_FLAG_V = Field::new("icmpv6.rr.pco.up.flag.v", "Decrement valid lifetime", Kind::Bool).mask(0x80000000).width(32).flag().spec("RFC 2894 section 3.2.1.2");
    /// The second time counts down from now on.
    RR_PCO_UP_FLAG_P = Field::new("icmpv6.rr.pco.up.flag.p", "Decrement preferred lifetime", Kind::Bool).mask(0x40000000).width(32).flag().spec("RFC 2894 section 3.2.1.2");
    /// Kept for later.
    RR_PCO_UP_FLAG_RESERVED = Field::new("icmpv6.rr.pco.up.flag.reserved", "Reserved", Kind::U32).mask(0x3fffffff).spec("RFC 2894 section 3.2.1.2");
    /// The new prefix.
    RR_PCO_UP_USEPREFIX = Field::new("icmpv6.rr.pco.up.useprefix", "UsePrefix", Kind::Ipv6).spec("RFC 2894 section 3.2.1.2");
    /// What a router did for one command.
    RR_RM = Field::new("icmpv6.rr.rm", "Result Message", Kind::None).spec("RFC 2894 section 3.2.2");
    /// How it went.
    RR_RM_FLAG = Field::new("icmpv6.rr.rm.flag", "Flags", Kind::U16).hex().spec("RFC 2894 section 3.2.2");
    /// Kept for later.
    RR_RM_FLAG_RESERVED = Field::new("icmpv6.rr.rm.flag.reserved", "Reserved", Kind::U16).mask(0xfffc).spec("RFC 2894 section 3.2.2");
    /// The new prefix would have been too long.
    RR_RM_FLAG_B = Field::new("icmpv6.rr.rm.flag.b", "Bounds", Kind::Bool).mask(0x2).width(16).flag().spec("RFC 2894 section 3.2.2");
    /// The new prefix is not allowed.
    RR_RM_FLAG_F = Field::new("icmpv6.rr.rm.flag.f", "Forbidden", Kind::Bool).mask(0x1).width(16).flag().spec("RFC 2894 section 3.2.2");
    /// Number of the command.
    RR_RM_ORDINAL = Field::new("icmpv6.rr.rm.ordinal", "Ordinal", Kind::U8).hex().spec("RFC 2894 section 3.2.2");
    /// Length of the prefix that fitted.
    RR_RM_MATCHEDLEN = Field::new("icmpv6.rr.rm.matchedlen", "MatchedLen", Kind::U8).spec("RFC 2894 section 3.2.2");
    /// The router's interface that had it.
    RR_RM_INTERFACEINDEX = Field::new("icmpv6.rr.rm.interfaceindex", "InterfaceIndex", Kind::U32).spec("RFC 2894 section 3.2.2");
    /// The prefix that fitted.
    RR_RM_MATCHEDPREFIX = Field::new("icmpv6.rr.rm.matchedprefix", "MatchedPrefix", Kind::Ipv6).spec("RFC 2894 section 3.2.2");
}

/// Length of a match and of a result.
const MATCH_SIZE: usize = 24;
/// Length of a new prefix.
const USE_SIZE: usize = 32;

/// The message behind the checksum.
pub(super) fn message(l: &mut Layer<'_, '_>, code: u8) -> Done {
    l.u32(&RR_SEQUENCE_NUMBER)?;
    l.u8(&RR_SEGMENT_NUMBER)?;
    flags(
        l,
        &RR_FLAG,
        1,
        &[
            &RR_FLAG_T,
            &RR_FLAG_R,
            &RR_FLAG_A,
            &RR_FLAG_S,
            &RR_FLAG_P,
            &RR_FLAG_RSV,
        ],
    )?;
    l.u16(&RR_MAXDELAY)?;
    l.bytes(&RESERVED, 4)?;
    match code {
        0 => {
            while l.left() > 0 {
                command(l)?;
            }
        }
        1 => {
            while l.left() > 0 {
                result(l)?;
            }
        }
        _ => {
            let end = l.pos() + l.left();
            leftover(l, end)?;
        }
    }
    Ok(())
}

/// A prefix control operation: what to look for, and what to use in its place (RFC 2894 section 3.2.1).
fn command(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let root = l.open(&RR_PCO_MP, at, MATCH_SIZE, Value::None);
    let opcode = l.u8(&RR_PCO_MP_OPCODE)?;
    let len = usize::from(l.u8(&RR_PCO_MP_OPLENGTH)?) * 8;
    l.u8(&RR_PCO_MP_ORDINAL)?;
    let bits = l.u8(&RR_PCO_MP_MATCHLEN)?;
    if bits > 128 {
        let id = l.last();
        l.issue(id, &MATCH_LENGTH);
    }
    let shortest = l.u8(&RR_PCO_MP_MINLEN)?;
    let longest = l.u8(&RR_PCO_MP_MAXLEN)?;
    l.bytes(&RESERVED, 2)?;
    let prefix = l.ipv6(&RR_PCO_MP_MATCHPREFIX)?;
    l.append(root, |out| {
        let name = RR_PCO_MP_OPCODE.name_of(u64::from(opcode));
        let _ = write!(
            out,
            ": {} {}/{bits} ({shortest}-{longest})",
            name.unwrap_or("Unknown"),
            Address::V6(prefix)
        );
    });
    l.close();
    while l.pos() + USE_SIZE <= at + len {
        replacement(l)?;
    }
    leftover(l, at + len)
}

/// A new prefix.
fn replacement(l: &mut Layer<'_, '_>) -> Done {
    let root = l.open(&RR_PCO_UP, l.pos(), USE_SIZE, Value::None);
    let bits = l.u8(&RR_PCO_UP_USELEN)?;
    let keep = l.u8(&RR_PCO_UP_KEEPLEN)?;
    let parts: &[&'static Field] = &[
        &RR_PCO_UP_FLAGMASK_L,
        &RR_PCO_UP_FLAGMASK_A,
        &RR_PCO_UP_FLAGMASK_RESERVED,
    ];
    flags(l, &RR_PCO_UP_FLAGMASK, 1, parts)?;
    flags(l, &RR_PCO_UP_RAFLAGS, 1, parts)?;
    seconds(l, &RR_PCO_UP_VALIDLIFETIME)?;
    seconds(l, &RR_PCO_UP_PREFERREDLIFETIME)?;
    flags(
        l,
        &RR_PCO_UP_FLAG,
        4,
        &[
            &RR_PCO_UP_FLAG_V,
            &RR_PCO_UP_FLAG_P,
            &RR_PCO_UP_FLAG_RESERVED,
        ],
    )?;
    let prefix = l.ipv6(&RR_PCO_UP_USEPREFIX)?;
    l.append(root, |out| {
        let _ = write!(out, ": {}/{bits} (keep {keep})", Address::V6(prefix));
    });
    l.close();
    Ok(())
}

/// What a router did for one command (RFC 2894 section 3.2.2).
fn result(l: &mut Layer<'_, '_>) -> Done {
    let root = l.open(&RR_RM, l.pos(), MATCH_SIZE, Value::None);
    flags(
        l,
        &RR_RM_FLAG,
        2,
        &[&RR_RM_FLAG_RESERVED, &RR_RM_FLAG_B, &RR_RM_FLAG_F],
    )?;
    l.u8(&RR_RM_ORDINAL)?;
    let bits = l.u8(&RR_RM_MATCHEDLEN)?;
    if bits > 128 {
        let id = l.last();
        l.issue(id, &MATCHED_LENGTH);
    }
    let interface = l.u32(&RR_RM_INTERFACEINDEX)?;
    let prefix = l.ipv6(&RR_RM_MATCHEDPREFIX)?;
    l.append(root, |out| {
        let _ = write!(
            out,
            ": {}/{bits} (interface {interface})",
            Address::V6(prefix)
        );
    });
    l.close();
    Ok(())
}
