//! What ICMP messages can say: their fields.

use crate::protocols::internet;

crate::fields! {
    /// What the message says.
    TYPE = Field::new("icmp.type", "Type", Kind::U8).base(Base::Dec).spec("RFC 792");
    /// More closely what it says; the meaning depends on the type.
    CODE = Field::new("icmp.code", "Code", Kind::U8).spec("RFC 792");
    /// A sum over the message by which the receiver notices damage.
    CHECKSUM = Field::new("icmp.checksum", "Checksum", Kind::U16).hex().spec("RFC 792");
    /// Whether the checksum was verified here, and how that ended.
    CHECKSUM_STATUS = Field::new("icmp.checksum.status", "Checksum Status", Kind::U8).values(internet::CHECKSUM_STATES).base(Base::NameOnly).spec("RFC 792");
    /// Not used by this type of message.
    UNUSED = Field::new("icmp.unused", "Unused", Kind::Bytes).spec("RFC 792");
    /// Kept for later.
    RESERVED = Field::new("icmp.reserved", "Reserved", Kind::Bytes).spec("RFC 792");
    /// Tells the pings of one program from those of others; the answer repeats it.
    IDENT = Field::new("icmp.ident", "Identifier (BE)", Kind::U16).base(Base::DecHex).spec("RFC 792");
    /// The same two bytes with the lower one first, as some systems send it.
    IDENT_LE = Field::new("icmp.ident_le", "Identifier (LE)", Kind::U16).base(Base::DecHex).spec("RFC 792");
    /// Counts the pings of one program; the answer repeats it.
    SEQ = Field::new("icmp.seq", "Sequence Number (BE)", Kind::U16).base(Base::DecHex).spec("RFC 792");
    /// The same two bytes with the lower one first, as some systems send it.
    SEQ_LE = Field::new("icmp.seq_le", "Sequence Number (LE)", Kind::U16).base(Base::DecHex).spec("RFC 792");
    /// The largest packet that the next link can carry: the sender shall send no larger ones.
    MTU = Field::new("icmp.mtu", "MTU of next hop", Kind::U16).spec("RFC 1191");
    /// How many routers are named.
    NUM_ADDRS = Field::new("icmp.num_addrs", "Number of addresses", Kind::U8).spec("RFC 1256");
    /// Length of each entry, in units of 4 bytes.
    ADDR_ENTRY_SIZE = Field::new("icmp.addr_entry_size", "Address entry size", Kind::U8).spec("RFC 1256");
    /// For how many seconds the routers may be counted on.
    LIFETIME = Field::new("icmp.lifetime", "Lifetime", Kind::U16).spec("RFC 1256");
    /// Which byte of the packet is wrong.
    POINTER = Field::new("icmp.pointer", "Pointer", Kind::U32).spec("RFC 792");
    /// A router on this network.
    ROUTER_ADDRESS = Field::new("icmp.router_address", "Router address", Kind::Ipv4).spec("RFC 1256");
    /// Which router to take first: the one with the highest value.
    PREF_LEVEL = Field::new("icmp.pref_level", "Preference level", Kind::I32).spec("RFC 1256");
    /// When the asking host sent the message, in milliseconds since midnight UTC.
    ORIGINATE_TIMESTAMP = Field::new("icmp.originate_timestamp", "Originate Timestamp", Kind::U32).spec("RFC 792");
    /// When the answering host received it.
    RECEIVE_TIMESTAMP = Field::new("icmp.receive_timestamp", "Receive Timestamp", Kind::U32).spec("RFC 792");
    /// When the answering host sent the answer.
    TRANSMIT_TIMESTAMP = Field::new("icmp.transmit_timestamp", "Transmit Timestamp", Kind::U32).spec("RFC 792");
    /// Which bits of an address name the network.
    ADDRESS_MASK = Field::new("icmp.address_mask", "Address Mask", Kind::Ipv4).spec("RFC 950");
    /// The router to take for this destination from now on.
    REDIR_GW = Field::new("icmp.redir_gw", "Gateway Address", Kind::Ipv4).spec("RFC 792");
    /// Which extension for mobile hosts follows.
    MIP_TYPE = Field::new("icmp.mip.type", "Extension Type", Kind::U8).values(&[(0, "One byte padding extension"), (16, "Mobility Agent Advertisement Extension"), (19, "Prefix Lengths Extension"), (24, "Challenge Extension")]).spec("RFC 5944");
    /// Length of the extension.
    MIP_LENGTH = Field::new("icmp.mip.length", "Length", Kind::U8).spec("RFC 5944");
    /// How many bits of a router's address name the network.
    MIP_PREFIXLENGTH = Field::new("icmp.mip.prefixlength", "Prefix Length", Kind::U8).spec("RFC 5944");
    /// Counts the advertisements of one agent.
    MIP_SEQ = Field::new("icmp.mip.seq", "Sequence Number", Kind::U16).spec("RFC 5944");
    /// For how many seconds a mobile host may register.
    MIP_LIFE = Field::new("icmp.mip.life", "Registration Lifetime", Kind::U16).spec("RFC 5944");
    /// What the agent can do.
    MIP_FLAGS = Field::new("icmp.mip.flags", "Flags", Kind::U16).hex().spec("RFC 5944");
    /// Mobile hosts must register with the agent.
    MIP_R = Field::new("icmp.mip.r", "Registration Required", Kind::Bool).mask(0x8000).width(16).spec("RFC 5944");
    /// The agent takes no more mobile hosts.
    MIP_B = Field::new("icmp.mip.b", "Busy", Kind::Bool).mask(0x4000).width(16).spec("RFC 5944");
    /// The agent serves as home agent.
    MIP_H = Field::new("icmp.mip.h", "Home Agent", Kind::Bool).mask(0x2000).width(16).spec("RFC 5944");
    /// The agent serves as foreign agent.
    MIP_F = Field::new("icmp.mip.f", "Foreign Agent", Kind::Bool).mask(0x1000).width(16).spec("RFC 5944");
    /// The agent takes minimal encapsulation.
    MIP_M = Field::new("icmp.mip.m", "Minimal Encapsulation", Kind::Bool).mask(0x800).width(16).spec("RFC 5944");
    /// The agent takes GRE.
    MIP_G = Field::new("icmp.mip.g", "GRE", Kind::Bool).mask(0x400).width(16).spec("RFC 5944");
    /// The agent compresses headers.
    MIP_V = Field::new("icmp.mip.v", "VJ Comp", Kind::Bool).mask(0x200).width(16).spec("RFC 5944");
    /// The agent takes tunnels in the reverse direction.
    MIP_RT = Field::new("icmp.mip.rt", "Reverse tunneling", Kind::Bool).mask(0x100).width(16).spec("RFC 5944");
    /// The agent takes tunnels in UDP.
    MIP_U = Field::new("icmp.mip.u", "UDP tunneling", Kind::Bool).mask(0x80).width(16).spec("RFC 5944");
    /// The agent can withdraw registrations.
    MIP_X = Field::new("icmp.mip.x", "Revocation support", Kind::Bool).mask(0x40).width(16).spec("RFC 5944");
    /// Kept for later.
    MIP_RESERVED = Field::new("icmp.mip.reserved", "Reserved", Kind::U16).mask(0x3f).hex().spec("RFC 5944");
    /// The address under which a mobile host can be reached here.
    MIP_COA = Field::new("icmp.mip.coa", "Care-Of-Address", Kind::Ipv4).spec("RFC 5944");
    /// A random value that a registration must repeat.
    MIP_CHALLENGE = Field::new("icmp.mip.challenge", "Challenge", Kind::Bytes).spec("RFC 5944");
    /// Content of an extension that is not known.
    MIP_CONTENT = Field::new("icmp.mip.content", "Content", Kind::Bytes).spec("RFC 5944");
    /// What the router adds behind the packet that it quotes.
    EXT = Field::new("icmp.ext", "ICMP Extensions", Kind::None).spec("RFC 4884");
    /// Version of the extension structure, 2.
    EXT_VERSION = Field::new("icmp.ext.version", "Version", Kind::U8).spec("RFC 4884");
    /// Kept for later.
    EXT_RES = Field::new("icmp.ext.res", "Reserved", Kind::U16).mask(0xfff).hex().spec("RFC 4884");
    /// A sum over the extension structure.
    EXT_CHECKSUM = Field::new("icmp.ext.checksum", "Checksum", Kind::U16).hex().spec("RFC 4884");
    /// Whether that checksum was verified here, and how that ended.
    EXT_CHECKSUM_STATUS = Field::new("icmp.ext.checksum.status", "Checksum Status", Kind::U8).values(internet::CHECKSUM_STATES).base(Base::NameOnly).spec("RFC 4884");
    /// Length of the object, its header included.
    EXT_LENGTH = Field::new("icmp.ext.length", "Length", Kind::U16).spec("RFC 4884");
    /// What the object is about.
    EXT_CLASS = Field::new("icmp.ext.class", "Class", Kind::U8).values(&[(1, "MPLS Label Stack Class"), (2, "Interface Information Object"), (3, "Interface Identification Object")]).spec("RFC 4884");
    /// Which form of the object.
    EXT_CTYPE = Field::new("icmp.ext.ctype", "C-Type", Kind::U8).spec("RFC 4884");
    /// Data of an object that is not read here.
    EXT_DATA = Field::new("icmp.ext.data", "Data", Kind::Bytes).spec("RFC 4884");
    /// The MPLS label that the packet had when it came to the router.
    MPLS_LABEL = Field::new("icmp.mpls.label", "Label", Kind::U24).mask(0xfffff0).spec("RFC 4950");
    /// Its traffic class.
    MPLS_EXP = Field::new("icmp.mpls.exp", "Experimental", Kind::U24).mask(0xe).spec("RFC 4950");
    /// The last label of the stack.
    MPLS_S = Field::new("icmp.mpls.s", "Stack bit", Kind::Bool).mask(0x1).width(24).flag().spec("RFC 4950");
    /// Its time to live.
    MPLS_TTL = Field::new("icmp.mpls.ttl", "Time to live", Kind::U8).spec("RFC 4950");
    /// Data that is not read here.
    MPLS_DATA = Field::new("icmp.mpls.data", "Data", Kind::Bytes).spec("RFC 4950");
    /// The answer to this request is in that frame.
    RESP_IN = Field::new("icmp.resp_in", "Response frame", Kind::Frame);
    /// No answer to this request is in the capture.
    NO_RESP = Field::new("icmp.no_resp", "No response seen", Kind::None);
    /// The request that this answers is in that frame.
    RESP_TO = Field::new("icmp.resp_to", "Request frame", Kind::Frame);
    /// Time between request and answer.
    RESPTIME = Field::new("icmp.resptime", "Response time", Kind::F64).unit(" ms", " ms");
    /// When the ping was sent, as some systems write it into the data.
    DATA_TIME = Field::new("icmp.data_time", "Timestamp from icmp data", Kind::AbsTime);
    /// Time since that moment.
    DATA_TIME_RELATIVE = Field::new("icmp.data_time_relative", "Timestamp from icmp data (relative)", Kind::RelTime);
    /// Length of the quoted packet, in units of 4 bytes.
    LENGTH = Field::new("icmp.length", "Length", Kind::U8).spec("RFC 4884");
    /// The same length in bytes.
    LENGTH_ORIGINAL_DATAGRAM = Field::new("icmp.length.original_datagram", "Length of original datagram", Kind::U8).spec("RFC 4884");
    /// Which of the router's interfaces is described.
    INT_INFO_ROLE = Field::new("icmp.int_info.role", "Interface Role", Kind::U8).mask(0xc0).values(&[(0, "IP interface upon which datagram arrived"), (1, "sub-IP component of an IP interface upon which datagram arrived"), (2, "IP interface through which datagram would be forwarded"), (3, "IP next-hop to which datagram would be forwarded")]).spec("RFC 5837");
    /// Kept for later.
    INT_INFO_RESERVED = Field::new("icmp.int_info.reserved", "Reserved", Kind::U8).mask(0x30).spec("RFC 5837");
    /// Whether its number follows.
    INT_INFO_IFINDEX = Field::new("icmp.int_info.ifindex", "ifIndex", Kind::Bool).mask(0x8).words("False", "True").spec("RFC 5837");
    /// Whether its address follows.
    INT_INFO_IPADDR = Field::new("icmp.int_info.ipaddr", "IP Address", Kind::Bool).mask(0x4).words("Not Present", "Present").spec("RFC 5837");
    /// Whether its name follows.
    INT_INFO_NAME_PRESENT = Field::new("icmp.int_info.name_present", "Interface Name", Kind::Bool).mask(0x2).words("Not Present", "Present").spec("RFC 5837");
    /// Whether its largest packet size follows.
    INT_INFO_MTU_PRESENT = Field::new("icmp.int_info.mtu_present", "MTU", Kind::Bool).mask(0x1).words("Not Present", "Present").spec("RFC 5837");
    /// Number of the interface.
    INT_INFO_INDEX = Field::new("icmp.int_info.index", "Interface Index", Kind::U32).spec("RFC 5837");
    /// Which kind of address follows.
    INT_INFO_AFI = Field::new("icmp.int_info.afi", "Address Family Identifier", Kind::U16).spec("RFC 5837");
    /// Address of the interface.
    INT_INFO_IPV4 = Field::new("icmp.int_info.ipv4", "Source", Kind::Ipv4).spec("RFC 5837");
    /// Address of the interface.
    INT_INFO_IPV6 = Field::new("icmp.int_info.ipv6", "Source", Kind::Ipv6).spec("RFC 5837");
    /// Address of a kind that is not known.
    INT_INFO_IPUNKNOWN = Field::new("icmp.int_info.ipunknown", "Source", Kind::Bytes).spec("RFC 5837");
    /// Length of the name, this byte included.
    INT_INFO_NAME_LENGTH = Field::new("icmp.int_info.name_length", "Name Length", Kind::U8).spec("RFC 5837");
    /// Name of the interface.
    INT_INFO_NAME = Field::new("icmp.int_info.name", "Name", Kind::Str).spec("RFC 5837");
    /// Largest packet that the interface can send.
    INT_INFO_MTU = Field::new("icmp.int_info.mtu", "Maximum Transmission Unit", Kind::U32).spec("RFC 5837");
    /// Counts the probes.
    EXT_ECHO_SEQ = Field::new("icmp.ext.echo.seq", "Sequence Number", Kind::U8).base(Base::DecHex).spec("RFC 8335");
    /// Kept for later.
    EXT_ECHO_REQ_RES = Field::new("icmp.ext.echo.req.res", "Reserved", Kind::U8).mask(0xfe).hex().spec("RFC 8335");
    /// Whether the probed interface is on the node that is asked.
    EXT_ECHO_REQ_LOCAL = Field::new("icmp.ext.echo.req.local", "Local bit", Kind::Bool).mask(0x1).flag().spec("RFC 8335");
    /// What the node knows of its neighbour.
    EXT_ECHO_RSP_STATE = Field::new("icmp.ext.echo.rsp.state", "State", Kind::U8).mask(0xe0).values(&[(0, "Reserved"), (1, "Incomplete"), (2, "Reachable"), (3, "Stale"), (4, "Delay"), (5, "Probe"), (6, "Failed")]).spec("RFC 8335");
    /// Kept for later.
    EXT_ECHO_RSP_RES = Field::new("icmp.ext.echo.rsp.res", "Reserved", Kind::U8).mask(0x18).hex().spec("RFC 8335");
    /// Whether the interface is up.
    EXT_ECHO_RSP_ACTIVE = Field::new("icmp.ext.echo.rsp.active", "Active bit", Kind::Bool).mask(0x4).flag().spec("RFC 8335");
    /// Whether IPv4 runs on it.
    EXT_ECHO_RSP_IPV4 = Field::new("icmp.ext.echo.rsp.ipv4", "IPv4 bit", Kind::Bool).mask(0x2).flag().spec("RFC 8335");
    /// Whether IPv6 runs on it.
    EXT_ECHO_RSP_IPV6 = Field::new("icmp.ext.echo.rsp.ipv6", "IPv6 bit", Kind::Bool).mask(0x1).flag().spec("RFC 8335");
    /// Name of the probed interface.
    INT_IDENT_NAME = Field::new("icmp.int_ident.name", "Name", Kind::Str).spec("RFC 8335");
    /// Number of the probed interface.
    INT_IDENT_INDEX = Field::new("icmp.int_ident.index", "Interface Index", Kind::U32).spec("RFC 8335");
    /// Which kind of address follows.
    INT_IDENT_AFI = Field::new("icmp.int_ident.afi", "Address Family Identifier", Kind::U16).values(&[(0, "Reserved"), (1, "IPv4"), (2, "IPv6"), (3, "NSAP"), (4, "HDLC (8-bit multidrop)"), (5, "BBN 1822"), (6, "802 (includes all 802 media plus Ethernet)"), (7, "E.163"), (8, "E.164 (SMDS, Frame Relay, ATM)"), (9, "F.69 (Telex)"), (10, "X.121 (X.25, Frame Relay)"), (11, "IPX"), (12, "Appletalk"), (13, "Decnet IV"), (14, "Banyan Vines"), (15, "E.164 with NSAP subaddress"), (16, "DNS (Domain Name System)"), (17, "Distinguished Name"), (18, "AS Number"), (19, "XTP over IP version 4"), (20, "XTP over IP version 6"), (21, "XTP native mode XTP"), (22, "Fibre Channel World-Wide Port Name"), (23, "Fibre Channel World-Wide Node Name"), (24, "GWID"), (25, "Layer-2 VPN"), (196, "Layer-2 VPN (old)"), (26, "MPLS-TP Section Endpoint Identifier"), (27, "MPLS-TP LSP Endpoint Identifier"), (28, "MPLS-TP Pseudowire Endpoint Identifier"), (29, "MT IP: Multi-Topology IP version 4"), (30, "MT IPv6: Multi-Topology IP version 6"), (16384, "EIGRP Common Service Family"), (16385, "EIGRP IPv4 Service Family"), (16386, "EIGRP IPv6 Service Family"), (16387, "LISP Canonical Address Format (LCAF)"), (16388, "BGP-LS"), (16389, "48-bit MAC Address"), (16390, "64-bit MAC Address"), (16391, "OUI"), (16392, "MAC/24"), (16393, "MAC/40"), (16394, "IPv6/64"), (16395, "RBridge Port ID"), (16396, "TRILL Nickname"), (65535, "Reserved")]).spec("RFC 8335");
    /// Length of the address.
    INT_IDENT_ADDR_LENGTH = Field::new("icmp.int_ident.addr_length", "Address Length", Kind::U8).spec("RFC 8335");
    /// Kept for later.
    INT_IDENT_RESERVED = Field::new("icmp.int_ident.reserved", "Reserved", Kind::Bytes).spec("RFC 8335");
    /// Address of the probed interface.
    INT_IDENT_IPV4 = Field::new("icmp.int_ident.ipv4", "Address", Kind::Ipv4).spec("RFC 8335");
    /// Address of the probed interface.
    INT_IDENT_IPV6 = Field::new("icmp.int_ident.ipv6", "Address", Kind::Ipv6).spec("RFC 8335");
    /// Address of a kind that is not known.
    INT_IDENT_ADDRESS = Field::new("icmp.int_ident.address", "Address", Kind::Bytes).spec("RFC 8335");
}
