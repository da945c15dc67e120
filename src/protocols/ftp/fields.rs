//! The fields and issues of FTP and of its data connections.

pub mod control {
    //! What the control connection shows.

    crate::fields! {
        /// True in what the server says.
        RESPONSE = Field::new("ftp.response", "Response", Kind::Bool).spec("RFC 959 section 4.2");
        /// True in what the client says.
        REQUEST = Field::new("ftp.request", "Request", Kind::Bool).spec("RFC 959 section 4.1");
        /// What the client wants: a word of three or four letters, such as RETR to fetch a file or CWD to change the directory.
        REQUEST_COMMAND = Field::new("ftp.request.command", "Request command", Kind::Str).spec("RFC 959 section 4.1");
        /// What belongs to the command: a file name, a user name, an address. The argument of PASS is a password, in clear text.
        REQUEST_ARG = Field::new("ftp.request.arg", "Request arg", Kind::Str).spec("RFC 959 section 5.3");
        /// The answer as a number. Its first digit tells how it went: 1 begun, 2 done, 3 more is needed, 4 failed for now, 5 failed.
        /// The second tells what it is about: 0 syntax, 1 information, 2 connections, 3 login, 5 files.
        RESPONSE_CODE = Field::new("ftp.response.code", "Response code", Kind::U32).values(CODES).spec("RFC 959 section 4.2");
        /// The answer in words, for people. Programs go by the number.
        RESPONSE_ARG = Field::new("ftp.response.arg", "Response arg", Kind::Str).spec("RFC 959 section 4.2");
        /// The address to which the client shall open the data connection (PASV). Four numbers with commas between them.
        PASSIVE_IP = Field::new("ftp.passive.ip", "Passive IP address", Kind::Ipv4).spec("RFC 959 section 4.1.2");
        /// The port to which the client shall open the data connection: two numbers, the first times 256 plus the second.
        PASSIVE_PORT = Field::new("ftp.passive.port", "Passive port", Kind::U16).spec("RFC 959 section 4.1.2");
        /// The server names another address than it sends from: a router on the way changed one of them, or the server is set up
        /// wrongly. Clients then fail to connect.
        PASSIVE_NAT = Field::new("ftp.passive.nat", "Passive IP NAT", Kind::Bool).spec("RFC 2663 section 8");
        /// The address at which the client waits for the server to open the data connection (PORT).
        ACTIVE_IP = Field::new("ftp.active.cip", "Active IP address", Kind::Ipv4).spec("RFC 959 section 4.1.2");
        /// The port at which the client waits: two numbers, the first times 256 plus the second.
        ACTIVE_PORT = Field::new("ftp.active.port", "Active port", Kind::U16).spec("RFC 959 section 4.1.2");
        /// The client names another address than it sends from: it sits behind a router that translates addresses, and the server
        /// cannot reach it there.
        ACTIVE_NAT = Field::new("ftp.active.nat", "Active IP NAT", Kind::Bool).spec("RFC 2663 section 8");
        /// Which kind of address follows in EPRT, the form of PORT that knows IPv6.
        EPRT_AF = Field::new("ftp.eprt.af", "Extended active address family", Kind::U8).values(FAMILIES).spec("RFC 2428 section 2");
        /// The IPv4 address at which the client waits for the data connection.
        EPRT_IP = Field::new("ftp.eprt.ip", "Extended active IP address", Kind::Ipv4).spec("RFC 2428 section 2");
        /// The IPv6 address at which the client waits for the data connection.
        EPRT_IPV6 = Field::new("ftp.eprt.ipv6", "Extended active IPv6 address", Kind::Ipv6).spec("RFC 2428 section 2");
        /// The port at which the client waits for the data connection.
        EPRT_PORT = Field::new("ftp.eprt.port", "Extended active port", Kind::U16).spec("RFC 2428 section 2");
        /// The address for the data connection. EPSV does not name it: it is the one that the server answers from.
        EPSV_IP = Field::new("ftp.epsv.ip", "Extended passive IPv4 address", Kind::Ipv4).spec("RFC 2428 section 3");
        /// The address for the data connection. EPSV does not name it: it is the one that the server answers from.
        EPSV_IPV6 = Field::new("ftp.epsv.ipv6", "Extended passive IPv6 address", Kind::Ipv6).spec("RFC 2428 section 3");
        /// The port to which the client shall open the data connection.
        EPSV_PORT = Field::new("ftp.epsv.port", "Extended passive port", Kind::U16).spec("RFC 2428 section 3");
        /// The directory in which the client is at this point, as the commands and answers before tell; empty while nobody said.
        CWD = Field::new("ftp.current-working-directory", "Current working directory", Kind::Str).spec("RFC 959 section 4.1.1");
        /// How many packets the data connection has that belongs to this command.
        DATA_FRAMES = Field::new("ftp.command-response.frames", "Command response frames", Kind::U32);
        /// How many bytes went over that data connection.
        DATA_BYTES = Field::new("ftp.command-response.bytes", "Command response bytes", Kind::U32);
        /// The first packet with data for this command.
        DATA_FIRST = Field::new("ftp.command-response.first-frame-num", "Command response first frame", Kind::Frame);
        /// The last packet with data for this command.
        DATA_LAST = Field::new("ftp.command-response.last-frame-num", "Command response last frame", Kind::Frame);
        /// Time from the first to the last of them.
        DATA_DURATION = Field::new("ftp.command-response.duration", "Response duration", Kind::U32).unit("ms", "ms");
        /// How fast the data went: thousands of bits a second.
        DATA_BITRATE = Field::new("ftp.command-response.bitrate", "Response bitrate", Kind::U32).unit("Kbps", "Kbps");
        /// The packet that announced the data connection of this command.
        SETUP_FRAME = Field::new("ftp.setup-frame", "Setup frame", Kind::Frame);
        /// The packet with the command for which the data connection announced here was used.
        COMMAND_FRAME = Field::new("ftp.command-frame", "Command frame", Kind::Frame);
        /// The command for which the data connection announced here was used.
        COMMAND = Field::new("ftp.command", "Command", Kind::Str);
    }

    crate::issues! {
        /// The argument of EPRT does not have the form that RFC 2428 section 2 asks for.
        EPRT_INVALID = Issue::new("ftp.eprt.args_invalid", "EPRT arguments must have the form: |<family>|<addr>|<port>|", Severity::Warn, Group::Malformed);
        /// The answer to EPSV does not have the form that RFC 2428 section 3 asks for.
        EPSV_INVALID = Issue::new("ftp.epsv.args_invalid", "EPSV arguments must have the form (|||<port>|)", Severity::Warn, Group::Malformed);
        /// Answers begin with a digit from 1 to 6 (RFC 959 section 4.2, RFC 2228 section 9).
        CODE_INVALID = Issue::new("ftp.response.code.invalid", "Invalid response code", Severity::Warn, Group::Malformed);
        /// The answer to PWD names the directory in quotation marks (RFC 959 appendix II).
        PWD_INVALID = Issue::new("ftp.response.pwd.invalid", "Invalid PWD response", Severity::Warn, Group::Malformed);
    }

    static FAMILIES: &[(u64, &str)] = &[(1, "IPv4"), (2, "IPv6")];

    /// RFC 959 section 4.2.2, RFC 2228 section 5, RFC 2428.
    static CODES: &[(u64, &str)] = &[
        (110, "Restart marker reply"),
        (120, "Service ready in nnn minutes"),
        (125, "Data connection already open; transfer starting"),
        (150, "File status okay; about to open data connection"),
        (200, "Command okay"),
        (202, "Command not implemented, superfluous at this site"),
        (211, "System status, or system help reply"),
        (212, "Directory status"),
        (213, "File status"),
        (214, "Help message"),
        (215, "NAME system type"),
        (220, "Service ready for new user"),
        (221, "Service closing control connection"),
        (225, "Data connection open; no transfer in progress"),
        (226, "Closing data connection"),
        (227, "Entering Passive Mode"),
        (229, "Entering Extended Passive Mode"),
        (230, "User logged in, proceed"),
        (232, "User logged in, authorized by security data exchange"),
        (234, "Security data exchange complete"),
        (235, "Security data exchange completed successfully"),
        (250, "Requested file action okay, completed"),
        (257, "PATHNAME created"),
        (331, "User name okay, need password"),
        (332, "Need account for login"),
        (334, "Requested security mechanism is ok"),
        (335, "Security data is acceptable, more is required"),
        (336, "Username okay, need password. Challenge is ..."),
        (350, "Requested file action pending further information"),
        (421, "Service not available, closing control connection"),
        (425, "Can't open data connection"),
        (426, "Connection closed; transfer aborted"),
        (431, "Need some unavailable resource to process security"),
        (450, "Requested file action not taken"),
        (451, "Requested action aborted: local error in processing"),
        (
            452,
            "Requested action not taken. Insufficient storage space in system",
        ),
        (500, "Syntax error, command unrecognized"),
        (501, "Syntax error in parameters or arguments"),
        (502, "Command not implemented"),
        (503, "Bad sequence of commands"),
        (504, "Command not implemented for that parameter"),
        (522, "Network protocol not supported"),
        (530, "Not logged in"),
        (532, "Need account for storing files"),
        (533, "Command protection level denied for policy reasons"),
        (534, "Request denied for policy reasons"),
        (535, "Failed security check (hash, sequence, etc)"),
        (536, "Requested PROT level not supported by mechanism"),
        (
            537,
            "Command protection level not supported by security mechanism",
        ),
        (550, "Requested action not taken: File unavailable"),
        (551, "Requested action aborted: page type unknown"),
        (
            552,
            "Requested file action aborted: Exceeded storage allocation",
        ),
        (553, "Requested action not taken: File name not allowed"),
        (631, "Integrity protected reply"),
        (632, "Confidentiality and integrity protected reply"),
        (633, "Confidentiality protected reply"),
    ];
}

pub mod data {
    //! What a data connection shows of the control connection that it belongs to.

    crate::fields! {
        /// The packet that announced this connection: an answer to PASV or EPSV, or a PORT command.
        SETUP_FRAME = Field::new("ftp-data.setup-frame", "Setup frame", Kind::Frame).spec("RFC 959 section 3.3");
        /// How it was announced: PASV and EPASV (the client connects), PORT (the server connects).
        SETUP_METHOD = Field::new("ftp-data.setup-method", "Setup method", Kind::Str).spec("RFC 959 section 3.3");
        /// The first command that came on the control connection after the announcement: what is listed, fetched or stored here.
        COMMAND = Field::new("ftp-data.command", "Command", Kind::Str).spec("RFC 959 section 4.1.3");
        /// The packet with that command.
        COMMAND_FRAME = Field::new("ftp-data.command-frame", "Command frame", Kind::Frame).spec("RFC 959 section 4.1.3");
        /// The directory in which the client was when the connection was announced.
        CWD = Field::new("ftp-data.current-working-directory", "Current working directory", Kind::Str).spec("RFC 959 section 4.1.1");
    }
}
