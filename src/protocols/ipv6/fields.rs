//! What an IPv6 header and its extension headers can say: their fields.

use crate::protocols::{internet, ip};

crate::fields! {
    /// Which version of IP this is; here it is 6.
    VERSION = Field::new("ipv6.version", "Version", Kind::U8).mask(0xf0).also(&[&ip::VERSION]).spec("RFC 8200 section 3");
    /// How the packet wants to be treated on its way: a class of service and two bits for congestion signals.
    TCLASS = Field::new("ipv6.tclass", "Traffic Class", Kind::U32).mask(0xff00000).hex().spec("RFC 2474 section 3");
    /// The class of service. Routers that know it give each class its own queue; 0 is ordinary traffic.
    TCLASS_DSCP = Field::new("ipv6.tclass.dscp", "Differentiated Services Codepoint", Kind::U32).mask(0xfc00000).names(Names::Lookup(internet::dscp_name)).spec("RFC 2474 section 3");
    /// Congestion signals: a router that is nearly full marks the packet here instead of throwing it away.
    TCLASS_ECN = Field::new("ipv6.tclass.ecn", "Explicit Congestion Notification", Kind::U32).mask(0x300000).names(Names::Values(internet::ECN_NAMES)).spec("RFC 3168 section 5");
    /// A number that the sender gives to all packets of one flow, so that routers keep them on one way without
    /// looking further.
    FLOW = Field::new("ipv6.flow", "Flow Label", Kind::U24).mask(0xfffff).hex().spec("RFC 6437");
    /// Length of everything behind this header, extension headers included.
    PLEN = Field::new("ipv6.plen", "Payload Length", Kind::U16).spec("RFC 8200 section 3");
    /// What follows: an extension header or the protocol that the data belongs to.
    NXT = Field::new("ipv6.nxt", "Next Header", Kind::U8).names(Names::Lookup(internet::protocol_name)).spec("RFC 8200 section 3");
    /// How many more routers the packet may pass. Each takes 1 off and throws the packet away at 0.
    HLIM = Field::new("ipv6.hlim", "Hop Limit", Kind::U8).spec("RFC 8200 section 3");
    /// The address of the host that sent the packet.
    SRC = Field::new("ipv6.src", "Source Address", Kind::Ipv6).also(&[&ADDR, &SRC_HOST, &HOST]).spec("RFC 8200 section 3");
    /// The sender's address as text.
    SRC_HOST = Field::new("ipv6.src_host", "Source Host", Kind::Str).spec("RFC 8200 section 3");
    /// Hardware address that the sender's address was made from: it stands in the lower half, one bit flipped and
    /// ff:fe put in.
    SRC_SLAAC_MAC = Field::new("ipv6.src_slaac_mac", "Source SLAAC MAC", Kind::Ether).also(&[&SLAAC_MAC]).spec("RFC 4291 appendix A");
    /// IPv4 address inside the sender's address, as hosts have it that reach IPv6 over an IPv4 site.
    SRC_ISATAP_IPV4 = Field::new("ipv6.src_isatap_ipv4", "Source ISATAP IPv4", Kind::Ipv4).also(&[&ISATAP_IPV4]).spec("RFC 5214 section 6.1");
    /// IPv4 address of the sender's gateway, from which its 6to4 prefix was made.
    SRC_6TO4_GW_IPV4 = Field::new("ipv6.src_6to4_gw_ipv4", "Source 6to4 Gateway IPv4", Kind::Ipv4).also(&[&N6TO4_GW_IPV4]).spec("RFC 3056 section 2");
    /// Which network behind that gateway.
    SRC_6TO4_SLA_ID = Field::new("ipv6.src_6to4_sla_id", "Source 6to4 SLA ID", Kind::U16).also(&[&N6TO4_SLA_ID]).spec("RFC 3056 section 2");
    /// IPv4 address of the sender's Teredo server.
    SRC_TS_IPV4 = Field::new("ipv6.src_ts_ipv4", "Source Teredo Server IPv4", Kind::Ipv4).also(&[&TS_IPV4]).spec("RFC 4380 section 4");
    /// UDP port of the sender as its Teredo server sees it; its bits are inverted in the address.
    SRC_TC_PORT = Field::new("ipv6.src_tc_port", "Source Teredo Port", Kind::U16).also(&[&TC_PORT]).spec("RFC 4380 section 4");
    /// IPv4 address of the sender as its Teredo server sees it; its bits are inverted in the address.
    SRC_TC_IPV4 = Field::new("ipv6.src_tc_ipv4", "Source Teredo Client IPv4", Kind::Ipv4).also(&[&TC_IPV4]).spec("RFC 4380 section 4");
    /// IPv4 address that a translator between the two versions put into the sender's address.
    SRC_EMBED_IPV4 = Field::new("ipv6.src_embed_ipv4", "Source Embedded IPv4", Kind::Ipv4).spec("RFC 6052 section 2");
    /// The address of the host that the packet is for.
    DST = Field::new("ipv6.dst", "Destination Address", Kind::Ipv6).also(&[&ADDR, &DST_HOST, &HOST]).spec("RFC 8200 section 3");
    /// The receiver's address as text.
    DST_HOST = Field::new("ipv6.dst_host", "Destination Host", Kind::Str).spec("RFC 8200 section 3");
    /// Hardware address that the receiver's address was made from.
    DST_SLAAC_MAC = Field::new("ipv6.dst_slaac_mac", "Destination SLAAC MAC", Kind::Ether).also(&[&SLAAC_MAC]).spec("RFC 4291 appendix A");
    /// IPv4 address inside the receiver's address.
    DST_ISATAP_IPV4 = Field::new("ipv6.dst_isatap_ipv4", "Destination ISATAP IPv4", Kind::Ipv4).also(&[&ISATAP_IPV4]).spec("RFC 5214 section 6.1");
    /// IPv4 address of the receiver's gateway, from which its 6to4 prefix was made.
    DST_6TO4_GW_IPV4 = Field::new("ipv6.dst_6to4_gw_ipv4", "Destination 6to4 Gateway IPv4", Kind::Ipv4).also(&[&N6TO4_GW_IPV4]).spec("RFC 3056 section 2");
    /// Which network behind that gateway.
    DST_6TO4_SLA_ID = Field::new("ipv6.dst_6to4_sla_id", "Destination 6to4 SLA ID", Kind::U16).also(&[&N6TO4_SLA_ID]).spec("RFC 3056 section 2");
    /// IPv4 address of the receiver's Teredo server.
    DST_TS_IPV4 = Field::new("ipv6.dst_ts_ipv4", "Destination Teredo Server IPv4", Kind::Ipv4).also(&[&TS_IPV4]).spec("RFC 4380 section 4");
    /// UDP port of the receiver as its Teredo server sees it.
    DST_TC_PORT = Field::new("ipv6.dst_tc_port", "Destination Teredo Port", Kind::U16).also(&[&TC_PORT]).spec("RFC 4380 section 4");
    /// IPv4 address of the receiver as its Teredo server sees it.
    DST_TC_IPV4 = Field::new("ipv6.dst_tc_ipv4", "Destination Teredo Client IPv4", Kind::Ipv4).also(&[&TC_IPV4]).spec("RFC 4380 section 4");
    /// IPv4 address that a translator reads out of the receiver's address.
    DST_EMBED_IPV4 = Field::new("ipv6.dst_embed_ipv4", "Destination Embedded IPv4", Kind::Ipv4).spec("RFC 6052 section 2");
    /// Either address: a filter on it finds what a host sent and what it received.
    ADDR = Field::new("ipv6.addr", "Source or Destination Address", Kind::Ipv6).spec("RFC 8200 section 3");
    /// Either address as text.
    HOST = Field::new("ipv6.host", "Source or Destination Host", Kind::Str).spec("RFC 8200 section 3");
    /// Hardware address that either address was made from.
    SLAAC_MAC = Field::new("ipv6.slaac_mac", "SLAAC MAC", Kind::Ether).spec("RFC 4291 appendix A");
    /// IPv4 address inside either address.
    ISATAP_IPV4 = Field::new("ipv6.isatap_ipv4", "ISATAP IPv4", Kind::Ipv4).spec("RFC 5214 section 6.1");
    /// IPv4 address of either gateway.
    N6TO4_GW_IPV4 = Field::new("ipv6.6to4_gw_ipv4", "6to4 Gateway IPv4", Kind::Ipv4).spec("RFC 3056 section 2");
    /// Which network behind either gateway.
    N6TO4_SLA_ID = Field::new("ipv6.6to4_sla_id", "6to4 SLA ID", Kind::U16).spec("RFC 3056 section 2");
    /// IPv4 address of either Teredo server.
    TS_IPV4 = Field::new("ipv6.ts_ipv4", "Teredo Server IPv4", Kind::Ipv4).spec("RFC 4380 section 4");
    /// UDP port of either Teredo client.
    TC_PORT = Field::new("ipv6.tc_port", "Teredo Port", Kind::U16).spec("RFC 4380 section 4");
    /// IPv4 address of either Teredo client.
    TC_IPV4 = Field::new("ipv6.tc_ipv4", "Teredo Client IPv4", Kind::Ipv4).spec("RFC 4380 section 4");
    /// The part of the address that marks it as one with an IPv4 address inside.
    EMBED_IPV4_PREFIX = Field::new("ipv6.embed_ipv4_prefix", "Embedded IPv4 Prefix", Kind::Bytes).spec("RFC 6052 section 2");
    /// IPv4 address inside either address.
    EMBED_IPV4 = Field::new("ipv6.embed_ipv4", "Embedded IPv4", Kind::Ipv4).spec("RFC 6052 section 2");
    /// A byte of such an address that must be 0.
    EMBED_IPV4_U = Field::new("ipv6.embed_ipv4_u", "Embedded IPv4 u field", Kind::Bytes).spec("RFC 6052 section 2.2");
    /// What is behind the IPv4 address; kept for later.
    EMBED_IPV4_SUFFIX = Field::new("ipv6.embed_ipv4_suffix", "Embedded IPv4 Suffix", Kind::Bytes).spec("RFC 6052 section 2.2");
    /// The country where an address is registered, if a database of such places is at hand.
    GEOIP_COUNTRY = Field::new("ipv6.geoip.country", "Source or Destination GeoIP Country", Kind::Str);
    /// The country of an address as two letters, if a database is at hand.
    GEOIP_COUNTRY_ISO = Field::new("ipv6.geoip.country_iso", "Source or Destination GeoIP ISO Two Letter Country Code", Kind::Str);
    /// The city of an address, if a database is at hand.
    GEOIP_CITY = Field::new("ipv6.geoip.city", "Source or Destination GeoIP City", Kind::Str);
    /// Number of the autonomous system that announces an address, if a database is at hand.
    GEOIP_ASNUM = Field::new("ipv6.geoip.asnum", "Source or Destination GeoIP AS Number", Kind::U32);
    /// Who runs that autonomous system, if a database is at hand.
    GEOIP_ORG = Field::new("ipv6.geoip.org", "Source or Destination GeoIP AS Organization", Kind::Str);
    /// Latitude of an address, if a database is at hand.
    GEOIP_LAT = Field::new("ipv6.geoip.lat", "Source or Destination GeoIP Latitude", Kind::F64);
    /// Longitude of an address, if a database is at hand.
    GEOIP_LON = Field::new("ipv6.geoip.lon", "Source or Destination GeoIP Longitude", Kind::F64);
    /// Where the sender is, in one line, if a database is at hand.
    GEOIP_SRC_SUMMARY = Field::new("ipv6.geoip.src_summary", "Source GeoIP", Kind::Str);
    /// Country of the sender, if a database is at hand.
    GEOIP_SRC_COUNTRY = Field::new("ipv6.geoip.src_country", "Source GeoIP Country", Kind::Str);
    /// Country of the sender as two letters, if a database is at hand.
    GEOIP_SRC_COUNTRY_ISO = Field::new("ipv6.geoip.src_country_iso", "Source GeoIP ISO Two Letter Country Code", Kind::Str);
    /// City of the sender, if a database is at hand.
    GEOIP_SRC_CITY = Field::new("ipv6.geoip.src_city", "Source GeoIP City", Kind::Str);
    /// Autonomous system of the sender, if a database is at hand.
    GEOIP_SRC_ASNUM = Field::new("ipv6.geoip.src_asnum", "Source GeoIP AS Number", Kind::U32);
    /// Who runs the sender's autonomous system, if a database is at hand.
    GEOIP_SRC_ORG = Field::new("ipv6.geoip.src_org", "Source GeoIP AS Organization", Kind::Str);
    /// Latitude of the sender, if a database is at hand.
    GEOIP_SRC_LAT = Field::new("ipv6.geoip.src_lat", "Source GeoIP Latitude", Kind::F64);
    /// Longitude of the sender, if a database is at hand.
    GEOIP_SRC_LON = Field::new("ipv6.geoip.src_lon", "Source GeoIP Longitude", Kind::F64);
    /// Where the receiver is, in one line, if a database is at hand.
    GEOIP_DST_SUMMARY = Field::new("ipv6.geoip.dst_summary", "Destination GeoIP", Kind::Str);
    /// Country of the receiver, if a database is at hand.
    GEOIP_DST_COUNTRY = Field::new("ipv6.geoip.dst_country", "Destination GeoIP Country", Kind::Str);
    /// Country of the receiver as two letters, if a database is at hand.
    GEOIP_DST_COUNTRY_ISO = Field::new("ipv6.geoip.dst_country_iso", "Destination GeoIP ISO Two Letter Country Code", Kind::Str);
    /// City of the receiver, if a database is at hand.
    GEOIP_DST_CITY = Field::new("ipv6.geoip.dst_city", "Destination GeoIP City", Kind::Str);
    /// Autonomous system of the receiver, if a database is at hand.
    GEOIP_DST_ASNUM = Field::new("ipv6.geoip.dst_asnum", "Destination GeoIP AS Number", Kind::U32);
    /// Who runs the receiver's autonomous system, if a database is at hand.
    GEOIP_DST_ORG = Field::new("ipv6.geoip.dst_org", "Destination GeoIP AS Organization", Kind::Str);
    /// Latitude of the receiver, if a database is at hand.
    GEOIP_DST_LAT = Field::new("ipv6.geoip.dst_lat", "Destination GeoIP Latitude", Kind::F64);
    /// Longitude of the receiver, if a database is at hand.
    GEOIP_DST_LON = Field::new("ipv6.geoip.dst_lon", "Destination GeoIP Longitude", Kind::F64);
    /// An option of a hop-by-hop or destination options header.
    OPT = Field::new("ipv6.opt", "IPv6 Option", Kind::None).spec("RFC 8200 section 4.2");
    /// Which option this is. Its upper bits say what to do for those who do not know it.
    OPT_TYPE = Field::new("ipv6.opt.type", "Type", Kind::U8).hex().values(&[(0, "Pad1"), (1, "PadN"), (4, "Tunnel Encapsulation Limit"), (5, "Router Alert"), (7, "CALIPSO"), (8, "SMF_DPD"), (15, "Performance and Diagnostic Metrics"), (30, "Experimental (0x1E)"), (38, "Quick-Start"), (48, "Path MTU Option"), (49, "IOAM Option"), (62, "Experimental (0x3E)"), (65, "Tunnel Payload Forwarding (TPF) Information"), (94, "Experimental (0x5E)"), (99, "RPL Option"), (109, "MPL Option"), (126, "Experimental (0x7E)"), (138, "Endpoint Identification"), (139, "ILNP Nonce"), (140, "Line-Identification Option"), (158, "Experimental (0x9E)"), (190, "Experimental (0xBE)"), (194, "Jumbo Payload"), (201, "Home Address"), (222, "Experimental (0xDE)"), (238, "IP_DFF"), (254, "Experimental (0xFE)")]).spec("RFC 8200 section 4.2");
    /// What a node does that does not know the option: skip it, or throw the packet away.
    OPT_TYPE_ACTION = Field::new("ipv6.opt.type.action", "Action", Kind::U8).mask(0xc0).values(&[(0, "Skip and continue"), (1, "Discard"), (2, "Discard and send ICMP Parameter Problem"), (3, "Discard and send ICMP if not multicast")]).spec("RFC 8200 section 4.2");
    /// Whether routers may change the option on its way.
    OPT_TYPE_CHANGE = Field::new("ipv6.opt.type.change", "May Change", Kind::Bool).mask(0x20).words("No", "Yes").spec("RFC 8200 section 4.2");
    /// The rest of the option's number.
    OPT_TYPE_REST = Field::new("ipv6.opt.type.rest", "Low-Order Bits", Kind::U8).mask(0x1f).hex().spec("RFC 8200 section 4.2");
    /// Length of the option's data in bytes.
    OPT_LENGTH = Field::new("ipv6.opt.length", "Length", Kind::U8).spec("RFC 8200 section 4.2");
    /// One byte of filling.
    OPT_PAD1 = Field::new("ipv6.opt.pad1", "Pad1", Kind::None).spec("RFC 8200 section 4.2");
    /// Several bytes of filling, so that what follows starts where it should.
    OPT_PADN = Field::new("ipv6.opt.padn", "PadN", Kind::Bytes).spec("RFC 8200 section 4.2");
    /// Smallest packet size of the links so far, lowered by routers on the way.
    OPT_PMTU_MIN = Field::new("ipv6.opt.pmtu.min", "Minimum Reported PMTU", Kind::U16).spec("RFC 9268");
    /// The size that the other side found, sent back.
    OPT_PMTU_RTN = Field::new("ipv6.opt.pmtu.rtn", "Return Minimum PMTU", Kind::U16).spec("RFC 9268");
    /// Whether the receiver shall send the size back.
    OPT_PMTU_R_FLAG = Field::new("ipv6.opt.pmtu.r_flag", "Return Flag", Kind::Bool).spec("RFC 9268");
    /// Asks every router on the way to look into the packet; the value says why.
    OPT_ROUTER_ALERT = Field::new("ipv6.opt.router_alert", "Router Alert", Kind::U16).values(&[(0, "MLD"), (1, "RSVP"), (2, "Active Network")]).spec("RFC 2711");
    /// How many more tunnels the packet may enter.
    OPT_TEL = Field::new("ipv6.opt.tel", "Tunnel Encapsulation Limit", Kind::U8).spec("RFC 2473 section 4.1.1");
    /// Length of a packet that is too long for the 16 bits of the header's own field.
    OPT_JUMBO = Field::new("ipv6.opt.jumbo", "Payload Length", Kind::U32).spec("RFC 2675");
    /// Whose numbering of secrecy levels is meant.
    OPT_CALIPSO_DOI = Field::new("ipv6.opt.calipso.doi", "CALIPSO Domain of Interpretation", Kind::U32).spec("RFC 5570");
    /// Length of the compartment bitmap, in units of 4 bytes.
    OPT_CALIPSO_CMPT_LENGTH = Field::new("ipv6.opt.calipso.cmpt.length", "Compartment Length", Kind::U8).spec("RFC 5570");
    /// Level of secrecy.
    OPT_CALIPSO_SENS_LEVEL = Field::new("ipv6.opt.calipso.sens_level", "Sensitivity Level", Kind::U8).spec("RFC 5570");
    /// A sum over the option.
    OPT_CALIPSO_CHECKSUM = Field::new("ipv6.opt.calipso.checksum", "Checksum", Kind::U16).hex().spec("RFC 5570");
    /// One bit for each compartment of the data's secrecy.
    OPT_CALIPSO_CMPT_BITMAP = Field::new("ipv6.opt.calipso.cmpt_bitmap", "Compartment Bitmap", Kind::Bytes).spec("RFC 5570");
    /// Whether a hash value follows instead of an identifier.
    OPT_SMF_DPD_HASH_BIT = Field::new("ipv6.opt.smf_dpd.hash_bit", "H-bit", Kind::Bool).mask(0x80).spec("RFC 6621");
    /// What kind of name the tagging node has.
    OPT_SMF_DPD_TID_TYPE = Field::new("ipv6.opt.smf_dpd.tid_type", "TaggerID Type", Kind::U8).mask(0x70).values(&[(0, "NULL"), (1, "DEFAULT"), (2, "IPv4"), (3, "IPv6")]).spec("RFC 6621");
    /// Length of that name less 1.
    OPT_SMF_DPD_TID_LEN = Field::new("ipv6.opt.smf_dpd.tid_len", "TaggerID Length", Kind::U8).mask(0xf).spec("RFC 6621");
    /// The node that numbered the packet.
    OPT_SMF_DPD_TAGGER_ID = Field::new("ipv6.opt.smf_dpd.tagger_id", "TaggerID", Kind::Bytes).spec("RFC 6621");
    /// Number of the packet, by which nodes notice that they have seen it already.
    OPT_SMF_DPD_IDENT = Field::new("ipv6.opt.smf_dpd.ident", "Identifier", Kind::Bytes).spec("RFC 6621");
    /// Extra bytes that keep the hashes of different packets apart.
    OPT_SMF_DPD_HAV = Field::new("ipv6.opt.smf_dpd.hav", "Hash Assist Value", Kind::Bytes).spec("RFC 6621");
    /// Scale of the time since the last packet was received.
    OPT_PDM_SCALE_DTLR = Field::new("ipv6.opt.pdm.scale_dtlr", "Scale DTLR", Kind::U8).spec("RFC 8250");
    /// Scale of the time since the last packet was sent.
    OPT_PDM_SCALE_DTLS = Field::new("ipv6.opt.pdm.scale_dtls", "Scale DTLS", Kind::U8).spec("RFC 8250");
    /// Number of this packet, counted for measuring.
    OPT_PDM_PSN_THIS_PKT = Field::new("ipv6.opt.pdm.psn_this_pkt", "PSN This Packet", Kind::U16).spec("RFC 8250");
    /// Number of the packet received last.
    OPT_PDM_PSN_LAST_RECV = Field::new("ipv6.opt.pdm.psn_last_recv", "PSN Last Received", Kind::U16).spec("RFC 8250");
    /// Time between the packet received last and this one: how long the host took.
    OPT_PDM_DELTA_LAST_RECV = Field::new("ipv6.opt.pdm.delta_last_recv", "Delta Time Last Received", Kind::U16).spec("RFC 8250");
    /// Time between sending a packet and receiving its answer: the round trip.
    OPT_PDM_DELTA_LAST_SENT = Field::new("ipv6.opt.pdm.delta_last_sent", "Delta Time Last Sent", Kind::U16).spec("RFC 8250");
    /// Whether a sending rate is asked for or reported.
    OPT_QS_FUNC = Field::new("ipv6.opt.qs_func", "Function", Kind::U8).mask(0xf0).values(&[(0, "Rate request"), (8, "Rate report")]).spec("RFC 4782");
    /// The rate that is asked for or granted.
    OPT_QS_RATE = Field::new("ipv6.opt.qs_rate", "Rate", Kind::U8).mask(0xf).values(&[(0, "0 bit/s"), (1, "80 Kbit/s"), (2, "160 Kbit/s"), (3, "320 Kbit/s"), (4, "640 Kbit/s"), (5, "1.28 Mbit/s"), (6, "2.56 Mbit/s"), (7, "5.12 Mbit/s"), (8, "10.24 Mbit/s"), (9, "20.48 Mbit/s"), (10, "40.96 Mbit/s"), (11, "81.92 Mbit/s"), (12, "163.84 Mbit/s"), (13, "327.68 Mbit/s"), (14, "655.36 Mbit/s"), (15, "1.31072 Gbit/s")]).spec("RFC 4782");
    /// Counts down like the hop limit, but only in routers that agreed to the rate.
    OPT_QS_TTL = Field::new("ipv6.opt.qs_ttl", "QS TTL", Kind::U8).spec("RFC 4782");
    /// Hop limit less this option's count: the same at both ends when every router agreed.
    OPT_QS_TTL_DIFF = Field::new("ipv6.opt.qs_ttl_diff", "TTL Diff", Kind::U8).spec("RFC 4782");
    /// Not used in a report.
    OPT_QS_UNUSED = Field::new("ipv6.opt.qs_unused", "Not Used", Kind::U8).spec("RFC 4782");
    /// A random number that makes it hard to lie about the granted rate.
    OPT_QS_NONCE = Field::new("ipv6.opt.qs_nonce", "QS Nonce", Kind::U32).mask(0xfffffffc).hex().spec("RFC 4782");
    /// Kept for later.
    OPT_QS_RESERVED = Field::new("ipv6.opt.qs_reserved", "Reserved", Kind::U32).mask(0x3).hex().spec("RFC 4782");
    /// Kept for later.
    OPT_IOAM_RSV = Field::new("ipv6.opt.ioam.rsv", "Reserved", Kind::U8).spec("RFC 9197");
    /// Which kind of record nodes on the way write into the packet.
    OPT_IOAM_OPT_TYPE = Field::new("ipv6.opt.ioam.opt_type", "Option-Type", Kind::U8).values(&[(0, "Pre-allocated Trace"), (1, "Incremental Trace"), (2, "Proof of Transit"), (3, "Edge to Edge")]).spec("RFC 9197");
    /// Namespace: whose numbering the records follow.
    OPT_IOAM_TRACE_NS = Field::new("ipv6.opt.ioam.trace.ns", "Namespace ID", Kind::U16).spec("RFC 9197");
    /// Length of one node's record, in units of 4 bytes.
    OPT_IOAM_TRACE_NODELEN = Field::new("ipv6.opt.ioam.trace.nodelen", "Node Length", Kind::U8).spec("RFC 9197");
    /// What happened to the record on the way.
    OPT_IOAM_TRACE_FLAGS = Field::new("ipv6.opt.ioam.trace.flags", "Flags", Kind::U16).mask(0x780).hex().spec("RFC 9197");
    /// A node found no place left for its record.
    OPT_IOAM_TRACE_FLAG_O = Field::new("ipv6.opt.ioam.trace.flag.o", "Overflow", Kind::Bool).mask(0x400).width(16).spec("RFC 9197");
    /// The packet shall be sent back to where it came from.
    OPT_IOAM_TRACE_FLAG_L = Field::new("ipv6.opt.ioam.trace.flag.l", "Loopback", Kind::Bool).mask(0x200).width(16).spec("RFC 9197");
    /// The packet only serves to measure.
    OPT_IOAM_TRACE_FLAG_A = Field::new("ipv6.opt.ioam.trace.flag.a", "Active", Kind::Bool).mask(0x100).width(16).spec("RFC 9197");
    /// Kept for later.
    OPT_IOAM_TRACE_FLAG_RSV = Field::new("ipv6.opt.ioam.trace.flag.rsv", "Reserved", Kind::Bool).mask(0x80).width(16).spec("RFC 9197");
    /// Place left for records, in units of 4 bytes.
    OPT_IOAM_TRACE_REMLEN = Field::new("ipv6.opt.ioam.trace.remlen", "Remaining Length", Kind::U8).spec("RFC 9197");
    /// Which things each node writes down.
    OPT_IOAM_TRACE_TYPE = Field::new("ipv6.opt.ioam.trace.type", "Trace Type", Kind::U24).hex().spec("RFC 9197");
    /// Nodes write hop limit and their number.
    OPT_IOAM_TRACE_TYPE_BIT0 = Field::new("ipv6.opt.ioam.trace.type.bit0", "Hop_Lim and Node ID (short)", Kind::Bool).mask(0x800000).width(24).spec("RFC 9197");
    /// Nodes write where the packet came in and went out.
    OPT_IOAM_TRACE_TYPE_BIT1 = Field::new("ipv6.opt.ioam.trace.type.bit1", "Ingress and Egress IDs (short)", Kind::Bool).mask(0x400000).width(24).spec("RFC 9197");
    /// Nodes write the time in seconds.
    OPT_IOAM_TRACE_TYPE_BIT2 = Field::new("ipv6.opt.ioam.trace.type.bit2", "Timestamp seconds", Kind::Bool).mask(0x200000).width(24).spec("RFC 9197");
    /// Nodes write the fraction of the second.
    OPT_IOAM_TRACE_TYPE_BIT3 = Field::new("ipv6.opt.ioam.trace.type.bit3", "Timestamp fraction", Kind::Bool).mask(0x100000).width(24).spec("RFC 9197");
    /// Nodes write how long the packet stayed.
    OPT_IOAM_TRACE_TYPE_BIT4 = Field::new("ipv6.opt.ioam.trace.type.bit4", "Transit delay", Kind::Bool).mask(0x80000).width(24).spec("RFC 9197");
    /// Nodes write data of their namespace.
    OPT_IOAM_TRACE_TYPE_BIT5 = Field::new("ipv6.opt.ioam.trace.type.bit5", "IOAM-Namespace specific data (short)", Kind::Bool).mask(0x40000).width(24).spec("RFC 9197");
    /// Nodes write how long their queue is.
    OPT_IOAM_TRACE_TYPE_BIT6 = Field::new("ipv6.opt.ioam.trace.type.bit6", "Queue depth", Kind::Bool).mask(0x20000).width(24).spec("RFC 9197");
    /// Nodes write a value that keeps the checksum right.
    OPT_IOAM_TRACE_TYPE_BIT7 = Field::new("ipv6.opt.ioam.trace.type.bit7", "Checksum complement", Kind::Bool).mask(0x10000).width(24).spec("RFC 9197");
    /// Nodes write hop limit and a long number of theirs.
    OPT_IOAM_TRACE_TYPE_BIT8 = Field::new("ipv6.opt.ioam.trace.type.bit8", "Hop_Lim and Node ID (wide)", Kind::Bool).mask(0x8000).width(24).spec("RFC 9197");
    /// Nodes write long numbers for the ways in and out.
    OPT_IOAM_TRACE_TYPE_BIT9 = Field::new("ipv6.opt.ioam.trace.type.bit9", "Ingress and Egress IDs (wide)", Kind::Bool).mask(0x4000).width(24).spec("RFC 9197");
    /// Nodes write long data of their namespace.
    OPT_IOAM_TRACE_TYPE_BIT10 = Field::new("ipv6.opt.ioam.trace.type.bit10", "IOAM-Namespace specific data (wide)", Kind::Bool).mask(0x2000).width(24).spec("RFC 9197");
    /// Nodes write how full their buffers are.
    OPT_IOAM_TRACE_TYPE_BIT11 = Field::new("ipv6.opt.ioam.trace.type.bit11", "Buffer occupancy", Kind::Bool).mask(0x1000).width(24).spec("RFC 9197");
    /// Not defined.
    OPT_IOAM_TRACE_TYPE_UNDEF = Field::new("ipv6.opt.ioam.trace.type.undef", "Undefined", Kind::Bool).mask(0xffc).width(24).spec("RFC 9197");
    /// Nodes write a snapshot of any form.
    OPT_IOAM_TRACE_TYPE_BIT22 = Field::new("ipv6.opt.ioam.trace.type.bit22", "Opaque State Snapshot", Kind::Bool).mask(0x2).width(24).spec("RFC 9197");
    /// Kept for later.
    OPT_IOAM_TRACE_TYPE_RSV = Field::new("ipv6.opt.ioam.trace.type.rsv", "Reserved", Kind::Bool).mask(0x1).width(24).spec("RFC 9197");
    /// Kept for later.
    OPT_IOAM_TRACE_RSV = Field::new("ipv6.opt.ioam.trace.rsv", "Reserved", Kind::U8).spec("RFC 9197");
    /// Place that no node has filled yet.
    OPT_IOAM_TRACE_FREE_SPACE = Field::new("ipv6.opt.ioam.trace.free_space", "Free space", Kind::Bytes).spec("RFC 9197");
    /// Hop limit at the node.
    OPT_IOAM_TRACE_NODE_HLIM = Field::new("ipv6.opt.ioam.trace.node.hlim", "Hop Limit", Kind::U8).spec("RFC 9197");
    /// Number of the node.
    OPT_IOAM_TRACE_NODE_ID = Field::new("ipv6.opt.ioam.trace.node.id", "ID", Kind::U24).hex().spec("RFC 9197");
    /// Where the packet came in.
    OPT_IOAM_TRACE_NODE_IIF = Field::new("ipv6.opt.ioam.trace.node.iif", "Ingress ID", Kind::U16).hex().spec("RFC 9197");
    /// Where the packet went out.
    OPT_IOAM_TRACE_NODE_EIF = Field::new("ipv6.opt.ioam.trace.node.eif", "Egress ID", Kind::U16).hex().spec("RFC 9197");
    /// When the packet was there: seconds.
    OPT_IOAM_TRACE_NODE_TSS = Field::new("ipv6.opt.ioam.trace.node.tss", "Timestamp Seconds", Kind::U32).hex().spec("RFC 9197");
    /// When the packet was there: fraction of the second.
    OPT_IOAM_TRACE_NODE_TSF = Field::new("ipv6.opt.ioam.trace.node.tsf", "Timestamp Fraction", Kind::U32).hex().spec("RFC 9197");
    /// How long the packet stayed there.
    OPT_IOAM_TRACE_NODE_TRDELAY = Field::new("ipv6.opt.ioam.trace.node.trdelay", "Transit Delay", Kind::U32).hex().spec("RFC 9197");
    /// Data of the namespace.
    OPT_IOAM_TRACE_NODE_NSDATA = Field::new("ipv6.opt.ioam.trace.node.nsdata", "Namespace Data (short)", Kind::U32).hex().spec("RFC 9197");
    /// How long the queue was.
    OPT_IOAM_TRACE_NODE_QDEPTH = Field::new("ipv6.opt.ioam.trace.node.qdepth", "Queue Depth", Kind::U32).hex().spec("RFC 9197");
    /// Value that keeps the checksum right.
    OPT_IOAM_TRACE_NODE_CSUM = Field::new("ipv6.opt.ioam.trace.node.csum", "Checksum Complement", Kind::U32).hex().spec("RFC 9197");
    /// Long number of the node.
    OPT_IOAM_TRACE_NODE_ID_WIDE = Field::new("ipv6.opt.ioam.trace.node.id_wide", "ID", Kind::U56).hex().spec("RFC 9197");
    /// Where the packet came in, long form.
    OPT_IOAM_TRACE_NODE_IIF_WIDE = Field::new("ipv6.opt.ioam.trace.node.iif_wide", "Ingress ID", Kind::U32).hex().spec("RFC 9197");
    /// Where the packet went out, long form.
    OPT_IOAM_TRACE_NODE_EIF_WIDE = Field::new("ipv6.opt.ioam.trace.node.eif_wide", "Egress ID", Kind::U32).hex().spec("RFC 9197");
    /// Data of the namespace, long form.
    OPT_IOAM_TRACE_NODE_NSDATA_WIDE = Field::new("ipv6.opt.ioam.trace.node.nsdata_wide", "Namespace Data (wide)", Kind::U64).hex().spec("RFC 9197");
    /// How full the buffers were.
    OPT_IOAM_TRACE_NODE_BUFOCCUP = Field::new("ipv6.opt.ioam.trace.node.bufoccup", "Buffer Occupancy", Kind::U32).hex().spec("RFC 9197");
    /// Data that is not defined.
    OPT_IOAM_TRACE_NODE_UNDEFINED = Field::new("ipv6.opt.ioam.trace.node.undefined", "Undefined bit", Kind::U32).hex().spec("RFC 9197");
    /// Length of the snapshot, in units of 4 bytes.
    OPT_IOAM_TRACE_NODE_OSS_LEN = Field::new("ipv6.opt.ioam.trace.node.oss.len", "Length", Kind::U8).spec("RFC 9197");
    /// Which form the snapshot has.
    OPT_IOAM_TRACE_NODE_OSS_SCID = Field::new("ipv6.opt.ioam.trace.node.oss.scid", "Schema ID", Kind::U24).hex().spec("RFC 9197");
    /// The snapshot.
    OPT_IOAM_TRACE_NODE_OSS_DATA = Field::new("ipv6.opt.ioam.trace.node.oss.data", "Data", Kind::Bytes).spec("RFC 9197");
    /// Information for forwarding what a tunnel carries.
    OPT_TPF_INFORMATION = Field::new("ipv6.opt.tpf_information", "TPF Information", Kind::U32).hex().spec("draft-bonica-6man-vpn-dest-opt");
    /// The address that a mobile node has at home, while its packet comes from elsewhere.
    OPT_MIPV6_HOME_ADDRESS = Field::new("ipv6.opt.mipv6.home_address", "MIPv6 Home Address", Kind::Ipv6).spec("RFC 6275 section 6.3");
    /// Which way the packet goes in a network of sensors, and whether something went wrong.
    OPT_RPL_FLAG = Field::new("ipv6.opt.rpl.flag", "Flag", Kind::U8).hex().spec("RFC 6553");
    /// The packet is on its way down, away from the root.
    OPT_RPL_FLAG_O = Field::new("ipv6.opt.rpl.flag.o", "Down", Kind::Bool).mask(0x80).spec("RFC 6553");
    /// A node's rank did not fit the packet's direction.
    OPT_RPL_FLAG_R = Field::new("ipv6.opt.rpl.flag.r", "Rank Error", Kind::Bool).mask(0x40).spec("RFC 6553");
    /// The node cannot forward the packet.
    OPT_RPL_FLAG_F = Field::new("ipv6.opt.rpl.flag.f", "Forwarding Error", Kind::Bool).mask(0x20).spec("RFC 6553");
    /// Kept for later.
    OPT_RPL_FLAG_RSV = Field::new("ipv6.opt.rpl.flag.rsv", "Reserved", Kind::U8).mask(0x1f).hex().spec("RFC 6553");
    /// Which of several routing trees the packet uses.
    OPT_RPL_INSTANCE_ID = Field::new("ipv6.opt.rpl.instance_id", "RPLInstanceID", Kind::U8).hex().spec("RFC 6553");
    /// The rank of the node that sent it on: how far it is from the root.
    OPT_RPL_SENDER_RANK = Field::new("ipv6.opt.rpl.sender_rank", "Sender Rank", Kind::U16).hex().spec("RFC 6553");
    /// A random number by which the ends of a session know each other.
    OPT_ILNP_NONCE = Field::new("ipv6.opt.ilnp_nonce", "ILNP Nonce", Kind::Bytes).spec("RFC 6744");
    /// Length of the line's name.
    OPT_LIO_LENGTH = Field::new("ipv6.opt.lio.length", "LineIDLen", Kind::U8).spec("RFC 6788");
    /// The line of the subscriber that the packet came from.
    OPT_LIO_LINE_ID = Field::new("ipv6.opt.lio.line_id", "Line ID", Kind::Str).spec("RFC 6788");
    /// How a multicast packet is named in a network of sensors.
    OPT_MPL_FLAG = Field::new("ipv6.opt.mpl.flag", "Flag", Kind::U8).hex().spec("RFC 7731");
    /// Length of the seed's name.
    OPT_MPL_FLAG_S = Field::new("ipv6.opt.mpl.flag.s", "Seed ID Length", Kind::U8).mask(0xc0).values(&[(0, "0"), (1, "16-bit unsigned integer"), (2, "64-bit unsigned integer"), (3, "128-bit unsigned integer")]).spec("RFC 7731");
    /// The newest packet of its seed.
    OPT_MPL_FLAG_M = Field::new("ipv6.opt.mpl.flag.m", "Largest Sequence", Kind::Bool).mask(0x20).spec("RFC 7731");
    /// Version of the protocol, 0.
    OPT_MPL_FLAG_V = Field::new("ipv6.opt.mpl.flag.v", "Version", Kind::Bool).mask(0x10).spec("RFC 7731");
    /// Kept for later.
    OPT_MPL_FLAG_RSV = Field::new("ipv6.opt.mpl.flag.rsv", "Reserved", Kind::U8).mask(0xf).hex().spec("RFC 7731");
    /// Number of the packet.
    OPT_MPL_SEQUENCE = Field::new("ipv6.opt.mpl.sequence", "Sequence", Kind::U8).hex().spec("RFC 7731");
    /// Who the packet comes from.
    OPT_MPL_SEED_ID = Field::new("ipv6.opt.mpl.seed_id", "Seed ID", Kind::Bytes).spec("RFC 7731");
    /// How a packet searches its way depth first.
    OPT_DFF_FLAGS = Field::new("ipv6.opt.dff.flags", "Flags", Kind::U8).hex().spec("RFC 6971");
    /// Version, 0.
    OPT_DFF_FLAG_VER = Field::new("ipv6.opt.dff.flag.ver", "Version (VER)", Kind::U8).mask(0xc0).spec("RFC 6971");
    /// The packet was sent more than once.
    OPT_DFF_FLAG_DUP = Field::new("ipv6.opt.dff.flag.dup", "Duplicate (DUP)", Kind::Bool).mask(0x20).spec("RFC 6971");
    /// The packet comes back from a way that led nowhere.
    OPT_DFF_FLAG_RET = Field::new("ipv6.opt.dff.flag.ret", "Return (RET)", Kind::Bool).mask(0x10).spec("RFC 6971");
    /// Kept for later.
    OPT_DFF_FLAG_RSV = Field::new("ipv6.opt.dff.flag.rsv", "Reserved", Kind::U8).mask(0xf).hex().spec("RFC 6971");
    /// Number of the packet.
    OPT_DFF_SEQUENCE_NUMBER = Field::new("ipv6.opt.dff.sequence_number", "Sequence Number", Kind::U16).base(Base::DecHex).spec("RFC 6971");
    /// An option that somebody tries out.
    OPT_EXPERIMENTAL = Field::new("ipv6.opt.experimental", "Experimental Option", Kind::Bytes).spec("RFC 4727");
    /// Data of an option that is not read here.
    OPT_UNKNOWN_DATA = Field::new("ipv6.opt_unknown_data", "Unknown Data", Kind::Bytes);
    /// Data of an option that is not known.
    OPT_UNKNOWN = Field::new("ipv6.opt.unknown", "Unknown Option Payload", Kind::Bytes);
    /// A piece of the packet and the frame that brought it.
    FRAGMENT = Field::new("ipv6.fragment", "IPv6 Fragment", Kind::Frame).spec("RFC 8200 section 4.5");
    /// This piece covers bytes that another piece brought already; IPv6 forbids that.
    FRAGMENT_OVERLAP = Field::new("ipv6.fragment.overlap", "Fragment overlap", Kind::Bool).spec("RFC 8200 section 4.5");
    /// Two pieces bring different bytes for the same place.
    FRAGMENT_OVERLAP_CONFLICT = Field::new("ipv6.fragment.overlap.conflict", "Conflicting data in fragment overlap", Kind::Bool).spec("RFC 8200 section 4.5");
    /// More than one piece claims to be the last.
    FRAGMENT_MULTIPLETAILS = Field::new("ipv6.fragment.multipletails", "Multiple tail fragments found", Kind::Bool).spec("RFC 8200 section 4.5");
    /// The piece goes beyond the end that the last piece set.
    FRAGMENT_TOOLONGFRAGMENT = Field::new("ipv6.fragment.toolongfragment", "Fragment too long", Kind::Bool).spec("RFC 8200 section 4.5");
    /// A piece that cannot be right.
    FRAGMENT_ERROR = Field::new("ipv6.fragment.error", "Defragmentation error", Kind::Frame).spec("RFC 8200 section 4.5");
    /// How many pieces the packet came in.
    FRAGMENT_COUNT = Field::new("ipv6.fragment.count", "Fragment count", Kind::U32).spec("RFC 8200 section 4.5");
    /// The pieces that this packet was put together from.
    FRAGMENTS = Field::new("ipv6.fragments", "IPv6 Fragments", Kind::None).spec("RFC 8200 section 4.5");
    /// The packet is shown whole in that frame, where its last piece came.
    REASSEMBLED_IN = Field::new("ipv6.reassembled.in", "Reassembled IPv6 in frame", Kind::Frame).spec("RFC 8200 section 4.5");
    /// Length of the data put together.
    REASSEMBLED_LENGTH = Field::new("ipv6.reassembled.length", "Reassembled IPv6 length", Kind::U32).spec("RFC 8200 section 4.5");
    /// The data put together.
    REASSEMBLED_DATA = Field::new("ipv6.reassembled.data", "Reassembled IPv6 data", Kind::Bytes).spec("RFC 8200 section 4.5");
    /// What follows.
    HOPOPTS_NXT = Field::new("ipv6.hopopts.nxt", "Next Header", Kind::U8).names(Names::Lookup(internet::protocol_name)).spec("RFC 8200 section 4.3");
    /// Length of this header in units of 8 bytes, the first 8 not counted.
    HOPOPTS_LEN = Field::new("ipv6.hopopts.len", "Length", Kind::U8).spec("RFC 8200 section 4.3");
    /// The same length in bytes.
    HOPOPTS_LEN_OCT = Field::new("ipv6.hopopts.len_oct", "Length", Kind::U16).unit(" byte", " bytes").spec("RFC 8200 section 4.3");
    /// What follows.
    ROUTING_NXT = Field::new("ipv6.routing.nxt", "Next Header", Kind::U8).names(Names::Lookup(internet::protocol_name)).spec("RFC 8200 section 4.4");
    /// Length of this header in units of 8 bytes, the first 8 not counted.
    ROUTING_LEN = Field::new("ipv6.routing.len", "Length", Kind::U8).spec("RFC 8200 section 4.4");
    /// The same length in bytes.
    ROUTING_LEN_OCT = Field::new("ipv6.routing.len_oct", "Length", Kind::U16).unit(" byte", " bytes").spec("RFC 8200 section 4.4");
    /// Which form the list of nodes has.
    ROUTING_TYPE = Field::new("ipv6.routing.type", "Type", Kind::U8).values(&[(0, "Source Route"), (1, "Nimrod"), (2, "Type 2 Routing"), (3, "RPL Source Route"), (4, "Segment Routing"), (5, "Compact Routing Header 16"), (6, "Compact Routing Header 32"), (253, "Experiment 1"), (254, "Experiment 2")]).spec("RFC 8200 section 4.4");
    /// How many of the nodes are still to be passed.
    ROUTING_SEGLEFT = Field::new("ipv6.routing.segleft", "Segments Left", Kind::U8).spec("RFC 8200 section 4.4");
    /// Data of a form that is not read here.
    ROUTING_UNKNOWN_DATA = Field::new("ipv6.routing.unknown_data", "Type-Specific Data", Kind::Bytes).spec("RFC 8200 section 4.4");
    /// Kept for later.
    ROUTING_SRC_RESERVED = Field::new("ipv6.routing.src.reserved", "Reserved", Kind::Bytes).spec("RFC 5095");
    /// A node to pass. This form is forbidden today: it let packets go to and fro between two nodes for ever.
    ROUTING_SRC_ADDR = Field::new("ipv6.routing.src.addr", "Address", Kind::Ipv6).spec("RFC 5095");
    /// Kept for later.
    ROUTING_MIPV6_RESERVED = Field::new("ipv6.routing.mipv6.reserved", "Reserved", Kind::Bytes).spec("RFC 6275 section 6.4");
    /// The mobile node's address at home, which becomes the destination when the packet arrives.
    ROUTING_MIPV6_HOME_ADDRESS = Field::new("ipv6.routing.mipv6.home_address", "Home Address", Kind::Ipv6).spec("RFC 6275 section 6.4");
    /// How many bytes all addresses but the last share with the destination and leave out.
    ROUTING_RPL_CMPRI = Field::new("ipv6.routing.rpl.cmprI", "Compressed Internal Octets (CmprI)", Kind::U32).mask(0xf0000000).spec("RFC 6554");
    /// How many bytes the last address leaves out.
    ROUTING_RPL_CMPRE = Field::new("ipv6.routing.rpl.cmprE", "Compressed Final Octets (CmprE)", Kind::U32).mask(0xf000000).spec("RFC 6554");
    /// Bytes of filling at the end.
    ROUTING_RPL_PAD = Field::new("ipv6.routing.rpl.pad", "Padding Bytes", Kind::U32).mask(0xf00000).spec("RFC 6554");
    /// Kept for later.
    ROUTING_RPL_RESERVED = Field::new("ipv6.routing.rpl.reserved", "Reserved", Kind::U32).mask(0xfffff).spec("RFC 6554");
    /// How many addresses there are, computed from the lengths.
    ROUTING_RPL_ADDR_COUNT = Field::new("ipv6.routing.rpl.addr_count", "Total Address Count", Kind::I32).spec("RFC 6554");
    /// A node to pass, as it stands in the packet.
    ROUTING_RPL_ADDRESS = Field::new("ipv6.routing.rpl.address", "Address", Kind::Bytes).spec("RFC 6554");
    /// The same address with the shared bytes put back.
    ROUTING_RPL_FULL_ADDRESS = Field::new("ipv6.routing.rpl.full_address", "Full Address", Kind::Ipv6).spec("RFC 6554");
    /// Index of the last segment in the list.
    ROUTING_SRH_LAST_ENTRY = Field::new("ipv6.routing.srh.last_entry", "Last Entry", Kind::U8).spec("RFC 8754");
    /// None is defined yet: senders set zero, receivers do not look.
    ROUTING_SRH_FLAGS = Field::new("ipv6.routing.srh.flags", "Flags", Kind::U8).hex().spec("RFC 8754");
    /// Marks packets that belong to one class.
    ROUTING_SRH_TAG = Field::new("ipv6.routing.srh.tag", "Tag", Kind::Bytes).spec("RFC 8754");
    /// A segment: a node, or what it shall do with the packet. The list is in reverse order.
    ROUTING_SRH_ADDR = Field::new("ipv6.routing.srh.addr", "Address", Kind::Ipv6).spec("RFC 8754");
    /// The segment that is on.
    ROUTING_CRH16_CURRENT_SID = Field::new("ipv6.routing.crh16.current_sid", "Current SID", Kind::U16).spec("RFC 9631");
    /// The segment that is on.
    ROUTING_CRH32_CURRENT_SID = Field::new("ipv6.routing.crh32.current_sid", "Current SID", Kind::U32).spec("RFC 9631");
    /// A segment.
    ROUTING_CRH16_SID = Field::new("ipv6.routing.crh16.sid", "Segment ID", Kind::U16).spec("RFC 9631");
    /// A segment.
    ROUTING_CRH32_SID = Field::new("ipv6.routing.crh32.sid", "Segment ID", Kind::U32).spec("RFC 9631");
    /// What the whole packet carries.
    FRAGHDR_NXT = Field::new("ipv6.fraghdr.nxt", "Next header", Kind::U8).names(Names::Lookup(internet::protocol_name)).spec("RFC 8200 section 4.5");
    /// Kept for later.
    FRAGHDR_RESERVED_OCTET = Field::new("ipv6.fraghdr.reserved_octet", "Reserved octet", Kind::U8).hex().spec("RFC 8200 section 4.5");
    /// Where this piece belongs in the whole packet, in units of 8 bytes.
    FRAGHDR_OFFSET = Field::new("ipv6.fraghdr.offset", "Offset", Kind::U16).mask(0xfff8).spec("RFC 8200 section 4.5");
    /// Kept for later.
    FRAGHDR_RESERVED_BITS = Field::new("ipv6.fraghdr.reserved_bits", "Reserved bits", Kind::U16).mask(0x6).spec("RFC 8200 section 4.5");
    /// Whether more pieces follow.
    FRAGHDR_MORE = Field::new("ipv6.fraghdr.more", "More Fragments", Kind::Bool).mask(0x1).width(16).words("No", "Yes").spec("RFC 8200 section 4.5");
    /// A number that tells the pieces of one packet from those of others.
    FRAGHDR_IDENT = Field::new("ipv6.fraghdr.ident", "Identification", Kind::U32).hex().spec("RFC 8200 section 4.5");
    /// What follows.
    DSTOPTS_NXT = Field::new("ipv6.dstopts.nxt", "Next Header", Kind::U8).names(Names::Lookup(internet::protocol_name)).spec("RFC 8200 section 4.6");
    /// Length of this header in units of 8 bytes, the first 8 not counted.
    DSTOPTS_LEN = Field::new("ipv6.dstopts.len", "Length", Kind::U8).spec("RFC 8200 section 4.6");
    /// The same length in bytes.
    DSTOPTS_LEN_OCT = Field::new("ipv6.dstopts.len_oct", "Length", Kind::U16).unit(" byte", " bytes").spec("RFC 8200 section 4.6");
}
