//! Records, and the data of the types in everyday use.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::fields::{
    CACHE_FLUSH, CLASS, CLASS_MULTICAST, DATA, DATA_LEN, HIGH_TTL, NAME, TTL, TYPE, UNDECODED_TYPE,
};
use super::name::{self, Name};
use super::{Flavour, Message, dnssec, edns, push_class, rare, svcb, values};
use crate::dissect::{Done, Layer, NodeId, STRAY_CHARACTERS, Stop, Value};

crate::fields! {
    /// The IPv4 address of the name.
    A = Field::new("dns.a", "Address", Kind::Ipv4).spec("RFC 1035 section 3.4.1");
    /// The IPv6 address of the name.
    AAAA = Field::new("dns.aaaa", "AAAA Address", Kind::Ipv6).spec("RFC 3596 section 2.2");
    /// A server that is responsible for the names below this one.
    NS = Field::new("dns.ns", "Name Server", Kind::Str).spec("RFC 1035 section 3.3.11");
    /// The true name: the record's own name is only another word for it.
    CNAME = Field::new("dns.cname", "CNAME", Kind::Str).spec("RFC 1035 section 3.3.1");
    /// The server on which this zone's data is edited.
    SOA_MNAME = Field::new("dns.soa.mname", "Primary name server", Kind::Str).spec("RFC 1035 section 3.3.13");
    /// Whom to write to about the zone; the first dot stands for the @.
    SOA_RNAME = Field::new("dns.soa.rname", "Responsible authority's mailbox", Kind::Str).spec("RFC 1035 section 3.3.13");
    /// Number of the zone's version: it grows with each change, so that copies can be brought up to date.
    SOA_SERIAL = Field::new("dns.soa.serial_number", "Serial Number", Kind::U32).spec("RFC 1035 section 3.3.13");
    /// After how many seconds a copy should be compared with the original.
    SOA_REFRESH = Field::new("dns.soa.refresh_interval", "Refresh Interval", Kind::U32).names(Names::Custom(values::seconds)).spec("RFC 1035 section 3.3.13");
    /// After how many seconds to try again when the original could not be reached.
    SOA_RETRY = Field::new("dns.soa.retry_interval", "Retry Interval", Kind::U32).names(Names::Custom(values::seconds)).spec("RFC 1035 section 3.3.13");
    /// After how many seconds without contact a copy is no longer to be used.
    SOA_EXPIRE = Field::new("dns.soa.expire_limit", "Expire limit", Kind::U32).names(Names::Custom(values::seconds)).spec("RFC 1035 section 3.3.13");
    /// For how many seconds "no such name" may be remembered.
    SOA_MINIMUM = Field::new("dns.soa.minimum_ttl", "Minimum TTL", Kind::U32).names(Names::Custom(values::seconds)).spec("RFC 2308 section 4");
    /// The name that belongs to an address (asked for backwards, under in-addr.arpa), or the instance of a service.
    PTR = Field::new("dns.ptr.domain_name", "Domain Name", Kind::Str).spec("RFC 1035 section 3.3.12");
    /// Mail servers with a lower number are tried first.
    MX_PREFERENCE = Field::new("dns.mx.preference", "Preference", Kind::U16).spec("RFC 1035 section 3.3.9");
    /// The server that takes mail for the name.
    MX_EXCHANGE = Field::new("dns.mx.mail_exchange", "Mail Exchange", Kind::Str).spec("RFC 1035 section 3.3.9");
    /// Length of the text that follows.
    TXT_LENGTH = Field::new("dns.txt.length", "TXT Length", Kind::U8).spec("RFC 1035 section 3.3.14");
    /// Free text; today mostly proofs of ownership and rules about mail.
    TXT = Field::new("dns.txt", "TXT", Kind::Str).spec("RFC 1035 section 3.3.14");
    /// Length of the text that follows.
    SPF_LENGTH = Field::new("dns.spf.length", "SPF Length", Kind::U8).spec("RFC 4408 section 3.1.1");
    /// Which servers may send mail for the domain (now kept in TXT records).
    SPF = Field::new("dns.spf", "SPF", Kind::Str).spec("RFC 4408 section 3.1.1");
    /// The service that is looked for: the first label of the name.
    SRV_SERVICE = Field::new("dns.srv.service", "Service", Kind::Str).spec("RFC 2782");
    /// The transport that the service runs on: the second label of the name.
    SRV_PROTO = Field::new("dns.srv.proto", "Protocol", Kind::Str).spec("RFC 2782");
    /// The domain that offers the service: the rest of the name.
    SRV_NAME = Field::new("dns.srv.name", "Name", Kind::Str).spec("RFC 2782");
    /// Servers with a lower number are tried first.
    SRV_PRIORITY = Field::new("dns.srv.priority", "Priority", Kind::U16).spec("RFC 2782");
    /// Among servers of one priority, how large a share each should get.
    SRV_WEIGHT = Field::new("dns.srv.weight", "Weight", Kind::U16).spec("RFC 2782");
    /// The port on which the service listens.
    SRV_PORT = Field::new("dns.srv.port", "Port", Kind::U16).spec("RFC 2782");
    /// The host on which the service runs.
    SRV_TARGET = Field::new("dns.srv.target", "Target", Kind::Str).spec("RFC 2782");
    /// Rules are tried from the lowest order up.
    NAPTR_ORDER = Field::new("dns.naptr.order", "Order", Kind::U16).spec("RFC 3403 section 4.1");
    /// Among rules of the same order, the lowest is preferred.
    NAPTR_PREFERENCE = Field::new("dns.naptr.preference", "Preference", Kind::U16).spec("RFC 3403 section 4.1");
    /// Length of the flags.
    NAPTR_FLAGS_LENGTH = Field::new("dns.naptr.flags_length", "Flags Length", Kind::U8).spec("RFC 3403 section 4.1");
    /// What the result is: `u` a URI, `s` the name of an SRV record, `a` a host.
    NAPTR_FLAGS = Field::new("dns.naptr.flags", "Flags", Kind::Str).spec("RFC 3403 section 4.1");
    /// Length of the service.
    NAPTR_SERVICE_LENGTH = Field::new("dns.naptr.service_length", "Service Length", Kind::U8).spec("RFC 3403 section 4.1");
    /// Which services the rule leads to.
    NAPTR_SERVICE = Field::new("dns.naptr.service", "Service", Kind::Str).spec("RFC 3403 section 4.1");
    /// Length of the expression.
    NAPTR_REGEX_LENGTH = Field::new("dns.naptr.regex_length", "Regex Length", Kind::U8).spec("RFC 3403 section 4.1");
    /// How to make the result out of what was looked for.
    NAPTR_REGEX = Field::new("dns.naptr.regex", "Regex", Kind::Str).spec("RFC 3403 section 4.1");
    /// Length of the name in characters.
    NAPTR_REPLACEMENT_LENGTH = Field::new("dns.naptr.replacement_length", "Replacement Length", Kind::U8).spec("RFC 3403 section 4.1");
    /// The next name to look up, in place of an expression.
    NAPTR_REPLACEMENT = Field::new("dns.naptr.replacement", "Replacement", Kind::Str).spec("RFC 3403 section 4.1");
    /// All names below this one are found below that one.
    DNAME = Field::new("dns.dname", "Dname", Kind::Str).spec("RFC 6672 section 2.1");
    /// Length of the processor's name.
    HINFO_CPU_LENGTH = Field::new("dns.hinfo.cpu_length", "CPU Length", Kind::U8).spec("RFC 1035 section 3.3.2");
    /// The host's kind of processor; today used to refuse questions for everything.
    HINFO_CPU = Field::new("dns.hinfo.cpu", "CPU", Kind::Str).spec("RFC 8482 section 4.2");
    /// Length of the operating system's name.
    HINFO_OS_LENGTH = Field::new("dns.hinfo.os_length", "OS Length", Kind::U8).spec("RFC 1035 section 3.3.2");
    /// The host's operating system.
    HINFO_OS = Field::new("dns.hinfo.os", "OS", Kind::Str).spec("RFC 1035 section 3.3.2");
    /// Anything at all; used by programs that smuggle traffic through DNS.
    NULL = Field::new("dns.null", "Null (data)", Kind::Bytes).spec("RFC 1035 section 3.3.10");
}

/// A record whose data is being read.
pub struct Record<'n> {
    /// The message.
    pub message: Message,
    /// The owner's name.
    pub name: &'n Name,
    /// Where the record starts.
    pub at: usize,
    /// Where its data starts.
    pub data: usize,
    /// Length of the data.
    pub len: usize,
    /// Its type.
    pub kind: u16,
    /// Its line in the tree.
    pub line: NodeId,
}

impl Record<'_> {
    /// Where the data ends.
    pub fn end(&self) -> usize {
        self.data.saturating_add(self.len)
    }

    /// How many bytes of the data lie behind the cursor.
    pub fn left(&self, l: &Layer<'_, '_>) -> usize {
        self.end().saturating_sub(l.pos())
    }

    /// The rest of the data as bytes; no node when there is none.
    pub fn rest(&self, l: &mut Layer<'_, '_>, field: &'static Field) -> Done {
        match self.left(l) {
            0 => Ok(()),
            n => l.bytes(field, n).map(|_| ()),
        }
    }

    /// Read a name.
    pub fn name(&self, l: &mut Layer<'_, '_>, field: &'static Field) -> Result<Name, Stop> {
        let at = l.pos();
        let name = name::read(l, self.message.start, at)?;
        let value = name.value(l);
        l.add(field, at, name.used, value);
        l.seek(at + name.used);
        Ok(name)
    }

    /// Say something about the record behind its line and in the packet list.
    pub fn say(
        &self,
        l: &mut Layer<'_, '_>,
        line: impl FnOnce(&mut String),
        info: impl FnOnce(&mut String),
    ) {
        l.append(self.line, line);
        l.info_append(info);
    }

    /// Say the owner's name in the packet list.
    pub fn say_owner(&self, l: &mut Layer<'_, '_>) {
        l.info_append(|out| {
            out.push(' ');
            self.name.push(out);
        });
    }

    /// Read a name and say it: behind the line after `word`, and in the packet list.
    fn said_name(&self, l: &mut Layer<'_, '_>, field: &'static Field, word: &str) -> Done {
        let name = self.name(l, field)?;
        self.say(
            l,
            |out| {
                out.push_str(word);
                name.push(out);
            },
            |out| {
                out.push(' ');
                name.push(out);
            },
        );
        Ok(())
    }
}

/// Read `n` bytes of text. A zero byte ends it; what stands behind one is pointed out.
pub fn text(l: &mut Layer<'_, '_>, field: &'static Field, n: usize) -> Done {
    let at = l.pos();
    let bytes = l.peek(at, n)?;
    let len = bytes.iter().position(|b| *b == 0).unwrap_or(n);
    let value = l.slice(at, len);
    let node = l.add(field, at, n, value);
    if bytes[len..].iter().any(|b| *b != 0) {
        l.issue(node, &STRAY_CHARACTERS);
    }
    l.seek(at + n);
    Ok(())
}

/// Read a text with its length before it.
pub fn counted(l: &mut Layer<'_, '_>, length: &'static Field, field: &'static Field) -> Done {
    let n = l.u8(length)?;
    text(l, field, usize::from(n))
}

/// A record.
pub fn record(l: &mut Layer<'_, '_>, message: &Message) -> Done {
    let at = l.pos();
    let name = name::read(l, message.start, at)?;
    let fixed = at + name.used;
    let kind = l.peek_u16(fixed)?;
    let class = l.peek_u16(fixed + 2)?;
    let ttl = l.peek_u32(fixed + 4)?;
    let len = usize::from(l.peek_u16(fixed + 8)?);
    let data = fixed + 10;
    let multicast = message.flavour == Flavour::Multicast;
    let option = kind == 41;
    let flush = multicast && !option && class & 0x8000 != 0;
    l.info_append(|out| {
        out.push(' ');
        values::push_type(kind, out);
        if flush {
            out.push_str(", cache flush");
        }
    });
    l.need(data, len)?;
    let line = l.open_text(at, name.used + 10 + len, |out| {
        name.push(out);
        out.push_str(": type ");
        values::push_type(kind, out);
        if !option {
            out.push_str(", class ");
            push_class(message, class, out);
        }
        if flush {
            out.push_str(", cache flush");
        }
    });
    let record = Record {
        message: *message,
        name: &name,
        at,
        data,
        len,
        kind,
        line,
    };
    if kind == 33 {
        service_name(l, &record);
    } else {
        let value = name.value(l);
        l.add(&NAME, at, name.used, value);
    }
    l.seek(fixed);
    l.u16(&TYPE)?;
    if option {
        edns::head(l, multicast)?;
    } else {
        if multicast {
            l.bits(&CLASS_MULTICAST, fixed + 2, 2)?;
            l.bits(&CACHE_FLUSH, fixed + 2, 2)?;
            l.skip(2);
        } else {
            l.u16(&CLASS)?;
        }
        l.u32(&TTL)?;
        if ttl & 0x8000_0000 != 0 {
            let node = l.last();
            l.issue(node, &HIGH_TTL);
        }
    }
    l.u16(&DATA_LEN)?;
    if len > 0 {
        contents(l, &record)?;
    }
    l.close();
    l.seek(data + len);
    Ok(())
}

/// The name of a service record, taken apart: `_http._tcp.example.org`.
fn service_name(l: &mut Layer<'_, '_>, r: &Record<'_>) {
    if !l.wants_nodes() {
        return;
    }
    let mut text = String::new();
    r.name.push(&mut text);
    let fields: [&'static Field; 3] = [&SRV_SERVICE, &SRV_PROTO, &SRV_NAME];
    for (part, field) in text.splitn(3, '.').zip(fields) {
        let value = l.made(part.as_bytes());
        l.add(field, r.at, r.name.used, value);
    }
}

/// The data of a record, by its type.
fn contents(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    match r.kind {
        1 => {
            let address = Ipv4Addr::from(l.ipv4(&A)?);
            address_said(l, r, &address);
        }
        28 => {
            let address = Ipv6Addr::from(l.ipv6(&AAAA)?);
            address_said(l, r, &address);
        }
        2 => r.said_name(l, &NS, ", ns ")?,
        5 => r.said_name(l, &CNAME, ", cname ")?,
        6 => authority(l, r)?,
        10 => {
            r.rest(l, &NULL)?;
            r.say_owner(l);
        }
        12 => r.said_name(l, &PTR, ", ")?,
        13 => host_info(l, r)?,
        15 => preferred(l, r, (&MX_PREFERENCE, &MX_EXCHANGE), "mx")?,
        16 => texts(l, r, &TXT_LENGTH, &TXT)?,
        33 => service(l, r)?,
        35 => rule(l, r)?,
        39 => r.said_name(l, &DNAME, ", dname ")?,
        41 => edns::options(l, r)?,
        64 | 65 => svcb::service(l, r)?,
        99 => texts(l, r, &SPF_LENGTH, &SPF)?,
        _ => {
            if !dnssec::contents(l, r)? && !rare::contents(l, r)? {
                l.issue_with(r.line, &UNDECODED_TYPE, |out| {
                    let _ = write!(out, "The data of type {} is not taken apart here", r.kind);
                });
                r.rest(l, &DATA)?;
            }
        }
    }
    Ok(())
}

/// Say an address.
pub fn address_said(l: &mut Layer<'_, '_>, r: &Record<'_>, address: &dyn std::fmt::Display) {
    r.say(
        l,
        |out| {
            let _ = write!(out, ", addr {address}");
        },
        |out| {
            let _ = write!(out, " {address}");
        },
    );
}

/// SOA: where the responsibility for a zone starts, and how copies of it are kept.
fn authority(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    r.said_name(l, &SOA_MNAME, ", mname ")?;
    r.name(l, &SOA_RNAME)?;
    l.u32(&SOA_SERIAL)?;
    l.u32(&SOA_REFRESH)?;
    l.u32(&SOA_RETRY)?;
    l.u32(&SOA_EXPIRE)?;
    l.u32(&SOA_MINIMUM)?;
    Ok(())
}

/// HINFO.
fn host_info(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let at = l.pos();
    counted(l, &HINFO_CPU_LENGTH, &HINFO_CPU)?;
    let middle = l.pos();
    counted(l, &HINFO_OS_LENGTH, &HINFO_OS)?;
    let end = l.pos();
    let part = |from: usize, to: usize| {
        String::from_utf8_lossy(l.data().get(from + 1..to).unwrap_or(&[])).into_owned()
    };
    let (cpu, os) = (part(at, middle), part(middle, end));
    r.say(
        l,
        |out| {
            let _ = write!(out, ", CPU {cpu}, OS {os}");
        },
        |out| {
            let _ = write!(out, " {cpu} {os}");
        },
    );
    Ok(())
}

/// A preference and a name (MX, KX).
pub fn preferred(
    l: &mut Layer<'_, '_>,
    r: &Record<'_>,
    (preference, target): (&'static Field, &'static Field),
    word: &str,
) -> Done {
    let number = l.u16(preference)?;
    let name = r.name(l, target)?;
    r.say(
        l,
        |out| {
            let _ = write!(out, ", preference {number}, {word} ");
            name.push(out);
        },
        |out| {
            let _ = write!(out, " {number} ");
            name.push(out);
        },
    );
    Ok(())
}

/// Texts up to the end of the data. One that runs over the end takes the reading beyond it, to the end of the message.
fn texts(
    l: &mut Layer<'_, '_>,
    r: &Record<'_>,
    length: &'static Field,
    field: &'static Field,
) -> Done {
    while l.pos() != r.end() {
        counted(l, length, field)?;
    }
    Ok(())
}

/// SRV: the host and port of a service.
fn service(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let priority = l.u16(&SRV_PRIORITY)?;
    let weight = l.u16(&SRV_WEIGHT)?;
    let port = l.u16(&SRV_PORT)?;
    let target = r.name(l, &SRV_TARGET)?;
    r.say(
        l,
        |out| {
            let _ = write!(
                out,
                ", priority {priority}, weight {weight}, port {port}, target "
            );
            target.push(out);
        },
        |out| {
            let _ = write!(out, " {priority} {weight} {port} ");
            target.push(out);
        },
    );
    Ok(())
}

/// NAPTR: a rule for finding a service.
fn rule(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let order = l.u16(&NAPTR_ORDER)?;
    let preference = l.u16(&NAPTR_PREFERENCE)?;
    let flags_at = l.pos() + 1;
    counted(l, &NAPTR_FLAGS_LENGTH, &NAPTR_FLAGS)?;
    let flags_end = l.pos();
    counted(l, &NAPTR_SERVICE_LENGTH, &NAPTR_SERVICE)?;
    counted(l, &NAPTR_REGEX_LENGTH, &NAPTR_REGEX)?;
    let at = l.pos();
    let name = name::read(l, r.message.start, at)?;
    let len = Value::U(name.shown_len() as u64);
    l.add(&NAPTR_REPLACEMENT_LENGTH, at, 0, len);
    let value = name.value(l);
    l.add(&NAPTR_REPLACEMENT, at, name.used, value);
    let flags = l.data().get(flags_at..flags_end).unwrap_or(&[]);
    r.say(
        l,
        |out| {
            let _ = write!(out, ", order {order}, preference {preference}, flags ");
            crate::dissect::text::escaped(flags, out);
        },
        |out| {
            let _ = write!(out, " {order} {preference} ");
            crate::dissect::text::escaped(flags, out);
        },
    );
    Ok(())
}

/// A list of record types as bits in windows of 256 (RFC 4034 section 4.1.2). Runs over like [`texts`].
pub fn type_windows(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    while l.pos() != r.end() {
        let window = l.peek_u8(l.pos())?;
        let len = usize::from(l.peek_u8(l.pos() + 1)?);
        l.skip(2);
        type_bits(l, u64::from(window) << 8, len)?;
    }
    Ok(())
}

/// `len` bytes of bits, each for a type, the first for type `first`.
pub fn type_bits(l: &mut Layer<'_, '_>, first: u64, len: usize) -> Done {
    let mut kind = first;
    for _ in 0..len {
        let at = l.pos();
        let bits = l.peek_u8(at)?;
        for bit in (0..8).rev() {
            if bits >> bit & 1 != 0 {
                let node = l.add(&TYPE, at, 1, Value::U(kind));
                l.label(node, |out| {
                    out.push_str("RR type in bit map: ");
                    match values::described(kind) {
                        Some(words) => out.push_str(words),
                        None => {
                            let _ = write!(out, "Unknown ({kind})");
                        }
                    }
                });
            }
            kind += 1;
        }
        l.skip(1);
    }
    Ok(())
}
