//! The fields of POP3.

crate::fields! {
    /// A line with which the server answers. It begins with how it went: `+OK` or `-ERR`.
    RESPONSE = Field::new("pop.response", "Response", Kind::Str).spec("RFC 1939 section 3");
    /// How it went: `+OK`, or `-ERR` if the server cannot or will not.
    RESPONSE_INDICATOR = Field::new("pop.response.indicator", "Response indicator", Kind::Str).spec("RFC 1939 section 3");
    /// What the server says besides: words for people, or numbers (how many messages, how many bytes).
    RESPONSE_DESCRIPTION = Field::new("pop.response.description", "Response description", Kind::Str).spec("RFC 1939 section 3");
    /// A further line of the answer. A line with nothing but a dot ends answers of several lines.
    RESPONSE_DATA = Field::new("pop.response.data", "Data", Kind::Str).spec("RFC 1939 section 3");
    /// A command of the client, one line.
    REQUEST = Field::new("pop.request", "Request", Kind::Str).spec("RFC 1939 section 3");
    /// What the client wants: USER and PASS to log in, LIST, RETR to fetch a message, DELE to delete it, QUIT.
    REQUEST_COMMAND = Field::new("pop.request.command", "Request command", Kind::Str).spec("RFC 1939 section 3");
    /// What the command is about: a name, a password, the number of a message.
    REQUEST_PARAMETER = Field::new("pop.request.parameter", "Request parameter", Kind::Str).spec("RFC 1939 section 3");
    /// A further line that the client sent at once, without waiting for the answer to the first.
    REQUEST_DATA = Field::new("pop.request.data", "Data", Kind::Str).spec("RFC 2449 section 6.6");
    /// The segments of which a mail message was put together.
    FRAGMENTS = Field::new("pop.data.fragments", "DATA fragments", Kind::None);
    /// A segment that carries a part of the mail message.
    FRAGMENT = Field::new("pop.data.fragment", "DATA fragment", Kind::Frame);
    /// A part that repeats bytes which another one carried.
    FRAGMENT_OVERLAP = Field::new("pop.data.fragment.overlap", "DATA fragment overlap", Kind::Bool);
    /// A part that repeats bytes, but other ones.
    FRAGMENT_CONFLICTS = Field::new("pop.data.fragment.overlap.conflicts", "DATA fragment overlapping with conflicting data", Kind::Bool);
    /// More than one part claims to be the last.
    FRAGMENT_TAILS = Field::new("pop.data.fragment.multiple_tails", "DATA has multiple tail fragments", Kind::Bool);
    /// A part that goes beyond the end of the message.
    FRAGMENT_TOO_LONG = Field::new("pop.data.fragment.too_long_fragment", "DATA fragment too long", Kind::Bool);
    /// A part that does not fit the others.
    FRAGMENT_ERROR = Field::new("pop.data.fragment.error", "DATA defragmentation error", Kind::Frame);
    /// How many segments carry the mail message.
    FRAGMENT_COUNT = Field::new("pop.data.fragment.count", "DATA fragment count", Kind::U32);
    /// The frame in which the mail message is complete, and where it is shown.
    REASSEMBLED_IN = Field::new("pop.data.reassembled.in", "Reassembled DATA in frame", Kind::Frame);
    /// How many bytes the mail message has.
    REASSEMBLED_LENGTH = Field::new("pop.data.reassembled.length", "Reassembled DATA length", Kind::U32);
}

crate::issues! {
    /// The answer to RETR should say how many bytes follow. The standard does not insist; what reads along does without then.
    BAD_LENGTH = Issue::new("pop.response.tot_len.invalid", "Length must be a string containing an integer", Severity::Error, Group::Malformed);
}
