//! The command line: what it prints, what it says when something is wrong, and its exit status.

use std::path::Path;

use crate::support::{package, text, wireglass};

/// Exit status, standard output, standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = wireglass(arguments);
    (
        output.status.code().expect("ended by itself"),
        text(&output.stdout).to_owned(),
        text(&output.stderr).to_owned(),
    )
}

/// The frames as text, without the line about damage.
fn list(file: &str) -> String {
    run(&["read", file]).1
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path of UTF-8")
}

#[test]
fn prints_a_line_a_packet() {
    let (status, out, err) = run(&["read", "tcp-refused.pcap"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].starts_with("    1   0.000000    192.0.2.1 → 192.0.2.2    TCP 74 "),
        "{out}"
    );
    assert!(
        lines[0].contains(" → 81 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM"),
        "{out}"
    );
    assert!(
        lines[1].contains("[RST, ACK] Seq=1 Ack=1 Win=0 Len=0"),
        "{out}"
    );
}

#[test]
fn prints_chosen_fields() {
    let (status, out, err) = run(&[
        "read",
        "ping.pcap",
        "-c",
        "2",
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "ip.addr",
        "-e",
        "icmp.type",
        "-e",
        "_ws.col.Protocol",
    ]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "1\t192.0.2.1,192.0.2.2\t8\tICMP\n2\t192.0.2.2,192.0.2.1\t0\tICMP\n"
    );
}

#[test]
fn filters() {
    let (status, out, _) = run(&[
        "read",
        "ping.pcap",
        "-Y",
        "icmp.type == 8",
        "-T",
        "fields",
        "-e",
        "frame.number",
    ]);
    assert_eq!((status, out.as_str()), (0, "1\n3\n5\n"));
    let (status, out, _) = run(&["read", "ping.pcap", "-Y", "tcp"]);
    assert_eq!((status, out.as_str()), (0, ""));
}

#[test]
fn refuses_what_is_no_filter_and_marks_the_place() {
    let (status, out, err) = run(&["read", "ping.pcap", "-Y", "ip.src == 1 and and tcp"]);
    assert_eq!((status, out.as_str()), (2, ""));
    let lines: Vec<&str> = err.lines().collect();
    let at = lines
        .iter()
        .position(|l| l.trim() == "ip.src == 1 and and tcp")
        .unwrap_or_else(|| panic!("{err}"));
    let mark = lines[at + 1]
        .find('^')
        .unwrap_or_else(|| panic!("no mark in: {err}"));
    let text_at = lines[at].find("ip.src").unwrap();
    let place = &lines[at][mark..];
    assert!(
        mark >= text_at && (place.starts_with("and tcp") || place.starts_with('1')),
        "{err}"
    );

    let (status, _, err) = run(&["read", "ping.pcap", "-Y", "ipp.src"]);
    assert_eq!(status, 2);
    assert!(err.contains("ipp.src") && err.contains('^'), "{err}");
}

#[test]
fn refuses_an_unknown_field() {
    let (status, out, err) = run(&["read", "ping.pcap", "-T", "fields", "-e", "ip.sorce"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("ip.sorce"), "{err}");
    let (status, _, err) = run(&["read", "ping.pcap", "-T", "fields"]);
    assert_eq!(status, 2);
    assert!(err.contains("-e"), "{err}");
}

#[test]
fn says_why_a_file_cannot_be_opened() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pcap");
    std::fs::write(&empty, b"").unwrap();
    let foreign = package("captures/README.md");
    let missing = folder.path().join("missing.pcap");
    let short = folder.path().join("short.pcap");
    std::fs::write(&short, [0xd4, 0xc3, 0xb2, 0xa1, 2, 0]).unwrap();
    for file in [
        &empty,
        &foreign,
        &missing,
        &short,
        &folder.path().to_path_buf(),
    ] {
        let (status, out, err) = run(&["read", path(file)]);
        assert_eq!((status, out.as_str()), (2, ""), "{err}");
        assert!(err.starts_with("wireglass: "), "{err}");
        assert!(
            err.contains(path(file)),
            "the message names the file: {err}"
        );
        assert_eq!(err.trim_end().lines().count(), 1, "{err}");
    }
}

#[test]
fn shows_what_comes_before_the_damage() {
    // (file, packets before the damage, what it was made from)
    for (file, count, whole) in [
        ("damaged/cut-in-frame.pcap", 5, "ping.pcap"),
        ("damaged/cut-in-record-header.pcap", 2, "ping.pcap"),
        ("damaged/impossible-length.pcap", 2, "ping.pcap"),
        ("damaged/cut.pcapng", 13, "formats/comments.pcapng"),
        (
            "damaged/lengths-disagree.pcapng",
            13,
            "formats/comments.pcapng",
        ),
    ] {
        let (status, out, err) = run(&["read", file]);
        assert_eq!(status, 1, "{file}: {err}");
        let known = list(whole);
        let same = known.lines().zip(out.lines()).filter(|(a, b)| {
            // What lies behind the damage may have been told of earlier frames: "reply in 6".
            a.split("id=").next() == b.split("id=").next()
        });
        assert_eq!(
            (out.lines().count(), same.count()),
            (count, count),
            "{file}\n{out}"
        );
        assert!(err.contains(file), "{file}: {err}");
        assert!(
            err.bytes().any(|b| b.is_ascii_digit()),
            "the place is told: {err}"
        );
    }
}

#[test]
fn a_damaged_compressed_file_shows_its_frames() {
    for (file, least) in [
        ("damaged/cut.pcap.gz", 8),
        ("damaged/checksum.pcapng.gz", 14),
    ] {
        let (status, out, err) = run(&["read", file]);
        assert_eq!(status, 1, "{file}: {err}");
        assert!(out.lines().count() >= least, "{file}: {out}");
        assert!(err.contains(file), "{err}");
    }
}

#[test]
fn a_file_without_frames_is_a_good_file() {
    assert_eq!(
        run(&["read", "damaged/header-only.pcap"]),
        (0, String::new(), String::new())
    );
}

/// Every form of every file can be written and reads the same again.
#[test]
fn what_is_written_reads_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let fields = [
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "frame.time_epoch",
        "-e",
        "frame.len",
        "-e",
        "frame.cap_len",
        "-e",
        "frame.protocols",
        "-e",
        "_ws.col.Info",
    ];
    for file in [
        "http-chunked.pcap",
        "formats/nanoseconds-big-endian.pcap",
        "formats/comments.pcapng",
        "snap-length.pcap",
    ] {
        for (form, gzip) in [
            ("pcapng", false),
            ("pcapng", true),
            ("pcap", false),
            ("nsecpcap", true),
        ] {
            let target = folder.path().join("copy");
            let mut arguments = vec!["read", file, "-w", path(&target), "-F", form];
            if gzip {
                arguments.push("--gzip");
            }
            let (status, out, _) = run(&arguments);
            assert_eq!((status, out.as_str()), (0, ""), "{file} as {form}");
            let bytes = std::fs::read(&target).unwrap();
            assert_eq!(bytes.starts_with(&[0x1f, 0x8b]), gzip, "{file} as {form}");
            let [before, after] = [file, path(&target)].map(|f| {
                let mut arguments = vec!["read", f];
                arguments.extend(fields);
                run(&arguments).1
            });
            if form == "pcap" && file.contains("nanoseconds") {
                // Microseconds have no place for the rest; all else stays.
                let cut = |text: &str| {
                    text.lines()
                        .map(|l| l.replace(|c: char| c.is_ascii_digit(), ""))
                        .collect::<Vec<_>>()
                };
                assert_eq!(cut(&before), cut(&after));
            } else {
                assert_eq!(before, after, "{file} as {form}, gzip {gzip}");
            }
        }
    }
}

#[test]
fn comments_survive_in_pcapng_only() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("copy");
    let comments = |file: &str| run(&["read", file, "-T", "fields", "-e", "frame.comment"]).1;
    let before = comments("formats/comments.pcapng");
    assert!(
        before.contains("The first frame of the exchange"),
        "{before}"
    );
    run(&["read", "formats/comments.pcapng", "-w", path(&target)]);
    assert_eq!(comments(path(&target)), before);
    let (status, _, err) = run(&[
        "read",
        "formats/comments.pcapng",
        "-w",
        path(&target),
        "-F",
        "pcap",
    ]);
    assert_eq!(status, 0);
    assert!(err.contains("comment"), "what is lost is told: {err}");
    assert_eq!(comments(path(&target)).trim(), "");
}

#[test]
fn a_selection_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("selection.pcapng");
    let (status, _, err) = run(&[
        "read",
        "ping.pcap",
        "-Y",
        "icmp.type == 0",
        "-w",
        path(&target),
    ]);
    assert_eq!((status, err.as_str()), (0, ""));
    let (_, out, _) = run(&[
        "read",
        path(&target),
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "icmp.type",
    ]);
    assert_eq!(out, "1\t0\n2\t0\n3\t0\n");
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let (status, out, err) = run(&["read", "ping.pcap", "-w", "no-such-folder/copy.pcapng"]);
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("no-such-folder"), "{err}");
}

#[test]
fn pdml_and_json_are_well_formed() {
    let (status, out, _) = run(&["read", "http-xml.pcap", "-T", "pdml"]);
    assert_eq!(status, 0);
    let mut open = Vec::new();
    // Values have their angle brackets escaped, so every `<` begins an element.
    for element in out.split('<').skip(1) {
        let (tag, _) = element.split_once('>').expect("closed");
        if tag.starts_with(['?', '!']) || tag.ends_with('/') {
            continue;
        }
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None => open.push(tag.split_whitespace().next().unwrap()),
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert_eq!(
        out.matches("<packet>").count(),
        list("http-xml.pcap").lines().count()
    );

    let (status, out, _) = run(&["read", "http-json.pcap", "-T", "json"]);
    assert_eq!(status, 0);
    let python = std::process::Command::new("python3")
        .args([
            "-c",
            "import json, sys; print(len(json.load(open(sys.argv[1]))))",
        ])
        .arg({
            let folder =
                std::env::temp_dir().join(format!("wireglass-json-{}", std::process::id()));
            std::fs::write(&folder, &out).unwrap();
            folder
        })
        .output();
    match python {
        Ok(python) => assert_eq!(
            text(&python.stdout).trim(),
            list("http-json.pcap").lines().count().to_string(),
            "{}",
            text(&python.stderr)
        ),
        Err(error) => println!("skipped: JSON is not read again, python3: {error}"),
    }
}

#[test]
fn the_list_is_printed_as_csv() {
    let (status, out, err) = run(&["read", "ping.pcap", "-T", "csv", "-c", "1"]);
    assert_eq!((status, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines[0],
        r#""No.","Time","Source","Destination","Protocol","Length","Info""#
    );
    assert_eq!(lines.len(), 2);
    assert!(
        lines[1].starts_with(
            r#""1","0.000000","192.0.2.1","192.0.2.2","ICMP","98","Echo (ping) request"#
        ),
        "{out}"
    );
}

#[test]
fn files_that_went_over_the_wire_are_listed_and_saved() {
    let (status, out, _) = run(&["objects", "ftp.pcap", "-t", "ftp-data"]);
    assert_eq!(status, 0);
    let cells: Vec<&str> = out.trim_end().split('\t').collect();
    assert_eq!((cells[0], cells[1]), ("43", "FTP"), "{out}");
    assert_eq!((cells[4], cells[5]), ("4023", "hello-1.0.tar.gz"), "{out}");
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("new");
    let (status, out, err) = run(&["objects", "http-gzip.pcap", "-o", path(&target)]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(out.trim_end(), path(&target.join("gzip")));
    assert_eq!(
        std::fs::read(target.join("gzip")).expect("saved").len(),
        447
    );
}

#[test]
fn counts() {
    let (status, out, _) = run(&["stats", "ping.pcap", "protocols"]);
    assert_eq!(status, 0);
    let icmp = out
        .lines()
        .find(|l| l.trim_start().starts_with("icmp"))
        .unwrap_or_else(|| panic!("{out}"));
    assert!(icmp.contains("6") && icmp.contains("588"), "{out}");
    let (status, out, _) = run(&["stats", "tcp-handshake-close.pcap", "conversations"]);
    assert_eq!(status, 0);
    assert!(
        out.contains("192.0.2.1") && out.contains("192.0.2.2"),
        "{out}"
    );
    let (status, out, _) = run(&["stats", "tcp-handshake-close.pcap", "endpoints"]);
    assert_eq!(status, 0);
    assert!(
        out.contains("192.0.2.1") && out.contains("192.0.2.2"),
        "{out}"
    );
}

#[test]
fn lists_fields() {
    let (status, out, _) = run(&["fields", "udp.len"]);
    assert_eq!(status, 0);
    assert!(
        out.lines()
            .any(|l| l.contains("udp.length") && l.contains("2 bytes")),
        "{out}"
    );
    assert!(out.lines().all(|l| l.contains("udp.len")), "{out}");
}

/// `wireglass read ... | head -1` ends quietly.
#[test]
fn a_closed_pipe_is_no_error() {
    use std::io::Read as _;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_wireglass"))
        .args(["read", "http-big.pcap", "-T", "pdml"])
        .current_dir(package("captures"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

/// The protocols of the list, each once.
fn protocols_of(arguments: &[&str]) -> Vec<String> {
    let output = wireglass(arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let mut names: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn decode_as_says_who_reads_a_port() {
    let list = ["-T", "fields", "-e", "_ws.col.Protocol"];
    let with = |rules: &[&str]| {
        let mut arguments = vec!["read", "ftp.pcap"];
        for rule in rules {
            arguments.extend(["-d", rule]);
        }
        arguments.extend(list);
        protocols_of(&arguments)
    };
    assert_eq!(with(&[]), ["FTP", "FTP-DATA", "TCP"]);
    assert_eq!(with(&["tcp.port==20-21,data"]), ["TCP"]);
    assert_eq!(
        with(&["tcp.port==20-21,data", "tcp.port==21,ftp"]),
        ["FTP", "FTP-DATA", "TCP"]
    );
    assert_eq!(with(&["ip.proto==6,udp"]), ["UDP"]);
    // Counting heeds it too.
    let counted = wireglass(&["stats", "-d", "tcp.port==21,data", "ftp.pcap", "protocols"]);
    assert!(
        !text(&counted.stdout).contains("ftp"),
        "{}",
        text(&counted.stdout)
    );
}

#[test]
fn a_rule_that_is_none_is_refused() {
    let output = wireglass(&["read", "ftp.pcap", "-d", "tcp.port==21,ftpp"]);
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    assert!(
        message.starts_with(
            "wireglass: \"ftpp\" is no protocol; did you mean \"ftp\"?\nProtocols for tcp.port: "
        ),
        "{message}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn a_session_is_loaded_anew_with_other_rules() {
    use wireglass::session::{chains, decode_as};

    let session = crate::support::open(&package("captures/ftp.pcap")).unwrap();
    let rules = decode_as::parse("tcp.port==21,data", session.registry()).unwrap();
    let again = std::sync::Arc::new(session.reload(rules).unwrap());
    again.wait();
    let names = |session| {
        let mut names = Vec::new();
        let mut at = chains(session, &wireglass::session::Counting::default())
            .unwrap()
            .below;
        while let Some(chain) = at.pop() {
            names.push(chain.protocol);
            at.extend(chain.below);
        }
        names
    };
    assert!(names(&session).contains(&"ftp"));
    assert!(!names(&again).contains(&"ftp") && names(&again).contains(&"data"));
    let back = std::sync::Arc::new(again.reload(Vec::new()).unwrap());
    back.wait();
    assert!(names(&back).contains(&"ftp"));
}

// ---- what an installation needs ----------------------------------------------------------------------------------------

#[test]
fn completions_name_every_command() {
    for (shell, mark) in [
        ("bash", "complete -F _wireglass"),
        ("zsh", "#compdef wireglass"),
        ("fish", "complete -c wireglass"),
    ] {
        let (status, out, err) = run(&["completions", shell]);
        assert_eq!((status, err.as_str()), (0, ""), "{shell}");
        assert!(out.contains(mark), "{shell}");
        for word in ["read", "stats", "lab", "capture", "completions", "--theme"] {
            // Fish writes long options without their dashes.
            let word = word.trim_start_matches('-');
            assert!(out.contains(word), "{shell} does not know {word}");
        }
    }
    let (status, _, err) = run(&["completions", "cmd.exe"]);
    assert_eq!(status, 2);
    assert!(err.contains("cmd.exe"), "{err}");
}

#[test]
fn the_man_page_tells_what_the_help_tells() {
    let (status, out, err) = run(&["manual"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(out.contains(".TH wireglass 1"), "{out}");
    for part in [
        "Display filter to begin with",
        "wireglass\\-read(1)",
        "SUBCOMMANDS",
    ] {
        assert!(out.contains(part), "{part}: {out}");
    }
    let folder = tempfile::tempdir().unwrap();
    let (status, out, err) = run(&["manual", "-o", path(folder.path())]);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""));
    for (page, part) in [
        ("wireglass.1", "Display filter to begin with"),
        ("wireglass-read.1", "A field to print"),
        ("wireglass-capture.1", "Capture filter in libpcap"),
        ("wireglass-lab.1", "wireglass\\-lab\\-play(1)"),
        ("wireglass-lab-play.1", "Where chance begins"),
    ] {
        let text = std::fs::read_to_string(folder.path().join(page)).expect(page);
        assert!(text.contains(part), "{page}: {text}");
    }
    let file = folder.path().join("wireglass.1");
    let (status, _, err) = run(&["manual", "-o", path(&file)]);
    assert_eq!(status, 2);
    assert!(err.contains("the pages cannot be written"), "{err}");
}

/// The script puts everything where desktops and shells look for it, and takes it away again.
#[cfg(target_os = "linux")]
#[test]
fn it_is_installed_below_a_prefix_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let install = |more: &[&str]| {
        let mut command = std::process::Command::new("sh");
        command
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/install.sh"))
            .args(["--prefix", path(folder.path())])
            .args(["--program", env!("CARGO_BIN_EXE_wireglass")])
            .args(more);
        let output = command.output().expect("sh");
        let err = text(&output.stderr);
        assert!(output.status.success(), "{err}");
    };
    install(&[]);
    for file in [
        "bin/wireglass",
        "share/man/man1/wireglass.1",
        "share/man/man1/wireglass-read.1",
        "share/bash-completion/completions/wireglass",
        "share/zsh/site-functions/_wireglass",
        "share/fish/vendor_completions.d/wireglass.fish",
        "share/applications/wireglass.desktop",
        "share/icons/hicolor/scalable/apps/wireglass.svg",
        "share/icons/hicolor/48x48/apps/wireglass.png",
    ] {
        let size = std::fs::metadata(folder.path().join(file)).map(|m| m.len());
        assert!(size.as_ref().is_ok_and(|s| *s > 0), "{file}: {size:?}");
    }
    let desktop = folder.path().join("share/applications/wireglass.desktop");
    // Where the desktop's own judge is installed, it is asked.
    match std::process::Command::new("desktop-file-validate")
        .arg(&desktop)
        .output()
    {
        Ok(output) => assert_eq!(text(&output.stdout), "", "{}", desktop.display()),
        Err(_) => println!("skipped: no desktop-file-validate here"),
    }
    install(&["--uninstall"]);
    let mut left = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => folders.push(path),
                // What the system's tools keep for themselves.
                false if path.to_string_lossy().contains("cache") => {}
                false if path.to_string_lossy().contains("/mime/") => {}
                false => left.push(path),
            }
        }
    }
    assert!(left.is_empty(), "{left:?}");
}

/// The types of files that the desktop entry names are those that the description for older systems tells.
#[test]
fn the_desktop_entry_and_the_types_of_files_agree() {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("assets/desktop")
            .join(name);
        std::fs::read_to_string(path).expect(name)
    };
    let (entry, types) = (read("wireglass.desktop"), read("wireglass-mime.xml"));
    let line = entry.lines().find_map(|l| l.strip_prefix("MimeType="));
    let named: Vec<&str> = line
        .expect("types")
        .split(';')
        .filter(|t| !t.is_empty())
        .collect();
    assert_eq!(named.len(), 2);
    for name in named {
        assert!(
            types.contains(&format!("<mime-type type=\"{name}\">")),
            "{name}"
        );
    }
    assert!(entry.contains("Exec=wireglass %f") && entry.contains("Icon=wireglass"));
}
