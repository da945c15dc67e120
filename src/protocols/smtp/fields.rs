//! SMTP's fields, issues and the meaning of reply codes.

crate::fields! {
    /// The client asks something: one or more commands.
    REQ = Field::new("smtp.req", "Request", Kind::Bool).spec("RFC 5321 section 2.1");
    /// The server answers: one or more replies.
    RSP = Field::new("smtp.rsp", "Response", Kind::Bool).spec("RFC 5321 section 2.1");
    /// A line of the mail that is being sent.
    MESSAGE = Field::new("smtp.message", "Message", Kind::Str).spec("RFC 5321 section 2.3.9");
    /// A line that the client sends: a command of four letters, then its parameters.
    COMMAND_LINE = Field::new("smtp.command_line", "Command Line", Kind::Str).spec("RFC 5321 section 4.1.1");
    /// What the client wants: EHLO greets, MAIL names the sender, RCPT a recipient, DATA begins the mail, QUIT ends.
    REQ_COMMAND = Field::new("smtp.req.command", "Command", Kind::Str).spec("RFC 5321 section 4.1.1");
    /// What the command is about: the address of MAIL and RCPT, the client's name of EHLO. Upper and lower case count in an
    /// address before the @, not in commands.
    REQ_PARAMETER = Field::new("smtp.req.parameter", "Request parameter", Kind::Str).spec("RFC 5321 section 4.1.1");
    /// The first line of a reply. A dash behind the code says that more lines follow, a blank that it is the last.
    RESPONSE = Field::new("smtp.response", "Response", Kind::Str).spec("RFC 5321 section 4.2");
    /// What came of the command: 2 done, 3 go on, 4 not now, 5 never. The second digit tells what it is about: 0 syntax,
    /// 1 information, 2 the connection, 5 the mail system.
    RESPONSE_CODE = Field::new("smtp.response.code", "Response code", Kind::U32).values(CODES).spec("RFC 5321 section 4.2.1");
    /// The text behind the code. Many servers begin it with a second, finer code such as 5.1.1 (RFC 3463). After EHLO each
    /// line names something that the server can do.
    RSP_PARAMETER = Field::new("smtp.rsp.parameter", "Response parameter", Kind::Str).spec("RFC 5321 section 4.2");
    /// The name with which the client logs in, in Base64.
    USERNAME = Field::new("smtp.auth.username", "Username", Kind::Str).spec("RFC 4954");
    /// The password with which the client logs in, in Base64. That is no encryption: everybody can undo it.
    PASSWORD = Field::new("smtp.auth.password", "Password", Kind::Str).spec("RFC 4954");
    /// Name and password in one piece of Base64, with zero bytes between them (AUTH PLAIN).
    USERNAME_PASSWORD = Field::new("smtp.auth.username_password", "Username/Password", Kind::Str).spec("RFC 4616 section 2");
    /// End of the mail: a line with nothing but a dot. A line of the mail that begins with a dot is sent with one dot more.
    EOM = Field::new("smtp.eom", "EOM", Kind::None).spec("RFC 5321 section 4.1.1.4");
    /// The parts of which the mail was put together.
    FRAGMENTS = Field::new("smtp.data.fragments", "DATA fragments", Kind::None);
    /// A part of the mail, and the frame that carried it.
    FRAGMENT = Field::new("smtp.data.fragment", "DATA fragment", Kind::Frame);
    /// This part covers bytes that another one brought too.
    FRAGMENT_OVERLAP = Field::new("smtp.data.fragment.overlap", "DATA fragment overlap", Kind::Bool);
    /// Two parts cover the same bytes and differ there.
    FRAGMENT_CONFLICTS = Field::new("smtp.data.fragment.overlap.conflicts", "DATA fragment overlapping with conflicting data", Kind::Bool);
    /// Two parts claim to be the last.
    FRAGMENT_TAILS = Field::new("smtp.data.fragment.multiple_tails", "DATA has multiple tail fragments", Kind::Bool);
    /// A part goes beyond the end of the mail.
    FRAGMENT_TOO_LONG = Field::new("smtp.data.fragment.too_long_fragment", "DATA fragment too long", Kind::Bool);
    /// The mail could not be put together because of this frame.
    FRAGMENT_ERROR = Field::new("smtp.data.fragment.error", "DATA defragmentation error", Kind::Frame);
    /// Of how many parts the mail was put together.
    FRAGMENT_COUNT = Field::new("smtp.data.fragment.count", "DATA fragment count", Kind::U32);
    /// The frame with the end of the mail, where all of it is shown.
    REASSEMBLED_IN = Field::new("smtp.data.reassembled.in", "Reassembled DATA in frame", Kind::Frame);
    /// How long the whole mail is, in bytes.
    REASSEMBLED_LENGTH = Field::new("smtp.data.reassembled.length", "Reassembled DATA length", Kind::U32);
}

crate::issues! {
    /// Name or password should come in Base64, but this is none.
    BASE64 = Issue::new("smtp.base64_decode", "base64 decode failed", Severity::Warn, Group::Protocol);
    /// All lines of one reply carry the same code; this one does not.
    UNEXPECTED_CODE = Issue::new("smtp.response.code.unexpected", "Unexpected response code in multiline response", Severity::Warn, Group::Protocol);
}

/// Reply codes (RFC 5321 section 4.2.3, RFC 4954 section 6).
static CODES: &[(u64, &str)] = &[
    (211, "System status, or system help reply"),
    (214, "Help message"),
    (220, "<domain> Service ready"),
    (221, "<domain> Service closing transmission channel"),
    (235, "Authentication successful"),
    (250, "Requested mail action okay, completed"),
    (251, "User not local; will forward to <forward-path>"),
    (
        252,
        "Cannot VRFY user, but will accept message and attempt delivery",
    ),
    (334, "AUTH input"),
    (354, "Start mail input; end with <CRLF>.<CRLF>"),
    (
        421,
        "<domain> Service not available, closing transmission channel",
    ),
    (432, "A password transition is needed"),
    (450, "Requested mail action not taken: mailbox unavailable"),
    (451, "Requested action aborted: local error in processing"),
    (
        452,
        "Requested action not taken: insufficient system storage",
    ),
    (454, "Temporary authentication failed"),
    (500, "Syntax error, command unrecognized"),
    (501, "Syntax error in parameters or arguments"),
    (502, "Command not implemented"),
    (503, "Bad sequence of commands"),
    (504, "Command parameter not implemented"),
    (530, "Authentication required"),
    (534, "Authentication mechanism is too weak"),
    (535, "Authentication credentials invalid"),
    (
        538,
        "Encryption required for requested authentication mechanism",
    ),
    (550, "Requested action not taken: mailbox unavailable"),
    (551, "User not local; please try <forward-path>"),
    (
        552,
        "Requested mail action aborted: exceeded storage allocation",
    ),
    (553, "Requested action not taken: mailbox name not allowed"),
    (554, "Transaction failed"),
];
