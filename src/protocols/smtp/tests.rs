//! Conversations made by hand.

use super::recognise;
use super::testing::Talk;

fn rows(talk: &Talk) -> Vec<String> {
    talk.read().into_iter().map(|s| s.row).collect()
}

#[test]
fn commands_and_replies_of_several_lines() {
    let talk = Talk::new(25)
        .server(b"220 foo.com Ready\r\n")
        .client(b"EHLO bar.com\r\n")
        .server(b"250-foo.com greets bar.com\r\n250-SIZE\r\n250 HELP\r\n")
        .client(b"MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nQUIT\r\n")
        .server(b"250 OK\r\n550 No such user here\r\n221 bye\r\n");
    let shown = talk.read();
    assert_eq!(shown[0].row, "SMTP: S: 220 foo.com Ready");
    assert_eq!(
        shown[2].tree,
        "Simple Mail Transfer Protocol\n\
         \u{20} Response: 250-foo.com greets bar.com\\r\\n\n\
         \u{20}   Response code: Requested mail action okay, completed (250)\n\
         \u{20}   Response parameter: foo.com greets bar.com\n\
         \u{20}   Response parameter: SIZE\n\
         \u{20}   Response parameter: HELP\n"
    );
    assert_eq!(
        shown[3].tree,
        "Simple Mail Transfer Protocol\n\
         \u{20} Command Line: MAIL FROM:<a@b>\\r\\n\n\
         \u{20}   Command: MAIL\n\
         \u{20}   Request parameter: FROM:<a@b>\n\
         \u{20} Command Line: RCPT TO:<c@d>\\r\\n\n\
         \u{20}   Command: RCPT\n\
         \u{20}   Request parameter: TO:<c@d>\n\
         \u{20} Command Line: QUIT\\r\\n\n\
         \u{20}   Command: QUIT\n"
    );
    assert_eq!(
        shown[4].row,
        "SMTP: S: 250 OK | 550 No such user here | 221 bye"
    );
    assert!(shown[4].fields.contains(&"smtp.rsp") && !shown[4].fields.contains(&"smtp.req"));
}

#[test]
fn a_reply_whose_code_changes_is_noted() {
    let shown = Talk::new(25).server(b"250-a\r\n251 b\r\n").read();
    assert!(
        shown[0]
            .tree
            .contains("! Unexpected response code 251 in multiline response. Expected 250\n"),
        "{}",
        shown[0].tree
    );
}

#[test]
fn a_line_over_two_segments_is_one_command() {
    let talk = Talk::new(25).client(b"EHLO fo").client(b"o.com\r\n");
    assert_eq!(rows(&talk)[1], "SMTP: C: EHLO foo.com");
}

#[test]
fn a_mail_is_put_together_at_its_dot() {
    let talk = Talk::new(25)
        .client(b"DATA\r\n")
        .server(b"354 go\r\n")
        .client(b"Subject: x\r\n\r\nhel")
        .client(b"lo\r\n.\r\n")
        .client(b"QUIT\r\n");
    let shown = talk.read();
    assert_eq!(shown[2].row, "SMTP: C: DATA fragment, 17 bytes");
    assert!(shown[2].tree.contains("Reassembled DATA in frame: 4\n"));
    assert_eq!(shown[3].row, "SMTP/IMF: subject: x, , hello  ");
    assert!(
        shown[3].tree.starts_with(
            "Simple Mail Transfer Protocol\n\
             \u{20} C: .\n\
             \u{20} 2 DATA fragments (21 bytes): #3(17), #4(4)\n\
             \u{20}   Frame: 3, payload: 0-16 (17 bytes)\n\
             \u{20}   Frame: 4, payload: 17-20 (4 bytes)\n\
             \u{20}   DATA fragment count: 2\n\
             \u{20}   Reassembled DATA length: 21\n\
             Internet Message Format\n\
             \u{20} Subject: x\n"
        ),
        "{}",
        shown[3].tree
    );
    assert_eq!(shown[3].buffers[0], b"Subject: x\r\n\r\nhello\r\n");
    assert_eq!(shown[4].row, "SMTP: C: QUIT");
}

/// Dots that do not end the mail: inside a line, doubled, behind a bare line feed at the end of a segment.
#[test]
fn only_a_dot_alone_on_its_line_ends_a_mail() {
    let talk = Talk::new(25)
        .client(b"DATA\r\n")
        .client(b"Subject: x\r\n\r\nhello")
        .client(b".\r\n..\r\n")
        .client(b".\r\n");
    let rows = rows(&talk);
    assert_eq!(rows[2], "SMTP: C: DATA fragment, 7 bytes");
    assert_eq!(rows[3], "SMTP/IMF: subject: x, , hello.  , ..  ");
    // A dot right behind DATA, without an end of line of the mail before it, is taken for text, as everybody does.
    let talk = Talk::new(25).client(b"DATA\r\n").client(b".\r\n");
    assert_eq!(self::rows(&talk)[1], "SMTP: C: DATA fragment, 3 bytes");
}

#[test]
fn a_mail_with_a_hole_still_ends() {
    let talk = Talk::new(25)
        .client(b"DATA\r\n")
        .client(b"A: b\r\n\r\nxx\r\n")
        .lost(14)
        .client(b"zzz\r\n.\r\n")
        .client(b"NOOP\r\n");
    let rows = rows(&talk);
    assert!(rows[2].starts_with("SMTP/IMF: "), "{}", rows[2]);
    assert_eq!(rows[3], "SMTP: C: NOOP");
}

#[test]
fn chunks_count_their_bytes() {
    let talk = Talk::new(25)
        .client(b"BDAT 12\r\n")
        .client(b"Subject: x\r\n")
        .server(b"250 ok\r\n")
        .client(b"BDAT 6 LAST\r\n")
        .client(b"\r\nhi\r\n")
        .client(b"QUIT\r\n");
    let shown = talk.read();
    assert_eq!(shown[1].row, "SMTP: C: DATA fragment, 12 bytes");
    assert!(shown[1].tree.contains("Reassembled DATA in frame: 5\n"));
    assert_eq!(shown[3].row, "SMTP: C: BDAT 6 LAST");
    assert_eq!(shown[4].buffers, [b"Subject: x\r\n\r\nhi\r\n".to_vec()]);
    assert!(
        shown[4]
            .tree
            .contains("2 DATA fragments (18 bytes): #2(12), #5(6)")
    );
    assert!(shown[4].tree.contains("Subject: x"), "{}", shown[4].tree);
    assert_eq!(shown[5].row, "SMTP: C: QUIT");
}

/// RFC 3030: chunks and commands may come in one segment, and the last chunk may be empty.
#[test]
fn chunks_behind_and_before_commands() {
    let mail = b"Subject: x\r\n\r\nhi\r\n";
    let shown = Talk::new(25)
        .client(b"MAIL FROM:<a@b>\r\nBDAT 18 LAST\r\nSubject: x\r\n\r\nhi\r\nQUIT\r\n")
        .server(b"250 ok\r\n")
        .client(b"RSET\r\n")
        .client(b"BDAT 9\r\nSubject: ")
        .client(b"BDAT 9\r\nx\r\n\r\nhi\r\n")
        .client(b"BDAT 0 LAST\r\n")
        .read();
    assert_eq!(shown[0].buffers, [mail.to_vec()]);
    assert_eq!(shown[2].row, "SMTP: C: RSET");
    assert_eq!(shown[5].buffers, [mail.to_vec()]);
    assert!(shown[5].row.contains("subject: x"), "{}", shown[5].row);
    assert!(shown[3].tree.contains("Reassembled DATA in frame: 6\n"));
}

#[test]
fn names_and_passwords_are_decoded_and_marked() {
    let talk = Talk::new(587)
        .client(b"AUTH LOGIN\r\n")
        .server(b"334 VXNlcm5hbWU6\r\n")
        .client(b"Ym9i\r\n")
        .server(b"334 UGFzc3dvcmQ6\r\n")
        .client(b"c2VjcmV0\r\n")
        .server(b"235 ok\r\n")
        .client(b"AUTH PLAIN AGJvYgBzZWNyZXQ=\r\n")
        .client(b"RSET\r\n");
    let shown = talk.read();
    assert_eq!(shown[2].row, "SMTP: C: User: Ym9i");
    assert_eq!(
        shown[2].tree,
        "Simple Mail Transfer Protocol\n  Username: Ym9i\n    [Username: bob]\n"
    );
    assert_eq!(shown[4].row, "SMTP: C: Pass: c2VjcmV0");
    assert_eq!(
        shown[4].tree,
        "Simple Mail Transfer Protocol\n  Password: c2VjcmV0\n    [Password: secret]\n    ! Password readable on the wire\n"
    );
    assert!(
        shown[6].tree.contains(
            "    Username/Password: AGJvYgBzZWNyZXQ=\n      [Username: bob]\n      [Password: secret]\n"
        ),
        "{}",
        shown[6].tree
    );
    assert!(shown[6].fields.contains(&"credentials.cleartext"));
    assert_eq!(shown[7].row, "SMTP: C: RSET");
}

/// Of several tries only the last is shown as a login, as everybody does.
#[test]
fn an_earlier_try_to_log_in_is_a_line_like_others() {
    let login = |talk: Talk, user: &[u8]| {
        talk.client(b"AUTH LOGIN\r\n")
            .server(b"334 x\r\n")
            .client(user)
            .server(b"334 y\r\n")
            .client(b"YQ==\r\n")
            .server(b"535 no\r\n")
    };
    let rows = rows(&login(login(Talk::new(25), b"Ym9i\r\n"), b"Ym9j\r\n"));
    assert_eq!(rows[2], "SMTP: C: Ym9i");
    assert_eq!(rows[8], "SMTP: C: User: Ym9j");
    assert_eq!(rows[10], "SMTP: C: Pass: YQ==");
}

#[test]
fn starttls_hands_the_stream_over() {
    let talk = Talk::new(25)
        .client(b"STARTTLS\r\n")
        .server(b"220 go\r\n")
        .client(b"\x16\x03\x01\0\x04\x0e\0\0\0");
    let shown = talk.read();
    assert_eq!(shown[0].row, "SMTP: C: STARTTLS");
    assert!(shown[2].fields.contains(&"tls"), "{:?}", shown[2].fields);
    // Refused: it goes on in the clear.
    let talk = Talk::new(25)
        .client(b"STARTTLS\r\n")
        .server(b"454 no\r\n")
        .client(b"QUIT\r\n");
    assert_eq!(rows(&talk)[2], "SMTP: C: QUIT");
}

#[test]
fn other_ports_are_recognised_by_the_greeting() {
    for known in [
        &b"220 x ESMTP\r\n"[..],
        b"220-mail.example smtp ready\r\n220 x\r\n",
        b"EHLO bar.com\r\n",
    ] {
        assert!(recognise(known));
    }
    for other in [
        &b"220 FTP server\r\n"[..],
        b"220 ESMTP without an end",
        b"EHLO \r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"",
    ] {
        assert!(!recognise(other));
    }
    let talk = Talk::new(2525)
        .server(b"220 x ESMTP\r\n")
        .client(b"EHLO a\r\n");
    assert_eq!(rows(&talk), ["SMTP: S: 220 x ESMTP", "SMTP: C: EHLO a"]);
}

/// Whatever the bytes and however they are cut, nothing panics and every byte after a mail is found again.
#[test]
fn every_cut_of_a_session_is_dissected() {
    let session = b"EHLO a\r\nAUTH LOGIN Ym9i\r\nMAIL FROM:<a>\r\nDATA\r\nTo: G: a <b>,\r\n c;\r\nContent-Type: multipart/mixed; boundary=X\r\n\r\n--X\r\nContent-Type: text/plain; a=b\r\n\r\nx\r\n--X--\r\n.\r\nBDAT 3 LAST\r\nabcQUIT\r\n";
    for at in 1..session.len() {
        let shown = Talk::new(25)
            .client(&session[..at])
            .client(&session[at..])
            .read();
        assert_eq!(shown.len(), 2);
        Talk::new(25).client(&session[..at]).read();
    }
}
