//! Fields explained and headers drawn, from the bytes of real packets.

use std::path::Path;
use std::sync::Arc;

use wireglass::dissect::{Options, Tree, Want};
use wireglass::export::diagram::svg::svg;
use wireglass::export::diagram::{Diagram, Piece, draw, layer_for, layers};
use wireglass::export::explain::{Explanation, Packet, explain};
use wireglass::session::Session;

/// Every packet of a capture, dissected.
struct Capture(Vec<(u32, Tree, Vec<u8>)>);

impl Capture {
    fn open(name: &str) -> Capture {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("captures")
            .join(name);
        let registry = Arc::new(wireglass::protocols::registry());
        let session =
            Session::open(&path, registry, Options::default(), Arc::new(|| {})).expect("a capture");
        let session = Arc::new(session);
        session.wait();
        let mut view = session.view();
        let all = (1..=view.len()).map(|number| {
            let mut tree = Tree::new();
            view.dissect(number, number.checked_sub(1), Want::ALL, &mut tree)
                .expect("readable");
            (number, tree, view.bytes().to_vec())
        });
        Capture(all.collect())
    }

    fn packet(&self, number: u32) -> Packet<'_> {
        let (number, tree, bytes) = &self.0[number as usize - 1];
        Packet {
            number: *number,
            tree,
            bytes,
        }
    }

    fn node(&self, number: u32, field: &str) -> usize {
        let nodes = &self.packet(number).tree.nodes;
        nodes
            .iter()
            .position(|n| n.field.abbrev == field)
            .unwrap_or_else(|| panic!("no {field} in packet {number}"))
    }

    fn explain(&self, number: u32, field: &str) -> Explanation {
        let others: Vec<_> = (1..=self.0.len() as u32)
            .filter(|n| *n != number)
            .map(|n| self.packet(n))
            .collect();
        explain(self.packet(number), self.node(number, field), &others)
    }

    fn draw(&self, number: u32, layer: &str) -> Diagram {
        let packet = self.packet(number);
        draw(packet.tree, packet.bytes, self.node(number, layer))
    }
}

fn sums(said: &Explanation) -> Vec<String> {
    said.sums.iter().map(ToString::to_string).collect()
}

fn remarks(said: &Explanation) -> Vec<String> {
    said.remarks.iter().map(ToString::to_string).collect()
}

#[test]
fn an_acknowledgment_is_the_sum_of_what_it_answers() {
    let capture = Capture::open("http-keep-alive.pcap");
    // Data.
    let said = capture.explain(5, "tcp.ack");
    assert_eq!(
        (said.title.as_str(), said.value.as_str()),
        ("Acknowledgment Number", "74")
    );
    assert_eq!(
        sums(&said),
        [
            "relative  74 = 1 (packet 4) + 73 (bytes of data)",
            "absolute  968392237 = 968392164 + 73",
        ]
    );
    assert_eq!(
        remarks(&said),
        [
            "It acknowledges the 73 bytes from 1 to 73 in packet 4: the next byte expected is number 74."
        ]
    );
    assert!(said.spec.contains("RFC 9293"), "{}", said.spec);
    // A SYN takes one number.
    let said = capture.explain(2, "tcp.ack");
    assert_eq!(
        sums(&said)[0],
        "relative  1 = 0 (packet 1) + 1 (SYN counts as one byte)"
    );
    assert_eq!(
        remarks(&said),
        [
            "It acknowledges the SYN in packet 1, which takes up one sequence number though it carries no data."
        ]
    );
    // Nothing new is acknowledged: relative and absolute all the same.
    let said = capture.explain(4, "tcp.ack");
    assert_eq!(
        sums(&said),
        [
            "relative  1 = 681228146 − 681228145 (the other side's first number in this capture)",
            "absolute  681228146",
        ]
    );
    // The first SYN acknowledges nothing.
    let said = capture.explain(1, "tcp.ack");
    assert_eq!(
        remarks(&said),
        ["The ACK flag is not set, so these four bytes mean nothing."]
    );
}

#[test]
fn lengths_are_shown_as_sums() {
    let capture = Capture::open("http-keep-alive.pcap");
    assert_eq!(
        sums(&capture.explain(4, "tcp.len")),
        ["73 = 125 (total length in the IP header) − 20 (IP header) − 32 (TCP header)"]
    );
    assert_eq!(
        sums(&capture.explain(4, "tcp.nxtseq")),
        [
            "relative  74 = 1 (sequence number) + 73 (bytes of data)",
            "absolute  968392237 = 968392164 + 73",
        ]
    );
    let said = sums(&capture.explain(4, "ip.len"));
    assert_eq!(
        said,
        [
            "Bytes 00 7d: 0 × 256 + 125 = 125",
            "125 = 20 (this header) + 105 (what it carries)"
        ]
    );
    let said = sums(&capture.explain(5, "tcp.window_size"));
    assert_eq!(
        said,
        ["65536 = 64 (in the header) × 1024 (announced by this side in its SYN: window scale)"]
    );
    let said = sums(&capture.explain(5, "tcp.hdr_len"));
    assert_eq!(
        said,
        [
            "The byte 80 in bits: 1000 0000",
            "This field: 1000 ...., 4 bits that read 8",
            "32 = 8 × 4: the field counts words of four bytes",
            "32 = 20 (without options) + 12 (options)",
        ]
    );
}

#[test]
fn a_checksum_is_worked_out_again() {
    let capture = Capture::open("http-keep-alive.pcap");
    let said = capture.explain(5, "ip.checksum");
    assert_eq!(
        sums(&said),
        [
            "sum of 16-bit words (the header's other bytes)  0x2d4f3",
            "carries added  0x2d4f5, every bit turned over  0x2b0a",
        ]
        .map(|s| s.replace("0x2d4f5", "0xd4f5"))
    );
    assert_eq!(
        remarks(&said),
        ["This is what the packet has: the bytes arrived as they were sent."]
    );
}

/// On captures where nothing was damaged, every checksum that was filled in comes out.
#[test]
fn checksums_of_all_kinds_come_out() {
    for (name, field) in [
        ("dns-records.pcap", "udp.checksum"),
        ("udp-ipv6.pcap", "udp.checksum"),
        ("tcp-ipv6.pcap", "tcp.checksum"),
        ("tcp-chat.pcap", "tcp.checksum"),
        ("ping.pcap", "icmp.checksum"),
        ("ndp.pcap", "icmpv6.checksum"),
        ("mld.pcap", "icmpv6.checksum"),
        ("fragments-ipv6.pcap", "icmpv6.checksum"),
    ] {
        let capture = Capture::open(name);
        let mut right = 0;
        for (number, tree, _) in &capture.0 {
            if tree.nodes.iter().any(|n| n.field.abbrev == field) {
                let said = remarks(&capture.explain(*number, field));
                assert!(
                    said[0].starts_with("This is what the packet has"),
                    "{name} {number}: {said:?}"
                );
                right += 1;
            }
        }
        assert!(right > 0, "{name}");
    }
}

#[test]
fn spans_of_time_lead_to_their_packets() {
    let capture = Capture::open("http-keep-alive.pcap");
    let said = capture.explain(5, "tcp.analysis.ack_rtt");
    assert_eq!(
        sums(&said),
        ["0.000085 s = 0.003810 (this packet) − 0.003725 (packet 4)"]
    );
    let said = capture.explain(5, "tcp.analysis.acks_frame");
    let remarks = remarks(&said);
    assert_eq!(remarks[0], "It leads to packet 4: HTTP GET / HTTP/1.1 ");
    assert!(remarks[1].starts_with("This value is in no byte of the packet"));
}

#[test]
fn names_are_taken_apart() {
    let capture = Capture::open("dns-records.pcap");
    let said = capture.explain(1, "dns.qry.name");
    let sum = sums(&said).join("\n");
    assert!(sum.starts_with("0") && sum.ends_with("00 the end"), "{sum}");
    assert!(sum.contains('"'), "{sum}");
}

/// The drawing as lines of text: each box with its bits.
fn boxes(diagram: &Diagram) -> Vec<String> {
    let one = |c: &wireglass::export::diagram::Cell| {
        format!(
            "{}+{} {}",
            c.bits.start,
            c.bits.end - c.bits.start,
            c.spoken()
        )
    };
    diagram.cells.iter().map(one).collect()
}

#[test]
fn the_header_of_ip_is_drawn_as_in_its_rfc() {
    let capture = Capture::open("http-keep-alive.pcap");
    let diagram = capture.draw(5, "ip");
    assert!(diagram.ruled);
    assert_eq!(diagram.rows, [0, 4, 8, 12, 16]);
    assert_eq!(
        boxes(&diagram),
        [
            "0+4 Version: 4",
            "4+4 Header Length: 20 bytes (5)",
            "8+6 Differentiated Services Codepoint: Default (0)",
            "14+2 Explicit Congestion Notification: Not ECN-Capable Transport (0)",
            "16+16 Total Length: 52",
            "32+16 Identification: 0x8bb6 (35766)",
            "48+1 Reserved bit: 0",
            "49+1 Don't fragment: 1",
            "50+1 More fragments: 0",
            "51+13 Fragment Offset: 0",
            "64+8 Time to Live: 64",
            "72+8 Protocol: TCP (6)",
            "80+16 Header Checksum: 0x2b0a",
            "96+32 Source Address: 192.0.2.2",
            "128+32 Destination Address: 192.0.2.1",
        ]
    );
    let checksum = diagram.cells.iter().find(|c| c.label == "Header Checksum");
    assert_eq!(
        checksum.expect("drawn").pieces,
        [Piece {
            column: 16,
            row: 2,
            columns: 16,
            rows: 1
        }]
    );
}

#[test]
fn flags_are_single_bits_and_every_bit_has_one_box() {
    let capture = Capture::open("http-keep-alive.pcap");
    for packet in 1..=5 {
        let tree = capture.packet(packet).tree;
        for layer in layers(tree) {
            let diagram = draw(tree, capture.packet(packet).bytes, layer);
            if !diagram.ruled {
                continue;
            }
            let mut at = 0;
            for cell in &diagram.cells {
                assert_eq!(cell.bits.start, at, "{:?}", boxes(&diagram));
                at = cell.bits.end;
                let area: u32 = cell.pieces.iter().map(|p| p.columns * p.rows).sum();
                assert_eq!(
                    u64::from(area),
                    cell.bits.end - cell.bits.start,
                    "{}",
                    cell.label
                );
            }
            assert_eq!(at, u64::from(tree.nodes[layer].len) * 8);
        }
    }
    let tcp = capture.draw(5, "tcp");
    let found = boxes(&tcp);
    for expected in [
        "96+4 Header Length: 32 bytes (8)",
        "107+1 Acknowledgment: 1",
        "110+1 Syn: 0",
        "112+16 Window: 64",
    ] {
        assert!(
            found.iter().any(|b| b == expected),
            "{expected} in {found:?}"
        );
    }
}

#[test]
fn addresses_stay_whole_over_the_border_of_rows() {
    let capture = Capture::open("http-keep-alive.pcap");
    let eth = capture.draw(1, "eth");
    assert_eq!(
        boxes(&eth),
        [
            "0+48 Destination: 02:00:00:00:00:02",
            "48+48 Source: 02:00:00:00:00:01",
            "96+16 Type: IPv4 (0x0800)",
        ]
    );
    let source = &eth.cells[1];
    assert_eq!(source.pieces.len(), 2);
    // Where its two pieces touch there is no line.
    assert!(!source.border().contains(&[(16, 2), (32, 2)]));
    assert!(source.border().contains(&[(0, 2), (16, 2)]));
}

#[test]
fn text_is_drawn_line_by_line() {
    let capture = Capture::open("http-keep-alive.pcap");
    let http = capture.draw(4, "http");
    assert!(!http.ruled);
    let found = boxes(&http);
    assert!(found[0].ends_with("Request Method: GET"), "{found:?}");
    assert_eq!(http.rows.len(), 5, "{found:?}");
    let first: u32 = http
        .cells
        .iter()
        .filter(|c| c.pieces[0].row == 0)
        .map(|c| c.pieces[0].columns)
        .sum();
    assert_eq!(first, 32);
}

#[test]
fn groups_are_divided_and_bits_without_a_name_show_themselves() {
    let capture = Capture::open("dns-records.pcap");
    let found = boxes(&capture.draw(1, "dns"));
    for expected in [
        "16+1 Response: 0",
        "17+4 Opcode: Standard query (0)",
        // What only answers have: no field tells of it in a query.
        "21+1 rest of Flags: 0",
        "96+136 Name: www.example.org",
        "232+16 Type: A (",
    ] {
        assert!(
            found.iter().any(|b| b.starts_with(expected)),
            "{expected} in {found:#?}"
        );
    }
}

#[test]
fn a_long_field_loses_its_middle() {
    let capture = Capture::open("udp-fragments.pcap");
    for (number, tree, bytes) in &capture.0 {
        for layer in layers(tree) {
            let diagram = draw(tree, bytes, layer);
            assert!(diagram.rows.len() <= 96, "packet {number}");
            let drawn = svg(&diagram);
            assert!(drawn.ends_with("</svg>\n"));
        }
    }
}

#[test]
fn the_picture_is_xml_with_every_value() {
    let capture = Capture::open("http-keep-alive.pcap");
    let picture = svg(&capture.draw(5, "ip"));
    for part in [
        "<title>Source Address: 192.0.2.2</title>",
        ">192.0.2.1</text>",
        ">31</text>",
    ] {
        assert!(picture.contains(part), "{part}");
    }
    // A character that XML has no place for cannot get in.
    assert_eq!(picture.matches('<').count(), picture.matches('>').count());
    let tree = capture.packet(4).tree;
    assert_eq!(layer_for(tree, None), Some(capture.node(4, "http")));
    assert_eq!(
        layer_for(tree, Some(capture.node(4, "ip.ttl"))),
        Some(capture.node(4, "ip"))
    );
    // The frame itself has no header: the innermost layer is drawn.
    assert_eq!(layer_for(tree, Some(0)), Some(capture.node(4, "http")));
}
