//! What is said in a script: escapes, placeholders, pieces, lengths.

use super::Files;
use super::date::Clock;

/// Most bytes that one placeholder may stand for.
const MOST: usize = 4 << 20;

/// A message being put together.
#[derive(Debug, Default)]
pub(super) struct Message {
    parts: Vec<Part>,
    len: usize,
}

#[derive(Debug)]
enum Part {
    Bytes(Vec<u8>),
    /// Here one piece ends and the next begins.
    Cut,
    /// Here one message ends and the next begins, for `${length}`.
    Boundary,
    /// The number of bytes behind the next empty line, up to the end of the message.
    Length,
    /// The number of bytes in a block.
    LengthOf(String),
    Begin(String),
    End,
}

impl Message {
    /// Adds bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.len += bytes.len();
        match self.parts.last_mut() {
            Some(Part::Bytes(last)) => last.extend_from_slice(bytes),
            _ => self.parts.push(Part::Bytes(bytes.to_vec())),
        }
    }

    /// Bytes so far, lengths that are not known yet left out.
    pub fn len(&self) -> usize {
        self.len
    }

    /// The next piece begins.
    pub fn cut(&mut self) {
        self.parts.push(Part::Cut);
    }

    /// The next message begins, in the same piece.
    pub fn boundary(&mut self) {
        self.parts.push(Part::Boundary);
    }

    /// A block begins.
    pub fn begin(&mut self, name: &str) {
        self.parts.push(Part::Begin(name.to_owned()));
    }

    /// A block ends.
    pub fn end(&mut self) {
        self.parts.push(Part::End);
    }

    /// The pieces, with all lengths filled in.
    pub fn pieces(mut self) -> Result<Vec<Vec<u8>>, String> {
        for at in 0..self.parts.len() {
            let number = match &self.parts[at] {
                Part::LengthOf(name) => self.length_of(name)?,
                _ => continue,
            };
            self.parts[at] = Part::Bytes(number.to_string().into_bytes());
        }
        for at in 0..self.parts.len() {
            if matches!(self.parts[at], Part::Length) {
                let number = self.length_behind(at)?;
                self.parts[at] = Part::Bytes(number.to_string().into_bytes());
            }
        }
        let mut pieces = vec![Vec::new()];
        for part in self.parts {
            match part {
                Part::Bytes(bytes) => {
                    if let Some(last) = pieces.last_mut() {
                        last.extend_from_slice(&bytes);
                    }
                }
                Part::Cut => pieces.push(Vec::new()),
                _ => {}
            }
        }
        // A cut at the very end or beginning cuts nothing off.
        if pieces.len() > 1 {
            pieces.retain(|piece| !piece.is_empty());
        }
        Ok(pieces)
    }

    fn length_of(&self, name: &str) -> Result<usize, String> {
        let mut sum = None;
        let mut inside = false;
        for part in &self.parts {
            match part {
                Part::Begin(n) if n == name => {
                    inside = true;
                    sum.get_or_insert(0usize);
                }
                Part::End => inside = false,
                Part::Bytes(bytes) if inside => {
                    sum = sum.map(|s| s + bytes.len());
                }
                Part::Length | Part::LengthOf(_) if inside => {
                    return Err(format!(
                        "the block {name} has a length in it that is not known yet"
                    ));
                }
                _ => {}
            }
        }
        sum.ok_or_else(|| format!("this message has no block called {name}"))
    }

    fn length_behind(&self, at: usize) -> Result<usize, String> {
        let mut behind = Vec::new();
        for part in self.parts.iter().skip(at + 1) {
            match part {
                Part::Bytes(bytes) => behind.extend_from_slice(bytes),
                Part::Boundary => break,
                Part::Length => {
                    return Err(
                        "a message has `${length}` twice; `and` begins the next message".to_owned(),
                    );
                }
                _ => {}
            }
        }
        let find = |needle: &[u8]| {
            behind
                .windows(needle.len())
                .position(|w| w == needle)
                .map(|at| at + needle.len())
        };
        let start = find(b"\r\n\r\n").or_else(|| find(b"\n\n"));
        match start {
            Some(start) => Ok(behind.len() - start),
            None => Err(
                "`${length}` counts what comes behind an empty line, and there is none".to_owned(),
            ),
        }
    }
}

/// What placeholders need.
pub(super) struct Texts<'a> {
    pub files: &'a dyn Files,
    pub clock: &'a Clock,
}

impl Texts<'_> {
    /// Reads a line without its end into a message.
    pub fn read(&self, line: &str, message: &mut Message) -> Result<(), String> {
        let mut rest = line;
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("$${") {
                message.bytes(b"${");
                rest = after;
            } else if let Some(after) = rest.strip_prefix("${") {
                let Some((inside, after)) = after.split_once('}') else {
                    return Err(
                        "a placeholder does not end: `}` is missing (`$${` stands for `${`)"
                            .to_owned(),
                    );
                };
                self.placeholder(inside, message)?;
                rest = after;
            } else if let Some(after) = rest.strip_prefix('\\') {
                rest = escape(after, message)?;
            } else {
                let end = rest
                    .char_indices()
                    .skip(1)
                    .find(|(_, c)| matches!(c, '$' | '\\'))
                    .map_or(rest.len(), |(at, _)| at);
                message.bytes(&rest.as_bytes()[..end]);
                rest = &rest[end..];
            }
        }
        Ok(())
    }

    fn placeholder(&self, inside: &str, message: &mut Message) -> Result<(), String> {
        let (name, value) = inside.split_once(':').unwrap_or((inside, ""));
        match (name, value) {
            ("cut", "") => message.cut(),
            ("length", "") => message.parts.push(Part::Length),
            ("length", block) => message.parts.push(Part::LengthOf(block.to_owned())),
            ("date", "") => message.bytes(self.clock.http().as_bytes()),
            ("date", "mail") => message.bytes(self.clock.mail().as_bytes()),
            ("date", "ctime") => message.bytes(self.clock.ctime().as_bytes()),
            ("date", "iso") => message.bytes(self.clock.iso().as_bytes()),
            ("hex", digits) => message.bytes(&hex(digits)?),
            ("base64", text) => message.bytes(&base64(text)?),
            ("file", name) => message.bytes(&self.file(name)?),
            ("file64", name) => message.bytes(wrapped(&self.file(name)?).as_bytes()),
            ("text", count) => message.bytes(&filler(number(count)?)),
            ("chunked", value) => {
                let Some((size, name)) = value.split_once(':') else {
                    return Err("chunks have a size: `${chunked:4096:FILE}`".to_owned());
                };
                let body = match name.strip_prefix("text:") {
                    Some(count) => filler(number(count)?),
                    None => self.file(name)?,
                };
                let size = number(size)?.max(1);
                for chunk in body.chunks(size) {
                    message.bytes(format!("{:x}\r\n", chunk.len()).as_bytes());
                    message.bytes(chunk);
                    message.bytes(b"\r\n");
                }
                message.bytes(b"0\r\n\r\n");
            }
            _ => {
                return Err(format!(
                    "there is no placeholder `${{{inside}}}`; there are cut, length, date, hex, base64, file, file64, text, chunked"
                ));
            }
        }
        Ok(())
    }

    fn file(&self, name: &str) -> Result<Vec<u8>, String> {
        let inside = !name.is_empty()
            && !name.starts_with('/')
            && name
                .split(['/', '\\'])
                .all(|part| !matches!(part, ".." | "."))
            && !name.contains(':');
        if !inside {
            return Err(format!("`{name}` is no file beside the script"));
        }
        let bytes = self.files.file(name)?;
        if bytes.len() > MOST {
            return Err(format!("{name} has more than 4 MB"));
        }
        Ok(bytes)
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|n| *n <= MOST)
        .ok_or_else(|| format!("`{text}` is no number of bytes up to 4194304"))
}

fn escape<'t>(after: &'t str, message: &mut Message) -> Result<&'t str, String> {
    let byte = match after.as_bytes().first() {
        Some(b'0') => 0,
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(b'\\') => b'\\',
        Some(b'x') => {
            let digits = after
                .get(1..3)
                .ok_or("`\\x` needs two hexadecimal digits")?;
            let byte = u8::from_str_radix(digits, 16)
                .map_err(|_| format!("`{digits}` is no byte in hexadecimal digits"))?;
            message.bytes(&[byte]);
            return Ok(after.get(3..).unwrap_or_default());
        }
        _ => {
            return Err("a backslash stands before 0, n, r, t, x or another backslash".to_owned());
        }
    };
    message.bytes(&[byte]);
    Ok(after.get(1..).unwrap_or_default())
}

fn hex(text: &str) -> Result<Vec<u8>, String> {
    let digits: Vec<u32> = text
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| {
            c.to_digit(16)
                .ok_or_else(|| format!("`{c}` is no hexadecimal digit"))
        })
        .collect::<Result<_, _>>()?;
    if digits.len() % 2 == 1 {
        return Err("a byte has two hexadecimal digits".to_owned());
    }
    Ok(digits
        .chunks_exact(2)
        .map(|pair| (pair[0] * 16 + pair[1]) as u8)
        .collect())
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(text: &str) -> Result<Vec<u8>, String> {
    let text = text.trim_end_matches('=');
    let (mut out, mut bits, mut count) = (Vec::with_capacity(text.len() / 4 * 3), 0u32, 0);
    for c in text.bytes().filter(|c| !c.is_ascii_whitespace()) {
        let value = ALPHABET
            .iter()
            .position(|a| *a == c)
            .ok_or_else(|| format!("`{}` is no digit of base64", char::from(c)))?;
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Ok(out)
}

/// Base64 in lines of 76 characters, as MIME wants it (RFC 2045, section 6.8).
fn wrapped(bytes: &[u8]) -> String {
    let mut out = String::new();
    for (index, three) in bytes.chunks(3).enumerate() {
        if index > 0 && index % 19 == 0 {
            out.push_str("\r\n");
        }
        let value = three
            .iter()
            .fold(0u32, |value, byte| value << 8 | u32::from(*byte))
            << (8 * (3 - three.len()));
        for digit in 0..4 {
            if digit <= three.len() {
                let at = value >> (18 - 6 * digit) & 63;
                out.push(char::from(ALPHABET[at as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

/// So many bytes of text: numbered lines.
fn filler(count: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(count + 64);
    let mut line = 1;
    while out.len() < count {
        out.extend_from_slice(
            format!("{line:06}  This is line {line:06} of a text that is long on purpose.....\n")
                .as_bytes(),
        );
        line += 1;
    }
    out.truncate(count);
    out
}

/// A line of a script as a dialogue shows it: long lines cut.
pub(super) fn shown(line: &str) -> String {
    const LONGEST: usize = 120;
    if line.chars().count() <= LONGEST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LONGEST).collect();
    format!("{cut}...")
}
