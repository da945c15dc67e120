//! A manager asks a device (chapter 5).

use super::Exchange;

/// "Get": the description of the device, by its place in the tree of all objects.
#[test]
fn a_manager_asks_for_the_description_of_a_device() {
    let mut snmp = Exchange::open("snmp-get.pcap");
    assert_eq!(
        snmp.row(1),
        "192.0.2.1 > 192.0.2.2 SNMP get-request 1.3.6.1.2.1.1.1.0"
    );
    assert_eq!(
        snmp.row(2),
        "192.0.2.2 > 192.0.2.1 SNMP get-response 1.3.6.1.2.1.1.1.0"
    );
    assert_eq!(
        snmp.lines(1, "snmp"),
        [
            "Simple Network Management Protocol",
            "  version: v2c (1)",
            "  community: public",
            "    Password readable on the wire",
            "      Password readable on the wire",
            "      Severity level: Warning",
            "      Group: Security",
            "  data: get-request (0)",
            "    get-request",
            "      request-id: 1901771137",
            "      error-status: noError (0)",
            "      error-index: 0",
            "      variable-bindings: 1 item",
            "        1.3.6.1.2.1.1.1.0: Value (Null)",
            "          Object Name: 1.3.6.1.2.1.1.1.0 (iso.3.6.1.2.1.1.1.0)",
            "            sysDescr.0",
            "          Value (Null)",
            "  Response In: 2",
        ]
    );
    assert_eq!(
        snmp.lines(2, "snmp.data"),
        [
            "data: get-response (2)",
            "  get-response",
            "    request-id: 1901771137",
            "    error-status: noError (0)",
            "    error-index: 0",
            "    variable-bindings: 1 item",
            "      1.3.6.1.2.1.1.1.0: \"Example switch, 8 ports\"",
            "        Object Name: 1.3.6.1.2.1.1.1.0 (iso.3.6.1.2.1.1.1.0)",
            "          sysDescr.0",
            "        Value (OctetString): \"Example switch, 8 ports\"",
            "          Variable-binding-string: Example switch, 8 ports",
        ]
    );
    assert_eq!(snmp.values(2, "snmp.response_to"), ["1"]);
}

/// "Get next", again and again: the system group, until what follows is not of it any more. In versions 1 and 2c.
#[test]
fn the_system_group_is_walked() {
    let mut snmp = Exchange::open("snmp-walk.pcap");
    for (first, version) in [(1, "0"), (17, "1")] {
        assert_eq!(snmp.values(first, "snmp.version"), [version]);
        let asked: Vec<_> = (0..8).map(|i| snmp.row(first + 2 * i)).collect();
        let told: Vec<_> = (0..8).map(|i| snmp.row(first + 1 + 2 * i)).collect();
        let names = [
            "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.6.0", "1.7.0", "2.1.0",
        ];
        for (i, row) in told.iter().enumerate() {
            let name = format!("1.3.6.1.2.1.{}", names[i]);
            assert_eq!(
                *row,
                format!("192.0.2.2 > 192.0.2.1 SNMP get-response {name}")
            );
            if let Some(next) = asked.get(i + 1) {
                assert_eq!(
                    *next,
                    format!("192.0.2.1 > 192.0.2.2 SNMP get-next-request {name}")
                );
            }
        }
    }
    assert_eq!(
        snmp.values(4, "snmp.value.oid"),
        ["1.3.6.1.4.1.8072.3.2.10"]
    );
    assert_eq!(
        snmp.values(10, "snmp.var-bind_str"),
        ["switch.example"],
        "sysName"
    );
    // Many at once: sysUpTime once, and four objects behind it.
    assert_eq!(
        snmp.row(33),
        "192.0.2.1 > 192.0.2.2 SNMP getBulkRequest 1.3.6.1.2.1.1.3 1.3.6.1.2.1.1.3"
    );
    assert_eq!(snmp.values(33, "snmp.non_repeaters"), ["1"]);
    assert_eq!(snmp.values(33, "snmp.max_repetitions"), ["4"]);
    assert_eq!(snmp.values(34, "snmp.name").len(), 5);
    // What is not there: an error about the second name, or a mark in its place.
    assert_eq!(snmp.values(36, "snmp.error_status"), ["2"], "noSuchName");
    assert_eq!(snmp.values(36, "snmp.error_index"), ["2"]);
    assert_eq!(snmp.values(40, "snmp.error_status"), ["0"]);
    assert_eq!(snmp.values(40, "snmp.noSuchInstance").len(), 1);
    // Changes: one is made, the other refused.
    assert_eq!(snmp.values(42, "snmp.error_status"), ["0"]);
    assert_eq!(snmp.values(44, "snmp.error_status"), ["17"], "notWritable");
}

/// The device tells of an event: in the form of version 1, in that of 2c, and asking for an answer.
#[test]
fn a_device_tells_of_events() {
    let mut snmp = Exchange::open("snmp-events.pcap");
    assert_eq!(
        snmp.rows_of("SNMP"),
        [
            "1 trap iso.3.6.1.4.1.8072.3.2.10 1.3.6.1.2.1.2.2.1.1.3",
            "2 snmpV2-trap 1.3.6.1.2.1.1.3.0 1.3.6.1.6.3.1.1.4.1.0 1.3.6.1.2.1.2.2.1.1.3",
            "3 informRequest 1.3.6.1.2.1.1.3.0 1.3.6.1.6.3.1.1.4.1.0",
            "4 get-response 1.3.6.1.2.1.1.3.0 1.3.6.1.6.3.1.1.4.1.0",
        ]
    );
    assert_eq!(
        snmp.lines(1, "snmp.trap_element")[..6],
        [
            "trap",
            "  enterprise: 1.3.6.1.4.1.8072.3.2.10 (iso.3.6.1.4.1.8072.3.2.10)",
            "  agent-addr: 192.0.2.2",
            "  generic-trap: linkDown (2)",
            "  specific-trap: 0",
            "  time-stamp: 4711",
        ]
    );
    assert_eq!(snmp.values(3, "snmp.response_in"), ["4"]);
}

/// Version 3: nothing is told to a stranger but the engine's name and clock; then all is encrypted.
#[test]
fn version_3_asks_for_the_engine_and_then_hides() {
    let mut snmp = Exchange::open("snmp-v3.pcap");
    assert_eq!(
        snmp.rows_of("SNMP")[..4],
        [
            "1 get-request",
            "2 report 1.3.6.1.6.3.15.1.1.4.0",
            "3 encryptedPDU: privKey Unknown",
            "4 encryptedPDU: privKey Unknown",
        ]
    );
    assert_eq!(snmp.values(1, "snmp.msgAuthoritativeEngineID"), [""]);
    let engine = "80:00:1f:88:03:02:00:00:00:00:02";
    assert_eq!(snmp.values(2, "snmp.msgAuthoritativeEngineID"), [engine]);
    assert_eq!(
        snmp.values(2, "snmp.engineid.mac")[..1],
        ["02:00:00:00:00:02"]
    );
    assert_eq!(snmp.values(3, "snmp.msgUserName"), ["alice"]);
    assert_eq!(snmp.values(3, "snmp.v3.flags.crypt"), ["1"]);
    assert_eq!(snmp.values(3, "snmp.name"), [""; 0], "hidden");
    // Without encryption, authentication alone hides nothing.
    assert_eq!(snmp.values(8, "snmp.v3.flags.auth"), ["1"]);
    assert_eq!(snmp.values(8, "snmp.var-bind_str"), ["switch.example"]);
    // An unknown user gets a report, not a value.
    assert_eq!(
        snmp.row(12),
        "192.0.2.2 > 192.0.2.1 SNMP report 1.3.6.1.6.3.15.1.1.3.0"
    );
}
