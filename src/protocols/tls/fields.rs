//! The fields of TLS, and what their values mean.

use super::values::{ALERTS, CIPHER_SUITES, EXTENSIONS, HANDSHAKES};

crate::fields! {
    /// One record: the unit in which TLS sends, encrypts and protects against change.
    RECORD = Field::new("tls.record", "Record Layer", Kind::None).spec("RFC 8446 section 5.1");
    /// What the record carries. Encrypted records of TLS 1.3 all say application data.
    CONTENT_TYPE = Field::new("tls.record.content_type", "Content Type", Kind::U8).values(CONTENT_TYPES).spec("RFC 8446 section 5.1");
    /// The version as the record says it. Kept at old values on purpose, because middle boxes stumble over new ones; the
    /// true version is in the hello messages.
    VERSION = Field::new("tls.record.version", "Version", Kind::U16).hex().names(Names::Lookup(version_title)).spec("RFC 8446 section 5.1");
    /// Length of the content in bytes, at most 16,384 and a little for the encryption.
    LENGTH = Field::new("tls.record.length", "Length", Kind::U16).spec("RFC 8446 section 5.1");
    /// Data of the application, encrypted: without the keys nobody can tell more than its length.
    APP_DATA = Field::new("tls.app_data", "Encrypted Application Data", Kind::Bytes).spec("RFC 8446 section 5.2");
    /// Both sides change to the keys agreed on: what this side sends from here on is encrypted.
    CHANGE_CIPHER_SPEC = Field::new("tls.change_cipher_spec", "Change Cipher Spec Message", Kind::None).spec("RFC 5246 section 7.1");
    /// A warning, or the reason why the connection ends.
    ALERT = Field::new("tls.alert_message", "Alert Message", Kind::None).spec("RFC 8446 section 6");
    /// Whether the connection can go on.
    ALERT_LEVEL = Field::new("tls.alert_message.level", "Level", Kind::U8).values(ALERT_LEVELS).spec("RFC 8446 section 6");
    /// What is wrong.
    ALERT_DESCRIPTION = Field::new("tls.alert_message.desc", "Description", Kind::U8).values(ALERTS).spec("RFC 8446 section 6");
    /// "Are you still there?", and the answer.
    HEARTBEAT = Field::new("tls.heartbeat_message", "Heartbeat Message", Kind::None).spec("RFC 6520");
    /// Question or answer.
    HEARTBEAT_TYPE = Field::new("tls.heartbeat_message.type", "Type", Kind::U8).values(HEARTBEATS).spec("RFC 6520 section 3");
    /// A message by which both sides agree on keys and prove who they are.
    HANDSHAKE = Field::new("tls.handshake", "Handshake Protocol", Kind::None).spec("RFC 8446 section 4");
    /// Which handshake message this is.
    HANDSHAKE_TYPE = Field::new("tls.handshake.type", "Handshake Type", Kind::U8).values(HANDSHAKES).spec("RFC 8446 section 4");
    /// Length of the handshake message in bytes.
    HANDSHAKE_LENGTH = Field::new("tls.handshake.length", "Length", Kind::U24).spec("RFC 8446 section 4");
    /// The highest version that the client speaks, or the one that the server chose (up to TLS 1.2; newer ones are in the
    /// extension "supported versions").
    HANDSHAKE_VERSION = Field::new("tls.handshake.version", "Version", Kind::U16).hex().names(Names::Lookup(version_title)).spec("RFC 5246 section 7.4.1.2");
    /// 32 bytes that are different every time: they go into the keys, so that an old conversation cannot be replayed.
    RANDOM = Field::new("tls.handshake.random", "Random", Kind::Bytes).spec("RFC 8446 section 4.1.2");
    /// The sender's clock, as old versions put it at the front of the random bytes; today these are random too.
    RANDOM_TIME = Field::new("tls.handshake.random_time", "GMT Unix Time", Kind::AbsTime).spec("RFC 5246 section 7.4.1.2");
    /// The random bytes behind the time.
    RANDOM_BYTES = Field::new("tls.handshake.random_bytes", "Random Bytes", Kind::Bytes).spec("RFC 5246 section 7.4.1.2");
    /// Length of the session's name in bytes; 0: none.
    SESSION_ID_LENGTH = Field::new("tls.handshake.session_id_length", "Session ID Length", Kind::U16).spec("RFC 5246 section 7.4.1.2");
    /// Names an earlier session that the client would like to go on with. In TLS 1.3 it is there only to look familiar.
    SESSION_ID = Field::new("tls.handshake.session_id", "Session ID", Kind::Bytes).spec("RFC 5246 section 7.4.1.2");
    /// Length of the list of cipher suites in bytes; each takes two.
    SUITES_LENGTH = Field::new("tls.handshake.cipher_suites_length", "Cipher Suites Length", Kind::U16).spec("RFC 8446 section 4.1.2");
    /// The cipher suites that the client can do, the ones it likes best first.
    SUITES = Field::new("tls.handshake.ciphersuites", "Cipher Suites", Kind::None).spec("RFC 8446 section 4.1.2");
    /// A set of procedures: how keys are agreed on, data encrypted and protected against change.
    SUITE = Field::new("tls.handshake.ciphersuite", "Cipher Suite", Kind::U16).hex().values(CIPHER_SUITES).spec("RFC 8446 appendix B.4");
    /// Length of the list of compression methods in bytes.
    COMPRESSIONS_LENGTH = Field::new("tls.handshake.comp_methods_length", "Compression Methods Length", Kind::U8).spec("RFC 5246 section 7.4.1.2");
    /// How the client could compress. Compressing before encrypting gives secrets away, so nobody does it any more.
    COMPRESSIONS = Field::new("tls.handshake.comp_methods", "Compression Methods", Kind::None).spec("RFC 5246 section 7.4.1.2");
    /// A compression method; null means none.
    COMPRESSION = Field::new("tls.handshake.comp_method", "Compression Method", Kind::U8).values(COMPRESSION_NAMES).spec("RFC 3749 section 2");
    /// Length of all extensions together in bytes.
    EXTENSIONS_LENGTH = Field::new("tls.handshake.extensions_length", "Extensions Length", Kind::U16).spec("RFC 8446 section 4.2");
    /// What the extension is about.
    EXTENSION_TYPE = Field::new("tls.handshake.extension.type", "Type", Kind::U16).values(EXTENSIONS).spec("RFC 8446 section 4.2");
    /// Length of the extension's content in bytes.
    EXTENSION_LENGTH = Field::new("tls.handshake.extension.len", "Length", Kind::U16).spec("RFC 8446 section 4.2");
    /// The extension's content, where it is not taken apart.
    EXTENSION_DATA = Field::new("tls.handshake.extension.data", "Data", Kind::Bytes).spec("RFC 8446 section 4.2");
    /// Length of the list of names in bytes.
    NAMES_LENGTH = Field::new("tls.handshake.extensions_server_name_list_len", "Server Name list length", Kind::U16).spec("RFC 6066 section 3");
    /// What kind of name follows; only host names are in use.
    NAME_TYPE = Field::new("tls.handshake.extensions_server_name_type", "Server Name Type", Kind::U8).values(&[(0, "host_name")]).spec("RFC 6066 section 3");
    /// Length of the name in bytes.
    NAME_LENGTH = Field::new("tls.handshake.extensions_server_name_len", "Server Name length", Kind::U16).spec("RFC 6066 section 3");
    /// The host that the client wants to reach. It is sent in clear text, so that a server with many names can show the right
    /// certificate; and so everybody on the way can read whom you visit.
    NAME = Field::new("tls.handshake.extensions_server_name", "Server Name", Kind::Str).spec("RFC 6066 section 3");
    /// The frame in which the handshake message becomes complete, and where it is shown.
    REASSEMBLED_IN = Field::new("tls.handshake.reassembled_in", "Reassembled Handshake Message in frame", Kind::Frame).spec("RFC 8446 section 5.1");
    /// The records of which a handshake message was put together.
    FRAGMENTS = Field::new("tls.handshake.fragments", "Reassembled Handshake Fragments", Kind::None).spec("RFC 8446 section 5.1");
    /// A frame with a part of the handshake message.
    FRAGMENT = Field::new("tls.handshake.fragment", "Handshake Fragment", Kind::Frame).spec("RFC 8446 section 5.1");
    /// In how many parts the handshake message came.
    FRAGMENT_COUNT = Field::new("tls.handshake.fragment.count", "Handshake Fragment count", Kind::U32).spec("RFC 8446 section 5.1");
}

crate::issues! {
    /// The bytes do not begin a record: the capture starts in the middle, or bytes are missing.
    IGNORED_RECORD = Issue::new("tls.ignored_unknown_record", "Ignored Unknown Record", Severity::Warn, Group::Protocol);
    /// A length field says more, or less, than can be.
    VECTOR_LENGTH = Issue::new("tls.malformed.vector_length", "Variable vector length is outside the permitted range", Severity::Warn, Group::Protocol);
}

/// What a record carries (RFC 8446 section 5.1).
static CONTENT_TYPES: &[(u64, &str)] = &[
    (20, "Change Cipher Spec"),
    (21, "Alert"),
    (22, "Handshake"),
    (23, "Application Data"),
    (24, "Heartbeat"),
    (25, "Connection ID"),
];

static ALERT_LEVELS: &[(u64, &str)] = &[(1, "Warning"), (2, "Fatal")];

static HEARTBEATS: &[(u64, &str)] = &[(1, "Request"), (2, "Response")];

static COMPRESSION_NAMES: &[(u64, &str)] = &[(0, "null"), (1, "DEFLATE"), (64, "LZS")];

/// The version's name in the tree.
pub(super) fn version_title(version: u64) -> Option<&'static str> {
    Some(match version {
        0x0002 => "SSL 2.0",
        0x0300 => "SSL 3.0",
        0x0301 => "TLS 1.0",
        0x0302 => "TLS 1.1",
        0x0303 => "TLS 1.2",
        0x0304 => "TLS 1.3",
        _ => return None,
    })
}
