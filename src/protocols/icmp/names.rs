//! Names of ICMP types and codes (IANA's registry).

/// Names of the types.
static TYPES: &[(u8, &str)] = &[
    (0, "Echo (ping) reply"),
    (1, "Reserved"),
    (2, "Reserved"),
    (3, "Destination unreachable"),
    (4, "Source quench (flow control)"),
    (5, "Redirect"),
    (6, "Alternate host address"),
    (8, "Echo (ping) request"),
    (9, "Router advertisement"),
    (10, "Router solicitation"),
    (11, "Time-to-live exceeded"),
    (12, "Parameter problem"),
    (13, "Timestamp request"),
    (14, "Timestamp reply"),
    (15, "Information request"),
    (16, "Information reply"),
    (17, "Address mask request"),
    (18, "Address mask reply"),
    (19, "Reserved (for security)"),
    (30, "Traceroute"),
    (31, "Datagram Conversion Error"),
    (32, "Mobile Host Redirect"),
    (33, "IPv6 Where-Are-You"),
    (34, "IPv6 I-Am-Here"),
    (35, "Mobile Registration Request"),
    (36, "Mobile Registration Reply"),
    (37, "Domain Name Request"),
    (38, "Domain Name Reply"),
    (39, "SKIP"),
    (40, "Photuris"),
    (41, "Experimental mobility protocols"),
    (42, "Extended Echo request"),
    (43, "Extended Echo reply"),
];

/// Names of the codes, by type.
static CODES: &[(u8, u8, &str)] = &[
    (3, 0, "Network unreachable"),
    (3, 1, "Host unreachable"),
    (3, 2, "Protocol unreachable"),
    (3, 3, "Port unreachable"),
    (3, 4, "Fragmentation needed"),
    (3, 5, "Source route failed"),
    (3, 6, "Destination network unknown"),
    (3, 7, "Destination host unknown"),
    (3, 8, "Source host isolated"),
    (3, 9, "Network administratively prohibited"),
    (3, 10, "Host administratively prohibited"),
    (3, 11, "Network unreachable for TOS"),
    (3, 12, "Host unreachable for TOS"),
    (3, 13, "Communication administratively filtered"),
    (3, 14, "Host precedence violation"),
    (3, 15, "Precedence cutoff in effect"),
    (5, 0, "Redirect for network"),
    (5, 1, "Redirect for host"),
    (5, 2, "Redirect for TOS and network"),
    (5, 3, "Redirect for TOS and host"),
    (6, 0, "Alternate address for host"),
    (9, 0, "Normal router advertisement"),
    (9, 16, "Does not route common traffic"),
    (11, 0, "Time to live exceeded in transit"),
    (11, 1, "Fragment reassembly time exceeded"),
    (12, 0, "Pointer indicates the error"),
    (12, 1, "Required option missing"),
    (12, 2, "Bad length"),
    (40, 0, "Bad SPI"),
    (40, 1, "Authentication Failed"),
    (40, 2, "Decompression Failed"),
    (40, 3, "Decryption Failed"),
    (40, 4, "Need Authentication"),
    (40, 5, "Need Authorization"),
    (42, 0, "No error"),
    (43, 0, "No error"),
    (43, 1, "Malformed Query"),
    (43, 2, "No Such Interface"),
    (43, 3, "No Such Table Entry"),
    (43, 4, "Multiple Interfaces Satisfy Query"),
];

/// The name of a type.
pub(super) fn type_name(kind: u8) -> Option<&'static str> {
    TYPES.iter().find(|(t, _)| *t == kind).map(|(_, n)| *n)
}

/// Whether codes mean something for this type.
pub(super) fn has_codes(kind: u8) -> bool {
    CODES.iter().any(|(t, ..)| *t == kind)
}

/// The name of a code.
pub(super) fn code_name(kind: u8, code: u8) -> Option<&'static str> {
    CODES
        .iter()
        .find(|(t, c, _)| (*t, *c) == (kind, code))
        .map(|(.., n)| *n)
}
