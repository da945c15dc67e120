//! The client's side alone, against servers that are no part of the Lab: each is started by its test, on 127.0.0.1.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use wireglass::lab::{self, Against, Target, Told};

use super::run;

/// A server for one connection; returns what its function returns.
fn serve<T: Send + 'static>(
    each: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (Target, JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = Target {
        host: "127.0.0.1".to_owned(),
        port: Some(listener.local_addr().unwrap().port()),
    };
    let server = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        each(stream)
    });
    (target, server)
}

/// Limits that tests have the patience for.
fn how(target: &Target) -> Against {
    let mut how = Against::new(target.clone());
    how.record = false;
    how.limits.answer = Duration::from_secs(3);
    how.limits.quiet = Duration::from_millis(150);
    how
}

/// Plays, and returns the dialogue and why it ended early.
fn play(id: &str, how: &Against) -> (String, Option<String>) {
    let mut said = String::new();
    let done = lab::play_against(&lab::find(id).unwrap(), how, &mut |told| {
        if let Told::Said(text) = told {
            said.push_str(text.trim_end());
            said.push('\n');
        }
    })
    .unwrap();
    assert_eq!(done.not_recorded, None);
    let steps: Vec<&str> = done
        .played
        .steps
        .iter()
        .map(|s| s.said.trim_end())
        .collect();
    assert_eq!(said, steps.join("\n") + "\n");
    (said, done.played.failed)
}

/// A mail server that answers each line with what the function says; returns all that it heard.
fn mail_server(answer: impl Fn(&str) -> String + Send + 'static) -> (Target, JoinHandle<String>) {
    serve(move |stream| {
        let mut out = stream.try_clone().unwrap();
        out.write_all(b"220-mx.example.net\r\n220 at your service\r\n")
            .unwrap();
        let (mut heard, mut in_mail) = (String::new(), false);
        for line in BufReader::new(stream).lines() {
            let Ok(line) = line else { break };
            heard.push_str(&line);
            heard.push_str("\r\n");
            if in_mail && line != "." {
                continue;
            }
            in_mail = line == "DATA";
            let _ = out.write_all(answer(&line).as_bytes());
            if line == "QUIT" {
                break;
            }
        }
        heard
    })
}

#[test]
fn a_mail_server_hears_exactly_what_was_announced() {
    let (target, server) = mail_server(|line| match line {
        line if line.starts_with("EHLO") => "250-mx.example.net hello\r\n250 SIZE 1000\r\n".into(),
        "DATA" => "354 go on\r\n".into(),
        "QUIT" => "221 bye\r\n".into(),
        _ => "250 fine\r\n".into(),
    });
    let plan = lab::find("smtp").unwrap();
    let intent = lab::intent(&plan, &target).unwrap();
    let (said, failed) = play("smtp", &how(&target));
    assert_eq!(failed, None, "{said}");
    let announced: Vec<u8> = intent
        .outgoing
        .iter()
        .flat_map(|o| o.bytes.clone())
        .collect();
    assert_eq!(intent.bytes(), announced.len());
    assert_eq!(
        server.join().unwrap(),
        String::from_utf8(announced).unwrap()
    );
    // What the host really said stands in the dialogue, not what the script has.
    assert!(
        said.contains("S: 220-mx.example.net\nS: 220 at your service\nC: EHLO bar.com\n"),
        "{said}"
    );
    assert!(
        said.contains("C: RCPT TO:<Green@foo.com>\nS: 250 fine\n"),
        "{said}"
    );
    let lines = intent.lines();
    assert!(
        lines.contains(&format!(
            "  sends 14 bytes over TCP to 127.0.0.1:{}",
            target.port.unwrap()
        )) && lines.contains(&"    EHLO bar.com".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn a_refused_mail_is_not_sent() {
    let (target, server) = mail_server(|line| match line {
        "DATA" => "554 no\r\n".into(),
        _ => "250 fine\r\n".into(),
    });
    let (said, failed) = play("smtp", &how(&target));
    assert_eq!(
        failed.unwrap(),
        "127.0.0.1 says no: \"554 no\\r\\n\"; nothing further was sent"
    );
    assert!(said.ends_with("C: DATA\nS: 554 no\n"), "{said}");
    assert!(server.join().unwrap().ends_with("DATA\r\n"));
}

#[test]
fn a_web_server_is_asked_by_its_own_name() {
    // Answers of every kind of length, more slowly than an answer's end is guessed.
    let (target, server) = serve(|stream| {
        let mut out = stream.try_clone().unwrap();
        let (mut heads, mut count) = (String::new(), 0);
        for line in BufReader::new(stream).lines() {
            let line = line.unwrap();
            heads.push_str(&line);
            heads.push('\n');
            if !line.is_empty() {
                continue;
            }
            count += 1;
            out.write_all(b"HTTP/1.1 200 OK\r\n").unwrap();
            std::thread::sleep(Duration::from_millis(250));
            if count % 2 == 0 {
                out.write_all(b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")
                    .unwrap();
            } else {
                out.write_all(format!("Content-Length: 2\r\n\r\n{count}.").as_bytes())
                    .unwrap();
            }
            if count == 6 {
                break;
            }
        }
        heads
    });
    let (said, failed) = play("http-keepalive", &how(&target));
    assert_eq!(failed, None, "{said}");
    let heard = server.join().unwrap();
    let host = format!("Host: 127.0.0.1:{}\n", target.port.unwrap());
    assert_eq!(heard.matches(&host).count(), 6, "{heard}");
    assert!(!heard.contains("example.com"), "{heard}");
    // Each answer is one step, though the last three requests were sent at once.
    assert_eq!(said.matches("S: HTTP/1.1 200 OK\n").count(), 6, "{said}");
    assert!(said.contains("\nS: 5.\n"), "{said}");
}

#[test]
fn files_come_over_the_port_that_the_host_announces() {
    let data = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = data.local_addr().unwrap().port();
    let (target, server) = serve(move |stream| {
        let mut out = stream.try_clone().unwrap();
        out.write_all(b"220 hello\r\n").unwrap();
        for line in BufReader::new(stream).lines() {
            let line = line.unwrap();
            let transfer = line.starts_with("LIST") || line.starts_with("RETR");
            let answer = match line.split(' ').next().unwrap() {
                "USER" => "331 password?\r\n".to_owned(),
                "PASS" => "230-Welcome\r\n you are in\r\n230 now\r\n".to_owned(),
                "CWD" => "250 there\r\n".to_owned(),
                // The address is a lie: the same host is meant.
                "PASV" => format!("227 here (10,1,2,3,{},{}).\r\n", port >> 8, port & 255),
                "QUIT" => "221 bye\r\n".to_owned(),
                _ if transfer => "150 it comes\r\n".to_owned(),
                _ => "200 ok\r\n".to_owned(),
            };
            if transfer {
                let (mut file, _) = data.accept().unwrap();
                file.write_all(b"the data").unwrap();
                drop(file);
                // Both replies at once.
                out.write_all(b"150 it comes\r\n226 all of it\r\n").unwrap();
            } else {
                out.write_all(answer.as_bytes()).unwrap();
            }
            if line == "QUIT" {
                break;
            }
        }
    });
    let (said, failed) = play("ftp", &how(&target));
    assert_eq!(failed, None, "{said}");
    server.join().unwrap();
    assert!(
        said.contains("C: LIST\nS: 150 it comes\nS(listing): the data\n"),
        "{said}"
    );
    assert_eq!(said.matches("S: 226 all of it\n").count(), 2, "{said}");
}

#[test]
fn a_question_in_a_datagram_is_asked_again() {
    let server = UdpSocket::bind("127.0.0.1:0").unwrap();
    let target = Target {
        host: "127.0.0.1".to_owned(),
        port: Some(server.local_addr().unwrap().port()),
    };
    let thread = std::thread::spawn(move || {
        let mut first = [0; 512];
        let (n, _) = server.recv_from(&mut first).unwrap();
        // The first is not answered.
        let mut second = [0; 512];
        let (m, from) = server.recv_from(&mut second).unwrap();
        server.send_to(b"some answer", from).unwrap();
        (first[..n].to_vec(), second[..m].to_vec())
    });
    let (said, failed) = play("udp-hello", &how(&target));
    assert_eq!(failed, None);
    assert_eq!(said, "C: Hello UDP server\nS: some answer\n");
    let (first, second) = thread.join().unwrap();
    assert_eq!(first, b"Hello UDP server");
    assert_eq!(first, second);
}

#[test]
fn hosts_that_do_not_behave_are_told_of() {
    let why = |id: &str, how: &Against| play(id, how).1.unwrap();

    // Nobody listens.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    let target = Target::parse(&format!("127.0.0.1:{port}")).unwrap();
    assert!(why("pop3", &how(&target)).starts_with(&format!(
        "127.0.0.1:{port} refuses the connection: nobody listens there, at \u{201c}(bob connects"
    )));
    // Which is what another exchange is about.
    assert_eq!(play("tcp-refused", &how(&target)).1, None);
    assert!(why("udp-hello", &how(&target)).contains("nobody listens there (ICMP"));
    assert_eq!(play("udp-closed", &how(&target)).1, None);

    // It never says anything: no hang, and the connection is closed.
    let (target, server) = serve(|mut stream| stream.read(&mut [0; 10]).unwrap());
    let mut impatient = how(&target);
    impatient.limits.answer = Duration::from_millis(700);
    let began = Instant::now();
    let silent = why("pop3", &impatient);
    assert!(
        silent.starts_with("127.0.0.1 has said nothing for 1 seconds"),
        "{silent}"
    );
    assert!(began.elapsed() < Duration::from_secs(5));
    assert_eq!(server.join().unwrap(), 0, "the socket was not closed");

    // It closes at once.
    let (target, server) = serve(drop);
    assert!(
        why("pop3", &how(&target))
            .starts_with("127.0.0.1 closed the connection without an answer,")
    );
    server.join().unwrap();

    // It talks nonsense: taken for what it is, until nothing more can be made of it.
    let (target, server) = serve(|mut stream| {
        stream.write_all(b"-ERR go away\r\n").unwrap();
        stream.read(&mut [0; 10]).unwrap()
    });
    assert!(why("pop3", &how(&target)).starts_with("127.0.0.1 says no: \"-ERR go away"));
    assert_eq!(server.join().unwrap(), 0, "something was sent all the same");

    // It never stops talking.
    let (target, server) = serve(|mut stream| {
        let line = [b'x'; 4096];
        while stream.write_all(&line).is_ok() {}
    });
    let mut modest = how(&target);
    modest.limits.bytes = 100_000;
    assert!(why("http-raw", &modest).contains("has said more than 100000 bytes"));
    server.join().unwrap();

    // It trickles, so that there is never quiet.
    let (target, server) = serve(|mut stream| {
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let mut bounded = how(&target);
    bounded.limits.whole = Duration::from_secs(1);
    assert!(
        why("http-raw", &bounded).starts_with("it took longer than 1 seconds and was given up")
    );
    server.join().unwrap();
}

#[test]
fn a_play_can_be_cancelled() {
    let (target, server) = serve(|mut stream| stream.read(&mut [0; 10]).unwrap());
    let how = how(&target);
    let cancel = how.cancel.clone();
    let stopper = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(300));
        cancel.store(true, Ordering::Relaxed);
    });
    let began = Instant::now();
    let (_, failed) = play("pop3", &how);
    assert!(failed.unwrap().starts_with("it was cancelled at "));
    assert!(began.elapsed() < Duration::from_secs(2));
    assert_eq!(server.join().unwrap(), 0, "the socket was not closed");
    stopper.join().unwrap();
}

#[test]
fn exchanges_say_why_no_host_can_play_them() {
    for (id, reason) in [
        ("ping", "packets below TCP and UDP"),
        ("dhcp", "packets below TCP and UDP"),
        ("ssdp", "to a group"),
        ("tcp-loss", "a real wire cannot be told to"),
        ("tcp-chat", "several clients"),
    ] {
        let error = lab::intent(
            &lab::find(id).unwrap(),
            &Target::parse("127.0.0.1").unwrap(),
        )
        .unwrap_err()
        .to_string();
        assert!(
            error.starts_with(&format!("{id} cannot be played against a real host: "))
                && error.contains(reason),
            "{error}"
        );
    }
    // All others can be.
    let mut possible = 0;
    for entry in lab::CATALOGUE.iter().filter(|e| e.is_playable()) {
        let plan = entry.plan().unwrap();
        if lab::host_refuses(&plan).is_none() {
            let intent = lab::intent(&plan, &Target::parse("[::1]").unwrap()).unwrap();
            assert!(!intent.outgoing.is_empty(), "{}", entry.id);
            possible += 1;
        }
    }
    assert!(possible >= 28, "{possible}");
}

#[test]
fn targets_are_hosts_with_a_port_or_without() {
    for (text, host, port) in [
        ("example.org", "example.org", None),
        (" example.org:8080 ", "example.org", Some(8080)),
        ("192.0.2.1:25", "192.0.2.1", Some(25)),
        ("2001:db8::1", "2001:db8::1", None),
        ("[2001:db8::1]:80", "2001:db8::1", Some(80)),
        ("[::1]", "::1", None),
    ] {
        let target = Target::parse(text).unwrap();
        assert_eq!((target.host.as_str(), target.port), (host, port), "{text}");
    }
    for text in [
        "",
        ":80",
        "host:0",
        "host:65536",
        "host:x",
        "[::1",
        "[::1]80",
        "[x]:1",
        "a b",
        "2001:db8::1:x",
        "http://example.org",
    ] {
        assert!(Target::parse(text).is_err(), "{text}");
    }
}

#[test]
fn the_command_sends_nothing_unasked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let expected = format!(
        "To 127.0.0.1 (18 bytes in all)\n  connects over TCP to {host}\n  sends 18 bytes over TCP to {host}\n    GET / HTTP/1.0\n    \n  \
         says that it has said everything (FIN)\nNote: If the host says no where the exchange goes on, nothing further is sent.\n"
    );
    let (status, out, err) = run(&["lab", "play", "http-raw", "--host", &host, "--dry-run"]);
    assert_eq!(
        (status, out.as_str(), err.as_str()),
        (0, expected.as_str(), "")
    );
    let (status, out, err) = run(&["lab", "play", "http-raw", "--host", &host]);
    assert_eq!((status, out.as_str()), (2, expected.as_str()));
    assert_eq!(
        err,
        "wireglass: nothing was sent: add --yes to send this, or --dry-run to look only\n"
    );
    assert!(listener.accept().is_err(), "somebody has connected");
    let (status, _, err) = run(&["lab", "play", "http-raw", "--host", "host:port"]);
    assert_eq!(status, 2);
    assert!(err.contains("is no port"), "{err}");
    let (status, _, err) = run(&["lab", "play", "ping", "--host", &host, "--yes"]);
    assert_eq!(status, 2);
    assert!(
        err.contains("cannot be played against a real host"),
        "{err}"
    );
}

/// With the right to capture, the packets are there too, and belong to their steps.
#[test]
fn the_packets_are_recorded() {
    let (target, server) = serve(|mut stream| {
        let mut heard = [0; 100];
        let _ = stream.read(&mut heard);
        stream
            .write_all(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhello there\n")
            .unwrap();
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("host.pcapng");
    let path = path.to_str().unwrap();
    let host = format!("127.0.0.1:{}", target.port.unwrap());
    let (status, out, err) = run(&[
        "lab", "play", "http-raw", "--host", &host, "--yes", "-w", path,
    ]);
    server.join().unwrap();
    assert!(out.contains("S: hello there\n"), "{out}");
    if err.contains("were not recorded: the right to capture is missing") {
        assert_eq!(status, 1);
        println!("skipped: {err}");
        return;
    }
    assert_eq!(
        (status, err),
        (0, format!("wireglass: talking to {host}\n"))
    );
    let port = format!("tcp.port=={},http", target.port.unwrap());
    let (_, out, _) = run(&[
        "read",
        path,
        "-d",
        &port,
        "-Y",
        "http or tcp.flags.syn == 1",
        "-T",
        "fields",
        "-e",
        "http.request.method",
        "-e",
        "http.response.code",
        "-e",
        "frame.comment",
    ]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 4, "{out}");
    assert!(lines[0].contains("Step 1. ("), "{out}");
    assert!(
        lines[2].starts_with("GET\t\tStep 2. C: GET / HTTP/1.0"),
        "{out}"
    );
    assert!(
        lines[3].starts_with("\t200\tStep 3. S: HTTP/1.0 200 OK"),
        "{out}"
    );
}
