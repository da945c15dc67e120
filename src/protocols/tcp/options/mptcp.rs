//! Multipath TCP (RFC 8684): one conversation over several paths at once, such as mobile network and WLAN. Each path is a TCP
//! connection of its own (a subflow); an option in it tells how the pieces belong together.

use std::fmt::Write as _;

use crate::dissect::tree::PROTOCOL;
use crate::dissect::{Done, Layer, Protocol, Stop, Value};

/// Multipath TCP: an option of TCP that counts as a protocol of its own.
pub static MPTCP: Protocol = Protocol {
    spec: "RFC 8684",
    fields: whole::FIELDS,
    issues: whole::ISSUES,
    ..Protocol::new(
        "mptcp",
        "Multipath Transmission Control Protocol",
        "MPTCP",
        not_alone,
    )
};

/// Nobody hands bytes to it: TCP's options do the work.
fn not_alone(_: &mut Layer<'_, '_>) -> Done {
    Err(Stop::NotMine)
}

crate::fields! {
    /// What this option says.
    SUBTYPE = Field::new("tcp.options.mptcp.subtype", "Multipath TCP subtype", Kind::U8).mask(0xf0).values(SUBTYPES).spec("RFC 8684 section 8.1");
    /// Version of Multipath TCP: 0 is the experiment of RFC 6824, 1 the standard.
    VERSION = Field::new("tcp.options.mptcp.version", "Multipath TCP version", Kind::U8).mask(0x0f).spec("RFC 8684 section 3.1");
    /// Kept for later.
    RESERVED = Field::new("tcp.options.mptcp.reserved", "Reserved", Kind::U16).hex().mask(0x0fff).spec("RFC 8684 section 3");
    /// The option's flags.
    FLAGS = Field::new("tcp.options.mptcp.flags", "Multipath TCP flags", Kind::U8).hex().spec("RFC 8684 section 3");
    /// The path is only to be used when no other is left.
    BACKUP = Field::new("tcp.options.mptcp.backup.flag", "Backup flag", Kind::U8).mask(0x01).spec("RFC 8684 section 3.2");
    /// The data has checksums of its own, against boxes that change it on the way.
    CHECKSUM_REQUIRED = Field::new("tcp.options.mptcp.checksumreq.flags", "Checksum required", Kind::U8).mask(0x80).spec("RFC 8684 section 3.1");
    /// More flags follow; not used so far.
    EXTENSIBILITY = Field::new("tcp.options.mptcp.extensibility.flag", "Extensibility", Kind::U8).mask(0x40).spec("RFC 8684 section 3.1");
    /// No further path may be opened to this address.
    NO_MORE = Field::new("tcp.options.mptcp.nomoresubflows.flag", "Do not attempt to establish new subflows to this address and port", Kind::U8).mask(0x20).spec("RFC 8684 section 3.1");
    /// Proofs are made with SHA-1 (version 0).
    SHA1 = Field::new("tcp.options.mptcp.sha1.flag", "Use HMAC-SHA1", Kind::U8).mask(0x01).spec("RFC 6824 section 3.1");
    /// Proofs are made with SHA-256.
    SHA256 = Field::new("tcp.options.mptcp.sha256.flag", "Use HMAC-SHA256", Kind::U8).mask(0x01).spec("RFC 8684 section 3.1");
    /// The sender has no more data on any path.
    DATA_FIN = Field::new("tcp.options.mptcp.datafin.flag", "DATA_FIN", Kind::U8).mask(0x10).spec("RFC 8684 section 3.3.3");
    /// The data sequence number has 8 bytes.
    SEQ8 = Field::new("tcp.options.mptcp.dseqn8.flag", "Data Sequence Number is 8 octets", Kind::U8).mask(0x08).spec("RFC 8684 section 3.3");
    /// The option says where the segment's bytes belong in the whole.
    MAPPED = Field::new("tcp.options.mptcp.dseqnpresent.flag", "Data Sequence Number, Subflow Sequence Number, Data-level Length, Checksum present", Kind::U8).mask(0x04).spec("RFC 8684 section 3.3");
    /// The data acknowledgment has 8 bytes.
    ACK8 = Field::new("tcp.options.mptcp.dataack8.flag", "Data ACK is 8 octets", Kind::U8).mask(0x02).spec("RFC 8684 section 3.3");
    /// The option acknowledges data of the whole.
    ACKED = Field::new("tcp.options.mptcp.dataackpresent.flag", "Data ACK is present", Kind::U8).mask(0x01).spec("RFC 8684 section 3.3");
    /// Flags kept for later.
    RESERVED_FLAGS = Field::new("tcp.options.mptcp.reserved.flag", "Reserved", Kind::U8).hex().mask(0x3e).spec("RFC 8684 section 3.1");
    /// Not used: sent as zero.
    FLAG_U = Field::new("tcp.options.mptcp.flag_U.flag", "Flag U", Kind::Bool).flag().width(4).mask(0x08).spec("RFC 8684 section 3.6");
    /// Not used: sent as zero.
    FLAG_V = Field::new("tcp.options.mptcp.flag_V.flag", "Flag V", Kind::Bool).flag().width(4).mask(0x04).spec("RFC 8684 section 3.6");
    /// Not used: sent as zero.
    FLAG_W = Field::new("tcp.options.mptcp.flag_W.flag", "Flag W", Kind::Bool).flag().width(4).mask(0x02).spec("RFC 8684 section 3.6");
    /// The trouble will pass: the path may be opened again later.
    FLAG_T = Field::new("tcp.options.mptcp.flag_T.flag", "Transient", Kind::Bool).flag().width(4).mask(0x01).spec("RFC 8684 section 3.6");
    /// Why the path is closed.
    RST_REASON = Field::new("tcp.options.mptcp.rst_reason", "TCPRST Reason", Kind::U8).hex().values(REASONS).spec("RFC 8684 section 3.6");
    /// Number of an address of the sender, so that both sides can speak of it.
    ADDRESS_ID = Field::new("tcp.options.mptcp.addrid", "Address ID", Kind::U8).spec("RFC 8684 section 3.2");
    /// The sender's secret for this conversation, told once at its beginning.
    SENDER_KEY = Field::new("tcp.options.mptcp.sendkey", "Sender's Key", Kind::U64).spec("RFC 8684 section 3.1");
    /// The other side's secret, sent back.
    RECEIVER_KEY = Field::new("tcp.options.mptcp.recvkey", "Receiver's Key", Kind::U64).spec("RFC 8684 section 3.1");
    /// Which conversation the new path is to join: a hash of the receiver's key.
    TOKEN = Field::new("tcp.options.mptcp.recvtok", "Receiver's Token", Kind::U32).spec("RFC 8684 section 3.2");
    /// A random number against replayed segments.
    RANDOM = Field::new("tcp.options.mptcp.sendrand", "Sender's Random Number", Kind::U32).spec("RFC 8684 section 3.2");
    /// The first part of the proof that the sender knows both keys.
    SHORT_MAC = Field::new("tcp.options.mptcp.sendtrunchmac", "Sender's Truncated HMAC", Kind::U64).spec("RFC 8684 section 3.2");
    /// The proof that the sender knows both keys.
    MAC = Field::new("tcp.options.mptcp.sendhmac", "Sender's HMAC", Kind::Bytes).spec("RFC 8684 section 3.2");
    /// The proof that the address comes from the sender.
    ADDRESS_MAC = Field::new("tcp.options.mptcp.addaddrtrunchmac", "Truncated HMAC", Kind::U64).spec("RFC 8684 section 3.4.1");
    /// Everything before this byte of the whole has arrived.
    DATA_ACK = Field::new("tcp.options.mptcp.rawdataack", "Original MPTCP Data ACK", Kind::U64).spec("RFC 8684 section 3.3.2");
    /// Number of the segment's first byte in the whole.
    DATA_SEQ = Field::new("tcp.options.mptcp.rawdataseqno", "Data Sequence Number", Kind::U64).spec("RFC 8684 section 3.3.1");
    /// Number of the same byte on this path, counted from its start.
    SUBFLOW_SEQ = Field::new("tcp.options.mptcp.subflowseqno", "Subflow Sequence Number", Kind::U32).spec("RFC 8684 section 3.3.1");
    /// For how many bytes the mapping holds.
    DATA_LEN = Field::new("tcp.options.mptcp.datalvllen", "Data-level Length", Kind::U16).spec("RFC 8684 section 3.3.1");
    /// Checksum over those bytes.
    CHECKSUM = Field::new("tcp.options.mptcp.checksum", "Checksum", Kind::U16).hex().spec("RFC 8684 section 3.3.1");
    /// Version of IP of the address (version 0 of Multipath TCP).
    IP_VERSION = Field::new("tcp.options.mptcp.ipver", "IP version", Kind::U8).mask(0x0f).spec("RFC 6824 section 3.4.1");
    /// The announcement has arrived and is sent back.
    ECHO = Field::new("tcp.options.mptcp.echo", "Echo", Kind::U8).mask(0x01).spec("RFC 8684 section 3.4.1");
    /// A further address of the sender.
    IPV4 = Field::new("tcp.options.mptcp.ipv4", "Advertised IPv4 Address", Kind::Ipv4).spec("RFC 8684 section 3.4.1");
    /// A further address of the sender.
    IPV6 = Field::new("tcp.options.mptcp.ipv6", "Advertised IPv6 Address", Kind::Ipv6).spec("RFC 8684 section 3.4.1");
    /// The port at that address.
    PORT = Field::new("tcp.options.mptcp.port", "Advertised port", Kind::U16).spec("RFC 8684 section 3.4.1");
    /// Flags kept for later, in version 1.
    RESERVED_FLAGS_1 = Field::new("tcp.options.mptcp.reserved.flag", "Reserved", Kind::U8).hex().mask(0x1e).spec("RFC 8684 section 3.1");
}

/// What concerns the conversation over all its paths: the fields that carry the name of this protocol.
mod whole {
    crate::issues! {
        /// The key that came back is not the one that was sent.
        KEY_MISMATCH = Issue::new("mptcp.connection.echoed_key_mismatch", "The echoed key in the ACK of the MPTCP handshake does not match the key of the SYN/ACK", Severity::Warn, Group::Protocol);
        /// Nobody said with which function proofs are made.
        NO_ALGORITHM = Issue::new("mptcp.connection.missing_algorithm", "No crypto algorithm specified", Severity::Warn, Group::Protocol);
        /// Proofs are made with a function that is not known here.
        OTHER_ALGORITHM = Issue::new("mptcp.connection.unsupported_algorithm", "Unsupported algorithm", Severity::Warn, Group::Protocol);
        /// From here on the conversation goes over one path only, as plain TCP.
        INFINITE_MAPPING = Issue::new("mptcp.dss.infinite_mapping", "Fallback to infinite mapping", Severity::Warn, Group::Protocol);
        /// Nothing says where these bytes belong in the whole.
        NO_MAPPING = Issue::new("mptcp.dss.missing_mapping", "No mapping available", Severity::Warn, Group::Protocol);
    }

    crate::fields! {
        /// How many addresses the sender no longer has.
        REMOVED = Field::new("mptcp.rm_addr.count", "Number of removed addresses", Kind::U8).spec("RFC 8684 section 3.4.2");
        /// What the paths together tell.
        ANALYSIS = Field::new("mptcp.analysis", "MPTCP analysis", Kind::None);
        /// Number of the conversation over several paths, counted from 0.
        STREAM = Field::new("mptcp.stream", "Stream index", Kind::U32);
        /// The TCP conversations that are its paths.
        SUBFLOWS = Field::new("mptcp.analysis.subflows", "TCP subflow stream id(s)", Kind::Str);
        /// Whether this path was the first.
        MASTER = Field::new("mptcp.master", "Master flow", Kind::Bool);
        /// The byte of the whole that is expected next, counted from the start.
        ACK = Field::new("mptcp.ack", "Multipath TCP Data ACK", Kind::U64).spec("RFC 8684 section 3.3.2");
        /// Number of the segment's first byte in the whole, counted from the start.
        DSN = Field::new("mptcp.dsn", "Data Sequence Number", Kind::U64).spec("RFC 8684 section 3.3.1");
        /// The same as sent, filled up to 64 bits.
        DSN_RAW = Field::new("mptcp.rawdsn64", "Raw Data Sequence Number", Kind::U64).spec("RFC 8684 section 3.3.1");
        /// The number that the option itself says.
        DSS_DSN = Field::new("mptcp.dss.dsn", "DSS Data Sequence Number", Kind::U64).spec("RFC 8684 section 3.3.1");
        /// Where the sender's numbers begin: a hash of its key.
        IDSN = Field::new("mptcp.expected_idsn", "Subflow expected IDSN", Kind::U64).spec("RFC 8684 section 3.1");
        /// What further paths must bring along: a hash of the key.
        TOKEN = Field::new("mptcp.expected_token", "Subflow token generated from key", Kind::U32).spec("RFC 8684 section 3.2");
        /// The frame whose option maps these bytes.
        MAPPING = Field::new("mptcp.related_mapping", "Related mapping", Kind::Frame);
        /// The frame that sent the same data before, on another path.
        REINJECTION_OF = Field::new("mptcp.reinjection_of", "Reinjection of", Kind::Frame);
        /// The frame that sends the same data once more, on another path.
        REINJECTED_IN = Field::new("mptcp.reinjected_in", "Data reinjected in", Kind::Frame);
    }
}

static SUBTYPES: &[(u64, &str)] = &[
    (0, "Multipath Capable"),
    (1, "Join Connection"),
    (2, "Data Sequence Signal"),
    (3, "Add Address"),
    (4, "Remove Address"),
    (5, "Change Subflow Priority"),
    (6, "TCP Fallback"),
    (7, "Fast Close"),
    (8, "TCP Reset"),
];

static REASONS: &[(u64, &str)] = &[
    (0, "Unspecified error"),
    (1, "MPTCP-specific error"),
    (2, "Lack of resources"),
    (3, "Administratively prohibited"),
    (4, "Too much outstanding data"),
    (5, "Unacceptable performance"),
    (6, "Middlebox interference"),
];

/// The option's node and everything in it but kind and length: `at` is where the option begins, `size` its length.
pub(super) fn dissect(
    l: &mut Layer<'_, '_>,
    at: usize,
    size: usize,
    kind_and_length: impl FnOnce(&mut Layer<'_, '_>),
) {
    let end = l.pos();
    let node = l.open(&MPTCP.field, at, size, Value::None);
    l.flag(node, PROTOCOL);
    kind_and_length(l);
    l.seek(at + 2);
    let subtype = l.bits(&SUBTYPE, at + 2, 1).unwrap_or(0);
    l.label(node, |out| {
        let _ = write!(out, "Multipath Transmission Control Protocol");
        if let Some(name) = SUBTYPE.name_of(subtype) {
            let _ = write!(out, ": {name}");
        }
    });
    l.protocol("MPTCP");
    // A content that is too short for its subtype ends its own nodes, not the segment's.
    let _ = content(l, subtype, at, size);
    l.close();
    l.seek(end);
}

fn content(l: &mut Layer<'_, '_>, subtype: u64, at: usize, size: usize) -> Done {
    match subtype {
        0 => capable(l, at, size),
        1 => join(l, at, size),
        2 => data(l, at, size),
        3 => add_address(l, at, size),
        4 => {
            let count = size.saturating_sub(3);
            l.add(&whole::REMOVED, at + 2, 1, Value::U(count as u64));
            l.skip(1);
            for _ in 0..count {
                l.u8(&ADDRESS_ID)?;
            }
            Ok(())
        }
        5 => {
            flags(l, at + 2, &[&BACKUP])?;
            if size > 3 {
                l.u8(&ADDRESS_ID)?;
            }
            Ok(())
        }
        6 | 7 => {
            l.bits(&RESERVED, at + 2, 2)?;
            l.skip(2);
            l.u64(if subtype == 6 {
                &DATA_SEQ
            } else {
                &RECEIVER_KEY
            })?;
            Ok(())
        }
        8 => {
            flags(l, at + 2, &[&FLAG_U, &FLAG_V, &FLAG_W, &FLAG_T])?;
            l.u8(&RST_REASON)?;
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The byte of flags at `at`, and some of its bits below it.
fn flags(l: &mut Layer<'_, '_>, at: usize, bits: &[&'static Field]) -> Result<u8, Stop> {
    l.seek(at);
    let value = l.u8(&FLAGS)?;
    l.enter();
    for field in bits {
        l.bits(field, at, 1)?;
    }
    l.close();
    Ok(value)
}

fn capable(l: &mut Layer<'_, '_>, at: usize, size: usize) -> Done {
    let version = l.bits(&VERSION, at + 2, 1)?;
    let bits: &[&'static Field] = if version == 0 {
        &[&CHECKSUM_REQUIRED, &EXTENSIBILITY, &SHA1, &RESERVED_FLAGS]
    } else {
        &[
            &CHECKSUM_REQUIRED,
            &EXTENSIBILITY,
            &NO_MORE,
            &SHA256,
            &RESERVED_FLAGS_1,
        ]
    };
    let value = flags(l, at + 3, bits)?;
    if size >= 12 {
        l.u64(&SENDER_KEY)?;
    }
    if size >= 20 {
        l.u64(&RECEIVER_KEY)?;
    }
    if size >= 22 {
        l.u16(&DATA_LEN)?;
    }
    if size >= 24 && value & 0x80 != 0 {
        l.u16(&CHECKSUM)?;
    }
    Ok(())
}

fn join(l: &mut Layer<'_, '_>, at: usize, size: usize) -> Done {
    if size == 24 {
        l.bits(&RESERVED, at + 2, 2)?;
        l.skip(2);
        l.bytes(&MAC, 20)?;
        return Ok(());
    }
    flags(l, at + 2, &[&BACKUP])?;
    l.u8(&ADDRESS_ID)?;
    if size == 12 {
        l.u32(&TOKEN)?;
    } else {
        l.u64(&SHORT_MAC)?;
    }
    l.u32(&RANDOM)?;
    Ok(())
}

fn data(l: &mut Layer<'_, '_>, at: usize, size: usize) -> Done {
    let value = flags(l, at + 3, &[&DATA_FIN, &SEQ8, &MAPPED, &ACK8, &ACKED])?;
    if value & 1 != 0 {
        let wide = value & 2 != 0;
        l.uint(&DATA_ACK, if wide { 8 } else { 4 })?;
        if wide {
            let node = l.last();
            l.append(node, |out| out.push_str(" (64bits)"));
        }
    }
    if value & 4 != 0 {
        let wide = value & 8 != 0;
        l.uint(&DATA_SEQ, if wide { 8 } else { 4 })?;
        let node = l.last();
        l.append(node, |out| {
            out.push_str(if wide {
                "  (64bits version)"
            } else {
                "  (32bits version)"
            })
        });
        l.u32(&SUBFLOW_SEQ)?;
        l.u16(&DATA_LEN)?;
        if at + size >= l.pos() + 2 {
            l.u16(&CHECKSUM)?;
        }
    }
    Ok(())
}

fn add_address(l: &mut Layer<'_, '_>, at: usize, size: usize) -> Done {
    // Version 0 says the version of IP where version 1 has its flags.
    let old = matches!(l.peek_u8(at + 2)? & 15, 4 | 6);
    let wide = if old {
        l.bits(&IP_VERSION, at + 2, 1)? == 6
    } else {
        l.bits(&ECHO, at + 2, 1)?;
        size >= 20
    };
    l.skip(1);
    l.u8(&ADDRESS_ID)?;
    if wide && size >= 20 {
        l.ipv6(&IPV6)?;
    } else {
        l.ipv4(&IPV4)?;
    }
    let left = |l: &Layer<'_, '_>| (at + size).saturating_sub(l.pos());
    if matches!(left(l), 2 | 10) {
        l.u16(&PORT)?;
    }
    if left(l) >= 8 {
        l.u64(&ADDRESS_MAC)?;
    }
    Ok(())
}
