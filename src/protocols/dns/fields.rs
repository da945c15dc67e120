//! The fields of the header, of questions, of what all records have, and of the links between messages.

use super::values::{CLASSES, OPCODES, RCODES, described};

crate::fields! {
    /// Length of the message that follows; only over TCP, which has no message borders of its own.
    LENGTH = Field::new("dns.length", "Length", Kind::U16).spec("RFC 1035 section 4.2.2");
    /// A number chosen by the asker; the answer repeats it, so that they can be matched. It should be hard to guess, or a stranger could slip in a false answer first.
    ID = Field::new("dns.id", "Transaction ID", Kind::U16).hex().spec("RFC 1035 section 4.1.1");
    /// What kind of message this is, and how it went.
    FLAGS = Field::new("dns.flags", "Flags", Kind::U16).hex().spec("RFC 1035 section 4.1.1");
    /// 0 in a question, 1 in an answer.
    RESPONSE = Field::new("dns.flags.response", "Response", Kind::Bool).mask(0x8000).width(16)
        .words("Message is a query", "Message is a response").spec("RFC 1035 section 4.1.1");
    /// What is wanted: nearly always a standard query; zone changes and updates use others.
    OPCODE = Field::new("dns.flags.opcode", "Opcode", Kind::U16).mask(0x7800).values(OPCODES).spec("RFC 1035 section 4.1.1");
    /// The server answers from its own data, not from what it heard elsewhere.
    AUTHORITATIVE = Field::new("dns.flags.authoritative", "Authoritative", Kind::Bool).mask(0x0400).width(16)
        .words("Server is not an authority for domain", "Server is an authority for domain").spec("RFC 1035 section 4.1.1");
    /// LLMNR: whether the asker got several answers and tells so.
    CONFLICT_QUERY = Field::new("dns.flags.conflict", "Conflict", Kind::Bool).mask(0x0400).width(16)
        .words("None", "The sender received multiple responses").spec("RFC 4795 section 2.1.1");
    /// LLMNR: whether the name may be in use by several hosts.
    CONFLICT_RESPONSE = Field::new("dns.flags.conflict", "Conflict", Kind::Bool).mask(0x0400).width(16)
        .words("The name is considered unique", "The name is not considered unique").spec("RFC 4795 section 2.1.1");
    /// The answer did not fit into a datagram; the asker should try again over TCP.
    TRUNCATED = Field::new("dns.flags.truncated", "Truncated", Kind::Bool).mask(0x0200).width(16)
        .words("Message is not truncated", "Message is truncated").spec("RFC 1035 section 4.1.1");
    /// The asker wants the server to find the answer, asking others if need be.
    RECURSION_DESIRED = Field::new("dns.flags.recdesired", "Recursion desired", Kind::Bool).mask(0x0100).width(16)
        .words("Don't do query recursively", "Do query recursively").spec("RFC 1035 section 4.1.1");
    /// LLMNR: the answering host has not yet made sure that nobody else has the name.
    TENTATIVE = Field::new("dns.flags.tentative", "Tentative", Kind::Bool).mask(0x0100).width(16)
        .words("Not tentative", "Tentative").spec("RFC 4795 section 2.1.1");
    /// The server is willing to ask others.
    RECURSION_AVAILABLE = Field::new("dns.flags.recavail", "Recursion available", Kind::Bool).mask(0x0080).width(16)
        .words("Server can't do recursive queries", "Server can do recursive queries").spec("RFC 1035 section 4.1.1");
    /// Without meaning; must be 0.
    Z = Field::new("dns.flags.z", "Z", Kind::Bool).mask(0x0040).width(16)
        .words("reserved (0)", "reserved - incorrect!").spec("RFC 1035 section 4.1.1");
    /// The server checked the signatures (DNSSEC) of what it answers.
    AUTHENTICATED = Field::new("dns.flags.authenticated", "Answer authenticated", Kind::Bool).mask(0x0020).width(16)
        .words("Answer/authority portion was not authenticated by the server", "Answer/authority portion was authenticated by the server")
        .spec("RFC 4035 section 3.2.3");
    /// In a query: the asker would like to know whether the server checked the signatures.
    AUTHENTICATED_QUERY = Field::new("dns.flags.authenticated", "AD bit", Kind::Bool).mask(0x0020).width(16).flag()
        .spec("RFC 6840 section 5.7");
    /// The asker takes data whose signatures were not checked; it checks them itself.
    CHECKING_DISABLED = Field::new("dns.flags.checkdisable", "Non-authenticated data", Kind::Bool).mask(0x0010).width(16)
        .words("Unacceptable", "Acceptable").spec("RFC 4035 section 3.2.2");
    /// How the request went: no error, no such name, refused...
    RCODE = Field::new("dns.flags.rcode", "Reply code", Kind::U16).mask(0x000f).values(RCODES).spec("RFC 1035 section 4.1.1");
    /// How many questions follow; in practice one.
    QUESTIONS = Field::new("dns.count.queries", "Questions", Kind::U16).spec("RFC 1035 section 4.1.1");
    /// How many zones an update is for: one.
    ZONES = Field::new("dns.count.zones", "Zones", Kind::U16).spec("RFC 2136 section 2.2");
    /// How many records answer the question.
    ANSWERS = Field::new("dns.count.answers", "Answer RRs", Kind::U16).spec("RFC 1035 section 4.1.1");
    /// How many conditions must hold before an update is done.
    PREREQUISITES = Field::new("dns.count.prerequisites", "Prerequisites", Kind::U16).spec("RFC 2136 section 2.2");
    /// How many records name the servers that are responsible.
    AUTHORITY = Field::new("dns.count.auth_rr", "Authority RRs", Kind::U16).spec("RFC 1035 section 4.1.1");
    /// How many records are to be added or deleted.
    UPDATES = Field::new("dns.count.updates", "Updates", Kind::U16).spec("RFC 2136 section 2.2");
    /// How many records come along because they may be of use, such as addresses of name servers.
    ADDITIONAL = Field::new("dns.count.add_rr", "Additional RRs", Kind::U16).spec("RFC 1035 section 4.1.1");
    /// The name that is asked for.
    QUERY_NAME = Field::new("dns.qry.name", "Name", Kind::Str).spec("RFC 1035 section 4.1.2");
    /// Length of the name in characters.
    QUERY_NAME_LEN = Field::new("dns.qry.name.len", "Name Length", Kind::U16).spec("RFC 1035 section 4.1.2");
    /// How many labels the name has: `www.python.org` has three.
    LABELS = Field::new("dns.count.labels", "Label Count", Kind::U16).spec("RFC 1035 section 3.1");
    /// Which kind of record is wanted: an address, a mail server...
    QUERY_TYPE = Field::new("dns.qry.type", "Type", Kind::U16).names(Names::Lookup(described)).spec("RFC 1035 section 3.2.2");
    /// The family of names; IN, the Internet, everywhere.
    QUERY_CLASS = Field::new("dns.qry.class", "Class", Kind::U16).hex().values(CLASSES).spec("RFC 1035 section 3.2.4");
    /// The family of names; its top bit means something else in multicast DNS.
    QUERY_CLASS_MULTICAST = Field::new("dns.qry.class", "Class", Kind::U16).hex().mask(0x7fff).values(CLASSES).spec("RFC 6762 section 18.12");
    /// The asker would like the answer sent to it alone instead of to everybody.
    QUERY_UNICAST = Field::new("dns.qry.qu", "\"QU\" question", Kind::Bool).mask(0x8000).width(16).spec("RFC 6762 section 5.4");
    /// The name that the record belongs to.
    NAME = Field::new("dns.resp.name", "Name", Kind::Str).spec("RFC 1035 section 4.1.3");
    /// What the record holds: an address, another name...
    TYPE = Field::new("dns.resp.type", "Type", Kind::U16).names(Names::Lookup(described)).spec("RFC 1035 section 3.2.2");
    /// The family of names; IN, the Internet, everywhere.
    CLASS = Field::new("dns.resp.class", "Class", Kind::U16).hex().values(CLASSES).spec("RFC 1035 section 3.2.4");
    /// The family of names; its top bit means something else in multicast DNS.
    CLASS_MULTICAST = Field::new("dns.resp.class", "Class", Kind::U16).hex().mask(0x7fff).values(CLASSES).spec("RFC 6762 section 18.13");
    /// Whoever remembers older records of this name and type should forget them.
    CACHE_FLUSH = Field::new("dns.resp.cache_flush", "Cache flush", Kind::Bool).mask(0x8000).width(16).spec("RFC 6762 section 10.2");
    /// For how many seconds the record may be remembered. A short time lets changes spread quickly and costs more questions.
    TTL = Field::new("dns.resp.ttl", "Time to live", Kind::U32).names(Names::Custom(super::values::seconds)).spec("RFC 1035 section 4.1.3");
    /// Length of the record's data in bytes.
    DATA_LEN = Field::new("dns.resp.len", "Data length", Kind::U16).spec("RFC 1035 section 4.1.3");
    /// Data of a record whose type is not known here.
    DATA = Field::new("dns.data", "Data", Kind::Bytes).spec("RFC 3597");
    /// The frame with the answer to this query.
    RESPONSE_IN = Field::new("dns.response_in", "Response In", Kind::Frame);
    /// The frame with the query that this message answers.
    RESPONSE_TO = Field::new("dns.response_to", "Request In", Kind::Frame);
    /// Time from the query to this answer.
    RESPONSE_TIME = Field::new("dns.time", "Time", Kind::RelTime);
    /// The message was sent before: the first one, or its answer, was lost or late.
    REPETITION = Field::new("dns.retransmission", "Retransmission", Kind::Bool);
    /// The frame in which this query was sent for the first time.
    REPEATS_QUERY_IN = Field::new("dns.retransmit_request_in", "Retransmitted request. Original request in", Kind::Frame);
    /// The frame in which this answer was sent for the first time.
    REPEATS_RESPONSE_IN = Field::new("dns.retransmit_response_in", "Retransmitted response. Original response in", Kind::Frame);
    /// Nobody asked for this answer, as far as the capture shows.
    UNSOLICITED = Field::new("dns.unsolicited", "Unsolicited", Kind::Bool);
    /// Bytes behind the end of the message.
    EXTRANEOUS_DATA = Field::new("dns.extraneous.data", "Extraneous Data Bytes", Kind::Bytes);
    /// How many bytes are behind the end of the message.
    EXTRANEOUS_LENGTH = Field::new("dns.extraneous.length", "Extraneous Data Length", Kind::I32);
}

crate::issues! {
    /// The same query was sent shortly before and has no answer yet: the datagram or its answer got lost, or the server is slow.
    REPEATED_QUERY = Issue::new("dns.retransmit_request", "DNS query retransmission", Severity::Warn, Group::Protocol);
    /// The query was answered already: the answer was sent twice, or the network doubled it.
    REPEATED_RESPONSE = Issue::new("dns.retransmit_response", "DNS response retransmission", Severity::Warn, Group::Protocol);
    /// The message ends before the datagram does. Something may be hidden there, or a counter is wrong.
    EXTRANEOUS = Issue::new("dns.extraneous", "Extraneous data", Severity::Note, Group::Undecoded);
    /// The record's type is one whose data is not taken apart here.
    UNDECODED_TYPE = Issue::new("dns.undecoded.type", "Undecoded option", Severity::Note, Group::Undecoded);
    /// An experimental option code is used that has an official successor.
    DEPRECATED_CODE = Issue::new("dns.depr.opc", "Deprecated opcode", Severity::Warn, Group::Protocol);
    /// A client subnet is longer than any address.
    BAD_SUBNET = Issue::new("dns.rr.opt.bad_length", "Length too long for any type of IP address.", Severity::Error, Group::Malformed);
    /// Times to live have 31 bits; with the topmost bit set the value counts as 0.
    HIGH_TTL = Issue::new("dns.ttl.high_bit_set", "The uppermost bit of the TTL is set (RFC 2181, section 8)", Severity::Note, Group::Protocol);
    /// The signature of this message is made in a way that is not taken apart here.
    NO_ALGORITHM = Issue::new("dns.tsig.noalg", "No dissector for algorithm", Severity::Warn, Group::Undecoded);
    /// A key needs at least four bytes for its number to be computed.
    SHORT_KEY = Issue::new("dns.key_id_buffer_too_short", "Buffer too short to compute a key id", Severity::Warn, Group::Malformed);
}
