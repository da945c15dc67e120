//! The fields of time messages and of control messages.

/// Words for `ntp.flags.vn`.
pub static FLAGS_VN_NAMES: &[(u64, &str)] = &[
    (0, "reserved"),
    (1, "NTP Version 1"),
    (2, "NTP Version 2"),
    (3, "NTP Version 3"),
    (4, "NTP Version 4"),
    (5, "reserved"),
    (6, "reserved"),
    (7, "reserved"),
];

/// Words for `ntp.flags.mode`.
pub static FLAGS_MODE_NAMES: &[(u64, &str)] = &[
    (0, "reserved"),
    (1, "symmetric active"),
    (2, "symmetric passive"),
    (3, "client"),
    (4, "server"),
    (5, "broadcast"),
    (6, "reserved for NTP control message"),
    (7, "reserved for private use"),
];

/// Words for `ntp.ext.type`.
pub static EXT_TYPE_NAMES: &[(u64, &str)] = &[
    (2, "No-Operation Request"),
    (258, "Association Message Request"),
    (260, "Unique Identifier"),
    (514, "Certificate Message Request"),
    (516, "NTS Cookie"),
    (770, "Cookie Message Request"),
    (772, "NTS Cookie Placeholder"),
    (1026, "Autokey Message Request"),
    (1028, "NTS Authenticator and Encrypted Extension Fields"),
    (1282, "Leapseconds Message Request"),
    (1538, "Sign Message Request"),
    (1794, "IFF Identity Message Request"),
    (2050, "GQ Identity Message Request"),
    (2306, "MV Identity Message Request"),
    (8197, "Checksum Complement"),
    (32770, "No-Operation Response"),
    (33026, "Association Message Response"),
    (33282, "Certificate Message Response"),
    (33538, "Cookie Message Response"),
    (33794, "Autokey Message Response"),
    (34050, "Leapseconds Message Response"),
    (34306, "Sign Message Response"),
    (34562, "IFF Identity Message Response"),
    (34818, "GQ Identity Message Response"),
    (35074, "MV Identity Message Response"),
    (49154, "No-Operation Error Response"),
    (49410, "Association Message Error Response"),
    (49666, "Certificate Message Error Response"),
    (49922, "Cookie Message Error Response"),
    (50178, "Autokey Message Error Response"),
    (50434, "Leapseconds Message Error Response"),
    (50690, "Sign Message Error Response"),
    (50946, "IFF Identity Message Error Response"),
    (51202, "GQ Identity Message Error Response"),
    (51458, "MV Identity Message Error Response"),
];

/// Words for `ntp.ctrl.flags2.opcode`.
pub static CTRL_FLAGS2_OPCODE_NAMES: &[(u64, &str)] = &[
    (0, "reserved"),
    (1, "read status"),
    (2, "read variables"),
    (3, "write variables"),
    (4, "read clock variables"),
    (5, "write clock variables"),
    (6, "set trap address/port"),
    (7, "asynchronous message"),
    (8, "runtime configuration"),
    (9, "save config to file"),
    (10, "retrieve MRU (mrulist)"),
    (11, "retrieve ordered list"),
    (12, "request a client nonce"),
    (31, "unset trap address/port"),
];

/// Words for `ntp.ctrl.err_status`.
pub static CTRL_ERR_STATUS_NAMES: &[(u64, &str)] = &[
    (0, "unspecified"),
    (1, "authentication failure"),
    (2, "invalid message length or format"),
    (3, "invalid opcode"),
    (4, "unknown association identifier"),
    (5, "unknown variable name"),
    (6, "invalid variable value"),
    (7, "administratively prohibited"),
];

/// Words for `ntp.ctrl.sys_status.clksrc`.
pub static CTRL_SYS_STATUS_CLKSRC_NAMES: &[(u64, &str)] = &[
    (0, "unspecified or unknown"),
    (1, "Calibrated atomic clock (e.g. HP 5061)"),
    (2, "VLF (band 4) or LF (band 5) radio (e.g. OMEGA, WWVB)"),
    (3, "HF (band 7) radio (e.g. CHU, MSF, WWV/H)"),
    (4, "UHF (band 9) satellite (e.g. GOES, GPS)"),
    (5, "local net (e.g. DCN, TSP, DTS)"),
    (6, "UDP/NTP"),
    (7, "UDP/TIME"),
    (8, "eyeball-and-wristwatch"),
    (9, "telephone modem (e.g. NIST)"),
];

/// Words for `ntp.ctrl.sys_status.code`.
pub static CTRL_SYS_STATUS_CODE_NAMES: &[(u64, &str)] = &[
    (0, "unspecified"),
    (1, "frequency correction (drift) file not available"),
    (2, "frequency correction started (frequency stepped)"),
    (3, "spike detected and ignored, starting stepout timer"),
    (4, "frequency training started"),
    (5, "clock synchronized"),
    (6, "system restart"),
    (7, "panic stop (required step greater than panic threshold)"),
    (8, "no system peer"),
    (9, "leap second insertion/deletion armed"),
    (10, "leap second disarmed"),
    (11, "leap second inserted or deleted"),
    (12, "clock stepped (stepout timer expired)"),
    (13, "kernel loop discipline status changed"),
    (14, "leapseconds table loaded from file"),
    (15, "leapseconds table outdated, updated file needed"),
];

/// Words for `ntp.ctrl.peer_status.selection`.
pub static CTRL_PEER_STATUS_SELECTION_NAMES: &[(u64, &str)] = &[
    (0, "rejected"),
    (
        1,
        "passed sanity checks (tests 1 through 8 in Section 3.4.3)",
    ),
    (
        2,
        "passed correctness checks (intersection algorithm in Section 4.2.1)",
    ),
    (3, "passed candidate checks (if limit check implemented)"),
    (
        4,
        "passed outlier checks (clustering algorithm in Section 4.2.2)",
    ),
    (
        5,
        "current synchronization source; max distance exceeded (if limit check implemented)",
    ),
    (6, "current synchronization source; max distance okay"),
    (7, "reserved"),
];

/// Words for `ntp.ctrl.peer_status.code`.
pub static CTRL_PEER_STATUS_CODE_NAMES: &[(u64, &str)] = &[
    (0, "unspecified"),
    (1, "association mobilized"),
    (2, "association demobilized"),
    (3, "peer unreachable (peer.reach was nonzero now zero)"),
    (4, "peer reachable (peer.reach was zero now nonzero)"),
    (5, "association restarted or timed out"),
    (6, "no server found (ntpdate mode)"),
    (7, "rate exceeded (kiss code RATE)"),
    (8, "access denied (kiss code DENY)"),
    (9, "leap armed from server LI code"),
    (10, "become system peer"),
    (11, "reference clock event (see clock status word)"),
    (12, "authentication failure"),
    (13, "popcorn spike suppressor"),
    (14, "entering interleave mode"),
    (15, "interleave error (recovered)"),
    (16, "leapsecond values update from server"),
];

/// Words for `ntp.ctrl.clock_status.status`.
pub static CTRL_CLOCK_STATUS_STATUS_NAMES: &[(u64, &str)] = &[
    (0, "clock operating within nominals"),
    (1, "reply timeout"),
    (2, "bad reply format"),
    (3, "hardware or software fault"),
    (4, "propagation failure"),
    (5, "bad date format or value"),
    (6, "bad time format or value"),
];

crate::fields! {
    /// Leap indicator, version and mode, packed into the first byte.
    FLAGS = Field::new("ntp.flags", "Flags", Kind::U8).hex().spec("RFC 5905 section 7.3");
    /// Whether the last minute of this day is a second longer or shorter; 3 means that the sender has no time to offer.
    FLAGS_LI = Field::new("ntp.flags.li", "Leap Indicator", Kind::U8).mask(0xc0).values(&[(0, "no warning"), (1, "last minute of the day has 61 seconds"), (2, "last minute of the day has 59 seconds"), (3, "unknown (clock unsynchronized)")]).spec("RFC 5905 section 7.3");
    /// Version of the protocol that the sender speaks.
    FLAGS_VN = Field::new("ntp.flags.vn", "Version number", Kind::U8).mask(0x38).values(FLAGS_VN_NAMES).spec("RFC 5905 section 7.3");
    /// The sender's part in the exchange: it asks (client), answers (server), keeps time with an equal (symmetric), or tells everybody (broadcast).
    FLAGS_MODE = Field::new("ntp.flags.mode", "Mode", Kind::U8).mask(0x7).values(FLAGS_MODE_NAMES).spec("RFC 5905 section 7.3");
    /// How far the sender is from a reference clock: 1 has one, 2 asks a server of stratum 1, and so on. 16 means not synchronized.
    STRATUM = Field::new("ntp.stratum", "Peer Clock Stratum", Kind::U8).names(Names::Ranges(&[(0, 0, "unspecified or invalid"), (1, 1, "primary reference"), (2, 15, "secondary reference"), (16, 16, "unsynchronized"), (17, 255, "reserved")])).spec("RFC 5905 section 7.3");
    /// The longest time between two messages, as a power of two in seconds.
    PPOLL = Field::new("ntp.ppoll", "Peer Polling Interval", Kind::U8).spec("RFC 5905 section 7.3");
    /// How finely the sender's clock ticks, as a power of two in seconds: -20 is about a microsecond.
    PRECISION = Field::new("ntp.precision", "Peer Clock Precision", Kind::U8).spec("RFC 5905 section 7.3");
    /// Time that a message takes to the reference clock and back, over all servers between; 16 bits seconds, 16 bits fraction.
    ROOTDELAY = Field::new("ntp.rootdelay", "Root Delay", Kind::U32).spec("RFC 5905 section 7.3");
    /// How wrong the time may be at most against the reference clock; 16 bits seconds, 16 bits fraction.
    ROOTDISPERSION = Field::new("ntp.rootdispersion", "Root Dispersion", Kind::U32).spec("RFC 5905 section 7.3");
    /// Where the sender has its time from: four letters for a kind of clock (stratum 1) or a reason (stratum 0), otherwise the address of its server.
    REFID = Field::new("ntp.refid", "Reference ID", Kind::Bytes).spec("RFC 5905 section 7.3");
    /// When the sender's clock was set or corrected last.
    REFTIME = Field::new("ntp.reftime", "Reference Timestamp", Kind::AbsTime).spec("RFC 5905 section 7.3");
    /// The client's own transmit time, sent back: by it the client knows its question again, and computes the delay.
    ORG = Field::new("ntp.org", "Origin Timestamp", Kind::AbsTime).spec("RFC 5905 section 7.3");
    /// When the question reached the server, by the server's clock.
    REC = Field::new("ntp.rec", "Receive Timestamp", Kind::AbsTime).spec("RFC 5905 section 7.3");
    /// When this message left its sender. 64 bits: seconds since 1900 and a fraction of 2 to the minus 32.
    XMT = Field::new("ntp.xmt", "Transmit Timestamp", Kind::AbsTime).spec("RFC 5905 section 7.3");
    /// Which of the keys that both ends share made the code that follows.
    KEYID = Field::new("ntp.keyid", "Key ID", Kind::Bytes).spec("RFC 5905 section 7.3");
    /// A digest over the message and the key: who does not have the key can neither make nor change such a message.
    MAC = Field::new("ntp.mac", "Message Authentication Code", Kind::Bytes).spec("RFC 5905 section 7.3");
    /// Zero bytes up to the next full word.
    PADDING = Field::new("ntp.padding", "Padding", Kind::Bytes).spec("RFC 9327");
    /// Which digest the authenticator uses, as its length tells.
    KEY_TYPE = Field::new("ntp.key_type", "Key type", Kind::U8).values(&[(0, "MD5"), (1, "SHA")]).spec("RFC 9327");
    /// Which of the keys that both ends share made the signature.
    KEY_INDEX = Field::new("ntp.key_index", "KeyIndex", Kind::U32).hex().spec("RFC 9327");
    /// The digest over message and key.
    KEY_SIGNATURE = Field::new("ntp.key_signature", "Signature", Kind::Bytes).spec("RFC 9327");
    /// The frame with the answer to this question.
    RESPONSE_IN = Field::new("ntp.response_in", "Response In", Kind::Frame);
    /// The frame with the question that this message answers.
    REQUEST_IN = Field::new("ntp.request_in", "Request In", Kind::Frame);
    /// Time between question and answer, as the capture saw them.
    DELTA_TIME = Field::new("ntp.delta_time", "Delta Time", Kind::RelTime);
    /// An extension field: type, length, value; NTP version 4 hangs new things onto the old message so.
    EXT = Field::new("ntp.ext", "Extension", Kind::None).spec("RFC 7822 section 3");
    /// What the extension field is for: Autokey messages, or parts of Network Time Security.
    EXT_TYPE = Field::new("ntp.ext.type", "Field Type", Kind::U16).hex().values(EXT_TYPE_NAMES).spec("RFC 7822 section 3");
    /// Length of the extension field with type and length, in bytes; a multiple of 4.
    EXT_LENGTH = Field::new("ntp.ext.length", "Length", Kind::U16).spec("RFC 7822 section 3");
    /// What the extension field carries; its type says how to read it.
    EXT_VALUE = Field::new("ntp.ext.value", "Value", Kind::Bytes).spec("RFC 7822 section 3");
    /// Whether this is a question or an answer, whether it failed, whether more follows, and what is asked for.
    CTRL_FLAGS2 = Field::new("ntp.ctrl.flags2", "Flags 2", Kind::U8).hex().spec("RFC 9327");
    /// Set in answers.
    CTRL_FLAGS2_R = Field::new("ntp.ctrl.flags2.r", "Response bit", Kind::U8).mask(0x80).values(&[(0, "Request"), (1, "Response")]).spec("RFC 9327");
    /// Set in answers that report an error.
    CTRL_FLAGS2_ERROR = Field::new("ntp.ctrl.flags2.error", "Error bit", Kind::U8).mask(0x40).spec("RFC 9327");
    /// Set when further pieces of the answer follow in other messages.
    CTRL_FLAGS2_MORE = Field::new("ntp.ctrl.flags2.more", "More bit", Kind::U8).mask(0x20).spec("RFC 9327");
    /// What the monitoring program wants: to read or write variables, and others.
    CTRL_FLAGS2_OPCODE = Field::new("ntp.ctrl.flags2.opcode", "Opcode", Kind::U8).mask(0x1f).values(CTRL_FLAGS2_OPCODE_NAMES).spec("RFC 9327");
    /// Number of the question; the answer carries the same.
    CTRL_SEQUENCE = Field::new("ntp.ctrl.sequence", "Sequence", Kind::U16).spec("RFC 9327");
    /// State of the system, of an association or of a clock, depending on what was asked.
    CTRL_STATUS = Field::new("ntp.ctrl.status", "Status", Kind::U16).hex().spec("RFC 9327");
    /// Why the request failed.
    CTRL_ERR_STATUS = Field::new("ntp.ctrl.err_status", "Error Status Word", Kind::U16).mask(0xff00).values(CTRL_ERR_STATUS_NAMES).spec("RFC 9327");
    /// Whether a leap second is near, as the system knows it.
    CTRL_SYS_STATUS_LI = Field::new("ntp.ctrl.sys_status.li", "Leap Indicator", Kind::U16).mask(0xc000).values(&[(0, "no warning"), (1, "last minute of the day has 61 seconds"), (2, "last minute of the day has 59 seconds"), (3, "unknown (clock unsynchronized)")]).spec("RFC 9327");
    /// What kind of source the system takes its time from.
    CTRL_SYS_STATUS_CLKSRC = Field::new("ntp.ctrl.sys_status.clksrc", "Clock Source", Kind::U16).mask(0x3f00).values(CTRL_SYS_STATUS_CLKSRC_NAMES).spec("RFC 9327");
    /// How many events the system noted since the last time they were asked for.
    CTRL_SYS_STATUS_COUNT = Field::new("ntp.ctrl.sys_status.count", "System Event Counter", Kind::U16).mask(0xf0).spec("RFC 9327");
    /// The last event of the system.
    CTRL_SYS_STATUS_CODE = Field::new("ntp.ctrl.sys_status.code", "System Event Code", Kind::U16).mask(0xf).values(CTRL_SYS_STATUS_CODE_NAMES).spec("RFC 9327");
    /// Whether the association was configured, or came up by itself.
    CTRL_PEER_STATUS_CONFIG = Field::new("ntp.ctrl.peer_status.config", "Peer Status", Kind::Bool).mask(0x8000).width(16).words("not configured (peer.config)", "configured (peer.config)").spec("RFC 9327");
    /// Whether messages of this peer must be authenticated.
    CTRL_PEER_STATUS_AUTHENABLE = Field::new("ntp.ctrl.peer_status.authenable", "Peer Status", Kind::Bool).mask(0x4000).width(16).words("authentication disabled (peer.authenable)", "authentication enabled (peer.authenable)").spec("RFC 9327");
    /// Whether the last message of this peer proved authentic.
    CTRL_PEER_STATUS_AUTHENTIC = Field::new("ntp.ctrl.peer_status.authentic", "Peer Status", Kind::Bool).mask(0x2000).width(16).words("authentication not okay (peer.authentic)", "authentication okay (peer.authentic)").spec("RFC 9327");
    /// Whether one of the last eight questions was answered.
    CTRL_PEER_STATUS_REACH = Field::new("ntp.ctrl.peer_status.reach", "Peer Status", Kind::Bool).mask(0x1000).width(16).words("reachability not okay (peer.reach != 0)", "reachability okay (peer.reach != 0)").spec("RFC 9327");
    /// Whether the peer is one that broadcasts.
    CTRL_PEER_STATUS_BCAST = Field::new("ntp.ctrl.peer_status.bcast", "Peer Status broadcast association", Kind::Bool).mask(0x800).width(16).flag().spec("RFC 9327");
    /// How far the peer came in the choice of whom to follow.
    CTRL_PEER_STATUS_SELECTION = Field::new("ntp.ctrl.peer_status.selection", "Peer Selection", Kind::U16).mask(0x700).values(CTRL_PEER_STATUS_SELECTION_NAMES).spec("RFC 9327");
    /// How many events this peer had since they were last asked for.
    CTRL_PEER_STATUS_COUNT = Field::new("ntp.ctrl.peer_status.count", "Peer Event Counter", Kind::U16).mask(0xf0).spec("RFC 9327");
    /// The last event of this peer.
    CTRL_PEER_STATUS_CODE = Field::new("ntp.ctrl.peer_status.code", "Peer Event Code", Kind::U16).mask(0xf).values(CTRL_PEER_STATUS_CODE_NAMES).spec("RFC 9327");
    /// State of the reference clock.
    CTRL_CLOCK_STATUS_STATUS = Field::new("ntp.ctrl.clock_status.status", "Clock Status", Kind::U16).mask(0xff00).values(CTRL_CLOCK_STATUS_STATUS_NAMES).spec("RFC 9327");
    /// The last event of the reference clock.
    CTRL_CLOCK_STATUS_CODE = Field::new("ntp.ctrl.clock_status.code", "Clock Event Code", Kind::U16).mask(0xff).spec("RFC 9327");
    /// What was asked or answered, mostly text: names of variables with their values.
    CTRL_DATA = Field::new("ntp.ctrl.data", "Data", Kind::None).spec("RFC 9327");
    /// One association in the list: its number and its state.
    CTRL_ITEM = Field::new("ntp.ctrl.item", "Item", Kind::None).spec("RFC 9327");
    /// Number of an association, that is of one peer; 0 is the system itself.
    CTRL_ASSOCID = Field::new("ntp.ctrl.associd", "AssociationID", Kind::U16).spec("RFC 9327");
    /// At which byte of the whole answer this piece stands.
    CTRL_OFFSET = Field::new("ntp.ctrl.offset", "Offset", Kind::U16).spec("RFC 9327");
    /// How many bytes of data follow.
    CTRL_COUNT = Field::new("ntp.ctrl.count", "Count", Kind::U16).spec("RFC 9327");
    /// Message of an event, sent unasked to who subscribed.
    CTRL_TRAPMSG = Field::new("ntp.ctrl.trapmsg", "Trap message", Kind::Str).spec("RFC 9327");
    /// Lines of configuration, as in the server's file.
    CTRL_CONFIGURATION = Field::new("ntp.ctrl.configuration", "Configuration", Kind::Str).spec("RFC 9327");
    /// List of those who asked this server most recently.
    CTRL_MRU = Field::new("ntp.ctrl.mru", "MRU", Kind::Str).spec("RFC 9327");
    /// A list in order: interfaces or restrictions.
    CTRL_ORDLIST = Field::new("ntp.ctrl.ordlist", "Ordered List", Kind::Str).spec("RFC 9327");
    /// A number that the client must repeat, so that its address is known to be real.
    CTRL_NONCE = Field::new("ntp.ctrl.nonce", "Nonce", Kind::Str).spec("RFC 9327");
}

crate::issues! {
    /// Extension fields are made of whole words of 4 bytes.
    EXT_INVALID_LENGTH = Issue::new("ntp.ext.invalid_length", "Extension invalid length", Severity::Warn, Group::Protocol);
}
