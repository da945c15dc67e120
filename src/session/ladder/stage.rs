//! Where the protocol of a mail or file server stands: from the commands and replies that passed. The names are those of the RFCs
//! where they have names (POP3, IMAP), and plain words otherwise (SMTP, FTP).

use std::collections::VecDeque;

use crate::dissect::{Tree, Value};

/// Commands that wait for their replies, at most.
const PENDING: usize = 64;

/// Letters of a word that matter.
const LETTERS: usize = 12;

/// Which protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speech {
    Smtp,
    Pop,
    Imap,
    Ftp,
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    /// A command, in capitals, with its tag (IMAP).
    Command(String, String),
    /// A reply: a number, or a word in capitals, with its tag.
    Number(u64),
    Status(String, String),
}

/// Something said by a protocol whose stages are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    speech: Speech,
    what: What,
}

/// The words in a packet.
pub(super) fn words(tree: &Tree, frame: &[u8]) -> Vec<Word> {
    let mut out = Vec::new();
    let mut tag = String::new();
    for node in &tree.nodes {
        let text = || {
            let bytes = tree.value_bytes(frame, node);
            let bytes = &bytes[..bytes.len().min(LETTERS)];
            String::from_utf8_lossy(bytes).trim().to_ascii_uppercase()
        };
        let number = match node.value {
            Value::U(number) => number,
            _ => 0,
        };
        let (speech, what) = match node.field.abbrev {
            "smtp.req.command" => (Speech::Smtp, What::Command(text(), String::new())),
            "smtp.eom" => (Speech::Smtp, What::Command(".".into(), String::new())),
            "smtp.response.code" => (Speech::Smtp, What::Number(number)),
            "pop.request.command" => (Speech::Pop, What::Command(text(), String::new())),
            "pop.response.indicator" => (Speech::Pop, What::Status(text(), String::new())),
            "imap.request_tag" | "imap.response_tag" => {
                tag = text();
                continue;
            }
            "imap.line" => {
                // What belongs to no command: `* BYE ...` (RFC 9051, section 7.1).
                let line = tree.value_bytes(frame, node);
                let word = line.strip_prefix(b"* ").unwrap_or_default();
                let word = word.split(|b| *b == b' ').next().unwrap_or_default();
                let known: [&[u8]; 3] = [b"OK", b"PREAUTH", b"BYE"];
                if !known.iter().any(|k| word.eq_ignore_ascii_case(k)) {
                    continue;
                }
                let word = String::from_utf8_lossy(word).to_ascii_uppercase();
                (Speech::Imap, What::Status(word, "*".into()))
            }
            "imap.request.command" => (Speech::Imap, What::Command(text(), tag.clone())),
            "imap.response.status" => (Speech::Imap, What::Status(text(), tag.clone())),
            "ftp.request.command" => (Speech::Ftp, What::Command(text(), String::new())),
            "ftp.response.code" => (Speech::Ftp, What::Number(number)),
            _ => continue,
        };
        if out.len() < PENDING {
            out.push(Word { speech, what });
        }
    }
    out
}

/// The stage of a conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct Stage {
    now: &'static str,
    /// Commands without a reply yet: name and tag.
    pending: VecDeque<(String, String)>,
    /// Somebody is logged in (FTP, IMAP).
    known: bool,
}

impl Stage {
    /// Its name; empty before anything was said.
    pub(super) fn name(&self) -> &'static str {
        self.now
    }

    /// Take in a word.
    pub(super) fn hear(&mut self, word: &Word) {
        match &word.what {
            What::Command(name, tag) => {
                if self.pending.len() < PENDING {
                    self.pending.push_back((name.clone(), tag.clone()));
                }
            }
            What::Number(code) => {
                // A reply of 1yz is a first one; another follows (RFC 959, section 4.2).
                let command = match *code / 100 {
                    1 => self.pending.front().cloned(),
                    _ => self.pending.pop_front(),
                };
                let command = command.map(|c| c.0).unwrap_or_default();
                let next = match word.speech {
                    Speech::Smtp => self.smtp(&command, *code),
                    _ => self.ftp(&command, *code),
                };
                self.now = next.unwrap_or(self.now);
            }
            What::Status(status, tag) => {
                let next = match word.speech {
                    Speech::Imap => self.imap(status, tag),
                    _ => self.pop(status),
                };
                self.now = next.unwrap_or(self.now);
            }
        }
    }

    /// RFC 5321, section 3 and 4.3.2.
    fn smtp(&mut self, command: &str, code: u64) -> Option<&'static str> {
        let command = command.get(..4).unwrap_or(command);
        match (command, code) {
            ("", 220) => Some("greeting"),
            ("", 554) => Some("refused"),
            ("EHLO" | "HELO", 250) => Some("identified"),
            ("AUTH", 334) => {
                // What comes next belongs to it, and has its reply.
                self.pending.push_front(("AUTH".into(), String::new()));
                Some("logging in")
            }
            ("AUTH", 235) => {
                self.pending.retain(|(c, _)| c.starts_with("MAIL"));
                Some("logged in")
            }
            ("MAIL", 250) => Some("sender"),
            ("RCPT", 250 | 251) => Some("recipients"),
            ("DATA", 354) => Some("mail data"),
            (".", 250) => Some("mail accepted"),
            ("BDAT", 250) => Some("mail data"),
            ("RSET", 250) => Some("identified"),
            ("STAR", 220) => Some("TLS begins"),
            ("QUIT", 221) | (_, 421) => Some("goodbye"),
            _ => None,
        }
    }

    /// RFC 1939, section 3.
    fn pop(&mut self, status: &str) -> Option<&'static str> {
        let command = self.pending.pop_front().map(|c| c.0);
        let good = status.starts_with("+OK");
        match command.as_deref() {
            None if good => Some("AUTHORIZATION"),
            Some("PASS" | "APOP" | "AUTH") if good => {
                self.known = true;
                Some("TRANSACTION")
            }
            Some("QUIT") if self.known => Some("UPDATE"),
            Some("QUIT") => Some("goodbye"),
            _ => None,
        }
    }

    /// RFC 9051, section 3.
    fn imap(&mut self, status: &str, tag: &str) -> Option<&'static str> {
        let command = match tag {
            "" | "*" => None,
            tag => {
                let at = self.pending.iter().position(|(_, t)| t == tag);
                at.and_then(|at| self.pending.remove(at)).map(|c| c.0)
            }
        };
        match (command.as_deref(), status) {
            (None, "OK") if self.now.is_empty() => Some("NOT AUTHENTICATED"),
            (None, "PREAUTH") => Some("AUTHENTICATED"),
            (None, "BYE") => Some("LOGOUT"),
            (Some("LOGIN" | "AUTHENTICATE"), "OK") => Some("AUTHENTICATED"),
            (Some("SELECT" | "EXAMINE"), "OK") => Some("SELECTED"),
            // A mailbox that cannot be selected leaves none selected.
            (Some("SELECT" | "EXAMINE"), "NO") if self.now == "SELECTED" => Some("AUTHENTICATED"),
            (Some("CLOSE" | "UNSELECT"), "OK") => Some("AUTHENTICATED"),
            (Some("LOGOUT"), "OK") => Some("LOGOUT"),
            _ => None,
        }
    }

    /// RFC 959, section 5.4.
    fn ftp(&mut self, command: &str, code: u64) -> Option<&'static str> {
        match (command, code) {
            ("", 220) => Some("greeting"),
            ("USER", 331) => Some("name given"),
            ("USER" | "PASS" | "ACCT", 230 | 202) => {
                self.known = true;
                Some("logged in")
            }
            ("USER" | "PASS" | "ACCT", 500..) => Some("not logged in"),
            ("RETR" | "STOR" | "STOU" | "APPE" | "LIST" | "NLST" | "MLSD", 100..=199) => {
                Some("transfer")
            }
            ("RETR" | "STOR" | "STOU" | "APPE" | "LIST" | "NLST" | "MLSD", _) if self.known => {
                Some("logged in")
            }
            ("REIN", 220) => Some("greeting"),
            ("QUIT", 221) | (_, 421) => Some("goodbye"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stages after each word: `>` before a command, `tag ` before IMAP's.
    fn run(speech: Speech, said: &[&str]) -> Vec<&'static str> {
        let mut stage = Stage::default();
        let mut told = Vec::new();
        for line in said {
            let (asks, rest) = match line.strip_prefix('>') {
                Some(rest) => (true, rest),
                None => (false, *line),
            };
            let (tag, word) = rest.split_once(' ').unwrap_or(("", rest));
            let what = match (asks, word.parse()) {
                (true, _) => What::Command(word.into(), tag.into()),
                (false, Ok(number)) => What::Number(number),
                (false, Err(_)) => What::Status(word.into(), tag.into()),
            };
            stage.hear(&Word { speech, what });
            told.push(stage.name());
        }
        told
    }

    #[test]
    fn smtp_goes_through_its_stages_and_replies_belong_to_pipelined_commands() {
        let stages = run(
            Speech::Smtp,
            &[
                "220", ">EHLO", "250", ">MAIL", ">RCPT", ">RCPT", ">DATA", "250", "250", "550",
                "354", ">.", "250", ">QUIT", "221",
            ],
        );
        assert_eq!(
            stages,
            [
                "greeting",
                "greeting",
                "identified",
                "identified",
                "identified",
                "identified",
                "identified",
                "sender",
                "recipients",
                "recipients",
                "mail data",
                "mail data",
                "mail accepted",
                "mail accepted",
                "goodbye"
            ]
        );
    }

    #[test]
    fn pop_updates_only_whoever_is_known() {
        let all = ["+OK", ">USER", "+OK", ">PASS", "-ERR", ">QUIT", "+OK"];
        let stages = run(Speech::Pop, &all);
        assert_eq!(stages[4..], ["AUTHORIZATION", "AUTHORIZATION", "goodbye"]);
        let all = ["+OK", ">USER", "+OK", ">PASS", "+OK", ">QUIT", "+OK"];
        let stages = run(Speech::Pop, &all);
        assert_eq!(stages[4..], ["TRANSACTION", "TRANSACTION", "UPDATE"]);
    }

    #[test]
    fn imap_has_four_states_and_answers_by_tag() {
        let stages = run(
            Speech::Imap,
            &[
                "* OK",
                ">A1 LOGIN",
                ">A2 SELECT",
                "A1 OK",
                "A2 OK",
                ">A3 CLOSE",
                "A3 OK",
                ">A4 LOGOUT",
                "* BYE",
                "A4 OK",
            ],
        );
        assert_eq!(
            stages,
            [
                "NOT AUTHENTICATED",
                "NOT AUTHENTICATED",
                "NOT AUTHENTICATED",
                "AUTHENTICATED",
                "SELECTED",
                "SELECTED",
                "AUTHENTICATED",
                "AUTHENTICATED",
                "LOGOUT",
                "LOGOUT"
            ]
        );
    }

    #[test]
    fn ftp_transfers_while_a_first_reply_waits_for_its_second() {
        let stages = run(
            Speech::Ftp,
            &[
                "220", ">USER", "331", ">PASS", "230", ">RETR", "150", "226", ">QUIT", "221",
            ],
        );
        assert_eq!(
            stages,
            [
                "greeting",
                "greeting",
                "name given",
                "name given",
                "logged in",
                "logged in",
                "transfer",
                "logged in",
                "logged in",
                "goodbye"
            ]
        );
    }
}
