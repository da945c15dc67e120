//! The fields of IMAP.

crate::fields! {
    /// Whether the lines come from the client (commands) or from the server (answers).
    IS_REQUEST = Field::new("imap.isrequest", "Request", Kind::Bool);
    /// One line, as it was sent.
    LINE = Field::new("imap.line", "Line", Kind::Str).spec("RFC 9051 section 2.2");
    /// A command of the client: a tag of its choice, the command, what it is about.
    REQUEST = Field::new("imap.request", "Request", Kind::Str).spec("RFC 9051 section 2.2.1");
    /// The client's name for this command. The answer that completes it carries the same, so many can be under way at once.
    REQUEST_TAG = Field::new("imap.request_tag", "Request Tag", Kind::Str).spec("RFC 9051 section 2.2.1");
    /// An answer that belongs to a command, or asks the client to go on (`+`).
    RESPONSE = Field::new("imap.response", "Response", Kind::Str).spec("RFC 9051 section 2.2.2");
    /// The tag of the command that is completed; `+` where the server waits for more of it.
    RESPONSE_TAG = Field::new("imap.response_tag", "Response Tag", Kind::Str).spec("RFC 9051 section 2.2.2");
    /// What the client wants: LOGIN, SELECT a mailbox, FETCH messages, SEARCH, LOGOUT.
    REQUEST_COMMAND = Field::new("imap.request.command", "Request Command", Kind::Str).spec("RFC 9051 section 6");
    /// The word behind the status: mostly the command that is completed.
    RESPONSE_COMMAND = Field::new("imap.response.command", "Response Command", Kind::Str).spec("RFC 9051 section 7.1");
    /// How it went: OK, NO (it cannot be done), BAD (not understood).
    RESPONSE_STATUS = Field::new("imap.response.status", "Response Status", Kind::Str).spec("RFC 9051 section 7.1");
    /// The tag of a command or of an answer.
    TAG = Field::new("imap.tag", "Tag", Kind::Str).spec("RFC 9051 section 2.2.1");
    /// The command, in a command or in an answer to it.
    COMMAND = Field::new("imap.command", "Command", Kind::Str).spec("RFC 9051 section 6");
    /// The mailbox that the command is about, such as INBOX.
    REQUEST_FOLDER = Field::new("imap.request.folder", "Request Folder", Kind::Str).spec("RFC 9051 section 5.1");
    /// The command names messages by numbers that never change (UID), not by their place in the mailbox.
    REQUEST_UID = Field::new("imap.request.command.uid", "Request isUID", Kind::Bool).spec("RFC 9051 section 6.4.9");
    /// The name of the user who logs in.
    USERNAME = Field::new("imap.request.username", "Request Username", Kind::Str).spec("RFC 9051 section 6.2.3");
    /// The password, as anybody on the way can read it.
    PASSWORD = Field::new("imap.request.password", "Request Password", Kind::Str).spec("RFC 9051 section 6.2.3");
    /// The frame in which the command is completed.
    RESPONSE_IN = Field::new("imap.response_in", "Response In", Kind::Frame);
    /// The frame with the command that is completed here.
    RESPONSE_TO = Field::new("imap.response_to", "Request In", Kind::Frame);
    /// How long the server took to complete the command.
    TIME = Field::new("imap.time", "Response Time", Kind::RelTime);
}
