//! What IGMP messages can say: their fields.

use crate::protocols::internet;

crate::fields! {
    /// What the message says.
    TYPE = Field::new("igmp.type", "Type", Kind::U8).hex().values(&[(1, "Create Group Request"), (2, "Create Group Reply"), (3, "Join Group Request"), (4, "Join Group Reply"), (5, "Leave Group Request"), (6, "Leave Group Reply"), (7, "Confirm Group Request"), (8, "Confirm Group Reply"), (17, "Membership Query"), (18, "Membership Report"), (19, "DVMRP Protocol"), (20, "PIM Routing Message"), (22, "Membership Report"), (23, "Leave Group"), (30, "Traceroute Response"), (31, "Traceroute Query or Request"), (34, "Membership Report")]).spec("RFC 3376 section 4");
    /// Kept for later.
    RESERVED = Field::new("igmp.reserved", "Reserved", Kind::Bytes).spec("RFC 3376 section 4");
    /// Which version of the protocol this is, told from type and length.
    VERSION = Field::new("igmp.version", "IGMP Version", Kind::U8).spec("RFC 3376 section 4");
    /// Whether the group is public.
    GROUP_TYPE = Field::new("igmp.group_type", "Type Of Group", Kind::U8).values(&[(0, "Public Group"), (1, "Private Group")]).spec("RFC 988");
    /// Whether the request was granted.
    REPLY = Field::new("igmp.reply", "Reply", Kind::U8).values(&[(0, "Request Granted"), (1, "Request Denied, No Resources"), (2, "Request Denied, Invalid Code"), (3, "Request Denied, Invalid Group"), (4, "Request Denied, Invalid Key")]).spec("RFC 988");
    /// After how many seconds to ask again.
    REPLY_PENDING = Field::new("igmp.reply.pending", "Reply Pending", Kind::U8).spec("RFC 988");
    /// A sum over the message by which the receiver notices damage.
    CHECKSUM = Field::new("igmp.checksum", "Checksum", Kind::U16).hex().spec("RFC 3376 section 4");
    /// Whether the checksum was verified here, and how that ended.
    CHECKSUM_STATUS = Field::new("igmp.checksum.status", "Checksum Status", Kind::U8).values(internet::CHECKSUM_STATES).base(Base::NameOnly).spec("RFC 3376 section 4");
    /// Tells requests of one host apart.
    IDENTIFIER = Field::new("igmp.identifier", "Identifier", Kind::U32).spec("RFC 988");
    /// A key for private groups.
    ACCESS_KEY = Field::new("igmp.access_key", "Access Key", Kind::Bytes).spec("RFC 988");
    /// Within which time hosts must answer, in tenths of a second: each waits at random, so that not all answer at
    /// once.
    MAX_RESP = Field::new("igmp.max_resp", "Max Resp Time", Kind::U8).spec("RFC 3376 section 4.1.1");
    /// Exponent of a long time.
    MAX_RESP_EXP = Field::new("igmp.max_resp.exp", "Exponent", Kind::U8).mask(0x70).hex().spec("RFC 3376 section 4");
    /// Mantissa of a long time.
    MAX_RESP_MANT = Field::new("igmp.max_resp.mant", "Mantissa", Kind::U8).mask(0xf).hex().spec("RFC 3376 section 4");
    /// Other routers shall not shorten their timers because of this query.
    S = Field::new("igmp.s", "S", Kind::Bool).mask(0x8).words("Do not suppress router side processing", "SUPPRESS router side processing").spec("RFC 3376 section 4");
    /// How many lost messages the querier allows for.
    QRV = Field::new("igmp.qrv", "QRV", Kind::U8).mask(0x7).spec("RFC 3376 section 4");
    /// How often the querier asks, in seconds.
    QQIC = Field::new("igmp.qqic", "QQIC", Kind::U8).spec("RFC 3376 section 4");
    /// How many senders are listed.
    NUM_SRC = Field::new("igmp.num_src", "Num Src", Kind::U16).spec("RFC 3376 section 4");
    /// A sender that the receiver wants to hear, or not.
    SADDR = Field::new("igmp.saddr", "Source Address", Kind::Ipv4).spec("RFC 3376 section 4");
    /// How many groups are reported.
    NUM_GRP_RECS = Field::new("igmp.num_grp_recs", "Num Group Records", Kind::U16).spec("RFC 3376 section 4");
    /// What the host wants of the group.
    RECORD_TYPE = Field::new("igmp.record_type", "Record Type", Kind::U8).values(&[(1, "Mode Is Include"), (2, "Mode Is Exclude"), (3, "Change To Include Mode"), (4, "Change To Exclude Mode"), (5, "Allow New Sources"), (6, "Block Old Sources")]).spec("RFC 3376 section 4");
    /// Length of additional data, in units of 4 bytes.
    AUX_DATA_LEN = Field::new("igmp.aux_data_len", "Aux Data Len", Kind::U8).spec("RFC 3376 section 4");
    /// The group: whoever joins it receives what is sent to this address.
    MADDR = Field::new("igmp.maddr", "Multicast Address", Kind::Ipv4).spec("RFC 3376 section 4");
    /// Additional data; none is defined.
    AUX_DATA = Field::new("igmp.aux_data", "Aux Data", Kind::Bytes).spec("RFC 3376 section 4");
    /// Data behind the message.
    DATA = Field::new("igmp.data", "Data", Kind::Bytes).spec("RFC 3376 section 4");
    /// How many routers the trace may pass.
    MTRACE_MAX_HOPS = Field::new("igmp.mtrace.max_hops", "# hops", Kind::U8).spec("RFC 8487");
    /// The sender whose way is traced.
    MTRACE_SADDR = Field::new("igmp.mtrace.saddr", "Source Address", Kind::Ipv4).spec("RFC 8487");
    /// The receiver to which the way is traced.
    MTRACE_RADDR = Field::new("igmp.mtrace.raddr", "Receiver Address", Kind::Ipv4).spec("RFC 8487");
    /// Where the answer goes.
    MTRACE_RSPADDR = Field::new("igmp.mtrace.rspaddr", "Response Address", Kind::Ipv4).spec("RFC 8487");
    /// Time to live of the answer.
    MTRACE_RESP_TTL = Field::new("igmp.mtrace.resp_ttl", "Response TTL", Kind::U8).spec("RFC 8487");
    /// Number of the query.
    MTRACE_Q_ID = Field::new("igmp.mtrace.q_id", "Query ID", Kind::U24).spec("RFC 8487");
    /// When the query came to this router.
    MTRACE_Q_ARRIVAL = Field::new("igmp.mtrace.q_arrival", "Query Arrival", Kind::U32).spec("RFC 8487");
    /// Where packets of the sender come in.
    MTRACE_Q_INADDR = Field::new("igmp.mtrace.q_inaddr", "In itf addr", Kind::Ipv4).spec("RFC 8487");
    /// Where they go out.
    MTRACE_Q_OUTADDR = Field::new("igmp.mtrace.q_outaddr", "Out itf addr", Kind::Ipv4).spec("RFC 8487");
    /// The router before this one.
    MTRACE_Q_PREVRTR = Field::new("igmp.mtrace.q_prevrtr", "Previous rtr addr", Kind::Ipv4).spec("RFC 8487");
    /// Packets that came in.
    MTRACE_Q_INPKT = Field::new("igmp.mtrace.q_inpkt", "In pkts", Kind::U32).spec("RFC 8487");
    /// Packets that went out.
    MTRACE_Q_OUTPKT = Field::new("igmp.mtrace.q_outpkt", "Out pkts", Kind::U32).spec("RFC 8487");
    /// Packets of this sender to this group.
    MTRACE_Q_TOTAL = Field::new("igmp.mtrace.q_total", "S,G pkt count", Kind::U32).spec("RFC 8487");
    /// By which routing protocol the router knows the way.
    MTRACE_Q_RTG_PROTO = Field::new("igmp.mtrace.q_rtg_proto", "Rtg Protocol", Kind::U8).values(&[(1, "DVMRP"), (2, "MOSPF"), (3, "PIM"), (4, "CBT"), (5, "PIM using special routing table"), (6, "PIM using a static route"), (7, "DVMRP using a static route"), (8, "PIM using MBGP (aka BGP4+) route"), (9, "CBT using special routing table"), (10, "CBT using a static route"), (11, "PIM using state created by Assert processing")]).spec("RFC 8487");
    /// Time to live that a packet must have to be forwarded.
    MTRACE_Q_FWD_TTL = Field::new("igmp.mtrace.q_fwd_ttl", "FwdTTL", Kind::U8).spec("RFC 8487");
    /// Kept for later.
    MTRACE_Q_MBZ = Field::new("igmp.mtrace.q_mbz", "MBZ", Kind::U8).mask(0x80).hex().spec("RFC 8487");
    /// The counts are for the whole group.
    MTRACE_Q_S = Field::new("igmp.mtrace.q_s", "S", Kind::U8).mask(0x40).hex().spec("RFC 8487");
    /// For how many bits of the sender's address the counts are.
    MTRACE_Q_SRC_MASK = Field::new("igmp.mtrace.q_src_mask", "Src Mask", Kind::U8).mask(0x3f).hex().spec("RFC 8487");
    /// What went wrong, if anything.
    MTRACE_Q_FWD_CODE = Field::new("igmp.mtrace.q_fwd_code", "Forwarding Code", Kind::U8).hex().values(&[(0, "NO_ERROR"), (1, "WRONG_IF"), (2, "PRUNE_SENT"), (3, "PRUNE_RCVD"), (4, "SCOPED"), (5, "NO_ROUTE"), (6, "WRONG_LAST_HOP"), (7, "NOT_FORWARDING"), (8, "REACHED_RP"), (9, "RPF_IF"), (10, "NO_MULTICAST"), (11, "INFO_HIDDEN"), (129, "NO_SPACE"), (130, "OLD_ROUTER"), (131, "ADMIN_PROHIB")]).spec("RFC 8487");
}
