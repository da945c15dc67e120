//! What ICMPv6 messages can say: their fields.

use crate::protocols::internet;

crate::fields! {
    /// What the message says. Below 128 it is about an error.
    TYPE = Field::new("icmpv6.type", "Type", Kind::U8).values(&[(1, "Destination Unreachable"), (2, "Packet Too Big"), (3, "Time Exceeded"), (4, "Parameter Problem"), (100, "Private experimentation"), (101, "Private experimentation"), (127, "Reserved for expansion of ICMPv6 error messages"), (128, "Echo (ping) request"), (129, "Echo (ping) reply"), (130, "Multicast Listener Query"), (131, "Multicast Listener Report"), (132, "Multicast Listener Done"), (133, "Router Solicitation"), (134, "Router Advertisement"), (135, "Neighbor Solicitation"), (136, "Neighbor Advertisement"), (137, "Redirect"), (138, "Router Renumbering"), (139, "Node Information Query"), (140, "Node Information Reply"), (141, "Inverse Neighbor Discovery Solicitation"), (142, "Inverse Neighbor Discovery Advertisement"), (143, "Multicast Listener Report Message v2"), (144, "Home Agent Address Discovery Request"), (145, "Home Agent Address Discovery Reply"), (146, "Mobile Prefix Solicitation"), (147, "Mobile Prefix Advertisement"), (148, "Certification Path Solicitation"), (149, "Certification Path Advertisement"), (150, "Experimental Mobility"), (151, "Multicast Router Advertisement"), (152, "Multicast Router Solicitation"), (153, "Multicast Router Termination"), (154, "FMIPv6"), (155, "RPL Control"), (156, "Locator Update"), (157, "Duplicate Address Request"), (158, "Duplicate Address Confirmation"), (159, "MPL Control Message"), (160, "Extended Echo request"), (161, "Extended Echo reply"), (200, "Private experimentation"), (201, "Private experimentation"), (255, "Reserved for expansion of ICMPv6 informational messages")]).spec("RFC 4443 section 2.1");
    /// More closely what it says; the meaning depends on the type.
    CODE = Field::new("icmpv6.code", "Code", Kind::U8).spec("RFC 4443 section 2.1");
    /// A sum over addresses and message by which the receiver notices damage.
    CHECKSUM = Field::new("icmpv6.checksum", "Checksum", Kind::U16).hex().spec("RFC 4443 section 2.1");
    /// Whether the checksum was verified here, and how that ended.
    CHECKSUM_STATUS = Field::new("icmpv6.checksum.status", "Checksum Status", Kind::U8).values(internet::CHECKSUM_STATES).base(Base::NameOnly).spec("RFC 4443 section 2.1");
    /// Kept for later.
    RESERVED = Field::new("icmpv6.reserved", "Reserved", Kind::Bytes).spec("RFC 4443 section 2.1");
    /// Data behind the message.
    DATA = Field::new("icmpv6.data", "Data", Kind::Bytes).spec("RFC 4443 section 2.1");
    /// Data that is not read here.
    UNKNOWN_DATA = Field::new("icmpv6.unknown_data", "Unknown Data", Kind::Bytes).spec("RFC 4443 section 2.1");
    /// The largest packet that the next link can carry: the sender shall send no larger ones.
    MTU = Field::new("icmpv6.mtu", "MTU", Kind::U32).spec("RFC 4443 section 3.2");
    /// Which byte of the packet is wrong.
    POINTER = Field::new("icmpv6.pointer", "Pointer", Kind::U32).spec("RFC 4443 section 3.4");
    /// Tells the pings of one program from those of others; the answer repeats it.
    ECHO_IDENTIFIER = Field::new("icmpv6.echo.identifier", "Identifier", Kind::U16).hex().spec("RFC 4443 section 4.1");
    /// Counts the pings of one program; the answer repeats it.
    ECHO_SEQUENCE_NUMBER = Field::new("icmpv6.echo.sequence_number", "Sequence", Kind::U16).spec("RFC 4443 section 4.1");
    /// A random value that the answer repeats.
    NONCE = Field::new("icmpv6.nonce", "Nonce", Kind::Bytes).spec("RFC 4380");
    /// The hop limit that hosts shall use; 0 leaves it to them.
    ND_RA_CUR_HOP_LIMIT = Field::new("icmpv6.nd.ra.cur_hop_limit", "Cur hop limit", Kind::U8).spec("RFC 4861 section 4.2");
    /// What else hosts shall know about this network.
    ND_RA_FLAG = Field::new("icmpv6.nd.ra.flag", "Flags", Kind::U8).hex().spec("RFC 4861 section 4.2");
    /// Hosts get their addresses by DHCPv6.
    ND_RA_FLAG_M = Field::new("icmpv6.nd.ra.flag.m", "Managed address configuration", Kind::Bool).mask(0x80).flag().spec("RFC 4861 section 4.2");
    /// Hosts get other things, such as name servers, by DHCPv6.
    ND_RA_FLAG_O = Field::new("icmpv6.nd.ra.flag.o", "Other configuration", Kind::Bool).mask(0x40).flag().spec("RFC 4861 section 4.2");
    /// The router serves as home agent for mobile hosts.
    ND_RA_FLAG_H = Field::new("icmpv6.nd.ra.flag.h", "Home Agent", Kind::Bool).mask(0x20).flag().spec("RFC 6275 section 7.1");
    /// Which router to take first, where there are several.
    ND_RA_FLAG_PRF = Field::new("icmpv6.nd.ra.flag.prf", "Prf (Default Router Preference)", Kind::U8).mask(0x18).values(&[(0, "Medium"), (1, "High"), (2, "Reserved"), (3, "Low")]).spec("RFC 4191");
    /// The advertisement was passed on by a proxy.
    ND_RA_FLAG_P = Field::new("icmpv6.nd.ra.flag.p", "Proxy", Kind::Bool).mask(0x4).flag().spec("RFC 4389");
    /// Kept for later.
    ND_RA_FLAG_RSV = Field::new("icmpv6.nd.ra.flag.rsv", "Reserved", Kind::U8).mask(0x3).spec("RFC 4861 section 4.2");
    /// For how many seconds the router may be counted on; 0: it is no default router.
    ND_RA_ROUTER_LIFETIME = Field::new("icmpv6.nd.ra.router_lifetime", "Router lifetime (s)", Kind::U16).spec("RFC 4861 section 4.2");
    /// For how many milliseconds a neighbour counts as reachable after it was heard.
    ND_RA_REACHABLE_TIME = Field::new("icmpv6.nd.ra.reachable_time", "Reachable time (ms)", Kind::U32).spec("RFC 4861 section 4.2");
    /// How many milliseconds to wait before asking a neighbour again.
    ND_RA_RETRANS_TIMER = Field::new("icmpv6.nd.ra.retrans_timer", "Retrans timer (ms)", Kind::U32).spec("RFC 4861 section 4.2");
    /// Whose hardware address is asked for.
    ND_NS_TARGET_ADDRESS = Field::new("icmpv6.nd.ns.target_address", "Target Address", Kind::Ipv6).spec("RFC 4861 section 4.3");
    /// What kind of answer this is.
    ND_NA_FLAG = Field::new("icmpv6.nd.na.flag", "Flags", Kind::U32).hex().spec("RFC 4861 section 4.4");
    /// The sender is a router.
    ND_NA_FLAG_R = Field::new("icmpv6.nd.na.flag.r", "Router", Kind::Bool).mask(0x80000000).width(32).flag().spec("RFC 4861 section 4.4");
    /// The answer was asked for.
    ND_NA_FLAG_S = Field::new("icmpv6.nd.na.flag.s", "Solicited", Kind::Bool).mask(0x40000000).width(32).flag().spec("RFC 4861 section 4.4");
    /// The hardware address replaces the one known so far.
    ND_NA_FLAG_O = Field::new("icmpv6.nd.na.flag.o", "Override", Kind::Bool).mask(0x20000000).width(32).flag().spec("RFC 4861 section 4.4");
    /// Kept for later.
    ND_NA_FLAG_RSV = Field::new("icmpv6.nd.na.flag.rsv", "Reserved", Kind::U32).mask(0x1fffffff).spec("RFC 4861 section 4.4");
    /// Whose hardware address is told.
    ND_NA_TARGET_ADDRESS = Field::new("icmpv6.nd.na.target_address", "Target Address", Kind::Ipv6).spec("RFC 4861 section 4.4");
    /// Where to send packets for the destination from now on.
    ND_RD_TARGET_ADDRESS = Field::new("icmpv6.nd.rd.target_address", "Target Address", Kind::Ipv6).spec("RFC 4861 section 4.5");
    /// The destination for which there is a better way.
    RD_NA_DESTINATION_ADDRESS = Field::new("icmpv6.rd.na.destination_address", "Destination Address", Kind::Ipv6).spec("RFC 4861 section 4.5");
    /// An option of a neighbour discovery message.
    OPT = Field::new("icmpv6.opt", "ICMPv6 Option", Kind::None).spec("RFC 4861 section 4.6");
    /// Which option this is.
    OPT_TYPE = Field::new("icmpv6.opt.type", "Type", Kind::U8).values(&[(1, "Source link-layer address"), (2, "Target link-layer address"), (3, "Prefix information"), (4, "Redirected header"), (5, "MTU"), (6, "NBMA Shortcut Limit Option"), (7, "Advertisement Interval"), (8, "Home Agent Information"), (9, "Source Address List"), (10, "Target Address List"), (11, "CGA"), (12, "RSA Signature"), (13, "Timestamp"), (14, "Nonce"), (15, "Trust Anchor"), (16, "Certificate"), (17, "IP Address/Prefix Option"), (18, "New Router Prefix Information"), (19, "Link-layer Address"), (20, "Neighbor Advertisement Acknowledgment"), (23, "MAP"), (24, "Route Information"), (25, "Recursive DNS Server"), (26, "RA Flags Extension"), (27, "Handover Key Request"), (28, "Handover Key Reply"), (29, "Handover Assist Information"), (30, "Mobile Node Identifier Option"), (31, "DNS Search List Option"), (32, "Proxy Signature (PS)"), (33, "Address Registration Option"), (34, "6LoWPAN Context Option"), (35, "Authoritative Border Router"), (36, "6LoWPAN Capability Indication Option"), (37, "DHCP Captive-Portal"), (38, "PREF64 Option"), (138, "CARD Request"), (139, "CARD Reply"), (253, "RFC3692-style Experiment 1"), (254, "RFC3692-style Experiment 2")]).spec("RFC 4861 section 4.6");
    /// Length of the option in units of 8 bytes.
    OPT_LENGTH = Field::new("icmpv6.opt.length", "Length", Kind::U8).spec("RFC 4861 section 4.6");
    /// Kept for later.
    OPT_RESERVED = Field::new("icmpv6.opt.reserved", "Reserved", Kind::None).spec("RFC 4861 section 4.6");
    /// Filling up to a multiple of eight bytes.
    OPT_PADDING = Field::new("icmpv6.opt.padding", "Padding", Kind::None).spec("RFC 4861 section 4.6");
    /// A hardware address.
    OPT_LINKADDR = Field::new("icmpv6.opt.linkaddr", "Link-layer address", Kind::Bytes).spec("RFC 4861 section 4.6");
    /// Hardware address of the sender.
    OPT_SRC_LINKADDR = Field::new("icmpv6.opt.src_linkaddr", "Source Link-layer address", Kind::Bytes).spec("RFC 4861 section 4.6");
    /// Hardware address of the target.
    OPT_TARGET_LINKADDR = Field::new("icmpv6.opt.target_linkaddr", "Target Link-layer address", Kind::Bytes).spec("RFC 4861 section 4.6");
    /// A hardware address of 64 bits.
    OPT_LINKADDR_EUI64 = Field::new("icmpv6.opt.linkaddr_eui64", "Link-layer address", Kind::Eui64).spec("RFC 4861 section 4.6");
    /// 64-bit hardware address of the sender.
    OPT_SRC_LINKADDR_EUI64 = Field::new("icmpv6.opt.src_linkaddr_eui64", "Source Link-layer address", Kind::Eui64).spec("RFC 4861 section 4.6");
    /// 64-bit hardware address of the target.
    OPT_TARGET_LINKADDR_EUI64 = Field::new("icmpv6.opt.target_linkaddr_eui64", "Target Link-layer address", Kind::Eui64).spec("RFC 4861 section 4.6");
    /// How many bits of the prefix count.
    OPT_PREFIX_LENGTH = Field::new("icmpv6.opt.prefix.length", "Prefix Length", Kind::U8).spec("RFC 4861 section 4.6");
    /// How the prefix may be used.
    OPT_PREFIX_FLAG = Field::new("icmpv6.opt.prefix.flag", "Flag", Kind::U8).hex().spec("RFC 4861 section 4.6");
    /// Hosts with this prefix are on this link and reached without a router.
    OPT_PREFIX_FLAG_L = Field::new("icmpv6.opt.prefix.flag.l", "On-link flag(L)", Kind::Bool).mask(0x80).flag().spec("RFC 4861 section 4.6");
    /// Hosts may make addresses of their own with this prefix.
    OPT_PREFIX_FLAG_A = Field::new("icmpv6.opt.prefix.flag.a", "Autonomous address-configuration flag(A)", Kind::Bool).mask(0x40).flag().spec("RFC 4861 section 4.6");
    /// The prefix is the router's whole address.
    OPT_PREFIX_FLAG_R = Field::new("icmpv6.opt.prefix.flag.r", "Router address flag(R)", Kind::Bool).mask(0x20).flag().spec("RFC 6275 section 7.2");
    /// Kept for later.
    OPT_PREFIX_FLAG_RESERVED = Field::new("icmpv6.opt.prefix.flag.reserved", "Reserved", Kind::U8).mask(0x1f).spec("RFC 4861 section 4.6");
    /// For how many seconds addresses made with the prefix may be used.
    OPT_PREFIX_VALID_LIFETIME = Field::new("icmpv6.opt.prefix.valid_lifetime", "Valid Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 4861 section 4.6");
    /// For how many seconds they may be used for new connections.
    OPT_PREFIX_PREFERRED_LIFETIME = Field::new("icmpv6.opt.prefix.preferred_lifetime", "Preferred Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 4861 section 4.6");
    /// The prefix: the first part of every address on this network.
    OPT_PREFIX = Field::new("icmpv6.opt.prefix", "Prefix", Kind::Ipv6).spec("RFC 4861 section 4.6");
    /// The packet for which there is a better way.
    OPT_REDIRECTED_PACKET = Field::new("icmpv6.opt.redirected_packet", "Redirected Packet", Kind::None).spec("RFC 4861 section 4.6");
    /// Largest packet that this link carries.
    OPT_MTU = Field::new("icmpv6.opt.mtu", "MTU", Kind::U32).spec("RFC 4861 section 4.6");
    /// How many hops a shortcut may save.
    OPT_NBMA_SHORTCUT_LIMIT = Field::new("icmpv6.opt.nbma.shortcut_limit", "Shortcut Limit", Kind::U8).spec("RFC 2491");
    /// Longest time between two advertisements, in milliseconds.
    OPT_ADVERTISEMENT_INTERVAL = Field::new("icmpv6.opt.advertisement_interval", "Advertisement Interval", Kind::U32).spec("RFC 6275 section 7.3");
    /// Which home agent to take first.
    OPT_HOME_AGENT_PREFERENCE = Field::new("icmpv6.opt.home_agent_preference", "Home Agent Preference", Kind::U16).spec("RFC 6275 section 7.4");
    /// For how many seconds the home agent may be counted on.
    OPT_HOME_AGENT_LIFETIME = Field::new("icmpv6.opt.home_agent_lifetime", "Home Agent Preference", Kind::U16).spec("RFC 6275 section 7.4");
    /// An address of the list.
    OPT_IPV6_ADDRESS = Field::new("icmpv6.opt.ipv6_address", "IPv6 Address", Kind::Ipv6).spec("RFC 3122");
    /// For how many seconds the name servers may be used.
    OPT_RDNSS_LIFETIME = Field::new("icmpv6.opt.rdnss.lifetime", "Lifetime", Kind::U32).values(&[(0, "RDNSS address MUST no longer be used"), (4294967295, "Infinity")]).spec("RFC 8106 section 5.1");
    /// A name server.
    OPT_RDNSS = Field::new("icmpv6.opt.rdnss", "Recursive DNS Servers", Kind::Ipv6).spec("RFC 8106 section 5.1");
    /// For how many seconds the names may be used.
    OPT_DNSSL_LIFETIME = Field::new("icmpv6.opt.dnssl.lifetime", "Lifetime", Kind::U32).values(&[(0, "DNSSL domain name MUST no longer be used"), (4294967295, "Infinity")]).spec("RFC 8106 section 5.2");
    /// A name to put behind short host names.
    OPT_DNSSL = Field::new("icmpv6.opt.dnssl", "Domain Names", Kind::Str).spec("RFC 8106 section 5.2");
    /// How good the route is.
    OPT_ROUTE_INFO_FLAG = Field::new("icmpv6.opt.route_info.flag", "Flag", Kind::U8).hex().spec("RFC 4191");
    /// Which route to take first.
    OPT_ROUTE_INFO_FLAG_ROUTE_PREFERENCE = Field::new("icmpv6.opt.route_info.flag.route_preference", "Route Preference", Kind::U8).mask(0x18).values(&[(0, "Medium"), (1, "High"), (2, "Reserved"), (3, "Low")]).spec("RFC 4191");
    /// Kept for later.
    OPT_ROUTE_INFO_FLAG_RESERVED = Field::new("icmpv6.opt.route_info.flag.reserved", "Reserved", Kind::U8).mask(0xe7).spec("RFC 4191");
    /// For how many seconds the route may be used.
    OPT_ROUTE_LIFETIME = Field::new("icmpv6.opt.route_lifetime", "Route Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 4191");
    /// Room for more flags of an advertisement.
    OPT_EFO = Field::new("icmpv6.opt.efo", "Flags Expansion Option", Kind::U16).hex().spec("RFC 5175");
    /// Hosts get their addresses by DHCPv6.
    OPT_EFO_M = Field::new("icmpv6.opt.efo.m", "Managed address configuration", Kind::Bool).mask(0x8000).width(16).flag().spec("RFC 5175");
    /// Hosts get other things by DHCPv6.
    OPT_EFO_O = Field::new("icmpv6.opt.efo.o", "Other configuration", Kind::Bool).mask(0x4000).width(16).flag().spec("RFC 5175");
    /// The router serves as home agent.
    OPT_EFO_H = Field::new("icmpv6.opt.efo.h", "Home Agent", Kind::Bool).mask(0x2000).width(16).flag().spec("RFC 5175");
    /// Which router to take first.
    OPT_EFO_PRF = Field::new("icmpv6.opt.efo.prf", "Prf (Default Router Preference)", Kind::U16).mask(0x1800).values(&[(0, "Medium"), (1, "High"), (2, "Reserved"), (3, "Low")]).spec("RFC 5175");
    /// The advertisement was passed on by a proxy.
    OPT_EFO_P = Field::new("icmpv6.opt.efo.p", "Proxy", Kind::Bool).mask(0x400).width(16).flag().spec("RFC 5175");
    /// Kept for later.
    OPT_EFO_RSV = Field::new("icmpv6.opt.efo.rsv", "Reserved", Kind::U16).mask(0x2ff).spec("RFC 5175");
    /// Where the network's own page is, that lets guests in.
    OPT_CAPTIVE_PORTAL = Field::new("icmpv6.opt.captive_portal", "Captive Portal", Kind::Str).spec("RFC 8910");
    /// For how long the prefix may be used, in units of 8 seconds.
    OPT_PREF64_SCALED_LIFETIME = Field::new("icmpv6.opt.pref64.scaled_lifetime", "Scaled Lifetime", Kind::U16).mask(0xfff8).spec("RFC 8781");
    /// How long the prefix is.
    OPT_PREF64_PLC = Field::new("icmpv6.opt.pref64.plc", "PLC (Prefix Length Code)", Kind::U16).mask(0x7).hex().values(&[(0, "96 bits prefix length"), (1, "64 bits prefix length"), (2, "56 bits prefix length"), (3, "48 bits prefix length"), (4, "40 bits prefix length"), (5, "32 bits prefix length")]).spec("RFC 8781");
    /// The prefix under which IPv4 hosts can be reached.
    OPT_PREF64_PREFIX = Field::new("icmpv6.opt.pref64.prefix", "Prefix", Kind::Ipv6).spec("RFC 8781");
    /// How many bytes of filling follow.
    OPT_CGA_PAD_LENGTH = Field::new("icmpv6.opt.cga.pad_length", "Pad Length", Kind::U8).spec("RFC 3971");
    /// The parameters from which the sender's address was computed, so that nobody else can claim it.
    OPT_CGA = Field::new("icmpv6.opt.cga", "CGA", Kind::Bytes).spec("RFC 3971");
    /// A random part of the parameters.
    OPT_CGA_MODIFIER = Field::new("icmpv6.opt.cga.modifier", "Modifier", Kind::Bytes).spec("RFC 3971");
    /// The address's prefix.
    OPT_CGA_SUBNET_PREFIX = Field::new("icmpv6.opt.cga.subnet_prefix", "Subnet Prefix", Kind::Bytes).spec("RFC 3971");
    /// How many collisions there were.
    OPT_CGA_COUNT = Field::new("icmpv6.opt.cga.count", "Count", Kind::Bytes).spec("RFC 3971");
    /// The sender's public key.
    OPT_CGA_SUBJECT_PUBLIC_KEY_INFO = Field::new("icmpv6.opt.cga.subject_public_key_info", "Subject Public Key Info", Kind::None).spec("RFC 3971");
    /// Type of an extension.
    OPT_CGA_EXT_TYPE = Field::new("icmpv6.opt.cga.ext_type", "Ext Type", Kind::U16).spec("RFC 3971");
    /// Length of an extension.
    OPT_CGA_EXT_LENGTH = Field::new("icmpv6.opt.cga.ext_length", "Ext Length", Kind::U16).spec("RFC 3971");
    /// Data of an extension.
    OPT_CGA_EXT_DATA = Field::new("icmpv6.opt.cga.ext_data", "Ext Data", Kind::Bytes).spec("RFC 3971");
    /// Tells which key signed.
    OPT_RSA_KEY_HASH = Field::new("icmpv6.opt.rsa.key_hash", "Key Hash", Kind::Bytes).spec("RFC 3971");
    /// The signature and filling.
    OPT_DIGITAL_SIGNATURE_PADDING = Field::new("icmpv6.opt.digital_signature_padding", "Digital Signature and Padding", Kind::None).spec("RFC 3971");
    /// Tells which key signed for another node.
    OPT_PS_KEY_HASH = Field::new("icmpv6.opt.ps.key_hash", "Key Hash", Kind::Bytes).spec("RFC 6496");
    /// When the message was signed.
    OPT_TIMESTAMP = Field::new("icmpv6.opt.timestamp", "Timestamp", Kind::AbsTime).spec("RFC 3971");
    /// A random number that ties an answer to its question.
    OPT_NONCE = Field::new("icmpv6.opt.nonce", "Nonce", Kind::Bytes).spec("RFC 3971");
    /// A certificate and filling.
    OPT_CERTIFICATE_PADDING = Field::new("icmpv6.opt.certificate_padding", "Certificate and Padding", Kind::None).spec("RFC 3971");
    /// What kind of name follows.
    OPT_NAME_TYPE = Field::new("icmpv6.opt.name_type", "Name Type", Kind::U8).values(&[(1, "DER Encoded X.501 Name"), (2, "FQDN"), (3, "SHA-1 Subject Key Identifier (SKI)"), (4, "SHA-224 Subject Key Identifier (SKI)"), (5, "SHA-256 Subject Key Identifier (SKI)"), (6, "SHA-384 Subject Key Identifier (SKI)"), (7, "SHA-512 Subject Key Identifier (SKI)"), (253, "Reserved for Experimental Use"), (254, "Reserved for Experimental Use"), (255, "Reserved")]).spec("RFC 3971");
    /// A name in DER.
    OPT_NAME_X501 = Field::new("icmpv6.opt.name_x501", "DER Encoded X.501 Name", Kind::Bytes).spec("RFC 3971");
    /// A host name.
    OPT_NAME_TYPE_FQDN = Field::new("icmpv6.opt.name_type.fqdn", "FQDN", Kind::Str).spec("RFC 3971");
    /// Ties the answer to its question.
    SEND_IDENTIFIER = Field::new("icmpv6.send.identifier", "Identifier", Kind::U16).spec("RFC 3971");
    /// How many certificates the path has.
    SEND_ALL_COMPONENTS = Field::new("icmpv6.send.all_components", "All Components", Kind::U16).spec("RFC 3971");
    /// Which certificate of the path this is.
    SEND_COMPONENT = Field::new("icmpv6.send.component", "Component", Kind::U16).spec("RFC 3971");
    /// A name in a certificate.
    X509_NAME = Field::new("icmpv6.x509_Name", "Name", Kind::U32).values(&[(0, "rdnSequence")]).spec("RFC 3971");
    /// A certificate.
    X509_CERTIFICATE = Field::new("icmpv6.x509_Certificate", "Certificate", Kind::None).spec("RFC 3971");
    /// Whose address follows.
    OPT_IPA_OPTION_CODE = Field::new("icmpv6.opt.ipa.option_code", "Option-code", Kind::U8).values(&[(1, "Old Care-of Address"), (2, "New Care-of Address"), (3, "NAR's IP address"), (4, "NAR's Prefix (sent in PrRtAdv)")]).spec("RFC 5568");
    /// How many bits of it name the network.
    OPT_IPA_PREFIX_LEN = Field::new("icmpv6.opt.ipa.prefix_len", "Prefix Length", Kind::U8).spec("RFC 5568");
    /// The address.
    OPT_IPA_IPV6_ADDRESS = Field::new("icmpv6.opt.ipa.ipv6_address", "IPv6 Address", Kind::Ipv6).spec("RFC 5568");
    /// Not used: sent as zero.
    OPT_NRPI_OPTION_CODE = Field::new("icmpv6.opt.nrpi.option_code", "Option-code", Kind::U8).spec("RFC 5568");
    /// How many bits of the prefix count.
    OPT_NRPI_PREFIX_LEN = Field::new("icmpv6.opt.nrpi.prefix_len", "Prefix Length", Kind::U8).spec("RFC 5568");
    /// A prefix of the new router.
    OPT_NRPI_PREFIX = Field::new("icmpv6.opt.nrpi.prefix", "Prefix", Kind::Ipv6).spec("RFC 5568");
    /// Whose hardware address follows.
    OPT_LLA_OPTION_CODE = Field::new("icmpv6.opt.lla.option_code", "Option-code", Kind::U8).values(&[(0, "Wildcard"), (1, "Link-layer Address of the New Access Point"), (2, "Link-layer Address of the MN"), (3, "Link-layer Address of the NAR"), (4, "Link-layer Address of the source"), (5, "The AP belongs to the current interface of the router"), (6, "No prefix information available"), (7, "No fast handovers support available")]).spec("RFC 5568");
    /// The hardware address.
    OPT_LLA_BYTES = Field::new("icmpv6.opt.lla.bytes", "Link-Layer Address", Kind::Bytes).spec("RFC 5568");
    /// Not used: sent as zero.
    OPT_NAACK_OPTION_CODE = Field::new("icmpv6.opt.naack.option_code", "Option-Code", Kind::U8).spec("RFC 5568");
    /// What the mobile host shall do.
    OPT_NAACK_STATUS = Field::new("icmpv6.opt.naack.status", "Status", Kind::U8).values(&[(1, "New CoA is invalid, perform address configuration"), (2, "New CoA is invalid, use the supplied CoA"), (3, "NCoA is invalid, use NAR's IP address as NCoA in FBU"), (4, "PCoA supplied, do not send FBU"), (128, "LLA is unrecognized")]).spec("RFC 5568");
    /// The address that it shall use.
    OPT_NAACK_SUPPLIED_NCOA = Field::new("icmpv6.opt.naack.supplied_ncoa", "Supplied NCoA", Kind::Ipv6).spec("RFC 5568");
    /// Which message of a fast handover this is.
    FMIP6_SUBTYPE = Field::new("icmpv6.fmip6.subtype", "Subtype", Kind::U8).values(&[(2, "Router Solicitation for Proxy Advertisement"), (3, "Proxy Router Advertisement"), (4, "Handover Initiate"), (5, "Handover Acknowledge")]).spec("RFC 5568");
    /// What is asked of the new router.
    FMIP6_HI_FLAG = Field::new("icmpv6.fmip6.hi.flag", "Flag", Kind::U8).hex().spec("RFC 5568");
    /// A new address is asked for.
    FMIP6_HI_FLAG_S = Field::new("icmpv6.fmip6.hi.flag.s", "Assigned address configuration", Kind::Bool).mask(0x80).flag().spec("RFC 5568");
    /// Packets shall be kept meanwhile.
    FMIP6_HI_FLAG_A = Field::new("icmpv6.fmip6.hi.flag.a", "Buffer", Kind::Bool).mask(0x40).flag().spec("RFC 5568");
    /// Kept for later.
    FMIP6_HI_FLAG_RESERVED = Field::new("icmpv6.fmip6.hi.flag.reserved", "Reserved", Kind::U8).mask(0x3f).spec("RFC 5568");
    /// Ties the answer to its question.
    FMIP6_IDENTIFIER = Field::new("icmpv6.fmip6.identifier", "Identifier", Kind::U16).base(Base::DecHex).spec("RFC 5568");
    /// How many bytes of filling follow.
    OPT_HKR_PAD_LENGTH = Field::new("icmpv6.opt.hkr.pad_length", "Pad Length", Kind::U8).spec("RFC 5269");
    /// Which algorithm the key is for.
    OPT_HKR_AT = Field::new("icmpv6.opt.hkr.at", "AT", Kind::U8).mask(0xf0).spec("RFC 5269");
    /// Kept for later.
    OPT_HKR_RESERVED = Field::new("icmpv6.opt.hkr.reserved", "Reserved", Kind::U8).mask(0xf).spec("RFC 5269");
    /// The key to answer with.
    OPT_HKR_ENCRYPTION_PUBLIC_KEY = Field::new("icmpv6.opt.hkr.encryption_public_key", "Handover Key Encryption Public Key", Kind::Bytes).spec("RFC 5269");
    /// Filling up to a multiple of eight bytes.
    OPT_HKR_PADDING = Field::new("icmpv6.opt.hkr.padding", "Padding", Kind::Bytes).spec("RFC 5269");
    /// How long the key may be used.
    OPT_HKR_LIFETIME = Field::new("icmpv6.opt.hkr.lifetime", "Padding", Kind::U16).spec("RFC 5269");
    /// The key for the handover, encrypted.
    OPT_HKR_ENCRYPTED_HANDOVER_KEY = Field::new("icmpv6.opt.hkr.encrypted_handover_key", "Encrypted Handover Key", Kind::Bytes).spec("RFC 5269");
    /// What kind of hint follows.
    OPT_HAI_OPTION_CODE = Field::new("icmpv6.opt.hai.option_code", "Option-Code", Kind::U8).values(&[(1, "Access Network Identifier (AN ID)"), (2, "Sector ID")]).spec("RFC 5271");
    /// Length of the hint.
    OPT_HAI_LENGTH = Field::new("icmpv6.opt.hai.length", "HAI-Length", Kind::U8).spec("RFC 5271");
    /// The hint itself, as long as the option has room.
    OPT_HAI_VALUE = Field::new("icmpv6.opt.hai.value", "HAI-Value", Kind::Bytes).spec("RFC 5271");
    /// What kind of name follows.
    OPT_MN_OPTION_CODE = Field::new("icmpv6.opt.mn.option_code", "Option-Code", Kind::U8).values(&[(1, "NAI"), (2, "IMSI")]).spec("RFC 5271");
    /// Length of the name.
    OPT_MN_LENGTH = Field::new("icmpv6.opt.mn.length", "MN-Length", Kind::U8).spec("RFC 5271");
    /// The mobile node's name.
    OPT_MN_VALUE = Field::new("icmpv6.opt.mn.value", "MN-Value", Kind::Bytes).spec("RFC 5271");
    /// How far away the anchor point is.
    OPT_MAP_DISTANCE = Field::new("icmpv6.opt.map.distance", "Distance", Kind::U8).mask(0xf0).spec("RFC 5380");
    /// Which anchor point to take first.
    OPT_MAP_PREFERENCE = Field::new("icmpv6.opt.map.preference", "Preference", Kind::U8).mask(0xf).spec("RFC 5380");
    /// How addresses are made.
    OPT_MAP_FLAG = Field::new("icmpv6.opt.map.flag", "Flag", Kind::U8).hex().spec("RFC 5380");
    /// Mobile nodes make an address from the prefix.
    OPT_MAP_FLAG_R = Field::new("icmpv6.opt.map.flag.r", "RCoA Flag", Kind::Bool).mask(0x80).spec("RFC 5380");
    /// Kept for later.
    OPT_MAP_FLAG_RESERVED = Field::new("icmpv6.opt.map.flag.reserved", "Reserved", Kind::U8).mask(0x7f).spec("RFC 5380");
    /// For how many seconds the anchor point may be counted on.
    OPT_MAP_VALID_LIFETIME = Field::new("icmpv6.opt.map.valid_lifetime", "Valid Lifetime", Kind::U32).spec("RFC 5380");
    /// The anchor point's address.
    OPT_MAP_GLOBAL_ADDRESS = Field::new("icmpv6.opt.map.global_address", "Global Address", Kind::Ipv6).spec("RFC 5380");
    /// How a registration ended.
    OPT_ARO_STATUS = Field::new("icmpv6.opt.aro.status", "Status", Kind::U8).values(&[(0, "Success"), (1, "Duplicate Exists"), (2, "Neighbor Cache Full")]).spec("RFC 6775");
    /// For how many minutes the address is registered.
    OPT_ARO_REGISTRATION_LIFETIME = Field::new("icmpv6.opt.aro.registration_lifetime", "Registration  Lifetime", Kind::U16).spec("RFC 6775");
    /// Hardware address of the node.
    OPT_ARO_EUI64 = Field::new("icmpv6.opt.aro.eui64", "EUI-64", Kind::Eui64).spec("RFC 6775");
    /// How many bits of the prefix count.
    OPT_6CO_CONTEXT_LENGTH = Field::new("icmpv6.opt.6co.context_length", "Context Length", Kind::U8).spec("RFC 6775");
    /// How the context is used.
    OPT_6CO_FLAG = Field::new("icmpv6.opt.6co.flag", "Flag", Kind::U8).hex().spec("RFC 6775");
    /// Headers may be compressed with it.
    OPT_6CO_FLAG_C = Field::new("icmpv6.opt.6co.flag.c", "Compression Flag", Kind::Bool).mask(0x10).flag().spec("RFC 6775");
    /// Number of the context.
    OPT_6CO_FLAG_CID = Field::new("icmpv6.opt.6co.flag.cid", "CID", Kind::U8).mask(0xf).spec("RFC 6775");
    /// Kept for later.
    OPT_6CO_FLAG_RESERVED = Field::new("icmpv6.opt.6co.flag.reserved", "Reserved", Kind::U8).mask(0xe0).spec("RFC 6775");
    /// For how many minutes the context may be used.
    OPT_6CO_VALID_LIFETIME = Field::new("icmpv6.opt.6co.valid_lifetime", "Lifetime", Kind::U16).spec("RFC 6775");
    /// The prefix that the context stands for.
    OPT_6CO_CONTEXT_PREFIX = Field::new("icmpv6.opt.6co.context_prefix", "Context Prefix", Kind::Ipv6).spec("RFC 6775");
    /// Lower half of the version.
    OPT_ABRO_VERSION_LOW = Field::new("icmpv6.opt.abro.version_low", "Version Low", Kind::U16).spec("RFC 6775");
    /// Upper half of the version of the set of prefixes and contexts.
    OPT_ABRO_VERSION_HIGH = Field::new("icmpv6.opt.abro.version_high", "Version", Kind::U16).spec("RFC 6775");
    /// For how many minutes the set may be used.
    OPT_ABRO_VALID_LIFETIME = Field::new("icmpv6.opt.abro.valid_lifetime", "Valid Lifetime", Kind::U16).spec("RFC 6775");
    /// The border router that made the set.
    OPT_ABRO_6LBR_ADDRESS = Field::new("icmpv6.opt.abro.6lbr_address", "6LBR Address", Kind::Ipv6).spec("RFC 6775");
    /// Kept for later.
    OPT_6CIO_UNASSIGNED1 = Field::new("icmpv6.opt.6cio.unassigned1", "Unassigned", Kind::U16).mask(0xfffe).hex().spec("RFC 7400");
    /// Generic header compression can be used.
    OPT_6CIO_FLAG_G = Field::new("icmpv6.opt.6cio.flag_g", "G", Kind::U16).mask(0x1).hex().spec("RFC 7400");
    /// Kept for later.
    OPT_6CIO_UNASSIGNED2 = Field::new("icmpv6.opt.6cio.unassigned2", "Unassigned", Kind::U32).hex().spec("RFC 7400");
    /// How a registration ended.
    N6LOWPANND_DA_STATUS = Field::new("icmpv6.6lowpannd.da.status", "Status", Kind::U8).values(&[(0, "Success"), (1, "Duplicate Exists"), (2, "Neighbor Cache Full")]).spec("RFC 6775");
    /// Kept for later.
    N6LOWPANND_DA_RSV = Field::new("icmpv6.6lowpannd.da.rsv", "Reserved", Kind::U8).spec("RFC 6775");
    /// For how many minutes the address is registered.
    N6LOWPANND_DA_LIFETIME = Field::new("icmpv6.6lowpannd.da.lifetime", "Lifetime", Kind::U16).spec("RFC 6775");
    /// Hardware address of the node.
    N6LOWPANND_DA_EUI64 = Field::new("icmpv6.6lowpannd.da.eui64", "EUI-64", Kind::Eui64).spec("RFC 6775");
    /// The address that it registers.
    N6LOWPANND_DA_REG_ADDR = Field::new("icmpv6.6lowpannd.da.reg_addr", "Registered Address", Kind::Ipv6).spec("RFC 6775");
    /// Within how many milliseconds listeners must answer.
    MLD_MAXIMUM_RESPONSE_DELAY = Field::new("icmpv6.mld.maximum_response_delay", "Maximum Response Delay [ms]", Kind::U16).spec("RFC 2710");
    /// The group: whoever listens receives what is sent to this address.
    MLD_MULTICAST_ADDRESS = Field::new("icmpv6.mld.multicast_address", "Multicast Address", Kind::Ipv6).spec("RFC 3810");
    /// Within which time listeners must answer; large values have exponent and mantissa.
    MLD_MAXIMUM_RESPONSE_CODE = Field::new("icmpv6.mld.maximum_response_code", "Maximum Response Code", Kind::U16).spec("RFC 3810");
    /// How the query is meant.
    MLD_FLAG = Field::new("icmpv6.mld.flag", "Flags", Kind::U8).hex().spec("RFC 3810");
    /// Other routers shall not shorten their timers because of this query.
    MLD_FLAG_S = Field::new("icmpv6.mld.flag.s", "Suppress Router-Side Processing", Kind::Bool).mask(0x8).spec("RFC 3810");
    /// How many lost messages the querier allows for.
    MLD_FLAG_QRV = Field::new("icmpv6.mld.flag.qrv", "QRV (Querier's Robustness Variable)", Kind::U8).mask(0x7).spec("RFC 3810");
    /// Kept for later.
    MLD_FLAG_RESERVED = Field::new("icmpv6.mld.flag.reserved", "Reserved", Kind::U8).mask(0xf0).spec("RFC 3810");
    /// How often the querier asks.
    MLD_QQI = Field::new("icmpv6.mld.qqi", "QQIC (Querier's Query Interval Code)", Kind::U8).spec("RFC 3810");
    /// How many senders are listed.
    MLD_NB_SOURCES = Field::new("icmpv6.mld.nb_sources", "Number of Sources", Kind::U16).spec("RFC 3810");
    /// A sender that is asked about.
    MLD_SOURCE_ADDRESS = Field::new("icmpv6.mld.source_address", "Source Address", Kind::Ipv6).spec("RFC 3810");
    /// How many groups are reported.
    MLDR_NB_MCAST_RECORDS = Field::new("icmpv6.mldr.nb_mcast_records", "Number of Multicast Address Records", Kind::U16).spec("RFC 3810");
    /// What the host wants of one group.
    MLDR_MAR = Field::new("icmpv6.mldr.mar", "Multicast Address Record", Kind::None).spec("RFC 3810");
    /// Which kind of wish it is.
    MLDR_MAR_RECORD_TYPE = Field::new("icmpv6.mldr.mar.record_type", "Record Type", Kind::U8).values(&[(1, "Include"), (2, "Exclude"), (3, "Changed to include"), (4, "Changed to exclude"), (5, "Allow new sources"), (6, "Block old sources")]).spec("RFC 3810");
    /// Length of additional data, in units of 4 bytes.
    MLDR_MAR_AUX_DATA_LEN = Field::new("icmpv6.mldr.mar.aux_data_len", "Aux Data Len", Kind::U8).spec("RFC 3810");
    /// How many senders are listed.
    MLDR_MAR_NB_SOURCES = Field::new("icmpv6.mldr.mar.nb_sources", "Number of Sources", Kind::U16).spec("RFC 3810");
    /// The group.
    MLDR_MAR_MULTICAST_ADDRESS = Field::new("icmpv6.mldr.mar.multicast_address", "Multicast Address", Kind::Ipv6).spec("RFC 3810");
    /// A sender that the host wants to hear, or not.
    MLDR_MAR_SOURCE_ADDRESS = Field::new("icmpv6.mldr.mar.source_address", "Source Address", Kind::Ipv6).spec("RFC 3810");
    /// Additional data; none is defined.
    MLDR_MAR_AUXILIARY_DATA = Field::new("icmpv6.mldr.mar.auxiliary_data", "Auxiliary Data", Kind::Bytes).spec("RFC 3810");
    /// How often the router asks for listeners.
    MCAST_RA_QUERY_INTERVAL = Field::new("icmpv6.mcast_ra.query_interval", "Query Interval", Kind::U16).spec("RFC 4286");
    /// How many lost messages it allows for.
    MCAST_RA_ROBUSTNESS_VARIABLE = Field::new("icmpv6.mcast_ra.robustness_variable", "Robustness Variable", Kind::U16).spec("RFC 4286");
    /// Length of the quoted packet, in units of 8 bytes.
    LENGTH = Field::new("icmpv6.length", "Length of original datagram", Kind::U8).spec("RFC 4884");
    /// The answer to this request is in that frame.
    RESP_IN = Field::new("icmpv6.resp_in", "Response In", Kind::Frame).spec("RFC 4443");
    /// No answer to this request is in the capture.
    NO_RESP = Field::new("icmpv6.no_resp", "No response seen", Kind::None).spec("RFC 4443");
    /// The request that this answers is in that frame.
    RESP_TO = Field::new("icmpv6.resp_to", "Response To", Kind::Frame).spec("RFC 4443");
    /// Time between request and answer.
    RESPTIME = Field::new("icmpv6.resptime", "Response Time", Kind::F64).unit(" ms", " ms").spec("RFC 4443");
}
