//! What routing messages can say: their fields.

crate::fields! {
    /// Kept for later.
    DIS_FLAGS = Field::new("icmpv6.rpl.dis.flags", "Flags", Kind::U8).spec("RFC 6550 section 6.2");
    /// Which of several routing graphs of the network this is about.
    DIO_INSTANCE = Field::new("icmpv6.rpl.dio.instance", "RPLInstanceID", Kind::U8).spec("RFC 6550 section 6.3");
    /// Counts how often the graph was built anew.
    DIO_VERSION = Field::new("icmpv6.rpl.dio.version", "Version", Kind::U8).spec("RFC 6550 section 6.3");
    /// How far the sender is from the root; it grows on the way down, so that no loops arise.
    DIO_RANK = Field::new("icmpv6.rpl.dio.rank", "Rank", Kind::U16).spec("RFC 6550 section 6.3");
    /// What kind of graph it is.
    DIO_FLAG = Field::new("icmpv6.rpl.dio.flag", "Flags", Kind::U8).hex().spec("RFC 6550 section 6.3");
    /// The graph leads to where the network's purpose is served, not just to each other.
    DIO_FLAG_G = Field::new("icmpv6.rpl.dio.flag.g", "Grounded (G)", Kind::Bool).mask(0x80).spec("RFC 6550 section 6.3");
    /// Kept for later.
    DIO_FLAG_0 = Field::new("icmpv6.rpl.dio.flag.0", "Zero", Kind::Bool).mask(0x40).spec("RFC 6550 section 6.3");
    /// Whether routes downwards are kept, and by whom: by the root or by every router.
    DIO_FLAG_MOP = Field::new("icmpv6.rpl.dio.flag.mop", "Mode of Operation (MOP)", Kind::U8).mask(0x38).hex().values(&[(0, "No Downward routes maintained by RPL"), (1, "Non-Storing Mode of Operation"), (2, "Storing Mode of Operation with no multicast support"), (3, "Storing Mode of Operation with multicast support"), (4, "P2P Route Discovery Mode of Operation")]).spec("RFC 6550 section 6.3");
    /// How much this root is preferred over others.
    DIO_FLAG_PREFERENCE = Field::new("icmpv6.rpl.dio.flag.preference", "DODAG Preference", Kind::U8).mask(0x7).spec("RFC 6550 section 6.3");
    /// When it grows, the nodes below shall announce themselves again.
    DIO_DTSN = Field::new("icmpv6.rpl.dio.dtsn", "Destination Advertisement Trigger Sequence Number (DTSN)", Kind::U8).spec("RFC 6550 section 6.3");
    /// Address of the root, which is also the graph's name.
    DIO_DAGID = Field::new("icmpv6.rpl.dio.dagid", "DODAGID", Kind::Ipv6).spec("RFC 6550 section 6.3");
    /// Which of several routing graphs of the network this is about.
    DAO_INSTANCE = Field::new("icmpv6.rpl.dao.instance", "RPLInstanceID", Kind::U8).spec("RFC 6550 section 6.4");
    /// How the announcement is meant.
    DAO_FLAG = Field::new("icmpv6.rpl.dao.flag", "Flags", Kind::U8).hex().spec("RFC 6550 section 6.4");
    /// An acknowledgement is asked for.
    DAO_FLAG_K = Field::new("icmpv6.rpl.dao.flag.k", "DAO-ACK Request (K)", Kind::Bool).mask(0x80).spec("RFC 6550 section 6.4");
    /// The graph's name follows.
    DAO_FLAG_D = Field::new("icmpv6.rpl.dao.flag.d", "DODAGID Present (D)", Kind::Bool).mask(0x40).spec("RFC 6550 section 6.4");
    /// Kept for later.
    DAO_FLAG_RSV = Field::new("icmpv6.rpl.dao.flag.rsv", "Reserved", Kind::U8).mask(0x3f).spec("RFC 6550 section 6.4");
    /// Counts the announcements of a node; the acknowledgement repeats it.
    DAO_SEQUENCE = Field::new("icmpv6.rpl.dao.sequence", "DAO Sequence", Kind::U8).spec("RFC 6550 section 6.4");
    /// Address of the root, which is also the graph's name.
    DAO_DODAGID = Field::new("icmpv6.rpl.dao.dodagid", "DODAGID", Kind::Ipv6).spec("RFC 6550 section 6.4");
    /// Which of several routing graphs of the network this is about.
    DAOACK_INSTANCE = Field::new("icmpv6.rpl.daoack.instance", "RPLInstanceID", Kind::U8).spec("RFC 6550 section 6.5");
    /// Whether the graph's name follows.
    DAOACK_FLAG = Field::new("icmpv6.rpl.daoack.flag", "Flag", Kind::U8).hex().spec("RFC 6550 section 6.5");
    /// The graph's name follows.
    DAOACK_FLAG_D = Field::new("icmpv6.rpl.daoack.flag.d", "DODAGID Present (D)", Kind::Bool).mask(0x80).spec("RFC 6550 section 6.5");
    /// Kept for later.
    DAOACK_FLAG_RSV = Field::new("icmpv6.rpl.daoack.flag.rsv", "Reserved", Kind::U8).mask(0x7f).spec("RFC 6550 section 6.5");
    /// Number of the announcement that is acknowledged.
    DAOACK_SEQUENCE = Field::new("icmpv6.rpl.daoack.sequence", "DAO-ACK Sequence", Kind::U8).spec("RFC 6550 section 6.5");
    /// 0: accepted; from 128 on: rejected, look for another parent.
    DAOACK_STATUS = Field::new("icmpv6.rpl.daoack.status", "Status", Kind::U8).spec("RFC 6550 section 6.5");
    /// Address of the root, which is also the graph's name.
    DAOACK_DODAGID = Field::new("icmpv6.rpl.daoack.dodagid", "DODAGID", Kind::Ipv6).spec("RFC 6550 section 6.5");
    /// Which of several routing graphs of the network this is about.
    CC_INSTANCE = Field::new("icmpv6.rpl.cc.instance", "RPLInstanceID", Kind::U8).spec("RFC 6550 section 6.6");
    /// Whether it asks or answers.
    CC_FLAG = Field::new("icmpv6.rpl.cc.flag", "Flag", Kind::U8).hex().spec("RFC 6550 section 6.6");
    /// This is the answer.
    CC_FLAG_R = Field::new("icmpv6.rpl.cc.flag.r", "Response (R)", Kind::Bool).mask(0x80).spec("RFC 6550 section 6.6");
    /// Kept for later.
    CC_FLAG_RSV = Field::new("icmpv6.rpl.cc.flag.rsv", "Reserved", Kind::U8).mask(0x7f).spec("RFC 6550 section 6.6");
    /// A random number that the answer repeats.
    CC_NONCE = Field::new("icmpv6.rpl.cc.nonce", "CC Nonce", Kind::U16).hex().spec("RFC 6550 section 6.6");
    /// Address of the root, which is also the graph's name.
    CC_DODAGID = Field::new("icmpv6.rpl.cc.dodagid", "DODAGID", Kind::Ipv6).spec("RFC 6550 section 6.6");
    /// The counter that the other side must use next at least: older messages are replays.
    CC_DESTINATION_COUNTER = Field::new("icmpv6.rpl.cc.destination_counter", "Destination Counter", Kind::U32).spec("RFC 6550 section 6.6");
    /// How the message is secured.
    SECURE_FLAG = Field::new("icmpv6.rpl.secure.flag", "Flags", Kind::U8).hex().spec("RFC 6550 section 6.1");
    /// The counter is a time.
    SECURE_FLAG_T = Field::new("icmpv6.rpl.secure.flag.t", "Counter is Time (T)", Kind::Bool).mask(0x80).spec("RFC 6550 section 6.1");
    /// Kept for later.
    SECURE_FLAG_RSV = Field::new("icmpv6.rpl.secure.flag.rsv", "Reserved", Kind::U8).mask(0x7f).spec("RFC 6550 section 6.1");
    /// How it is encrypted and signed.
    SECURE_ALGORITHM = Field::new("icmpv6.rpl.secure.algorithm", "Algorithm", Kind::U8).values(&[(0, "Encryption: CCM with AES-128 / Signature: RSA with SHA-256")]).spec("RFC 6550 section 6.1");
    /// How the key is found: by number, by the two ends, or by source and number.
    SECURE_KIM = Field::new("icmpv6.rpl.secure.kim", "Key Identifier Mode (KIM)", Kind::U8).mask(0xc0).spec("RFC 6550 section 6.1");
    /// How long the check value is, and whether the message is encrypted.
    SECURE_LVL = Field::new("icmpv6.rpl.secure.lvl", "Security Level (LVL)", Kind::U8).mask(0x7).spec("RFC 6550 section 6.1");
    /// Kept for later.
    SECURE_RSV = Field::new("icmpv6.rpl.secure.rsv", "Reserved", Kind::U8).mask(0x38).spec("RFC 6550 section 6.1");
    /// Grows with every message, so that old ones cannot be sent again.
    SECURE_COUNTER = Field::new("icmpv6.rpl.secure.counter", "Counter", Kind::U32).spec("RFC 6550 section 6.1");
    /// Who made the key.
    SECURE_KEY_SOURCE = Field::new("icmpv6.rpl.secure.key.source", "Key Source", Kind::Bytes).spec("RFC 6550 section 6.1");
    /// Which of that maker's keys it is.
    SECURE_KEY_INDEX = Field::new("icmpv6.rpl.secure.key.index", "Key Source", Kind::U8).spec("RFC 6550 section 6.1");
    /// Which option this is.
    OPT_TYPE = Field::new("icmpv6.rpl.opt.type", "Type", Kind::U8).values(&[(0, "1-byte padding"), (1, "n-byte padding"), (2, "DAG Metric container"), (3, "Routing Information"), (4, "DODAG configuration"), (5, "RPL Target"), (6, "Transit Information"), (7, "Solicited Information"), (8, "Prefix Information"), (9, "RPL Target Descriptor"), (10, "P2P Route Discovery")]).spec("RFC 6550 section 6.7.1");
    /// Length of the option behind these two bytes.
    OPT_LENGTH = Field::new("icmpv6.rpl.opt.length", "Length", Kind::U8).spec("RFC 6550 section 6.7.1");
    /// Kept for later.
    OPT_RESERVED = Field::new("icmpv6.rpl.opt.reserved", "Reserved", Kind::None).spec("RFC 6550 section 6.7.1");
    /// Filling without meaning.
    OPT_PADN = Field::new("icmpv6.rpl.opt.padn", "Paddn", Kind::None).spec("RFC 6550 section 6.7.3");
    /// What is measured, or asked of a route.
    OPT_METRIC_TYPE = Field::new("icmpv6.rpl.opt.metric.type", "Routing Metric/Constraint Type", Kind::U8).values(&[(1, "Node State and Attribute"), (2, "Node Energy"), (3, "Hop Count"), (4, "Link Throughput"), (5, "Link Latency"), (6, "Link Quality Level"), (7, "Link ETX"), (8, "Link Color")]).spec("RFC 6551 section 2.1");
    /// How the metric is used.
    OPT_METRIC_FLAGS = Field::new("icmpv6.rpl.opt.metric.flags", "Flags", Kind::U16).hex().spec("RFC 6551 section 2.1");
    /// Kept for later.
    OPT_METRIC_RESERVED = Field::new("icmpv6.rpl.opt.metric.reserved", "Reserved Flags", Kind::U16).mask(0xf800).hex().spec("RFC 6551 section 2.1");
    /// Not all nodes on the path could record the metric.
    OPT_METRIC_FLAG_P = Field::new("icmpv6.rpl.opt.metric.flag.p", "Flag P", Kind::Bool).mask(0x400).width(16).flag().spec("RFC 6551 section 2.1");
    /// It is a constraint: routes that do not meet it are out.
    OPT_METRIC_FLAG_C = Field::new("icmpv6.rpl.opt.metric.flag.c", "Flag C", Kind::Bool).mask(0x200).width(16).flag().spec("RFC 6551 section 2.1");
    /// The constraint is only a wish.
    OPT_METRIC_FLAG_O = Field::new("icmpv6.rpl.opt.metric.flag.o", "Flag O", Kind::Bool).mask(0x100).width(16).flag().spec("RFC 6551 section 2.1");
    /// The value is recorded along the path, hop by hop.
    OPT_METRIC_FLAG_R = Field::new("icmpv6.rpl.opt.metric.flag.r", "Flag R", Kind::Bool).mask(0x80).width(16).flag().spec("RFC 6551 section 2.1");
    /// How values along the path become one: sum, largest, smallest, product.
    OPT_METRIC_FLAG_A = Field::new("icmpv6.rpl.opt.metric.flag.a", "A Field", Kind::U16).mask(0x70).hex().spec("RFC 6551 section 2.1");
    /// Which metric comes first where several are given; 0 is the first.
    OPT_METRIC_PREC = Field::new("icmpv6.rpl.opt.metric.prec", "Precedence field", Kind::U16).mask(0xf).hex().spec("RFC 6551 section 2.1");
    /// Length of the metric behind this byte.
    OPT_METRIC_LENGTH = Field::new("icmpv6.rpl.opt.metric.length", "Metric Length", Kind::U8).spec("RFC 6551 section 2.1");
    /// What state the node is in.
    OPT_METRIC_NSA_OBJECT = Field::new("icmpv6.rpl.opt.metric.nsa.object", "Node State and Attribute Object", Kind::U16).hex().spec("RFC 6551 section 3.1");
    /// Kept for later.
    OPT_METRIC_NSA_OBJECT_RESERVED = Field::new("icmpv6.rpl.opt.metric.nsa.object.reserved", "Reserved field", Kind::U16).mask(0xff00).hex().spec("RFC 6551 section 3.1");
    /// Kept for later.
    OPT_METRIC_NSA_OBJECT_FLAGS = Field::new("icmpv6.rpl.opt.metric.nsa.object.flags", "Flags", Kind::U16).mask(0xfc).hex().spec("RFC 6551 section 3.1");
    /// The node can add up data that pass through it.
    OPT_METRIC_NSA_OBJECT_FLAG_A = Field::new("icmpv6.rpl.opt.metric.nsa.object.flag.a", "Flag A", Kind::Bool).mask(0x2).width(16).flag().spec("RFC 6551 section 3.1");
    /// The node is overloaded.
    OPT_METRIC_NSA_OBJECT_FLAG_O = Field::new("icmpv6.rpl.opt.metric.nsa.object.flag.o", "Flag O", Kind::Bool).mask(0x1).width(16).flag().spec("RFC 6551 section 3.1");
    /// More about the node.
    OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT = Field::new("icmpv6.rpl.opt.metric.nsa.object.opttlv.object", "Node State and Attribute Optional TLV", Kind::U8).spec("RFC 6551 section 3.1");
    /// What is told.
    OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT_TYPE = Field::new("icmpv6.rpl.opt.metric.nsa.object.opttlv.object.type", "Node State and Attribute Optional TLV Type", Kind::U8).spec("RFC 6551 section 3.1");
    /// Length of what is told.
    OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT_LENGTH = Field::new("icmpv6.rpl.opt.metric.nsa.object.opttlv.object.length", "Node State and Attribute Optional TLV Length", Kind::U8).spec("RFC 6551 section 3.1");
    /// What is told.
    OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT_DATA = Field::new("icmpv6.rpl.opt.metric.nsa.object.opttlv.object.data", "Raw Data", Kind::Bytes).spec("RFC 6551 section 3.1");
    /// How much energy the node has.
    OPT_METRIC_NE_OBJECT = Field::new("icmpv6.rpl.opt.metric.ne.object", "Node Energy Object", Kind::U16).hex().spec("RFC 6551 section 3.2");
    /// Kept for later.
    OPT_METRIC_NE_OBJECT_FLAGS = Field::new("icmpv6.rpl.opt.metric.ne.object.flags", "Flags field", Kind::U16).mask(0xf000).hex().spec("RFC 6551 section 3.2");
    /// The kind of source that follows is to be taken; otherwise it is to be avoided.
    OPT_METRIC_NE_OBJECT_FLAG_I = Field::new("icmpv6.rpl.opt.metric.ne.object.flag.i", "Flag I", Kind::Bool).mask(0x800).width(16).flag().spec("RFC 6551 section 3.2");
    /// Mains (0), battery (1), or scavenger such as a solar cell (2).
    OPT_METRIC_NE_OBJECT_TYPE = Field::new("icmpv6.rpl.opt.metric.ne.object.type", "Type", Kind::U16).mask(0x600).hex().spec("RFC 6551 section 3.2");
    /// The energy that is left is told.
    OPT_METRIC_NE_OBJECT_FLAG_E = Field::new("icmpv6.rpl.opt.metric.ne.object.flag.e", "Flag E", Kind::Bool).mask(0x100).width(16).flag().spec("RFC 6551 section 3.2");
    /// Energy that is left, in percent.
    OPT_METRIC_NE_OBJECT_ENERGY = Field::new("icmpv6.rpl.opt.metric.ne.object.energy", "Energy", Kind::U16).mask(0xff).hex().spec("RFC 6551 section 3.2");
    /// How many hops the path has.
    OPT_METRIC_HP_OBJECT = Field::new("icmpv6.rpl.opt.metric.hp.object", "Hop Count Object", Kind::U16).hex().spec("RFC 6551 section 3.3");
    /// Kept for later.
    OPT_METRIC_HP_OBJECT_RESERVED = Field::new("icmpv6.rpl.opt.metric.hp.object.reserved", "Reserved field", Kind::U16).mask(0xf000).hex().spec("RFC 6551 section 3.3");
    /// Kept for later.
    OPT_METRIC_HP_OBJECT_FLAGS = Field::new("icmpv6.rpl.opt.metric.hp.object.flags", "Flags", Kind::U16).mask(0xf00).hex().spec("RFC 6551 section 3.3");
    /// Hops so far, or at most.
    OPT_METRIC_HP_OBJECT_HP = Field::new("icmpv6.rpl.opt.metric.hp.object.hp", "Hop Count", Kind::U16).mask(0xff).spec("RFC 6551 section 3.3");
    /// What the link carries, in bytes per second.
    OPT_METRIC_LT_OBJECT_LT = Field::new("icmpv6.rpl.opt.metric.lt.object.lt", "Link Throughput", Kind::U32).spec("RFC 6551 section 4.1");
    /// How long the link takes, in microseconds.
    OPT_METRIC_LL_OBJECT_LL = Field::new("icmpv6.rpl.opt.metric.ll.object.ll", "Link Latency", Kind::U32).spec("RFC 6551 section 4.2");
    /// How many links of one quality the path has.
    OPT_METRIC_LQL_OBJECT = Field::new("icmpv6.rpl.opt.metric.lql.object", "Link Quality Level Object", Kind::U8).hex().spec("RFC 6551 section 4.3.1");
    /// Kept for later.
    OPT_METRIC_LQL_OBJECT_RES = Field::new("icmpv6.rpl.opt.metric.lql.object.res", "Reserved field", Kind::U8).mask(0xff).hex().spec("RFC 6551 section 4.3.1");
    /// Quality from 1 (best) to 7; 0 is unknown.
    OPT_METRIC_LQL_OBJECT_VAL = Field::new("icmpv6.rpl.opt.metric.lql.object.val", "Val(ue)", Kind::U8).mask(0xe0).hex().spec("RFC 6551 section 4.3.1");
    /// How many links have this quality.
    OPT_METRIC_LQL_OBJECT_COUNTER = Field::new("icmpv6.rpl.opt.metric.lql.object.counter", "Counter", Kind::U8).mask(0x1f).spec("RFC 6551 section 4.3.1");
    /// How often a packet must be sent on average until it arrives, times 128.
    OPT_METRIC_ETX_OBJECT_ETX = Field::new("icmpv6.rpl.opt.metric.etx.object.etx", "ETX", Kind::U16).spec("RFC 6551 section 4.3.2");
    /// Colours by which an administrator marks links.
    OPT_METRIC_LC_OBJECT = Field::new("icmpv6.rpl.opt.metric.lc.object", "Link Color Object", Kind::None).spec("RFC 6551 section 4.4");
    /// Kept for later.
    OPT_METRIC_LC_OBJECT_RES = Field::new("icmpv6.rpl.opt.metric.lc.object.res", "Reserved field", Kind::U8).mask(0xff).hex().spec("RFC 6551 section 4.4");
    /// The colour: each bit means what the administrator wants.
    OPT_METRIC_LC_OBJECT_LC = Field::new("icmpv6.rpl.opt.metric.lc.object.lc", "Link Color", Kind::U16).mask(0xffc0).hex().spec("RFC 6551 section 4.4");
    /// How many links have this colour.
    OPT_METRIC_LC_OBJECT_COUNTER = Field::new("icmpv6.rpl.opt.metric.lc.object.counter", "Counter", Kind::U16).mask(0x3f).spec("RFC 6551 section 4.4");
    /// Kept for later.
    OPT_METRIC_LC_OBJECT_RESERVED = Field::new("icmpv6.rpl.opt.metric.lc.object.reserved", "Reserved", Kind::U16).mask(0x3e).spec("RFC 6551 section 4.4");
    /// Links of the colour are to be taken; otherwise to be avoided.
    OPT_METRIC_LC_OBJECT_FLAG_I = Field::new("icmpv6.rpl.opt.metric.lc.object.flag.i", "Flag I", Kind::U16).mask(0x1).spec("RFC 6551 section 4.4");
    /// How many bits of the prefix count.
    OPT_ROUTE_PREFIX_LENGTH = Field::new("icmpv6.rpl.opt.route.prefix_length", "Prefix Length", Kind::U8).spec("RFC 6550 section 6.7.5");
    /// How good the route is.
    OPT_ROUTE_FLAG = Field::new("icmpv6.rpl.opt.route.flag", "Flag", Kind::U8).hex().spec("RFC 6550 section 6.7.5");
    /// Which route to take first.
    OPT_ROUTE_PREF = Field::new("icmpv6.rpl.opt.route.pref", "Preference", Kind::U8).mask(0x18).values(&[(0, "Medium"), (1, "High"), (2, "Reserved"), (3, "Low")]).spec("RFC 6550 section 6.7.5");
    /// Kept for later.
    OPT_ROUTE_RESERVED = Field::new("icmpv6.rpl.opt.route.reserved", "Reserved", Kind::U8).mask(0xe7).spec("RFC 6550 section 6.7.5");
    /// For how many seconds the route may be used.
    OPT_ROUTE_LIFETIME = Field::new("icmpv6.rpl.opt.route.lifetime", "Route Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 6550 section 6.7.5");
    /// Where the route leads.
    OPT_ROUTE_PREFIX = Field::new("icmpv6.rpl.opt.route.prefix", "Prefix", Kind::Ipv6).spec("RFC 6550 section 6.7.5");
    /// Which features are on.
    OPT_CONFIG_FLAG = Field::new("icmpv6.rpl.opt.config.flag", "Flag", Kind::U8).hex().spec("RFC 6550 section 6.7.6");
    /// Kept for later.
    OPT_CONFIG_RESERVED = Field::new("icmpv6.rpl.opt.config.reserved", "Reserved", Kind::U8).mask(0xf0).spec("RFC 6550 section 6.7.6");
    /// Only nodes with a key may become routers.
    OPT_CONFIG_AUTH = Field::new("icmpv6.rpl.opt.config.auth", "Authentication Enabled", Kind::Bool).mask(0x8).flag().spec("RFC 6550 section 6.7.6");
    /// How many bits of a path control count, less one.
    OPT_CONFIG_PCS = Field::new("icmpv6.rpl.opt.config.pcs", "Path Control Size", Kind::U8).mask(0x7).spec("RFC 6550 section 6.7.6");
    /// How often the interval between graph messages may double while all is quiet.
    OPT_CONFIG_INTERVAL_DOUBLE = Field::new("icmpv6.rpl.opt.config.interval_double", "DIOIntervalDoublings", Kind::U8).spec("RFC 6550 section 6.7.6");
    /// Shortest interval: 2 to this power milliseconds.
    OPT_CONFIG_INTERVAL_MIN = Field::new("icmpv6.rpl.opt.config.interval_min", "DIOIntervalMin", Kind::U16).spec("RFC 6550 section 6.7.6");
    /// Who heard this many equal messages keeps silent itself.
    OPT_CONFIG_REDUNDANCY = Field::new("icmpv6.rpl.opt.config.redundancy", "DIORedundancyConstant", Kind::U8).spec("RFC 6550 section 6.7.6");
    /// How much a node's rank may grow above its lowest in this version.
    OPT_CONFIG_MAX_RANK_INC = Field::new("icmpv6.rpl.opt.config.max_rank_inc", "MaxRankInc", Kind::U16).spec("RFC 6550 section 6.7.6");
    /// How much the rank grows with every hop at least.
    OPT_CONFIG_MIN_HOP_RANK_INC = Field::new("icmpv6.rpl.opt.config.min_hop_rank_inc", "MinHopRankInc", Kind::U16).spec("RFC 6550 section 6.7.6");
    /// By which rules parents are chosen.
    OPT_CONFIG_OCP = Field::new("icmpv6.rpl.opt.config.ocp", "OCP (Objective Code Point)", Kind::U16).spec("RFC 6550 section 6.7.6");
    /// Kept for later.
    OPT_CONFIG_RSV = Field::new("icmpv6.rpl.opt.config.rsv", "Reserved", Kind::U8).spec("RFC 6550 section 6.7.6");
    /// How many units a route may be used, if it does not say otherwise.
    OPT_CONFIG_DEF_LIFETIME = Field::new("icmpv6.rpl.opt.config.def_lifetime", "Default Lifetime", Kind::U8).spec("RFC 6550 section 6.7.6");
    /// How many seconds such a unit has.
    OPT_CONFIG_LIFETIME_UNIT = Field::new("icmpv6.rpl.opt.config.lifetime_unit", "Lifetime Unit", Kind::U16).spec("RFC 6550 section 6.7.6");
    /// Kept for later.
    OPT_TARGET_FLAG = Field::new("icmpv6.rpl.opt.target.flag", "Reserved", Kind::None).spec("RFC 6550 section 6.7.7");
    /// How many bits of the target count.
    OPT_TARGET_PREFIX_LENGTH = Field::new("icmpv6.rpl.opt.target.prefix_length", "Target Length", Kind::U8).spec("RFC 6550 section 6.7.7");
    /// An address or network that can be reached through the sender.
    OPT_TARGET_PREFIX = Field::new("icmpv6.rpl.opt.target.prefix", "Target", Kind::Ipv6).spec("RFC 6550 section 6.7.7");
    /// About the targets before it.
    OPT_TRANSIT_FLAG = Field::new("icmpv6.rpl.opt.transit.flag", "Flags", Kind::U8).hex().spec("RFC 6550 section 6.7.8");
    /// The targets lie outside of the graph.
    OPT_TRANSIT_FLAG_E = Field::new("icmpv6.rpl.opt.transit.flag.e", "External", Kind::Bool).mask(0x80).flag().spec("RFC 6550 section 6.7.8");
    /// Kept for later.
    OPT_TRANSIT_FLAG_RSV = Field::new("icmpv6.rpl.opt.transit.flag.rsv", "Reserved", Kind::U8).mask(0x7f).spec("RFC 6550 section 6.7.8");
    /// Limits how many parents may announce the targets, and ranks them.
    OPT_TRANSIT_PATHCTL = Field::new("icmpv6.rpl.opt.transit.pathctl", "Path Control", Kind::U8).spec("RFC 6550 section 6.7.8");
    /// Grows when the route is told anew.
    OPT_TRANSIT_PATHSEQ = Field::new("icmpv6.rpl.opt.transit.pathseq", "Path Sequence", Kind::U8).spec("RFC 6550 section 6.7.8");
    /// For how many units the route may be used; 0 takes it back.
    OPT_TRANSIT_PATHLIFETIME = Field::new("icmpv6.rpl.opt.transit.pathlifetime", "Path Lifetime", Kind::U8).spec("RFC 6550 section 6.7.8");
    /// The parent through which the targets are reached.
    OPT_TRANSIT_PARENT = Field::new("icmpv6.rpl.opt.transit.parent", "Parent Address", Kind::Ipv6).spec("RFC 6550 section 6.7.8");
    /// Only graphs of this number shall answer.
    OPT_SOLICITED_INSTANCE = Field::new("icmpv6.rpl.opt.solicited.instance", "Instance", Kind::U8).spec("RFC 6550 section 6.7.9");
    /// Which of the conditions hold.
    OPT_SOLICITED_FLAG = Field::new("icmpv6.rpl.opt.solicited.flag", "Flag", Kind::U8).hex().spec("RFC 6550 section 6.7.9");
    /// The version must fit.
    OPT_SOLICITED_FLAG_V = Field::new("icmpv6.rpl.opt.solicited.flag.v", "Version predicate", Kind::Bool).mask(0x80).words("False", "True").spec("RFC 6550 section 6.7.9");
    /// The number of the graph must fit.
    OPT_SOLICITED_FLAG_I = Field::new("icmpv6.rpl.opt.solicited.flag.i", "InstanceID predicate", Kind::Bool).mask(0x40).words("False", "True").spec("RFC 6550 section 6.7.9");
    /// The graph's name must fit.
    OPT_SOLICITED_FLAG_D = Field::new("icmpv6.rpl.opt.solicited.flag.d", "DODAGID predicate", Kind::Bool).mask(0x20).words("False", "True").spec("RFC 6550 section 6.7.9");
    /// Kept for later.
    OPT_SOLICITED_FLAG_RSV = Field::new("icmpv6.rpl.opt.solicited.flag.rsv", "Reserved", Kind::U8).mask(0x1f).spec("RFC 6550 section 6.7.9");
    /// Only the graph of this name shall answer.
    OPT_SOLICITED_DODAGID = Field::new("icmpv6.rpl.opt.solicited.dodagid", "DODAGID", Kind::Ipv6).spec("RFC 6550 section 6.7.9");
    /// Only this version of it shall answer.
    OPT_SOLICITED_VERSION = Field::new("icmpv6.rpl.opt.solicited.version", "Version", Kind::U8).spec("RFC 6550 section 6.7.9");
    /// How many bits of the prefix count.
    OPT_PREFIX_LENGTH = Field::new("icmpv6.rpl.opt.prefix.length", "Prefix Length", Kind::U8).spec("RFC 6550 section 6.7.10");
    /// How the prefix may be used.
    OPT_PREFIX_FLAG = Field::new("icmpv6.rpl.opt.prefix.flag", "Flag", Kind::U8).hex().spec("RFC 6550 section 6.7.10");
    /// Hosts with this prefix are reached without a router.
    OPT_PREFIX_FLAG_L = Field::new("icmpv6.rpl.opt.prefix.flag.l", "On Link", Kind::Bool).mask(0x80).flag().spec("RFC 6550 section 6.7.10");
    /// Nodes may make addresses of their own with this prefix.
    OPT_CONFIG_FLAG_A = Field::new("icmpv6.rpl.opt.config.flag.a", "Auto Address Config", Kind::Bool).mask(0x40).flag().spec("RFC 6550 section 6.7.10");
    /// The prefix is the parent's whole address.
    OPT_CONFIG_FLAG_R = Field::new("icmpv6.rpl.opt.config.flag.r", "Router Address", Kind::Bool).mask(0x20).flag().spec("RFC 6550 section 6.7.10");
    /// Kept for later.
    OPT_CONFIG_FLAG_RSV = Field::new("icmpv6.rpl.opt.config.flag.rsv", "Reserved", Kind::U8).mask(0x1f).spec("RFC 6550 section 6.7.10");
    /// For how many seconds addresses made with the prefix may be used.
    OPT_PREFIX_VALID_LIFETIME = Field::new("icmpv6.rpl.opt.prefix.valid_lifetime", "Valid Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 6550 section 6.7.10");
    /// For how many seconds they may be used for new connections.
    OPT_PREFIX_PREFERRED_LIFETIME = Field::new("icmpv6.rpl.opt.prefix.preferred_lifetime", "Preferred Lifetime", Kind::U32).values(&[(4294967295, "Infinity")]).spec("RFC 6550 section 6.7.10");
    /// The first part of every address in this network.
    OPT_PREFIX = Field::new("icmpv6.rpl.opt.prefix", "Destination Prefix", Kind::Ipv6).spec("RFC 6550 section 6.7.10");
    /// A mark that was put on the targets by whoever announced them first.
    OPT_TARGETDESC_DESCRIPTOR = Field::new("icmpv6.rpl.opt.targetdesc.descriptor", "Descriptor", Kind::U32).hex().spec("RFC 6550 section 6.7.11");
    /// How the route is looked for.
    OPT_ROUTEDISCOVERY_FLAG = Field::new("icmpv6.rpl.opt.routediscovery.flag", "Flags", Kind::None).spec("RFC 6997 section 7");
    /// The target shall answer.
    OPT_ROUTEDISCOVERY_FLAG_REPLY = Field::new("icmpv6.rpl.opt.routediscovery.flag.reply", "Reply", Kind::Bool).mask(0x80).words("No", "Yes").spec("RFC 6997 section 7");
    /// Routers shall remember the route; otherwise the sender writes it into every packet.
    OPT_ROUTEDISCOVERY_FLAG_HOPBYHOP = Field::new("icmpv6.rpl.opt.routediscovery.flag.hopbyhop", "Hop-by-Hop", Kind::Bool).mask(0x40).words("No", "Yes").spec("RFC 6997 section 7");
    /// How many routes are wanted, less one.
    OPT_ROUTEDISCOVERY_FLAG_NUMOFROUTES = Field::new("icmpv6.rpl.opt.routediscovery.flag.numofroutes", "Number of Routes", Kind::U8).mask(0x30).spec("RFC 6997 section 7");
    /// How many leading bytes are left out of every address, being the same as in the graph's name.
    OPT_ROUTEDISCOVERY_FLAG_COMPR = Field::new("icmpv6.rpl.opt.routediscovery.flag.compr", "Compr", Kind::U8).mask(0xf).spec("RFC 6997 section 7");
    /// For how long nodes keep the temporary graph: 1, 4, 16 or 64 seconds.
    OPT_ROUTEDISCOVERY_LIFETIME = Field::new("icmpv6.rpl.opt.routediscovery.lifetime", "Lifetime", Kind::U8).mask(0xc0).spec("RFC 6997 section 7");
    /// Nodes farther away than this do not join; 0 sets no limit.
    OPT_ROUTEDISCOVERY_MAXRANK = Field::new("icmpv6.rpl.opt.routediscovery.maxrank", "MaxRank", Kind::U8).mask(0x3f).spec("RFC 6997 section 7");
    /// Which address of the vector comes next on the way back.
    OPT_ROUTEDISCOVERY_NH = Field::new("icmpv6.rpl.opt.routediscovery.nh", "NH", Kind::U8).mask(0x3f).spec("RFC 6997 section 7");
    /// Who is looked for.
    OPT_ROUTEDISCOVERY_TARGETADDR = Field::new("icmpv6.rpl.opt.routediscovery.targetaddr", "Target Address", Kind::Ipv6).spec("RFC 6997 section 7");
    /// The route so far.
    OPT_ROUTEDISCOVERY_ADDR_VEC = Field::new("icmpv6.rpl.opt.routediscovery.addr_vec", "Address Vector", Kind::None).spec("RFC 6997 section 7");
    /// A node of the route.
    OPT_ROUTEDISCOVERY_ADDRVEC_ADDR = Field::new("icmpv6.rpl.opt.routediscovery.addrvec.addr", "Address", Kind::Ipv6).spec("RFC 6997 section 7");
    /// Which of several routing graphs of the network this is about.
    P2P_DRO_INSTANCE = Field::new("icmpv6.rpl.p2p.dro.instance", "RPLInstanceID", Kind::U8).spec("RFC 6997 section 8");
    /// Not used: sent as zero.
    P2P_DRO_VERSION = Field::new("icmpv6.rpl.p2p.dro.version", "Version", Kind::U8).spec("RFC 6997 section 8");
    /// How the answer is meant.
    P2P_DRO_FLAG = Field::new("icmpv6.rpl.p2p.dro.flag", "Flags", Kind::U16).hex().spec("RFC 6997 section 8");
    /// The search is over: nobody need ask on.
    P2P_DRO_FLAG_STOP = Field::new("icmpv6.rpl.p2p.dro.flag.stop", "Stop", Kind::Bool).mask(0x8000).width(16).words("No", "Yes").spec("RFC 6997 section 8");
    /// An acknowledgement is asked for.
    P2P_DRO_FLAG_ACK = Field::new("icmpv6.rpl.p2p.dro.flag.ack", "Ack", Kind::Bool).mask(0x4000).width(16).words("No", "Yes").spec("RFC 6997 section 8");
    /// Counts the answers of a search.
    P2P_DRO_FLAG_SEQ = Field::new("icmpv6.rpl.p2p.dro.flag.seq", "Seq", Kind::U16).mask(0x3000).spec("RFC 6997 section 8");
    /// Kept for later.
    P2P_DRO_FLAG_RESERVED = Field::new("icmpv6.rpl.p2p.dro.flag.reserved", "Reserved", Kind::U16).mask(0xfff).spec("RFC 6997 section 8");
    /// The temporary graph's name: the address of whoever searches.
    P2P_DRO_DAGID = Field::new("icmpv6.rpl.p2p.dro.dagid", "DODAGID", Kind::Ipv6).spec("RFC 6997 section 8");
    /// Which answer is acknowledged.
    P2P_DROACK_FLAG = Field::new("icmpv6.rpl.p2p.droack.flag", "Flags", Kind::U16).hex().spec("RFC 6997 section 10");
    /// Number of that answer.
    P2P_DROACK_FLAG_SEQ = Field::new("icmpv6.rpl.p2p.droack.flag.seq", "Seq", Kind::U16).mask(0xc000).spec("RFC 6997 section 10");
    /// Kept for later.
    P2P_DROACK_FLAG_RESERVED = Field::new("icmpv6.rpl.p2p.droack.flag.reserved", "Reserved", Kind::U16).mask(0x3fff).spec("RFC 6997 section 10");
}
