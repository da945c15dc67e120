//! The fields of DHCPv6.

use crate::protocols::dhcp::enterprise;

/// Words for `dhcpv6.msgtype`.
pub static MSGTYPE_NAMES: &[(u64, &str)] = &[
    (1, "Solicit"),
    (2, "Advertise"),
    (3, "Request"),
    (4, "Confirm"),
    (5, "Renew"),
    (6, "Rebind"),
    (7, "Reply"),
    (8, "Release"),
    (9, "Decline"),
    (10, "Reconfigure"),
    (11, "Information-request"),
    (12, "Relay-forw"),
    (13, "Relay-reply"),
    (14, "Leasequery"),
    (15, "Leasequery-reply"),
    (16, "Leasequery-done"),
    (17, "Leasequery-data"),
    (18, "Reconfigure-request"),
    (19, "Reconfigure-reply"),
];

/// Words for `dhcpv6.option.type`.
pub static OPTION_TYPE_NAMES: &[(u64, &str)] = &[
    (1, "Client Identifier"),
    (2, "Server Identifier"),
    (3, "Identity Association for Non-temporary Address"),
    (4, "Identity Association for Temporary Address"),
    (5, "IA Address"),
    (6, "Option Request"),
    (7, "Preference"),
    (8, "Elapsed time"),
    (9, "Relay Message"),
    (11, "Authentication"),
    (12, "Server unicast"),
    (13, "Status code"),
    (14, "Rapid Commit"),
    (15, "User Class"),
    (16, "Vendor Class"),
    (17, "Vendor-specific Information"),
    (18, "Interface-Id"),
    (19, "Reconfigure Message"),
    (20, "Reconfigure Accept"),
    (21, "SIP Server Domain Name List"),
    (22, "SIP Servers IPv6 Address List"),
    (23, "DNS recursive name server"),
    (24, "Domain Search List"),
    (25, "Identity Association for Prefix Delegation"),
    (26, "IA Prefix"),
    (27, "Network Information Server"),
    (28, "Network Information Server V2"),
    (29, "Network Information Server Domain Name"),
    (30, "Network Information Server V2 Domain Name"),
    (31, "Simple Network Time Protocol Server"),
    (32, "Lifetime"),
    (33, "BCMCS Server Domain"),
    (34, "BCMCS Servers IPv6 Address List"),
    (36, "Geoconf Civic Address"),
    (37, "Remote Identifier"),
    (38, "Subscriber Identifier"),
    (39, "Client Fully Qualified Domain Name"),
    (40, "PANA Agents IPv6 Address List"),
    (41, "Time Zone"),
    (42, "Time Zone Database"),
    (43, "Echo Request Option"),
    (44, "Leasequery Query"),
    (45, "Leasequery Client Data"),
    (46, "Client Last Transaction Time"),
    (47, "Leasequery Relay Data"),
    (48, "Leasequery Client Link Address List"),
    (49, "Home Network Identifier FQDN"),
    (50, "Visited Home Network Information"),
    (51, "LoST Server"),
    (52, "CAPWAP Access Controllers"),
    (53, "Relay-ID"),
    (54, "MoS IPv6 Address"),
    (55, "MoS Domain Name List"),
    (56, "NTP Server"),
    (57, "Access Network Domain Name"),
    (58, "SIP User Agent Configuration Service Domains"),
    (59, "Boot File URL"),
    (60, "Boot File Parameters"),
    (61, "Client System Architecture Type"),
    (62, "Client Network Interface Identifier"),
    (63, "Geolocation"),
    (64, "Dual-Stack Lite AFTR Name"),
    (65, "ERP Local Domain Name"),
    (66, "Relay-Supplied Options"),
    (67, "Prefix Exclude"),
    (68, "Virtual Subnet Selection"),
    (69, "Identified Home Network Information"),
    (70, "Unrestricted Home Network Information"),
    (71, "Home Network Prefix"),
    (72, "Home Agent Address"),
    (73, "Home Agent FQDN"),
    (74, "RDNSS Selection"),
    (75, "Kerberos Principal Name"),
    (76, "Kerberos Realm Name"),
    (77, "Kerberos Default Realm Name"),
    (78, "Kerberos KDC"),
    (79, "Client Link-Layer Address"),
    (80, "Link Address"),
    (81, "RADIUS"),
    (82, "SOL_MAX_RT"),
    (83, "INF_MAX_RT"),
    (84, "Address Selection"),
    (85, "Address Selection table"),
    (86, "PCP Server"),
    (87, "DHCPv4 Message"),
    (88, "DHCP 4o6 Servers Address"),
    (89, "S46 Rule"),
    (90, "S46 BR"),
    (91, "S46 DMR"),
    (92, "S46 IPv4/IPv6 Address Binding"),
    (93, "S46 Port Parameters"),
    (94, "S46 MAP-E Container"),
    (95, "S46 MAP-T Container"),
    (96, "S46 Lightweight 4over6 Container"),
    (97, "4rd Options"),
    (98, "4rd Mapping Rule"),
    (99, "4rd Non-Mapping Rule"),
    (100, "LQ Server Base Time"),
    (101, "LQ Server Query Start Time"),
    (102, "LQ Server Query End Time"),
    (103, "Captive Portal"),
    (104, "MPL Parameter Configuration"),
    (105, "Access Technology Type"),
    (106, "Access Network Name"),
    (107, "Access Point Name"),
    (108, "Access Point BSSID"),
    (109, "Access Network Operator ID"),
    (110, "Access Network Operator Realm"),
    (111, "S46 Priority"),
    (112, "Manufacturer Usage Description"),
    (113, "IPv4/IPv6 Multicast Prefixes"),
    (114, "Failover Binding Status"),
    (115, "Failover Connect Flags"),
    (116, "Failover DNS Removal Info"),
    (117, "Failover DNS Hostname"),
    (118, "Failover DNS Zone Name"),
    (119, "Failover DNS Flags"),
    (120, "Failover Expiration Time"),
    (121, "Failover Maximum Number Unacked BNDUPD Messages"),
    (122, "Failover Maximum Client Lead Time (MCLT)"),
    (123, "Failover Partner Lifetime"),
    (124, "Failover Partner Lifetime Sent"),
    (125, "Failover Partner Down Time"),
    (126, "Failover Partner Raw Client Time"),
    (127, "Failover Protocol Version"),
    (128, "Failover Keepalive Time"),
    (129, "Failover Reconfigure Data"),
    (130, "Failover Relationship Name"),
    (131, "Failover Server Flags"),
    (132, "Failover Server State"),
    (133, "Failover Start Time of State"),
    (134, "Failover State Expiration Time"),
    (135, "Relay Source Port"),
    (136, "SZTP Redirect"),
    (137, "Softwire Source Binding Prefix Hint"),
    (143, "ANDSF IPv6 Address"),
    (165, "Mobile IPv6 Home Agent"),
    (166, "Mobile IPv6 Home Address"),
    (167, "Network Access Identifier"),
];

/// Words for `dhcpv6.duidllt.hwtype`.
pub static DUIDLLT_HWTYPE_NAMES: &[(u64, &str)] = &[
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

/// Words for `dhcpv6.status_code`.
pub static STATUS_CODE_NAMES: &[(u64, &str)] = &[
    (0, "Success"),
    (1, "UnspecFail"),
    (2, "NoAddrAvail"),
    (3, "NoBinding"),
    (4, "NotOnLink"),
    (5, "UseMulticast"),
    (6, "NoPrefixAvail"),
    (7, "UnknownQueryType"),
    (8, "MalformedQuery"),
    (9, "NotConfigured"),
    (10, "NotAllowed"),
    (11, "QueryTerminated"),
    (12, "DataMissing"),
    (13, "CatchUpComplete"),
    (14, "NotSupported"),
    (15, "TLSConnectionRefused"),
];

/// Words for `dhcpv6.lq_query`.
pub static LQ_QUERY_NAMES: &[(u64, &str)] = &[
    (1, "by-address"),
    (2, "by-clientID"),
    (3, "by-relayID"),
    (4, "by-linkAddress"),
    (5, "by-remoteID"),
];

/// Words for `dhcpv6.option_code`.
pub static OPTION_CODE_NAMES: &[(u64, &str)] = &[
    (64, "DS-Lite"),
    (88, "DHCPv4 over DHCPv6"),
    (94, "MAP-E"),
    (95, "MAP-T"),
    (96, "Lightweight 4over6"),
];

/// Words for `dhcpv6.failover.binding_status`.
pub static FAILOVER_BINDING_STATUS_NAMES: &[(u64, &str)] = &[
    (0, "reserved"),
    (1, "ACTIVE"),
    (2, "EXPIRED"),
    (3, "RELEASED"),
    (4, "PENDING-FREE"),
    (5, "FREE"),
    (6, "FREE-BACKUP"),
    (7, "ABANDONED"),
    (8, "RESET"),
];

/// Words for `dhcpv6.failover.server_state`.
pub static FAILOVER_SERVER_STATE_NAMES: &[(u64, &str)] = &[
    (0, "reserved"),
    (1, "Startup state (1)"),
    (2, "Normal state"),
    (3, "Communications interrupted"),
    (4, "Partner down"),
    (5, "Synchronizing"),
    (6, "Recovering bindings from partner"),
    (7, "Waiting out MCLT after RECOVER"),
    (8, "Interlock state prior to NORMAL"),
    (9, "Comm. failed during resolution"),
    (10, "Primary resolved its conflicts"),
];

crate::fields! {
    /// What the message is: looking for servers, an offer, a request, an answer...
    MSGTYPE = Field::new("dhcpv6.msgtype", "Message type", Kind::U8).values(MSGTYPE_NAMES).spec("RFC 8415");
    /// How many relays passed the message on before.
    HOPCOUNT = Field::new("dhcpv6.hopcount", "Hopcount", Kind::U8).spec("RFC 8415");
    /// A number chosen by the client; the answer carries the same.
    XID = Field::new("dhcpv6.xid", "Transaction ID", Kind::U24).hex().spec("RFC 8415");
    /// Address by which the server knows the network that the client is on.
    LINKADDR = Field::new("dhcpv6.linkaddr", "Link address", Kind::Ipv6).spec("RFC 8415");
    /// Who sent the message to the relay: the client, or another relay.
    PEERADDR = Field::new("dhcpv6.peeraddr", "Peer address", Kind::Ipv6).spec("RFC 8415");
    /// What the option is about.
    OPTION_TYPE = Field::new("dhcpv6.option.type", "Option", Kind::U16).values(OPTION_TYPE_NAMES).spec("RFC 8415");
    /// Length of the option's value in bytes.
    OPTION_LENGTH = Field::new("dhcpv6.option.length", "Length", Kind::U16).spec("RFC 8415");
    /// An option: type, length, value; options may stand in options.
    OPTION = Field::new("dhcpv6.option.type_str", "Option", Kind::Str).spec("RFC 8415");
    /// Messages of this kind must not carry the client's name.
    CLIENTFQDN_BAD_MSGTYPE = Field::new("dhcpv6.clientfqdn.bad_msgtype", "Illegal Message Type", Kind::U8).hex().values(MSGTYPE_NAMES).spec("RFC 8415");
    /// Who updates DNS with the client's name.
    CLIENT_FQDN_FLAGS = Field::new("dhcpv6.client_fqdn_flags", "Flags", Kind::U8).hex().spec("RFC 8415");
    /// The client wants the server to enter its address record.
    CLIENTFQDN_CLIENT_S = Field::new("dhcpv6.clientfqdn.client.s", "S bit", Kind::Bool).mask(0x1).words("Server SHOULD NOT perform AAAA RR updates", "Server SHOULD perform AAAA RR updates").spec("RFC 8415");
    /// The client wants the server to leave DNS alone.
    CLIENTFQDN_CLIENT_N = Field::new("dhcpv6.clientfqdn.client.n", "N bit", Kind::Bool).mask(0x4).words("Server SHOULD perform PTR RR updates", "Server SHOULD NOT perform PTR RR updates").spec("RFC 8415");
    /// The server enters the client's address record.
    CLIENTFQDN_SERVER_S = Field::new("dhcpv6.clientfqdn.server.s", "S bit", Kind::Bool).mask(0x1).words("Server SHOULD NOT perform AAAA RR updates", "Server SHOULD perform AAAA RR updates").spec("RFC 8415");
    /// The server decided otherwise than the client wished.
    CLIENTFQDN_SERVER_O = Field::new("dhcpv6.clientfqdn.server.o", "O bit", Kind::Bool).mask(0x2).words("Server HAS NOT overridden client's S bit preference", "Server HAS overridden client's S bit preference").spec("RFC 8415");
    /// The server leaves DNS alone.
    CLIENTFQDN_SERVER_N = Field::new("dhcpv6.clientfqdn.server.n", "N bit", Kind::Bool).mask(0x4).words("Server SHOULD perform PTR RR updates", "Server SHOULD NOT perform PTR RR updates").spec("RFC 8415");
    /// The name is empty: the client asks for one.
    DOMAIN_FIELD_LEN = Field::new("dhcpv6.domain_field_len", "Empty domain name - field length", Kind::U16).spec("RFC 8415");
    /// What could be read of a broken name.
    DECODED_PORTION = Field::new("dhcpv6.decoded_portion", "Portion successfully decoded", Kind::Str).spec("RFC 8415");
    /// A name of one label only, which is rarely of use.
    TLD = Field::new("dhcpv6.tld", "Top Level Domain name", Kind::Str).spec("RFC 8415");
    /// Number of the vendor who defined the identifier.
    REMOTEID_ENTERPRISE = Field::new("dhcpv6.remoteid.enterprise", "Enterprise ID", Kind::U32).names(Names::Custom(enterprise::write)).spec("RFC 8415");
    /// Identifier of a machine, whatever its interfaces: it stays the same for good.
    DUID_BYTES = Field::new("dhcpv6.duid.bytes", "DUID", Kind::Bytes).spec("RFC 8415");
    /// How the identifier was made.
    DUID_TYPE = Field::new("dhcpv6.duid.type", "DUID Type", Kind::U16).values(&[(1, "link-layer address plus time"), (2, "assigned by vendor based on Enterprise number"), (3, "link-layer address"), (4, "Universally Unique IDentifier (UUID)")]).spec("RFC 8415");
    /// When the identifier was made.
    DUIDLLT_TIME = Field::new("dhcpv6.duidllt.time", "DUID Time", Kind::AbsTime).spec("RFC 8415");
    /// A hardware address of the machine at that time.
    DUIDLLT_LINK_LAYER_ADDR = Field::new("dhcpv6.duidllt.link_layer_addr", "Link-layer address", Kind::Str).spec("RFC 8415");
    /// Kind of network of the hardware address.
    DUIDLLT_HWTYPE = Field::new("dhcpv6.duidllt.hwtype", "Hardware type", Kind::U16).values(DUIDLLT_HWTYPE_NAMES).spec("RFC 8415");
    /// Kind of network of the hardware address.
    DUIDLL_HWTYPE = Field::new("dhcpv6.duidll.hwtype", "Hardware type", Kind::U16).values(DUIDLLT_HWTYPE_NAMES).spec("RFC 8415");
    /// Number of the maker, as registered with IANA.
    DUIDEN_ENTERPRISE = Field::new("dhcpv6.duiden.enterprise", "Enterprise ID", Kind::U32).names(Names::Custom(enterprise::write)).spec("RFC 8415");
    /// Number that the maker gave the machine.
    DUIDEN_IDENTIFIER = Field::new("dhcpv6.duiden.identifier", "Identifier", Kind::Bytes).spec("RFC 8415");
    /// A hardware address of the machine.
    DUIDLL_LINK_LAYER_ADDR = Field::new("dhcpv6.duidll.link_layer_addr", "Link-layer address", Kind::Str).spec("RFC 8415");
    /// A number of 128 bits that names the machine.
    DUIDUUID_BYTES = Field::new("dhcpv6.duiduuid.bytes", "UUID", Kind::Bytes).spec("RFC 8415");
    /// Which of the client's interfaces the addresses are for.
    IAID = Field::new("dhcpv6.iaid", "IAID", Kind::Str).spec("RFC 8415");
    /// After how many seconds the client asks its server to extend the lease.
    IAID_T1 = Field::new("dhcpv6.iaid.t1", "T1", Kind::U32).spec("RFC 8415");
    /// After how many seconds the client asks any server.
    IAID_T2 = Field::new("dhcpv6.iaid.t2", "T2", Kind::U32).spec("RFC 8415");
    /// Which of the client's interfaces the temporary addresses are for.
    IATA = Field::new("dhcpv6.iata", "IATA", Kind::Str).spec("RFC 8415");
    /// An address that the client may use.
    IAADDR_IP = Field::new("dhcpv6.iaaddr.ip", "IPv6 address", Kind::Ipv6).spec("RFC 8415");
    /// For how many seconds the address may be used for new connections.
    IAADDR_PREF_LIFETIME = Field::new("dhcpv6.iaaddr.pref_lifetime", "Preferred lifetime", Kind::U32).spec("RFC 8415");
    /// For how many seconds the address may be used at all.
    IAADDR_VALID_LIFETIME = Field::new("dhcpv6.iaaddr.valid_lifetime", "Valid lifetime", Kind::U32).spec("RFC 8415");
    /// An option that the client would like to be told.
    REQUESTED_OPTION_CODE = Field::new("dhcpv6.requested_option_code", "Requested Option code", Kind::U16).values(OPTION_TYPE_NAMES).spec("RFC 8415");
    /// Which server's offer is taken: the one with the highest value; 255 at once.
    OPTION_PREFERENCE = Field::new("dhcpv6.option_preference", "Pref-value", Kind::U8).spec("RFC 8415");
    /// For how long the client has been trying, in milliseconds; on the wire it counts in hundredths of a second.
    ELAPSED_TIME = Field::new("dhcpv6.elapsed_time", "Elapsed time", Kind::U16).spec("RFC 8415");
    /// How the message is authenticated.
    AUTH_PROTOCOL = Field::new("dhcpv6.auth.protocol", "Protocol", Kind::U8).spec("RFC 8415");
    /// Which algorithm is used.
    AUTH_ALGORITHM = Field::new("dhcpv6.auth.algorithm", "Algorithm", Kind::U8).spec("RFC 8415");
    /// How repeated messages are detected.
    AUTH_RDM = Field::new("dhcpv6.auth.rdm", "RDM", Kind::U8).spec("RFC 8415");
    /// A value that grows from message to message.
    AUTH_REPLAY_DETECTION = Field::new("dhcpv6.auth.replay_detection", "Replay Detection", Kind::Bytes).spec("RFC 8415");
    /// What proves the sender.
    AUTH_INFO = Field::new("dhcpv6.auth.info", "Authentication Information", Kind::Bytes).spec("RFC 8415");
    /// Whose keys are used.
    AUTH_REALM = Field::new("dhcpv6.auth.realm", "DHCP realm", Kind::Str).spec("RFC 8415");
    /// Which of the keys was used.
    AUTH_KEY_ID = Field::new("dhcpv6.auth.key_id", "Key ID", Kind::U32).spec("RFC 8415");
    /// Digest over message and key.
    AUTH_MD5_DATA = Field::new("dhcpv6.auth.md5_data", "HMAC-MD5 data", Kind::Bytes).spec("RFC 8415");
    /// Address at which the server takes messages sent to it alone.
    UNICAST = Field::new("dhcpv6.unicast", "IPv6 address", Kind::Ipv6).spec("RFC 8415");
    /// How the request ended.
    STATUS_CODE = Field::new("dhcpv6.status_code", "Status Code", Kind::U16).values(STATUS_CODE_NAMES).spec("RFC 8415");
    /// The same in words.
    STATUS_MSG = Field::new("dhcpv6.status_msg", "Status Message", Kind::Str).spec("RFC 8415");
    /// Number of the vendor, as registered with IANA.
    VENDORCLASS_ENTERPRISE = Field::new("dhcpv6.vendorclass.enterprise", "Enterprise ID", Kind::U32).names(Names::Custom(enterprise::write)).spec("RFC 8415");
    /// What kind of client it is, in the vendor's words.
    VENDORCLASS_DATA = Field::new("dhcpv6.vendorclass.data", "vendor-class-data", Kind::Str).spec("RFC 8415");
    /// Number of the vendor, as registered with IANA.
    VENDOROPTS_ENTERPRISE = Field::new("dhcpv6.vendoropts.enterprise", "Enterprise ID", Kind::U32).names(Names::Custom(enterprise::write)).spec("RFC 8415");
    /// Number of the vendor's own option.
    VENDOROPTS_ENTERPRISE_OPTION_CODE = Field::new("dhcpv6.vendoropts.enterprise.option_code", "Option code", Kind::U16).spec("RFC 8415");
    /// Length of its value.
    VENDOROPTS_ENTERPRISE_OPTION_LENGTH = Field::new("dhcpv6.vendoropts.enterprise.option_length", "Option length", Kind::U16).spec("RFC 8415");
    /// Value of the vendor's own option.
    VENDOROPTS_ENTERPRISE_OPTION_DATA = Field::new("dhcpv6.vendoropts.enterprise.option_data", "Option data", Kind::Bytes).spec("RFC 8415");
    /// Interface of the relay at which the client is; the server sends it back.
    INTERFACE_ID = Field::new("dhcpv6.interface_id", "Interface-ID", Kind::Bytes).spec("RFC 8415");
    /// With which message the client shall ask anew.
    RECONF_MSG = Field::new("dhcpv6.reconf_msg", "Reconfigure message type", Kind::U8).values(MSGTYPE_NAMES).spec("RFC 8415");
    /// Domain of SIP servers, through which one telephones.
    SIP_SERVER_DOMAIN_SEARCH_FQDN = Field::new("dhcpv6.sip_server_domain_search_fqdn", "SIP Server Domain Search FQDN", Kind::Str).spec("RFC 8415");
    /// Address of a SIP server.
    SIP_SERVER_A = Field::new("dhcpv6.sip_server_a", "SIP server address", Kind::Ipv6).spec("RFC 8415");
    /// DNS server that the client shall ask.
    DNS_SERVER = Field::new("dhcpv6.dns_server", "DNS server address", Kind::Ipv6).spec("RFC 8415");
    /// A domain to try when a name without domain is looked up.
    SEARCH_LIST_ENTRY = Field::new("dhcpv6.search_list_entry", "List entry", Kind::Str).spec("RFC 8415");
    /// NIS server.
    NIS_SERVER = Field::new("dhcpv6.nis_server", "NIS server address", Kind::Ipv6).spec("RFC 8415");
    /// NIS+ server.
    NISP_SERVER = Field::new("dhcpv6.nisp_server", "NISP server address", Kind::Ipv6).spec("RFC 8415");
    /// The client's NIS domain.
    NIS_FQDN = Field::new("dhcpv6.nis_fqdn", "NIS FQDN", Kind::Str).spec("RFC 8415");
    /// The client's NIS+ domain.
    NISP_FQDN = Field::new("dhcpv6.nisp_fqdn", "NISP FQDN", Kind::Str).spec("RFC 8415");
    /// Server that tells the time.
    SNTP_SERVER = Field::new("dhcpv6.sntp_server", "SNTP server address", Kind::Ipv6).spec("RFC 8415");
    /// After how many seconds the client asks for these settings again.
    LIFETIME = Field::new("dhcpv6.lifetime", "Lifetime", Kind::U32).spec("RFC 8415");
    /// Domain of broadcast servers of mobile networks.
    BCMCS_SERVER_FQDN = Field::new("dhcpv6.bcmcs_server_fqdn", "BCMCS server FQDN", Kind::Str).spec("RFC 8415");
    /// Address of a broadcast server of mobile networks.
    BCMCS_SERVER_A = Field::new("dhcpv6.bcmcs_server_a", "BCMCS server address", Kind::Ipv6).spec("RFC 8415");
    /// Who is at the far end: a modem, a caller, a switch.
    REMOTEID_ENTERPRISE_ID = Field::new("dhcpv6.remoteid_enterprise_id", "Remote-ID", Kind::Bytes).spec("RFC 8415");
    /// Who the customer is.
    SUBSCRIBER_ID = Field::new("dhcpv6.subscriber_id", "Subscriber-ID", Kind::Str).spec("RFC 8415");
    /// The client's name with its domain.
    CLIENT_DOMAIN = Field::new("dhcpv6.client_domain", "Client Domain Name", Kind::Str).spec("RFC 8415");
    /// Agent at which the client authenticates itself for the network.
    PANA_AGENT = Field::new("dhcpv6.pana_agent", "PANA agents address", Kind::Ipv6).spec("RFC 8415");
    /// Time zone as POSIX writes it.
    TIMEZONE = Field::new("dhcpv6.timezone", "Time-zone", Kind::Str).spec("RFC 8415");
    /// Time zone by its name in the common database.
    TZDB = Field::new("dhcpv6.tzdb", "TZ-database", Kind::Str).spec("RFC 8415");
    /// By what leases are looked up.
    LQ_QUERY = Field::new("dhcpv6.lq_query", "Query-type", Kind::U8).values(LQ_QUERY_NAMES).spec("RFC 8415");
    /// Network whose leases are asked for.
    LQ_QUERY_LINK_ADDRESS = Field::new("dhcpv6.lq_query_link_address", "Link address", Kind::Ipv6).spec("RFC 8415");
    /// Seconds since the server last heard of the client.
    CLT_TIME = Field::new("dhcpv6.clt_time", "Clt_time", Kind::U32).spec("RFC 8415");
    /// Relay through which the client last came.
    LQ_RELAY_DATA_PEER_ADDR = Field::new("dhcpv6.lq_relay_data_peer_addr", "Peer address", Kind::Ipv6).spec("RFC 8415");
    /// The relay's last message for the client.
    LQ_RELAY_DATA_MSG = Field::new("dhcpv6.lq_relay_data_msg", "DHCPv6 relay message", Kind::Str).spec("RFC 8415");
    /// Network on which the client has leases.
    LQ_CLIENT_LINK = Field::new("dhcpv6.lq_client_link", "LQ client links address", Kind::Ipv6).spec("RFC 8415");
    /// Controller of a wireless access point.
    CAPWAP_AC_V6 = Field::new("dhcpv6.capwap_ac_v6", "CAPWAP Access Controllers address", Kind::Ipv6).spec("RFC 8415");
    /// Far end of the tunnel that carries IPv4 over IPv6.
    AFTR_NAME = Field::new("dhcpv6.aftr_name", "DS-Lite AFTR Name", Kind::Str).spec("RFC 8415");
    /// For how many seconds the prefix may be used for new connections.
    IAPREFIX_PREF_LIFETIME = Field::new("dhcpv6.iaprefix.pref_lifetime", "Preferred lifetime", Kind::U32).spec("RFC 8415");
    /// For how many seconds the prefix may be used at all.
    IAPREFIX_VALID_LIFETIME = Field::new("dhcpv6.iaprefix.valid_lifetime", "Valid lifetime", Kind::U32).spec("RFC 8415");
    /// How many bits the prefix has.
    IAPREFIX_PREF_LEN = Field::new("dhcpv6.iaprefix.pref_len", "Prefix length", Kind::U8).spec("RFC 8415");
    /// A prefix from which a router may number its own networks.
    IAPREFIX_PREF_ADDR = Field::new("dhcpv6.iaprefix.pref_addr", "Prefix address", Kind::Ipv6).spec("RFC 8415");
    /// How many bits the part that is left out has.
    PD_EXCLUDE_PREF_LEN = Field::new("dhcpv6.pd_exclude.pref_len", "Prefix length", Kind::U8).spec("RFC 8415");
    /// Part of the prefix that is left out: it stays with the provider.
    PD_EXCLUDE_SUBNET_ID = Field::new("dhcpv6.pd_exclude.subnet_id", "IPv6 subnet ID", Kind::Bytes).spec("RFC 8415");
    /// Length of the class's name.
    USERCLASS_LENGTH = Field::new("dhcpv6.userclass.length", "Length", Kind::U16).spec("RFC 8415");
    /// Name of a class that the user or administrator put the client into.
    USERCLASS_OPAQUE_DATA = Field::new("dhcpv6.userclass.opaque_data", "Suboption", Kind::Bytes).spec("RFC 8415");
    /// Whether the time server is given by address, group or name.
    NTPSERVER_OPTION_TYPE = Field::new("dhcpv6.ntpserver.option.type", "Suboption", Kind::U16).values(&[(1, "NTP Server Address"), (2, "NTP Multicast Address"), (3, "NTP Server FQDN")]).spec("RFC 8415");
    /// Length of the suboption.
    NTPSERVER_OPTION_LENGTH = Field::new("dhcpv6.ntpserver.option.length", "Length", Kind::U16).spec("RFC 8415");
    /// Time server by address.
    NTPSERVER_ADDR = Field::new("dhcpv6.ntpserver.addr", "NTP Server Address", Kind::Ipv6).spec("RFC 8415");
    /// Group in which the time is announced.
    NTPSERVER_MC_ADDR = Field::new("dhcpv6.ntpserver.mc_addr", "NTP Multicast Address", Kind::Ipv6).spec("RFC 8415");
    /// Web page at which one must log in first.
    CAPTIVE_PORTAL = Field::new("dhcpv6.captive_portal", "Captive Portal", Kind::Str).spec("RFC 8415");
    /// A way to carry IPv4 over IPv6, in the order of preference.
    OPTION_CODE = Field::new("dhcpv6.option_code", "S46 Option code", Kind::U16).hex().values(OPTION_CODE_NAMES).spec("RFC 8415");
    /// State of the lease, between two servers that stand in for each other.
    FAILOVER_BINDING_STATUS = Field::new("dhcpv6.failover.binding_status", "Failover Binding Status", Kind::U8).values(FAILOVER_BINDING_STATUS_NAMES).spec("RFC 8415");
    /// What the servers agree on, as bits.
    FAILOVER_CONNECT_FLAGS = Field::new("dhcpv6.failover.connect.flags", "Flags", Kind::U16).hex().spec("RFC 8415");
    /// Not used; zero.
    FAILOVER_CONNECT_FLAGS_RESERVED = Field::new("dhcpv6.failover.connect.flags.reserved", "Reserved", Kind::Bool).mask(0xfffe).width(16).spec("RFC 8415");
    /// All prefixes have the same length.
    FAILOVER_CONNECT_FLAGS_F = Field::new("dhcpv6.failover.connect.flags.f", "Fixed PD Length (F)", Kind::Bool).mask(0x1).width(16).spec("RFC 8415");
    /// The client's name in DNS.
    FAILOVER_DNS_HOSTNAME = Field::new("dhcpv6.failover.dns_hostname", "DNS Hostname", Kind::Str).spec("RFC 8415");
    /// The zone of the client's name.
    FAILOVER_DNS_ZONENAME = Field::new("dhcpv6.failover.dns_zonename", "DNS Zone Name", Kind::Str).spec("RFC 8415");
    /// State of the client's DNS records, as bits.
    FAILOVER_DNS_FLAGS = Field::new("dhcpv6.failover.dns.flags", "Flags", Kind::U16).hex().spec("RFC 8415");
    /// Not used; zero.
    FAILOVER_DNS_FLAGS_RESERVED = Field::new("dhcpv6.failover.dns.flags.reserved", "Reserved", Kind::Bool).mask(0xfff0).width(16).spec("RFC 8415");
    /// The name is the one that the client asked for.
    FAILOVER_DNS_FLAGS_U = Field::new("dhcpv6.failover.dns.flags.u", "Using Requested FQDN (U)", Kind::Bool).mask(0x8).width(16).spec("RFC 8415");
    /// The name was made up by the server.
    FAILOVER_DNS_FLAGS_S = Field::new("dhcpv6.failover.dns.flags.s", "Synthesized Name (S)", Kind::Bool).mask(0x4).width(16).spec("RFC 8415");
    /// The reverse record is up to date.
    FAILOVER_DNS_FLAGS_R = Field::new("dhcpv6.failover.dns.flags.r", "Rev Uptodate (R)", Kind::Bool).mask(0x2).width(16).spec("RFC 8415");
    /// The address record is up to date.
    FAILOVER_DNS_FLAGS_F = Field::new("dhcpv6.failover.dns.flags.f", "Fwd Uptodate (F)", Kind::Bool).mask(0x1).width(16).spec("RFC 8415");
    /// When the lease ends, for the partner.
    FAILOVER_EXPIRATION_TIME = Field::new("dhcpv6.failover.expiration_time", "Expiration Time", Kind::U32).spec("RFC 8415");
    /// How many updates may wait for their confirmation.
    FAILOVER_MAX_UNACKED_BNDUPD = Field::new("dhcpv6.failover.max_unacked_bndupd", "Max number of unacked BNDUPD messages", Kind::U32).spec("RFC 8415");
    /// For how long a lease may be extended without the partner's knowing.
    FAILOVER_MCLT = Field::new("dhcpv6.failover.mclt", "Maximum Client Lead Time (MCLT)", Kind::U32).spec("RFC 8415");
    /// For how long the partner may extend the lease.
    FAILOVER_PARTNER_LIFETIME = Field::new("dhcpv6.failover.partner_lifetime", "Partner Lifetime", Kind::U32).spec("RFC 8415");
    /// The lifetime that was told to the partner.
    FAILOVER_PARTNER_LIFETIME_SENT = Field::new("dhcpv6.failover.partner_lifetime_sent", "Partner Lifetime Sent", Kind::U32).spec("RFC 8415");
    /// Since when the partner is down.
    FAILOVER_PARTNER_DOWN_TIME = Field::new("dhcpv6.failover.partner_down_time", "Partner Down Time", Kind::U32).spec("RFC 8415");
    /// When the partner last heard of the client.
    FAILOVER_PARTNER_RAW_CLT_TIME = Field::new("dhcpv6.failover.partner_raw_clt_time", "Partner Raw Client Time", Kind::U32).spec("RFC 8415");
    /// Version of the failover protocol, before the point.
    FAILOVER_PROTOCOL_MAJOR_VERSION = Field::new("dhcpv6.failover.protocol.major_version", "Protocol Major Version", Kind::U16).spec("RFC 8415");
    /// Version of the failover protocol, behind the point.
    FAILOVER_PROTOCOL_MINOR_VERSION = Field::new("dhcpv6.failover.protocol.minor_version", "Protocol Minor Version", Kind::U16).spec("RFC 8415");
    /// After how many seconds of silence the partner counts as lost.
    FAILOVER_KEEPALIVE_TIME = Field::new("dhcpv6.failover.keepalive_time", "Keepalive Time", Kind::U32).spec("RFC 8415");
    /// When the key for reconfiguration was made.
    FAILOVER_RECONFIGURE_TIME = Field::new("dhcpv6.failover.reconfigure_time", "Reconfigure Time", Kind::U32).spec("RFC 8415");
    /// Key by which the client believes a reconfiguration.
    FAILOVER_RECONFIGURE_KEY = Field::new("dhcpv6.failover.reconfigure_key", "Reconfigure Key", Kind::Bytes).spec("RFC 8415");
    /// Name of the pair of servers.
    FAILOVER_RELATIONSHIP_NAME = Field::new("dhcpv6.failover.relationship_name", "Relationship Name", Kind::Str).spec("RFC 8415");
    /// State of the server, as bits.
    FAILOVER_SERVER_FLAGS = Field::new("dhcpv6.failover.server.flags", "Flags", Kind::U8).hex().spec("RFC 8415");
    /// Not used; zero.
    FAILOVER_SERVER_FLAGS_RESERVED = Field::new("dhcpv6.failover.server.flags.reserved", "Reserved", Kind::Bool).mask(0xf8).spec("RFC 8415");
    /// The partner's start was noticed.
    FAILOVER_SERVER_FLAGS_A = Field::new("dhcpv6.failover.server.flags.a", "Ack Startup (A)", Kind::Bool).mask(0x4).spec("RFC 8415");
    /// The server is starting.
    FAILOVER_SERVER_FLAGS_S = Field::new("dhcpv6.failover.server.flags.s", "Startup (S)", Kind::Bool).mask(0x2).spec("RFC 8415");
    /// The servers have talked to each other.
    FAILOVER_SERVER_FLAGS_C = Field::new("dhcpv6.failover.server.flags.c", "Communicated (C)", Kind::Bool).mask(0x1).spec("RFC 8415");
    /// In which state the server is.
    FAILOVER_SERVER_STATE = Field::new("dhcpv6.failover.server_state", "Server State", Kind::U8).values(FAILOVER_SERVER_STATE_NAMES).spec("RFC 8415");
    /// Since when the server or lease is in its state.
    FAILOVER_START_TIME_OF_STATE = Field::new("dhcpv6.failover.start_time_of_state", "Start Time of State", Kind::U32).spec("RFC 8415");
    /// When the state of the lease ends.
    FAILOVER_STATE_EXPIRATION_TIME = Field::new("dhcpv6.failover.state_expiration_time", "State Expiration Time", Kind::U32).spec("RFC 8415");
    /// The relay sends from a port of its own, and wants answers there.
    RELAY_PORT = Field::new("dhcpv6.relay_port", "Downstream Source Port", Kind::U16).spec("RFC 8415");
    /// Time server by name.
    NTPSERVER_FQDN = Field::new("dhcpv6.ntpserver.fqdn", "NTP Server FQDN", Kind::Str).spec("RFC 8415");
    /// What the rule is for, as bits.
    S46_RULE_FLAGS = Field::new("dhcpv6.s46_rule.flags", "Flags", Kind::U8).hex().spec("RFC 8415");
    /// Not used; zero.
    S46_RULE_FLAGS_RESERVED = Field::new("dhcpv6.s46_rule.flags.reserved", "Reserved", Kind::Bool).mask(0xfe).spec("RFC 8415");
    /// The rule also leads to other customers directly.
    S46_RULE_FLAGS_FMR = Field::new("dhcpv6.s46_rule.flags.fmr", "Forwarding Mapping Rule", Kind::Bool).mask(0x1).spec("RFC 8415");
    /// How many bits of the IPv6 prefix tell the IPv4 address and ports.
    S46_RULE_EA_LEN = Field::new("dhcpv6.s46_rule.ea_len", "EA-bit length", Kind::U8).spec("RFC 8415");
    /// How many bits the IPv4 prefix has.
    S46_RULE_IPV4_PREF_LEN = Field::new("dhcpv6.s46_rule.ipv4_pref_len", "IPv4 prefix length", Kind::U8).spec("RFC 8415");
    /// IPv4 addresses that the rule maps.
    S46_RULE_IPV4_PREFIX = Field::new("dhcpv6.s46_rule.ipv4_prefix", "IPv4 prefix", Kind::Ipv4).spec("RFC 8415");
    /// How many bits the IPv6 prefix has.
    S46_RULE_IPV6_PREFIX_LEN = Field::new("dhcpv6.s46_rule.ipv6_prefix_len", "IPv6 prefix length", Kind::U8).spec("RFC 8415");
    /// IPv6 prefix that they are mapped to.
    S46_RULE_IPV6_PREFIX = Field::new("dhcpv6.s46_rule.ipv6_prefix", "IPv6 prefix", Kind::Ipv6).spec("RFC 8415");
    /// Router that leads to the IPv4 Internet.
    S46_BR_ADDRESS = Field::new("dhcpv6.s46_br.address", "BR address", Kind::Ipv6).spec("RFC 8415");
    /// How many bits the default prefix has.
    S46_DMR_DMR_PREF_LEN = Field::new("dhcpv6.s46_dmr.dmr_pref_len", "IPv6 prefix length", Kind::U8).spec("RFC 8415");
    /// IPv6 prefix under which the whole IPv4 Internet is found.
    S46_DMR_DMR_PREFIX = Field::new("dhcpv6.s46_dmr.dmr_prefix", "IPv6 prefix", Kind::Ipv6).spec("RFC 8415");
    /// The customer's IPv4 address.
    S46_V4V6BIND_IPV4_ADDRESS = Field::new("dhcpv6.s46_v4v6bind.ipv4_address", "IPv4 Address", Kind::Ipv4).spec("RFC 8415");
    /// How many bits the prefix has.
    S46_V4V6BIND_IPV6_PREF_LEN = Field::new("dhcpv6.s46_v4v6bind.ipv6_pref_len", "IPv6 prefix length", Kind::U8).spec("RFC 8415");
    /// IPv6 prefix of the tunnel's near end.
    S46_V4V6BIND_IPV6_PREFIX = Field::new("dhcpv6.s46_v4v6bind.ipv6_prefix", "IPv6 prefix", Kind::Ipv6).spec("RFC 8415");
    /// How many leading bits of ports are left out.
    S46_PORTPARAM_OFFSET = Field::new("dhcpv6.s46_portparam.offset", "Offset", Kind::U8).spec("RFC 8415");
    /// How many bits the port set has.
    S46_PORTPARAM_PSID_LEN = Field::new("dhcpv6.s46_portparam.psid_len", "PSID length", Kind::U8).spec("RFC 8415");
    /// Which set of ports the customer may use.
    S46_PORTPARAM_PSID = Field::new("dhcpv6.s46_portparam.psid", "PSID", Kind::U16).spec("RFC 8415");
    /// Where the maker describes what the device is meant to do on the network.
    MUDURL = Field::new("dhcpv6.mudurl", "MUDURL", Kind::Str).spec("RFC 8415");
}

crate::issues! {
    /// The option has another length than its kind allows.
    MALFORMED_OPTION = Issue::new("dhcpv6.malformed_option", "Malformed option", Severity::Error, Group::Protocol);
    /// The option is longer than what is left of the message.
    BOGUS_LENGTH = Issue::new("dhcpv6.bogus_length", "Bogus length", Severity::Error, Group::Malformed);
    /// Each relay counts one more than the one before it, and not beyond 32.
    ERROR_HOPCOUNT = Issue::new("dhcpv6.error_hopcount", "Detected error on hop-count", Severity::Warn, Group::Protocol);
    /// Only some messages may carry the client's name.
    BAD_MSGTYPE = Issue::new("dhcpv6.bad_msgtype", "This message type is not permitted to use OPTION_CLIENT_FQDN", Severity::Warn, Group::Protocol);
    /// No update at all, and an update of the address: that contradicts itself.
    S_BIT = Issue::new("dhcpv6.s_bit_should_be_zero", "ERROR: When the N-bit is set, the S-bit must be reset", Severity::Warn, Group::Protocol);
    /// The name does not have the form of DNS.
    NOT_DNS = Issue::new("dhcpv6.expert.name_not_dns_encoded", "ERROR: This name is not a DNS record encoded", Severity::Error, Group::Protocol);
    /// A name of one label leads to nothing mostly.
    TLD_LOOKUP = Issue::new("dhcpv6.expert.tld_lookup", "WARNING: TLDs are rarely resolvable ", Severity::Warn, Group::Protocol);
}
