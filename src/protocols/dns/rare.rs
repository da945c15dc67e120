//! Records that are seldom met: experiments of the early days, telephone and routing, and newcomers.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::rdata::{Record, address_said, counted, preferred};
use super::values::{FAMILIES, HIP_ALGORITHMS, IP_VERSIONS};
use crate::dissect::{Done, Layer, Stop, Value};

crate::fields! {
    /// A host that takes mail for the name (out of use).
    MD = Field::new("dns.md", "Mail Destination", Kind::Str).spec("RFC 1035 section 3.3.4");
    /// A host that passes mail on for the name (out of use).
    MF = Field::new("dns.mf", "Mail Forwarder", Kind::Str).spec("RFC 1035 section 3.3.5");
    /// The host of a mailbox (an experiment).
    MB = Field::new("dns.mb", "MailBox Domaine", Kind::Str).spec("RFC 1035 section 3.3.3");
    /// A member of a mail group (an experiment).
    MG = Field::new("dns.mg", "Mail Group member", Kind::Str).spec("RFC 1035 section 3.3.6");
    /// The new name of a mailbox (an experiment).
    MR = Field::new("dns.mr", "Mail Rename domaine", Kind::Str).spec("RFC 1035 section 3.3.8");
    /// Who looks after a mailbox or list.
    MINFO_R = Field::new("dns.minfo.r", "Responsible Mailbox", Kind::Str).spec("RFC 1035 section 3.3.7");
    /// Who gets its error messages.
    MINFO_E = Field::new("dns.minfo.e", "Error Mailbox", Kind::Str).spec("RFC 1035 section 3.3.7");
    /// The address whose services are listed.
    WKS_ADDRESS = Field::new("dns.wks.address", "Address", Kind::Ipv4).spec("RFC 1035 section 3.4.2");
    /// The transport of the services: 6 for TCP, 17 for UDP.
    WKS_PROTOCOL = Field::new("dns.wks.protocol", "Protocol", Kind::U8).names(Names::Lookup(transport)).spec("RFC 1035 section 3.4.2");
    /// Eight ports, a bit each.
    WKS_BITS = Field::new("dns.wks.bits", "Bits", Kind::U8).hex().spec("RFC 1035 section 3.4.2");
    /// The mailbox of whoever is responsible for the host.
    RP_MAILBOX = Field::new("dns.rp.mailbox", "Mailbox", Kind::Str).spec("RFC 1183 section 2.2");
    /// A name under which there is text about that person.
    RP_TXT = Field::new("dns.rp.txt_rr", "TXT RR", Kind::Str).spec("RFC 1183 section 2.2");
    /// 1: a server of the AFS file system, 2: of DCE.
    AFSDB_SUBTYPE = Field::new("dns.afsdb.subtype", "Subtype", Kind::U16).spec("RFC 1183 section 1");
    /// The server.
    AFSDB_HOST = Field::new("dns.afsdb.hostname", "Hostname", Kind::Str).spec("RFC 1183 section 1");
    /// Length of the address.
    X25_LENGTH = Field::new("dns.x25.length", "Length", Kind::U8).spec("RFC 1183 section 3.1");
    /// Address in an X.25 network.
    X25_ADDRESS = Field::new("dns.x25.psdn_address", "PSDN-Address", Kind::Str).spec("RFC 1183 section 3.1");
    /// Length of the number.
    ISDN_LENGTH = Field::new("dns.idsn.length", "Length", Kind::U8).spec("RFC 1183 section 3.2");
    /// ISDN telephone number.
    ISDN_ADDRESS = Field::new("dns.idsn.address", "ISDN Address", Kind::Str).spec("RFC 1183 section 3.2");
    /// Length of the subaddress.
    ISDN_SUB_LENGTH = Field::new("dns.idsn.sa.length", "Length", Kind::U8).spec("RFC 1183 section 3.2");
    /// ISDN subaddress: which device behind the number.
    ISDN_SUB_ADDRESS = Field::new("dns.idsn.sa.address", "Sub Address", Kind::Str).spec("RFC 1183 section 3.2");
    /// Routes with a lower number are tried first.
    RT_PREFERENCE = Field::new("dns.rt.subtype", "Preference", Kind::U16).spec("RFC 1183 section 3.3");
    /// The host to go through.
    RT_HOST = Field::new("dns.rt.intermediate_host", "Intermediate Hostname", Kind::Str).spec("RFC 1183 section 3.3");
    /// Address in an OSI network.
    NSAP = Field::new("dns.nsap.rdata", "NSAP Data", Kind::Bytes).spec("RFC 1706 section 5");
    /// Name of an OSI address.
    NSAP_PTR = Field::new("dns.nsap_ptr.owner", "Owner", Kind::Str).spec("RFC 1706 section 6");
    /// Mappings with a lower number are preferred.
    PX_PREFERENCE = Field::new("dns.px.preference", "Preference", Kind::U16).spec("RFC 2163 section 4");
    /// The Internet's name of a mail domain.
    PX_822 = Field::new("dns.px.map822", "MAP822", Kind::Str).spec("RFC 2163 section 4");
    /// Its X.400 name.
    PX_400 = Field::new("dns.px.map400", "MAPX400", Kind::Str).spec("RFC 2163 section 4");
    /// Length of the text.
    GPOS_LONGITUDE_LENGTH = Field::new("dns.gpos.longitude_length", "Longitude length", Kind::U8).spec("RFC 1712 section 3");
    /// Longitude in degrees.
    GPOS_LONGITUDE = Field::new("dns.gpos.longitude", "Longitude", Kind::Str).spec("RFC 1712 section 3");
    /// Length of the text.
    GPOS_LATITUDE_LENGTH = Field::new("dns.gpos.latitude_length", "Latitude length", Kind::U8).spec("RFC 1712 section 3");
    /// Latitude in degrees.
    GPOS_LATITUDE = Field::new("dns.gpos.latitude", "Latitude", Kind::Str).spec("RFC 1712 section 3");
    /// Length of the text.
    GPOS_ALTITUDE_LENGTH = Field::new("dns.gpos.altitude_length", "Altitude length", Kind::U8).spec("RFC 1712 section 3");
    /// Altitude in metres.
    GPOS_ALTITUDE = Field::new("dns.gpos.altitude", "Altitude", Kind::Str).spec("RFC 1712 section 3");
    /// Version of the record: 0.
    LOC_VERSION = Field::new("dns.loc.version", "Version", Kind::U8).spec("RFC 1876 section 2");
    /// How large the thing is: a digit and a power of ten, in centimetres.
    LOC_SIZE = Field::new("dns.loc.size", "Size", Kind::U8).names(Names::Custom(extent)).spec("RFC 1876 section 2");
    /// How exact latitude and longitude are.
    LOC_HORIZONTAL = Field::new("dns.loc.horizontal_precision", "Horizontal Precision", Kind::U8).names(Names::Custom(extent)).spec("RFC 1876 section 2");
    /// How exact the altitude is.
    LOC_VERTICAL = Field::new("dns.loc.vertical_precision", "Vertical Precision", Kind::U8).names(Names::Custom(extent)).spec("RFC 1876 section 2");
    /// Latitude in thousandths of a second of arc; 2^31 is the equator.
    LOC_LATITUDE = Field::new("dns.loc.latitude", "Latitude", Kind::U32).names(Names::Custom(latitude)).spec("RFC 1876 section 2");
    /// Longitude in thousandths of a second of arc; 2^31 is Greenwich.
    LOC_LONGITUDE = Field::new("dns.loc.longitude", "Longitude", Kind::U32).names(Names::Custom(longitude)).spec("RFC 1876 section 2");
    /// Altitude in centimetres above a point 100 km below the sea.
    LOC_ALTITUDE = Field::new("dns.loc.altitude", "Altitude", Kind::U32).names(Names::Custom(altitude)).spec("RFC 1876 section 2");
    /// A place in a version not known here.
    LOC_UNKNOWN = Field::new("dns.loc.unknown_data", "Unknown data", Kind::Bytes).spec("RFC 1876 section 2");
    /// Hosts with a lower number are tried first.
    KX_PREFERENCE = Field::new("dns.kx.preference", "Preference", Kind::U16).spec("RFC 2230 section 3");
    /// A host that agrees upon keys in this one's stead.
    KX_HOST = Field::new("dns.kx.key_exchange", "Key Exchange", Kind::Str).spec("RFC 2230 section 3");
    /// How many bits of the address are to be looked up elsewhere.
    A6_PREFIX = Field::new("dns.a6.prefix_len", "Prefix len", Kind::U8).spec("RFC 2874 section 3.1");
    /// The rest of the address.
    A6_SUFFIX = Field::new("dns.a6.address_suffix", "Address Suffix", Kind::Ipv6).spec("RFC 2874 section 3.1");
    /// Where to look up its beginning.
    A6_NAME = Field::new("dns.a6.prefix_name", "Prefix name", Kind::Str).spec("RFC 2874 section 3.1");
    /// IPv4 or IPv6.
    APL_FAMILY = Field::new("dns.apl.address_family", "Address Family", Kind::U16).values(FAMILIES).spec("RFC 3123 section 4");
    /// How many bits of the address count.
    APL_PREFIX = Field::new("dns.apl.coded_prefix", "Prefix Length", Kind::U8).spec("RFC 3123 section 4");
    /// The network is excepted, not listed.
    APL_NEGATION = Field::new("dns.apl.negation", "Negation Flag", Kind::Bool).mask(0x80).width(8).words("No (0)", "Yes (!)").spec("RFC 3123 section 4");
    /// Length of the address; zero bytes at its end are left out.
    APL_LENGTH = Field::new("dns.apl.afdlength", "Address Length", Kind::U8).mask(0x7f).spec("RFC 3123 section 4");
    /// The network.
    APL_IPV4 = Field::new("dns.apl.afdpart.ipv4", "Address", Kind::Ipv4).spec("RFC 3123 section 4");
    /// The network.
    APL_IPV6 = Field::new("dns.apl.afdpart.ipv6", "Address", Kind::Ipv6).spec("RFC 3123 section 4");
    /// The network, in a family not known here.
    APL_DATA = Field::new("dns.apl.afdpart.data", "Address", Kind::Bytes).spec("RFC 3123 section 4");
    /// A digest of whom a DHCP server gave the name to.
    DHCID = Field::new("dns.dhcid.rdata", "DHCID Data", Kind::Bytes).spec("RFC 4701 section 3");
    /// Length of the host's identity tag.
    HIP_HIT_LENGTH = Field::new("dns.hip.hit.length", "HIT length", Kind::U8).spec("RFC 8005 section 5.1");
    /// Algorithm of the host's key.
    HIP_ALGORITHM = Field::new("dns.hip.hit.pk.algo", "HIT length", Kind::U8).values(HIP_ALGORITHMS).spec("RFC 8005 section 5.2");
    /// Length of the host's key.
    HIP_PK_LENGTH = Field::new("dns.hip.pk.length", "PK length", Kind::U16).spec("RFC 8005 section 5.3");
    /// A digest of the host's key, used like an address.
    HIP_HIT = Field::new("dns.hip.hit", "Host Identity Tag", Kind::Bytes).spec("RFC 8005 section 5.4");
    /// The host's key.
    HIP_PK = Field::new("dns.hip.pk", "HIP Public Key", Kind::Bytes).spec("RFC 8005 section 5.5");
    /// A server that always knows where the host is.
    HIP_SERVER = Field::new("dns.hip.rendezvous_server", "Rendezvous Server", Kind::Str).spec("RFC 8005 section 5.6");
    /// Lower numbers are preferred.
    NID_PREFERENCE = Field::new("dns.ilnp.nid.preference", "Preference", Kind::U16).spec("RFC 6742 section 2.1");
    /// Who the node is, wherever it is.
    NID = Field::new("dns.ilnp.nid", "NodeID", Kind::Bytes).spec("RFC 6742 section 2.1");
    /// Lower numbers are preferred.
    L32_PREFERENCE = Field::new("dns.ilnp.l32.preference", "Preference", Kind::U16).spec("RFC 6742 section 2.2");
    /// Where the node is: its network.
    L32 = Field::new("dns.ilnp.l32", "Locator32", Kind::Ipv4).spec("RFC 6742 section 2.2");
    /// Lower numbers are preferred.
    L64_PREFERENCE = Field::new("dns.ilnp.l64.preference", "Preference", Kind::U16).spec("RFC 6742 section 2.3");
    /// Where the node is: its network.
    L64 = Field::new("dns.ilnp.l64", "Locator64", Kind::Bytes).spec("RFC 6742 section 2.3");
    /// Lower numbers are preferred.
    LP_PREFERENCE = Field::new("dns.ilnp.lp.preference", "Preference", Kind::U16).spec("RFC 6742 section 2.4");
    /// The name under which to look for the network.
    LP = Field::new("dns.ilnp.lp", "Locator FQDN", Kind::Str).spec("RFC 6742 section 2.4");
    /// A hardware address.
    EUI48 = Field::new("dns.eui48", "EUI48 Address", Kind::Ether).spec("RFC 7043 section 3");
    /// A hardware address of 64 bits.
    EUI64 = Field::new("dns.eui64", "EUI64 Address", Kind::Eui64).spec("RFC 7043 section 4");
    /// Version of IP with which the question came to the proxy.
    XPF_VERSION = Field::new("dns.xpf.ip_version", "IP Version", Kind::U16).values(IP_VERSIONS).spec("draft-bellis-dnsop-xpf");
    /// Transport with which it came.
    XPF_PROTOCOL = Field::new("dns.xpf.protocol", "Protocol", Kind::U8).names(Names::Lookup(transport)).spec("draft-bellis-dnsop-xpf");
    /// Who asked the proxy.
    XPF_SOURCE4 = Field::new("dns.xpf.source_ipv4", "IPv4 Source", Kind::Ipv4).spec("draft-bellis-dnsop-xpf");
    /// The proxy's address.
    XPF_DESTINATION4 = Field::new("dns.xpf.destination_ipv4", "IPv4 Destination", Kind::Ipv4).spec("draft-bellis-dnsop-xpf");
    /// Who asked the proxy.
    XPF_SOURCE6 = Field::new("dns.xpf.source_ipv6", "IPv6 Source", Kind::Ipv6).spec("draft-bellis-dnsop-xpf");
    /// The proxy's address.
    XPF_DESTINATION6 = Field::new("dns.xpf.destination_ipv6", "IPv6 Destination", Kind::Ipv6).spec("draft-bellis-dnsop-xpf");
    /// The asker's port.
    XPF_SOURCE_PORT = Field::new("dns.xpf.sport", "Source port", Kind::U16).spec("draft-bellis-dnsop-xpf");
    /// The proxy's port.
    XPF_DESTINATION_PORT = Field::new("dns.xpf.dport", "Destination port", Kind::U16).spec("draft-bellis-dnsop-xpf");
    /// The answer is for this server only and is not passed on.
    WINS_LOCAL = Field::new("dns.wins.local_flag", "Local Flag", Kind::Bool).mask(0x0000_0001).width(32).spec("MS-DNSP section 2.2.2.2.4.24");
    /// For how many seconds to wait for a WINS server.
    WINS_LOOKUP = Field::new("dns.wins.lookup_timeout", "Lookup timeout", Kind::U32).spec("MS-DNSP section 2.2.2.2.4.24");
    /// For how many seconds to remember its answer.
    WINS_CACHE = Field::new("dns.wins.cache_timeout", "Cache timeout", Kind::U32).spec("MS-DNSP section 2.2.2.2.4.24");
    /// How many servers follow.
    WINS_COUNT = Field::new("dns.wins.nb_wins_servers", "Number of WINS servers", Kind::U32).spec("MS-DNSP section 2.2.2.2.4.24");
    /// A server that knows Windows names.
    WINS_SERVER = Field::new("dns.wins.wins_server", "WINS Server Address", Kind::Ipv4).spec("MS-DNSP section 2.2.2.2.4.24");
    /// The answer is for this server only and is not passed on.
    WINSR_LOCAL = Field::new("dns.winsr.local_flag", "Local Flag", Kind::Bool).mask(0x0000_0001).width(32).spec("MS-DNSP section 2.2.2.2.4.25");
    /// For how many seconds to wait for an answer.
    WINSR_LOOKUP = Field::new("dns.winsr.lookup_timeout", "Lookup timeout", Kind::U32).spec("MS-DNSP section 2.2.2.2.4.25");
    /// For how many seconds to remember it.
    WINSR_CACHE = Field::new("dns.winsr.cache_timeout", "Cache timeout", Kind::U32).spec("MS-DNSP section 2.2.2.2.4.25");
    /// The domain that is put behind the Windows name found.
    WINSR_DOMAIN = Field::new("dns.winsr.name_result_domain", "Name Result Domain", Kind::Str).spec("MS-DNSP section 2.2.2.2.4.25");
}

/// The data of a record, if its type is one of these. Says whether it is.
pub fn contents(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Result<bool, Stop> {
    match r.kind {
        11 => {
            well_known(l, r)?;
            return Ok(true);
        }
        29 => {
            place(l, r)?;
            return Ok(true);
        }
        36 => {
            preferred(l, r, (&KX_PREFERENCE, &KX_HOST), "kx")?;
            return Ok(true);
        }
        38 => {
            partial_address(l, r)?;
            return Ok(true);
        }
        104 => {
            l.u16(&NID_PREFERENCE)?;
            l.bytes(&NID, 8)?;
            return Ok(true);
        }
        105 => {
            l.u16(&L32_PREFERENCE)?;
            l.ipv4(&L32)?;
            return Ok(true);
        }
        106 => {
            l.u16(&L64_PREFERENCE)?;
            l.bytes(&L64, 8)?;
            return Ok(true);
        }
        107 => {
            l.u16(&LP_PREFERENCE)?;
            r.name(l, &LP)?;
            return Ok(true);
        }
        108 => {
            l.ether(&EUI48)?;
            return Ok(true);
        }
        109 => {
            let value = l.peek(l.pos(), 8)?;
            l.u64(&EUI64)?;
            let node = l.last();
            l.append(node, |out| {
                // The yardstick writes the address twice: as it is and as a name that it does not have.
                out.push_str(" (");
                for (i, byte) in value.iter().enumerate() {
                    if i > 0 {
                        out.push(':');
                    }
                    crate::flow::address::push_hex(out, *byte);
                }
                out.push(')');
            });
            return Ok(true);
        }
        65281 => {
            wins(l, r)?;
            return Ok(true);
        }
        65422 => {
            forwarded(l)?;
            return Ok(true);
        }
        _ => {}
    }
    // With all of the following the packet list says the owner's name.
    match r.kind {
        3 => names(l, r, &[&MD])?,
        4 => names(l, r, &[&MF])?,
        7 => names(l, r, &[&MB])?,
        8 => names(l, r, &[&MG])?,
        9 => names(l, r, &[&MR])?,
        14 => names(l, r, &[&MINFO_R, &MINFO_E])?,
        17 => names(l, r, &[&RP_MAILBOX, &RP_TXT])?,
        18 => {
            l.u16(&AFSDB_SUBTYPE)?;
            names(l, r, &[&AFSDB_HOST])?;
        }
        19 => counted(l, &X25_LENGTH, &X25_ADDRESS)?,
        20 => {
            counted(l, &ISDN_LENGTH, &ISDN_ADDRESS)?;
            if r.left(l) > 1 {
                counted(l, &ISDN_SUB_LENGTH, &ISDN_SUB_ADDRESS)?;
            }
        }
        21 => {
            l.u16(&RT_PREFERENCE)?;
            names(l, r, &[&RT_HOST])?;
        }
        22 => r.rest(l, &NSAP)?,
        23 => names(l, r, &[&NSAP_PTR])?,
        26 => {
            l.u16(&PX_PREFERENCE)?;
            names(l, r, &[&PX_822, &PX_400])?;
        }
        27 => {
            counted(l, &GPOS_LONGITUDE_LENGTH, &GPOS_LONGITUDE)?;
            counted(l, &GPOS_LATITUDE_LENGTH, &GPOS_LATITUDE)?;
            counted(l, &GPOS_ALTITUDE_LENGTH, &GPOS_ALTITUDE)?;
        }
        42 => networks(l, r)?,
        49 => r.rest(l, &DHCID)?,
        55 => host_identity(l, r)?,
        65282 => {
            let at = l.pos();
            l.bits(&WINSR_LOCAL, at, 4)?;
            l.skip(4);
            l.u32(&WINSR_LOOKUP)?;
            l.u32(&WINSR_CACHE)?;
            let name = r.name(l, &WINSR_DOMAIN)?;
            l.append(r.line, |out| {
                out.push_str(", name result domain ");
                name.push(out);
            });
        }
        _ => return Ok(false),
    }
    r.say_owner(l);
    Ok(true)
}

/// Names one after the other.
fn names(l: &mut Layer<'_, '_>, r: &Record<'_>, fields: &[&'static Field]) -> Done {
    for field in fields {
        r.name(l, field)?;
    }
    Ok(())
}

/// The transports that these records name in practice.
fn transport(value: u64) -> Option<&'static str> {
    match value {
        1 => Some("ICMP"),
        6 => Some("TCP"),
        17 => Some("UDP"),
        33 => Some("DCCP"),
        132 => Some("SCTP"),
        _ => None,
    }
}

/// WKS: which ports a host serves.
fn well_known(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let address = Ipv4Addr::from(l.ipv4(&WKS_ADDRESS)?);
    address_said(l, r, &address);
    l.u8(&WKS_PROTOCOL)?;
    for group in 0..r.left(l) {
        let at = l.pos();
        let bits = l.peek_u8(at)?;
        if bits != 0 {
            let node = l.add(&WKS_BITS, at, 1, Value::U(u64::from(bits)));
            l.append(node, |out| {
                let ports = (0..8).filter(|bit| bits << bit & 0x80 != 0);
                for (i, bit) in ports.enumerate() {
                    out.push_str(if i == 0 { " (" } else { ", " });
                    let _ = write!(out, "{}", group * 8 + bit);
                }
                out.push(')');
            });
        }
        l.skip(1);
    }
    Ok(())
}

/// LOC: where on earth.
fn place(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let at = l.pos();
    let version = l.u8(&LOC_VERSION)?;
    if version != 0 {
        l.seek(at);
        return r.rest(l, &LOC_UNKNOWN);
    }
    l.u8(&LOC_SIZE)?;
    l.u8(&LOC_HORIZONTAL)?;
    l.u8(&LOC_VERTICAL)?;
    l.u32(&LOC_LATITUDE)?;
    l.u32(&LOC_LONGITUDE)?;
    l.u32(&LOC_ALTITUDE)?;
    Ok(())
}

/// A digit and a power of ten in centimetres, as metres.
fn extent(value: u64, out: &mut String) {
    let power = i32::try_from(value & 15).unwrap_or(0);
    let metres = (value >> 4) as f64 * 10f64.powi(power) / 100.0;
    let _ = write!(out, "{value} (");
    crate::dissect::text::general(metres, 6, out);
    out.push_str(" m)");
}

/// An angle in thousandths of a second around 2^31.
fn angle(value: u64, (plus, minus): (char, char), out: &mut String) {
    let (size, side) = match value.checked_sub(1 << 31) {
        Some(size) => (size, plus),
        None => ((1 << 31) - value, minus),
    };
    let _ = write!(
        out,
        "{value} ({} deg {} min {}.{:03} sec {side})",
        size / 3_600_000,
        size / 60_000 % 60,
        size / 1_000 % 60,
        size % 1_000
    );
}

fn latitude(value: u64, out: &mut String) {
    angle(value, ('N', 'S'), out);
}

fn longitude(value: u64, out: &mut String) {
    angle(value, ('E', 'W'), out);
}

fn altitude(value: u64, out: &mut String) {
    let _ = write!(out, "{value} (");
    crate::dissect::text::general((value as f64 - 10_000_000.0) / 100.0, 6, out);
    out.push_str(" m)");
}

/// A6: a part of an IPv6 address, and where to look up the rest.
fn partial_address(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let prefix = l.u8(&A6_PREFIX)?;
    let at = l.pos();
    let n = usize::from(128u8.saturating_sub(prefix)).div_ceil(8);
    let part = l.peek(at, n)?;
    let mut address = [0; 16];
    address[16 - n..].copy_from_slice(part);
    if n > 0 {
        l.add(&A6_SUFFIX, at, n, Value::Ipv6(address));
    }
    l.skip(n);
    let name = if prefix > 0 {
        Some(r.name(l, &A6_NAME)?)
    } else {
        None
    };
    let address = Ipv6Addr::from(address);
    let say = |out: &mut String| {
        let _ = write!(out, " {prefix} {address} ");
        if let Some(name) = &name {
            name.push(out);
        }
    };
    r.say(
        l,
        |out| {
            out.push_str(", addr");
            say(out);
        },
        say,
    );
    Ok(())
}

/// APL: a list of networks.
fn networks(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    while l.pos() < r.end() {
        let family = l.u16(&APL_FAMILY)?;
        l.u8(&APL_PREFIX)?;
        let at = l.pos();
        l.bits(&APL_NEGATION, at, 1)?;
        let n = l.bits(&APL_LENGTH, at, 1)? as usize;
        l.skip(1);
        let at = l.pos();
        let part = l.peek(at, n)?;
        match family {
            1 if n <= 4 => {
                let mut address = [0; 4];
                address.iter_mut().zip(part).for_each(|(a, b)| *a = *b);
                l.add(&APL_IPV4, at, n, Value::Ipv4(address));
            }
            2 if n <= 16 => {
                let mut address = [0; 16];
                address.iter_mut().zip(part).for_each(|(a, b)| *a = *b);
                l.add(&APL_IPV6, at, n, Value::Ipv6(address));
            }
            _ => {
                let value = l.slice(at, n);
                l.add(&APL_DATA, at, n, value);
            }
        }
        l.skip(n);
    }
    Ok(())
}

/// HIP: who a host is, apart from where it is.
fn host_identity(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let hit = l.u8(&HIP_HIT_LENGTH)?;
    l.u8(&HIP_ALGORITHM)?;
    let pk = l.u16(&HIP_PK_LENGTH)?;
    l.bytes(&HIP_HIT, usize::from(hit))?;
    l.bytes(&HIP_PK, usize::from(pk))?;
    while l.pos() < r.end() {
        r.name(l, &HIP_SERVER)?;
    }
    Ok(())
}

/// XPF: whom a proxy asks for.
fn forwarded(l: &mut Layer<'_, '_>) -> Done {
    let version = l.uint(&XPF_VERSION, 1)?;
    l.u8(&XPF_PROTOCOL)?;
    if version == 4 {
        l.ipv4(&XPF_SOURCE4)?;
        l.ipv4(&XPF_DESTINATION4)?;
    } else if version == 6 {
        l.ipv6(&XPF_SOURCE6)?;
        l.ipv6(&XPF_DESTINATION6)?;
    } else {
        return Ok(());
    }
    l.u16(&XPF_SOURCE_PORT)?;
    l.u16(&XPF_DESTINATION_PORT)?;
    Ok(())
}

/// WINS: ask a Windows name server.
fn wins(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let at = l.pos();
    l.bits(&WINS_LOCAL, at, 4)?;
    l.skip(4);
    l.u32(&WINS_LOOKUP)?;
    l.u32(&WINS_CACHE)?;
    l.u32(&WINS_COUNT)?;
    while l.pos() < r.end() {
        l.ipv4(&WINS_SERVER)?;
    }
    Ok(())
}
