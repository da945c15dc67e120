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
