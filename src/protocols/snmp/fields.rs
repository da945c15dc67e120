//! The fields of SNMP and the words for their values.

crate::fields! {
    /// The frame with the answer to this request.
    RESPONSE_IN = Field::new("snmp.response_in", "Response In", Kind::Frame).spec("RFC 3416 section 4.2");
    /// The frame with the request that this answers.
    RESPONSE_TO = Field::new("snmp.response_to", "Response To", Kind::Frame).spec("RFC 3416 section 4.2");
    /// How long the agent took to answer.
    TIME = Field::new("snmp.time", "Time", Kind::RelTime).spec("RFC 3416 section 4.2");
    /// The message carries a checksum made with a key: nobody changed it on the way.
    FLAG_AUTH = Field::new("snmp.v3.flags.auth", "Authenticated", Kind::Bool).width(8).mask(0x01).flag().spec("RFC 3412 section 6.4");
    /// The data are encrypted: nobody reads them on the way.
    FLAG_CRYPT = Field::new("snmp.v3.flags.crypt", "Encrypted", Kind::Bool).width(8).mask(0x02).flag().spec("RFC 3412 section 6.4");
    /// If the message cannot be accepted, a report is to come back.
    FLAG_REPORT = Field::new("snmp.v3.flags.report", "Reportable", Kind::Bool).width(8).mask(0x04).flag().spec("RFC 3412 section 6.4");
    /// Whether the engine's name follows SNMPv3's rules or older ones.
    ENGINE_CONFORM = Field::new("snmp.engineid.conform", "Engine ID Conformance", Kind::Bool).width(8).mask(0x80).words("RFC1910 (Non-SNMPv3)", "RFC3411 (SNMPv3)").spec("RFC 3411 section 5");
    /// The maker of the engine, by the number that IANA gave it.
    ENGINE_ENTERPRISE = Field::new("snmp.engineid.enterprise", "Engine Enterprise ID", Kind::U32).names(Names::Lookup(super::values::enterprise)).spec("RFC 3411 section 5");
    /// What the rest of the engine's name is made of.
    ENGINE_FORMAT = Field::new("snmp.engineid.format", "Engine ID Format", Kind::U8).names(Names::Ranges(ENGINE_FORMATS)).spec("RFC 3411 section 5");
    /// An IPv4 address that names the engine.
    ENGINE_IPV4 = Field::new("snmp.engineid.ipv4", "Engine ID Data: IPv4 address", Kind::Ipv4).spec("RFC 3411 section 5");
    /// An IPv6 address that names the engine.
    ENGINE_IPV6 = Field::new("snmp.engineid.ipv6", "Engine ID Data: IPv6 address", Kind::Ipv6).spec("RFC 3411 section 5");
    /// Whether a Cisco device speaks as agent or as manager.
    ENGINE_CISCO = Field::new("snmp.engineid.cisco.type", "Engine ID Data: Cisco type", Kind::U8).hex().values(CISCO_TYPES).spec("RFC 3411 section 5");
    /// A hardware address that names the engine.
    ENGINE_MAC = Field::new("snmp.engineid.mac", "Engine ID Data: MAC address", Kind::Ether).spec("RFC 3411 section 5");
    /// A text that an administrator chose as the engine's name.
    ENGINE_TEXT = Field::new("snmp.engineid.text", "Engine ID Data: Text", Kind::Str).spec("RFC 3411 section 5");
    /// When the engine's name was made (Net-SNMP makes one of chance and time).
    ENGINE_TIME = Field::new("snmp.engineid.time", "Engine ID Data: Creation Time", Kind::AbsTime).spec("RFC 3411 section 5");
    /// Bytes that name the engine.
    ENGINE_DATA = Field::new("snmp.engineid.data", "Engine ID Data", Kind::Bytes).spec("RFC 3411 section 5");
    /// Whether the checksum is right; told only where the user's key is known.
    AUTHENTICATION = Field::new("snmp.v3.auth", "Authentication", Kind::Bool).words("Failed", "OK").spec("RFC 3414 section 6.3.2");
    /// The data after decryption; told only where the user's key is known.
    DECRYPTED = Field::new("snmp.decrypted_pdu", "Decrypted ScopedPDU", Kind::Bytes).spec("RFC 3414 section 8.3.2");
    /// The agent has no such object at all.
    NO_SUCH_OBJECT = Field::new("snmp.noSuchObject", "noSuchObject", Kind::None).spec("RFC 3416 section 4.2.1");
    /// The agent has the object, but not this one of it.
    NO_SUCH_INSTANCE = Field::new("snmp.noSuchInstance", "noSuchInstance", Kind::None).spec("RFC 3416 section 4.2.1");
    /// There is nothing behind this name: a walk ends here.
    END_OF_MIB_VIEW = Field::new("snmp.endOfMibView", "endOfMibView", Kind::None).spec("RFC 3416 section 4.2.2");
    /// No value: the request leaves the place empty.
    UNSPECIFIED = Field::new("snmp.unSpecified", "unSpecified", Kind::None).spec("RFC 3416 section 3");
    /// A whole number, with sign.
    VALUE_INT = Field::new("snmp.value.int", "Value (Integer32)", Kind::I64).spec("RFC 2578 section 7.1.1");
    /// Bytes or text: names, descriptions, hardware addresses.
    VALUE_OCTETS = Field::new("snmp.value.octets", "Value (OctetString)", Kind::Bytes).spec("RFC 2578 section 7.1.2");
    /// A name in the tree of objects, as a value.
    VALUE_OID = Field::new("snmp.value.oid", "Value (OID)", Kind::Oid).spec("RFC 2578 section 7.1.3");
    /// Nothing; requests send it where the value will stand.
    VALUE_NULL = Field::new("snmp.value.null", "Value (Null)", Kind::None).spec("RFC 3416 section 4.2.1");
    /// An IPv4 address.
    VALUE_IPV4 = Field::new("snmp.value.ipv4", "Value (IpAddress)", Kind::Ipv4).spec("RFC 2578 section 7.1.5");
    /// An IPv6 address; the type was made for IPv4, some agents use it all the same.
    VALUE_IPV6 = Field::new("snmp.value.ipv6", "Value (IpAddress)", Kind::Ipv6).spec("RFC 2578 section 7.1.5");
    /// An address of another length.
    VALUE_ADDR = Field::new("snmp.value.addr", "Value (IpAddress)", Kind::Bytes).spec("RFC 2578 section 7.1.5");
    /// A whole number without sign.
    VALUE_U32 = Field::new("snmp.value.u32", "Value (Unsigned32)", Kind::I64).spec("RFC 2578 section 7.1.11");
    /// A number that goes up and down: a temperature, a speed.
    VALUE_G32 = Field::new("snmp.value.g32", "Value (Gauge32)", Kind::I64).spec("RFC 2578 section 7.1.7");
    /// A value of a type that is not known.
    VALUE_UNKNOWN = Field::new("snmp.value.unk", "Value (Unknown)", Kind::Bytes).spec("RFC 2578 section 7.1");
    /// A number that only grows, and begins at 0 again behind 4,294,967,295: bytes that passed, packets lost.
    VALUE_COUNTER = Field::new("snmp.value.counter", "Value (Counter32)", Kind::U64).spec("RFC 2578 section 7.1.6");
    /// The same with 64 bits, for fast lines: 32 bits are passed within seconds there.
    VALUE_COUNTER64 = Field::new("snmp.value.counter", "Value (Counter64)", Kind::U64).spec("RFC 2578 section 7.1.10");
    /// An address of OSI networks; out of use.
    VALUE_NSAP = Field::new("snmp.value.nsap", "Value (NSAP)", Kind::U64).spec("RFC 1442 section 7.1.9");
    /// A time in hundredths of a second, mostly since the agent started.
    VALUE_TIMETICKS = Field::new("snmp.value.timeticks", "Value (Timeticks)", Kind::U64).spec("RFC 2578 section 7.1.8");
    /// BER within bytes: types that SNMP does not have by itself, such as numbers with a fraction.
    VALUE_OPAQUE = Field::new("snmp.value.opaque", "Value (Opaque)", Kind::Bytes).spec("RFC 2578 section 7.1.9");
    /// Which object it is: a path in the tree of all objects, with the number of the instance at its end.
    NAME = Field::new("snmp.name", "Object Name", Kind::Oid).spec("RFC 3416 section 3");
    /// The number behind the object's own path: 0 for what exists once, else the row of the table.
    NAME_INDEX = Field::new("snmp.name.index", "Scalar Instance Index", Kind::U64).spec("RFC 2578 section 7.7");
    /// The bytes of the value as text.
    VALUE_TEXT = Field::new("snmp.var-bind_str", "Variable-binding-string", Kind::Str).spec("RFC 3418 section 2");
    /// What follows the maker's number in an engine's name of the old kind.
    AGENT_TRAILER = Field::new("snmp.agentid_trailer", "AgentID Trailer", Kind::Bytes).spec("RFC 1910 section 2.3");
    /// A message between the agent and one of its helpers.
    SMUX_PDUS = Field::new("snmp.SMUX_PDUs", "SMUX-PDUs", Kind::U32).values(SMUX_KINDS).spec("RFC 1227 section 3");
    /// Which SNMP: 0 is version 1, 1 is version 2c, 3 is version 3.
    VERSION = Field::new("snmp.version", "version", Kind::I32).values(VERSIONS).spec("RFC 1157 section 4");
    /// The password of versions 1 and 2c, readable to everybody on the way; very often it is "public".
    COMMUNITY = Field::new("snmp.community", "community", Kind::Str).spec("RFC 1157 section 4");
    /// What is asked or told.
    DATA = Field::new("snmp.data", "data", Kind::U32).values(PDUS).spec("RFC 3416 section 3");
    /// Who sends, of the forgotten user-based version 2.
    PARAMETERS = Field::new("snmp.parameters", "parameters", Kind::Bytes).spec("RFC 1910 section 3");
    /// Whether the data of the forgotten user-based version 2 are encrypted.
    DATA_V2U = Field::new("snmp.datav2u", "datav2u", Kind::U32).values(PROTECTIONS).spec("RFC 1910 section 3");
    /// The data in the clear.
    PLAINTEXT = Field::new("snmp.plaintext", "plaintext", Kind::U32).values(PDUS).spec("RFC 1910 section 3");
    /// The data, encrypted.
    ENCRYPTED = Field::new("snmp.encrypted", "encrypted", Kind::Bytes).spec("RFC 1910 section 3");
    /// The engine whose clock and whose keys count: that of the agent, but for traps.
    MSG_ENGINE_ID = Field::new("snmp.msgAuthoritativeEngineID", "msgAuthoritativeEngineID", Kind::Bytes).spec("RFC 3414 section 2.4");
    /// How often that engine was started; with the time, it keeps old messages from being sent again.
    MSG_ENGINE_BOOTS = Field::new("snmp.msgAuthoritativeEngineBoots", "msgAuthoritativeEngineBoots", Kind::U32).spec("RFC 3414 section 2.4");
    /// Seconds since that engine was started.
    MSG_ENGINE_TIME = Field::new("snmp.msgAuthoritativeEngineTime", "msgAuthoritativeEngineTime", Kind::U32).spec("RFC 3414 section 2.4");
    /// The user; empty while the engine is asked for its name.
    MSG_USER = Field::new("snmp.msgUserName", "msgUserName", Kind::Str).spec("RFC 3414 section 2.4");
    /// The keyed checksum over the whole message; empty without authentication.
    MSG_AUTH = Field::new("snmp.msgAuthenticationParameters", "msgAuthenticationParameters", Kind::Bytes).spec("RFC 3414 section 2.4");
    /// A number that makes each encryption another one; empty without encryption.
    MSG_PRIV = Field::new("snmp.msgPrivacyParameters", "msgPrivacyParameters", Kind::Bytes).spec("RFC 3414 section 2.4");
    /// The version; 3.
    MSG_VERSION = Field::new("snmp.msgVersion", "msgVersion", Kind::I32).values(VERSIONS).spec("RFC 3412 section 6.1");
    /// The header that does not depend on how the message is protected.
    MSG_GLOBAL = Field::new("snmp.msgGlobalData_element", "msgGlobalData", Kind::None).spec("RFC 3412 section 6");
    /// What the security model says of the message.
    MSG_SECURITY = Field::new("snmp.msgSecurityParameters", "msgSecurityParameters", Kind::Bytes).spec("RFC 3412 section 6.6");
    /// Whether the data are in the clear or encrypted.
    MSG_DATA = Field::new("snmp.msgData", "msgData", Kind::U32).values(MESSAGE_DATA).spec("RFC 3412 section 6.7");
    /// The number by which a response finds its request.
    MSG_ID = Field::new("snmp.msgID", "msgID", Kind::U32).spec("RFC 3412 section 6.2");
    /// The longest message that the sender takes.
    MSG_MAX_SIZE = Field::new("snmp.msgMaxSize", "msgMaxSize", Kind::U32).spec("RFC 3412 section 6.3");
    /// How the message is protected, and whether a report may come back.
    MSG_FLAGS = Field::new("snmp.msgFlags", "msgFlags", Kind::Bytes).spec("RFC 3412 section 6.4");
    /// Who protects the message: 3 is the user-based model (USM).
    MSG_MODEL = Field::new("snmp.msgSecurityModel", "msgSecurityModel", Kind::U32).values(MODELS).spec("RFC 3412 section 6.5");
    /// The data with the context they are about.
    PLAINTEXT_ELEMENT = Field::new("snmp.plaintext_element", "plaintext", Kind::None).spec("RFC 3412 section 6.8");
    /// The data, encrypted: without the user's key nothing more is to be seen.
    ENCRYPTED_PDU = Field::new("snmp.encryptedPDU", "encryptedPDU", Kind::Bytes).spec("RFC 3414 section 8");
    /// The engine that has the data.
    CONTEXT_ENGINE_ID = Field::new("snmp.contextEngineID", "contextEngineID", Kind::Bytes).spec("RFC 3412 section 6.8");
    /// Which of several sets of data of that engine; mostly empty.
    CONTEXT_NAME = Field::new("snmp.contextName", "contextName", Kind::Str).spec("RFC 3412 section 6.8");
    /// Asks for the values of the objects named.
    GET_REQUEST = Field::new("snmp.get_request_element", "get-request", Kind::None).spec("RFC 3416 section 4.2.1");
    /// Asks for the object that follows each of those named: so a table is walked without knowing what is in it.
    GET_NEXT_REQUEST = Field::new("snmp.get_next_request_element", "get-next-request", Kind::None).spec("RFC 3416 section 4.2.2");
    /// Answers a request, with the values or with an error.
    GET_RESPONSE = Field::new("snmp.get_response_element", "get-response", Kind::None).spec("RFC 3416 section 4.2.4");
    /// Changes the objects named: all of them or none.
    SET_REQUEST = Field::new("snmp.set_request_element", "set-request", Kind::None).spec("RFC 3416 section 4.2.5");
    /// Tells of an event, in the form of version 1.
    TRAP = Field::new("snmp.trap_element", "trap", Kind::None).spec("RFC 1157 section 4.1.6");
    /// Asks for many following objects at once.
    GET_BULK_REQUEST = Field::new("snmp.getBulkRequest_element", "getBulkRequest", Kind::None).spec("RFC 3416 section 4.2.3");
    /// Tells of an event, and wants to know that it was heard.
    INFORM_REQUEST = Field::new("snmp.informRequest_element", "informRequest", Kind::None).spec("RFC 3416 section 4.2.7");
    /// Tells of an event; nobody answers.
    V2_TRAP = Field::new("snmp.snmpV2_trap_element", "snmpV2-trap", Kind::None).spec("RFC 3416 section 4.2.6");
    /// One engine tells another what was wrong with its message: with it, a stranger learns name and clock.
    REPORT = Field::new("snmp.report_element", "report", Kind::None).spec("RFC 3416 section 4.2.8");
    /// A number chosen by the asker; the answer carries the same.
    REQUEST_ID = Field::new("snmp.request_id", "request-id", Kind::I32).spec("RFC 3416 section 4.1");
    /// How it went.
    ERROR_STATUS = Field::new("snmp.error_status", "error-status", Kind::I32).values(ERRORS).spec("RFC 3416 section 3");
    /// Which of the variables the error is about, counted from 1.
    ERROR_INDEX = Field::new("snmp.error_index", "error-index", Kind::I32).spec("RFC 3416 section 3");
    /// The objects, each with its value.
    VARIABLE_BINDINGS = Field::new("snmp.variable_bindings", "variable-bindings", Kind::U32).names(Names::Custom(items)).spec("RFC 3416 section 3");
    /// The first so many names are asked for once only.
    NON_REPEATERS = Field::new("snmp.non_repeaters", "non-repeaters", Kind::U32).spec("RFC 3416 section 4.2.3");
    /// How many objects are wanted behind each of the other names.
    MAX_REPETITIONS = Field::new("snmp.max_repetitions", "max-repetitions", Kind::U32).spec("RFC 3416 section 4.2.3");
    /// What kind of device or event it is.
    ENTERPRISE = Field::new("snmp.enterprise", "enterprise", Kind::Oid).spec("RFC 1157 section 4.1.6");
    /// The device that something happened to.
    AGENT_ADDR = Field::new("snmp.agent_addr", "agent-addr", Kind::Ipv4).spec("RFC 1157 section 4.1.6");
    /// Which of the events that every device knows.
    GENERIC_TRAP = Field::new("snmp.generic_trap", "generic-trap", Kind::I32).values(GENERIC_TRAPS).spec("RFC 1157 section 4.1.6");
    /// Which of the maker's own events.
    SPECIFIC_TRAP = Field::new("snmp.specific_trap", "specific-trap", Kind::I32).spec("RFC 1157 section 4.1.6");
    /// When it happened: hundredths of a second since the agent started.
    TIME_STAMP = Field::new("snmp.time_stamp", "time-stamp", Kind::U32).spec("RFC 1157 section 4.1.6");
    /// The type of a value.
    VALUE_TYPE = Field::new("snmp.valueType_element", "valueType", Kind::None).spec("RFC 3416 section 3");
    /// One object with its value.
    VAR_BIND = Field::new("snmp.VarBind_element", "VarBind", Kind::None).spec("RFC 3416 section 3");
    /// The helper introduces itself.
    SMUX_OPEN = Field::new("snmp.open", "open", Kind::U32).values(SMUX_OPENS).spec("RFC 1227 section 3");
    /// One of the two leaves, and says why.
    SMUX_CLOSE = Field::new("snmp.close", "close", Kind::I32).values(SMUX_CLOSES).spec("RFC 1227 section 3");
    /// The helper wants to answer for a part of the tree, or not any more.
    SMUX_REGISTER = Field::new("snmp.registerRequest_element", "registerRequest", Kind::None).spec("RFC 1227 section 3");
    /// The agent's answer to that, or a request that it passes on.
    SMUX_REGISTERED = Field::new("snmp.registerResponse", "registerResponse", Kind::U32).values(SMUX_ANSWERS).spec("RFC 1227 section 3");
    /// Whether a change that was prepared is to be made.
    SMUX_COMMIT = Field::new("snmp.commitOrRollback", "commitOrRollback", Kind::I32).values(SMUX_COMMITS).spec("RFC 1227 section 3");
    /// The priority that the helper got, or -1: it was refused.
    SMUX_RESPONSE = Field::new("snmp.rRspPDU", "rRspPDU", Kind::I32).values(SMUX_REFUSED).spec("RFC 1227 section 3");
    /// A request or answer of SNMP itself.
    SMUX_PDU = Field::new("snmp.pDUs", "pDUs", Kind::U32).values(PDUS).spec("RFC 1227 section 3");
    /// The introduction.
    SMUX_SIMPLE = Field::new("snmp.smux_simple_element", "smux-simple", Kind::None).spec("RFC 1227 section 3");
    /// The version of SMUX.
    SMUX_VERSION = Field::new("snmp.smux_version", "smux-version", Kind::I32).values(SMUX_VERSIONS).spec("RFC 1227 section 3");
    /// What the helper is.
    SMUX_IDENTITY = Field::new("snmp.identity", "identity", Kind::Oid).spec("RFC 1227 section 3");
    /// What the helper is, in words.
    SMUX_DESCRIPTION = Field::new("snmp.description", "description", Kind::Bytes).spec("RFC 1227 section 3");
    /// The helper's password, readable to everybody on the way.
    SMUX_PASSWORD = Field::new("snmp.password", "password", Kind::Bytes).spec("RFC 1227 section 3");
    /// The part of the tree that the helper wants to answer for.
    SMUX_SUBTREE = Field::new("snmp.subtree", "subtree", Kind::Oid).spec("RFC 1227 section 3");
    /// Who goes first where several helpers want the same part: the lowest number; -1 = any.
    SMUX_PRIORITY = Field::new("snmp.priority", "priority", Kind::I32).spec("RFC 1227 section 3");
    /// Whether the part is to be read, written, or given up.
    SMUX_OPERATION = Field::new("snmp.operation", "operation", Kind::I32).values(SMUX_OPERATIONS).spec("RFC 1227 section 3");
}

/// "3 items".
fn items(count: u64, out: &mut String) {
    use std::fmt::Write as _;
    let _ = write!(out, "{count} item{}", if count == 1 { "" } else { "s" });
}

static VERSIONS: &[(u64, &str)] = &[(0, "version-1"), (1, "v2c"), (2, "v2u"), (3, "snmpv3")];

/// What is asked or told, by the tag of the element (RFC 3416 section 3).
pub static PDUS: &[(u64, &str)] = &[
    (0, "get-request"),
    (1, "get-next-request"),
    (2, "get-response"),
    (3, "set-request"),
    (4, "trap"),
    (5, "getBulkRequest"),
    (6, "informRequest"),
    (7, "snmpV2-trap"),
    (8, "report"),
];

static PROTECTIONS: &[(u64, &str)] = &[(0, "plaintext"), (1, "encrypted")];
static MESSAGE_DATA: &[(u64, &str)] = &[(0, "plaintext"), (1, "encryptedPDU")];
static MODELS: &[(u64, &str)] = &[(0, "Any"), (1, "V1"), (2, "V2C"), (3, "USM")];

static ERRORS: &[(u64, &str)] = &[
    (0, "noError"),
    (1, "tooBig"),
    (2, "noSuchName"),
    (3, "badValue"),
    (4, "readOnly"),
    (5, "genErr"),
    (6, "noAccess"),
    (7, "wrongType"),
    (8, "wrongLength"),
    (9, "wrongEncoding"),
    (10, "wrongValue"),
    (11, "noCreation"),
    (12, "inconsistentValue"),
    (13, "resourceUnavailable"),
    (14, "commitFailed"),
    (15, "undoFailed"),
    (16, "authorizationError"),
    (17, "notWritable"),
    (18, "inconsistentName"),
];

static GENERIC_TRAPS: &[(u64, &str)] = &[
    (0, "coldStart"),
    (1, "warmStart"),
    (2, "linkDown"),
    (3, "linkUp"),
    (4, "authenticationFailure"),
    (5, "egpNeighborLoss"),
    (6, "enterpriseSpecific"),
];

static ENGINE_FORMATS: &[(u64, u64, &str)] = &[
    (1, 1, "IPv4 address"),
    (2, 2, "IPv6 address"),
    (3, 3, "MAC address"),
    (4, 4, "Text, administratively assigned"),
    (5, 5, "Octets, administratively assigned"),
    (0, 255, "Reserved/Enterprise-specific"),
];

static CISCO_TYPES: &[(u64, &str)] = &[(0, "Agent"), (1, "Manager")];

static SMUX_KINDS: &[(u64, &str)] = &[
    (0, "open"),
    (1, "close"),
    (2, "registerRequest"),
    (3, "registerResponse"),
    (4, "commitOrRollback"),
];
static SMUX_OPENS: &[(u64, &str)] = &[(0, "smux-simple")];
static SMUX_CLOSES: &[(u64, &str)] = &[
    (0, "goingDown"),
    (1, "unsupportedVersion"),
    (2, "packetFormat"),
    (3, "protocolError"),
    (4, "internalError"),
    (5, "authenticationFailure"),
];
static SMUX_ANSWERS: &[(u64, &str)] = &[(0, "rRspPDU"), (1, "pDUs")];
static SMUX_COMMITS: &[(u64, &str)] = &[(0, "commit"), (1, "rollback")];
static SMUX_REFUSED: &[(u64, &str)] = &[(u64::MAX, "failure")];
static SMUX_VERSIONS: &[(u64, &str)] = &[(0, "version-1")];
static SMUX_OPERATIONS: &[(u64, &str)] = &[(0, "delete"), (1, "readOnly"), (2, "readWrite")];

crate::issues! {
    /// The version is none that SNMP has.
    UNKNOWN_VERSION = Issue::new("snmp.version.unknown", "Unknown version", Severity::Warn, Group::Protocol);
    /// Version 1 has an event message of its own form; later versions replaced it.
    TRAP_OBSOLETE = Issue::new("snmp.trap_pdu_obsolete", "Trap of version 1 in a message of a later version", Severity::Warn, Group::Protocol);
    /// The element should be a SEQUENCE of name and value.
    NOT_A_SEQUENCE = Issue::new("snmp.varbind.not_uni_class_seq", "VarBind is no SEQUENCE", Severity::Warn, Group::Malformed);
    /// SNMP allows BER's definite lengths only.
    INDEFINITE = Issue::new("snmp.varbind.has_indicator", "VarBind of indefinite length", Severity::Warn, Group::Malformed);
    /// An object is named by an OBJECT IDENTIFIER, and this is none.
    NAME_NOT_OID = Issue::new("snmp.objectname_not_oid", "The name of the object is no OBJECT IDENTIFIER", Severity::Warn, Group::Malformed);
    /// SNMP's values are never made of elements.
    NOT_PRIMITIVE = Issue::new("snmp.value_not_primitive_encoding", "The value is made of elements", Severity::Warn, Group::Malformed);
    /// A number of the path is beyond 32 bits.
    INVALID_OID = Issue::new("snmp.invalid_oid", "The name of the object cannot be read", Severity::Warn, Group::Malformed);
    /// Only three tags of this class say why there is no value.
    WRONG_TAG = Issue::new("snmp.varbind.wrong_tag", "No tag that tells why a value is missing", Severity::Warn, Group::Malformed);
    /// Instead of a value, the agent says why there is none.
    NO_VALUE = Issue::new("snmp.varbind.response", "The agent has no value for this name", Severity::Note, Group::Response);
    /// A number without sign that eight bytes cannot hold.
    TOO_LARGE = Issue::new("snmp.uint_too_large", "Integral value too large", Severity::Note, Group::Undecoded);
    /// A number that eight bytes cannot hold.
    TOO_LARGE_OR_SMALL = Issue::new("snmp.int_too_large", "Integral value too large or too small", Severity::Note, Group::Undecoded);
    /// A number has at least one byte.
    NO_DIGITS = Issue::new("snmp.integral_value0", "Integral value is zero-length", Severity::Note, Group::Undecoded);
    /// The length is none that values of this type have.
    WRONG_LENGTH = Issue::new("snmp.varbind.wrong_length_value", "The length does not fit the type of the value", Severity::Warn, Group::Malformed);
    /// The engine's name is not as the old rules (RFC 1910) want it.
    ENGINE_1910 = Issue::new("snmp.rfc1910_non_conformant", "Data not conforming to RFC1910", Severity::Warn, Group::Protocol);
    /// The engine's name is not as the rules (RFC 3411) want it.
    ENGINE_3411 = Issue::new("snmp.rfc3411_non_conformant", "Data not conforming to RFC3411", Severity::Warn, Group::Protocol);
}
