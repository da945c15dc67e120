//! Messages with real bytes.

use crate::protocols::testing::{Dissected, every_prefix, hex, single};

/// An Ethernet frame with a UDP datagram between the ports of the name service.
fn frame(message: &str) -> Vec<u8> {
    let message = hex(message);
    let len = message.len();
    let mut bytes = hex(&format!(
        "ffffffffffff 020000000001 0800 4500{:04x} 00010000 4011 0000 c0000201 c00002ff 0089 0089 {:04x} 0000",
        28 + len,
        8 + len
    ));
    bytes.extend(message);
    bytes
}

/// The lines of the name service's own part.
fn lines(dissected: &Dissected) -> Vec<&str> {
    let all = dissected.tree.lines();
    all.skip_while(|l| !l.starts_with("NetBIOS Name")).collect()
}

/// "FRED", with blanks up to 15 bytes and 0x20 (a file server) at the end.
const FRED: &str = "20 4547464345464545434143414341434143414341434143414341434143414341 00";

#[test]
fn a_query_by_broadcast() {
    let bytes = frame(&format!("4580 0110 0001 0000 0000 0000 {FRED} 0020 0001"));
    every_prefix(1, &bytes);
    let dissected = single(1, &bytes);
    assert_eq!(
        dissected.row,
        "192.0.2.1 | 192.0.2.255 | NBNS | Name query NB FRED<20>"
    );
    assert_eq!(
        lines(&dissected),
        [
            "NetBIOS Name Service",
            "  Transaction ID: 0x4580",
            "  Flags: 0x0110, Opcode: Name query, Recursion desired, Broadcast",
            "    0... .... .... .... = Response: Message is a query",
            "    .000 0... .... .... = Opcode: Name query (0)",
            "    .... ..0. .... .... = Truncated: Message is not truncated",
            "    .... ...1 .... .... = Recursion desired: Do query recursively",
            "    .... .... ...1 .... = Broadcast: Broadcast packet",
            "  Questions: 1",
            "  Answer RRs: 0",
            "  Authority RRs: 0",
            "  Additional RRs: 0",
            "  Queries",
            "    FRED<20>: type NB, class IN",
            "      Name: FRED<20> (Server service)",
            "      Type: NB (32)",
            "      Class: IN (1)",
        ]
    );
}

/// A name is registered: the question names it, the record (with a pointer to the question's name) has the address.
#[test]
fn a_registration() {
    let message = format!(
        "0007 2910 0001 0000 0000 0001 {FRED} 0020 0001 c00c 0020 0001 000493e0 0006 6000 c0000201"
    );
    let bytes = frame(&message);
    every_prefix(1, &bytes);
    let dissected = single(1, &bytes);
    assert!(dissected.row.ends_with("| Registration NB FRED<20>"));
    assert_eq!(
        lines(&dissected)[17..],
        [
            "  Additional records",
            "    FRED<20>: type NB, class IN",
            "      Name: FRED<20> (Server service)",
            "      Type: NB (32)",
            "      Class: IN (1)",
            "      Time to live: 3 days, 11 hours, 20 minutes",
            "      Data length: 6",
            "      Name flags: 0x6000, ONT: Unknown (H-node, unique)",
            "        0... .... .... .... = Name type: Unique name",
            "        .11. .... .... .... = ONT: Unknown (3)",
            "      Addr: 192.0.2.1",
        ]
    );
    // The server says no.
    let refused = message.replacen(
        "0007 2910 0001 0000 0000 0001",
        "0007 ad86 0000 0001 0000 0000",
        1,
    );
    let refused = refused.replacen(&format!("{FRED} 0020 0001 c00c"), FRED, 1);
    assert!(
        single(1, &frame(&refused))
            .row
            .ends_with("| Registration response, Name is owned by another node NB 192.0.2.1")
    );
}

#[test]
fn the_names_of_a_host() {
    let any = "20 434b4141414141414141414141414141414141414141414141414141414141 41 00";
    let host = "484f5354202020202020202020202020 0400 47524f5550202020202020202020201e c400";
    let counts: String = (1..=40).map(|n| format!("{n:02x}")).collect();
    let message = format!(
        "0001 8400 0000 0001 0000 0000 {any} 0021 0001 00000000 0053 02 {host} 020000000001 {counts}"
    );
    let bytes = frame(&message);
    every_prefix(1, &bytes);
    let dissected = single(1, &bytes);
    assert!(dissected.row.ends_with("| Name query response NBSTAT"));
    let all = lines(&dissected);
    for line in [
        "      Number of names: 2",
        "      Name: HOST<20> (Server service)",
        "      Name flags: 0x0400, ONT: B-node, Name is active",
        "      Name: GROUP<1e> (Browser Election Service)",
        "      Name flags: 0xc400, Name type, ONT: Unknown, Name is active",
        "      Unit ID: 02:00:00:00:00:01",
        "      Jumpers: 0x01",
        "      Number of good sends: 252711186",
        "      Session data packet size: 8996",
    ] {
        assert!(all.contains(&line), "{line} is not in\n{}", dissected.tree);
    }
    // The record ends among the counts.
    let short = message.replacen("0053 02", "0031 02", 1);
    let short = &short[..short.len() - 68];
    assert!(single(1, &frame(short)).tree.contains("incomplete entry"));
}

#[test]
fn names_that_are_none() {
    for (name, shown) in [
        (
            "20 4547464345464545434143414341434143414341434143414341434143416141 00",
            "1st character not between A and Z in first-level encoding",
        ),
        (
            "20 4547464345464545434143414341434143414341434143414341434143414361 00",
            "2nd character not between A and Z in first-level encoding",
        ),
        ("04 45474643 00", "2 bytes long"),
        ("03 454746 00", "odd number of bytes"),
    ] {
        let bytes = frame(&format!("0001 0110 0001 0000 0000 0000 {name} 0020 0001"));
        let row = single(1, &bytes).row;
        let expected = format!("Name query NB Illegal NetBIOS name ({shown})");
        assert!(row.ends_with(&expected), "{row}");
    }
    // With a scope, and with bytes that cannot be printed.
    let scope = "20 4142414346504650454e464445434643454d454d454d454d454d454d41434142 03 777777 00";
    let bytes = frame(&format!("0001 0110 0001 0000 0000 0000 {scope} 0020 0001"));
    let row = single(1, &bytes).row;
    assert!(
        row.ends_with("NB <01><02>__MSBRLLLLLL<02><01>.www"),
        "{row}"
    );
}

/// "Wait": the record holds the flags of the request.
#[test]
fn a_server_asks_for_patience() {
    let bytes = frame(&format!(
        "0001 bc00 0000 0001 0000 0000 {FRED} 0020 0001 00000005 0002 2900"
    ));
    let dissected = single(1, &bytes);
    assert!(
        dissected
            .row
            .ends_with("| Wait for acknowledgment response")
    );
    assert!(
        dissected
            .tree
            .contains("      Flags: 0x2900, Opcode: Registration, Recursion desired\n")
    );
    every_prefix(1, &bytes);
}
