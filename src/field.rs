//! What a field is: its name in filters, its label, its type and how its value is written.
//!
//! A field is declared once, with [`fields!`](crate::fields), in the file of its protocol. The tree's label, the filter's name
//! and type, completion, `wireglass fields`, the explanation and the reference page all come from that entry.

/// The type of a field's value, with Wireshark's type in mind (`FT_UINT16` is [`Kind::U16`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole protocol: present or not, comparable as bytes.
    Protocol,
    /// A mark without a value: present or not.
    None,
    /// A line of the tree that has no name; never in a filter.
    Text,
    /// True or false.
    Bool,
    /// One character.
    Char,
    /// Unsigned, 8 bits.
    U8,
    /// Unsigned, 16 bits.
    U16,
    /// Unsigned, 24 bits.
    U24,
    /// Unsigned, 32 bits.
    U32,
    /// Unsigned, 40 bits.
    U40,
    /// Unsigned, 48 bits.
    U48,
    /// Unsigned, 56 bits.
    U56,
    /// Unsigned, 64 bits.
    U64,
    /// Signed, 8 bits.
    I8,
    /// Signed, 16 bits.
    I16,
    /// Signed, 24 bits.
    I24,
    /// Signed, 32 bits.
    I32,
    /// Signed, 64 bits.
    I64,
    /// Binary floating point (single precision on the wire).
    F32,
    /// Binary floating point, double precision.
    F64,
    /// Text.
    Str,
    /// Raw bytes.
    Bytes,
    /// A 48-bit hardware address.
    Ether,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A point in time.
    AbsTime,
    /// A span of time.
    RelTime,
    /// The number of another frame: a link.
    Frame,
    /// A 128-bit GUID.
    Guid,
    /// A 64-bit hardware address.
    Eui64,
    /// An object identifier (kept as its dotted text).
    Oid,
}

impl Kind {
    /// Width in bits of an integer kind, as its bit pattern and its hexadecimal form are written.
    pub const fn bits(self) -> u32 {
        match self {
            Kind::U8 | Kind::I8 | Kind::Char | Kind::Bool => 8,
            Kind::U16 | Kind::I16 => 16,
            Kind::U24 | Kind::I24 => 24,
            Kind::U32 | Kind::I32 | Kind::F32 | Kind::Frame => 32,
            Kind::U40 => 40,
            Kind::U48 => 48,
            Kind::U56 => 56,
            _ => 64,
        }
    }

    /// Whether values are unsigned integers (`Bool`, `Char` and `Frame` are not counted in).
    pub const fn is_unsigned(self) -> bool {
        matches!(
            self,
            Kind::U8
                | Kind::U16
                | Kind::U24
                | Kind::U32
                | Kind::U40
                | Kind::U48
                | Kind::U56
                | Kind::U64
        )
    }

    /// Whether values are signed integers.
    pub const fn is_signed(self) -> bool {
        matches!(
            self,
            Kind::I8 | Kind::I16 | Kind::I24 | Kind::I32 | Kind::I64
        )
    }

    /// The type in words, for `wireglass fields`, completion and messages.
    pub const fn title(self) -> &'static str {
        match self {
            Kind::Protocol => "Protocol",
            Kind::None => "Label",
            Kind::Text => "Text",
            Kind::Bool => "Boolean",
            Kind::Char => "Character, 1 byte",
            Kind::U8 => "Unsigned integer, 1 byte",
            Kind::U16 => "Unsigned integer, 2 bytes",
            Kind::U24 => "Unsigned integer, 3 bytes",
            Kind::U32 => "Unsigned integer, 4 bytes",
            Kind::U40 => "Unsigned integer, 5 bytes",
            Kind::U48 => "Unsigned integer, 6 bytes",
            Kind::U56 => "Unsigned integer, 7 bytes",
            Kind::U64 => "Unsigned integer, 8 bytes",
            Kind::I8 => "Signed integer, 1 byte",
            Kind::I16 => "Signed integer, 2 bytes",
            Kind::I24 => "Signed integer, 3 bytes",
            Kind::I32 => "Signed integer, 4 bytes",
            Kind::I64 => "Signed integer, 8 bytes",
            Kind::F32 => "Floating point (single-precision)",
            Kind::F64 => "Floating point (double-precision)",
            Kind::Str => "Character string",
            Kind::Bytes => "Byte sequence",
            Kind::Ether => "Ethernet or other MAC address",
            Kind::Ipv4 => "IPv4 address",
            Kind::Ipv6 => "IPv6 address",
            Kind::AbsTime => "Date and time",
            Kind::RelTime => "Time offset",
            Kind::Frame => "Frame number",
            Kind::Guid => "Globally Unique Identifier",
            Kind::Eui64 => "EUI64 address",
            Kind::Oid => "ASN.1 object identifier",
        }
    }
}

/// In which base an integer is written; for times, how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// Decimal.
    Dec,
    /// Hexadecimal, as wide as the type.
    Hex,
    /// Octal.
    Oct,
    /// Decimal, hexadecimal in parentheses.
    DecHex,
    /// Hexadecimal, decimal in parentheses.
    HexDec,
    /// Only the name, never the number (for fields with value names).
    NameOnly,
    /// Bytes shown as text where they are printable.
    Ascii,
    /// Absolute time in UTC (written with ` UTC`).
    Utc,
}

/// Words for the values of a field.
#[derive(Clone, Copy)]
pub enum Names {
    /// None: the number speaks.
    None,
    /// Exact values.
    Values(&'static [(u64, &'static str)]),
    /// Inclusive ranges, the first that holds wins.
    Ranges(&'static [(u64, u64, &'static str)]),
    /// A function, where a table would be too long or is shared.
    Lookup(fn(u64) -> Option<&'static str>),
    /// For booleans: the words for false and true.
    Bool(&'static str, &'static str),
    /// A unit behind the number: for one, and for any other count. The blank before it is part of it (`" seconds"`).
    Unit(&'static str, &'static str),
    /// The whole text of the value is written by this function (it gets the value, masked and shifted).
    Custom(fn(u64, &mut String)),
}

/// One field of one protocol. Made by [`fields!`](crate::fields) only; nodes, filters and references all hold `&'static Field`.
pub struct Field {
    /// Its name in filters, Wireshark's where Wireshark has the field (`tcp.flags.syn`).
    pub abbrev: &'static str,
    /// Its label in the tree (`Syn`).
    pub label: &'static str,
    /// The type of its value.
    pub kind: Kind,
    /// How integers and times are written.
    pub base: Base,
    /// Which bits of the bytes it covers; 0 = all.
    pub mask: u64,
    /// Over how many bits a masked field's pattern is drawn; 0 = as many as the type has.
    pub width: u8,
    /// Words for its values.
    pub names: Names,
    /// Other names under which the same value is found: `ip.src` is also an `ip.addr`.
    pub also: &'static [&'static Field],
    /// Where it is defined: RFC and section.
    pub spec: &'static str,
    /// What it is for, for somebody who sees it for the first time.
    pub help: &'static str,
}

impl Field {
    /// A field with name, label and type; everything else by the methods below.
    pub const fn new(abbrev: &'static str, label: &'static str, kind: Kind) -> Field {
        Field {
            abbrev,
            label,
            kind,
            base: Base::Dec,
            mask: 0,
            width: 0,
            names: Names::None,
            also: &[],
            spec: "",
            help: "",
        }
    }

    /// Write the value in hexadecimal.
    pub const fn hex(mut self) -> Field {
        self.base = Base::Hex;
        self
    }

    /// Write the value in this base.
    pub const fn base(mut self, base: Base) -> Field {
        self.base = base;
        self
    }

    /// The field is these bits (a mask over the bytes it is read from, most significant byte first).
    pub const fn mask(mut self, mask: u64) -> Field {
        self.mask = mask;
        self
    }

    /// The bit pattern is drawn over this many bits (booleans mostly, whose type has no width).
    pub const fn width(mut self, bits: u8) -> Field {
        self.width = bits;
        self
    }

    /// Names for exact values.
    pub const fn values(mut self, values: &'static [(u64, &'static str)]) -> Field {
        self.names = Names::Values(values);
        self
    }

    /// Names for values, by any of the ways of [`Names`].
    pub const fn names(mut self, names: Names) -> Field {
        self.names = names;
        self
    }

    /// Words for a boolean: first false, then true.
    pub const fn words(mut self, no: &'static str, yes: &'static str) -> Field {
        self.names = Names::Bool(no, yes);
        self
    }

    /// `Set` and `Not set`, the usual words of a flag.
    pub const fn flag(self) -> Field {
        self.words("Not set", "Set")
    }

    /// A unit, for one and for many; with its leading blank.
    pub const fn unit(mut self, one: &'static str, many: &'static str) -> Field {
        self.names = Names::Unit(one, many);
        self
    }

    /// The same value is found under these names too.
    pub const fn also(mut self, also: &'static [&'static Field]) -> Field {
        self.also = also;
        self
    }

    /// RFC and section.
    pub const fn spec(mut self, spec: &'static str) -> Field {
        self.spec = spec;
        self
    }

    /// The teaching text; `fields!` passes the `///` comment.
    pub const fn help(mut self, help: &'static str) -> Field {
        self.help = help;
        self
    }

    /// The word for a value, if there is one.
    pub fn name_of(&self, value: u64) -> Option<&'static str> {
        match self.names {
            Names::Values(values) => {
                // Tables are short or sorted; a linear look is only paid where text is made.
                values.iter().find(|(v, _)| *v == value).map(|(_, n)| *n)
            }
            Names::Ranges(ranges) => ranges
                .iter()
                .find(|(a, b, _)| *a <= value && value <= *b)
                .map(|(_, _, n)| *n),
            Names::Lookup(lookup) => lookup(value),
            Names::Bool(no, yes) => Some(if value == 0 { no } else { yes }),
            Names::None | Names::Unit(..) | Names::Custom(_) => None,
        }
    }

    /// Over how many bits the pattern of a masked field is drawn.
    pub const fn pattern_width(&self) -> u32 {
        if self.width != 0 {
            self.width as u32
        } else {
            self.kind.bits()
        }
    }

    /// The part of the abbreviation before the first dot: the protocol's filter name.
    pub fn protocol(&self) -> &'static str {
        self.abbrev.split('.').next().unwrap_or(self.abbrev)
    }
}

impl std::fmt::Debug for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.abbrev)
    }
}

/// How much an observation matters; Wireshark's severities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The ordinary course of things, worth a mention.
    Comment,
    /// A step of a conversation, such as a connection being opened.
    Chat,
    /// Notable, but normal: an answer that says "not found".
    Note,
    /// Unusual: something went wrong somewhere.
    Warn,
    /// Broken: malformed, or against the rules.
    Error,
}

impl Severity {
    /// The word shown, and Wireshark's number for `_ws.expert.severity`.
    pub const fn parts(self) -> (&'static str, u64) {
        match self {
            Severity::Comment => ("Comment", 0x0010_0000),
            Severity::Chat => ("Chat", 0x0020_0000),
            Severity::Note => ("Note", 0x0040_0000),
            Severity::Warn => ("Warning", 0x0060_0000),
            Severity::Error => ("Error", 0x0080_0000),
        }
    }
}

/// What an observation is about; Wireshark's groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// A checksum does not fit.
    Checksum,
    /// Sequence numbers, order, loss.
    Sequence,
    /// An answer's code.
    Response,
    /// A request's code.
    Request,
    /// Not dissected.
    Undecoded,
    /// Putting together failed.
    Reassemble,
    /// Does not follow the format.
    Malformed,
    /// Follows the format, breaks the protocol.
    Protocol,
    /// A risk.
    Security,
    /// Comments of the user.
    Comments,
    /// Decryption.
    Decryption,
    /// A guess was made.
    Assumption,
    /// Out of use.
    Deprecated,
}

impl Group {
    /// The word shown, and Wireshark's number for `_ws.expert.group`.
    pub const fn parts(self) -> (&'static str, u64) {
        match self {
            Group::Checksum => ("Checksum", 0x0100_0000),
            Group::Sequence => ("Sequence", 0x0200_0000),
            Group::Response => ("Response", 0x0300_0000),
            Group::Request => ("Request", 0x0400_0000),
            Group::Undecoded => ("Undecoded", 0x0500_0000),
            Group::Reassemble => ("Reassemble", 0x0600_0000),
            Group::Malformed => ("Malformed", 0x0700_0000),
            Group::Protocol => ("Protocol", 0x0900_0000),
            Group::Security => ("Security", 0x0a00_0000),
            Group::Comments => ("Comment", 0x0b00_0000),
            Group::Decryption => ("Decryption", 0x0c00_0000),
            Group::Assumption => ("Assumption", 0x0d00_0000),
            Group::Deprecated => ("Deprecated", 0x0e00_0000),
        }
    }
}

/// An observation that a dissector may make about a packet ("expert information").
pub struct Issue {
    /// Its filter name; the kind is [`Kind::None`].
    pub field: Field,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub group: Group,
}

impl Issue {
    /// An issue with its filter name, its message (the field's label), severity and group.
    pub const fn new(
        abbrev: &'static str,
        message: &'static str,
        severity: Severity,
        group: Group,
    ) -> Issue {
        Issue {
            field: Field::new(abbrev, message, Kind::None),
            severity,
            group,
        }
    }

    /// The lesson; `issues!` passes the `///` comment.
    pub const fn help(mut self, help: &'static str) -> Issue {
        self.field.help = help;
        self
    }
}

/// Declare the fields of a protocol: a `static` for each, and `FIELDS`, the list of all.
///
/// The `///` comment is the teaching text: it is shown in the explanation pane and becomes rustdoc.
///
/// ```
/// wireglass::fields! {
///     /// The port of the program that sent the datagram.
///     SRC_PORT = Field::new("udp.srcport", "Source Port", Kind::U16).spec("RFC 768");
/// }
/// assert_eq!(FIELDS.len(), 1);
/// assert_eq!(SRC_PORT.help, " The port of the program that sent the datagram.");
/// ```
#[macro_export]
macro_rules! fields {
    ($($(#[doc = $help:literal])+ $name:ident = $field:expr;)*) => {
        #[allow(unused_imports)]
        use $crate::field::{Base, Field, Kind, Names};
        $($(#[doc = $help])+ pub static $name: Field = $field.help(concat!($($help),+));)*
        /// Every field declared in this file.
        pub static FIELDS: &[&Field] = &[$(&$name),*];
    };
}

/// Declare the issues of a protocol: a `static` for each, and `ISSUES`, the list of all. The `///` comment is the lesson.
#[macro_export]
macro_rules! issues {
    ($($(#[doc = $help:literal])+ $name:ident = $issue:expr;)*) => {
        #[allow(unused_imports)]
        use $crate::field::{Group, Issue, Severity};
        $($(#[doc = $help])+ pub static $name: Issue = $issue.help(concat!($($help),+));)*
        /// Every issue declared in this file.
        pub static ISSUES: &[&Issue] = &[$(&$name),*];
    };
}
