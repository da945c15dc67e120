//! The fields of the message and of the standard options.

/// Words for `dhcp.hw.type`.
pub static HW_TYPE_NAMES: &[(u64, &str)] = &[
    (0, "NET/ROM pseudo"),
    (1, "Ethernet"),
    (2, "Experimental Ethernet"),
    (3, "AX.25"),
    (4, "ProNET"),
    (5, "Chaos"),
    (6, "IEEE 802"),
    (7, "ARCNET"),
    (8, "Hyperchannel"),
    (9, "Lanstar"),
    (10, "Autonet Short Address"),
    (11, "Localtalk"),
    (12, "LocalNet"),
    (13, "Ultra link"),
    (14, "SMDS"),
    (15, "Frame Relay DLCI"),
    (16, "ATM"),
    (17, "HDLC"),
    (18, "Fibre Channel"),
    (19, "ATM (RFC 2225)"),
    (20, "Serial Line"),
    (21, "ATM"),
    (22, "MIL-STD-188-220"),
    (23, "Metricom STRIP"),
    (24, "IEEE 1394.1995"),
    (25, "MAPOS"),
    (26, "Twinaxial"),
    (27, "EUI-64"),
    (28, "HIPARP"),
    (29, "IP and ARP over ISO 7816-3"),
    (30, "ARPSec"),
    (31, "IPsec tunnel"),
    (32, "InfiniBand"),
    (33, "TIA-102 Project 25 CAI"),
    (34, "Wiegand Interface"),
    (35, "Pure IP"),
    (36, "Experimental 1"),
    (37, "HFI"),
    (256, "Experimental 2"),
    (257, "AEthernet"),
    (260, "Notional KISS type"),
    (264, "ADAPT"),
    (270, "ROSE"),
    (271, "CCITT X.25"),
    (272, "Boards with X.25 in firmware"),
    (280, "Controller Area Network"),
    (512, "PPP"),
    (513, "Cisco HDLC"),
    (516, "LAPB"),
    (517, "Digital's DDCMP protocol"),
    (518, "Raw HDLC"),
    (519, "Raw IP"),
    (768, "IPIP tunnel"),
    (769, "IP6IP6 tunnel"),
    (770, "Frame Relay Access Device"),
    (771, "SKIP vif"),
    (772, "Loopback"),
    (774, "Fiber Distributed Data Interface"),
    (775, "AP1000 BIF"),
    (776, "sit0 device - IPv6-in-IPv4"),
    (777, "IP over DDP tunneller"),
    (778, "GRE over IP"),
    (779, "PIMSM register interface"),
    (780, "High Performance Parallel Interface"),
    (781, "Nexus 64Mbps Ash"),
    (782, "Acorn Econet"),
    (783, "Linux-IrDA"),
    (784, "Point to point fibrechannel"),
    (785, "Fibrechannel arbitrated loop"),
    (786, "Fibrechannel public loop"),
    (787, "Fibrechannel fabric"),
    (800, "Magic type ident for TR"),
    (801, "IEEE 802.11"),
    (802, "IEEE 802.11 + Prism2 header"),
    (803, "IEEE 802.11 + radiotap header"),
    (804, "IEEE 802.15.4"),
    (805, "IEEE 802.15.4 network monitor"),
    (820, "PhoNet media type"),
    (821, "PhoNet pipe header"),
    (822, "CAIF media type"),
    (823, "GRE over IPv6"),
    (824, "Netlink"),
    (825, "IPv6 over LoWPAN"),
    (826, "Vsock monitor header"),
    (65535, "Void type, nothing is known"),
    (65534, "zero header length"),
];

/// Words for `dhcp.option.dhcp`.
pub static DHCP_NAMES: &[(u64, &str)] = &[
    (1, "Discover"),
    (2, "Offer"),
    (3, "Request"),
    (4, "Decline"),
    (5, "ACK"),
    (6, "NAK"),
    (7, "Release"),
    (8, "Inform"),
    (9, "Force Renew"),
    (10, "Lease query"),
    (11, "Lease Unassigned"),
    (12, "Lease Unknown"),
    (13, "Lease Active"),
    (14, "Bulk Lease Query"),
    (15, "Lease Query Done"),
    (16, "Active LeaseQuery"),
    (17, "Lease Query Status"),
    (18, "TLS"),
];

/// Words for `dhcp.option.client_system_architecture`.
pub static CLIENT_SYSTEM_ARCHITECTURE_NAMES: &[(u64, &str)] = &[
    (0, "IA x86 PC"),
    (1, "NEC/PC98"),
    (2, "IA64 PC"),
    (3, "DEC Alpha"),
    (4, "ArcX86"),
    (5, "Intel Lean Client"),
    (6, "EFI IA32"),
    (7, "EFI x64"),
    (8, "EFI Xscale"),
    (9, "EFI BC"),
    (10, "ARM 32-bit UEFI"),
    (11, "ARM 64-bit UEFI"),
    (12, "PowerPC Open Firmware"),
    (13, "PowerPC ePAPR"),
    (14, "POWER OPAL v3"),
    (15, "x86 UEFI HTTP"),
    (16, "x64 UEFI HTTP"),
    (17, "EBC UEFI HTTP"),
    (18, "ARM 32-bit UEFI HTTP"),
    (19, "ARM 64-bit UEFI HTTP"),
    (20, "PC/AT HTTP"),
    (21, "ARM 32-bit uboot"),
    (22, "ARM 64-bit uboot"),
    (23, "ARM 32-bit uboot HTTP"),
    (24, "ARM 64-bit uboot HTTP"),
    (25, "RISC-V 32-bit UEFI"),
    (26, "RISC-V 32-bit UEFI HTTP"),
    (27, "RISC-V 64-bit UEFI"),
    (28, "RISC-V 64-bit UEFI HTTP"),
    (29, "RISC-V 128-bit UEFI"),
    (30, "RISC-V 128-bit UEFI HTTP"),
    (31, "s390 Basic"),
    (32, "s390 Extended"),
];

/// Words for `dhcp.option.civic_location.ca_type`.
pub static CIVIC_LOCATION_CA_TYPE_NAMES: &[(u64, &str)] = &[
    (0, "Language"),
    (1, "A1"),
    (2, "A2"),
    (3, "A3"),
    (4, "A4"),
    (5, "A5"),
    (6, "A6"),
    (16, "PRD (Leading street direction)"),
    (17, "POD (Trailing street suffix)"),
    (18, "STS (Street suffix)"),
    (19, "HNO (House number)"),
    (20, "HNS (House number suffix)"),
    (21, "LMK (Landmark or vanity address)"),
    (22, "LOC (Additional location information)"),
    (23, "NAM"),
    (24, "PC (Postal/ZIP code)"),
    (25, "BLD (Building)"),
    (26, "UNIT"),
    (27, "FLR (Floor)"),
    (28, "ROOM"),
    (29, "PLC (Place-type)"),
    (30, "PCN (Postal community name)"),
    (31, "POBOX"),
    (32, "ADDCODE (Additional Code)"),
    (33, "SEAT"),
    (34, "RD (Primary road or street)"),
    (35, "RDSEC (Road section)"),
    (36, "RDBR (Road branch)"),
    (37, "RDSUBBR (Road sub-branch)"),
    (38, "PRM (Road pre-modifier)"),
    (39, "POM (Road post-modifier"),
    (128, "Script"),
];

/// Words for `dhcp.option.rfc3825.error`.
pub static RFC3825_ERROR_NAMES: &[(u64, &str)] = &[
    (1, "Latitude is out of range [-90,90]"),
    (2, "Latitude Uncertainty is out of range [0,90]"),
    (3, "Longitude is out of range [-180,180]"),
    (4, "Longitude Uncertainty is out of range [0,180]"),
    (5, "Altitude is out of range [-(2^21),(2^21)-1]"),
    (6, "Altitude Uncertainty is out of range [0,2^20]"),
    (7, "Altitude Type is out of range [0,2]"),
    (8, "Datum is out of range [1,3]"),
];

/// Words for `dhcp.option.bulk_lease.status_code`.
pub static BULK_LEASE_STATUS_CODE_NAMES: &[(u64, &str)] = &[
    (0, "Success"),
    (1, "UpsecFail"),
    (2, "QueryTerminated"),
    (3, "MalformedQuery"),
    (4, "NotAllowed"),
];

/// Words for `dhcp.option.bulk_lease.dhcp_state`.
pub static BULK_LEASE_DHCP_STATE_NAMES: &[(u64, &str)] = &[
    (1, "Available"),
    (2, "Active"),
    (3, "Expired"),
    (4, "Released"),
    (5, "Abandoned"),
    (6, "Reset"),
    (7, "Remote"),
    (8, "Transitioning"),
];

crate::fields! {
    /// The message has no DHCP options: it is plain BOOTP, the older protocol with the same form.
    BOOTP = Field::new("dhcp.bootp", "Frame is BOOTP", Kind::Bool).spec("RFC 2131 section 2");
    /// Whether a client asks or a server answers.
    MSG_TYPE = Field::new("dhcp.type", "Message type", Kind::U8).values(&[(1, "Boot Request"), (2, "Boot Reply")]).spec("RFC 2131 section 2");
    /// Kind of network, as in ARP; 1 is Ethernet.
    HW_TYPE = Field::new("dhcp.hw.type", "Hardware type", Kind::U8).hex().values(HW_TYPE_NAMES).spec("RFC 2131 section 2");
    /// Length of the client's hardware address in bytes; 6 for Ethernet.
    HW_LEN = Field::new("dhcp.hw.len", "Hardware address length", Kind::U8).spec("RFC 2131 section 2");
    /// How many relays passed the message on.
    HOPS = Field::new("dhcp.hops", "Hops", Kind::U8).spec("RFC 2131 section 2");
    /// A number chosen by the client; answers carry the same, so that it knows its own.
    ID = Field::new("dhcp.id", "Transaction ID", Kind::U32).hex().spec("RFC 2131 section 2");
    /// Seconds since the client began to look for an address.
    SECS = Field::new("dhcp.secs", "Seconds elapsed", Kind::U16).spec("RFC 2131 section 2");
    /// Only one bit is in use: whether answers should be broadcast.
    FLAGS = Field::new("dhcp.flags", "Bootp flags", Kind::U16).hex().spec("RFC 2131 section 2");
    /// Set by clients that cannot receive packets to their own address before they have it.
    FLAGS_BC = Field::new("dhcp.flags.bc", "Broadcast flag", Kind::Bool).mask(0x8000).width(16).words("Unicast", "Broadcast").spec("RFC 2131 section 2");
    /// Not used; zero.
    FLAGS_RESERVED = Field::new("dhcp.flags.reserved", "Reserved flags", Kind::U16).hex().mask(0x7fff).spec("RFC 2131 section 2");
    /// The address that the client already has and may go on using; 0.0.0.0 if it has none.
    IP_CLIENT = Field::new("dhcp.ip.client", "Client IP address", Kind::Ipv4).spec("RFC 2131 section 2");
    /// The address that the server offers or gives to the client.
    IP_YOUR = Field::new("dhcp.ip.your", "Your (client) IP address", Kind::Ipv4).spec("RFC 2131 section 2");
    /// The server to ask next, for a file to start from.
    IP_SERVER = Field::new("dhcp.ip.server", "Next server IP address", Kind::Ipv4).spec("RFC 2131 section 2");
    /// Address of the relay that passed the message on from another network; by it the server knows where the client is.
    IP_RELAY = Field::new("dhcp.ip.relay", "Relay agent IP address", Kind::Ipv4).spec("RFC 2131 section 2");
    /// The client's hardware address.
    HW_ADDR = Field::new("dhcp.hw.addr", "Client hardware address", Kind::Bytes).spec("RFC 2131 section 2");
    /// Fills the 16 bytes that are kept for a hardware address.
    HW_ADDR_PADDING = Field::new("dhcp.hw.addr_padding", "Client hardware address padding", Kind::Bytes).spec("RFC 2131 section 2");
    /// The client's hardware address: by it a server knows a client again.
    HW_MAC_ADDR = Field::new("dhcp.hw.mac_addr", "Client MAC address", Kind::Ether).spec("RFC 2131 section 2");
    /// Name of the server, if it has one; may hold further options instead (see option 52).
    SERVER = Field::new("dhcp.server", "Server host name", Kind::Str).spec("RFC 2131 section 2");
    /// Name of the file to start from; may hold further options instead (see option 52).
    FILE = Field::new("dhcp.file", "Boot file name", Kind::Str).spec("RFC 2131 section 2");
    /// 99.130.83.99: options in the form of DHCP follow.
    COOKIE = Field::new("dhcp.cookie", "Magic cookie", Kind::Ipv4).spec("RFC 2131 section 2");
    /// Data in the place of options, in a form of the vendor's own.
    VENDOR_SPECIFIC_OPTIONS = Field::new("dhcp.vendor_specific_options", "Bootp vendor specific options", Kind::Bytes).spec("RFC 2131 section 2");
    /// Who enters the client's name into DNS: the client, or the server.
    FQDN_S = Field::new("dhcp.fqdn.s", "Server", Kind::Bool).mask(0x1).words("Client", "Server").spec("RFC 4702");
    /// The server decided otherwise than the client wished.
    FQDN_O = Field::new("dhcp.fqdn.o", "Server overrides", Kind::Bool).mask(0x2).words("No override", "Override").spec("RFC 4702");
    /// Whether the name is text, or in the form of DNS.
    FQDN_E = Field::new("dhcp.fqdn.e", "Encoding", Kind::Bool).mask(0x4).words("ASCII encoding", "Binary encoding").spec("RFC 4702");
    /// Whether the server shall leave DNS alone.
    FQDN_N = Field::new("dhcp.fqdn.n", "Server DDNS", Kind::Bool).mask(0x8).words("Some server updates", "No server updates").spec("RFC 4702");
    /// Who updates DNS, and how the name is written.
    FQDN_FLAGS = Field::new("dhcp.fqdn.flags", "Flags", Kind::U8).hex().spec("RFC 4702");
    /// Must be zero.
    FQDN_MBZ = Field::new("dhcp.fqdn.mbz", "Reserved flags", Kind::U8).hex().mask(0xf0).spec("RFC 4702");
    /// Result of the update of the address record; out of use.
    FQDN_RCODE1 = Field::new("dhcp.fqdn.rcode1", "A-RR result", Kind::U8).spec("RFC 4702");
    /// Result of the update of the reverse record; out of use.
    FQDN_RCODE2 = Field::new("dhcp.fqdn.rcode2", "PTR-RR result", Kind::U8).spec("RFC 4702");
    /// The client's name with its domain.
    FQDN_NAME = Field::new("dhcp.fqdn.name", "Client name", Kind::Str).spec("RFC 4702");
    /// A number of 128 bits that names the machine.
    CLIENT_ID_UUID = Field::new("dhcp.client_id.uuid", "Client Identifier (UUID)", Kind::Guid).spec("RFC 4361");
    /// The client's hardware address as text.
    CLIENT_HARDWARE_ADDRESS = Field::new("dhcp.client_hardware_address", "Client hardware address", Kind::Str).spec("RFC 2131 section 2");
    /// Which of the client's interfaces it is.
    CLIENT_ID_IAID = Field::new("dhcp.client_id.iaid", "IAID", Kind::Str).spec("RFC 4361");
    /// How the identifier of the machine was made.
    CLIENT_ID_DUID_TYPE = Field::new("dhcp.client_id.duid_type", "DUID Type", Kind::U16).values(&[(1, "link-layer address plus time"), (2, "assigned by vendor based on Enterprise number"), (3, "link-layer address")]).spec("RFC 4361");
    /// Kind of network of the hardware address.
    CLIENT_ID_DUID_LLT_HW_TYPE = Field::new("dhcp.client_id.duid_llt_hw_type", "Hardware type", Kind::U16).values(HW_TYPE_NAMES).spec("RFC 4361");
    /// Kind of network of the hardware address.
    CLIENT_ID_DUID_LL_HW_TYPE = Field::new("dhcp.client_id.duid_ll_hw_type", "Hardware type", Kind::U16).values(HW_TYPE_NAMES).spec("RFC 4361");
    /// When the identifier was made, in seconds since 2000.
    CLIENT_ID_TIME = Field::new("dhcp.client_id.time", "Time", Kind::U32).spec("RFC 4361");
    /// A hardware address of the machine, which names it.
    CLIENT_ID_LINK_LAYER_ADDRESS = Field::new("dhcp.client_id.link_layer_address", "Link layer address", Kind::Str).spec("RFC 4361");
    /// Number of the maker, as registered with IANA.
    CLIENT_ID_ENTERPRISE_NUM = Field::new("dhcp.client_id.enterprise_num", "Enterprise-number", Kind::U32).names(Names::Custom(super::enterprise::write)).spec("RFC 4361");
    /// Identifier that the maker gave the machine.
    CLIENT_ID = Field::new("dhcp.client_id", "Identifier", Kind::Bytes).spec("RFC 4361");
    /// Kind of identifier; 0 is anything but a hardware address.
    CLIENT_ID_TYPE = Field::new("dhcp.client_id.type", "Type", Kind::U8).spec("RFC 4361");
    /// A text by which the client wants to be known.
    CLIENT_ID_UNDEF = Field::new("dhcp.client_id.undef", "Client Identifier", Kind::Str).spec("RFC 4361");
    /// What the option is about. Options follow each other: type, length, value; 255 is the last.
    OPTION_TYPE = Field::new("dhcp.option.type", "Option", Kind::U8).names(Names::Lookup(super::names::option)).spec("RFC 2132");
    /// Length of the option's value in bytes.
    OPTION_LENGTH = Field::new("dhcp.option.length", "Length", Kind::U8).spec("RFC 2132");
    /// Length of the suboption's value in bytes.
    SUBOPTION_LENGTH = Field::new("dhcp.option.suboption_length", "Length", Kind::U8).spec("RFC 2132");
    /// The option's value as it stands in the message.
    OPTION_VALUE = Field::new("dhcp.option.value", "Value", Kind::Bytes).spec("RFC 2132");
    /// The option's value, a number.
    OPTION_VALUE_UINT = Field::new("dhcp.option.value.uint", "Value", Kind::U8).spec("RFC 2132");
    /// The option's value, a number with sign.
    OPTION_VALUE_INT = Field::new("dhcp.option.value.int", "Value", Kind::I32).spec("RFC 2132");
    /// The option's value, a text.
    OPTION_VALUE_STRING = Field::new("dhcp.option.value.string", "Value", Kind::Str).spec("RFC 2132");
    /// The option's value, an address.
    OPTION_VALUE_ADDRESS = Field::new("dhcp.option.value.address", "Value", Kind::Ipv4).spec("RFC 2132");
    /// The option's value, yes or no.
    OPTION_VALUE_BOOL = Field::new("dhcp.option.value.bool", "Value", Kind::Bool).spec("RFC 2132");
    /// Zero bytes that fill up the message.
    PADDING = Field::new("dhcp.option.padding", "Padding", Kind::Bytes).spec("RFC 2132");
    /// Which bits of the address name the network; the others name the host in it.
    SUBNET_MASK = Field::new("dhcp.option.subnet_mask", "Subnet Mask", Kind::Ipv4).spec("RFC 2132");
    /// Local time's distance from universal time, in seconds; replaced by the options for time zones.
    TIME_OFFSET = Field::new("dhcp.option.time_offset", "Time Offset", Kind::I32).spec("RFC 2132");
    /// Where packets to other networks go: the default gateway.
    ROUTER = Field::new("dhcp.option.router", "Router", Kind::Ipv4).spec("RFC 2132");
    /// Server of the old time protocol (RFC 868).
    TIME_SERVER = Field::new("dhcp.option.time_server", "Time Server", Kind::Ipv4).spec("RFC 2132");
    /// Server of an old name service (IEN 116), not of DNS.
    NAME_SERVER = Field::new("dhcp.option.name_server", "Name Server", Kind::Ipv4).spec("RFC 2132");
    /// DNS server that the client shall ask.
    DOMAIN_NAME_SERVER = Field::new("dhcp.option.domain_name_server", "Domain Name Server", Kind::Ipv4).spec("RFC 2132");
    /// Server that takes log messages.
    LOG_SERVER = Field::new("dhcp.option.log_server", "Log Server", Kind::Ipv4).spec("RFC 2132");
    /// Server with a quotation of the day.
    QUOTES_SERVER = Field::new("dhcp.option.quotes_server", "Quotes Server", Kind::Ipv4).spec("RFC 2132");
    /// Print server of the line printer protocol.
    LPR_SERVER = Field::new("dhcp.option.lpr_server", "LPR Server", Kind::Ipv4).spec("RFC 2132");
    /// Imagen Impress print server.
    IMPRESS_SERVER = Field::new("dhcp.option.impress_server", "Impress Server", Kind::Ipv4).spec("RFC 2132");
    /// Resource location server (RFC 887).
    RESOURCE_LOCATION_SERVER = Field::new("dhcp.option.resource_location_server", "Resource Location Server", Kind::Ipv4).spec("RFC 2132");
    /// The client's own name.
    HOSTNAME = Field::new("dhcp.option.hostname", "Host Name", Kind::Str).spec("RFC 2132");
    /// Length of the start file in blocks of 512 bytes.
    BOOT_FILE_SIZE = Field::new("dhcp.option.boot_file_size", "Boot File Size", Kind::U16).spec("RFC 2132");
    /// File into which the client shall write its memory when it crashes.
    MERIT_DUMP_FILE = Field::new("dhcp.option.merit_dump_file", "Merit Dump File", Kind::Str).spec("RFC 2132");
    /// The domain that is added to names without one.
    DOMAIN_NAME = Field::new("dhcp.option.domain_name", "Domain Name", Kind::Str).spec("RFC 2132");
    /// Server with swap space.
    SWAP_SERVER = Field::new("dhcp.option.swap_server", "Swap Server", Kind::Ipv4).spec("RFC 2132");
    /// Where the client's root disk is to be found.
    ROOT_PATH = Field::new("dhcp.option.root_path", "Root Path", Kind::Str).spec("RFC 2132");
    /// File with further options.
    EXTENSION_PATH = Field::new("dhcp.option.extension_path", "Extensions Path", Kind::Str).spec("RFC 2132");
    /// Whether the client shall pass on packets that are not for itself.
    IP_FORWARDING = Field::new("dhcp.option.ip_forwarding", "IP Forwarding", Kind::Bool).words("Disabled", "Enabled").spec("RFC 2132");
    /// Destination that source routes are allowed for.
    POLICY_FILTER_IP = Field::new("dhcp.option.policy_filter.ip", "IP Address", Kind::Ipv4).spec("RFC 2132");
    /// Mask of that destination.
    POLICY_FILTER_SUBNET_MASK = Field::new("dhcp.option.policy_filter.subnet_mask", "Subnet Mask", Kind::Ipv4).spec("RFC 2132");
    /// Whether the client shall pass on packets with a source route.
    NON_LOCAL_SOURCE_ROUTING = Field::new("dhcp.option.non_local_source_routing", "Non-Local Source Routing", Kind::Bool).words("Disabled", "Enabled").spec("RFC 2132");
    /// Largest datagram that the client must put together from fragments.
    MAX_DATAGRAM_REASSEMBLY_SIZE = Field::new("dhcp.option.max_datagram_reassembly_size", "Maximum Datagram Reassembly Size", Kind::U16).spec("RFC 2132");
    /// Time to live of packets that the client sends.
    DEFAULT_IP_TTL = Field::new("dhcp.option.default_ip_ttl", "Default IP Time-to-Live", Kind::U8).spec("RFC 2132");
    /// After how long what is known of the way's MTU is forgotten.
    PATH_MTU_AGING_TIMEOUT = Field::new("dhcp.option.path_mtu_aging_timeout", "Path MTU Aging Timeout", Kind::U32).spec("RFC 2132");
    /// A size to try when the way's MTU is searched.
    PATH_MTU_PLATEAU_TABLE_ITEM = Field::new("dhcp.option.path_mtu_plateau_table_item", "Path MTU Plateau Table Item", Kind::U16).spec("RFC 2132");
    /// Largest packet on this network, in bytes.
    INTERFACE_MTU = Field::new("dhcp.option.interface_mtu", "Interface MTU", Kind::U16).spec("RFC 2132");
    /// Whether all subnets have the same MTU.
    ALL_SUBNETS_ARE_LOCAL = Field::new("dhcp.option.all_subnets_are_local", "All Subnets are Local", Kind::Bool).words("No", "Yes").spec("RFC 2132");
    /// Address to which broadcasts are sent here.
    BROADCAST_ADDRESS = Field::new("dhcp.option.broadcast_address", "Broadcast Address", Kind::Ipv4).spec("RFC 2132");
    /// Whether the client shall ask for the mask by ICMP.
    PERFORM_MASK_DISCOVERY = Field::new("dhcp.option.perform_mask_discovery", "Perform Mask Discovery", Kind::Bool).words("Disabled", "Enabled").spec("RFC 2132");
    /// Whether the client shall answer who asks for the mask by ICMP.
    MASK_SUPPLIER = Field::new("dhcp.option.mask_supplier", "Mask Supplier", Kind::Bool).words("No", "Yes").spec("RFC 2132");
    /// Whether the client shall look for routers by ICMP.
    PERFORM_ROUTER_DISCOVER = Field::new("dhcp.option.perform_router_discover", "Perform Router Discover", Kind::Bool).words("Disabled", "Enabled").spec("RFC 2132");
    /// Address to which the client shall send when it looks for routers.
    ROUTER_SOLICITATION_ADDRESS = Field::new("dhcp.option.router_solicitation_address", "Router Solicitation Address", Kind::Ipv4).spec("RFC 2132");
    /// Destination of a static route.
    STATIC_ROUTE_IP = Field::new("dhcp.option.static_route.ip", "Destination IP Address", Kind::Ipv4).spec("RFC 2132");
    /// Router for that destination.
    STATIC_ROUTE_ROUTER = Field::new("dhcp.option.static_route.router", "Destination Router", Kind::Ipv4).spec("RFC 2132");
    /// Whether the client shall use trailers (RFC 893), long out of use.
    TRAILER_ENCAPSULATION = Field::new("dhcp.option.trailer_encapsulation", "Trailer Encapsulation", Kind::Bool).words("Disabled", "Enabled").spec("RFC 2132");
    /// After how long an entry of the ARP table is forgotten.
    ARP_CACHE_TIMEOUT = Field::new("dhcp.option.arp_cache_timeout", "ARP Cache Timeout", Kind::U32).spec("RFC 2132");
    /// Ethernet version 2 (RFC 894) or IEEE 802.3 (RFC 1042).
    ETHERNET_ENCAPSULATION = Field::new("dhcp.option.ethernet_encapsulation", "Ethernet Encapsulation", Kind::Bool).words("Disabled", "Enabled").spec("RFC 2132");
    /// Time to live of TCP segments.
    TCP_DEFAULT_TTL = Field::new("dhcp.option.tcp_default_ttl", "TCP Default TTL", Kind::U8).spec("RFC 2132");
    /// Time between keep-alive messages of TCP.
    TCP_KEEPALIVE_INTERVAL = Field::new("dhcp.option.tcp_keepalive_interval", "TCP Keepalive Interval", Kind::U32).spec("RFC 2132");
    /// Whether keep-alive messages carry a byte, for old implementations.
    TCP_KEEPALIVE_GARBAGE = Field::new("dhcp.option.tcp_keepalive_garbage", "TCP Keepalive Garbage", Kind::Bool).words("Disabled", "Enabled").spec("RFC 2132");
    /// The client's NIS domain.
    NIS_DOMAIN = Field::new("dhcp.option.nis_domain", "Network Information Service Domain", Kind::Str).spec("RFC 2132");
    /// NIS server, which tells about users and hosts.
    NIS_SERVER = Field::new("dhcp.option.nis_server", "Network Information Service Server", Kind::Ipv4).spec("RFC 2132");
    /// NTP server, which tells the time.
    NTP_SERVER = Field::new("dhcp.option.ntp_server", "Network Time Protocol Server", Kind::Ipv4).spec("RFC 2132");
    /// NetBIOS name server (WINS).
    NETBIOS_OVER_TCPIP_NAME_SERVER = Field::new("dhcp.option.netbios_over_tcpip_name_server", "NetBIOS over TCP/IP Name Server", Kind::Ipv4).spec("RFC 2132");
    /// NetBIOS server that distributes datagrams.
    NETBIOS_OVER_TCPIP_DD_NAME_SERVER = Field::new("dhcp.option.netbios_over_tcpip_dd_name_server", "NetBIOS over TCP/IP Datagram Distribution Name Server", Kind::Ipv4).spec("RFC 2132");
    /// How NetBIOS names are looked up: by broadcast, by a server, or both.
    NETBIOS_OVER_TCPIP_NODE_TYPE = Field::new("dhcp.option.netbios_over_tcpip_node_type", "NetBIOS over TCP/IP Node Type", Kind::U8).values(&[(1, "B-node"), (2, "P-node"), (4, "M-node"), (8, "H-node")]).spec("RFC 2132");
    /// NetBIOS scope: only hosts with the same hear each other.
    NETBIOS_OVER_TCPIP_SCOPE = Field::new("dhcp.option.netbios_over_tcpip_scope", "NetBIOS over TCP/IP Scope", Kind::Str).spec("RFC 2132");
    /// X Window System font server.
    XWINDOWS_SYSTEM_FONT_SERVER = Field::new("dhcp.option.xwindows_system_font_server", "X Window System Font Server", Kind::Ipv4).spec("RFC 2132");
    /// X Window System display manager, at which one logs in.
    XWINDOWS_SYSTEM_DISPLAY_MANAGER = Field::new("dhcp.option.xwindows_system_display_manager", "X Window System Display Manager", Kind::Ipv4).spec("RFC 2132");
    /// Address that the client would like to have, often its last one.
    REQUESTED_IP_ADDRESS = Field::new("dhcp.option.requested_ip_address", "Requested IP Address", Kind::Ipv4).spec("RFC 2132");
    /// For how long the client may use the address.
    IP_ADDRESS_LEASE_TIME = Field::new("dhcp.option.ip_address_lease_time", "IP Address Lease Time", Kind::U32).spec("RFC 2132");
    /// The fields for server and file name hold options, since there was no room.
    OPTION_OVERLOAD = Field::new("dhcp.option.option_overload", "Option Overload", Kind::U8).values(&[(1, "Boot file name holds options"), (2, "Server host name holds options"), (3, "Boot file and server host names hold options")]).spec("RFC 2132");
    /// What the message is: looking for servers, an offer, a request, a confirmation...
    DHCP = Field::new("dhcp.option.dhcp", "DHCP", Kind::U8).values(DHCP_NAMES).spec("RFC 2132");
    /// Address of the server: in a request, the one whose offer the client takes.
    DHCP_SERVER_ID = Field::new("dhcp.option.dhcp_server_id", "DHCP Server Identifier", Kind::Ipv4).spec("RFC 2132");
    /// An option that the client would like to be told.
    REQUEST_LIST_ITEM = Field::new("dhcp.option.request_list_item", "Parameter Request List Item", Kind::U8).names(Names::Lookup(super::names::option)).spec("RFC 2132");
    /// Why the server refuses, or the client declines.
    MESSAGE = Field::new("dhcp.option.message", "Message", Kind::Str).spec("RFC 2132");
    /// Longest message that the client takes.
    DHCP_MAX_MESSAGE_SIZE = Field::new("dhcp.option.dhcp_max_message_size", "Maximum DHCP Message Size", Kind::U16).spec("RFC 2132");
    /// After which time the client asks its server to extend the lease (T1).
    RENEWAL_TIME_VALUE = Field::new("dhcp.option.renewal_time_value", "Renewal Time Value", Kind::U32).spec("RFC 2132");
    /// After which time the client asks any server (T2).
    REBINDING_TIME_VALUE = Field::new("dhcp.option.rebinding_time_value", "Rebinding Time Value", Kind::U32).spec("RFC 2132");
    /// What kind of client it is: maker and type.
    VENDOR_CLASS_ID = Field::new("dhcp.option.vendor_class_id", "Vendor class identifier", Kind::Str).spec("RFC 2132");
    /// What kind of cable device it is.
    VENDOR_CLASS_DATA = Field::new("dhcp.option.vendor_class_data", "vendor-class-data", Kind::Str).spec("RFC 2132");
    /// Domain of NetWare/IP.
    NOVELL_NETWARE_IP_DOMAIN = Field::new("dhcp.option.novell_netware_ip_domain", "Novell/Netware IP domain", Kind::Str).spec("RFC 2132");
    /// The client's NIS+ domain.
    NIS_PLUS_DOMAIN = Field::new("dhcp.option.nis_plus_domain", "Network Information Service+ Domain", Kind::Str).spec("RFC 2132");
    /// NIS+ server.
    NIS_PLUS_SERVER = Field::new("dhcp.option.nis_plus_server", "Network Information Service+ Server", Kind::Ipv4).spec("RFC 2132");
    /// Name of the TFTP server with the start file.
    TFTP_SERVER_NAME = Field::new("dhcp.option.tftp_server_name", "TFTP Server Name", Kind::Str).spec("RFC 2132");
    /// Name of the start file.
    BOOTFILE_NAME = Field::new("dhcp.option.bootfile_name", "Bootfile name", Kind::Str).spec("RFC 2132");
    /// Home agent of Mobile IP.
    MOBILE_IP_HOME_AGENT = Field::new("dhcp.option.mobile_ip_home_agent", "Mobile IP Home Agent", Kind::Ipv4).spec("RFC 2132");
    /// Mail server that takes mail.
    SMTP_SERVER = Field::new("dhcp.option.smtp_server", "SMTP Server", Kind::Ipv4).spec("RFC 2132");
    /// Mail server that holds mail.
    POP3_SERVER = Field::new("dhcp.option.pop3_server", "POP3 Server", Kind::Ipv4).spec("RFC 2132");
    /// News server.
    NNTP_SERVER = Field::new("dhcp.option.nntp_server", "NNTP Server", Kind::Ipv4).spec("RFC 2132");
    /// Web server.
    DEFAULT_WWW_SERVER = Field::new("dhcp.option.default_www_server", "Default WWW Server", Kind::Ipv4).spec("RFC 2132");
    /// Finger server.
    DEFAULT_FINGER_SERVER = Field::new("dhcp.option.default_finger_server", "Default Finger Server", Kind::Ipv4).spec("RFC 2132");
    /// Chat server (IRC).
    DEFAULT_IRC_SERVER = Field::new("dhcp.option.default_irc_server", "Default IRC Server", Kind::Ipv4).spec("RFC 2132");
    /// StreetTalk server.
    STREETTALK_SERVER = Field::new("dhcp.option.streettalk_server", "StreetTalk Server", Kind::Ipv4).spec("RFC 2132");
    /// StreetTalk directory assistance server.
    STREETTALK_DA_SERVER = Field::new("dhcp.option.streettalk_da_server", "StreetTalk Directory Assistance Server", Kind::Ipv4).spec("RFC 2132");
    /// A class that the user or administrator put the client into.
    USER_CLASS = Field::new("dhcp.option.user_class", "Instance of User Class", Kind::U8).spec("RFC 3004");
    /// Length of the class's name.
    USER_CLASS_LENGTH = Field::new("dhcp.option.user_class.length", "User Class Length", Kind::U8).spec("RFC 3004");
    /// Name of the class.
    USER_CLASS_DATA = Field::new("dhcp.option.user_class.data", "User Class Data", Kind::Bytes).spec("RFC 3004");
    /// Name of the class without a length, as many clients send it.
    USER_CLASS_TEXT = Field::new("dhcp.option.user_class.text", "User Class Data (Text)", Kind::Str).spec("RFC 3004");
    /// Whether other directory agents may be looked for.
    SLP_DIRECTORY_AGENT_VALUE = Field::new("dhcp.option.slp_directory_agent.value", "Value", Kind::U8).values(&[(0, "Dynamic Discovery"), (1, "Static Discovery"), (128, "Backwards compatibility")]).spec("RFC 2610");
    /// Directory agent of the service location protocol.
    SLP_DIRECTORY_AGENT_SLPDA_ADDRESS = Field::new("dhcp.option.slp_directory_agent.slpda_address", "IP Address", Kind::Ipv4).spec("RFC 2610");
    /// Whether the list replaces that of the client.
    SLP_SERVICE_SCOPE_VALUE = Field::new("dhcp.option.slp_service_scope.value", "Value", Kind::U8).values(&[(0, "Preferred Scope"), (1, "Mandatory Scope")]).spec("RFC 2610");
    /// Scopes of the service location protocol.
    SLP_SERVICE_SCOPE_STRING = Field::new("dhcp.option.slp_service_scope.string", "SLP Service Scope", Kind::Str).spec("RFC 2610");
    /// Novell directory servers, as text.
    NOVELL_DSS_STRING = Field::new("dhcp.option.novell_dss.string", "Novell Directory Services Servers String", Kind::Str).spec("RFC 2132");
    /// Novell directory server.
    NOVELL_DSS_IP = Field::new("dhcp.option.novell_dss.ip", "IP Address", Kind::Ipv4).spec("RFC 2132");
    /// Novell directory tree that the client belongs to.
    NOVELL_DS_TREE_NAME = Field::new("dhcp.option.novell_ds_tree_name", "Novell Directory Services Tree Name", Kind::Str).spec("RFC 2132");
    /// Place in the Novell directory tree where the client begins.
    NOVELL_DS_CONTEXT = Field::new("dhcp.option.novell_ds_context", "Novell Directory Services Context", Kind::Str).spec("RFC 2132");
    /// How the message is authenticated.
    DHCP_AUTHENTICATION_PROTOCOL = Field::new("dhcp.option.dhcp_authentication.protocol", "Protocol", Kind::U8).values(&[(0, "configuration token"), (1, "delayed authentication")]).spec("RFC 3118");
    /// Digest of delayed authentication.
    DHCP_AUTHENTICATION_ALG_DELAY = Field::new("dhcp.option.dhcp_authentication.alg_delay", "Delay Algorithm", Kind::U8).values(&[(1, "HMAC_MD5")]).spec("RFC 3118");
    /// Which algorithm is used.
    DHCP_AUTHENTICATION_ALGORITHM = Field::new("dhcp.option.dhcp_authentication.algorithm", "Algorithm", Kind::U8).spec("RFC 3118");
    /// How repeated messages are detected.
    DHCP_AUTHENTICATION_RDM = Field::new("dhcp.option.dhcp_authentication.rdm", "Replay Detection Method", Kind::U8).values(&[(0, "Monotonically-increasing counter")]).spec("RFC 3118");
    /// A counter that must grow from message to message.
    DHCP_AUTHENTICATION_RDM_REPLAY_DETECTION = Field::new("dhcp.option.dhcp_authentication.rdm_replay_detection", "RDM Replay Detection Value", Kind::U64).hex().spec("RFC 3118");
    /// Value by which repeated messages are detected.
    DHCP_AUTHENTICATION_RDM_RDV = Field::new("dhcp.option.dhcp_authentication.rdm_rdv", "Replay Detection Value", Kind::Str).spec("RFC 3118");
    /// Which secret of client and server was used.
    DHCP_AUTHENTICATION_SECRET_ID = Field::new("dhcp.option.dhcp_authentication.secret_id", "Secret ID", Kind::U32).hex().spec("RFC 3118");
    /// Digest over message and secret.
    DHCP_AUTHENTICATION_HMAC_MD5_HASH = Field::new("dhcp.option.dhcp_authentication.hmac_md5_hash", "HMAC MD5 Hash", Kind::Bytes).spec("RFC 3118");
    /// What proves the sender, in the protocol's own form.
    DHCP_AUTHENTICATION_INFORMATION = Field::new("dhcp.option.dhcp_authentication.information", "Authentication Information", Kind::Str).spec("RFC 3118");
    /// Seconds since the client was last heard of.
    CLIENT_LAST_TRANSACTION_TIME = Field::new("dhcp.option.client_last_transaction_time", "Client last transaction time", Kind::U32).spec("RFC 2132");
    /// Other addresses that the same client has.
    ASSOCIATED_IP_OPTION = Field::new("dhcp.option.associated_ip_option", "Associated IP option", Kind::Ipv4).spec("RFC 2132");
    /// Processor and firmware of a machine that starts from the network: which start file it can run.
    CLIENT_SYSTEM_ARCHITECTURE = Field::new("dhcp.option.client_system_architecture", "Client System Architecture", Kind::U16).values(CLIENT_SYSTEM_ARCHITECTURE_NAMES).spec("RFC 4578");
    /// Version of the network card's start interface, before the point.
    CLIENT_NETWORK_ID_MAJOR = Field::new("dhcp.client_network_id_major", "Major Version", Kind::U8).spec("RFC 4578");
    /// Version of the network card's start interface, behind the point.
    CLIENT_NETWORK_ID_MINOR = Field::new("dhcp.client_network_id_minor", "Minor Version", Kind::U8).spec("RFC 4578");
    /// Whose place it is: the server's, the switch's, the client's.
    CIVIC_LOCATION_WHAT = Field::new("dhcp.option.civic_location.what", "What", Kind::U8).values(&[(0, "Location of the DHCP server"), (1, "Location of the network element believed to be closest to the client"), (2, "Location of the client")]).spec("RFC 4776");
    /// Country, two letters.
    CIVIC_LOCATION_COUNTRY = Field::new("dhcp.option.civic_location.country", "Country", Kind::Str).spec("RFC 4776");
    /// Part of the address: town, street, number...
    CIVIC_LOCATION_CA_TYPE = Field::new("dhcp.option.civic_location.ca_type", "CA Type", Kind::U8).values(CIVIC_LOCATION_CA_TYPE_NAMES).spec("RFC 4776");
    /// Length of that part.
    CIVIC_LOCATION_CA_LENGTH = Field::new("dhcp.option.civic_location.ca_length", "CA Length", Kind::U8).spec("RFC 4776");
    /// That part of the address.
    CIVIC_LOCATION_CA_VALUE = Field::new("dhcp.option.civic_location.ca_value", "CA Value", Kind::Str).spec("RFC 4776");
    /// Time zone as POSIX writes it.
    TZ_PCODE = Field::new("dhcp.option.tz_pcode", "TZ PCode", Kind::Str).spec("RFC 4833");
    /// Time zone by its name in the common database.
    TZ_TCODE = Field::new("dhcp.option.tz_tcode", "TZ TCode", Kind::Str).spec("RFC 4833");
    /// NetInfo parent server.
    NETINFO_PARENT_SERVER_ADDRESS = Field::new("dhcp.option.netinfo_parent_server_address", "NetInfo Parent Server Address", Kind::Ipv4).spec("RFC 2132");
    /// Tag of the NetInfo parent server.
    NETINFO_PARENT_SERVER_TAG = Field::new("dhcp.option.netinfo_parent_server_tag", "NetInfo Parent Server Tag", Kind::Str).spec("RFC 2132");
    /// Whether the client may choose a link-local address by itself.
    DHCP_AUTO_CONFIGURATION = Field::new("dhcp.option.dhcp_auto_configuration", "DHCP Auto-Configuration", Kind::U8).values(&[(0, "DoNotAutoConfigure"), (1, "AutoConfigure")]).spec("RFC 2132");
    /// In which order name services are asked; named by their option numbers.
    DHCP_NAME_SERVICE_SEARCH_OPTION = Field::new("dhcp.option.dhcp_name_service_search_option", "Name Service", Kind::Str).spec("RFC 2132");
    /// The option is split over several that belong together.
    DHCP_DNS_DOMAIN_SEARCH_LIST_RFC_3396_DETECTED = Field::new("dhcp.option.dhcp_dns_domain_search_list_rfc_3396_detected", "Encoding Long Options detected (RFC 3396)", Kind::Str).spec("RFC 3397");
    /// The pieces are read together at the last one.
    DHCP_DNS_DOMAIN_SEARCH_LIST_REFER_LAST_OPTION = Field::new("dhcp.option.dhcp_dns_domain_search_list_refer_last_option", "For the data, please refer to last option 119", Kind::Str).spec("RFC 3397");
    /// A domain to try when a name without domain is looked up.
    DHCP_DNS_DOMAIN_SEARCH_LIST_FQDN = Field::new("dhcp.option.dhcp_dns_domain_search_list_fqdn", "FQDN", Kind::Str).spec("RFC 3397");
    /// The option is split over several that belong together.
    SIP_SERVER_RFC_3396_DETECTED = Field::new("dhcp.option.sip_server.rfc_3396_detected", "Encoding Long Options detected (RFC 3396)", Kind::Str).spec("RFC 3361");
    /// The pieces are read together at the last one.
    SIP_SERVER_REFER_LAST_OPTION = Field::new("dhcp.option.sip_server.refer_last_option", "For the data, please refer to last option 120", Kind::Str).spec("RFC 3361");
    /// Whether SIP servers are given by name or by address.
    SIP_SERVER_ENCODING = Field::new("dhcp.option.sip_server.encoding", "SIP Server Encoding", Kind::U8).values(&[(0, "Fully Qualified Domain Name"), (1, "IPv4 Address")]).spec("RFC 3361");
    /// Name of a SIP server, through which one telephones.
    SIP_SERVER_NAME = Field::new("dhcp.option.sip_server.name", "SIP Server Name", Kind::Str).spec("RFC 3361");
    /// Address of a SIP server.
    SIP_SERVER_ADDRESS = Field::new("dhcp.option.sip_server.address", "SIP Server Address", Kind::Ipv4).spec("RFC 3361");
    /// A route: destination with its mask, and the router. Clients that know it ignore option 3.
    CLASSLESS_STATIC_ROUTE = Field::new("dhcp.option.classless_static_route", "Subnet/MaskWidth-Router", Kind::Bytes).spec("RFC 3442");
    /// Why the coordinates cannot be read.
    RFC3825_ERROR = Field::new("dhcp.option.rfc3825.error", "Error", Kind::U8).values(RFC3825_ERROR_NAMES).spec("RFC 3825");
    /// Degrees north.
    RFC3825_LATITUDE = Field::new("dhcp.option.rfc3825.latitude", "Latitude", Kind::F64).spec("RFC 3825");
    /// Degrees east.
    RFC3825_LONGITUDE = Field::new("dhcp.option.rfc3825.longitude", "Longitude", Kind::F64).spec("RFC 3825");
    /// How precise the latitude is.
    RFC3825_LATITUDE_RES = Field::new("dhcp.option.rfc3825.latitude_res", "Latitude resolution", Kind::F64).spec("RFC 3825");
    /// How precise the longitude is.
    RFC3825_LONGITUDE_RES = Field::new("dhcp.option.rfc3825.longitude_res", "Longitude resolution", Kind::F64).spec("RFC 3825");
    /// Height above the map's zero.
    RFC3825_ALTITUDE = Field::new("dhcp.option.rfc3825.altitude", "Altitude", Kind::F64).spec("RFC 3825");
    /// How precise the height is.
    RFC3825_ALTITUDE_RES = Field::new("dhcp.option.rfc3825.altitude_res", "Altitude resolution", Kind::F64).spec("RFC 3825");
    /// Whether the height is in metres or floors.
    RFC3825_ALTITUDE_TYPE = Field::new("dhcp.option.rfc3825.altitude_type", "Altitude type", Kind::U8).values(&[(1, "Meters"), (2, "Floors")]).spec("RFC 3825");
    /// Map datum, or which service's identifier follows.
    CL_DSS_ID_OPTION = Field::new("dhcp.option.cl_dss_id.option", "Map Datum", Kind::U8).values(&[(1, "WGS 84"), (2, "NAD83 (NAVD88)"), (3, "NAD83 (MLLW)")]).spec("RFC 2132");
    /// Length of the identifier.
    CL_DSS_ID_LEN = Field::new("dhcp.option.cl_dss_id.len", "DSS_ID Length", Kind::U8).spec("RFC 2132");
    /// Identifier of a service for cable telephones.
    CL_DSS_ID = Field::new("dhcp.option.cl_dss_id", "Country", Kind::Str).spec("RFC 2132");
    /// The network that the address shall be from.
    SUBNET_SELECTION_OPTION = Field::new("dhcp.option.subnet_selection_option", "Subnet Selection Option", Kind::Ipv4).spec("RFC 2132");
    /// Agent at which the client authenticates itself for the network.
    PANA_AGENT = Field::new("dhcp.option.pana_agent", "PAA IPv4 Address", Kind::Ipv4).spec("RFC 5192");
    /// Server that knows which emergency call centre is near.
    LOST_SERVER_DOMAIN_NAME = Field::new("dhcp.option.lost_server_domain_name", "LoST Server Domain Name", Kind::Str).spec("RFC 5223");
    /// Controller of a wireless access point.
    CAPWAP_ACCESS_CONTROLLER = Field::new("dhcp.option.capwap_access_controller", "CAPWAP Access Controllers", Kind::Ipv4).spec("RFC 5417");
    /// Server that tells a mobile device which networks to use.
    ANDSF_SERVER = Field::new("dhcp.option.andsf_server", "ANDSF Server", Kind::Ipv4).spec("RFC 2132");
    /// Digest that the client knows for authenticated renewals.
    FORCERENEW_NONCE_ALGORITHM = Field::new("dhcp.option.forcerenew_nonce.algorithm", "Algorithm", Kind::U8).values(&[(1, "HMAC-MD5")]).spec("RFC 6704");
    /// Not used; zero.
    RDNSS_RESERVED = Field::new("dhcp.option.rdnss.reserved", "Reserved", Kind::U8).hex().mask(0xfc).spec("RFC 6731");
    /// Which DNS server is preferred to those of other interfaces.
    RDNSS_PREFERENCE = Field::new("dhcp.option.rdnss.preference", "Preference", Kind::U8).mask(0x3).values(&[(0, "Medium"), (1, "High"), (2, "Reserved"), (3, "Low")]).spec("RFC 6731");
    /// First DNS server for the domains that follow.
    RDNSS_PRIMARY_DNS = Field::new("dhcp.option.rdnss.primary_dns", "Primary DNS", Kind::Ipv4).spec("RFC 6731");
    /// Second DNS server for them.
    RDNSS_SECONDARY_DNS = Field::new("dhcp.option.rdnss.secondary_dns", "Secondary DNS", Kind::Ipv4).spec("RFC 6731");
    /// A domain that these servers are asked about.
    RDNSS_DOMAIN = Field::new("dhcp.option.rdnss.domain", "Domains and networks", Kind::Str).spec("RFC 6731");
    /// TFTP server for telephones.
    TFTP_SERVER_ADDRESS = Field::new("dhcp.option.tftp_server_address", "TFTP Server Address", Kind::Ipv4).spec("RFC 2132");
    /// How the lease query ended.
    BULK_LEASE_STATUS_CODE = Field::new("dhcp.option.bulk_lease.status_code", "Status Code", Kind::U8).values(BULK_LEASE_STATUS_CODE_NAMES).spec("RFC 6926");
    /// The same in words.
    BULK_LEASE_STATUS_CODE_MESSAGE = Field::new("dhcp.option.bulk_lease.status_code_message", "Status Code Message", Kind::Str).spec("RFC 6926");
    /// When the message was sent, by the server's clock; other times are counted from it.
    BULK_LEASE_BASE_TIME = Field::new("dhcp.option.bulk_lease.base_time", "Base Time", Kind::AbsTime).spec("RFC 6926");
    /// For how long the lease has been in its state.
    BULK_LEASE_START_TIME_OF_STATE = Field::new("dhcp.option.bulk_lease.start_time_of_state", "Start Time Of State", Kind::U32).spec("RFC 6926");
    /// Leases changed since then are wanted.
    BULK_LEASE_QUERY_START_TIME = Field::new("dhcp.option.bulk_lease.query_start_time", "Query Start Time", Kind::AbsTime).spec("RFC 6926");
    /// Leases changed up to then are wanted.
    BULK_LEASE_QUERY_END_TIME = Field::new("dhcp.option.bulk_lease.query_end_time", "Query End Time", Kind::AbsTime).spec("RFC 6926");
    /// State of the lease.
    BULK_LEASE_DHCP_STATE = Field::new("dhcp.option.bulk_lease.dhcp_state", "Dhcp State", Kind::U8).values(BULK_LEASE_DHCP_STATE_NAMES).spec("RFC 6926");
    /// Whether the server gave the lease itself.
    BULK_LEASE_DATA_SOURCE = Field::new("dhcp.option.bulk_lease.data_source", "Data Source", Kind::Bool).words("Local", "Remote").spec("RFC 6926");
    /// Length of the list of addresses.
    PCP_LIST_LENGTH = Field::new("dhcp.option.pcp.list_length", "List-Length", Kind::U8).spec("RFC 7291");
    /// Server of the port control protocol, which opens ports in a gateway.
    PCP_SERVER = Field::new("dhcp.option.pcp.server", "PCP Server", Kind::Ipv4).spec("RFC 7291");
    /// How many leading bits of ports are left out.
    PORTPARAMS_OFFSET = Field::new("dhcp.option.portparams.offset", "Offset", Kind::U8).spec("RFC 7618");
    /// How many bits the port set has.
    PORTPARAMS_PSID_LENGTH = Field::new("dhcp.option.portparams.psid_length", "PSID-Length", Kind::U8).spec("RFC 7618");
    /// Which set of ports the client may use, where several share an address.
    PORTPARAMS_PSID = Field::new("dhcp.option.portparams.psid", "PSID", Kind::Bytes).spec("RFC 7618");
    /// Where the maker describes what the device is meant to do on the network.
    MUDURL = Field::new("dhcp.option.mudurl", "MUDURL", Kind::Str).spec("RFC 8520");
    /// Configuration file of PXELINUX.
    PXE_CONFIG_FILE = Field::new("dhcp.option.pxe_config_file", "PXELINUX configuration file", Kind::Str).spec("RFC 5071");
    /// Put before the names of PXELINUX's files.
    PXE_PATH_PREFIX = Field::new("dhcp.option.pxe_path_prefix", "PXELINUX path prefix", Kind::Str).spec("RFC 5071");
    /// Web page at which one must log in first.
    CAPTIVE_PORTAL = Field::new("dhcp.option.captive_portal", "Captive Portal", Kind::Str).spec("RFC 8910");
    /// How many leading bits of the IPv4 address all clients share.
    X6RD_IPV4_MASK_LEN = Field::new("dhcp.option.6RD.ipv4_mask_len", "6RD IPv4 Mask Length", Kind::U8).spec("RFC 5969");
    /// Length of the IPv6 prefix.
    X6RD_PREFIX_LEN = Field::new("dhcp.option.6RD.prefix_len", "6RD Prefix Length", Kind::U8).spec("RFC 5969");
    /// IPv6 prefix into which the IPv4 address is put.
    X6RD_PREFIX = Field::new("dhcp.option.6RD.prefix", "6RD Prefix", Kind::Ipv6).spec("RFC 5969");
    /// Router that leads from the tunnel to the IPv6 Internet.
    X6RD_BORDER_RELAY_IP = Field::new("dhcp.option.6RD.border_relay_ip", "Border Relay IP", Kind::Ipv4).spec("RFC 5969");
    /// Where the settings for web proxies are (WPAD).
    PRIVATE_PROXY_AUTODISCOVERY = Field::new("dhcp.option.private_proxy_autodiscovery", "Private/Proxy autodiscovery", Kind::Str).spec("RFC 2132");
    /// The last option.
    END = Field::new("dhcp.option.end", "Option End", Kind::U8).spec("RFC 2132");
}
