//! The header fields of mail: those that standards name, and a few that programs made customary.

crate::fields! {
    /// When the sender finished the mail, with the offset of the time zone from UTC.
    DATE = Field::new("imf.date", "Date", Kind::Str).spec("RFC 5322 section 3.6.1");
    /// Who wrote the mail. Nothing checks it: anybody can write any name here.
    FROM = Field::new("imf.from", "From", Kind::Str).spec("RFC 5322 section 3.6.2");
    /// Who sent the mail, where that is not the one who wrote it.
    SENDER = Field::new("imf.sender", "Sender", Kind::Str).spec("RFC 5322 section 3.6.2");
    /// Where answers shall go, where that is not the From address.
    REPLY_TO = Field::new("imf.reply_to", "Reply-To", Kind::Str).spec("RFC 5322 section 3.6.2");
    /// For whom the mail is. Who really gets it was said in the envelope (RCPT TO).
    TO = Field::new("imf.to", "To", Kind::Str).spec("RFC 5322 section 3.6.3");
    /// Who gets a copy (carbon copy).
    CC = Field::new("imf.cc", "Cc", Kind::Str).spec("RFC 5322 section 3.6.3");
    /// Who gets a copy without the others knowing. Mail programs leave this field out when they send.
    BCC = Field::new("imf.bcc", "Bcc", Kind::Str).spec("RFC 5322 section 3.6.3");
    /// A name for this one mail that no other in the world has.
    MESSAGE_ID = Field::new("imf.message_id", "Message-ID", Kind::Str).spec("RFC 5322 section 3.6.4");
    /// The Message-ID of the mail that this one answers.
    IN_REPLY_TO = Field::new("imf.in_reply_to", "In-Reply-To", Kind::Str).spec("RFC 5322 section 3.6.4");
    /// The Message-IDs of the conversation so far; programs build their threads from it.
    REFERENCES = Field::new("imf.references", "References", Kind::Str).spec("RFC 5322 section 3.6.4");
    /// What the mail is about. Letters beyond ASCII come as encoded words (RFC 2047).
    SUBJECT = Field::new("imf.subject", "Subject", Kind::Str).spec("RFC 5322 section 3.6.5");
    /// Remarks about the mail, for people to read.
    COMMENTS = Field::new("imf.comments", "Comments", Kind::Str).spec("RFC 5322 section 3.6.5");
    /// The program that the mail was written with.
    USER_AGENT = Field::new("imf.user_agent", "User-Agent", Kind::Str).spec("draft-ietf-usefor-article");
    /// Words under which the mail may be filed, with commas between.
    KEYWORDS = Field::new("imf.keywords", "Keywords", Kind::Str).spec("RFC 5322 section 3.6.5");
    /// When the mail was sent on to somebody else.
    RESENT_DATE = Field::new("imf.resent.date", "Resent-Date", Kind::Str).spec("RFC 5322 section 3.6.6");
    /// Who sent the mail on.
    RESENT_FROM = Field::new("imf.resent.from", "Resent-From", Kind::Str).spec("RFC 5322 section 3.6.6");
    /// Who pressed the button when it was sent on, where that is another one.
    RESENT_SENDER = Field::new("imf.resent.sender", "Resent-Sender", Kind::Str).spec("RFC 5322 section 3.6.6");
    /// To whom the mail was sent on.
    RESENT_TO = Field::new("imf.resent.to", "Resent-To", Kind::Str).spec("RFC 5322 section 3.6.6");
    /// Who got a copy when it was sent on.
    RESENT_CC = Field::new("imf.resent.cc", "Resent-Cc", Kind::Str).spec("RFC 5322 section 3.6.6");
    /// Who got a hidden copy when it was sent on.
    RESENT_BCC = Field::new("imf.resent.bcc", "Resent-Bcc", Kind::Str).spec("RFC 5322 section 3.6.6");
    /// A name of its own for the sending on.
    RESENT_MESSAGE_ID = Field::new("imf.resent.message_id", "Resent-Message-ID", Kind::Str).spec("RFC 5322 section 3.6.6");
    /// The sender's address of the envelope (MAIL FROM), written down by the last server. Errors go there.
    RETURN_PATH = Field::new("imf.return_path", "Return-Path", Kind::Str).spec("RFC 5322 section 3.6.7");
    /// The stamp of a server: from whom it got the mail, for whom, and when. Each server puts its own on top, so the
    /// way of the mail reads from below.
    RECEIVED = Field::new("imf.received", "Received", Kind::Str).spec("RFC 5322 section 3.6.7");
    /// What the body is: a type and a subtype, then parameters such as the character set.
    CONTENT_TYPE = Field::new("imf.content.type", "Content-Type", Kind::Str).spec("RFC 2045 section 5");
    /// Type and subtype, without the parameters.
    CONTENT_TYPE_TYPE = Field::new("imf.content.type.type", "Type", Kind::Str).spec("RFC 2045 section 5");
    /// The parameters behind the type: character set, name, boundary between parts.
    CONTENT_TYPE_PARAMETERS = Field::new("imf.content.type.parameters", "Parameters", Kind::Str).spec("RFC 2045 section 5");
    /// What the body is, in words.
    CONTENT_DESCRIPTION = Field::new("imf.content.description", "Content-Description", Kind::Str).spec("RFC 2045 section 8");
    /// A name for this body, so that another part can refer to it (a picture in a page).
    CONTENT_ID = Field::new("imf.content.id", "Content-ID", Kind::Str).spec("RFC 2045 section 7");
    /// How the body was made fit for lines of ASCII: 7bit and 8bit mean not at all, quoted-printable and base64 must be
    /// undone.
    CONTENT_ENCODING = Field::new("imf.content.transfer_encoding", "Content-Transfer-Encoding", Kind::Str).spec("RFC 2045 section 6");
    /// The mail follows MIME: it may have types, parts and encodings. There is only version 1.0.
    MIME_VERSION = Field::new("imf.mime_version", "MIME-Version", Kind::Str).spec("RFC 2045 section 4");
    /// Whether a program sent the mail on by itself.
    AUTOFORWARDED = Field::new("imf.autoforwarded", "Autoforwarded", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// Whether a program, and no person, wrote the mail.
    AUTOSUBMITTED = Field::new("imf.autosubmitted", "Autosubmitted", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The mail's name in X.400, the telephone companies' mail system, from which it came.
    X400_CONTENT_IDENTIFIER = Field::new("imf.x400_content_identifier", "X400-Content-Identifier", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// In which language the mail is written.
    CONTENT_LANGUAGE = Field::new("imf.content_language", "Content-Language", Kind::Str).spec("RFC 3282");
    /// Whether X.400 may convert the content into another form.
    CONVERSION = Field::new("imf.conversion", "Conversion", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// Whether that is allowed even if something gets lost.
    CONVERSION_WITH_LOSS = Field::new("imf.conversion_with_loss", "Conversion-With-Loss", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// When the mail was put into the mailbox.
    DELIVERY_DATE = Field::new("imf.delivery_date", "Delivery-Date", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// Extensions of the X.400 message that a gateway had to drop.
    DISCARDED_IPMS = Field::new("imf.discarded_x400_ipms_extensions", "Discarded-X400-IPMS-Extensions", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// Extensions of the X.400 envelope that a gateway had to drop.
    DISCARDED_MTS = Field::new("imf.discarded_x400_mts_extensions", "Discarded-X400-MTS-Extensions", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The distribution lists through which the mail went.
    DL_EXPANSION_HISTORY = Field::new("imf.dl_expansion_history", "DL-Expansion-History", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// Before this time the mail shall not be delivered.
    DEFERRED_DELIVERY = Field::new("imf.deferred_delivery", "Deferred-Delivery", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// From this time on the mail is of no use any more.
    EXPIRES = Field::new("imf.expires", "Expires", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// How important the sender finds the mail: low, normal or high.
    IMPORTANCE = Field::new("imf.importance", "Importance", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// Parts of the mail are missing in this copy.
    INCOMPLETE_COPY = Field::new("imf.incomplete_copy", "Incomplete-Copy", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// After this time the mail need not be delivered any more.
    LATEST_DELIVERY_TIME = Field::new("imf.latest_delivery_time", "Latest-Delivery-Time", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// What kind of message it is, such as a delivery report.
    MESSAGE_TYPE = Field::new("imf.message_type", "Message-Type", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// In which forms the content was before it was converted.
    ORIGINAL_TYPES = Field::new("imf.original_encoded_information_types", "Original-Encoded-Information-Types", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The sender's postal address, for answers on paper.
    ORIGINATOR_RETURN_ADDRESS = Field::new("imf.originator_return_address", "Originator-Return-Address", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// How fast the mail shall be carried: normal, urgent or non-urgent.
    PRIORITY = Field::new("imf.priority", "Priority", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// Until when an answer is wanted.
    REPLY_BY = Field::new("imf.reply_by", "Reply-By", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// How private the mail is: personal, private or confidential. A request, not a protection.
    SENSITIVITY = Field::new("imf.sensitivity", "Sensitivity", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The mail that this one takes the place of.
    SUPERSEDES = Field::new("imf.supersedes", "Supersedes", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The kind of content in X.400's numbering.
    X400_CONTENT_TYPE = Field::new("imf.x400_content_type", "X400-Content-Type", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The mail's name in the X.400 transfer system.
    X400_MTS_IDENTIFIER = Field::new("imf.x400_mts_identifier", "X400-MTS-Identifier", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The sender's X.400 address.
    X400_ORIGINATOR = Field::new("imf.x400_originator", "X400-Originator", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The stamp of an X.400 server, as Received is one of an SMTP server.
    X400_RECEIVED = Field::new("imf.x400_received", "X400-Received", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The recipients' X.400 addresses.
    X400_RECIPIENTS = Field::new("imf.x400_recipients", "X400-Recipients", Kind::Str).spec("RFC 2156 section 2.3.1.2");
    /// The mailbox into which the mail was put; servers find mail that goes in circles by it.
    DELIVERED_TO = Field::new("imf.delivered_to", "Delivered-To", Kind::Str).spec("RFC 9228");
    /// The program that the mail was written with.
    EXT_MAILER = Field::new("imf.ext.mailer", "X-Mailer", Kind::Str).spec("RFC 4021");
    /// The version of the library with which Outlook put the mail together.
    EXT_MIMEOLE = Field::new("imf.ext.mimeole", "X-MimeOLE", Kind::Str).spec("RFC 4021");
    /// From this time on the mail is of no use any more.
    EXT_EXPIRY_DATE = Field::new("imf.ext.expiry-date", "Expiry-Date", Kind::Str).spec("RFC 4021");
    /// Ties Outlook's own attachment (winmail.dat) to this mail.
    EXT_TNEF = Field::new("imf.ext.tnef-correlator", "X-MS-TNEF-Correlator", Kind::Str).spec("MS-OXTNEF");
    /// The name that a POP3 server gave the mail in the mailbox.
    EXT_UIDL = Field::new("imf.ext.uidl", "X-UIDL", Kind::Str).spec("RFC 1939 section 7");
    /// The server doubts who sent the mail.
    EXT_AUTHENTICATION_WARNING = Field::new("imf.ext.authentication_warning", "X-Authentication-Warning", Kind::Str).spec("sendmail");
    /// The program that looked for viruses in the mail. Anybody can write this line.
    EXT_VIRUS_SCANNED = Field::new("imf.ext.virus_scanned", "X-Virus-Scanned", Kind::Str).spec("amavis");
    /// The address before an alias or a list changed it.
    EXT_ORIGINAL_TO = Field::new("imf.ext.original-to", "X-Original-To", Kind::Str).spec("postfix");
    /// Outlook's place of the mail in a conversation, in Base64.
    THREAD_INDEX = Field::new("imf.thread-index", "Thread-Index", Kind::Str).spec("MS-OXOMSG section 2.2.1.3");
    /// How many lines the body has.
    LINES = Field::new("imf.lines", "Lines", Kind::Str).spec("RFC 1036 section 2.2.12");
    /// `bulk`, `list` or `junk`: mail to many, to which no program should answer by itself.
    PRECEDENCE = Field::new("imf.precedence", "Precedence", Kind::Str).spec("RFC 2076 section 3.9");
    /// A header field that no standard of mail knows, or that is not known here.
    EXTENSION = Field::new("imf.extension", "Unknown-Extension", Kind::Str).spec("RFC 5322 section 3.6.8");
    /// The name of that field.
    EXTENSION_TYPE = Field::new("imf.extension.type", "Type", Kind::Str).spec("RFC 5322 section 3.6.8");
    /// What stands in that field.
    EXTENSION_VALUE = Field::new("imf.extension.value", "Value", Kind::Str).spec("RFC 5322 section 3.6.8");
    /// The name beside an address, for people to read. Nothing checks it.
    DISPLAY_NAME = Field::new("imf.display_name", "Display-Name", Kind::Str).spec("RFC 5322 section 3.4");
    /// A mailbox: the name of the box, @, and the domain that keeps it.
    ADDRESS = Field::new("imf.address", "Address", Kind::Str).spec("RFC 5322 section 3.4.1");
    /// One address, or one group of addresses, of a list.
    ADDRESS_ITEM = Field::new("imf.address_list.item", "Item", Kind::Str).spec("RFC 5322 section 3.4");
    /// One mailbox of a list.
    MAILBOX_ITEM = Field::new("imf.mailbox_list.item", "Item", Kind::Str).spec("RFC 5322 section 3.4");
    /// How secret the mail is, as offices mark it.
    SIO_LABEL = Field::new("imf.siolabel", "SIO-Label", Kind::None).spec("RFC 7444");
    /// The marking to be shown with the mail.
    SIO_MARKING = Field::new("imf.siolabel.marking", "Marking", Kind::Str).spec("RFC 7444 section 3");
    /// In which colour the marking shall be written.
    SIO_FGCOLOR = Field::new("imf.siolabel.fgcolor", "Foreground Color", Kind::Str).spec("RFC 7444 section 3");
    /// On which colour the marking shall be written.
    SIO_BGCOLOR = Field::new("imf.siolabel.bgcolor", "Background Color", Kind::Str).spec("RFC 7444 section 3");
    /// In which form the label itself is: a kind of encoding, or of XML.
    SIO_TYPE = Field::new("imf.siolabel.type", "Type", Kind::Str).spec("RFC 7444 section 3");
    /// The label itself, which programs decide by.
    SIO_VALUE = Field::new("imf.siolabel.label", "Label", Kind::Str).spec("RFC 7444 section 3");
    /// A parameter that the standard does not know.
    SIO_UNKNOWN = Field::new("imf.siolabel.unknown", "Unknown parameter", Kind::Str).spec("RFC 7444 section 3");
    /// The body: everything behind the first empty line.
    MESSAGE_TEXT = Field::new("imf.message_text", "Message-Text", Kind::None).spec("RFC 5322 section 2.3");
}

crate::issues! {
    /// The label of secrecy has a parameter that its standard does not know.
    UNKNOWN_PARAMETER = Issue::new("imf.unknown_param", "Unknown parameter", Severity::Warn, Group::Protocol);
}

/// How the value of a header field is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Text.
    Text,
    /// One mailbox.
    Mailbox,
    /// Mailboxes with commas between.
    Mailboxes,
    /// Mailboxes and groups of them.
    Addresses,
    /// A content type with parameters.
    ContentType,
    /// A label of secrecy.
    Label,
}

/// The field of a header, by its name in any case, and how its value is built.
pub(super) fn of_header(name: &[u8]) -> Option<(&'static Field, Form)> {
    let (_, field) = HEADERS
        .iter()
        .find(|(n, _)| name.eq_ignore_ascii_case(n.as_bytes()))?;
    let is = |fields: &[&'static Field]| fields.iter().any(|f| std::ptr::eq(*f, *field));
    let form = if is(&[&SENDER, &RESENT_SENDER, &DELIVERED_TO]) {
        Form::Mailbox
    } else if is(&[&FROM, &RESENT_FROM]) {
        Form::Mailboxes
    } else if is(&[
        &REPLY_TO,
        &TO,
        &CC,
        &BCC,
        &RESENT_TO,
        &RESENT_CC,
        &RESENT_BCC,
        &EXT_ORIGINAL_TO,
    ]) {
        Form::Addresses
    } else if is(&[&CONTENT_TYPE]) {
        Form::ContentType
    } else if is(&[&SIO_LABEL]) {
        Form::Label
    } else {
        Form::Text
    };
    Some((field, form))
}

/// Header names in lower case.
static HEADERS: &[(&str, &Field)] = &[
    ("date", &DATE),
    ("from", &FROM),
    ("sender", &SENDER),
    ("reply-to", &REPLY_TO),
    ("to", &TO),
    ("cc", &CC),
    ("bcc", &BCC),
    ("message-id", &MESSAGE_ID),
    ("in-reply-to", &IN_REPLY_TO),
    ("references", &REFERENCES),
    ("subject", &SUBJECT),
    ("comments", &COMMENTS),
    ("user-agent", &USER_AGENT),
    ("keywords", &KEYWORDS),
    ("resent-date", &RESENT_DATE),
    ("resent-from", &RESENT_FROM),
    ("resent-sender", &RESENT_SENDER),
    ("resent-to", &RESENT_TO),
    ("resent-cc", &RESENT_CC),
    ("resent-bcc", &RESENT_BCC),
    ("resent-message-id", &RESENT_MESSAGE_ID),
    ("return-path", &RETURN_PATH),
    ("received", &RECEIVED),
    ("content-type", &CONTENT_TYPE),
    ("content-description", &CONTENT_DESCRIPTION),
    ("content-id", &CONTENT_ID),
    ("content-transfer-encoding", &CONTENT_ENCODING),
    ("mime-version", &MIME_VERSION),
    ("autoforwarded", &AUTOFORWARDED),
    ("autosubmitted", &AUTOSUBMITTED),
    ("x400-content-identifier", &X400_CONTENT_IDENTIFIER),
    ("content-language", &CONTENT_LANGUAGE),
    ("conversion", &CONVERSION),
    ("conversion-with-loss", &CONVERSION_WITH_LOSS),
    ("delivery-date", &DELIVERY_DATE),
    ("discarded-x400-ipms-extensions", &DISCARDED_IPMS),
    ("discarded-x400-mts-extensions", &DISCARDED_MTS),
    ("dl-expansion-history", &DL_EXPANSION_HISTORY),
    ("deferred-delivery", &DEFERRED_DELIVERY),
    ("expires", &EXPIRES),
    ("importance", &IMPORTANCE),
    ("incomplete-copy", &INCOMPLETE_COPY),
    ("latest-delivery-time", &LATEST_DELIVERY_TIME),
    ("message-type", &MESSAGE_TYPE),
    ("original-encoded-information-types", &ORIGINAL_TYPES),
    ("originator-return-address", &ORIGINATOR_RETURN_ADDRESS),
    ("priority", &PRIORITY),
    ("reply-by", &REPLY_BY),
    ("sensitivity", &SENSITIVITY),
    ("supersedes", &SUPERSEDES),
    ("x400-content-type", &X400_CONTENT_TYPE),
    ("x400-mts-identifier", &X400_MTS_IDENTIFIER),
    ("x400-originator", &X400_ORIGINATOR),
    ("x400-received", &X400_RECEIVED),
    ("x400-recipients", &X400_RECIPIENTS),
    ("delivered-to", &DELIVERED_TO),
    ("x-mailer", &EXT_MAILER),
    ("x-mimeole", &EXT_MIMEOLE),
    ("expiry-date", &EXT_EXPIRY_DATE),
    ("x-ms-tnef-correlator", &EXT_TNEF),
    ("x-uidl", &EXT_UIDL),
    ("x-authentication-warning", &EXT_AUTHENTICATION_WARNING),
    ("x-virus-scanned", &EXT_VIRUS_SCANNED),
    ("x-original-to", &EXT_ORIGINAL_TO),
    ("thread-index", &THREAD_INDEX),
    ("lines", &LINES),
    ("precedence", &PRECEDENCE),
    ("sio-label", &SIO_LABEL),
];
