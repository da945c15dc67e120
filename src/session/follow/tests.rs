use super::assemble::{Assembly, Part, Segment};
use super::lines::{Index, Kind, Layout, Mode};
use super::stream::{Followed, Said};

fn segment(frame: u32, seq: u32, bytes: &[u8]) -> Segment {
    Segment {
        frame,
        seq,
        len: bytes.len() as u32,
        bytes: bytes.to_vec(),
        time_ns: 0,
    }
}

fn told(parts: &[Part]) -> String {
    let mut out = String::new();
    for part in parts {
        match part {
            Part::Bytes { frame, bytes, .. } => {
                out.push_str(&format!("{frame}:{} ", String::from_utf8_lossy(bytes)));
            }
            Part::Hole { len, .. } => out.push_str(&format!("<{len}> ")),
        }
    }
    out
}

#[test]
fn segments_are_put_in_order_and_what_came_twice_counts_once() {
    let mut assembly = Assembly::default();
    let mut out = Vec::new();
    // The numbers go over the end of their range.
    assembly.begin(0xffff_fffe);
    assembly.take(segment(1, 0xffff_fffe, b"ab"), &mut out);
    assembly.take(segment(2, 4, b"gh"), &mut out);
    assembly.take(segment(3, 0xffff_fffe, b"ab"), &mut out);
    assembly.take(segment(4, 0xffff_ffff, b"bcd"), &mut out);
    assert_eq!(told(&out), "1:ab 4:cd ");
    assembly.take(segment(5, 2, b"ef"), &mut out);
    assert_eq!(told(&out), "1:ab 4:cd 5:ef 2:gh ");
}

#[test]
fn what_the_capture_lost_is_a_hole_once_the_other_side_has_it() {
    let mut assembly = Assembly::default();
    let mut out = Vec::new();
    assembly.take(segment(1, 100, b"ab"), &mut out);
    assembly.take(segment(2, 107, b"hi"), &mut out);
    assembly.acknowledged(102, &mut out);
    assert_eq!(told(&out), "1:ab ");
    assembly.acknowledged(109, &mut out);
    assert_eq!(told(&out), "1:ab <5> 2:hi ");
    assembly.take(segment(3, 112, b"x"), &mut out);
    assembly.finish(&mut out);
    assert_eq!(told(&out), "1:ab <5> 2:hi <3> 3:x ");
}

#[test]
fn a_segment_cut_short_by_the_capture_leaves_a_hole() {
    let mut assembly = Assembly::default();
    let mut out = Vec::new();
    let cut = Segment {
        len: 10,
        ..segment(1, 5, b"abc")
    };
    assembly.take(cut, &mut out);
    assembly.take(segment(2, 15, b"z"), &mut out);
    assert_eq!(told(&out), "1:abc <7> 2:z ");
}

/// What two sides say, as lines.
fn lines(stream: &Followed, layout: Layout) -> Vec<String> {
    let mut index = Index::new(layout);
    // In the smallest steps, as while it is captured.
    while !index.extend(stream, 1) {}
    (0..index.len())
        .map(|n| {
            let line = index.line(n).unwrap();
            let mut bytes = Vec::new();
            if line.kind == Kind::Data {
                stream.read(line.side, line.at, line.len as usize, &mut bytes);
                assert_eq!(index.line_of(line.side, line.at), Some(n), "line {n}");
            }
            let text = String::from_utf8_lossy(&bytes).escape_debug().to_string();
            match line.kind {
                Kind::Caption => format!("{} says {}", line.side, line.len),
                Kind::Data => format!("{} {text}", line.side),
                Kind::Missing => format!("{} lacks {}", line.side, line.len),
            }
        })
        .collect()
}

fn chat() -> Followed {
    let mut stream = Followed::default();
    let mut say = |frame, side, bytes: &[u8], missing| {
        let said = Said {
            frame,
            side,
            missing,
            ..Said::default()
        };
        stream.push(&said, bytes);
    };
    say(1, 0, b"GET / HT", 0);
    say(2, 0, b"TP/1.1\r\nHost: a\r\n\r\n", 0);
    say(
        3,
        1,
        "HTTP/1.1 200 OK\n\nna\u{ef}ve na\u{ef}ve".as_bytes(),
        0,
    );
    say(3, 1, b"", 5);
    say(4, 1, b"end", 0);
    stream
}

#[test]
fn lines_go_on_from_frame_to_frame_and_end_with_the_turn() {
    let stream = chat();
    let layout = Layout {
        mode: Mode::Text,
        side: None,
        columns: 80,
    };
    let expected = [
        "0 says 27",
        "0 GET / HTTP/1.1\\r\\n",
        "0 Host: a\\r\\n",
        "0 \\r\\n",
        "1 says 33",
        "1 HTTP/1.1 200 OK\\n",
        "1 \\n",
        "1 naïve naïve",
        "1 lacks 5",
        "1 end",
    ];
    assert_eq!(lines(&stream, layout), expected);
    assert_eq!(stream.piece_at(0, 8).unwrap().frame, 2);
    assert_eq!(stream.piece_at(1, 30).unwrap().frame, 4);
    assert_eq!(stream.piece_at(1, 33), None);
}

#[test]
fn long_lines_are_cut_between_characters_and_one_side_can_be_alone() {
    let stream = chat();
    let layout = Layout {
        mode: Mode::Text,
        side: Some(1),
        columns: 10,
    };
    let expected = [
        "1 HTTP/1.1 2",
        "1 00 OK\\n",
        "1 \\n",
        "1 naïve na",
        "1 ïve",
        "1 lacks 5",
        "1 end",
    ];
    assert_eq!(lines(&stream, layout), expected);
}

#[test]
fn hexadecimal_has_sixteen_bytes_to_a_line() {
    let stream = chat();
    let layout = Layout {
        mode: Mode::Hex,
        side: Some(0),
        columns: 80,
    };
    assert_eq!(
        lines(&stream, layout),
        ["0 GET / HTTP/1.1\\r\\n", "0 Host: a\\r\\n\\r\\n"]
    );
}

#[test]
fn a_text_is_found_whatever_its_case() {
    let stream = chat();
    let pattern = super::pattern("http/1.").unwrap();
    let mut hits = Vec::new();
    for side in 0..2 {
        super::hits_of(&stream, side, &pattern, &mut hits);
    }
    let places: Vec<_> = hits.iter().map(|h| (h.side, h.at, h.len)).collect();
    assert_eq!(places, [(0, 6, 7), (1, 0, 7)]);
}
