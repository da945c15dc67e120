//! Names of ICMPv6 codes (IANA's registry).

/// Names of the codes, by type.
static CODES: &[(u8, u8, &str)] = &[
    (1, 0, "no route to destination"),
    (1, 1, "Administratively prohibited"),
    (1, 2, "Beyond scope of source address"),
    (1, 3, "Address unreachable"),
    (1, 4, "Port unreachable"),
    (1, 5, "Source address failed ingress/egress policy"),
    (1, 6, "Reject route to destination"),
    (1, 7, "Error in Source Routing Header"),
    (3, 0, "hop limit exceeded in transit"),
    (3, 1, "fragment reassembly time exceeded"),
    (4, 0, "erroneous header field encountered"),
    (4, 1, "unrecognized Next Header type encountered"),
    (4, 2, "unrecognized IPv6 option encountered"),
    (4, 3, "IPv6 First Fragment has incomplete IPv6 Header Chain"),
    (138, 0, "Command"),
    (138, 1, "Result"),
    (138, 255, "Sequence number reset"),
    (139, 0, "Query subject = IPv6 addresses"),
    (139, 1, "Query subject = DNS name or empty"),
    (139, 2, "Query subject = IPv4 addresses"),
    (140, 0, "Successful"),
    (140, 1, "Refused"),
    (140, 2, "Unknown query type"),
    (155, 0, "DODAG Information Solicitation"),
    (155, 1, "DODAG Information Object"),
    (155, 2, "Destination Advertisement Object"),
    (155, 3, "Destination Advertisement Object Acknowledgment"),
    (155, 4, "P2P Discovery Reply Object"),
    (155, 5, "P2P Discovery Reply Object Acknowledgement"),
    (155, 128, "Secure DODAG Information Solicitation"),
    (155, 129, "Secure DODAG Information Object"),
    (155, 130, "Secure Destination Advertisement Object"),
    (
        155,
        131,
        "Secure Destination Advertisement Object Acknowledgment",
    ),
    (155, 132, "P2P Secure Discovery Reply Object"),
    (
        155,
        133,
        "P2P Secure Discovery Reply Object Acknowledgement",
    ),
    (155, 138, "Consistency Check"),
    (160, 0, "No error"),
    (161, 0, "No error"),
    (161, 1, "Malformed Query"),
    (161, 2, "No Such Interface"),
    (161, 3, "No Such Table Entry"),
    (161, 4, "Multiple Interfaces Satisfy Query"),
];

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

/// Names of the codes of handover messages, by their own type.
static HANDOVER_CODES: &[(u8, u8, &str)] = &[
    (3, 0, "MN should use AP-ID, AR-info tuple"),
    (3, 1, "Network Initiated Handover trigger"),
    (3, 2, "No new router information"),
    (3, 3, "Limited new router information"),
    (3, 4, "Unsolicited"),
    (4, 0, "FBU sent from previous link"),
    (4, 1, "FBU sent from new link"),
    (5, 0, "Handover Accepted, NCoA valid"),
    (5, 1, "Handover Accepted, NCoA not valid"),
    (5, 2, "Handover Accepted, NCoA in use"),
    (5, 3, "Handover Accepted, NCoA assigned"),
    (5, 4, "Handover Accepted, NCoA not assigned"),
    (5, 128, "Handover Not Accepted, reason unspecified"),
    (5, 129, "Administratively prohibited"),
    (5, 130, "Insufficient resources"),
];

/// The name of a code of a handover message; `None` where codes mean nothing.
pub(super) fn handover_code(subtype: u8, code: u8) -> Option<String> {
    if !HANDOVER_CODES.iter().any(|(t, ..)| *t == subtype) {
        return None;
    }
    let name = HANDOVER_CODES
        .iter()
        .find(|(t, c, _)| (*t, *c) == (subtype, code));
    Some(name.map_or_else(|| format!("Unknown {code}"), |(.., n)| (*n).to_owned()))
}
