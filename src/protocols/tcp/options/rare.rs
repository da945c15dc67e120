//! Options that are seldom seen: fast open, signatures, user timeout, quick start, accurate ECN, experiments, satellite links
//! (SCPS), Riverbed's accelerators, and some that history left behind.

use std::fmt::Write as _;

use crate::dissect::{Layer, NodeId, Value};

crate::fields! {
    /// A value that is to be sent back, from the time before timestamps.
    ECHO = Field::new("tcp.options.echo", "TCP Option - Echo", Kind::Bytes).spec("RFC 1072 section 3");
    /// An echo's value, sent back.
    ECHO_REPLY = Field::new("tcp.options.echoreply", "TCP Option - Echo reply", Kind::Bytes).spec("RFC 1072 section 3");
    /// The value that is to be sent back.
    ECHO_VALUE = Field::new("tcp.options.echo_value", "TCP Echo Option", Kind::U32).spec("RFC 1072 section 3");
    /// T/TCP's connection count, an early try at faster handshakes.
    CC = Field::new("tcp.options.cc", "TCP Option - CC", Kind::Bytes).spec("RFC 1644 section 3.1");
    /// T/TCP: the count begins anew.
    CC_NEW = Field::new("tcp.options.ccnew", "TCP Option - CC.NEW", Kind::Bytes).spec("RFC 1644 section 3.1");
    /// T/TCP: the other side's count, sent back.
    CC_ECHO = Field::new("tcp.options.ccecho", "TCP Option - CC.ECHO", Kind::Bytes).spec("RFC 1644 section 3.1");
    /// The connection count.
    CC_VALUE = Field::new("tcp.options.cc_value", "TCP CC Option", Kind::U32).spec("RFC 1644 section 3.1");
    /// A signature over the segment with a shared secret; routers protect BGP with it.
    MD5 = Field::new("tcp.options.md5", "TCP Option - TCP MD5 signature", Kind::Bytes).spec("RFC 2385");
    /// The signature.
    MD5_DIGEST = Field::new("tcp.options.md5.digest", "MD5 digest", Kind::Bytes).spec("RFC 2385 section 3");
    /// A signature over the segment, with keys that can be changed: what came after MD5.
    AO = Field::new("tcp.options.ao", "TCP Option - TCP AO", Kind::Bytes).spec("RFC 5925");
    /// Which key signed the segment.
    AO_KEY = Field::new("tcp.options.ao.keyid", "AO KeyID", Kind::U8).spec("RFC 5925 section 2.2");
    /// Which key the sender would like to receive next.
    AO_NEXT_KEY = Field::new("tcp.options.ao.rnextkeyid", "AO RNextKeyID", Kind::U8).spec("RFC 5925 section 2.2");
    /// The signature.
    AO_MAC = Field::new("tcp.options.ao.mac", "AO MAC", Kind::Bytes).spec("RFC 5925 section 2.2");
    /// At which rate the sender may begin, as the routers on the way allow.
    QS = Field::new("tcp.options.qs", "TCP Option - Quick-Start", Kind::Bytes).spec("RFC 4782 section 3.2");
    /// The rate asked for or granted; each step doubles it.
    QS_RATE = Field::new("tcp.options.qs.rate", "QS Rate", Kind::U8).mask(0x0f).names(Names::Lookup(rate)).spec("RFC 4782 section 3.2");
    /// How many routers on the way did not take part, as a difference of hop limits.
    QS_TTL = Field::new("tcp.options.qs.ttl_diff", "QS Rate", Kind::U8).spec("RFC 4782 section 3.2");
    /// How long the sender keeps trying before it gives the connection up.
    USER_TIMEOUT = Field::new("tcp.options.user_to", "TCP Option - User Timeout", Kind::Bytes).spec("RFC 5482 section 2");
    /// Whether the time is in minutes.
    TIMEOUT_UNIT = Field::new("tcp.options.user_to_granularity", "Granularity", Kind::Bool).words("Seconds", "Minutes").width(16).mask(0x8000).spec("RFC 5482 section 2");
    /// How long unacknowledged data may wait before the connection is given up.
    TIMEOUT_VALUE = Field::new("tcp.options.user_to_val", "User Timeout", Kind::U16).mask(0x7fff).spec("RFC 5482 section 2");
    /// A cookie with which a known client may send data in its very first segment.
    TFO = Field::new("tcp.options.tfo", "TCP Option - TCP Fast Open", Kind::Bytes).spec("RFC 7413 section 4.1");
    /// The client asks for a cookie for next time.
    TFO_REQUEST = Field::new("tcp.options.tfo.request", "Fast Open Cookie Request", Kind::None).spec("RFC 7413 section 4.1.1");
    /// The cookie, made by the server from the client's address.
    TFO_COOKIE = Field::new("tcp.options.tfo.cookie", "Fast Open Cookie", Kind::Bytes).spec("RFC 7413 section 4.1.1");
    /// An option that is being tried out; a number tells experiments apart.
    EXPERIMENT = Field::new("tcp.options.experimental", "TCP Option - Experimental", Kind::Bytes).spec("RFC 6994");
    /// Which experiment.
    EXPERIMENT_ID = Field::new("tcp.options.experimental.exid", "Experiment Identifier", Kind::U16).hex().values(EXPERIMENTS).spec("RFC 6994 section 3");
    /// Its content.
    EXPERIMENT_DATA = Field::new("tcp.options.experimental.data", "Data", Kind::Bytes).spec("RFC 6994 section 3");
    /// How many segments the receiver is to acknowledge at once.
    TARR_RATE = Field::new("tcp.options.tarr.rate", "TARR Rate", Kind::U8).mask(0xfe).spec("draft-ietf-tcpm-ack-rate-request");
    /// Kept for later.
    TARR_RESERVED = Field::new("tcp.options.tar.reserved", "TARR Reserved", Kind::U8).mask(0x01).spec("draft-ietf-tcpm-ack-rate-request");
    /// How many bytes arrived with which congestion mark.
    ACC_ECN = Field::new("tcp.options.acc_ecn", "TCP Option - Accurate ECN", Kind::Bytes).spec("RFC 9768 section 3.2.3");
    /// Bytes that arrived marked ECT(0), modulo 2^24.
    ACC_ECN_E0 = Field::new("tcp.options.acc_ecn.ee0b", "Accurate ECN Echo ECT(0) Byte Counter", Kind::U24).spec("RFC 9768 section 3.2.3");
    /// Bytes that arrived marked "congestion experienced", modulo 2^24.
    ACC_ECN_CE = Field::new("tcp.options.acc_ecn.eceb", "Accurate ECN Echo CE Byte Counter", Kind::U24).spec("RFC 9768 section 3.2.3");
    /// Bytes that arrived marked ECT(1), modulo 2^24.
    ACC_ECN_E1 = Field::new("tcp.options.acc_ecn.ee1b", "Accurate ECN Echo ECT(1) Byte Counter", Kind::U24).spec("RFC 9768 section 3.2.3");
    /// What this side can do on links over satellites (Space Communications Protocol Standards).
    SCPS = Field::new("tcp.options.scps", "TCP Option - SCPS capabilities", Kind::Bytes).spec("CCSDS 714.0-B");
    /// The capabilities as bits.
    SCPS_VECTOR = Field::new("tcp.options.scps.vector", "TCP SCPS Capabilities Vector", Kind::U8).hex().spec("CCSDS 714.0-B");
    /// Bytes that are lost need not be repeated.
    SCPS_BETS = Field::new("tcp.options.scpsflags.bets", "Partial Reliability Capable (BETS)", Kind::Bool).flag().mask(0x80).spec("CCSDS 714.0-B");
    /// Gaps can be reported in the short form.
    SCPS_SNACK1 = Field::new("tcp.options.scpsflags.snack1", "Short Form SNACK Capable (SNACK1)", Kind::Bool).flag().mask(0x40).spec("CCSDS 714.0-B");
    /// Gaps can be reported in the long form.
    SCPS_SNACK2 = Field::new("tcp.options.scpsflags.snack2", "Long Form SNACK Capable (SNACK2)", Kind::Bool).flag().mask(0x20).spec("CCSDS 714.0-B");
    /// Headers can be compressed.
    SCPS_COMPRESS = Field::new("tcp.options.scpsflags.compress", "Lossless Header Compression (COMP)", Kind::Bool).flag().mask(0x10).spec("CCSDS 714.0-B");
    /// The network layer has timestamps.
    SCPS_NLTS = Field::new("tcp.options.scpsflags.nlts", "Network Layer Timestamp (NLTS)", Kind::Bool).flag().mask(0x08).spec("CCSDS 714.0-B");
    /// Kept for later.
    SCPS_RESERVED = Field::new("tcp.options.scpsflags.reserved", "Reserved", Kind::U8).mask(0x07).spec("CCSDS 714.0-B");
    /// Number of the connection.
    SCPS_BINDING = Field::new("tcp.options.scps.binding", "Connection ID", Kind::U8).spec("CCSDS 714.0-B");
    /// Which community an extended capability belongs to.
    SCPS_BINDING_ID = Field::new("tcp.options.scps.binding.id", "Binding Space (Community) ID", Kind::U8).spec("CCSDS 714.0-B");
    /// Length of an extended capability.
    SCPS_BINDING_LEN = Field::new("tcp.options.scps.binding.len", "Extended Capability Length", Kind::U8).spec("CCSDS 714.0-B");
    /// Content of an extended capability.
    SCPS_BINDING_DATA = Field::new("tcp.options.scps.binding.data", "Binding Space Data", Kind::Bytes).spec("CCSDS 714.0-B");
    /// What has *not* arrived: the opposite of SACK, for links where gaps are the rule.
    SNACK = Field::new("tcp.options.snack", "TCP Option - Selective Negative Acknowledgment", Kind::Bytes).spec("CCSDS 714.0-B");
    /// Where the gap begins, in segments behind the acknowledged byte.
    SNACK_OFFSET = Field::new("tcp.options.snack.offset", "TCP SNACK Offset", Kind::U16).spec("CCSDS 714.0-B");
    /// How many segments are missing.
    SNACK_SIZE = Field::new("tcp.options.snack.size", "TCP SNACK Size", Kind::U16).spec("CCSDS 714.0-B");
    /// First missing byte.
    SNACK_LEFT = Field::new("tcp.options.snack.le", "TCP SNACK Left Edge", Kind::U16).spec("CCSDS 714.0-B");
    /// First byte behind the gap.
    SNACK_RIGHT = Field::new("tcp.options.snack.re", "TCP SNACK Right Edge", Kind::U16).spec("CCSDS 714.0-B");
    /// A record of the application ends here.
    SCPS_RECORD = Field::new("tcp.options.scpsrec", "TCP Option - SCPS record boundary", Kind::Bytes).spec("CCSDS 714.0-B");
    /// Bytes were damaged on the way, not lost to congestion.
    SCPS_CORRUPTION = Field::new("tcp.options.scpscor", "TCP Option - SCPS corruption experienced", Kind::Bytes).spec("CCSDS 714.0-B");
    /// Riverbed's accelerators look for each other.
    PROBE = Field::new("tcp.options.rvbd.probe", "TCP Option - Riverbed Probe", Kind::Bytes);
    /// What is asked or answered.
    PROBE_TYPE1 = Field::new("tcp.options.rvbd.probe.type1", "Type", Kind::U8).mask(0xf0);
    /// What is asked or answered, in the second format.
    PROBE_TYPE2 = Field::new("tcp.options.rvbd.probe.type2", "Type", Kind::U8).mask(0xfe);
    /// Version of the probe.
    PROBE_VERSION = Field::new("tcp.options.rvbd.probe.version", "Version", Kind::U8).mask(0x0f);
    /// Version of the probe, in the second format.
    PROBE_VERSION_RAW = Field::new("tcp.options.rvbd.probe.version_raw", "Version", Kind::U8).mask(0x01);
    /// The accelerator on the client's side.
    PROBE_PROBER = Field::new("tcp.options.rvbd.probe.prober", "CSH IP", Kind::Ipv4);
    /// The accelerator on the server's side.
    PROBE_PROXY = Field::new("tcp.options.rvbd.probe.proxy.ip", "SSH IP", Kind::Ipv4);
    /// The TCP port at which the proxy listens.
    PROBE_PROXY_PORT = Field::new("tcp.options.rvbd.probe.proxy.port", "SSH Port", Kind::U16);
    /// Version of the application.
    PROBE_VERSION_APP = Field::new("tcp.options.rvbd.probe.appli_ver", "Application Version", Kind::U16);
    /// The client.
    PROBE_CLIENT = Field::new("tcp.options.rvbd.probe.client.ip", "Client IP", Kind::Ipv4);
    /// Number of the store.
    PROBE_STORE = Field::new("tcp.options.rvbd.probe.storeid", "CFE Store ID", Kind::U32);
    /// The probe's flags.
    PROBE_FLAGS = Field::new("tcp.options.rvbd.probe.flags", "Probe Flags", Kind::U8).hex();
    /// Not a client-side engine.
    PROBE_NOT_CFE = Field::new("tcp.options.rvbd.probe.flags.notcfe", "Not CFE", Kind::Bool).flag().mask(0x04);
    /// The last notification.
    PROBE_LAST = Field::new("tcp.options.rvbd.probe.flags.last", "Last Notify", Kind::Bool).flag().mask(0x01);
    /// The client-side accelerator is not to remember the answer.
    PROBE_DISABLE = Field::new("tcp.options.rvbd.probe.flags.probe", "Disable Probe Cache on CSH", Kind::Bool).flag().mask(0x10);
    /// TLS is in use.
    PROBE_SSL = Field::new("tcp.options.rvbd.probe.flags.ssl", "SSL Enabled", Kind::Bool).flag().mask(0x02);
    /// The outer connection to the server stands.
    PROBE_SERVER = Field::new("tcp.options.rvbd.probe.flags.server", "SSH outer to server established", Kind::Bool).flag().mask(0x01);
    /// Kept for later.
    PROBE_RESERVED = Field::new("tcp.options.rvbd.probe.reserved", "Reserved", Kind::U8).hex();
    /// Riverbed's accelerators stand between both ends without showing their own addresses.
    TRANSPARENT = Field::new("tcp.options.rvbd.trpy", "TCP Option - Riverbed Transparency", Kind::Bytes);
    /// How they do that.
    TRANSPARENT_FLAGS = Field::new("tcp.options.rvbd.trpy.flags", "Transparency Options", Kind::U16).hex();
    /// Ways through firewalls are tried.
    TRANSPARENT_PROBE = Field::new("tcp.options.rvbd.trpy.flags.fw_rst_probe", "Enable FW traversal feature", Kind::Bool).flag().width(16).mask(0x0400);
    /// Inner firewalls on all firewalls.
    TRANSPARENT_INNER = Field::new("tcp.options.rvbd.trpy.flags.fw_rst_inner", "Enable Inner FW feature on All FWs", Kind::Bool).flag().width(16).mask(0x0200);
    /// Resets on all firewalls.
    TRANSPARENT_RST = Field::new("tcp.options.rvbd.trpy.flags.fw_rst", "Enable Transparency FW feature on All FWs", Kind::Bool).flag().width(16).mask(0x0100);
    /// Kept for later.
    TRANSPARENT_CHECKSUM = Field::new("tcp.options.rvbd.trpy.flags.chksum", "Reserved", Kind::Bool).flag().width(16).mask(0x0004);
    /// A connection beside the one with the data.
    TRANSPARENT_OOB = Field::new("tcp.options.rvbd.trpy.flags.oob", "Out of band connection", Kind::Bool).flag().width(16).mask(0x0002);
    /// Whether only ports are kept, or addresses too.
    TRANSPARENT_MODE = Field::new("tcp.options.rvbd.trpy.flags.mode", "Transparency Mode", Kind::Bool).words("Full Transparency", "Port Transparency").width(16).mask(0x0001);
    /// The accelerator that sends.
    TRANSPARENT_SRC = Field::new("tcp.options.rvbd.trpy.src.ip", "Src SH IP Addr", Kind::Ipv4);
    /// The accelerator that receives.
    TRANSPARENT_DST = Field::new("tcp.options.rvbd.trpy.dst.ip", "Dst SH IP Addr", Kind::Ipv4);
    /// The sender's inner port.
    TRANSPARENT_SRC_PORT = Field::new("tcp.options.rvbd.trpy.src.port", "Src SH Inner Port", Kind::U16);
    /// The receiver's inner port.
    TRANSPARENT_DST_PORT = Field::new("tcp.options.rvbd.trpy.dst.port", "Dst SH Inner Port", Kind::U16);
    /// Port of the client for the connection beside.
    TRANSPARENT_CLIENT_PORT = Field::new("tcp.options.rvbd.trpy.client.port", "Out of band connection Client Port", Kind::U16);
    /// When a server under attack made the sequence number of its SYN-ACK (a SYN cookie), in units of 64 seconds.
    COOKIE_TIME = Field::new("tcp.syncookie.time", "SYN Cookie Time", Kind::U8).spec("RFC 4987 section 3.6");
    /// The client's segment size as the cookie keeps it.
    COOKIE_MSS = Field::new("tcp.syncookie.mss", "SYN Cookie Maximum Segment Size", Kind::U8).spec("RFC 4987 section 3.6");
    /// The secret part of the cookie.
    COOKIE_HASH = Field::new("tcp.syncookie.hash", "SYN Cookie hash", Kind::U24).hex().spec("RFC 4987 section 3.6");
    /// A timestamp that keeps what the cookie has no room for.
    COOKIE_TIMESTAMP = Field::new("tcp.options.timestamp.tsval.syncookie.timestamp", "SYN Cookie Timestamp", Kind::U32).spec("RFC 4987 section 3.6");
    /// Whether the client can do ECN.
    COOKIE_ECN = Field::new("tcp.options.timestamp.tsval.syncookie.ecn", "SYN Cookie ECN", Kind::Bool).spec("RFC 4987 section 3.6");
    /// Whether the client can do SACK.
    COOKIE_SACK = Field::new("tcp.options.timestamp.tsval.syncookie.sack", "SYN Cookie SACK", Kind::Bool).spec("RFC 4987 section 3.6");
    /// The client's window scale.
    COOKIE_WSCALE = Field::new("tcp.options.timestamp.tsval.syncookie.wscale", "SYN Cookie WScale", Kind::U8).spec("RFC 4987 section 3.6");
}

crate::issues! {
    /// The client brings a cookie: it may send data at once.
    TFO_SYN = Issue::new("tcp.analysis.tfo_syn", "TCP SYN with TFO Cookie", Severity::Note, Group::Sequence);
    /// The server took the data that came with the SYN.
    TFO_ACK = Issue::new("tcp.analysis.tfo_ack", "TCP SYN-ACK accepting TFO data", Severity::Note, Group::Sequence);
    /// The server did not take the data that came with the SYN; it must be sent again.
    TFO_IGNORED = Issue::new("tcp.analysis.tfo_ignored", "TCP SYN-ACK ignoring TFO data", Severity::Note, Group::Sequence);
    /// A satellite link tells of a gap.
    SNACK_SEQUENCE = Issue::new("tcp.options.snack.sequence", "SNACK Sequence", Severity::Note, Group::Sequence);
}

/// Experiments (IANA, TCP experimental option identifiers).
static EXPERIMENTS: &[(u64, &str)] = &[
    (0x00ac, "TCP ACK Rate Request"),
    (0x0348, "Host ID"),
    (0x0a0d, "Autonomous System Compensation"),
    (0x0ca0, "Capability Option"),
    (0x0ed0, "Extended Data Offset"),
    (0x454e, "Encryption Negotiation"),
    (0x5323, "Service Number"),
    (0x75ec, "Timestamp Interval"),
    (0xacc0, "Accurate ECN - Order 0"),
    (0xacc1, "Accurate ECN - Order 1"),
    (0xacce, "Accurate ECN"),
    (0xe2d4, "Shared Memory communications over RMDA protocol"),
    (0xf989, "Fast Open"),
    (0xf990, "Low Latency"),
];

/// Quick start's rates (RFC 4782 section 3.1).
fn rate(value: u64) -> Option<&'static str> {
    const RATES: [&str; 16] = [
        "0 bit/s",
        "80 Kbit/s",
        "160 Kbit/s",
        "320 Kbit/s",
        "640 Kbit/s",
        "1.28 Mbit/s",
        "2.56 Mbit/s",
        "5.12 Mbit/s",
        "10.24 Mbit/s",
        "20.48 Mbit/s",
        "40.96 Mbit/s",
        "81.92 Mbit/s",
        "163.84 Mbit/s",
        "327.68 Mbit/s",
        "655.36 Mbit/s",
        "1.31072 Gbit/s",
    ];
    RATES.get(value as usize).copied()
}

/// The node of a rare option: its field, and the name in the line that lists the options.
pub(super) fn field(kind: u8) -> Option<(&'static Field, &'static str)> {
    Some(match kind {
        6 => (&ECHO, "Echo"),
        7 => (&ECHO, "Echo reply"),
        11 => (&CC, "CC"),
        12 => (&CC, "CC.NEW"),
        13 => (&CC, "CC.ECHO"),
        19 => (&MD5, "TCP MD5 signature"),
        20 => (&SCPS, "SCPS capabilities"),
        21 => (&SNACK, "Selective Negative Acknowledgment"),
        22 => (&SCPS_RECORD, "SCPS record boundary"),
        23 => (&SCPS_CORRUPTION, "SCPS corruption experienced"),
        27 => (&QS, "Quick-Start"),
        28 => (&USER_TIMEOUT, "User Timeout"),
        29 => (&AO, "TCP AO"),
        34 => (&TFO, "TCP Fast Open"),
        76 => (&PROBE, "Riverbed Probe"),
        78 => (&TRANSPARENT, "Riverbed Transparency"),
        172 | 174 => (&ACC_ECN, "Accurate ECN"),
        253 | 254 => (&EXPERIMENT, "Experimental"),
        _ => return None,
    })
}

/// The content of a rare option: `len` bytes from position `at`; kind and length stand before it. The caller has made sure
/// that they are there.
pub(super) fn content(
    l: &mut Layer<'_, '_>,
    node: NodeId,
    kind: u8,
    at: usize,
    len: usize,
    syn: bool,
) {
    let end = l.pos();
    l.seek(at);
    // A content that is too short for its kind ends its own nodes, not the segment's.
    let _ = read(l, node, kind, at, len, syn);
    l.seek(end);
}

fn read(
    l: &mut Layer<'_, '_>,
    node: NodeId,
    kind: u8,
    at: usize,
    len: usize,
    syn: bool,
) -> crate::dissect::Done {
    match (kind, len) {
        (6 | 7, 4) => {
            let value = l.u32(&ECHO_VALUE)?;
            l.append(node, |out| {
                let _ = write!(out, ": {value}");
            });
            l.info_append(|out| {
                let _ = write!(out, " ECHO={value}");
            });
        }
        (11..=13, 4) => {
            let value = l.u32(&CC_VALUE)?;
            l.info_append(|out| {
                let _ = write!(out, " CC={value}");
            });
        }
        (19, _) => {
            l.bytes(&MD5_DIGEST, len)?;
            l.info_append(|out| out.push_str(" MD5"));
        }
        (20, 2..) => scps(l, at)?,
        (21, 4) => {
            l.u16(&SNACK_OFFSET)?;
            l.u16(&SNACK_SIZE)?;
            l.issue(node, &SNACK_SEQUENCE);
        }
        (27, 6) => {
            let rate = l.u8(&QS_RATE)?;
            l.u8(&QS_TTL)?;
            l.info_append(|out| {
                let _ = write!(
                    out,
                    " QSresp={}",
                    QS_RATE.name_of(u64::from(rate)).unwrap_or("Unknown")
                );
            });
        }
        (28, 2) => {
            l.bits(&TIMEOUT_UNIT, at, 2)?;
            let value = l.bits(&TIMEOUT_VALUE, at, 2)?;
            l.info_append(|out| {
                let _ = write!(out, " USER_TO={value}");
            });
        }
        (29, 2..) => {
            l.u8(&AO_KEY)?;
            l.u8(&AO_NEXT_KEY)?;
            l.bytes(&AO_MAC, len - 2)?;
            l.info_append(|out| out.push_str(" TCP AO"));
        }
        (34, _) => fast_open(l, at, len, syn, 2)?,
        (76, 8..) => probe(l, node, len)?,
        (78, 14..) => transparent(l, node)?,
        (172 | 174, 3..) => counters(l, node, kind == 172, len, " (", ")")?,
        (253 | 254, 2..) => experiment(l, node, at, len, syn)?,
        _ => {}
    }
    Ok(())
}

/// A fast open cookie, or the question for one.
fn fast_open(
    l: &mut Layer<'_, '_>,
    at: usize,
    len: usize,
    syn: bool,
    before: usize,
) -> crate::dissect::Done {
    if len == 0 {
        l.add(&TFO_REQUEST, at - before, before, Value::None);
        l.info_append(|out| out.push_str(" TFO=R"));
        return Ok(());
    }
    l.bytes(&TFO_COOKIE, len)?;
    let cookie = l.last();
    if syn {
        l.issue(cookie, &TFO_SYN);
    }
    l.info_append(|out| out.push_str(" TFO=C"));
    Ok(())
}

/// What a satellite link can do.
fn scps(l: &mut Layer<'_, '_>, at: usize) -> crate::dissect::Done {
    let vector = l.u8(&SCPS_VECTOR)?;
    let node = l.last();
    let mut names = String::new();
    for (bit, name) in [
        (0x80, "BETS"),
        (0x40, "SNACK1"),
        (0x20, "SNACK2"),
        (0x10, "COMP"),
        (0x08, "NLTS"),
    ] {
        if vector & bit != 0 {
            names.push_str(if names.is_empty() { "" } else { ", " });
            names.push_str(name);
        }
    }
    l.append(node, |out| {
        let _ = write!(out, " ({names})");
    });
    l.enter();
    for field in [
        &SCPS_BETS,
        &SCPS_SNACK1,
        &SCPS_SNACK2,
        &SCPS_COMPRESS,
        &SCPS_NLTS,
        &SCPS_RESERVED,
    ] {
        l.bits(field, at, 1)?;
    }
    l.close();
    let connection = l.u8(&SCPS_BINDING)?;
    l.info_append(|out| {
        let _ = write!(out, " SCPS[{names}] Connection ID={connection}");
    });
    Ok(())
}

/// Accurate ECN's counters: two orders, as many as fit.
fn counters(
    l: &mut Layer<'_, '_>,
    node: NodeId,
    order0: bool,
    len: usize,
    open: &str,
    close: &str,
) -> crate::dissect::Done {
    let mut fields = [
        (&ACC_ECN_E0, "EE0B"),
        (&ACC_ECN_CE, "ECEB"),
        (&ACC_ECN_E1, "EE1B"),
    ];
    if !order0 {
        fields.reverse();
    }
    l.append(node, |out| {
        let _ = write!(out, "{open}Order {}{close}", u8::from(!order0));
    });
    let mut separator = ": ";
    for (field, name) in fields.into_iter().take(len / 3) {
        let value = l.u24(field)?;
        l.append(node, |out| {
            let _ = write!(out, "{separator}{name} {value}");
        });
        separator = ", ";
        l.info_append(|out| {
            let _ = write!(out, " {name}={value}");
        });
    }
    Ok(())
}

/// An option that is being tried out.
fn experiment(
    l: &mut Layer<'_, '_>,
    node: NodeId,
    at: usize,
    len: usize,
    syn: bool,
) -> crate::dissect::Done {
    let id = l.u16(&EXPERIMENT_ID)?;
    let name = EXPERIMENT_ID.name_of(u64::from(id)).unwrap_or("Unknown");
    l.append(node, |out| {
        let _ = write!(out, ": {name}");
    });
    match id {
        0xf989 => fast_open(l, at + 2, len - 2, syn, 4)?,
        0x00ac if len >= 3 => {
            let rate = l.bits(&TARR_RATE, at + 2, 1)?;
            l.bits(&TARR_RESERVED, at + 2, 1)?;
            l.append(node, |out| {
                let _ = write!(out, " {rate}");
            });
            l.info_append(|out| {
                let _ = write!(out, " TARR={rate}");
            });
        }
        0xacc0 | 0xacc1 => counters(l, node, id == 0xacc0, len - 2, ": Accurate ECN (", ")")?,
        _ => {
            if len > 2 {
                l.bytes(&EXPERIMENT_DATA, len - 2)?;
            }
            l.info_append(|out| {
                let _ = write!(out, " ExID={id:X}");
            });
        }
    }
    Ok(())
}

/// Riverbed's probe, first format (the second begins with an odd byte).
fn probe(l: &mut Layer<'_, '_>, node: NodeId, len: usize) -> crate::dissect::Done {
    let at = l.pos();
    let kind = l.bits(&PROBE_TYPE1, at, 1)?;
    l.bits(&PROBE_VERSION, at, 1)?;
    l.skip(1);
    l.u8(&PROBE_RESERVED)?;
    match kind {
        0 => {
            let prober = std::net::Ipv4Addr::from(l.ipv4(&PROBE_PROBER)?);
            l.append(node, |out| {
                let _ = write!(out, ": Probe Query, CSH IP: {prober}");
            });
            l.u16(&PROBE_VERSION_APP)?;
            l.info_prepend(|out| out.push_str("S+, "));
        }
        1 if len >= 12 => {
            l.ipv4(&PROBE_PROBER)?;
            let proxy = std::net::Ipv4Addr::from(l.ipv4(&PROBE_PROXY)?);
            let port = l.u16(&PROBE_PROXY_PORT)?;
            l.append(node, |out| {
                let _ = write!(out, ": Probe Response, Server Steelhead: {proxy}:{port}");
            });
            l.info_prepend(|out| out.push_str("SA+, "));
        }
        _ => {
            l.ipv4(&PROBE_PROBER)?;
        }
    }
    Ok(())
}

/// Riverbed's transparency.
fn transparent(l: &mut Layer<'_, '_>, node: NodeId) -> crate::dissect::Done {
    let at = l.pos();
    l.u16(&TRANSPARENT_FLAGS)?;
    l.enter();
    for field in [
        &TRANSPARENT_PROBE,
        &TRANSPARENT_INNER,
        &TRANSPARENT_RST,
        &TRANSPARENT_CHECKSUM,
        &TRANSPARENT_OOB,
        &TRANSPARENT_MODE,
    ] {
        l.bits(field, at, 2)?;
    }
    l.close();
    let source = std::net::Ipv4Addr::from(l.ipv4(&TRANSPARENT_SRC)?);
    let destination = std::net::Ipv4Addr::from(l.ipv4(&TRANSPARENT_DST)?);
    let source_port = l.u16(&TRANSPARENT_SRC_PORT)?;
    let destination_port = l.u16(&TRANSPARENT_DST_PORT)?;
    l.append(node, |out| {
        let _ = write!(
            out,
            " {source}:{source_port} -> {destination}:{destination_port}"
        );
    });
    l.info_prepend(|out| out.push_str("TRPY, "));
    Ok(())
}
