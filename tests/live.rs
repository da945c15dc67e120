//! Live capture with real traffic, on loopback and in network namespaces. Where the right to capture is missing, the tests say so
//! and check nothing.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use std::sync::Arc;

use wireglass::capture::live::TapOptions;
use wireglass::capture::{
    Batch, CaptureFile, FileError, FileFormat, FrameMeta, Output, Plan, Recorder,
};
use wireglass::dissect::{Options, Tree, Want};
use wireglass::session::{FilterRun, Session};

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_wireglass");

/// Whether frames can be captured on loopback; if not, the reason is printed once for each test that asks.
pub fn may_capture() -> bool {
    static REASON: OnceLock<Option<String>> = OnceLock::new();
    let reason = REASON.get_or_init(|| {
        let out = Command::new(PROGRAM)
            .args(["capture", "-i", "lo", "-a", "duration:0.01", "-w", "-"])
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&out.stderr).into_owned();
        (!out.status.success()).then_some(words)
    });
    if let Some(reason) = reason {
        eprintln!("skipped, because nothing can be captured here: {reason}");
    }
    reason.is_none()
}

/// A capture that is running.
struct Capturing {
    child: Child,
    errors: BufReader<ChildStderr>,
    file: PathBuf,
}

impl Capturing {
    /// Begin; returns when frames are being taken.
    fn start(arguments: &[&str], file: &Path) -> Capturing {
        let mut command = Command::new(PROGRAM);
        command.arg("capture").args(arguments).arg("-w").arg(file);
        Capturing::spawn(command, file)
    }

    fn spawn(mut command: Command, file: &Path) -> Capturing {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut errors = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("File: ") {
            line.clear();
            let len = errors.read_line(&mut line).unwrap();
            assert!(len > 0, "the capture did not begin");
        }
        Capturing {
            child,
            errors,
            file: file.to_owned(),
        }
    }

    fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .args([format!("-{name}"), self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Wait for its end: status, and what it said.
    fn wait(mut self) -> (ExitStatus, String) {
        let mut words = String::new();
        self.errors.read_to_string(&mut words).unwrap();
        (self.child.wait().unwrap(), words)
    }

    /// Stop it as Ctrl+C does; it must end well. Returns what it said.
    fn stop(self) -> String {
        self.signal("INT");
        let (status, words) = self.wait();
        assert!(status.success(), "{words}");
        words
    }
}

/// A frame and its bytes.
pub type Captured = (FrameMeta, Vec<u8>);

/// The frames of a capture file, and how it ended.
pub fn frames(path: &Path) -> (Vec<Captured>, Result<(), FileError>) {
    let mut frames = Vec::new();
    let mut file = CaptureFile::open(path).unwrap();
    let mut batch = Batch::default();
    loop {
        match file.read_batch(&mut batch) {
            Ok(true) => {
                for (i, meta) in batch.frames.iter().enumerate() {
                    frames.push((*meta, batch.frame_bytes(i).to_vec()));
                }
            }
            Ok(false) => return (frames, Ok(())),
            Err(error) => return (frames, Err(error)),
        }
    }
}

/// The counter that [`flood`] put into each datagram, of frames on loopback: Ethernet, IPv4, UDP.
fn numbers(frames: &[Captured]) -> Vec<u32> {
    let number = |bytes: &[u8]| u32::from_be_bytes(bytes[42..46].try_into().unwrap());
    frames.iter().map(|(_, bytes)| number(bytes)).collect()
}

/// Send numbered datagrams to a port where nobody reads them; returns how many were sent.
pub fn flood(to: SocketAddr, count: u32, mut goes_on: impl FnMut(u32) -> bool) -> u32 {
    let from: SocketAddr = if to.is_ipv4() {
        "127.0.0.1:0".parse().unwrap()
    } else {
        "[::1]:0".parse().unwrap()
    };
    let socket = UdpSocket::bind(from).unwrap();
    let mut sent = 0;
    while sent < count && goes_on(sent) {
        let mut payload = [0; 18];
        payload[..4].copy_from_slice(&sent.to_be_bytes());
        if socket.send_to(&payload, to).is_ok() {
            sent += 1;
        }
    }
    sent
}

/// A socket that takes a port for itself and never reads from it.
pub fn sink(address: &str) -> (UdpSocket, SocketAddr, String) {
    let socket = UdpSocket::bind(address).unwrap();
    let at = socket.local_addr().unwrap();
    let filter = format!("udp dst port {}", at.port());
    (socket, at, filter)
}

/// Run `wireglass read` on a file.
fn read(file: &Path, arguments: &[&str]) -> String {
    let out = Command::new(PROGRAM)
        .arg("read")
        .arg(file)
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn a_tcp_conversation_is_captured_whole() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    let filter = format!("tcp port {}", at.port());
    let capturing = Capturing::start(
        &["-i", "lo", "-f", &filter],
        &folder.path().join("tcp.pcapng"),
    );
    let file = capturing.file.clone();
    let text: Vec<u8> = (0..200_000u32).map(|i| (i * 7 % 251) as u8).collect();
    let expected = text.clone();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut got = Vec::new();
        stream.read_to_end(&mut got).unwrap();
        got
    });
    let mut client = TcpStream::connect(at).unwrap();
    client.write_all(&text).unwrap();
    drop(client);
    assert_eq!(server.join().unwrap(), expected);
    let words = capturing.stop();
    assert!(words.contains("0 dropped by the kernel"), "{words}");

    let fields = [
        "-T",
        "fields",
        "-e",
        "tcp.flags.syn",
        "-e",
        "tcp.flags.fin",
        "-e",
        "tcp.seq",
        "-e",
        "tcp.len",
        "-e",
        "tcp.dstport",
    ];
    let out = read(&file, &fields);
    let rows: Vec<Vec<u64>> = out
        .lines()
        .map(|line| {
            let number = |cell: &str| match cell {
                "True" => 1,
                "False" => 0,
                other => other.parse().unwrap(),
            };
            line.split('\t').map(number).collect()
        })
        .collect();
    assert_eq!(rows.iter().filter(|r| r[0] == 1).count(), 2, "{out}");
    assert_eq!(rows.iter().filter(|r| r[1] == 1).count(), 2, "{out}");
    // Every byte of the stream is there, whatever was sent twice.
    let port = u64::from(at.port());
    let mut next = 1;
    for row in rows.iter().filter(|r| r[4] == port && r[3] > 0) {
        assert!(row[2] <= next, "a hole before {}", row[2]);
        next = next.max(row[2] + row[3]);
    }
    assert_eq!(next, 200_001);
}

#[test]
fn a_flood_is_captured_whole_and_in_order() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let capturing = Capturing::start(
        &["-i", "lo", "-f", &filter],
        &folder.path().join("flood.pcapng"),
    );
    let file = capturing.file.clone();
    // All of it fits into the kernel's buffer, so however busy the machine is, none may be lost.
    assert_eq!(flood(to, 50_000, |_| true), 50_000);
    let words = capturing.stop();
    assert!(words.contains("50000 packets captured"), "{words}");
    let (frames, end) = frames(&file);
    assert_eq!(end, Ok(()));
    assert!(numbers(&frames).into_iter().eq(0..50_000));
    assert!(
        frames
            .iter()
            .all(|(meta, bytes)| meta.original == 60 && bytes.len() == 60)
    );
    // The capture says about itself what it counted.
    let mut opened = CaptureFile::open(&file).unwrap();
    while opened.read_batch(&mut Batch::default()).unwrap() {}
    let info = opened.info();
    assert_eq!(info.interfaces[0].name.as_deref(), Some("lo"));
    assert_eq!(info.interfaces[0].filter.as_deref(), Some(filter.as_str()));
    assert_eq!(info.statistics[0].delivered, Some(50_000));
    assert_eq!(info.statistics[0].os_dropped, Some(0));
}

#[test]
fn ipv6_is_captured() {
    if !may_capture() {
        return;
    }
    let Ok(_) = UdpSocket::bind("[::1]:0") else {
        eprintln!("skipped, because this machine has no IPv6");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("[::1]:0");
    let capturing = Capturing::start(
        &["-i", "lo", "-f", &filter, "-s", "62"],
        &folder.path().join("six.pcapng"),
    );
    let file = capturing.file.clone();
    flood(to, 3, |_| true);
    capturing.stop();
    let out = read(
        &file,
        &[
            "-T",
            "fields",
            "-e",
            "ipv6.dst",
            "-e",
            "udp.length",
            "-e",
            "frame.len",
            "-e",
            "frame.cap_len",
        ],
    );
    assert_eq!(out, "::1\t26\t80\t62\n".repeat(3));
}

#[test]
fn conditions_end_a_capture_exactly() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let file = folder.path().join("count.pcapng");
    let capturing = Capturing::start(&["-i", "lo", "-f", &filter, "-c", "777"], &file);
    flood(to, 5000, |_| true);
    let (status, words) = capturing.wait();
    assert!(status.success(), "{words}");
    assert!(numbers(&frames(&file).0).into_iter().eq(0..777));

    let file = folder.path().join("size.pcap");
    let capturing = Capturing::start(
        &["-i", "lo", "-f", &filter, "-P", "-a", "filesize:10"],
        &file,
    );
    flood(to, 5000, |_| true);
    let (status, words) = capturing.wait();
    assert!(status.success(), "{words}");
    // 24 bytes of head; the record of 16 + 60 bytes that reaches 10,000 is the last.
    assert_eq!(std::fs::metadata(&file).unwrap().len(), 24 + 132 * 76);
    assert!(
        std::fs::read(&file)
            .unwrap()
            .starts_with(&0xa1b2_c3d4u32.to_le_bytes())
    );

    let file = folder.path().join("time.pcapng");
    let begun = Instant::now();
    let capturing = Capturing::start(&["-i", "lo", "-f", &filter, "-a", "duration:0.3"], &file);
    flood(to, 10, |_| true);
    let (status, words) = capturing.wait();
    assert!(
        status.success() && begun.elapsed() >= Duration::from_millis(300),
        "{words}"
    );
    assert_eq!(frames(&file).0.len(), 10);
}

#[test]
fn a_ring_of_files_keeps_the_newest() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let arguments = [
        "-i",
        "lo",
        "-f",
        &filter,
        "-b",
        "packets:1000",
        "-b",
        "files:3",
        "-c",
        "5500",
    ];
    let capturing = Capturing::start(&arguments, &folder.path().join("ring.pcapng"));
    flood(to, 6000, |_| true);
    let (status, words) = capturing.wait();
    assert!(status.success(), "{words}");
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let names: Vec<_> = files
        .iter()
        .map(|path| path.file_name().unwrap().to_string_lossy()[..11].to_owned())
        .collect();
    assert_eq!(names, ["ring_00004_", "ring_00005_", "ring_00006_"]);
    let all: Vec<u32> = files
        .iter()
        .flat_map(|file| numbers(&frames(file).0))
        .collect();
    assert!(all.into_iter().eq(3000..5500));
}

#[test]
fn a_capture_goes_through_a_pipe() {
    if !may_capture() {
        return;
    }
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let mut child = Command::new(PROGRAM)
        .args(["capture", "-i", "lo", "-f", &filter, "-w", "-", "-c", "100"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut words = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    words.read_line(&mut line).unwrap();
    assert_eq!(line, "Capturing on lo\n");
    flood(to, 100, |_| true);
    let reader = Command::new(PROGRAM)
        .args(["read", "-", "-T", "fields", "-e", "udp.length"])
        .stdin(child.stdout.take().unwrap())
        .output()
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(
        String::from_utf8(reader.stdout).unwrap(),
        "26\n".repeat(100)
    );
}

#[test]
fn what_cannot_be_captured_is_told() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no/such/folder.pcapng");
    for (arguments, part) in [
        (
            vec!["-i", "lo", "-f", "tcp prot 80"],
            "\"tcp prot 80\" is not a capture filter: ",
        ),
        (
            vec!["-i", "no-such-interface"],
            "no-such-interface: there is no such interface",
        ),
        (
            vec!["-i", "lo", "-w", missing.to_str().unwrap()],
            "there is no such folder",
        ),
        (vec!["-i", "999"], "there is no interface 999"),
        (vec!["-i", "lo", "-a", "weight:3"], "\"weight\""),
        (vec!["-i", "lo", "-b", "files:3"], "needs duration:"),
    ] {
        let out = Command::new(PROGRAM)
            .arg("capture")
            .args(&arguments)
            .output()
            .unwrap();
        let words = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(2), "{arguments:?}: {words}");
        assert!(words.contains(part), "{arguments:?}: {words}");
    }
}

/// A program that is killed has written all but what came last.
#[test]
fn killed_at_full_rate_the_file_is_there() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let capturing = Capturing::start(
        &["-i", "lo", "-f", &filter],
        &folder.path().join("killed.pcapng"),
    );
    let file = capturing.file.clone();
    // What had been sent a second before the end must be there.
    let begun = Instant::now();
    let mut second_before = 0;
    let sent = flood(to, u32::MAX, |sent| {
        if begun.elapsed() < Duration::from_secs(1) {
            second_before = sent;
        }
        begun.elapsed() < Duration::from_secs(2)
    });
    capturing.signal("KILL");
    let (status, _) = capturing.wait();
    assert!(!status.success());
    let (frames, end) = frames(&file);
    // The last record may be half there; all before it are whole.
    assert!(
        end.as_ref().err().is_none_or(FileError::is_damage),
        "{end:?}"
    );
    let numbers = numbers(&frames);
    let last = numbers.last().copied().unwrap_or(0);
    assert!(
        last >= second_before && last < sent,
        "{last} of {second_before} to {sent}"
    );
    assert!(numbers.is_sorted());
}

/// Run commands as root, in a network namespace of their own; false if that is not possible here.
fn as_root(script: &str) -> bool {
    let out = Command::new("sh").args(["-ec", script]).output().unwrap();
    if !out.status.success() {
        eprintln!(
            "skipped, because this needs root: {}",
            String::from_utf8_lossy(&out.stderr)
        );
    }
    out.status.success()
}

#[test]
fn a_full_disk_ends_the_capture_with_a_whole_file() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let place = disk.display();
    if !as_root(&format!("mount -t tmpfs -o size=1m tmpfs {place}")) {
        return;
    }
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let file = disk.join("full.pcapng");
    let capturing = Capturing::start(&["-i", "lo", "-f", &filter], &file);
    flood(to, 40_000, |_| true);
    let (status, words) = capturing.wait();
    let (frames, end) = frames(&file);
    let unmounted = as_root(&format!("umount {place}"));
    assert_eq!(status.code(), Some(1), "{words}");
    assert!(words.contains("the disk is full"), "{words}");
    assert!(words.contains("could not be written any more"), "{words}");
    assert_eq!(end, Ok(()), "no half record");
    assert!(frames.len() > 8_000, "{}", frames.len());
    assert!(numbers(&frames).into_iter().eq(0..frames.len() as u32));
    assert!(
        words.contains(&format!("{} packets captured", frames.len())),
        "{words}"
    );
    assert!(unmounted);
}

#[test]
fn an_interface_that_goes_away_ends_its_capture() {
    if !may_capture() {
        return;
    }
    let Some(pair) = Pair::make("a") else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("away.pcapng");
    let capturing = pair.capture(&file);
    // Neighbour discovery has begun to send by itself; then the interface goes.
    std::thread::sleep(Duration::from_millis(600));
    assert!(as_root(&format!("ip -n {} link del va", pair.name)));
    let (status, words) = capturing.wait();
    assert_eq!(status.code(), Some(1), "{words}");
    assert!(words.contains("va: The interface disappeared"), "{words}");
    assert!(
        words.contains("packets captured") || words.contains("packet captured"),
        "{words}"
    );
    assert_eq!(frames(&file).1, Ok(()));
}

/// A namespace of its own with a pair of interfaces, `va` and `vb`, that are up; gone when dropped.
struct Pair {
    name: String,
}

impl Pair {
    /// `None` where that is not possible.
    fn make(suffix: &str) -> Option<Pair> {
        let name = format!("wg{}{suffix}", std::process::id());
        let made = as_root(&format!(
            "ip netns add {name} && ip -n {name} link add va type veth peer name vb && ip -n {name} link set va up && ip -n {name} link set vb up"
        ));
        made.then_some(Pair { name })
    }

    fn capture(&self, file: &Path) -> Capturing {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name, PROGRAM]);
        command.args(["capture", "-i", "va", "-w"]).arg(file);
        Capturing::spawn(command, file)
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        as_root(&format!("ip netns del {}", self.name));
    }
}

#[test]
fn an_interface_that_goes_down_ends_its_capture() {
    let Some(pair) = Pair::make("d") else { return };
    let folder = tempfile::tempdir().unwrap();
    let capturing = pair.capture(&folder.path().join("down.pcapng"));
    let file = capturing.file.clone();
    std::thread::sleep(Duration::from_millis(600));
    assert!(as_root(&format!("ip -n {} link set va down", pair.name)));
    let (status, words) = capturing.wait();
    assert_eq!(status.code(), Some(1), "{words}");
    assert!(words.contains("va: the interface went down"), "{words}");
    assert!(words.contains(" captured ("), "{words}");
    assert_eq!(frames(&file).1, Ok(()));
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let place = disk.display();
    if !as_root(&format!("mount -t tmpfs -o ro tmpfs {place}")) {
        return;
    }
    let out = Command::new(PROGRAM)
        .args(["capture", "-i", "lo", "-w"])
        .arg(disk.join("a.pcapng"))
        .output()
        .unwrap();
    let unmounted = as_root(&format!("umount {place}"));
    let words = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(2), "{words}");
    assert!(words.contains("the disk takes nothing new"), "{words}");
    assert!(unmounted);
}

/// Whoever looks at a slow link sees its frames at once; that must cost none of them, and bring none twice, whatever the link
/// does.
#[test]
fn frames_that_are_not_held_back_come_once_each() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let file = folder.path().join("prompt.pcapng");
    let options = TapOptions {
        filter,
        ..TapOptions::default()
    };
    let plan = Plan {
        taps: vec![("lo".into(), options)],
        outputs: vec![Output::File(file.clone())],
        prompt: true,
        ..Plan::default()
    };
    let recorder = Recorder::start(&plan).unwrap();
    let from = UdpSocket::bind("127.0.0.1:0").unwrap();
    let mut sent = 0u32;
    let mut send = |count: u32, pause: Duration| {
        for _ in 0..count {
            let mut payload = [0; 18];
            payload[..4].copy_from_slice(&sent.to_be_bytes());
            from.send_to(&payload, to).unwrap();
            sent += 1;
            if !pause.is_zero() {
                std::thread::sleep(pause);
            }
        }
    };
    // Slow, with bursts that are too much for immediate mode; after a second of rest it is slow again.
    for round in 0..2 {
        send(100, Duration::from_millis(5));
        send(20_000, Duration::ZERO);
        send(50, Duration::from_millis(5));
        if round == 0 {
            std::thread::sleep(Duration::from_millis(1500));
        }
    }
    send(20, Duration::from_millis(1));
    recorder.stop();
    let ended = recorder.wait(Duration::from_secs(60)).unwrap();
    assert_eq!(ended.faults, [""; 0]);
    assert_eq!(recorder.counters().packets, u64::from(sent));
    assert_eq!(recorder.counters().dropped(), 0);
    let (frames, end) = frames(&file);
    assert_eq!(end, Ok(()));
    assert!(numbers(&frames).into_iter().eq(0..sent));
}

/// Wait for something to become true; it must within a time that even a busy machine keeps.
pub fn wait_for(what: &str, mut is: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A running capture is scanned, filtered and shown while it goes on.
#[test]
fn a_running_capture_is_followed() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let options = TapOptions {
        filter,
        ..TapOptions::default()
    };
    let plan = Plan {
        taps: vec![("lo".into(), options)],
        outputs: vec![Output::File(folder.path().join("followed.pcapng"))],
        format: FileFormat::Pcapng,
        ..Plan::default()
    };
    let recorder = Arc::new(Recorder::start(&plan).unwrap());
    let registry = Arc::new(wireglass::protocols::registry());
    let live = Session::live(
        Arc::clone(&recorder),
        1 << 30,
        Arc::clone(&registry),
        Options::default(),
        Arc::new(|| {}),
    );
    let session = Arc::new(live.unwrap());
    // The counter in the payload ends in an even byte.
    let even = wireglass::filter::compile("data.data[3] & 1 == 0", &registry).unwrap();
    let run = FilterRun::start(&session, Arc::new(even), Arc::new(|| {}));
    for round in 1..=3u32 {
        flood(to, 1000, |_| true);
        wait_for("frames", || session.snapshot().len() == round * 1000);
        wait_for("rows", || run.state().rows.len() == round * 500);
        assert!(!session.is_loaded() && !run.state().done);
    }
    let (mut view, mut tree) = (session.view(), Tree::new());
    assert!(view.dissect(3000, None, Want::ALL, &mut tree).unwrap());
    assert_eq!(tree.columns.protocol, "UDP");
    recorder.stop();
    wait_for("the end", || session.is_loaded() && run.state().done);
    assert_eq!(recorder.ended().unwrap().faults, [""; 0]);
    assert_eq!(recorder.counters().packets, 3000);
    assert_eq!(run.state().rows.len(), 1500);
}
