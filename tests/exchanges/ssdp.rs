//! Devices are searched for on the local link (appendix).

use super::Exchange;

#[test]
fn a_search_goes_to_a_group_of_ipv6() {
    let mut ssdp = Exchange::open("ssdp.pcap");
    assert_eq!(
        ssdp.row(1),
        "fe80::ff:fe00:1 > ff02::c SSDP M-SEARCH * HTTP/1.1 "
    );
    assert_eq!(ssdp.values(1, "udp.dstport"), ["1900"]);
    assert_eq!(
        ssdp.lines(1, "ssdp")[..2],
        [
            "Simple Service Discovery Protocol",
            "  M-SEARCH * HTTP/1.1\\r\\n",
        ]
    );
    assert_eq!(ssdp.values(1, "http.request.method"), ["M-SEARCH"]);
    assert_eq!(ssdp.values(1, "http.host"), ["[FF02::C]:1900"]);
    assert_eq!(
        ssdp.row(2),
        "fe80::ff:fe00:2 > fe80::ff:fe00:1 SSDP HTTP/1.1 200 OK "
    );
}
