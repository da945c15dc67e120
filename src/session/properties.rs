//! What a capture file is: format, times, counts, interfaces, comments, hashes. Counted in the background, since all frames and
//! all bytes of the file are looked at.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::job::Counting;
use super::times::{self, Moment, TimeFormat};
use super::{Session, Zone};
use crate::capture::{CaptureInfo, FileFormat, NO_TIME, Resolution};
use crate::protocols::linktype;

/// Bytes of the file hashed between two looks at whether to go on.
const PIECE: usize = 1 << 20;

/// An interface and what came over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfaceProperties {
    /// What it is called: its description, its name, or its number.
    pub name: String,
    /// What frames begin with.
    pub link: String,
    /// Longest stretch of a frame that was kept; 0: no limit.
    pub snap_len: u32,
    /// The capture filter that was in force.
    pub filter: Option<String>,
    /// Frames of it.
    pub frames: u64,
    /// Frames that were lost, if the file says so.
    pub dropped: Option<u64>,
}

/// What a capture file is.
#[derive(Clone, Debug, PartialEq)]
pub struct Properties {
    /// Where it is.
    pub path: PathBuf,
    /// Bytes on the disk; `None`: it is not a file (any more).
    pub size: Option<u64>,
    /// Kind of file.
    pub format: String,
    /// SHA-256 of the file, in hexadecimal; `None` while a capture writes it.
    pub sha256: Option<String>,
    /// SHA-1 of the file.
    pub sha1: Option<String>,
    /// What frames begin with, each kind once.
    pub links: Vec<String>,
    /// The unit of times.
    pub precision: String,
    /// Decimals with which times are written.
    pub decimals: u8,
    /// Machine, system and program that recorded it.
    pub recorded: [Option<String>; 3],
    /// Frames.
    pub frames: u64,
    /// Frames that have left the memory of a live capture and are not counted here.
    pub gone: u64,
    /// Bytes captured.
    pub captured: u64,
    /// Bytes that the frames had on the wire.
    pub original: u64,
    /// Frames of which the end was cut off.
    pub cut: u64,
    /// The earliest and the latest time, in nanoseconds since 1970.
    pub times: Option<(i64, i64)>,
    /// Whether no frame is earlier than the one before it.
    pub in_order: bool,
    /// Interfaces.
    pub interfaces: Vec<InterfaceProperties>,
    /// Comments on the whole capture.
    pub comments: Vec<String>,
    /// Frames with comments.
    pub commented: u64,
    /// Names for addresses, and keys for decryption, that it brings along.
    pub brings: (u64, u64),
}

/// Count it.
pub fn properties(session: &Arc<Session>, counting: &Counting) -> Result<Properties, String> {
    let info = session.info_to_save();
    let snapshot = session.snapshot();
    let live = session.recorder().is_some_and(|r| r.ended().is_none());
    let size = std::fs::metadata(session.path()).ok().map(|m| m.len());
    let pieces = size.unwrap_or(0).div_ceil(PIECE as u64);
    counting.begin(pieces + snapshot.segments().count() as u64);
    let mut all = Properties {
        path: session.path().to_path_buf(),
        size,
        format: format(&info),
        sha256: None,
        sha1: None,
        links: Vec::new(),
        precision: precision(&info),
        decimals: decimals(&info),
        recorded: recorded(&info),
        frames: 0,
        gone: u64::from(snapshot.first().saturating_sub(1)),
        captured: 0,
        original: 0,
        cut: 0,
        times: None,
        in_order: true,
        interfaces: Vec::new(),
        comments: info
            .sections
            .iter()
            .flat_map(|s| s.comments.clone())
            .collect(),
        commented: info.comments.len() as u64,
        brings: (info.names.len() as u64, info.secrets.len() as u64),
    };
    let mut of_interface = vec![0_u64; info.interfaces.len()];
    let mut before = NO_TIME;
    let mut segment = 0;
    for (number, meta) in snapshot.frames(snapshot.first()..snapshot.len().saturating_add(1)) {
        all.frames += 1;
        all.captured += u64::from(meta.captured);
        all.original += u64::from(meta.original);
        all.cut += u64::from(meta.captured < meta.original);
        if meta.time_ns != NO_TIME {
            all.in_order &= meta.time_ns >= before;
            before = meta.time_ns;
            let (first, last) = all.times.unwrap_or((meta.time_ns, meta.time_ns));
            all.times = Some((first.min(meta.time_ns), last.max(meta.time_ns)));
        }
        if let Some(count) = of_interface.get_mut(meta.interface as usize) {
            *count += 1;
        }
        let here = number / crate::capture::SEGMENT_FRAMES as u32;
        if here != segment {
            segment = here;
            if !counting.step() {
                return Err("given up".into());
            }
        }
    }
    for (at, (interface, frames)) in info.interfaces.iter().zip(of_interface).enumerate() {
        let link = link(interface.link_type);
        if !all.links.contains(&link) {
            all.links.push(link.clone());
        }
        let name = interface.description.clone().or(interface.name.clone());
        let dropped = info
            .statistics
            .iter()
            .filter(|s| s.interface as usize == at)
            .filter_map(|s| s.dropped)
            .next_back();
        all.interfaces.push(InterfaceProperties {
            name: name.unwrap_or_else(|| format!("Interface {at}")),
            link,
            snap_len: interface.snap_len,
            filter: interface.filter.clone(),
            frames,
            dropped,
        });
    }
    if !live {
        (all.sha256, all.sha1) = hashes(&all.path, counting)?;
    }
    Ok(all)
}

fn format(info: &CaptureInfo) -> String {
    let mut text = info.format.name().to_owned();
    if info.compressed {
        text.push_str(", compressed with gzip");
    }
    text
}

fn link(number: u16) -> String {
    match linktype::encapsulation(number) {
        (0, _) => format!("link type {number}"),
        (_, name) => name.to_owned(),
    }
}

fn precision(info: &CaptureInfo) -> String {
    let of = |resolution: Resolution| match resolution {
        Resolution::Decimal(0) => "seconds".to_owned(),
        Resolution::Decimal(3) => "milliseconds".to_owned(),
        Resolution::Decimal(6) => "microseconds".to_owned(),
        Resolution::Decimal(9) => "nanoseconds".to_owned(),
        Resolution::Decimal(digits) => format!("10^-{digits} seconds"),
        Resolution::Binary(bits) => format!("2^-{bits} seconds"),
    };
    let mut all: Vec<String> = Vec::new();
    for interface in &info.interfaces {
        let text = of(interface.resolution);
        if !all.contains(&text) {
            all.push(text);
        }
    }
    match (all.is_empty(), info.format) {
        (true, FileFormat::PcapNanos) => "nanoseconds".into(),
        (true, _) => "microseconds".into(),
        (false, _) => all.join(", "),
    }
}

fn decimals(info: &CaptureInfo) -> u8 {
    let coarse = |i: &crate::capture::Interface| matches!(i.resolution, Resolution::Decimal(0..=6));
    let fine = info.format == FileFormat::PcapNanos || !info.interfaces.iter().all(coarse);
    if fine { 9 } else { 6 }
}

fn recorded(info: &CaptureInfo) -> [Option<String>; 3] {
    let first = info.sections.first();
    [
        first.and_then(|s| s.hardware.clone()),
        first.and_then(|s| s.os.clone()),
        first.and_then(|s| s.application.clone()),
    ]
}

/// SHA-256 and SHA-1 of a file; none if there is no such file any more.
fn hashes(
    path: &std::path::Path,
    counting: &Counting,
) -> Result<(Option<String>, Option<String>), String> {
    let Ok(mut file) = File::open(path) else {
        return Ok((None, None));
    };
    let (mut sha256, mut sha1) = (Sha256::new(), Sha1::new());
    let mut piece = vec![0; PIECE];
    loop {
        let mut filled = 0;
        while filled < piece.len() {
            match file.read(piece.get_mut(filled..).unwrap_or_default()) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(format!("{}: {error}", path.display())),
            }
        }
        let read = piece.get(..filled).unwrap_or_default();
        sha256.update(read);
        sha1.update(read);
        if filled < PIECE {
            break;
        }
        if !counting.step() {
            return Err("given up".into());
        }
    }
    let hex = |bytes: &[u8]| {
        bytes.iter().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    };
    Ok((Some(hex(&sha256.finalize())), Some(hex(&sha1.finalize()))))
}

impl Properties {
    /// From the first to the last frame, in nanoseconds.
    pub fn duration_ns(&self) -> i64 {
        self.times
            .map_or(0, |(first, last)| last.saturating_sub(first))
    }

    /// Frames, bytes and bits in a second, where it lasted longer than a moment.
    pub fn rates(&self) -> Option<(f64, f64, f64)> {
        let seconds = self.duration_ns() as f64 / 1e9;
        (seconds > 0.0).then(|| {
            let bytes = self.original as f64 / seconds;
            (self.frames as f64 / seconds, bytes, bytes * 8.0)
        })
    }

    /// All of it in lines of a title and what stands there; the same for the window and the command line. Titles that are empty
    /// begin a group whose name is in the second place.
    pub fn lines(&self, zone: &Zone) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let mut put = |title: &str, text: String| out.push((title.to_owned(), text));
        let known = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        put("", "File".into());
        put("Path", self.path.display().to_string());
        if let Some(size) = self.size {
            put("Size", bytes(size));
        }
        put("Format", self.format.clone());
        put("Encapsulation", self.links.join(", "));
        put("Time precision", self.precision.clone());
        put("SHA-256", known(&self.sha256));
        put("SHA-1", known(&self.sha1));
        let titles = ["Hardware", "Operating system", "Application"];
        for (title, text) in titles.iter().zip(&self.recorded) {
            if let Some(text) = text {
                put(title, text.clone());
            }
        }
        put("", "Time".into());
        let moment = |ns: i64| {
            let mut text = String::new();
            let moment = Moment {
                time_ns: ns,
                relative_ns: 0,
                captured_before_ns: None,
                displayed_before_ns: None,
                is_reference: false,
            };
            times::write(&moment, TimeFormat::Date, self.decimals, zone, &mut text);
            text
        };
        put(
            "First packet",
            self.times.map_or("–".into(), |t| moment(t.0)),
        );
        put(
            "Last packet",
            self.times.map_or("–".into(), |t| moment(t.1)),
        );
        let mut duration = String::new();
        crate::export::text::seconds(
            self.duration_ns(),
            usize::from(self.decimals),
            &mut duration,
        );
        put("Duration", format!("{duration} s"));
        let order = match self.in_order {
            true => "yes",
            false => "no: some packets are earlier than those before them",
        };
        put("In the order of time", order.into());
        put("", "Packets".into());
        put("Packets", grouped(self.frames));
        if self.gone > 0 {
            put("No longer in memory", grouped(self.gone));
        }
        put("Bytes on the wire", bytes(self.original));
        if self.captured != self.original {
            put("Bytes captured", bytes(self.captured));
            put("Packets cut short", grouped(self.cut));
        }
        if self.frames > 0 {
            let mean = self.original as f64 / self.frames as f64;
            put("Mean packet size", format!("{mean:.2} bytes"));
        }
        if let Some((packets, octets, bits)) = self.rates() {
            put("Packets a second", format!("{packets:.3}"));
            put("Bytes a second", format!("{octets:.3}"));
            put("Bits a second", format!("{bits:.3}"));
        }
        for (at, interface) in self.interfaces.iter().enumerate() {
            put("", format!("Interface {at}"));
            put("Name", interface.name.clone());
            put("Encapsulation", interface.link.clone());
            put("Packets", grouped(interface.frames));
            if let Some(dropped) = interface.dropped {
                put("Packets dropped", grouped(dropped));
            }
            if let Some(filter) = &interface.filter {
                put("Capture filter", filter.clone());
            }
            let limit = match interface.snap_len {
                0 => "none".to_owned(),
                limit => bytes(u64::from(limit)),
            };
            put("Packet size limit", limit);
        }
        if !self.comments.is_empty() || self.commented > 0 || self.brings != (0, 0) {
            put("", "Notes".into());
            for comment in &self.comments {
                put("Comment", comment.clone());
            }
            if self.commented > 0 {
                put("Packets with comments", grouped(self.commented));
            }
            if self.brings.0 > 0 {
                put("Names of addresses", grouped(self.brings.0));
            }
            if self.brings.1 > 0 {
                put("Keys for decryption", grouped(self.brings.1));
            }
        }
        out
    }
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn bytes(number: u64) -> String {
    format!("{} bytes", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn of(name: &str) -> Properties {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("captures")
            .join(name);
        let registry = Arc::new(crate::protocols::registry());
        let session = Session::open(&path, registry, Default::default(), Arc::new(|| {}));
        let session = Arc::new(session.unwrap());
        session.wait();
        properties(&session, &Counting::default()).unwrap()
    }

    #[test]
    fn a_capture_is_described_as_capinfos_describes_it() {
        let all = of("http-keep-alive.pcap");
        // capinfos http-keep-alive.pcap
        assert_eq!(all.frames, 22);
        assert_eq!(all.original, 2893);
        assert_eq!(
            all.sha256.as_deref(),
            Some("b41c81cd80782a4957770fa0a5de06f6b03f1b92a3c278b5b533d19cbfe5e23a")
        );
        assert_eq!(
            all.sha1.as_deref(),
            Some("ee5db189daa5d302455c5710d7b69689bc7c1ec0")
        );
        assert_eq!((all.cut, all.in_order), (0, true));
        assert_eq!(all.links, ["Ethernet"]);
        let lines = all.lines(&Zone::default());
        let line = |title: &str| {
            let found = lines.iter().find(|(t, _)| t == title);
            found.map(|(_, text)| text.as_str())
        };
        assert_eq!(line("Time precision"), Some("microseconds"));
        assert_eq!(line("Hardware"), None);
    }
}
