//! The fields of private messages: what one program (xntpd, later ntpd) tells its monitoring tool `ntpdc` about itself. No RFC
//! defines them.

use super::fields::FLAGS_MODE_NAMES;

/// Words for `ntp.priv.reqcode`.
pub static PRIV_REQCODE_NAMES: &[(u64, &str)] = &[
    (0, "PEER_LIST"),
    (1, "PEER_LIST_SUM"),
    (2, "PEER_INFO"),
    (3, "PEER_STATS"),
    (4, "SYS_INFO"),
    (5, "SYS_STATS"),
    (6, "IO_STATS"),
    (7, "MEM_STATS"),
    (8, "LOOP_INFO"),
    (9, "TIMER_STATS"),
    (10, "CONFIG"),
    (11, "UNCONFIG"),
    (12, "SET_SYS_FLAG"),
    (13, "CLR_SYS_FLAG"),
    (14, "MONITOR"),
    (15, "NOMONITOR"),
    (16, "GET_RESTRICT"),
    (17, "RESADDFLAGS"),
    (18, "RESSUBFLAGS"),
    (19, "UNRESTRICT"),
    (20, "MON_GETLIST"),
    (21, "RESET_STATS"),
    (22, "RESET_PEER"),
    (23, "REREAD_KEYS"),
    (24, "DO_DIRTY_HACK"),
    (25, "DONT_DIRTY_HACK"),
    (26, "TRUSTKEY"),
    (27, "UNTRUSTKEY"),
    (28, "AUTHINFO"),
    (29, "TRAPS"),
    (30, "ADD_TRAP"),
    (31, "CLR_TRAP"),
    (32, "REQUEST_KEY"),
    (33, "CONTROL_KEY"),
    (34, "GET_CTLSTATS"),
    (35, "GET_LEAPINFO"),
    (36, "GET_CLOCKINFO"),
    (37, "SET_CLKFUDGE"),
    (38, "GET_KERNEL"),
    (39, "GET_CLKBUGINFO"),
    (41, "SET_PRECISION"),
    (42, "MON_GETLIST_1"),
    (43, "HOSTNAME_ASSOCID"),
    (44, "IF_STATS"),
    (45, "IF_RELOAD"),
];

/// Words for `ntp.priv.err`.
pub static PRIV_ERR_NAMES: &[(u64, &str)] = &[
    (0, "No error"),
    (1, "incompatible implementation number"),
    (2, "unimplemented request code"),
    (3, "format error"),
    (4, "no data available"),
    (5, "unknown"),
    (6, "unknown"),
    (7, "authentication failure"),
];

crate::fields! {
    /// Set in answers.
    PRIV_FLAGS_R = Field::new("ntp.priv.flags.r", "Response bit", Kind::U8).mask(0x80).values(&[(0, "Request"), (1, "Response")]);
    /// Set when further messages of the answer follow.
    PRIV_FLAGS_MORE = Field::new("ntp.priv.flags.more", "More bit", Kind::U8).mask(0x40);
    /// Whether the message is authenticated, and its place among the messages of an answer.
    PRIV_AUTH_SEQ = Field::new("ntp.priv.auth_seq", "Auth, sequence", Kind::U8);
    /// Set when an authenticator stands at the end.
    PRIV_AUTH = Field::new("ntp.priv.auth", "Auth bit", Kind::U8).mask(0x80);
    /// Place of the message among those of one answer, from 0.
    PRIV_SEQ = Field::new("ntp.priv.seq", "Sequence number", Kind::U8).mask(0x7f);
    /// Which program's private requests these are; nobody else understands them.
    PRIV_IMPL = Field::new("ntp.priv.impl", "Implementation", Kind::U8).values(&[(0, "UNIV"), (2, "XNTPD_OLD (pre-IPv6)"), (3, "XNTPD")]);
    /// What the request asks for or changes.
    PRIV_REQCODE = Field::new("ntp.priv.reqcode", "Request code", Kind::U8).values(PRIV_REQCODE_NAMES);
    /// Why the request failed; 0 means it did not.
    PRIV_ERR = Field::new("ntp.priv.err", "Err", Kind::U8).mask(0xf0).hex().values(PRIV_ERR_NAMES);
    /// How many items the message holds.
    PRIV_NUMITEMS = Field::new("ntp.priv.numitems", "Number of data items", Kind::U16).mask(0xfff);
    /// Not used; zero.
    PRIV_RESERVED = Field::new("ntp.priv.reserved", "Reserved", Kind::U8).mask(0xf0).hex();
    /// One item of the list that was asked for.
    ITEM = Field::new("ntp.priv.mode7.item", "Mode7 item", Kind::Str);
    /// Length of each item in bytes.
    PRIV_ITEMSIZE = Field::new("ntp.priv.itemsize", "Size of data item", Kind::U16).mask(0xfff);
    /// Average time between packets of this host, in seconds.
    MONLIST_AVGINT = Field::new("ntp.priv.monlist.avgint", "avgint", Kind::U32);
    /// Seconds since the last packet of this host.
    MONLIST_LSINT = Field::new("ntp.priv.monlist.lsint", "lsint", Kind::U32);
    /// Restrictions that apply to this host, as bits.
    MONLIST_RESTR = Field::new("ntp.priv.monlist.restr", "restr", Kind::U32).hex();
    /// How many packets came from this host.
    MONLIST_COUNT = Field::new("ntp.priv.monlist.count", "count", Kind::U32);
    /// Address of the host that asked for the time.
    MONLIST_REMOTE_ADDRESS = Field::new("ntp.priv.monlist.remote_address", "remote address", Kind::Ipv4);
    /// Own address that it asked.
    MONLIST_LOCAL_ADDRESS = Field::new("ntp.priv.monlist.local_address", "local address", Kind::Ipv4);
    /// Kind of address: one host, or several (broadcast, multicast).
    MONLIST_FLAGS = Field::new("ntp.priv.monlist.flags", "flags", Kind::U32).hex();
    /// Port from which the host asked.
    MONLIST_PORT = Field::new("ntp.priv.monlist.port", "port", Kind::U16);
    /// Mode of its last packet.
    MONLIST_MODE = Field::new("ntp.priv.monlist.mode", "mode", Kind::U8);
    /// NTP version of its last packet.
    MONLIST_VERSION = Field::new("ntp.priv.monlist.version", "version", Kind::U8);
    /// Whether the IPv6 addresses below count instead.
    MONLIST_IPV6 = Field::new("ntp.priv.monlist.ipv6", "ipv6", Kind::U32).hex();
    /// Fills up to the next full word.
    MONLIST_UNUSED = Field::new("ntp.priv.monlist.unused", "unused", Kind::U32).hex();
    /// Address of the host that asked, IPv6.
    MONLIST_ADDR6 = Field::new("ntp.priv.monlist.addr6", "ipv6 remote addr", Kind::Ipv6);
    /// Own address that it asked, IPv6.
    MONLIST_DADDR6 = Field::new("ntp.priv.monlist.daddr6", "ipv6 local addr", Kind::Ipv6);
    /// When the request was made: an old one cannot be sent again.
    PRIV_TSTAMP = Field::new("ntp.priv.tstamp", "Authentication timestamp", Kind::AbsTime);
    /// Address of the peer or clock that is meant.
    ADDRESS = Field::new("ntp.priv.mode7.address", "Address", Kind::Ipv4);
    /// Which bits of the address count.
    MASK = Field::new("ntp.priv.mode7.mask", "Mask", Kind::Ipv4);
    /// Broadcast address of the interface.
    BCAST = Field::new("ntp.priv.mode7.bcast", "Bcast", Kind::Ipv4);
    /// Port of the peer.
    PORT = Field::new("ntp.priv.mode7.port", "Port", Kind::U16);
    /// Mode in which this host works with the peer.
    HMODE = Field::new("ntp.priv.mode7.hmode", "HMode", Kind::U8).values(FLAGS_MODE_NAMES);
    /// State of the peer as bits.
    PEER_FLAGS = Field::new("ntp.priv.mode7.peer.flags", "Flags", Kind::U8).hex().mask(0xff);
    /// Whether the IPv6 addresses of the item count instead of the others.
    IPV6_FLAG = Field::new("ntp.priv.mode7.ipv6_flag", "IPv6 Flag", Kind::U32);
    /// Has no meaning any more.
    UNUSED = Field::new("ntp.priv.mode7.unused", "Unused", Kind::Bytes);
    /// Address of the peer or clock that is meant, IPv6.
    ADDRESS6 = Field::new("ntp.priv.mode7.address6", "IPv6 addr", Kind::Ipv6);
    /// Which bits of the IPv6 address count.
    MASK6 = Field::new("ntp.priv.mode7.mask6", "IPv6 mask", Kind::Ipv6);
    /// Broadcast address of the interface in the IPv6 form.
    BCAST6 = Field::new("ntp.priv.mode7.bcast6", "IPv6 bcast", Kind::Ipv6);
    /// The peer stands in the configuration.
    PEER_FLAGS_CONFIG = Field::new("ntp.priv.mode7.peer.flags.config", "Config", Kind::Bool).mask(0x1).flag();
    /// The peer is the one that the clock follows.
    PEER_FLAGS_SYSPEER = Field::new("ntp.priv.mode7.peer.flags.syspeer", "Syspeer", Kind::Bool).mask(0x2).flag();
    /// Several questions are sent at once to the peer.
    PEER_FLAGS_BURST = Field::new("ntp.priv.mode7.peer.flags.burst", "Burst", Kind::Bool).mask(0x4).flag();
    /// The peer is a reference clock of this machine.
    PEER_FLAGS_REFCLOCK = Field::new("ntp.priv.mode7.peer.flags.refclock", "Refclock", Kind::Bool).mask(0x8).flag();
    /// The peer is preferred to others.
    PEER_FLAGS_PREFER = Field::new("ntp.priv.mode7.peer.flags.prefer", "Prefer", Kind::Bool).mask(0x10).flag();
    /// Messages of the peer are authenticated.
    PEER_FLAGS_AUTHENABLE = Field::new("ntp.priv.mode7.peer.flags.authenable", "Auth enable", Kind::Bool).mask(0x20).flag();
    /// The peer is among those that may be followed.
    PEER_FLAGS_SEL_CANDIDATE = Field::new("ntp.priv.mode7.peer.flags.sel_candidate", "Sel Candidate", Kind::Bool).mask(0x40).flag();
    /// The peer came into the last choice.
    PEER_FLAGS_SHORTLIST = Field::new("ntp.priv.mode7.peer.flags.shortlist", "Shortlist", Kind::Bool).mask(0x80).flag();
    /// Own address in the association.
    DSTADDRESS = Field::new("ntp.priv.mode7.dstaddress", "Destination address", Kind::Ipv4);
    /// Address of the peer.
    SRCADDRESS = Field::new("ntp.priv.mode7.srcaddress", "Source address", Kind::Ipv4);
    /// Port of the peer.
    SRCPORT = Field::new("ntp.priv.mode7.srcport", "Source port", Kind::U16);
    /// How often the rule was applied.
    COUNT = Field::new("ntp.priv.mode7.count", "Count", Kind::U32);
    /// Time between own questions to the peer, as a power of two in seconds.
    HPOLL = Field::new("ntp.priv.mode7.hpoll", "Host polling interval", Kind::I8);
    /// Which of the last eight questions were answered, a bit for each.
    REACH = Field::new("ntp.priv.mode7.reach", "Reach", Kind::U8);
    /// Measured time to the peer and back, fixed point.
    DELAY = Field::new("ntp.priv.mode7.delay", "Delay", Kind::I32);
    /// Measured difference to the peer's clock, fixed point.
    OFFSET = Field::new("ntp.priv.mode7.offset", "Offset", Kind::U64);
    /// How uncertain the measured values are, fixed point.
    DISPERSION = Field::new("ntp.priv.mode7.dispersion", "Dispersion", Kind::U32);
    /// Own address in the association, IPv6.
    DSTADDRESS6 = Field::new("ntp.priv.mode7.dstaddress6", "IPv6 destination addr", Kind::Ipv6);
    /// Address of the peer, IPv6.
    SRCADDRESS6 = Field::new("ntp.priv.mode7.srcaddress6", "IPv6 source addr", Kind::Ipv6);
    /// Leap indicator that the peer announces.
    LEAP = Field::new("ntp.priv.mode7.leap", "Leap", Kind::U8);
    /// Mode in which the peer works with this host.
    PMODE = Field::new("ntp.priv.mode7.pmode", "Peer mode", Kind::U8).values(FLAGS_MODE_NAMES);
    /// NTP version spoken with the peer.
    VERSION = Field::new("ntp.priv.mode7.version", "Version", Kind::U8);
    /// How many questions in a row stayed without answer.
    UNREACH = Field::new("ntp.priv.mode7.unreach", "Unreach", Kind::U8);
    /// Which sanity tests the last message failed, as bits.
    FLASH = Field::new("ntp.priv.mode7.flash", "Flash", Kind::U8);
    /// Time to live of multicast messages, or number of the clock.
    TTL = Field::new("ntp.priv.mode7.ttl", "TTL", Kind::U8);
    /// Which sanity tests the last message failed, in the longer form.
    FLASH2 = Field::new("ntp.priv.mode7.flash2", "Flash new", Kind::U16);
    /// Number of the association.
    ASSOCID = Field::new("ntp.priv.mode7.associd", "Association ID", Kind::U16);
    /// Key that the peer used last.
    PKEYID = Field::new("ntp.priv.mode7.pkeyid", "Peer Key ID", Kind::U32);
    /// Seconds until the next question to the peer.
    TIMER = Field::new("ntp.priv.mode7.timer", "Timer", Kind::U32);
    /// Delay of one of the last measurements.
    FILTDELAY = Field::new("ntp.priv.mode7.filtdelay", "Filt delay", Kind::I32);
    /// Offset of one of the last measurements.
    FILTOFFSET = Field::new("ntp.priv.mode7.filtoffset", "Filt offset", Kind::I64);
    /// Place of that measurement when sorted by delay.
    ORDER = Field::new("ntp.priv.mode7.order", "Order", Kind::U8);
    /// Dispersion that the choice of peers computed.
    SELECTDIS = Field::new("ntp.priv.mode7.selectdis", "Selectdis", Kind::U32);
    /// Estimated delay of broadcasts.
    ESTBDELAY = Field::new("ntp.priv.mode7.estbdelay", "Estbdelay", Kind::I32);
    /// Delay that is assumed for broadcasts.
    BDELAY = Field::new("ntp.priv.mode7.bdelay", "Bdelay", Kind::I32);
    /// Time that authentication takes.
    AUTHDELAY = Field::new("ntp.priv.mode7.authdelay", "Auth delay", Kind::I64);
    /// Shortest time between questions, as a power of two in seconds.
    MINPOLL = Field::new("ntp.priv.mode7.minpoll", "Minpoll", Kind::U8);
    /// Longest time between questions, as a power of two in seconds.
    MAXPOLL = Field::new("ntp.priv.mode7.maxpoll", "Maxpoll", Kind::U8);
    /// How the new association shall work, as bits.
    PRIV_CONFIG_FLAGS = Field::new("ntp.priv.config.flags", "Flags", Kind::U8).hex().mask(0xff);
    /// Authenticate messages of the peer.
    CONFIG_FLAGS_AUTHENABLE = Field::new("ntp.priv.mode7.config.flags.authenable", "Authenable", Kind::Bool).mask(0x1).flag();
    /// Prefer the peer to others.
    CONFIG_FLAGS_PREFER = Field::new("ntp.priv.mode7.config.flags.prefer", "Prefer", Kind::Bool).mask(0x2).flag();
    /// Send several questions at once.
    CONFIG_FLAGS_BURST = Field::new("ntp.priv.mode7.config.flags.burst", "Burst", Kind::Bool).mask(0x4).flag();
    /// Send several questions at once at the beginning.
    CONFIG_FLAGS_IBURST = Field::new("ntp.priv.mode7.config.flags.iburst", "IBurst", Kind::Bool).mask(0x8).flag();
    /// Measure the peer, but never follow it.
    CONFIG_FLAGS_NO_SELECT = Field::new("ntp.priv.mode7.config.flags.no_select", "No Select", Kind::Bool).mask(0x10).flag();
    /// Use keys made by Autokey.
    CONFIG_FLAGS_SKEY = Field::new("ntp.priv.mode7.config.flags.skey", "Skey", Kind::Bool).mask(0x20).flag();
    /// Name of the file with the keys.
    KEY_FILE = Field::new("ntp.priv.mode7.key_file", "Key file name", Kind::Str);
    /// Switches of the server, as bits.
    SYS_FLAGS = Field::new("ntp.priv.mode7.sys.flags", "Flags", Kind::U32).hex().mask(0xff);
    /// Listen to broadcasts.
    SYS_FLAGS_BCLIENT = Field::new("ntp.priv.mode7.sys.flags.bclient", "Bclient", Kind::Bool).mask(0x1).flag();
    /// A pulse each second is there.
    SYS_FLAGS_PPS = Field::new("ntp.priv.mode7.sys.flags.pps", "PPS", Kind::Bool).mask(0x2).flag();
    /// The clock is disciplined by NTP.
    SYS_FLAGS_NTP = Field::new("ntp.priv.mode7.sys.flags.ntp", "NTP", Kind::Bool).mask(0x4).flag();
    /// The operating system disciplines the clock.
    SYS_FLAGS_KERNEL = Field::new("ntp.priv.mode7.sys.flags.kernel", "Kernel", Kind::Bool).mask(0x8).flag();
    /// A list of who asked is kept.
    SYS_FLAGS_MONITOR = Field::new("ntp.priv.mode7.sys.flags.monitor", "Monitor", Kind::Bool).mask(0x10).flag();
    /// Statistics are written to files.
    SYS_FLAGS_FILEGEN = Field::new("ntp.priv.mode7.sys.flags.filegen", "Filegen", Kind::Bool).mask(0x20).flag();
    /// Unknown peers must authenticate.
    SYS_FLAGS_AUTH = Field::new("ntp.priv.mode7.sys.flags.auth", "Auth", Kind::Bool).mask(0x40).flag();
    /// Reference clocks are calibrated.
    SYS_FLAGS_CAL = Field::new("ntp.priv.mode7.sys.flags.cal", "Cal", Kind::Bool).mask(0x80).flag();
    /// Which statistics start again from zero, as bits.
    RESET_STATS_FLAGS = Field::new("ntp.priv.mode7.reset_stats.flags", "Flags", Kind::U32).hex().mask(0xff);
    /// Statistics of all peers.
    RESET_STATS_FLAGS_ALLPEERS = Field::new("ntp.priv.mode7.reset_stats.flags.allpeers", "All Peers", Kind::Bool).mask(0x1).width(32).flag();
    /// Statistics of sending and receiving.
    RESET_STATS_FLAGS_IO = Field::new("ntp.priv.mode7.reset_stats.flags.io", "IO", Kind::Bool).mask(0x2).width(32).flag();
    /// Statistics of the system.
    RESET_STATS_FLAGS_SYS = Field::new("ntp.priv.mode7.reset_stats.flags.sys", "Sys", Kind::Bool).mask(0x4).width(32).flag();
    /// Statistics of memory.
    RESET_STATS_FLAGS_MEM = Field::new("ntp.priv.mode7.reset_stats.flags.mem", "Mem", Kind::Bool).mask(0x8).width(32).flag();
    /// Statistics of the timer.
    RESET_STATS_FLAGS_TIMER = Field::new("ntp.priv.mode7.reset_stats.flags.timer", "Timer", Kind::Bool).mask(0x10).width(32).flag();
    /// Statistics of authentication.
    RESET_STATS_FLAGS_AUTH = Field::new("ntp.priv.mode7.reset_stats.flags.auth", "Auth", Kind::Bool).mask(0x20).width(32).flag();
    /// Statistics of control messages.
    RESET_STATS_FLAGS_CTL = Field::new("ntp.priv.mode7.reset_stats.flags.ctl", "Ctl", Kind::Bool).mask(0x40).width(32).flag();
    /// Number of a key that is trusted, or no longer.
    KEY = Field::new("ntp.priv.mode7.key", "Key", Kind::U64).hex();
    /// Seconds since the server started.
    TIMEUP = Field::new("ntp.priv.mode7.timeup", "Time up", Kind::U32);
    /// Seconds since the statistics were set to zero.
    TIMERESET = Field::new("ntp.priv.mode7.timereset", "Time reset", Kind::U32);
    /// Seconds since the last message of the peer, or packets received.
    TIMERECEIVED = Field::new("ntp.priv.mode7.timereceived", "Time received", Kind::U32);
    /// Seconds until the next message to the peer.
    TIMETOSEND = Field::new("ntp.priv.mode7.timetosend", "Time to send", Kind::U32);
    /// For how many seconds the peer has been reachable.
    TIMEREACHABLE = Field::new("ntp.priv.mode7.timereachable", "Time reachable", Kind::U32);
    /// How many packets were sent.
    SENT = Field::new("ntp.priv.mode7.sent", "Sent", Kind::U32);
    /// How many packets were processed.
    PROCESSED = Field::new("ntp.priv.mode7.processed", "Processed", Kind::U32);
    /// How many packets failed authentication.
    BADAUTH = Field::new("ntp.priv.mode7.badauth", "Bad authentication", Kind::U32);
    /// How many packets did not fit to what was asked.
    BOGUSORG = Field::new("ntp.priv.mode7.bogusorg", "Bogus origin", Kind::U32);
    /// How many packets came twice.
    OLDPKT = Field::new("ntp.priv.mode7.oldpkt", "Old packet", Kind::U32);
    /// How many packets had too large a dispersion.
    SELDISP = Field::new("ntp.priv.mode7.seldisp", "Bad dispersion", Kind::U32);
    /// How many packets had a broken reference time.
    SELBROKEN = Field::new("ntp.priv.mode7.selbroken", "Bad reference time", Kind::U32);
    /// Place of the peer among the candidates.
    CANDIDATE = Field::new("ntp.priv.mode7.candidate", "Candidate", Kind::U32);
    /// How many keys there are.
    NUMKEYS = Field::new("ntp.priv.mode7.numkeys", "Num keys", Kind::U32);
    /// How many places for keys are free.
    NUMFREEKEYS = Field::new("ntp.priv.mode7.numfreekeys", "Num free keys", Kind::U32);
    /// How often a key was looked up.
    KEYLOOKUPS = Field::new("ntp.priv.mode7.keylookups", "Keylookups", Kind::U32);
    /// How often a key was not found.
    KEYNOTFOUND = Field::new("ntp.priv.mode7.keynotfound", "Key not found", Kind::U32);
    /// How often a digest was made.
    ENCRYPTIONS = Field::new("ntp.priv.mode7.encryptions", "Encryptions", Kind::U32);
    /// How often a digest was verified.
    DECRYPTIONS = Field::new("ntp.priv.mode7.decryptions", "Decryptions", Kind::U32);
    /// How many keys ran out.
    EXPIRED = Field::new("ntp.priv.mode7.expired", "Expired", Kind::U32);
    /// How often a key was not in the cache.
    KEYUNCACHED = Field::new("ntp.priv.mode7.keyuncached", "Key uncached", Kind::U32);
    /// Own address from which events are sent.
    LOCAL_ADDRESS = Field::new("ntp.priv.mode7.local_address", "Local address", Kind::Ipv4);
    /// Address that events are sent to.
    TRAP_ADDRESS = Field::new("ntp.priv.mode7.trap_address", "Trap address", Kind::Ipv4);
    /// Port that events are sent to.
    TRAP_PORT = Field::new("ntp.priv.mode7.trap_port", "Trap port", Kind::U16);
    /// Number of the last event.
    SEQUENCE = Field::new("ntp.priv.mode7.sequence", "Sequence number", Kind::U16);
    /// Seconds since the subscription was renewed.
    SETTIME = Field::new("ntp.priv.mode7.settime", "Trap set time", Kind::U32);
    /// Seconds since the subscription was made.
    ORIGTIME = Field::new("ntp.priv.mode7.origtime", "Trap originally time", Kind::U32);
    /// How often the subscription was reset.
    RESETS = Field::new("ntp.priv.mode7.resets", "Resets", Kind::U32);
    /// How the subscription came about, as bits.
    PRIV_TRAPS_FLAGS = Field::new("ntp.priv.traps.flags", "Flags", Kind::U32).hex();
    /// Own address from which events are sent, IPv6.
    LOCAL_ADDRESS6 = Field::new("ntp.priv.mode7.local_address6", "IPv6 local addr", Kind::Ipv6);
    /// Address that events are sent to, IPv6.
    TRAP_ADDRESS6 = Field::new("ntp.priv.mode7.trap_address6", "IPv6 trap addr", Kind::Ipv6);
    /// How many control requests came.
    REQUESTS = Field::new("ntp.priv.mode7.requests", "Requests", Kind::U32);
    /// How many bad control packets came.
    BAD_PACKETS = Field::new("ntp.priv.mode7.bad_packets", "Bad packets", Kind::U32);
    /// How many control answers were sent.
    RESPONSES = Field::new("ntp.priv.mode7.responses", "Responses", Kind::U32);
    /// How many pieces of answers were sent.
    FRAGMENTS = Field::new("ntp.priv.mode7.fragments", "Fragments", Kind::U32);
    /// How many errors were answered.
    ERRORS = Field::new("ntp.priv.mode7.errors", "Errors", Kind::U32);
    /// How many control packets were too short.
    TOO_SHORT = Field::new("ntp.priv.mode7.too_short", "Too short packets", Kind::U32);
    /// How many packets came in that were answers.
    INPUT_RESPONSES = Field::new("ntp.priv.mode7.input_responses", "Responses on input", Kind::U32);
    /// How many packets came in that were pieces.
    INPUT_FRAGMENTS = Field::new("ntp.priv.mode7.input_fragments", "Fragments on input", Kind::U32);
    /// How many packets came in with the error bit.
    INPUT_ERRORS = Field::new("ntp.priv.mode7.input_errors", "Errors on input", Kind::U32);
    /// How many requests had an offset that was not zero.
    BAD_OFFSET = Field::new("ntp.priv.mode7.bad_offset", "Non zero offset packets", Kind::U32);
    /// How many packets had an unknown version.
    BAD_VERSION = Field::new("ntp.priv.mode7.bad_version", "Unknown version packets", Kind::U32);
    /// How many packets had less data than announced.
    DATA_TOO_SHORT = Field::new("ntp.priv.mode7.data_too_short", "Data too short", Kind::U32);
    /// How many packets had an unknown operation.
    BADOP = Field::new("ntp.priv.mode7.badop", "Bad op code found", Kind::U32);
    /// How many events were sent unasked.
    ASYNC_MESSAGES = Field::new("ntp.priv.mode7.async_messages", "Async messages", Kind::U32);
    /// Kind of the reference clock.
    MSG_TYPE = Field::new("ntp.priv.mode7.type", "Type", Kind::U8);
    /// Settings of the reference clock, as bits.
    CLOCK_FLAGS = Field::new("ntp.priv.mode7.clock_flags", "Clock Flags", Kind::U8);
    /// Last event of the reference clock.
    LASTEVENT = Field::new("ntp.priv.mode7.lastevent", "Last event", Kind::U8);
    /// State of the reference clock.
    CURRENTSTATUS = Field::new("ntp.priv.mode7.currentstatus", "Current status", Kind::U8);
    /// How often the clock was asked.
    POLLS = Field::new("ntp.priv.mode7.polls", "Polls", Kind::U32);
    /// How often the clock did not answer.
    NORESPONSE = Field::new("ntp.priv.mode7.noresponse", "Noresponse", Kind::U32);
    /// How often the clock's answer could not be read.
    BADFORMAT = Field::new("ntp.priv.mode7.badformat", "Bad format", Kind::U32);
    /// How often the clock's answer made no sense.
    BADDATA = Field::new("ntp.priv.mode7.baddata", "Bad data", Kind::U32);
    /// Seconds since the clock was started.
    TIMESTARTED = Field::new("ntp.priv.mode7.timestarted", "Time started", Kind::U32);
    /// First correction of the clock, in time.
    FUDGETIME1 = Field::new("ntp.priv.mode7.fudgetime1", "Fudge time 1", Kind::U64).hex();
    /// Second correction of the clock, in time.
    FUDGETIME2 = Field::new("ntp.priv.mode7.fudgetime2", "Fudge time 2", Kind::U64).hex();
    /// First setting of the clock, usually its stratum.
    FUDGEVAL1 = Field::new("ntp.priv.mode7.fudgeval1", "Fudge val 1", Kind::I32);
    /// Second setting of the clock, usually its reference id.
    FUDGEVAL2 = Field::new("ntp.priv.mode7.fudgeval2", "Fudge val 2", Kind::U32);
    /// Offset that the operating system still corrects.
    KERNEL_OFFSET = Field::new("ntp.priv.mode7.kernel_offset", "Offset", Kind::I32);
    /// Correction of the clock's frequency.
    FREQ = Field::new("ntp.priv.mode7.freq", "Freq", Kind::I32);
    /// How steady the clock's frequency is.
    STABILITY = Field::new("ntp.priv.mode7.stability", "Stability (ppm)", Kind::U32);
    /// Largest possible error, in microseconds.
    MAXERROR = Field::new("ntp.priv.mode7.maxerror", "Max error", Kind::I32);
    /// Estimated error, in microseconds.
    ESTERROR = Field::new("ntp.priv.mode7.esterror", "Est error", Kind::I32);
    /// State of the operating system's clock discipline, as bits.
    STATUS = Field::new("ntp.priv.mode7.status", "Status", Kind::U16);
    /// Length of the averaging interval, as a power of two.
    SHIFT = Field::new("ntp.priv.mode7.shift", "Shift", Kind::U16);
    /// Time constant of the clock discipline.
    CONSTANT = Field::new("ntp.priv.mode7.constant", "Constant", Kind::I32);
    /// Precision of the operating system's clock.
    PRECISION = Field::new("ntp.priv.mode7.precision", "Precision", Kind::I32);
    /// Largest frequency error that is tolerated.
    TOLERANCE = Field::new("ntp.priv.mode7.tolerance", "tolerance", Kind::I32);
    /// Frequency as the pulse per second measures it.
    PPSFREQ = Field::new("ntp.priv.mode7.ppsfreq", "ppsfreq", Kind::I32);
    /// Jitter of the pulse per second.
    JITTER = Field::new("ntp.priv.mode7.jitter", "jitter", Kind::I32);
    /// Stability of the pulse per second.
    STABIL = Field::new("ntp.priv.mode7.stabil", "stabil", Kind::I32);
    /// How often the jitter was too large.
    JITCNT = Field::new("ntp.priv.mode7.jitcnt", "jitcnt", Kind::I32);
    /// How many calibration intervals there were.
    CALCNT = Field::new("ntp.priv.mode7.calcnt", "calcnt", Kind::I32);
    /// How many calibrations failed.
    ERRCNT = Field::new("ntp.priv.mode7.errcnt", "errcnt", Kind::I32);
    /// How often the stability was exceeded.
    STBCNT = Field::new("ntp.priv.mode7.stbcnt", "stbcnt", Kind::I32);
    /// Last offset that was applied to the clock.
    LAST_OFFSET = Field::new("ntp.priv.mode7.last_offset", "Last offset", Kind::I64);
    /// Frequency correction that is applied all the time.
    DRIFT_COMP = Field::new("ntp.priv.mode7.drift_comp", "Drift comp", Kind::I64);
    /// How well the clock follows.
    COMPLIANCE = Field::new("ntp.priv.mode7.compliance", "Compliance", Kind::U32);
    /// Seconds since the clock was last updated.
    WATCHDOG_TIMER = Field::new("ntp.priv.mode7.watchdog_timer", "Watchdog timer", Kind::U32);
    /// Time between questions, as a power of two in seconds.
    POLL = Field::new("ntp.priv.mode7.poll", "Poll", Kind::U32);
    /// Switches of the server, as bits, in the short form.
    SYS_FLAGS8 = Field::new("ntp.priv.mode7.sys.flags8", "Flags", Kind::U8).hex().mask(0xff);
    /// How many packets were refused.
    DENIED = Field::new("ntp.priv.mode7.denied", "Denied", Kind::U32);
    /// How many packets had an older version.
    OLDVERSION = Field::new("ntp.priv.mode7.oldversion", "Old version", Kind::U32);
    /// How many packets had the current version.
    NEWVERSION = Field::new("ntp.priv.mode7.newversion", "New version", Kind::U32);
    /// How many packets had a bad length or format.
    BADLENGTH = Field::new("ntp.priv.mode7.badlength", "Bad length", Kind::U32);
    /// How many packets were refused since they came too often.
    LIMITREJECTED = Field::new("ntp.priv.mode7.limitrejected", "Limit rejected", Kind::U32);
    /// How often an answer seemed to come before its question.
    LAMPORT = Field::new("ntp.priv.mode7.lamport", "Lamport violation", Kind::U32);
    /// How often rounding made time run backwards.
    TSROUNDING = Field::new("ntp.priv.mode7.tsrounding", "Timestamp rounding error", Kind::U32);
    /// How many entries for peers there are.
    TOTALMEM = Field::new("ntp.priv.mode7.totalmem", "Total memory", Kind::U16);
    /// How many entries for peers are free.
    FREEMEM = Field::new("ntp.priv.mode7.freemem", "Free memory", Kind::U16);
    /// How often a peer was searched for.
    FINDPEER_CALLS = Field::new("ntp.priv.mode7.findpeer_calls", "Find peer calls", Kind::U32);
    /// How often a peer was added.
    ALLOCATIONS = Field::new("ntp.priv.mode7.allocations", "Allocations", Kind::U32);
    /// How often a peer was removed.
    DEMOBILIZATIONS = Field::new("ntp.priv.mode7.demobilizations", "Demobilizations", Kind::U32);
    /// How many peers stand in each list of the hash table.
    HASHCOUNT = Field::new("ntp.priv.mode7.hashcount", "Hashcount", Kind::Bytes);
    /// How many receive buffers there are.
    TOTALRECVBUFS = Field::new("ntp.priv.mode7.totalrecvbufs", "Toal receive buffer", Kind::U16);
    /// How many receive buffers are free.
    FREERECVBUFS = Field::new("ntp.priv.mode7.freerecvbufs", "Free receive buffer", Kind::U16);
    /// How many receive buffers are full.
    FULLRECVBUFS = Field::new("ntp.priv.mode7.fullrecvbufs", "Full receive buffer", Kind::U16);
    /// How often buffers had to be added.
    LOWWATER = Field::new("ntp.priv.mode7.lowwater", "Low water", Kind::U16);
    /// How many packets were dropped for want of a buffer.
    DROPPED = Field::new("ntp.priv.mode7.dropped", "Dropped packets", Kind::U32);
    /// How many packets were ignored.
    IGNORED = Field::new("ntp.priv.mode7.ignored", "Ignored packets", Kind::U32);
    /// How many packets were received.
    RECEIVED = Field::new("ntp.priv.mode7.received", "Received packets", Kind::U32);
    /// How many packets could not be sent.
    NOTSENT = Field::new("ntp.priv.mode7.notsent", "Not sent packets", Kind::U32);
    /// How often arriving packets interrupted the server.
    INTERRUPTS = Field::new("ntp.priv.mode7.interrupts", "Interrupts", Kind::U32);
    /// How many packets were received by the interrupt handler.
    INT_RECEIVED = Field::new("ntp.priv.mode7.int_received", "Received by interrupt handler", Kind::U32);
    /// How often the timer rang.
    ALARMS = Field::new("ntp.priv.mode7.alarms", "Alarms", Kind::U32);
    /// How often the timer rang again before it was served.
    OVERFLOWS = Field::new("ntp.priv.mode7.overflows", "Overflows", Kind::U32);
    /// How often the timer made a packet be sent.
    XMTCALLS = Field::new("ntp.priv.mode7.xmtcalls", "Transmitted calls", Kind::U32);
    /// What the restriction forbids, as bits.
    RFLAGS = Field::new("ntp.priv.mode7.rflags", "Rflags", Kind::U16);
    /// To which packets the restriction applies, as bits.
    MFLAGS = Field::new("ntp.priv.mode7.mflags", "Mflags", Kind::U16);
    /// Name of the network interface.
    INT_NAME = Field::new("ntp.priv.mode7.int_name", "Interface name", Kind::Str);
    /// Properties of the interface, as bits.
    INT_FLAGS = Field::new("ntp.priv.mode7.int_flags", "Interface flags", Kind::I32);
    /// Time to live that was set last on the interface.
    LAST_TTL = Field::new("ntp.priv.mode7.last_ttl", "Last TTL specified", Kind::I32);
    /// How many multicast groups are listened to on the interface.
    NUM_MCAST = Field::new("ntp.priv.mode7.num_mcast", "Numer multicast sockets", Kind::I32);
    /// Seconds since the interface came up.
    UPTIME = Field::new("ntp.priv.mode7.uptime", "Uptime", Kind::I32);
    /// Scope of the IPv6 address.
    SCOPEID = Field::new("ntp.priv.mode7.scopeid", "Scopeid", Kind::U32);
    /// Number of the interface in the operating system.
    IFINDEX = Field::new("ntp.priv.mode7.ifindex", "Ifindex", Kind::U32);
    /// Number of the interface in the server's list.
    IFNUM = Field::new("ntp.priv.mode7.ifnum", "Ifnum", Kind::U32);
    /// How many peers use the interface.
    PEERCNT = Field::new("ntp.priv.mode7.peercnt", "Peer count", Kind::U32);
    /// Whether the address is IPv4 or IPv6.
    FAMILY = Field::new("ntp.priv.mode7.family", "Address family", Kind::U16);
    /// Whether packets of this interface are ignored.
    IGNORE_PKTS = Field::new("ntp.priv.mode7.ignore_pkts", "Ignore packets", Kind::U8);
    /// What happened to the interface when the list was renewed.
    ACTION = Field::new("ntp.priv.mode7.action", "Action", Kind::U8).values(&[(1, "Interface exists"), (2, "Interface created"), (3, "Interface deleted")]);
    /// How many values the clock reports.
    NVALUES = Field::new("ntp.priv.mode7.nvalues", "Nvalues", Kind::U8);
    /// How many times the clock reports.
    NTIMES = Field::new("ntp.priv.mode7.ntimes", "Ntimes", Kind::U8);
    /// Which of the values are signed, as bits.
    SVALUES = Field::new("ntp.priv.mode7.svalues", "Svalues", Kind::U16);
    /// Which of the times are signed, as bits.
    STIMES = Field::new("ntp.priv.mode7.stimes", "Stimes", Kind::U32);
    /// Values for finding faults in the clock's driver.
    VALUES = Field::new("ntp.priv.mode7.values", "Values", Kind::Bytes);
    /// Times for finding faults in the clock's driver.
    TIMES = Field::new("ntp.priv.mode7.times", "Times", Kind::Bytes);
    /// Which of the clock's settings is changed.
    WHICH = Field::new("ntp.priv.mode7.which", "Which", Kind::U32);
    /// The new time correction.
    FUDGETIME = Field::new("ntp.priv.mode7.fudgetime", "Fudgetime", Kind::U64);
    /// The new value or flags.
    FUDGEVAL_FLAGS = Field::new("ntp.priv.mode7.fudgeval_flags", "Fudgeval flags", Kind::U32);
    /// How many associations an address may have.
    IPPEERLIMIT = Field::new("ntp.priv.mode7.ippeerlimit", "IP peer limit", Kind::I16);
    /// What the restriction forbids, as bits.
    RESTRICT_FLAGS = Field::new("ntp.priv.mode7.restrict_flags", "Restrict flags", Kind::U16);
}
