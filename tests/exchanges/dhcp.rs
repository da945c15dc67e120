//! How a host gets its address (chapter 1).

use super::Exchange;

#[test]
fn a_client_leases_an_address() {
    let mut dhcp = Exchange::open("dhcp.pcap");
    let id = dhcp.values(1, "dhcp.id").remove(0);
    let rows = [
        "1 DHCP Discover",
        "2 DHCP Offer   ",
        "3 DHCP Request ",
        "4 DHCP ACK     ",
    ];
    assert_eq!(
        dhcp.rows_of("DHCP"),
        rows.map(|row| format!("{row} - Transaction ID {id}"))
    );
    // The client has no address yet, and asks everybody.
    assert!(dhcp.row(1).starts_with("0.0.0.0 > 255.255.255.255 DHCP "));
    assert!(dhcp.row(4).starts_with("192.0.2.2 > 192.0.2.7 DHCP "));
    assert_eq!(dhcp.values(2, "dhcp.ip.your"), ["192.0.2.7"]);
    assert_eq!(dhcp.values(4, "dhcp.option.router"), ["192.0.2.254"]);
    assert_eq!(dhcp.values(4, "dhcp.option.subnet_mask"), ["255.255.255.0"]);
    assert_eq!(
        dhcp.values(4, "dhcp.option.domain_name_server"),
        ["192.0.2.2"]
    );
    assert_eq!(
        dhcp.values(4, "dhcp.option.ip_address_lease_time"),
        ["3600"]
    );
    // In its request the client names the server whose offer it takes.
    assert_eq!(dhcp.values(3, "dhcp.option.dhcp_server_id"), ["192.0.2.2"]);
    assert_eq!(
        dhcp.values(3, "dhcp.option.requested_ip_address"),
        ["192.0.2.7"]
    );
}

#[test]
fn over_ipv6_four_other_messages_do_the_same() {
    let mut dhcp = Exchange::open("dhcpv6.pcap");
    let kinds = dhcp.rows_of("DHCPv6");
    let kinds: Vec<&str> = kinds
        .iter()
        .filter_map(|row| row.split(' ').nth(1))
        .collect();
    assert_eq!(
        kinds,
        [
            "Solicit",
            "Advertise",
            "Request",
            "Reply",
            "Release",
            "Reply"
        ]
    );
    // To all servers and relays of the link, from an address of the link.
    assert!(
        dhcp.row(1)
            .starts_with("fe80::ff:fe00:1 > ff02::1:2 DHCPv6 Solicit XID: ")
    );
    assert_eq!(dhcp.values(4, "dhcpv6.iaaddr.ip"), ["2001:db8::7"]);
    assert_eq!(dhcp.values(4, "dhcpv6.iaaddr.valid_lifetime"), ["3600"]);
    assert_eq!(dhcp.values(4, "dhcpv6.dns_server"), ["2001:db8::2"]);
    assert_eq!(
        dhcp.values(4, "dhcpv6.search_list_entry"),
        ["lab.example.org."]
    );
    // The client takes the offer of the server that it names; both messages have the same number.
    assert_eq!(dhcp.values(3, "dhcpv6.xid"), dhcp.values(4, "dhcpv6.xid"));
    assert_ne!(dhcp.values(1, "dhcpv6.xid"), dhcp.values(3, "dhcpv6.xid"));
}
