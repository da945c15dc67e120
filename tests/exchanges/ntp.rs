//! What time is it? (chapter 6)

use super::Exchange;

#[test]
fn a_client_asks_a_server_for_the_time() {
    let mut ntp = Exchange::open("ntp.pcap");
    assert_eq!(
        ntp.rows_of("NTP"),
        ["1 NTP Version 2, client", "2 NTP Version 2, server"]
    );
    assert_eq!(
        ntp.row(1),
        "192.168.0.4 > 198.51.100.123 NTP NTP Version 2, client"
    );
    assert_eq!(
        ntp.lines(2, "ntp"),
        [
            "Network Time Protocol (NTP Version 2, server)",
            "  Flags: 0x14, Leap Indicator: no warning, Version number: NTP Version 2, Mode: server",
            "    00.. .... = Leap Indicator: no warning (0)",
            "    ..01 0... = Version number: NTP Version 2 (2)",
            "    .... .100 = Mode: server (4)",
            "  Request In: 1",
            "  Delta Time: 0.041317000 seconds",
            "  Peer Clock Stratum: secondary reference (2)",
            "  Peer Polling Interval: invalid (0)",
            "  Peer Clock Precision: 0.000000 seconds",
            "  Root Delay: 0.019608 seconds",
            "  Root Dispersion: 0.037003 seconds",
            "  Reference ID: 213.136.0.252",
            "  Reference Timestamp: Mar 15, 2015 11:55:12.330078125 UTC",
            "  Origin Timestamp: Mar 15, 2015 12:09:16.781250000 UTC",
            "  Receive Timestamp: Mar 15, 2015 12:09:16.804443359 UTC",
            "  Transmit Timestamp: Mar 15, 2015 12:09:16.804504394 UTC",
        ]
    );
    // The precision is a power of two in seconds, sent as a signed byte: 2^-23.
    assert_eq!(ntp.values(2, "ntp.precision"), ["233"]);
    // The client's question comes back as the origin time of the answer.
    assert_eq!(ntp.values(1, "ntp.xmt"), ntp.values(2, "ntp.org"));
    assert_eq!(ntp.values(1, "ntp.response_in"), ["2"]);
}
