//! What an IPv4 header can say: its fields and those of its options.

use super::CHECKSUM_STATES;
use crate::protocols::internet;

crate::fields! {
    /// Which version of IP this is. Routers look here first, because everything behind depends on it; here it is 4.
    VERSION = Field::new("ip.version", "Version", Kind::U8).mask(0xf0).spec("RFC 791 section 3.1");
    /// Length of the header. It is counted in units of 4 bytes on the wire, so it can be 20 (no options) to 60.
    HDR_LEN = Field::new("ip.hdr_len", "Header Length", Kind::U8).spec("RFC 791 section 3.1");
    /// How the packet wants to be treated on its way: a class of service and two bits for congestion signals.
    DSFIELD = Field::new("ip.dsfield", "Differentiated Services Field", Kind::U8).hex().spec("RFC 2474 section 3");
    /// The class of service. Routers that know it give each class its own queue; 0 is ordinary traffic.
    DSFIELD_DSCP = Field::new("ip.dsfield.dscp", "Differentiated Services Codepoint", Kind::U8).mask(0xfc).names(Names::Lookup(internet::dscp_name)).spec("RFC 2474 section 3");
    /// Congestion signals: a router that is nearly full marks the packet here instead of throwing it away.
    DSFIELD_ECN = Field::new("ip.dsfield.ecn", "Explicit Congestion Notification", Kind::U8).mask(0x3).names(Names::Values(internet::ECN_NAMES)).spec("RFC 3168 section 5");
    /// The old reading of the same byte, before classes of service: precedence and wishes.
    TOS = Field::new("ip.tos", "Type of Service", Kind::U8).spec("RFC 1349 section 3");
    /// How important the packet is, in the old reading of the byte.
    TOS_PRECEDENCE = Field::new("ip.tos.precedence", "Precedence", Kind::U8).mask(0xe0).values(&[(0, "routine"), (1, "priority"), (2, "immediate"), (3, "flash"), (4, "flash override"), (5, "CRITIC/ECP"), (6, "internetwork control"), (7, "network control")]).spec("RFC 1349 section 3");
    /// A wish for a fast way, in the old reading of the byte.
    TOS_DELAY = Field::new("ip.tos.delay", "Delay", Kind::Bool).mask(0x10).words("Normal", "Low").spec("RFC 1349 section 3");
    /// A wish for a broad way, in the old reading of the byte.
    TOS_THROUGHPUT = Field::new("ip.tos.throughput", "Throughput", Kind::Bool).mask(0x8).words("Normal", "High").spec("RFC 1349 section 3");
    /// A wish for a safe way, in the old reading of the byte.
    TOS_RELIABILITY = Field::new("ip.tos.reliability", "Reliability", Kind::Bool).mask(0x4).words("Normal", "High").spec("RFC 1349 section 3");
    /// A wish for a cheap way, in the old reading of the byte.
    TOS_COST = Field::new("ip.tos.cost", "Cost", Kind::Bool).mask(0x2).words("Normal", "Low").spec("RFC 1349 section 3");
    /// Length of header and data together. Whatever the link carries behind it is padding.
    LEN = Field::new("ip.len", "Total Length", Kind::U16).spec("RFC 791 section 3.1");
    /// A number that the sender gives to each packet, so that the fragments of one packet can be told from those of
    /// others.
    ID = Field::new("ip.id", "Identification", Kind::U16).base(Base::HexDec).spec("RFC 791 section 3.1");
    /// The address of the host that the packet is for.
    DST = Field::new("ip.dst", "Destination Address", Kind::Ipv4).also(&[&ADDR, &DST_HOST, &HOST]).spec("RFC 791 section 3.1");
    /// The receiver's address as text.
    DST_HOST = Field::new("ip.dst_host", "Destination Host", Kind::Str).spec("RFC 791 section 3.1");
    /// The address of the host that sent the packet.
    SRC = Field::new("ip.src", "Source Address", Kind::Ipv4).also(&[&ADDR, &SRC_HOST, &HOST]).spec("RFC 791 section 3.1");
    /// The sender's address as text.
    SRC_HOST = Field::new("ip.src_host", "Source Host", Kind::Str).spec("RFC 791 section 3.1");
    /// Either address: a filter on it finds what a host sent and what it received.
    ADDR = Field::new("ip.addr", "Source or Destination Address", Kind::Ipv4).spec("RFC 791 section 3.1");
    /// Either address as text.
    HOST = Field::new("ip.host", "Source or Destination Host", Kind::Str).spec("RFC 791 section 3.1");
    /// The country where an address is registered, if a database of such places is at hand.
    GEOIP_COUNTRY = Field::new("ip.geoip.country", "Source or Destination GeoIP Country", Kind::Str);
    /// The country of an address as two letters, if a database is at hand.
    GEOIP_COUNTRY_ISO = Field::new("ip.geoip.country_iso", "Source or Destination GeoIP ISO Two Letter Country Code", Kind::Str);
    /// The city of an address, if a database is at hand.
    GEOIP_CITY = Field::new("ip.geoip.city", "Source or Destination GeoIP City", Kind::Str);
    /// Number of the autonomous system that announces an address, if a database is at hand.
    GEOIP_ASNUM = Field::new("ip.geoip.asnum", "Source or Destination GeoIP AS Number", Kind::U32);
    /// Who runs that autonomous system, if a database is at hand.
    GEOIP_ORG = Field::new("ip.geoip.org", "Source or Destination GeoIP AS Organization", Kind::Str);
    /// Latitude of an address, if a database is at hand.
    GEOIP_LAT = Field::new("ip.geoip.lat", "Source or Destination GeoIP Latitude", Kind::F64);
    /// Longitude of an address, if a database is at hand.
    GEOIP_LON = Field::new("ip.geoip.lon", "Source or Destination GeoIP Longitude", Kind::F64);
    /// Where the sender is, in one line, if a database is at hand.
    GEOIP_SRC_SUMMARY = Field::new("ip.geoip.src_summary", "Source GeoIP", Kind::Str);
    /// Country of the sender, if a database is at hand.
    GEOIP_SRC_COUNTRY = Field::new("ip.geoip.src_country", "Source GeoIP Country", Kind::Str);
    /// Country of the sender as two letters, if a database is at hand.
    GEOIP_SRC_COUNTRY_ISO = Field::new("ip.geoip.src_country_iso", "Source GeoIP ISO Two Letter Country Code", Kind::Str);
    /// City of the sender, if a database is at hand.
    GEOIP_SRC_CITY = Field::new("ip.geoip.src_city", "Source GeoIP City", Kind::Str);
    /// Autonomous system of the sender, if a database is at hand.
    GEOIP_SRC_ASNUM = Field::new("ip.geoip.src_asnum", "Source GeoIP AS Number", Kind::U32);
    /// Who runs the sender's autonomous system, if a database is at hand.
    GEOIP_SRC_ORG = Field::new("ip.geoip.src_org", "Source GeoIP AS Organization", Kind::Str);
    /// Latitude of the sender, if a database is at hand.
    GEOIP_SRC_LAT = Field::new("ip.geoip.src_lat", "Source GeoIP Latitude", Kind::F64);
    /// Longitude of the sender, if a database is at hand.
    GEOIP_SRC_LON = Field::new("ip.geoip.src_lon", "Source GeoIP Longitude", Kind::F64);
    /// Where the receiver is, in one line, if a database is at hand.
    GEOIP_DST_SUMMARY = Field::new("ip.geoip.dst_summary", "Destination GeoIP", Kind::Str);
    /// Country of the receiver, if a database is at hand.
    GEOIP_DST_COUNTRY = Field::new("ip.geoip.dst_country", "Destination GeoIP Country", Kind::Str);
    /// Country of the receiver as two letters, if a database is at hand.
    GEOIP_DST_COUNTRY_ISO = Field::new("ip.geoip.dst_country_iso", "Destination GeoIP ISO Two Letter Country Code", Kind::Str);
    /// City of the receiver, if a database is at hand.
    GEOIP_DST_CITY = Field::new("ip.geoip.dst_city", "Destination GeoIP City", Kind::Str);
    /// Autonomous system of the receiver, if a database is at hand.
    GEOIP_DST_ASNUM = Field::new("ip.geoip.dst_asnum", "Destination GeoIP AS Number", Kind::U32);
    /// Who runs the receiver's autonomous system, if a database is at hand.
    GEOIP_DST_ORG = Field::new("ip.geoip.dst_org", "Destination GeoIP AS Organization", Kind::Str);
    /// Latitude of the receiver, if a database is at hand.
    GEOIP_DST_LAT = Field::new("ip.geoip.dst_lat", "Destination GeoIP Latitude", Kind::F64);
    /// Longitude of the receiver, if a database is at hand.
    GEOIP_DST_LON = Field::new("ip.geoip.dst_lon", "Destination GeoIP Longitude", Kind::F64);
    /// Three bits about fragments: whether a router may cut the packet, and whether more pieces follow.
    FLAGS = Field::new("ip.flags", "Flags", Kind::U8).mask(0xe0).hex().spec("RFC 791 section 3.1");
    /// The first flag bit as an April Fools' RFC has it: set by attackers who are honest about their intent.
    FLAGS_SF = Field::new("ip.flags.sf", "Security flag", Kind::Bool).mask(0x80).words("Not evil", "Evil").spec("RFC 3514");
    /// Kept for later, must be 0.
    FLAGS_RB = Field::new("ip.flags.rb", "Reserved bit", Kind::Bool).mask(0x80).flag().spec("RFC 791 section 3.1");
    /// Routers must not cut this packet; one that is too big is thrown away and an ICMP message sent back. So hosts
    /// find the largest size that passes.
    FLAGS_DF = Field::new("ip.flags.df", "Don't fragment", Kind::Bool).mask(0x40).flag().spec("RFC 791 section 3.1");
    /// More pieces of the same packet follow; the last piece has it clear.
    FLAGS_MF = Field::new("ip.flags.mf", "More fragments", Kind::Bool).mask(0x20).flag().spec("RFC 791 section 3.1");
    /// Where this piece belongs in the whole packet. On the wire it counts units of 8 bytes.
    FRAG_OFFSET = Field::new("ip.frag_offset", "Fragment Offset", Kind::U16).mask(0x1fff).spec("RFC 791 section 3.1");
    /// How many more routers the packet may pass. Each takes 1 off and throws the packet away at 0, so no packet
    /// circles for ever.
    TTL = Field::new("ip.ttl", "Time to Live", Kind::U8).spec("RFC 791 section 3.1");
    /// Which protocol the data belongs to: 6 is TCP, 17 is UDP, 1 is ICMP.
    PROTO = Field::new("ip.proto", "Protocol", Kind::U8).names(Names::Lookup(internet::protocol_name)).spec("RFC 791 section 3.1");
    /// A sum over the header by which routers notice damage. It changes at every hop, as the time to live does.
    CHECKSUM = Field::new("ip.checksum", "Header Checksum", Kind::U16).hex().spec("RFC 791 section 3.1");
    /// What the sum should have been, as computed here.
    CHECKSUM_CALCULATED = Field::new("ip.checksum_calculated", "Calculated Checksum", Kind::U16).hex().spec("RFC 791 section 3.1");
    /// Whether the sum was verified here, and how that ended. By default it is not: captures on the sending host
    /// often see it before the network card fills it in.
    CHECKSUM_STATUS = Field::new("ip.checksum.status", "Header checksum status", Kind::U8).values(CHECKSUM_STATES).base(Base::NameOnly).spec("RFC 791 section 3.1");
    /// Which option this is; the byte has three parts.
    OPT_TYPE = Field::new("ip.opt.type", "Type", Kind::U8).spec("RFC 791 section 3.1");
    /// Whether each fragment carries the option, or only the first.
    OPT_TYPE_COPY = Field::new("ip.opt.type.copy", "Copy on fragmentation", Kind::Bool).mask(0x80).words("No", "Yes").spec("RFC 791 section 3.1");
    /// What the option is about: control, or debugging and measurement.
    OPT_TYPE_CLASS = Field::new("ip.opt.type.class", "Class", Kind::U8).mask(0x60).values(&[(0, "Control"), (1, "Reserved for future use"), (2, "Debugging and measurement"), (3, "Reserved for future use")]).spec("RFC 791 section 3.1");
    /// Which option of its class this is.
    OPT_TYPE_NUMBER = Field::new("ip.opt.type.number", "Number", Kind::U8).mask(0x1f).values(&[(0, "End of Option List (EOL)"), (1, "No-Operation (NOP)"), (2, "Security"), (3, "Loose source route"), (4, "Time stamp"), (5, "Extended security"), (6, "Commercial IP security option"), (7, "Record route"), (8, "Stream identifier"), (9, "Strict source route"), (10, "Experimental Measurement"), (11, "MTU probe"), (12, "MTU Reply"), (13, "Experimental Flow Control"), (14, "Experimental Access Control"), (15, "Ask Estrin"), (16, "IMI Traffic Descriptor"), (17, "Extended Internet Protocol"), (18, "Traceroute"), (19, "Address Extension"), (20, "Router Alert"), (21, "Selective Directed Broadcast"), (22, "Unassigned"), (23, "Dynamic Packet State"), (24, "Upstream Multicast Packet"), (25, "Quick-Start"), (30, "RFC 3692-style experiment")]).spec("RFC 791 section 3.1");
    /// Length of the option, type and length bytes included.
    OPT_LEN = Field::new("ip.opt.len", "Length", Kind::U8).spec("RFC 791 section 3.1");
    /// Where in the option the next entry goes, counted from 1 at its first byte.
    OPT_PTR = Field::new("ip.opt.ptr", "Pointer", Kind::U8).spec("RFC 791 section 3.1");
    /// Stream number of the SATNET satellite network; long out of use.
    OPT_SID = Field::new("ip.opt.sid", "Stream Identifier", Kind::U16).spec("RFC 791 section 3.1");
    /// Largest packet that the links so far can carry, for finding the way's limit.
    OPT_MTU = Field::new("ip.opt.mtu", "MTU", Kind::U16).spec("RFC 1063");
    /// Number by which the sender finds the answers to its traceroute.
    OPT_ID_NUMBER = Field::new("ip.opt.id_number", "ID Number", Kind::U16).spec("RFC 1393");
    /// Hops so far on the way out.
    OPT_OHC = Field::new("ip.opt.ohc", "Outbound Hop Count", Kind::U16).spec("RFC 1393");
    /// Hops so far on the way back.
    OPT_RHC = Field::new("ip.opt.rhc", "Return Hop Count", Kind::U16).spec("RFC 1393");
    /// Who began the traceroute.
    OPT_ORIGINATOR = Field::new("ip.opt.originator", "Originator IP Address", Kind::Ipv4).spec("RFC 1393");
    /// Asks every router on the way to look into the packet, although it is not addressed to it.
    OPT_RA = Field::new("ip.opt.ra", "Router Alert", Kind::U16).names(Names::Ranges(&[(0, 0, "Router shall examine packet"), (1, 65535, "Reserved")])).spec("RFC 2113");
    /// An address of the list that the packet is for.
    OPT_ADDR = Field::new("ip.opt.addr", "IP Address", Kind::Ipv4).spec("RFC 1770");
    /// Filling behind the last option, so that the header's length is a multiple of 4.
    OPT_PADDING = Field::new("ip.opt.padding", "Padding", Kind::Bytes).spec("RFC 791 section 3.1");
    /// Whether a sending rate is asked for or reported.
    OPT_QS_FUNC = Field::new("ip.opt.qs_func", "Function", Kind::U8).mask(0xf0).values(&[(0, "Rate request"), (8, "Rate report")]).spec("RFC 4782");
    /// The rate that is asked for or granted.
    OPT_QS_RATE = Field::new("ip.opt.qs_rate", "Rate", Kind::U8).mask(0xf).values(&[(0, "0 bit/s"), (1, "80 Kbit/s"), (2, "160 Kbit/s"), (3, "320 Kbit/s"), (4, "640 Kbit/s"), (5, "1.28 Mbit/s"), (6, "2.56 Mbit/s"), (7, "5.12 Mbit/s"), (8, "10.24 Mbit/s"), (9, "20.48 Mbit/s"), (10, "40.96 Mbit/s"), (11, "81.92 Mbit/s"), (12, "163.84 Mbit/s"), (13, "327.68 Mbit/s"), (14, "655.36 Mbit/s"), (15, "1.31072 Gbit/s")]).spec("RFC 4782");
    /// Counts down like the time to live, but only in routers that agreed to the rate.
    OPT_QS_TTL = Field::new("ip.opt.qs_ttl", "QS TTL", Kind::U8).spec("RFC 4782");
    /// Time to live less this option's count: the same at both ends when every router agreed.
    OPT_QS_TTL_DIFF = Field::new("ip.opt.qs_ttl_diff", "TTL Diff", Kind::U8).spec("RFC 4782");
    /// Not used in a report.
    OPT_QS_UNUSED = Field::new("ip.opt.qs_unused", "Not Used", Kind::U8).spec("RFC 4782");
    /// A random number that makes it hard to lie about the granted rate.
    OPT_QS_NONCE = Field::new("ip.opt.qs_nonce", "QS Nonce", Kind::U32).mask(0xfffffffc).hex().spec("RFC 4782");
    /// Kept for later.
    OPT_QS_RESERVED = Field::new("ip.opt.qs_reserved", "Reserved", Kind::U32).mask(0x3).hex().spec("RFC 4782");
    /// Level of secrecy, in the coding of the first IP specification.
    OPT_SEC_RFC791_SEC = Field::new("ip.opt.sec_rfc791_sec", "Security", Kind::U16).hex().values(&[(0, "Unclassified"), (61749, "Confidential"), (30874, "EFTO"), (48205, "MMMM"), (24102, "PROG"), (44819, "Restricted"), (55176, "Secret"), (27589, "Top secret"), (13794, "Reserved"), (39665, "Reserved"), (19832, "Reserved"), (9405, "Reserved"), (4958, "Reserved"), (35247, "Reserved"), (50390, "Reserved"), (57963, "Reserved")]).spec("RFC 791 section 3.1");
    /// Compartments of the data's secrecy.
    OPT_SEC_RFC791_COMP = Field::new("ip.opt.sec_rfc791_comp", "Compartments", Kind::U16).spec("RFC 791 section 3.1");
    /// Who may handle the data.
    OPT_SEC_RFC791_HR = Field::new("ip.opt.sec_rfc791_hr", "Handling Restrictions", Kind::Str).spec("RFC 791 section 3.1");
    /// Group of hosts that may talk to each other.
    OPT_SEC_RFC791_TCC = Field::new("ip.opt.sec_rfc791_tcc", "Transmission Control Code", Kind::Str).spec("RFC 791 section 3.1");
    /// Level of secrecy: the codes are far apart, so that a flipped bit makes no other level.
    OPT_SEC_CL = Field::new("ip.opt.sec_cl", "Classification Level", Kind::U8).hex().values(&[(1, "Reserved 4"), (61, "Top secret"), (90, "Secret"), (150, "Confidential"), (102, "Reserved 3"), (204, "Reserved 2"), (171, "Unclassified"), (241, "Reserved 1")]).spec("RFC 1108 section 2.3");
    /// Whose rules protect the data.
    OPT_SEC_PROT_AUTH_FLAGS = Field::new("ip.opt.sec_prot_auth_flags", "Protection Authority Flags", Kind::U8).hex().spec("RFC 1108 section 2.4");
    /// General service rules apply.
    OPT_SEC_PROT_AUTH_GENSER = Field::new("ip.opt.sec_prot_auth_genser", "GENSER", Kind::Bool).mask(0x80).words("Datagram not protected in accordance with its rules", "Datagram protected in accordance with its rules").spec("RFC 1108 section 2.4");
    /// SIOP-ESI rules apply.
    OPT_SEC_PROT_AUTH_SIOP_ESI = Field::new("ip.opt.sec_prot_auth_siop_esi", "SIOP-ESI", Kind::Bool).mask(0x40).words("Datagram not protected in accordance with its rules", "Datagram protected in accordance with its rules").spec("RFC 1108 section 2.4");
    /// Rules for special compartmented information apply.
    OPT_SEC_PROT_AUTH_SCI = Field::new("ip.opt.sec_prot_auth_sci", "SCI", Kind::Bool).mask(0x20).words("Datagram not protected in accordance with its rules", "Datagram protected in accordance with its rules").spec("RFC 1108 section 2.4");
    /// NSA rules apply.
    OPT_SEC_PROT_AUTH_NSA = Field::new("ip.opt.sec_prot_auth_nsa", "NSA", Kind::Bool).mask(0x10).words("Datagram not protected in accordance with its rules", "Datagram protected in accordance with its rules").spec("RFC 1108 section 2.4");
    /// Department of Energy rules apply.
    OPT_SEC_PROT_AUTH_DOE = Field::new("ip.opt.sec_prot_auth_doe", "DOE", Kind::Bool).mask(0x8).words("Datagram not protected in accordance with its rules", "Datagram protected in accordance with its rules").spec("RFC 1108 section 2.4");
    /// Not assigned.
    OPT_SEC_PROT_AUTH_UNASSIGNED = Field::new("ip.opt.sec_prot_auth_unassigned", "Unassigned", Kind::U8).mask(0x6).hex().spec("RFC 1108 section 2.4");
    /// Whether another byte of flags follows.
    OPT_SEC_PROT_AUTH_FTI = Field::new("ip.opt.sec_prot_auth_fti", "Field Termination Indicator", Kind::Bool).mask(0x1).words("Final octet", "Additional octet present").spec("RFC 1108 section 2.4");
    /// Which form the additional information has.
    OPT_EXT_SEC_ADD_SEC_INFO_FORMAT_CODE = Field::new("ip.opt.ext_sec_add_sec_info_format_code", "Additional Security Info Format Code", Kind::U8).hex().spec("RFC 1108 section 3");
    /// Additional information about secrecy.
    OPT_EXT_SEC_ADD_SEC_INFO = Field::new("ip.opt.ext_sec_add_sec_info", "Additional Security Info", Kind::Bytes).spec("RFC 1108 section 3");
    /// A router that the packet has passed and that wrote itself down.
    REC_RT = Field::new("ip.rec_rt", "Recorded Route", Kind::Ipv4).also(&[&REC_RT_HOST]).spec("RFC 791 section 3.1");
    /// That router's address as text.
    REC_RT_HOST = Field::new("ip.rec_rt_host", "Recorded Route Host", Kind::Str).spec("RFC 791 section 3.1");
    /// The place where the next router writes itself down.
    CUR_RT = Field::new("ip.cur_rt", "Current Route", Kind::Ipv4).also(&[&CUR_RT_HOST]).spec("RFC 791 section 3.1");
    /// That place's address as text.
    CUR_RT_HOST = Field::new("ip.cur_rt_host", "Current Route Host", Kind::Str).spec("RFC 791 section 3.1");
    /// A router that the sender wants the packet to pass.
    SRC_RT = Field::new("ip.src_rt", "Source Route", Kind::Ipv4).also(&[&SRC_RT_HOST]).spec("RFC 791 section 3.1");
    /// That router's address as text.
    SRC_RT_HOST = Field::new("ip.src_rt_host", "Source Route Host", Kind::Str).spec("RFC 791 section 3.1");
    /// A place of the list that is not filled yet.
    EMPTY_RT = Field::new("ip.empty_rt", "Empty Route", Kind::Ipv4).also(&[&EMPTY_RT_HOST]).spec("RFC 791 section 3.1");
    /// That place's address as text.
    EMPTY_RT_HOST = Field::new("ip.empty_rt_host", "Empty Route Host", Kind::Str).spec("RFC 791 section 3.1");
    /// Which form the secrecy label has.
    CIPSO_TAG_TYPE = Field::new("ip.cipso.tag_type", "Tag Type", Kind::U8).values(&[(0, "Padding"), (1, "Restrictive Category Bitmap"), (2, "Enumerated Categories"), (5, "Ranged Categories"), (6, "Permissive Categories"), (7, "Free Form")]).spec("FIPS 188");
    /// Whose numbering of secrecy levels is meant.
    CIPSO_DOI = Field::new("ip.cipso.doi", "DOI", Kind::U32).spec("FIPS 188");
    /// Level of secrecy.
    CIPSO_SENSITIVITY_LEVEL = Field::new("ip.cipso.sensitivity_level", "Sensitivity Level", Kind::U8).spec("FIPS 188");
    /// Categories of the data.
    CIPSO_CATEGORIES = Field::new("ip.cipso.categories", "Categories", Kind::Str).spec("FIPS 188");
    /// A label in a form that is not read here.
    CIPSO_TAG_DATA = Field::new("ip.cipso.tag_data", "Tag data", Kind::Bytes).spec("FIPS 188");
    /// This piece covers bytes that another piece brought already.
    FRAGMENT_OVERLAP = Field::new("ip.fragment.overlap", "Fragment overlap", Kind::Bool).spec("RFC 791 section 3.2");
    /// Two pieces bring different bytes for the same place: a fault or an attempt to deceive a firewall.
    FRAGMENT_OVERLAP_CONFLICT = Field::new("ip.fragment.overlap.conflict", "Conflicting data in fragment overlap", Kind::Bool).spec("RFC 791 section 3.2");
    /// More than one piece claims to be the last.
    FRAGMENT_MULTIPLETAILS = Field::new("ip.fragment.multipletails", "Multiple tail fragments found", Kind::Bool).spec("RFC 791 section 3.2");
    /// The piece goes beyond the end that the last piece set.
    FRAGMENT_TOOLONGFRAGMENT = Field::new("ip.fragment.toolongfragment", "Fragment too long", Kind::Bool).spec("RFC 791 section 3.2");
    /// A piece that cannot be right.
    FRAGMENT_ERROR = Field::new("ip.fragment.error", "Defragmentation error", Kind::Frame).spec("RFC 791 section 3.2");
    /// How many pieces the packet came in.
    FRAGMENT_COUNT = Field::new("ip.fragment.count", "Fragment count", Kind::U32).spec("RFC 791 section 3.2");
    /// A piece of the packet and the frame that brought it.
    FRAGMENT = Field::new("ip.fragment", "IPv4 Fragment", Kind::Frame).spec("RFC 791 section 3.2");
    /// The pieces that this packet was put together from.
    FRAGMENTS = Field::new("ip.fragments", "IPv4 Fragments", Kind::Bytes).spec("RFC 791 section 3.2");
    /// The packet is shown whole in that frame, where its last piece came.
    REASSEMBLED_IN = Field::new("ip.reassembled_in", "Reassembled IPv4 in frame", Kind::Frame).spec("RFC 791 section 3.2");
    /// Length of the data put together.
    REASSEMBLED_LENGTH = Field::new("ip.reassembled.length", "Reassembled IPv4 length", Kind::U32).spec("RFC 791 section 3.2");
    /// The data put together.
    REASSEMBLED_DATA = Field::new("ip.reassembled.data", "Reassembled IPv4 data", Kind::Bytes).spec("RFC 791 section 3.2");
    /// How many hosts found no place left for their time stamp.
    OPT_OVERFLOW = Field::new("ip.opt.overflow", "Overflow", Kind::U8).mask(0xf0).spec("RFC 791 section 3.1");
    /// Whether routers write only times, also their address, or only where the sender listed them.
    OPT_FLAG = Field::new("ip.opt.flag", "Flag", Kind::U8).mask(0xf).hex().values(&[(0, "Time stamps only"), (1, "Time stamp and address"), (3, "Time stamps for prespecified addresses")]).spec("RFC 791 section 3.1");
    /// Milliseconds since midnight UTC, when a router handled the packet.
    OPT_TIME_STAMP = Field::new("ip.opt.time_stamp", "Time stamp", Kind::U32).spec("RFC 791 section 3.1");
    /// The router that wrote the time behind it.
    OPT_TIME_STAMP_ADDR = Field::new("ip.opt.time_stamp_addr", "Address", Kind::Ipv4).spec("RFC 791 section 3.1");
    /// No options follow; what is left of the header is padding.
    OPTIONS_EOL = Field::new("ip.options.eol", "IP Option - End of Options List (EOL)", Kind::Bytes).spec("RFC 791 section 3.1");
    /// One byte of filling, so that the next option starts where a machine reads it easily.
    OPTIONS_NOP = Field::new("ip.options.nop", "IP Option - No-Operation (NOP)", Kind::Bytes).spec("RFC 791 section 3.1");
    /// How secret the packet is and whose rules protect it.
    OPTIONS_SECURITY = Field::new("ip.options.security", "IP Option - Security", Kind::Bytes).spec("RFC 1108");
    /// Routers that the packet must pass, others allowed between them (loose source route).
    OPTIONS_ROUTE = Field::new("ip.options.route", "IP Option - Loose Source Route", Kind::Bytes).spec("RFC 791 section 3.1");
    /// Routers write down when they handled the packet.
    OPTIONS_TIMESTAMP = Field::new("ip.options.timestamp", "IP Option - Time Stamp", Kind::Bytes).spec("RFC 791 section 3.1");
    /// More about the packet's secrecy.
    OPTIONS_EXT_SECURITY = Field::new("ip.options.ext_security", "IP Option - Extended Security", Kind::Bytes).spec("RFC 1108");
    /// A secrecy label as commercial systems use it.
    OPTIONS_CIPSO = Field::new("ip.options.cipso", "IP Option - Commercial Security", Kind::Bytes).spec("FIPS 188");
    /// Routers write down their addresses as the packet passes.
    OPTIONS_RECORD_ROUTE = Field::new("ip.options.record_route", "IP Option - Record Route", Kind::Bytes).spec("RFC 791 section 3.1");
    /// Stream number of the SATNET satellite network.
    OPTIONS_SID = Field::new("ip.options.sid", "IP Option - Stream ID", Kind::Bytes).spec("RFC 791 section 3.1");
    /// Routers that the packet must pass, and no others (strict source route).
    OPTIONS_SOURCE_ROUTE = Field::new("ip.options.source_route", "IP Option - Strict Source Route", Kind::Bytes).spec("RFC 791 section 3.1");
    /// Routers lower the number to what their link carries.
    OPTIONS_MTU_PROBE = Field::new("ip.options.mtu_probe", "IP Option - MTU Probe", Kind::Bytes).spec("RFC 1063");
    /// The number that a probe found, sent back.
    OPTIONS_MTU_REPLY = Field::new("ip.options.mtu_reply", "IP Option - MTU Reply", Kind::Bytes).spec("RFC 1063");
    /// Routers that pass the packet on report so to its sender.
    OPTIONS_TRACEROUTE = Field::new("ip.options.traceroute", "IP Option - Traceroute", Kind::Bytes).spec("RFC 1393");
    /// Every router on the way shall look into the packet.
    OPTIONS_ROUTERALERT = Field::new("ip.options.routeralert", "IP Option - Router Alert", Kind::Bytes).spec("RFC 2113");
    /// Addresses of those who shall take this broadcast.
    OPTIONS_SDB = Field::new("ip.options.sdb", "IP Option - Selective Directed Broadcast", Kind::Bytes).spec("RFC 1770");
    /// Asks the routers on the way for a high sending rate from the start.
    OPTIONS_QS = Field::new("ip.options.qs", "IP Option - Quick-Start", Kind::Bytes).spec("RFC 4782");
}
