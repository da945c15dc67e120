//! The fields of the NetBIOS name service and the words for their values.

crate::fields! {
    /// A number chosen by the asker; the answer carries the same, so that the two find each other.
    ID = Field::new("nbns.id", "Transaction ID", Kind::U16).hex().spec("RFC 1002 section 4.2.1.1");
    /// Whether this is a question or an answer, what is asked for, and how it ended.
    FLAGS = Field::new("nbns.flags", "Flags", Kind::U16).hex().spec("RFC 1002 section 4.2.1.1");
    /// Whether this is a question or an answer.
    RESPONSE = Field::new("nbns.flags.response", "Response", Kind::Bool).width(16).mask(0x8000).words("Message is a query", "Message is a response").spec("RFC 1002 section 4.2.1.1");
    /// What is wanted: to find a name, to register, renew or release one's own.
    OPCODE = Field::new("nbns.flags.opcode", "Opcode", Kind::U16).mask(0x7800).values(OPCODES).spec("RFC 1002 section 4.2.1.1");
    /// The answer comes from the one who decides about the name: its owner or the name server.
    AUTHORITATIVE = Field::new("nbns.flags.authoritative", "Authoritative", Kind::Bool).width(16).mask(0x0400).words("Server is not an authority for domain", "Server is an authority for domain").spec("RFC 1002 section 4.2.1.1");
    /// The message did not fit into a datagram: the rest is to be asked for over TCP.
    TRUNCATED = Field::new("nbns.flags.truncated", "Truncated", Kind::Bool).width(16).mask(0x0200).words("Message is not truncated", "Message is truncated").spec("RFC 1002 section 4.2.1.1");
    /// The name server is asked to find the answer itself.
    RECURSION_DESIRED = Field::new("nbns.flags.recdesired", "Recursion desired", Kind::Bool).width(16).mask(0x0100).words("Don't do query recursively", "Do query recursively").spec("RFC 1002 section 4.2.1.1");
    /// The name server would do that.
    RECURSION_AVAILABLE = Field::new("nbns.flags.recavail", "Recursion available", Kind::Bool).width(16).mask(0x0080).words("Server can't do recursive queries", "Server can do recursive queries").spec("RFC 1002 section 4.2.1.1");
    /// The message goes to everybody in the local network, not to a name server.
    BROADCAST = Field::new("nbns.flags.broadcast", "Broadcast", Kind::Bool).width(16).mask(0x0010).words("Not a broadcast packet", "Broadcast packet").spec("RFC 1002 section 4.2.1.1");
    /// How it ended.
    RCODE = Field::new("nbns.flags.rcode", "Reply code", Kind::U16).mask(0x000f).values(RCODES).spec("RFC 1002 section 4.2.1.1");
    /// How many questions follow.
    QUERIES = Field::new("nbns.count.queries", "Questions", Kind::U16).spec("RFC 1002 section 4.2.1.1");
    /// How many answers follow.
    ANSWERS = Field::new("nbns.count.answers", "Answer RRs", Kind::U16).spec("RFC 1002 section 4.2.1.1");
    /// How many records about the responsible servers follow.
    AUTHORITY = Field::new("nbns.count.auth_rr", "Authority RRs", Kind::U16).spec("RFC 1002 section 4.2.1.1");
    /// How many further records follow.
    ADDITIONAL = Field::new("nbns.count.add_rr", "Additional RRs", Kind::U16).spec("RFC 1002 section 4.2.1.1");
    /// The name, with the byte in angle brackets that tells what kind of service has it.
    NAME = Field::new("nbns.name", "Name", Kind::Str).spec("RFC 1001 section 14");
    /// What is asked for: NB is the address of a name, NBSTAT all names of a host.
    TYPE = Field::new("nbns.type", "Type", Kind::U16).values(TYPES).spec("RFC 1002 section 4.2.1.2");
    /// The kind of network; always Internet.
    CLASS = Field::new("nbns.class", "Class", Kind::U16).values(CLASSES).spec("RFC 1002 section 4.2.1.2");
    /// For how many seconds the record may be remembered.
    TTL = Field::new("nbns.ttl", "Time to live", Kind::U32).names(Names::Custom(span)).spec("RFC 1002 section 4.2.1.3");
    /// Length of the record's data in bytes.
    DATA_LENGTH = Field::new("nbns.data_length", "Data length", Kind::U16).spec("RFC 1002 section 4.2.1.3");
    /// Data of a record of which nobody knows the form.
    DATA = Field::new("nbns.data", "Data", Kind::Bytes).spec("RFC 1002 section 4.2.1.3");
    /// What kind of name it is, and how its owner finds other names.
    NB_FLAGS = Field::new("nbns.nb_flags", "Name flags", Kind::U16).hex().spec("RFC 1002 section 4.2.2");
    /// A group's name may be used by many, any other by one host only.
    NB_GROUP = Field::new("nbns.nb_flags.group", "Name type", Kind::Bool).width(16).mask(0x8000).words("Unique name", "Group name").spec("RFC 1002 section 4.2.2");
    /// How the owner finds names: by broadcast (B), by a name server (P), by broadcast first (M) or by the server first (H).
    NB_ONT = Field::new("nbns.nb_flags.ont", "ONT", Kind::U16).mask(0x6000).values(NB_NODES).spec("RFC 1002 section 4.2.2");
    /// The address of the name's owner.
    ADDR = Field::new("nbns.addr", "Addr", Kind::Ipv4).spec("RFC 1002 section 4.2.2");
    /// How many names the host has.
    NUMBER_OF_NAMES = Field::new("nbns.number_of_names", "Number of names", Kind::U8).spec("RFC 1002 section 4.2.18");
    /// One of its names.
    NETBIOS_NAME = Field::new("nbns.netbios_name", "Name", Kind::Str).spec("RFC 1002 section 4.2.18");
    /// What kind of name it is, and what state it is in.
    NAME_FLAGS = Field::new("nbns.name_flags", "Name flags", Kind::U16).hex().spec("RFC 1002 section 4.2.18");
    /// A group's name may be used by many, any other by one host only.
    NAME_GROUP = Field::new("nbns.name_flags.group", "Name type", Kind::Bool).width(16).mask(0x8000).words("Unique name", "Group name").spec("RFC 1002 section 4.2.18");
    /// How the host finds names: by broadcast (B), by a name server (P), or both (M).
    NAME_ONT = Field::new("nbns.name_flags.ont", "ONT", Kind::U16).mask(0x6000).values(NAME_NODES).spec("RFC 1002 section 4.2.18");
    /// The host is giving the name up.
    NAME_DEREGISTERED = Field::new("nbns.name_flags.drg", "Name is being deregistered", Kind::Bool).width(16).mask(0x1000).words("No", "Yes").spec("RFC 1002 section 4.2.18");
    /// Another host has the name as well.
    NAME_CONFLICT = Field::new("nbns.name_flags.cnf", "Name is in conflict", Kind::Bool).width(16).mask(0x0800).words("No", "Yes").spec("RFC 1002 section 4.2.18");
    /// The name is in use.
    NAME_ACTIVE = Field::new("nbns.name_flags.act", "Name is active", Kind::Bool).width(16).mask(0x0400).words("No", "Yes").spec("RFC 1002 section 4.2.18");
    /// The name is the host's own for good.
    NAME_PERMANENT = Field::new("nbns.name_flags.prm", "Permanent node name", Kind::Bool).width(16).mask(0x0200).words("No", "Yes").spec("RFC 1002 section 4.2.18");
    /// The host's number: mostly its hardware address. Anybody may ask for it.
    UNIT_ID = Field::new("nbns.unit_id", "Unit ID", Kind::Ether).spec("RFC 1002 section 4.2.18");
    /// How the jumpers of the network card were set.
    JUMPERS = Field::new("nbns.jumpers", "Jumpers", Kind::U8).hex().spec("RFC 1002 section 4.2.18");
    /// How the card's own test ended.
    TEST_RESULT = Field::new("nbns.test_result", "Test result", Kind::U8).hex().spec("RFC 1002 section 4.2.18");
    /// The version of the card's program.
    VERSION = Field::new("nbns.version_number", "Version number", Kind::U16).hex().spec("RFC 1002 section 4.2.18");
    /// Over how long the counts below were made.
    PERIOD = Field::new("nbns.period_of_statistics", "Period of statistics", Kind::U16).hex().spec("RFC 1002 section 4.2.18");
    /// How many frames had a wrong checksum.
    CRCS = Field::new("nbns.num_crcs", "Number of CRCs", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How many frames did not end at a byte.
    ALIGNMENT_ERRORS = Field::new("nbns.num_alignment_errors", "Number of alignment errors", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How often two stations sent at the same time.
    COLLISIONS = Field::new("nbns.num_collisions", "Number of collisions", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How often sending was given up.
    SEND_ABORTS = Field::new("nbns.num_send_aborts", "Number of send aborts", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How many frames were sent.
    GOOD_SENDS = Field::new("nbns.num_good_sends", "Number of good sends", Kind::U32).spec("RFC 1002 section 4.2.18");
    /// How many frames were received.
    GOOD_RECEIVES = Field::new("nbns.num_good_receives", "Number of good receives", Kind::U32).spec("RFC 1002 section 4.2.18");
    /// How many frames were sent again.
    RETRANSMITS = Field::new("nbns.numretransmits", "Number of retransmits", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How often there was no room for a frame.
    NO_RESOURCES = Field::new("nbns.num_no_resource_conditions", "Number of no resource conditions", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How many commands the card may have at once.
    COMMAND_BLOCKS = Field::new("nbns.numcommand_blocks", "Number of command blocks", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How many sessions are open.
    PENDING_SESSIONS = Field::new("nbns.numpending_sessions", "Number of pending sessions", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How many sessions may be open, as it is set.
    MAX_PENDING_SESSIONS = Field::new("nbns.max_num_pending_sessions", "Max number of pending sessions", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// How many sessions may be open at most.
    MAX_SESSIONS = Field::new("nbns.max_total_sessions_possible", "Max total sessions possible", Kind::U16).spec("RFC 1002 section 4.2.18");
    /// The longest message of a session.
    SESSION_SIZE = Field::new("nbns.session_data_packet_size", "Session data packet size", Kind::U16).spec("RFC 1002 section 4.2.18");
}

crate::issues! {
    /// The record ends in the middle of one of its parts.
    INCOMPLETE = Issue::new("nbns.incomplete_entry", "incomplete entry", Severity::Error, Group::Malformed);
}

/// What is wanted.
pub static OPCODES: &[(u64, &str)] = &[
    (0, "Name query"),
    (5, "Registration"),
    (6, "Release"),
    (7, "Wait for acknowledgment"),
    (8, "Refresh"),
    (9, "Refresh (alternate opcode)"),
    (15, "Multi-homed registration"),
];

static RCODES: &[(u64, &str)] = &[
    (0, "No error"),
    (1, "Request was invalidly formatted"),
    (2, "Server failure"),
    (3, "Requested name does not exist"),
    (4, "Request is not implemented"),
    (5, "Request was refused"),
    (6, "Name is owned by another node"),
    (7, "Name is in conflict"),
];

static TYPES: &[(u64, &str)] = &[(32, "NB"), (33, "NBSTAT")];

static CLASSES: &[(u64, &str)] = &[
    (1, "IN"),
    (2, "CS"),
    (3, "CH"),
    (4, "HS"),
    (254, "NONE"),
    (255, "ANY"),
];

// The yardstick counts these in the places where the bits stand, so that its words are found for the first of them only; the
// line of the flags has the right word.
static NB_NODES: &[(u64, &str)] = &[
    (0, "B-node"),
    (0x2000, "P-node"),
    (0x4000, "M-node"),
    (0x6000, "H-node"),
];
static NAME_NODES: &[(u64, &str)] = &[(0, "B-node"), (0x2000, "P-node"), (0x4000, "M-node")];

/// "3 days, 11 hours, 20 minutes".
fn span(seconds: u64, out: &mut String) {
    use std::fmt::Write as _;
    let signed = seconds as u32 as i32;
    if signed < 0 {
        out.push('-');
    }
    let seconds = signed.unsigned_abs();
    if seconds == 0 {
        out.push_str("0 seconds");
    }
    let parts = [
        (seconds / 86_400, "day"),
        (seconds / 3600 % 24, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let mut separator = "";
    for (count, unit) in parts {
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            let _ = write!(out, "{separator}{count} {unit}{plural}");
            separator = ", ";
        }
    }
}
