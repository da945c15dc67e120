//! The list of packets of each exchange is the list of the texts: who says what, in which order, with which protocol.

use super::fields;

/// Source, protocol and Info of the frames that a filter lets through.
fn rows(id: &str, filter: &str) -> Vec<String> {
    fields(id, filter, &["ip.src", "_ws.col.Protocol", "_ws.col.Info"])
        .iter()
        .map(|line| {
            let line = line.split(" Win=").next().unwrap_or_default();
            line.trim_end().replace('\t', " ").trim_start().to_owned()
        })
        .collect()
}

#[test]
fn tcp() {
    assert_eq!(
        rows("tcp-refused", "tcp"),
        [
            "192.0.2.1 TCP 50693 → 12345 [SYN] Seq=0",
            "192.0.2.2 TCP 12345 → 50693 [RST, ACK] Seq=1 Ack=1",
        ]
    );
    assert_eq!(
        rows("tcp-time", "tcp.len > 0"),
        [
            "192.0.2.1 CTIME GET TIME",
            "192.0.2.2 CTIME Sun Mar 15 12:09:16 2015",
            "192.0.2.1 CTIME My own payload, as long as I like.",
            "192.0.2.1 CTIME END",
            "192.0.2.2 CTIME Sun Mar 15 12:09:16 2015",
        ]
    );
    assert_eq!(
        rows("tcp-sum", "tcp.len > 0"),
        [
            "192.0.2.1 NUMSUM [0, 1, 2, 3] (4 numbers)",
            "192.0.2.2 NUMSUM Sum: 6",
            "192.0.2.1 NUMSUM [40, 2] (2 numbers)",
            "192.0.2.2 NUMSUM Sum: 42",
            "192.0.2.1 NUMSUM [0, one, 2]",
            "192.0.2.2 NUMSUM Error: this is no list of numbers",
            "192.0.2.1 NUMSUM [-5, 5] (2 numbers)",
            "192.0.2.2 NUMSUM Sum: 0",
        ]
    );
    assert_eq!(
        rows("tcp-echo", "tcp.len > 0")[..2],
        [
            "192.0.2.1 NULLCHAT hello world",
            "192.0.2.2 NULLCHAT hello world"
        ]
    );
    assert_eq!(
        rows("tcp-framing", "nullchat"),
        [
            "192.0.2.1 NULLCHAT caerphilly",
            "192.0.2.1 NULLCHAT illchester | brie",
            "192.0.2.2 NULLCHAT caerphilly | illchester | brie",
        ]
    );
    assert_eq!(
        rows("tcp-chat", "nullchat or tcp.flags.reset == 1"),
        [
            "192.0.2.11 NULLCHAT hello everybody",
            "192.0.2.2 NULLCHAT 192.0.2.11:50001: hello everybody",
            "192.0.2.2 NULLCHAT 192.0.2.11:50001: hello everybody",
            "192.0.2.2 NULLCHAT 192.0.2.11:50001: hello everybody",
            "192.0.2.13 NULLCHAT hello anna",
            "192.0.2.2 NULLCHAT 192.0.2.13:50003: hello anna",
            "192.0.2.2 NULLCHAT 192.0.2.13:50003: hello anna",
            "192.0.2.2 NULLCHAT 192.0.2.13:50003: hello anna",
            "192.0.2.12 TCP 50002 → 4040 [RST, ACK] Seq=1 Ack=64",
            "192.0.2.2 NULLCHAT (192.0.2.12:50002 has left)",
            "192.0.2.2 NULLCHAT (192.0.2.12:50002 has left)",
        ]
    );
}

#[test]
fn below_tcp() {
    assert_eq!(
        rows("udp-hello", "udp"),
        [
            "192.0.2.1 UDP 50693 → 12345 Len=16",
            "192.0.2.2 UDP 12345 → 50693 Len=23"
        ]
    );
    let ping = rows("ping", "icmp");
    assert_eq!(ping.len(), 6);
    assert_eq!(
        ping[..2],
        [
            "192.0.2.1 ICMP Echo (ping) request  id=0x4c61, seq=1/256, ttl=64 (reply in 4)",
            "192.0.2.2 ICMP Echo (ping) reply    id=0x4c61, seq=1/256, ttl=64 (request in 3)",
        ]
    );
    assert_eq!(
        rows("arp", "arp")[..3],
        [
            "ARP Who has 192.0.2.2? Tell 192.0.2.1",
            "ARP 192.0.2.2 is at 02:00:00:00:00:02",
            "ARP Who has 192.0.2.9? Tell 192.0.2.1",
        ]
    );
    assert_eq!(
        rows("ndp", "icmpv6")[..2],
        [
            "ICMPv6 Neighbor Solicitation for 2001:db8::2 from 02:00:00:00:00:01",
            "ICMPv6 Neighbor Advertisement 2001:db8::2 (sol) is at 02:00:00:00:00:02",
        ]
    );
    let said = |id: &str, filter: &str, word: usize| -> Vec<String> {
        rows(id, filter)
            .iter()
            .map(|row| row.split(' ').nth(word).unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(
        said("dhcp", "dhcp", 3),
        ["Discover", "Offer", "Request", "ACK"]
    );
    assert_eq!(
        said("dhcpv6", "dhcpv6", 1),
        ["Solicit", "Advertise", "Request", "Reply"]
    );
    assert_eq!(
        rows("ssdp", "ssdp"),
        ["SSDP M-SEARCH * HTTP/1.1", "SSDP M-SEARCH * HTTP/1.1"]
    );
    assert_eq!(
        fields("ssdp", "ssdp", &["ipv6.dst", "udp.dstport"])[0],
        "ff02::c\t1900"
    );
}

#[test]
fn names() {
    let answers = rows("dns-more", "dns.flags.response == 1");
    assert_eq!(
        answers[..4],
        [
            "192.168.0.1 DNS Standard query response 0x1001 PTR 223.19.31.185.in-addr.arpa PTR www.example.net",
            "192.168.0.1 DNS Standard query response 0x1002 TXT example.org TXT",
            "192.168.0.1 DNS Standard query response 0x1003 SOA example.org SOA ns.example.org",
            "192.168.0.1 DNS Standard query response 0x1004 No such name A no-such-host.example.org SOA ns.example.org",
        ]
    );
    assert_eq!(
        answers[7],
        "192.168.0.1 DNS Standard query response 0x1008 AAAA host.example.org AAAA 2001:db8::80"
    );
    assert_eq!(
        fields(
            "ntp",
            "ntp.flags.mode == 4",
            &["ntp.rootdelay", "ntp.rootdispersion"]
        ),
        ["1285\t2425"]
    );
}

#[test]
fn the_web() {
    assert_eq!(
        fields(
            "http-keepalive",
            "http.request",
            &["http.request.uri", "tcp.stream"]
        ),
        ["/one\t0", "/two\t0", "/three\t0", "/four,/five,/six\t0"]
    );
    assert_eq!(
        fields(
            "http-listing",
            "http.response",
            &["http.content_type", "http.response.code"]
        ),
        [
            "text/html; charset=utf-8\t200",
            "text/plain\t200",
            "image/jpeg\t200",
            "image/png\t200",
            "text/html; charset=utf-8\t200",
        ]
    );
    assert_eq!(
        fields(
            "rest-s3",
            "http",
            &[
                "http.request.method",
                "http.request.uri",
                "http.response.code"
            ]
        ),
        [
            "PUT\t/\t",
            "\t\t200",
            "PUT\t/list.txt\t",
            "\t\t200",
            "GET\t/list.txt\t",
            "\t\t200",
            "GET\t/nothing.txt\t",
            "\t\t404",
        ]
    );
    assert_eq!(
        fields("rest-s3", "xml", &["xml.cdata"]).len(),
        1,
        "the error is told in XML"
    );
    assert_eq!(
        fields(
            "web-app",
            "http",
            &[
                "http.request.method",
                "http.request.uri",
                "http.response.code"
            ]
        ),
        [
            "GET\t/\t",
            "\t\t200",
            "GET\t/static/style.css\t",
            "\t\t200",
            "POST\t/vote\t",
            "\t\t302",
            "GET\t/results\t",
            "\t\t200",
            "GET\t/favicon.ico\t",
            "\t\t404",
        ]
    );
    // The cookie that the server sets is the one that the browser brings back.
    let set = fields("web-app", "http.set_cookie", &["http.set_cookie"]);
    let brought = fields("web-app", "http.cookie", &["http.cookie"]);
    let name = set[0].split(';').next().unwrap();
    assert!(
        brought.iter().any(|b| b.contains(name)),
        "{set:?} {brought:?}"
    );
}

#[test]
fn mail() {
    assert_eq!(
        rows("smtp-auth-tls", "smtp or tls.handshake.type == 1"),
        [
            "192.0.2.25 SMTP S: 220 foo.com Simple Mail Transfer Service Ready",
            "192.0.2.1 SMTP C: EHLO bar.com",
            "192.0.2.25 SMTP S: 250-foo.com greets bar.com | SIZE 35882577 | 8BITMIME | STARTTLS | ENHANCEDSTATUSCODES | PIPELINING",
            "192.0.2.1 SMTP C: STARTTLS",
            "192.0.2.25 SMTP S: 220 2.0.0 Ready to start TLS",
            "192.0.2.1 TLSv1.3 Client Hello",
        ]
    );
    // Behind that nothing of the mail can be read.
    assert_eq!(
        rows(
            "smtp-auth-tls",
            "frame contains \"MAIL FROM\" or frame contains \"AUTH PLAIN\""
        )
        .len(),
        0
    );
    let stacked = rows("imap-stacked", "imap");
    assert_eq!(
        stacked[1..8],
        [
            "192.0.2.1 IMAP Request: A0001 LOGIN \"frobozz\" \"xyzzy\"",
            "192.0.2.1 IMAP Request: A0002 SELECT INBOX",
            "192.0.2.1 IMAP Request: A0003 FETCH 1 RFC822.SIZE",
            "192.0.2.1 IMAP Request: A0004 FETCH 1 BODY[HEADER]",
            "192.0.2.1 IMAP Request: A0005 FETCH 1 BODY[TEXT]",
            "192.0.2.1 IMAP Request: A0006 LOGOUT",
            "192.0.2.143 IMAP Response: A0001 OK User frobozz authenticated",
        ]
    );
    assert_eq!(
        rows("imap-more", "imap.isrequest == 1"),
        [
            "192.0.2.1 IMAP Request: B001 LOGIN frobozz xyzzy",
            "192.0.2.1 IMAP Request: B002 LIST \"\" \"*\"",
            "192.0.2.1 IMAP Request: B003 STATUS INBOX (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)",
            "192.0.2.1 IMAP Request: B004 SELECT INBOX",
            "192.0.2.1 IMAP Request: B005 SEARCH FROM \"IPIP\"",
            "192.0.2.1 IMAP Request: B006 FETCH 1:3 FLAGS",
            "192.0.2.1 IMAP Request: B007 FETCH 2 RFC822",
            "192.0.2.1 IMAP Request: B008 LOGOUT",
        ]
    );
}

#[test]
fn management() {
    let walk = rows("snmp-walk", "snmp");
    assert_eq!(
        walk[..4],
        [
            "192.168.0.4 SNMP get-next-request 1.3.6.1.2.1.1",
            "192.168.0.254 SNMP get-response 1.3.6.1.2.1.1.1.0",
            "192.168.0.4 SNMP get-next-request 1.3.6.1.2.1.1.1.0",
            "192.168.0.254 SNMP get-response 1.3.6.1.2.1.1.2.0",
        ]
    );
    assert_eq!(
        walk[24..],
        [
            "192.168.0.4 SNMP getBulkRequest 1.3.6.1.2.1.1",
            "192.168.0.254 SNMP get-response 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.2.0 1.3.6.1.2.1.1.3.0 1.3.6.1.2.1.1.4.0 1.3.6.1.2.1.1.5.0 1.3.6.1.2.1.1.6.0",
            "192.168.0.254 SNMP trap iso.3.6.1.4.1.8072.3.2.10 1.3.6.1.2.1.2.2.1.1.2",
            "192.168.0.254 SNMP snmpV2-trap 1.3.6.1.2.1.1.3.0 1.3.6.1.6.3.1.1.4.1.0",
        ]
    );
    assert_eq!(
        rows("snmp-v3", "snmp"),
        [
            "192.168.0.4 SNMP get-request",
            "192.168.0.254 SNMP report 1.3.6.1.6.3.15.1.1.4.0",
            "192.168.0.4 SNMP get-request",
            "192.168.0.254 SNMP report 1.3.6.1.6.3.15.1.1.2.0",
            "192.168.0.4 SNMP encryptedPDU: privKey Unknown",
            "192.168.0.254 SNMP encryptedPDU: privKey Unknown",
        ]
    );
    assert_eq!(
        fields(
            "snmp-v3",
            "snmp",
            &[
                "snmp.msgUserName",
                "snmp.v3.flags.auth",
                "snmp.v3.flags.crypt"
            ]
        ),
        [
            "\t0\t0",
            "\t0\t0",
            "alice\t1\t0",
            "alice\t1\t0",
            "alice\t1\t1",
            "alice\t1\t1"
        ]
    );
}

/// With the user's passwords tshark finds every proof right, and decrypts what was hidden.
#[test]
fn tshark_reads_version_3_with_the_passwords() {
    let output = std::process::Command::new("tshark")
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .args(["-n", "-r"])
        .arg(crate::support::package("captures/lab/snmp-v3.pcapng"))
        .args([
            "-o",
            "uat:snmp_users:\"\",\"alice\",\"SHA1\",\"looking-glass\",\"AES\",\"drink-me-eat-me\"",
        ])
        .args(["-T", "fields", "-Y", "snmp"])
        .args([
            "-e",
            "snmp.v3.auth",
            "-e",
            "snmp.name",
            "-e",
            "snmp.value.octets",
        ])
        .output();
    let Ok(output) = output else {
        println!("skipped: tshark is not installed");
        return;
    };
    let text: String = b"Linux router.example.org 3.13.0-46-generic x86_64"
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let out = String::from_utf8_lossy(&output.stdout)
        .replace("True", "1")
        .replace(':', "");
    assert_eq!(
        out.lines().collect::<Vec<_>>(),
        [
            "\t\t",
            "\t1.3.6.1.6.3.15.1.1.4.0\t",
            "1\t\t",
            "1\t1.3.6.1.6.3.15.1.1.2.0\t",
            "1\t1.3.6.1.2.1.1.1.0\t",
            &format!("1\t1.3.6.1.2.1.1.1.0\t{text}"),
        ]
    );
}
