//! The fields of Telnet, and the words for their values.

crate::fields! {
    /// What is asked or said besides the text: WILL and DO agree on options, others act on the terminal.
    COMMAND = Field::new("telnet.cmd", "Command", Kind::U8).values(COMMANDS).spec("RFC 854");
    /// The option that is negotiated, or what is said about it.
    SUBCOMMAND = Field::new("telnet.subcmd", "Subcommand", Kind::U8).names(Names::Lookup(option_name)).base(Base::NameOnly).spec("RFC 855");
    /// The name of the user who is to be authenticated.
    AUTH_NAME = Field::new("telnet.auth.name", "Name", Kind::Str).spec("RFC 2941 section 2");
    /// What this step of the authentication is.
    AUTH_COMMAND = Field::new("telnet.auth.cmd", "Auth Cmd", Kind::U8).values(AUTH_COMMANDS).spec("RFC 2941 section 2");
    /// The way of authentication.
    AUTH_TYPE = Field::new("telnet.auth.type", "Auth Type", Kind::U8).values(AUTH_TYPES).spec("RFC 2941 section 3");
    /// Whether the client passes its credentials on, so that the server can act for the user.
    AUTH_FORWARD = Field::new("telnet.auth.mod.cred_fwd", "Cred Fwd", Kind::Bool).width(8).mask(0x08).words("Client will NOT forward auth creds", "Client WILL forward auth creds").spec("RFC 2941 section 3");
    /// Who begins.
    AUTH_WHO = Field::new("telnet.auth.mod.who", "Who", Kind::Bool).width(8).mask(0x01).words("Mask client to server", "Mask server to client").spec("RFC 2941 section 3");
    /// Whether both sides prove who they are.
    AUTH_HOW = Field::new("telnet.auth.mod.how", "How", Kind::Bool).width(8).mask(0x02).words("One Way authentication", "MUTUAL authentication").spec("RFC 2941 section 3");
    /// Whether encryption follows, and when.
    AUTH_ENCRYPT = Field::new("telnet.auth.mod.enc", "Encrypt", Kind::U8).mask(0x14).values(AUTH_ENCRYPTS).spec("RFC 2941 section 3");
    /// The step of Kerberos.
    KRB5_COMMAND = Field::new("telnet.auth.krb5.cmd", "Command", Kind::U8).values(KRB5_COMMANDS).spec("RFC 2942 section 2");
    /// The text that the option is about: the type of the terminal, the X display.
    STRING_VALUE = Field::new("telnet.string_subopt.value", "Value", Kind::Str).spec("RFC 1091");
    /// Width of the window in characters.
    WIDTH = Field::new("telnet.naws_subopt.width", "Width", Kind::U16).spec("RFC 1073");
    /// Height of the window in lines.
    HEIGHT = Field::new("telnet.naws_subopt.height", "Height", Kind::U16).spec("RFC 1073");
    /// Where the marking is to be, or whether it is accepted.
    OUTMARK_COMMAND = Field::new("telnet.outmark_subopt.cmd", "Command", Kind::Char).hex().values(OUTMARK_COMMANDS).spec("RFC 933");
    /// The marking: a text that shall stand on every page.
    OUTMARK_BANNER = Field::new("telnet.outmark_subopt.banner", "Banner", Kind::Str).spec("RFC 933");
    /// Name and version of the program that has the serial port.
    SIGNATURE = Field::new("telnet.comport_subopt.signature", "Signature", Kind::Str).spec("RFC 2217 section 3");
    /// Speed of the serial line in bits a second; 0 asks for it.
    BAUD_RATE = Field::new("telnet.comport_subopt.baud_rate", "Baud Rate", Kind::U32).spec("RFC 2217 section 3");
    /// Bits of a character on the serial line.
    DATA_SIZE = Field::new("telnet.comport_subopt.data_size", "Data Size", Kind::U8).spec("RFC 2217 section 3");
    /// Whether a bit for checking is sent with each character.
    PARITY = Field::new("telnet.comport_subopt.parity", "Parity", Kind::U8).spec("RFC 2217 section 3");
    /// How long the pause behind each character is, in bits.
    STOP_BITS = Field::new("telnet.comport_subopt.stop", "Stop Bits", Kind::U8).spec("RFC 2217 section 3");
    /// Flow control and signals of the serial line.
    CONTROL = Field::new("telnet.comport_subopt.control", "Control", Kind::U8).spec("RFC 2217 section 3");
    /// What happened on the serial line.
    LINE_STATE = Field::new("telnet.comport_subopt.linestate", "Linestate", Kind::Str).spec("RFC 2217 section 3");
    /// Of which events of the line the client wants to hear.
    LINE_STATE_MASK = Field::new("telnet.comport_subopt.set_linestate_mask", "Set Linestate Mask", Kind::Str).spec("RFC 2217 section 3");
    /// The signals of the modem.
    MODEM_STATE = Field::new("telnet.comport_subopt.modemstate", "Modemstate", Kind::Str).spec("RFC 2217 section 3");
    /// Of which signals of the modem the client wants to hear.
    MODEM_STATE_MASK = Field::new("telnet.comport_subopt.set_modemstate_mask", "Set Modemstate Mask", Kind::Str).spec("RFC 2217 section 3");
    /// Stop sending for now.
    SUSPEND = Field::new("telnet.comport_subopt.flow_control_suspend", "Flow Control Suspend", Kind::None).spec("RFC 2217 section 3");
    /// Go on with sending.
    RESUME = Field::new("telnet.comport_subopt.flow_control_resume", "Flow Control Resume", Kind::None).spec("RFC 2217 section 3");
    /// Throw away what waits to be sent or read.
    PURGE = Field::new("telnet.comport_subopt.purge", "Purge", Kind::U8).spec("RFC 2217 section 3");
    /// Which keys stop and restart the output.
    FLOW_COMMAND = Field::new("telnet.rfc_subopt.cmd", "Command", Kind::U8).values(FLOW_COMMANDS).spec("RFC 1372");
    /// A column with a tab stop, or who takes care of tab stops.
    TAB_STOP = Field::new("telnet.tabstop", "Tabstop value", Kind::U8).spec("RFC 653");
    /// What this step of the encryption is.
    ENC_COMMAND = Field::new("telnet.enc.cmd", "Enc Cmd", Kind::U8).values(ENC_COMMANDS).spec("RFC 2946 section 1");
    /// The cipher.
    ENC_TYPE = Field::new("telnet.enc.type", "Enc Type", Kind::U8).values(ENC_TYPES).spec("RFC 2946 section 2");
    /// What the cipher needs to begin.
    ENC_TYPE_DATA = Field::new("telnet.enc.type_data", "Type-specific data", Kind::Bytes).spec("RFC 2946 section 2");
    /// The name of a key that both sides know.
    ENC_KEY_ID = Field::new("telnet.enc.key_id", "Key ID", Kind::Bytes).spec("RFC 2946 section 2");
    /// What is typed and what is shown, one line each.
    DATA = Field::new("telnet.data", "Data", Kind::Str).spec("RFC 854");
    /// What is said about an option, not taken apart.
    OPTION_DATA = Field::new("telnet.option_data", "Option data", Kind::Bytes).spec("RFC 855");
    /// What follows a part of an option, not taken apart.
    SUBCOMMAND_DATA = Field::new("telnet.subcommand_data", "Subcommand data", Kind::Bytes).spec("RFC 855");
    /// A step in agreeing on an IBM 3270 terminal.
    TN3270_SUBOPTION = Field::new("telnet.tn3270.subopt", "Suboption", Kind::U8).values(TN3270_SUBOPTIONS).spec("RFC 2355 section 4");
    /// The name of the device to be connected with.
    TN3270_CONNECT = Field::new("telnet.tn3270.connect", "Connect", Kind::Str).spec("RFC 2355 section 7.1");
    /// The type of device that was agreed on.
    TN3270_IS = Field::new("telnet.tn3270.is", "Is", Kind::Str).spec("RFC 2355 section 7.1");
    /// The type of device that is asked for.
    TN3270_REQUEST_STRING = Field::new("telnet.tn3270.request_string", "Request", Kind::Str).spec("RFC 2355 section 7.1");
    /// Why the device was refused.
    TN3270_REASON = Field::new("telnet.tn3270.reason", "Reason", Kind::U8).values(TN3270_REASONS).spec("RFC 2355 section 7.1");
    /// A function that is asked for, or agreed on.
    TN3270_REQUEST = Field::new("telnet.tn3270.request", "Request", Kind::U8).values(TN3270_FUNCTIONS).spec("RFC 2355 section 7.2");
    /// The types of IBM 3270 terminal that are offered or chosen.
    REGIME_VALUE = Field::new("telnet.tn3270.regime_subopt.value", "Value", Kind::Str).spec("RFC 1041");
    /// Whether types of terminal are offered (ARE) or one is chosen (IS).
    REGIME_COMMAND = Field::new("telnet.regime_cmd", "Cmd", Kind::U8).spec("RFC 1041");
    /// TLS begins behind this (1).
    START_TLS = Field::new("telnet.starttls", "Follows", Kind::U8).spec("draft-altman-telnet-starttls");
}

crate::issues! {
    /// The option has no such part.
    INVALID_SUBCOMMAND = Issue::new("telnet.invalid_subcommand", "Invalid subcommand", Severity::Warn, Group::Protocol);
    /// A speed has four bytes.
    INVALID_BAUD_RATE = Issue::new("telnet.invalid_baud_rate", "Invalid Baud Rate", Severity::Warn, Group::Protocol);
    /// The number of bits is missing.
    INVALID_DATA_SIZE = Issue::new("telnet.invalid_data_size", "Invalid Data Size", Severity::Warn, Group::Protocol);
    /// The kind of parity is missing.
    INVALID_PARITY = Issue::new("telnet.invalid_parity", "Invalid Parity Packet", Severity::Warn, Group::Protocol);
    /// The number of stop bits is missing.
    INVALID_STOP = Issue::new("telnet.invalid_stop", "Invalid Stop Packet", Severity::Warn, Group::Protocol);
    /// The kind of control is missing.
    INVALID_CONTROL = Issue::new("telnet.invalid_control", "Invalid Control Packet", Severity::Warn, Group::Protocol);
    /// The state of the line is missing.
    INVALID_LINE_STATE = Issue::new("telnet.invalid_linestate", "Invalid linestate", Severity::Warn, Group::Protocol);
    /// The state of the modem is missing.
    INVALID_MODEM_STATE = Issue::new("telnet.invalid_modemstate", "Invalid Modemstate", Severity::Warn, Group::Protocol);
    /// What is to be thrown away is missing.
    INVALID_PURGE = Issue::new("telnet.invalid_purge", "Invalid Purge Packet", Severity::Warn, Group::Protocol);
    /// The Kerberos message is longer than any.
    KERBEROS_TOO_LONG = Issue::new("telnet.kerberos_blob_too_long", "Kerberos blob too long to dissect", Severity::Error, Group::Protocol);
    /// There is no such step of the encryption.
    UNKNOWN_ENC_COMMAND = Issue::new("telnet.enc.cmd.unknown", "Unknown encryption command", Severity::Warn, Group::Protocol);
    /// What is said about the option is shorter or longer than it should be.
    BAD_LENGTH = Issue::new("telnet.suboption_length.invalid", "Bogus suboption data", Severity::Warn, Group::Protocol);
}

static COMMANDS: &[(u64, &str)] = &[
    (236, "End of File"),
    (237, "Suspend Current Process"),
    (238, "Abort Process"),
    (239, "End of Record"),
    (240, "Suboption End"),
    (241, "No Operation"),
    (242, "Data Mark"),
    (243, "Break"),
    (244, "Interrupt Process"),
    (245, "Abort Output"),
    (246, "Are You There?"),
    (247, "Escape Character"),
    (248, "Erase Line"),
    (249, "Go Ahead"),
    (250, "Suboption"),
    (251, "Will"),
    (252, "Won't"),
    (253, "Do"),
    (254, "Don't"),
];

/// The name of an option, by its number with IANA.
pub(super) fn option_name(option: u64) -> Option<&'static str> {
    let option = usize::try_from(option).ok()?;
    Some(OPTIONS.get(option).copied().unwrap_or("<unknown option>"))
}

static OPTIONS: &[&str] = &[
    "Binary Transmission",
    "Echo",
    "Reconnection",
    "Suppress Go Ahead",
    "Approx Message Size Negotiation",
    "Status",
    "Timing Mark",
    "Remote Controlled Trans and Echo",
    "Output Line Width",
    "Output Page Size",
    "Output Carriage-Return Disposition",
    "Output Horizontal Tab Stops",
    "Output Horizontal Tab Disposition",
    "Output Formfeed Disposition",
    "Output Vertical Tabstops",
    "Output Vertical Tab Disposition",
    "Output Linefeed Disposition",
    "Extended ASCII",
    "Logout",
    "Byte Macro",
    "Data Entry Terminal",
    "SUPDUP",
    "SUPDUP Output",
    "Send Location",
    "Terminal Type",
    "End of Record",
    "TACACS User Identification",
    "Output Marking",
    "Terminal Location Number",
    "Telnet 3270 Regime",
    "X.3 PAD",
    "Negotiate About Window Size",
    "Terminal Speed",
    "Remote Flow Control",
    "Linemode",
    "X Display Location",
    "Environment Option",
    "Authentication Option",
    "Encryption Option",
    "New Environment Option",
    "TN3270E",
    "XAUTH",
    "CHARSET",
    "Remote Serial Port",
    "COM Port Control",
    "Suppress Local Echo",
    "Start TLS",
    "KERMIT",
    "SEND-URL",
    "FORWARD_X",
];

static AUTH_COMMANDS: &[(u64, &str)] = &[(0, "IS"), (1, "SEND"), (2, "REPLY"), (3, "NAME")];

static AUTH_TYPES: &[(u64, &str)] = &[
    (0, "NULL"),
    (1, "Kerberos v4"),
    (2, "Kerberos v5"),
    (3, "SPX"),
    (4, "MINK"),
    (5, "SRP"),
    (6, "RSA"),
    (7, "SSL"),
    (10, "LOKI"),
    (11, "SSA"),
    (12, "KEA_SJ"),
    (13, "KEA_SJ_INTEG"),
    (14, "DSS"),
    (15, "NTLM"),
];

static AUTH_ENCRYPTS: &[(u64, &str)] = &[
    (0, "Off"),
    (1, "Telnet Options"),
    (2, "After Exchange"),
    (4, "Reserved"),
];

static KRB5_COMMANDS: &[(u64, &str)] = &[
    (0, "Auth"),
    (1, "Reject"),
    (2, "Accept"),
    (3, "Response"),
    (4, "Forward"),
    (5, "Forward Accept"),
    (6, "Forward Reject"),
];

static OUTMARK_COMMANDS: &[(u64, &str)] = &[
    (0x06, "ACK"),
    (0x15, "NAK"),
    (0x44, "Default"),
    (0x54, "Top"),
    (0x42, "Bottom"),
    (0x4c, "Left"),
    (0x52, "Right"),
];

static FLOW_COMMANDS: &[(u64, &str)] = &[
    (0, "OFF"),
    (1, "ON"),
    (2, "RESTART-ANY"),
    (3, "RESTART-XON"),
];

static ENC_COMMANDS: &[(u64, &str)] = &[
    (0, "IS"),
    (1, "SUPPORT"),
    (2, "REPLY"),
    (3, "START"),
    (4, "END"),
    (5, "REQUEST-START"),
    (6, "REQUEST-END"),
    (7, "ENC_KEYID"),
    (8, "DEC_KEYID"),
];

static ENC_TYPES: &[(u64, &str)] = &[
    (0, "NULL"),
    (1, "DES_CFB64"),
    (2, "DES_OFB64"),
    (3, "DES3_CFB64"),
    (4, "DES3_OFB64"),
    (8, "CAST5_40_CFB64"),
    (9, "CAST5_40_OFB64"),
    (10, "CAST128_CFB64"),
    (11, "CAST128_OFB64"),
];

static TN3270_SUBOPTIONS: &[(u64, &str)] = &[
    (0, "ASSOCIATE"),
    (1, "CONNECT"),
    (2, "DEVICE-TYPE"),
    (3, "FUNCTIONS"),
    (4, "IS"),
    (5, "REASON"),
    (6, "REJECT"),
    (7, "REQUEST"),
    (8, "SEND"),
];

static TN3270_REASONS: &[(u64, &str)] = &[
    (0, "CONN-PARTNER"),
    (1, "DEVICE-IN-USE"),
    (2, "INV-ASSOCIATE"),
    (3, "INV-DEVICE-NAME"),
    (4, "INV-DEVICE-TYPE"),
    (5, "TYPE-NAME-ERROR"),
    (6, "UNKNOWN-ERROR"),
    (7, "UNSUPPORTED-REQ"),
];

static TN3270_FUNCTIONS: &[(u64, &str)] = &[
    (0, "BIND-IMAGE"),
    (1, "DATA-STREAM-CTL"),
    (2, "RESPONSES"),
    (3, "SCS-CTL-CODES"),
    (4, "SYSREQ"),
];
