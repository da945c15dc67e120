//! Conversations made by hand: frames with Ethernet, IPv4 and TCP headers around HTTP, scanned in order and then read.

use std::sync::Arc;

use super::body;
use super::head::{self, Start};
use crate::dissect::text::label;
use crate::dissect::tree::HIDDEN;
use crate::dissect::{Dissector, FrameInfo, Frames, Options, Tree, Want};
use crate::flow::facts::{Facts, Span};
use crate::flow::history::History;
use crate::protocols::{frame::FRAME, registry};

/// Frames of one TCP conversation between a client's port 40000 and a server's port.
struct Talk {
    port: u16,
    next: [u32; 2],
    frames: Vec<Vec<u8>>,
}

impl Talk {
    /// A conversation that begins with its handshake.
    fn new(port: u16) -> Talk {
        let mut talk = Talk {
            port,
            next: [100, 900],
            frames: Vec::new(),
        };
        talk.push(0, 0x02, b"");
        talk.push(1, 0x12, b"");
        talk.push(0, 0x10, b"");
        talk
    }

    /// The client (0) or the server (1) sends these bytes.
    fn says(mut self, who: usize, bytes: &[u8]) -> Talk {
        self.push(who, 0x18, bytes);
        self
    }

    fn client(self, bytes: &[u8]) -> Talk {
        self.says(0, bytes)
    }

    fn server(self, bytes: &[u8]) -> Talk {
        self.says(1, bytes)
    }

    /// One side has nothing more to say.
    fn ends(mut self, who: usize) -> Talk {
        self.push(who, 0x11, b"");
        self
    }

    fn push(&mut self, who: usize, flags: u8, payload: &[u8]) {
        let mut f = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0];
        let total = (40 + payload.len()) as u16;
        f.extend([0x45, 0]);
        f.extend(total.to_be_bytes());
        f.extend([0, 0, 0x40, 0, 64, 6, 0, 0]);
        let ends = [([10, 0, 0, 1], 40_000u16), ([10, 0, 0, 2], self.port)];
        let (from, to) = (ends[who], ends[1 - who]);
        f.extend(from.0);
        f.extend(to.0);
        f.extend(from.1.to_be_bytes());
        f.extend(to.1.to_be_bytes());
        f.extend(self.next[who].to_be_bytes());
        f.extend(self.next[1 - who].to_be_bytes());
        f.extend([0x50, flags, 0x10, 0, 0, 0, 0, 0]);
        f.extend(payload);
        self.next[who] += payload.len() as u32 + u32::from(flags & 3 != 0);
        self.frames.push(f);
    }

    /// Scan all, then give the visible lines of each frame from the node of `http` (or what is asked for) on.
    fn read(&self) -> Read {
        let registry = registry();
        let options = Options::default();
        let dissector = Dissector {
            registry: &registry,
            options: &options,
            root: &FRAME,
        };
        let (mut history, mut facts) = (History::default(), Facts::default());
        let mut source = Source(self.frames.clone());
        let mut tree = Tree::new();
        for (i, bytes) in self.frames.iter().enumerate() {
            let info = info(i, bytes);
            dissector.scan(
                info,
                bytes,
                &mut history,
                &mut facts,
                &mut source,
                &mut tree,
            );
        }
        let mut read = Read::default();
        for (i, bytes) in self.frames.iter().enumerate() {
            dissector.read(
                info(i, bytes),
                bytes,
                &facts,
                &mut source,
                Want::ALL,
                &mut tree,
            );
            let mut text = String::new();
            let from = tree
                .nodes
                .iter()
                .position(|n| matches!(n.field.abbrev, "http" | "data" | "ssdp") && n.depth == 0);
            for node in &tree.nodes[from.unwrap_or(tree.nodes.len())..] {
                if node.is(HIDDEN) || node.field.abbrev.starts_with("_ws.") {
                    continue;
                }
                text.push_str(&"  ".repeat(usize::from(node.depth)));
                label(&tree, bytes, node, &mut text);
                text.push('\n');
            }
            read.trees.push(text);
            let columns = &tree.columns;
            read.rows
                .push(format!("{}: {}", columns.protocol, columns.info));
            read.buffers
                .push(tree.buffers.iter().map(|b| Arc::clone(&b.bytes)).collect());
        }
        read
    }
}

#[derive(Default)]
struct Read {
    trees: Vec<String>,
    rows: Vec<String>,
    buffers: Vec<Vec<Arc<[u8]>>>,
}

fn info(index: usize, bytes: &[u8]) -> FrameInfo<'static> {
    FrameInfo {
        number: index as u32 + 1,
        time_ns: index as i64 * 1_000_000,
        captured: bytes.len() as u32,
        original: bytes.len() as u32,
        link_type: 1,
        ..FrameInfo::default()
    }
}

struct Source(Vec<Vec<u8>>);

impl Frames for Source {
    fn time_ns(&self, frame: u32) -> Option<i64> {
        Some(i64::from(frame.checked_sub(1)?) * 1_000_000)
    }

    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let frame = self.0.get(span.frame as usize - 1);
        let range = span.offset as usize..span.offset as usize + span.len as usize;
        match frame.and_then(|f| f.get(range)) {
            Some(bytes) => {
                out.extend_from_slice(bytes);
                true
            }
            None => false,
        }
    }
}

const GET: &[u8] = b"GET /a?x=1&y=2 HTTP/1.1\r\nHost: example.net\r\nX-Own: 7\r\n\r\n";
const OK: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 8\r\n\r\none\ntwo\n";

#[test]
fn request_and_answer_whole() {
    let read = Talk::new(80).client(GET).server(OK).read();
    assert_eq!(
        read.trees[3],
        "\
Hypertext Transfer Protocol
  GET /a?x=1&y=2 HTTP/1.1\\r\\n
      GET /a?x=1&y=2 HTTP/1.1\\r\\n
    Request Method: GET
    Request URI: /a?x=1&y=2
      Request URI Path: /a
      Request URI Query: x=1&y=2
        Request URI Query Parameter: x=1
        Request URI Query Parameter: y=2
    Request Version: HTTP/1.1
  Host: example.net\\r\\n
  X-Own: 7\\r\\n
  \\r\\n
  Full request URI: http://example.net/a?x=1&y=2
  HTTP request 1/1
  Response in frame: 5
"
    );
    assert_eq!(
        read.trees[4],
        "\
Hypertext Transfer Protocol
  HTTP/1.1 200 OK\\r\\n
      HTTP/1.1 200 OK\\r\\n
    Response Version: HTTP/1.1
    Status Code: 200
    Status Code Description: OK
    Response Phrase: OK
  Content-Type: text/plain\\r\\n
  Content-Length: 8\\r\\n
    Content length: 8
  \\r\\n
  HTTP response 1/1
  Time since request: 0.001000000 seconds
  Request in frame: 4
  Request URI: http://example.net/a?x=1&y=2
  File Data: 8 bytes
Line-based text data: text/plain (2 lines)
  one\\n
  two\\n
"
    );
    assert_eq!(read.rows[3], "HTTP: GET /a?x=1&y=2 HTTP/1.1 ");
    assert_eq!(read.rows[4], "HTTP: HTTP/1.1 200 OK  (text/plain)");
}

#[test]
fn an_answer_in_three_segments_is_shown_in_the_last() {
    let talk = Talk::new(80).client(GET);
    let talk = talk
        .server(&OK[..30])
        .server(&OK[30..OK.len() - 5])
        .server(&OK[OK.len() - 5..]);
    let read = talk.read();
    assert_eq!(read.trees[4], "");
    assert_eq!(read.trees[5], "");
    assert!(read.trees[6].contains("File Data: 8 bytes\n"));
    assert_eq!(&*read.buffers[6][0], OK);
    assert!(read.trees[3].contains("Response in frame: 7\n"));
}

#[test]
fn chunks_are_put_together_and_a_trailer_shown() {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n\r\n";
    let body = b"5;ext=1\r\nHello\r\n7\r\n, world\r\n0\r\nX-Sum: 9\r\n\r\n";
    let read = Talk::new(80)
        .client(GET)
        .server(&[&head[..], body].concat())
        .client(GET)
        .read();
    assert_eq!(&*read.buffers[4][0], b"Hello, world");
    let tree = &read.trees[4];
    let chunked = &tree[tree.find("HTTP chunked response").unwrap_or(0)..];
    assert_eq!(
        chunked,
        "\
HTTP chunked response
    Data chunk (5 octets)
      Chunk size: 5 octets
      Chunk data: 48656c6c6f
      Chunk boundary: 0d0a
    Data chunk (7 octets)
      Chunk size: 7 octets
      Chunk data: 2c20776f726c64
      Chunk boundary: 0d0a
    End of chunked encoding
      Chunk size: 0 octets
    trailer-part: X-Sum: 9\\r\\n
    \\r\\n
  File Data: 12 bytes
Line-based text data: text/plain (1 lines)
  Hello, world
"
    );
    assert!(
        read.trees[5].contains("HTTP request 2/2\n"),
        "in step after it"
    );
}

/// `hello` in the three codings, each made by another program.
const GZIP: &[u8] = &[
    0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36,
    5, 0, 0, 0,
];
const ZLIB: &[u8] = &[
    0x78, 0x9c, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 6, 0x2c, 2, 0x15,
];
const BROTLI: &[u8] = &[0x0b, 2, 0x80, b'h', b'e', b'l', b'l', b'o', 3];

#[test]
fn compression_is_undone() {
    assert_eq!(
        body::decompress(GZIP, b"gzip").as_deref(),
        Some(&b"hello"[..])
    );
    assert_eq!(
        body::decompress(ZLIB, b"deflate").as_deref(),
        Some(&b"hello"[..])
    );
    let raw = &ZLIB[2..ZLIB.len() - 4];
    assert_eq!(
        body::decompress(raw, b"Deflate").as_deref(),
        Some(&b"hello"[..])
    );
    assert_eq!(
        body::decompress(BROTLI, b"br").as_deref(),
        Some(&b"hello"[..])
    );
    assert_eq!(body::decompress(b"hello", b"gzip"), None);
    assert_eq!(body::decompress(b"hello", b"unheard-of"), None);
    // Cut short: what was there is kept.
    assert_eq!(
        body::decompress(&GZIP[..GZIP.len() - 8], b"gzip").as_deref(),
        Some(&b"hello"[..])
    );
}

#[test]
fn a_compressed_body_has_a_buffer_of_its_own() {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n",
        GZIP.len()
    );
    let answer = [head.as_bytes(), GZIP].concat();
    let read = Talk::new(80).client(GET).server(&answer).read();
    assert_eq!(&*read.buffers[4][0], b"hello");
    let line = format!(
        "Content-encoded entity body (gzip): {} bytes -> 5 bytes",
        GZIP.len()
    );
    assert!(read.trees[4].contains(&line));
}

#[test]
fn answers_without_a_body_do_not_swallow_what_follows() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n";
    let not_modified = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 70\r\n\r\n";
    let read = Talk::new(80)
        .client(b"HEAD /a HTTP/1.1\r\nHost: h\r\n\r\n")
        .server(head)
        .client(GET)
        .server(not_modified)
        .client(GET)
        .server(b"HTTP/1.1 100 Continue\r\n\r\n")
        .server(OK)
        .read();
    assert_eq!(read.rows[4], "HTTP: HTTP/1.1 200 OK ");
    assert_eq!(read.rows[6], "HTTP: HTTP/1.1 304 Not Modified ");
    assert_eq!(read.rows[8], "HTTP: HTTP/1.1 100 Continue ");
    assert_eq!(read.rows[9], "HTTP: HTTP/1.1 200 OK  (text/plain)");
    assert!(read.trees[9].contains("HTTP response 4/4\n"));
}

#[test]
fn pipelined_requests_are_told_apart() {
    let both = [GET, b"GET /b HTTP/1.1\r\nHost: example.net\r\n\r\n"].concat();
    let read = Talk::new(80)
        .client(&both)
        .server(&[OK, OK].concat())
        .read();
    assert_eq!(
        read.rows[3],
        "HTTP: GET /a?x=1&y=2 HTTP/1.1 GET /b HTTP/1.1 "
    );
    assert_eq!(read.trees[3].matches("Request Method: GET").count(), 2);
    assert_eq!(read.trees[4].matches("File Data: 8 bytes").count(), 2);
}

#[test]
fn a_body_without_length_goes_on_to_the_end() {
    let read = Talk::new(80)
        .client(GET)
        .server(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\npart one, ")
        .server(b"part two")
        .ends(1)
        .read();
    let all = read.trees.concat();
    assert!(all.contains("File Data: 18 bytes\n"), "{all}");
}

#[test]
fn a_tunnel_names_where_it_goes() {
    let read = Talk::new(8080)
        .client(b"CONNECT example.net:7 HTTP/1.1\r\nHost: example.net:7\r\n\r\n")
        .server(b"HTTP/1.1 200 Connection Established\r\n\r\n")
        .client(b"\x01\x02anything")
        .read();
    assert!(read.trees[3].contains("Full request URI: example.net:7\n"));
    assert!(
        read.trees[5]
            .starts_with("Hypertext Transfer Protocol\n  Proxy-Connect-Hostname: example.net\n  Proxy-Connect-Port: 7\n"),
        "{}",
        read.trees[5]
    );
}

#[test]
fn what_is_no_http_on_its_port_is_left_alone_until_there_was_some() {
    let read = Talk::new(80).client(b"\x16\x03\x01binary\n").read();
    assert!(!read.trees[3].contains("Hypertext"));
    let read = Talk::new(80)
        .client(GET)
        .server(OK)
        .server(b"\x00\x01 lost in between")
        .read();
    assert_eq!(read.rows[5], "HTTP: Continuation");
}

#[test]
fn other_ports_are_recognised_by_a_whole_first_line_only() {
    assert!(super::recognise(GET));
    assert!(super::recognise(OK));
    for no in [
        &b"GET / "[..],
        b"GET /\r\n",
        b"220 mail.example.net ESMTP\r\n",
        b"HTTP/2.0 200\r\n",
        b"RTSP/1.0 200 OK\r\n",
        b"INVITE sip:a@b SIP/2.0\r\n",
        b"",
    ] {
        assert!(!super::recognise(no), "{}", String::from_utf8_lossy(no));
    }
    let read = Talk::new(12_345).client(GET).read();
    assert_eq!(read.rows[3], "HTTP: GET /a?x=1&y=2 HTTP/1.1 ");
}

#[test]
fn credentials_and_cookies() {
    let read = Talk::new(80)
        .client(b"GET / HTTP/1.1\r\nAuthorization: Basic dXNlcjpwYXNz\r\nCookie: a=1; b=2\r\n\r\n")
        .read();
    assert!(read.trees[3].contains("    Credentials: user:pass\n"));
    assert!(read.trees[3].contains("    Cookie pair: a=1\n    Cookie pair: b=2\n"));
    assert_eq!(super::base64(b"dXNlcg=="), Some(b"user".to_vec()));
    assert_eq!(super::base64(b"d?"), None);
}

#[test]
fn heads_that_the_strict_reader_refuses() {
    // Bare line ends, blanks in the URI, a folded line, a name that is none.
    let bytes = b"GET /a b HTTP/1.1\nHost: h\nX: 1\n  2\nBad name: 3\n\nrest";
    let head = head::read(bytes).unwrap();
    let Start::Request { uri, version, .. } = &head.start else {
        unreachable!("a request")
    };
    assert_eq!(head::part(bytes, uri), b"/a");
    assert_eq!(head::part(bytes, version), b"b HTTP/1.1");
    assert_eq!(head.value(bytes, "host"), Some(&b"h"[..]));
    assert_eq!(head.value(bytes, "X"), Some(&b"1\n  2"[..]));
    assert_eq!(head.headers.len(), 3);
    assert_eq!(&bytes[head.end..], b"rest");
    assert_eq!(head::read(b"nothing of the kind\r\n\r\n"), None);
    assert_eq!(head::read(b""), None);
}

#[test]
fn both_readers_agree_where_both_read() {
    for bytes in [GET, OK] {
        let strict = head::read(bytes).unwrap();
        // An empty line in front is not for the strict reader.
        let shifted = [b"\r\n", bytes].concat();
        let lenient = head::read(&shifted).unwrap();
        assert_eq!(lenient.end, strict.end + 2);
        for (a, b) in strict.headers.iter().zip(&lenient.headers) {
            assert_eq!(head::part(bytes, &a.line), head::part(&shifted, &b.line));
            assert_eq!(head::part(bytes, &a.value), head::part(&shifted, &b.value));
        }
        assert_eq!(strict.headers.len(), lenient.headers.len());
    }
}

#[test]
fn lengths_are_numbers_or_nothing() {
    assert_eq!(head::number(b" 42 "), Some(42));
    assert_eq!(head::number(b"-1"), None);
    assert_eq!(head::number(b"99999999999999999999"), None);
    assert_eq!(super::framer::chunk_size(b"1aF ; a=b\r"), Some(0x1af));
    assert_eq!(super::framer::chunk_size(b"\r"), None);
    assert_eq!(super::framer::chunk_size(b"11111111111111111"), None);
}

/// The tree of a body of this type, from its protocol's line on.
fn body_tree(kind: &str, body: &str) -> String {
    let len = body.len();
    let answer =
        format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len}\r\n\r\n{body}");
    let read = Talk::new(80).client(GET).server(answer.as_bytes()).read();
    let tree = &read.trees[4];
    let data = tree.find("  File Data").unwrap_or(0);
    let line = tree[data..].find('\n').map_or(0, |n| data + n + 1);
    format!("{}\n{}", read.rows[4], &tree[line..])
}

#[test]
fn bodies_by_their_type() {
    assert_eq!(
        body_tree("application/json; charset=utf-8", "{\"a\": [1, null]}"),
        "\
HTTP/JSON: HTTP/1.1 200 OK , JavaScript Object Notation (application/json)
JavaScript Object Notation: application/json
  Object
    Member: a
      Array
        Path with value: /a/[]:1
        Member with value: []:1
        Number value: 1
        Path with value: /a/[]:null
        Member with value: []:null
        Null value
      Key: a
      Path: /a
"
    );
    assert_eq!(
        body_tree("text/xml", "<?xml version='1.0'?><a x='1'>t<b/></a>"),
        "\
HTTP/XML: HTTP/1.1 200 OK 
eXtensible Markup Language
  <?xml
    version='1.0'
    ?>
  <a
    x='1'>
    t
    <b/>
    </a>
"
    );
    assert_eq!(
        body_tree("application/x-www-form-urlencoded", "a=1+2&b=%41"),
        "\
HTTP: HTTP/1.1 200 OK  (application/x-www-form-urlencoded)
HTML Form URL Encoded: application/x-www-form-urlencoded
  Form item: \"a\" = \"1 2\"
    Key: a
    Value: 1 2
  Form item: \"b\" = \"A\"
    Key: b
    Value: A
"
    );
    assert_eq!(
        body_tree("font/woff2", "wOF2"),
        "HTTP: HTTP/1.1 200 OK  (font/woff2)\nMedia Type\n  Media type: font/woff2 (4 bytes)\n"
    );
    // What says it is JSON and is not is text; a picture that is none is a body of that type.
    assert!(body_tree("application/json", "{oops").contains("Line-based text data"));
    assert!(body_tree("image/png", "no").contains("Media type: image/png (2 bytes)"));
}

#[test]
fn every_prefix_and_every_changed_byte_dissects() {
    let body = b"{\"a\": [1, true, {\"b\": \"c\"}]}";
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let chunked =
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/xml\r\n\r\n\
        10\r\n<?xml v='1'?><a>\r\n7\r\n</a><b \r\n0\r\n\r\n";
    for whole in [[head.as_bytes(), body].concat(), chunked.to_vec()] {
        for cut in 0..whole.len() {
            let read = Talk::new(80)
                .client(GET)
                .server(&whole[..cut])
                .ends(1)
                .read();
            assert!(!read.trees.concat().contains("dissector"), "cut at {cut}");
        }
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x55;
            let read = Talk::new(80).client(GET).server(&changed).read();
            assert!(
                !read.trees.concat().contains("dissector"),
                "changed at {at}"
            );
        }
    }
}
