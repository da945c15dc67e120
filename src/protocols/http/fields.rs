//! What HTTP messages consist of: the fields, the issues, the names of status codes, and which header is which field.

crate::fields! {
    /// The message is a notification: sent to whoever listens, no answer is expected.
    NOTIFICATION = Field::new("http.notification", "Notification", Kind::Bool);
    /// The message is an answer of a server.
    RESPONSE = Field::new("http.response", "Response", Kind::Bool);
    /// The message is a request of a client.
    REQUEST = Field::new("http.request", "Request", Kind::Bool);
    /// Which exchange of its connection the answer belongs to, counted from 1.
    RESPONSE_NUMBER = Field::new("http.response_number", "Response number", Kind::U32);
    /// Which exchange of its connection the request begins, counted from 1.
    REQUEST_NUMBER = Field::new("http.request_number", "Request number", Kind::U32);
    /// User name and password as the Basic scheme sends them: coded in Base64, not encrypted. Anybody on the way can read them.
    AUTH_BASIC = Field::new("http.authbasic", "Credentials", Kind::Str).spec("RFC 7617 section 2");
    /// The cookie of a Citrix access gateway was found.
    AUTH_CITRIX = Field::new("http.authcitrix", "Citrix AG Auth", Kind::Bool);
    /// User name in the cookie of a Citrix access gateway.
    AUTH_CITRIX_USER = Field::new("http.authcitrix.user", "Citrix AG Username", Kind::Str);
    /// Domain in the cookie of a Citrix access gateway.
    AUTH_CITRIX_DOMAIN = Field::new("http.authcitrix.domain", "Citrix AG Domain", Kind::Str);
    /// Password in the cookie of a Citrix access gateway.
    AUTH_CITRIX_PASSWORD = Field::new("http.authcitrix.password", "Citrix AG Password", Kind::Str);
    /// Session in the cookie of a Citrix access gateway.
    AUTH_CITRIX_SESSION = Field::new("http.authcitrix.session", "Citrix AG Session ID", Kind::Str);
    /// A header line of an answer, whole.
    RESPONSE_LINE = Field::new("http.response.line", "Response line", Kind::Str).spec("RFC 9112 section 5");
    /// A header line of a request, whole.
    REQUEST_LINE = Field::new("http.request.line", "Request line", Kind::Str).spec("RFC 9112 section 5");
    /// What the client wants done: GET fetches, POST hands data over, HEAD fetches only the head.
    METHOD = Field::new("http.request.method", "Request Method", Kind::Str).spec("RFC 9110 section 9");
    /// What it is wanted of: usually a path on the server, and a query behind a question mark.
    URI = Field::new("http.request.uri", "Request URI", Kind::Str).spec("RFC 9112 section 3.2");
    /// The part of the URI before the question mark: names the resource.
    URI_PATH = Field::new("http.request.uri.path", "Request URI Path", Kind::Str).spec("RFC 3986 section 3.3");
    /// The part behind the question mark: parameters for whoever makes the answer.
    URI_QUERY = Field::new("http.request.uri.query", "Request URI Query", Kind::Str).spec("RFC 3986 section 3.4");
    /// One parameter of the query, usually a name, an equals sign and a value.
    URI_QUERY_PARAMETER = Field::new("http.request.uri.query.parameter", "Request URI Query Parameter", Kind::Str)
        .spec("RFC 3986 section 3.4");
    /// Which version of HTTP the client speaks.
    REQUEST_VERSION = Field::new("http.request.version", "Request Version", Kind::Str).spec("RFC 9112 section 2.3");
    /// Which version of HTTP the server speaks.
    RESPONSE_VERSION = Field::new("http.response.version", "Response Version", Kind::Str).spec("RFC 9112 section 2.3");
    /// The whole address: scheme, the Host header, and the URI of the first line put together.
    FULL_URI = Field::new("http.request.full_uri", "Full request URI", Kind::Str).spec("RFC 9110 section 7.1");
    /// How it went, as a number: 2xx worked, 3xx look elsewhere, 4xx the client erred, 5xx the server failed.
    CODE = Field::new("http.response.code", "Status Code", Kind::U16).spec("RFC 9110 section 15");
    /// The registered meaning of the status code, whatever the server wrote beside it.
    CODE_DESC = Field::new("http.response.code.desc", "Status Code Description", Kind::Str).spec("RFC 9110 section 15");
    /// The address that this answers.
    RESPONSE_FOR_URI = Field::new("http.response_for.uri", "Request URI", Kind::Str);
    /// The server's own words for the status; programs do not look at them.
    PHRASE = Field::new("http.response.phrase", "Response Phrase", Kind::Str).spec("RFC 9112 section 4");
    /// Proof of who the client is, in the scheme that the server asked for.
    AUTHORIZATION = Field::new("http.authorization", "Authorization", Kind::Str).spec("RFC 9110 section 11.6.2");
    /// A proxy asks the client to prove who it is.
    PROXY_AUTHENTICATE = Field::new("http.proxy_authenticate", "Proxy-Authenticate", Kind::Str).spec("RFC 9110 section 11.7.1");
    /// Proof for a proxy of who the client is.
    PROXY_AUTHORIZATION = Field::new("http.proxy_authorization", "Proxy-Authorization", Kind::Str).spec("RFC 9110 section 11.7.2");
    /// The host to which a proxy made a tunnel; these bytes go through it.
    PROXY_CONNECT_HOST = Field::new("http.proxy_connect_host", "Proxy-Connect-Hostname", Kind::Str).spec("RFC 9110 section 9.3.6");
    /// The port to which a proxy made a tunnel.
    PROXY_CONNECT_PORT = Field::new("http.proxy_connect_port", "Proxy-Connect-Port", Kind::U16).spec("RFC 9110 section 9.3.6");
    /// The server asks the client to prove who it is, and says in which way.
    WWW_AUTHENTICATE = Field::new("http.www_authenticate", "WWW-Authenticate", Kind::Str).spec("RFC 9110 section 11.6.1");
    /// What kind of data the body is.
    CONTENT_TYPE = Field::new("http.content_type", "Content-Type", Kind::Str).spec("RFC 9110 section 8.3");
    /// Length of the body in bytes, as written.
    CONTENT_LENGTH_HEADER = Field::new("http.content_length_header", "Content-Length", Kind::Str).spec("RFC 9110 section 8.6");
    /// Length of the body in bytes, as a number: the receiver knows by it where the next message begins.
    CONTENT_LENGTH = Field::new("http.content_length", "Content length", Kind::U64).spec("RFC 9110 section 8.6");
    /// How the body is compressed.
    CONTENT_ENCODING = Field::new("http.content_encoding", "Content-Encoding", Kind::Str).spec("RFC 9110 section 8.4");
    /// How the body travels: in chunks, where its length was not known when the head was sent.
    TRANSFER_ENCODING = Field::new("http.transfer_encoding", "Transfer-Encoding", Kind::Str).spec("RFC 9112 section 6.1");
    /// Another protocol to which this connection shall change.
    UPGRADE = Field::new("http.upgrade", "Upgrade", Kind::Str).spec("RFC 9110 section 7.8");
    /// The client's program: name, version and long history.
    USER_AGENT = Field::new("http.user_agent", "User-Agent", Kind::Str).spec("RFC 9110 section 10.1.5");
    /// For which of the server's names the request is: one address may serve many sites.
    HOST = Field::new("http.host", "Host", Kind::Str).spec("RFC 9110 section 7.2");
    /// Whether the connection stays open for more.
    CONNECTION = Field::new("http.connection", "Connection", Kind::Str).spec("RFC 9110 section 7.6.1");
    /// What the server asked this client to remember: that is how it knows it again.
    COOKIE = Field::new("http.cookie", "Cookie", Kind::Str).spec("RFC 6265 section 5.4");
    /// One cookie: name and value.
    COOKIE_PAIR = Field::new("http.cookie_pair", "Cookie pair", Kind::Str).spec("RFC 6265 section 4.2.1");
    /// Which kinds of data the client can use.
    ACCEPT = Field::new("http.accept", "Accept", Kind::Str).spec("RFC 9110 section 12.5.1");
    /// From which page the client comes (the name is misspelt since 1996).
    REFERER = Field::new("http.referer", "Referer", Kind::Str).spec("RFC 9110 section 10.1.3");
    /// Which languages the user reads.
    ACCEPT_LANGUAGE = Field::new("http.accept_language", "Accept-Language", Kind::Str).spec("RFC 9110 section 12.5.4");
    /// Which compressions the client can undo.
    ACCEPT_ENCODING = Field::new("http.accept_encoding", "Accept Encoding", Kind::Str).spec("RFC 9110 section 12.5.3");
    /// When the message was made, by the sender's clock.
    DATE = Field::new("http.date", "Date", Kind::Str).spec("RFC 9110 section 6.6.1");
    /// Who may keep a copy, and how long.
    CACHE_CONTROL = Field::new("http.cache_control", "Cache-Control", Kind::Str).spec("RFC 9111 section 5.2");
    /// The server's program.
    SERVER = Field::new("http.server", "Server", Kind::Str).spec("RFC 9110 section 10.2.4");
    /// Where to go instead, or where the new thing is.
    LOCATION = Field::new("http.location", "Location", Kind::Str).spec("RFC 9110 section 10.2.2");
    /// The server proves that it speaks WebSocket: a hash of the client's key.
    SEC_WEBSOCKET_ACCEPT = Field::new("http.sec_websocket_accept", "Sec-WebSocket-Accept", Kind::Str).spec("RFC 6455 section 11.3.3");
    /// Extensions of WebSocket.
    SEC_WEBSOCKET_EXTENSIONS = Field::new("http.sec_websocket_extensions", "Sec-WebSocket-Extensions", Kind::Str)
        .spec("RFC 6455 section 11.3.2");
    /// A random number of the client, to be proved read.
    SEC_WEBSOCKET_KEY = Field::new("http.sec_websocket_key", "Sec-WebSocket-Key", Kind::Str).spec("RFC 6455 section 11.3.1");
    /// Which protocols shall run inside WebSocket.
    SEC_WEBSOCKET_PROTOCOL = Field::new("http.sec_websocket_protocol", "Sec-WebSocket-Protocol", Kind::Str)
        .spec("RFC 6455 section 11.3.4");
    /// Version of WebSocket: 13.
    SEC_WEBSOCKET_VERSION = Field::new("http.sec_websocket_version", "Sec-WebSocket-Version", Kind::Str)
        .spec("RFC 6455 section 11.3.5");
    /// The server asks the client to remember this and to send it back with later requests.
    SET_COOKIE = Field::new("http.set_cookie", "Set-Cookie", Kind::Str).spec("RFC 6265 section 4.1");
    /// When the thing was last changed.
    LAST_MODIFIED = Field::new("http.last_modified", "Last-Modified", Kind::Str).spec("RFC 9110 section 8.8.2");
    /// For whom a proxy asks: the client's address, and those of proxies on the way.
    X_FORWARDED_FOR = Field::new("http.x_forwarded_for", "X-Forwarded-For", Kind::Str);
    /// Settings of HTTP/2, where a client offers to change to it.
    HTTP2_SETTINGS = Field::new("http.http2_settings", "HTTP2-Settings", Kind::Str).spec("RFC 7540 section 3.2.1");
    /// Frame of the request that this answers.
    REQUEST_IN = Field::new("http.request_in", "Request in frame", Kind::Frame);
    /// Frame of the answer to this request.
    RESPONSE_IN = Field::new("http.response_in", "Response in frame", Kind::Frame);
    /// Frame of the next request on this connection.
    NEXT_REQUEST_IN = Field::new("http.next_request_in", "Next request in frame", Kind::Frame);
    /// Frame of the next answer on this connection.
    NEXT_RESPONSE_IN = Field::new("http.next_response_in", "Next response in frame", Kind::Frame);
    /// Frame of the request before on this connection.
    PREV_REQUEST_IN = Field::new("http.prev_request_in", "Prev request in frame", Kind::Frame);
    /// Frame of the answer before on this connection.
    PREV_RESPONSE_IN = Field::new("http.prev_response_in", "Prev response in frame", Kind::Frame);
    /// How long the answer took: from the request's last frame to the answer's.
    TIME = Field::new("http.time", "Time since request", Kind::RelTime);
    /// Header lines behind the last chunk.
    TRAILER_PART = Field::new("http.chunked_trailer_part", "trailer-part", Kind::Str).spec("RFC 9112 section 7.1.2");
    /// The end of line behind a chunk.
    CHUNK_BOUNDARY = Field::new("http.chunk_boundary", "Chunk boundary", Kind::Bytes).spec("RFC 9112 section 7.1");
    /// How long the chunk is; 0 ends the body. Written in hexadecimal on the wire.
    CHUNK_SIZE = Field::new("http.chunk_size", "Chunk size", Kind::U32).unit(" octet", " octets").spec("RFC 9112 section 7.1");
    /// What the chunk carries.
    CHUNK_DATA = Field::new("http.chunk_data", "Chunk data", Kind::Bytes).spec("RFC 9112 section 7.1");
    /// The body, chunks put together and decompressed.
    FILE_DATA = Field::new("http.file_data", "File Data", Kind::Str);
    /// A header line in a message that is neither request nor answer.
    UNKNOWN_HEADER = Field::new("http.unknown_header", "Unknown header", Kind::Str);
    /// Settings of HTTP/2 decoded from the header's Base64.
    HTTP2_SETTINGS_URI = Field::new("http.http2_settings_uri", "HTTP2 Settings URI", Kind::Bytes).spec("RFC 7540 section 3.2.1");
    /// A part of the path, between two slashes.
    PATH_SEGMENT = Field::new("http.path_segment", "Path segment", Kind::Str).spec("RFC 3986 section 3.3");
    /// A part of a path's part, set off by a comma or semicolon.
    PATH_SUB_SEGMENT = Field::new("http.path_sub_segment", "Path sub segment", Kind::Str).spec("RFC 3986 section 3.3");
}

crate::issues! {
    /// A request or an answer was sent: the ordinary course of things, for the list of observations.
    CHAT = Issue::new("http.chat", "HTTP message", Severity::Chat, Group::Sequence);
    /// Two ways to say how long the body is: receivers that choose differently can be tricked into seeing different messages.
    TE_AND_LENGTH = Issue::new("http.te_and_length", "Content-Length and Transfer-Encoding together", Severity::Warn, Group::Malformed);
    /// The body travels in a way that is not known.
    TE_UNKNOWN = Issue::new("http.te_unknown", "Unknown transfer coding", Severity::Warn, Group::Undecoded);
    /// The body is not what its content type says.
    SUBDISSECTOR_FAILED = Issue::new("http.subdissector_failed", "The body is not of the announced type", Severity::Note, Group::Malformed);
    /// HTTP in the clear on a port meant for encryption: anybody on the way reads along.
    TLS_PORT = Issue::new("http.tls_port", "Unencrypted HTTP on a port for encrypted traffic", Severity::Warn, Group::Security);
    /// Empty lines before the message: the message before was longer than it said.
    LEADING_CRLF = Issue::new("http.leading_crlf", "Empty line before the message", Severity::Error, Group::Malformed);
    /// A header's name may only hold letters, digits and a few signs.
    BAD_HEADER_NAME = Issue::new("http.bad_header_name", "Characters that a header name may not have", Severity::Warn, Group::Protocol);
    /// The body could not be decompressed.
    DECOMPRESSION_FAILED = Issue::new("http.decompression_failed", "Decompression failed", Severity::Warn, Group::Malformed);
    /// The body is compressed and was left so.
    DECOMPRESSION_DISABLED = Issue::new("http.decompression_disabled", "Decompression disabled", Severity::Chat, Group::Undecoded);
}

/// The registered meanings of status codes (IANA's registry, and those of WebDAV).
const CODES: &[(u16, &str)] = &[
    (100, "Continue"),
    (101, "Switching Protocols"),
    (102, "Processing"),
    (103, "Early Hints"),
    (199, "Informational - Others"),
    (200, "OK"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "Non-authoritative Information"),
    (204, "No Content"),
    (205, "Reset Content"),
    (206, "Partial Content"),
    (207, "Multi-Status"),
    (208, "Already Reported"),
    (226, "IM Used"),
    (299, "Success - Others"),
    (300, "Multiple Choices"),
    (301, "Moved Permanently"),
    (302, "Found"),
    (303, "See Other"),
    (304, "Not Modified"),
    (305, "Use Proxy"),
    (307, "Temporary Redirect"),
    (308, "Permanent Redirect"),
    (399, "Redirection - Others"),
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (406, "Not Acceptable"),
    (407, "Proxy Authentication Required"),
    (408, "Request Time-out"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "Length Required"),
    (412, "Precondition Failed"),
    (413, "Request Entity Too Large"),
    (414, "Request-URI Too Long"),
    (415, "Unsupported Media Type"),
    (416, "Requested Range Not Satisfiable"),
    (417, "Expectation Failed"),
    (418, "I'm a teapot"),
    (421, "Misdirected Request"),
    (422, "Unprocessable Entity"),
    (423, "Locked"),
    (424, "Failed Dependency"),
    (425, "Too Early"),
    (426, "Upgrade Required"),
    (428, "Precondition Required"),
    (429, "Too Many Requests"),
    (431, "Request Header Fields Too Large"),
    (451, "Unavailable For Legal Reasons"),
    (499, "Client Error - Others"),
    (500, "Internal Server Error"),
    (501, "Not Implemented"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (504, "Gateway Time-out"),
    (505, "HTTP Version not supported"),
    (507, "Insufficient Storage"),
    (508, "Loop Detected"),
    (511, "Network Authentication Required"),
    (599, "Server Error - Others"),
];

/// The registered meaning of a status code.
pub(super) fn meaning(code: u16) -> Option<&'static str> {
    CODES.iter().find(|(c, _)| *c == code).map(|(_, m)| *m)
}

/// Which header is which field.
const HEADERS: &[(&str, &Field)] = &[
    ("accept", &ACCEPT),
    ("accept-encoding", &ACCEPT_ENCODING),
    ("accept-language", &ACCEPT_LANGUAGE),
    ("authorization", &AUTHORIZATION),
    ("cache-control", &CACHE_CONTROL),
    ("connection", &CONNECTION),
    ("content-encoding", &CONTENT_ENCODING),
    ("content-length", &CONTENT_LENGTH_HEADER),
    ("content-type", &CONTENT_TYPE),
    ("cookie", &COOKIE),
    ("date", &DATE),
    ("host", &HOST),
    ("http2-settings", &HTTP2_SETTINGS),
    ("last-modified", &LAST_MODIFIED),
    ("location", &LOCATION),
    ("proxy-authenticate", &PROXY_AUTHENTICATE),
    ("proxy-authorization", &PROXY_AUTHORIZATION),
    ("referer", &REFERER),
    ("sec-websocket-accept", &SEC_WEBSOCKET_ACCEPT),
    ("sec-websocket-extensions", &SEC_WEBSOCKET_EXTENSIONS),
    ("sec-websocket-key", &SEC_WEBSOCKET_KEY),
    ("sec-websocket-protocol", &SEC_WEBSOCKET_PROTOCOL),
    ("sec-websocket-version", &SEC_WEBSOCKET_VERSION),
    ("server", &SERVER),
    ("set-cookie", &SET_COOKIE),
    ("transfer-encoding", &TRANSFER_ENCODING),
    ("upgrade", &UPGRADE),
    ("user-agent", &USER_AGENT),
    ("www-authenticate", &WWW_AUTHENTICATE),
    ("x-forwarded-for", &X_FORWARDED_FOR),
];

/// The field of a header, if it has one of its own.
pub(super) fn of_header(name: &[u8]) -> Option<&'static Field> {
    HEADERS
        .iter()
        .find(|(n, _)| n.as_bytes().eq_ignore_ascii_case(name))
        .map(|(_, f)| *f)
}
