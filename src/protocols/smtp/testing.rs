//! For tests: conversations over TCP port 25 made by hand, scanned in order and then read.

use crate::dissect::text::label;
use crate::dissect::tree::HIDDEN;
use crate::dissect::{Dissector, FrameInfo, Frames, Options, Tree, Want};
use crate::flow::facts::{Facts, Span};
use crate::flow::history::History;
use crate::protocols::{frame::FRAME, registry};

/// Frames of one TCP conversation between a client's port 40000 and a server's port.
pub(in crate::protocols) struct Talk {
    port: u16,
    next: [u32; 2],
    frames: Vec<Vec<u8>>,
}

/// What a frame shows.
pub(in crate::protocols) struct Shown {
    /// The visible lines behind TCP's, two blanks a level; issues as `!` and their message.
    pub tree: String,
    /// Protocol and info of the packet list.
    pub row: String,
    /// Names of the fields that are hidden or not.
    pub fields: Vec<&'static str>,
    /// The buffers besides the frame.
    pub buffers: Vec<Vec<u8>>,
}

impl Talk {
    pub fn new(port: u16) -> Talk {
        Talk {
            port,
            next: [100, 900],
            frames: Vec::new(),
        }
    }

    pub fn client(mut self, bytes: &[u8]) -> Talk {
        self.push(0, bytes);
        self
    }

    pub fn server(mut self, bytes: &[u8]) -> Talk {
        self.push(1, bytes);
        self
    }

    /// Bytes that the client sends and the capture does not have.
    pub fn lost(mut self, count: u32) -> Talk {
        self.next[0] += count;
        self
    }

    fn push(&mut self, who: usize, payload: &[u8]) {
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
        f.extend([0x50, 0x18, 0x10, 0, 0, 0, 0, 0]);
        f.extend(payload);
        self.next[who] += payload.len() as u32;
        self.frames.push(f);
    }

    /// Scan all, then read each frame.
    pub fn read(&self) -> Vec<Shown> {
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
        history.finish(&mut facts, &registry);
        let mut shown = Vec::new();
        for (i, bytes) in self.frames.iter().enumerate() {
            let info = info(i, bytes);
            dissector.read(info, bytes, &facts, &mut source, Want::ALL, &mut tree);
            let tcp = tree.nodes.iter().position(|n| n.field.abbrev == "tcp");
            let from = tcp.map_or(0, |tcp| tree.end_of(tcp));
            let mut text = String::new();
            for node in &tree.nodes[from..] {
                let name = node.field.abbrev;
                assert_ne!(name, "_ws.malformed", "frame {}", i + 1);
                if name == "_ws.expert" {
                    text.push_str(&"  ".repeat(usize::from(node.depth)));
                    text.push_str("! ");
                } else if node.is(HIDDEN) || name.starts_with("_ws.") {
                    continue;
                } else if node.severity > 0 || !name.is_empty() || node.depth > 0 {
                    let issue = registry
                        .protocols()
                        .iter()
                        .any(|p| p.issues.iter().any(|i| std::ptr::eq(&i.field, node.field)));
                    if issue
                        || std::ptr::eq(
                            node.field,
                            &crate::protocols::credentials::CLEAR_TEXT.field,
                        )
                    {
                        continue;
                    }
                    text.push_str(&"  ".repeat(usize::from(node.depth)));
                }
                label(&tree, bytes, node, &mut text);
                text.push('\n');
            }
            shown.push(Shown {
                tree: text,
                row: format!("{}: {}", tree.columns.protocol, tree.columns.info),
                fields: tree.nodes[from..].iter().map(|n| n.field.abbrev).collect(),
                buffers: tree.buffers.iter().map(|b| b.bytes.to_vec()).collect(),
            });
        }
        shown
    }
}

/// The tree and the row of a mail, as the frame with its end shows it; behind the lines of SMTP.
pub(in crate::protocols) fn mail(text: &str) -> (String, String) {
    let text = text.replace('\n', "\r\n");
    let talk = Talk::new(25)
        .client(b"DATA\r\n")
        .client(text.as_bytes())
        .client(b".\r\n");
    let shown = talk.read().remove(2);
    let from = shown.tree.find("Internet Message Format").unwrap_or(0);
    (shown.tree[from..].to_string(), shown.row)
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
