//! Where SMTP's commands, replies and mails begin and end in a TCP stream, and what the session knows at each of them.
//!
//! What came in one segment is one message, as long as its first line is whole: clients send several commands at once
//! (RFC 2920), and a mail fills many segments. What the lines mean depends on what came before: behind DATA everything is mail
//! up to a line with a single dot, behind `BDAT n` the next n bytes are, behind AUTH come name and password.

use super::lines::{Line, lines};
use crate::flow::facts::{NONE, tag};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// The note about a message: see [`Note`] for its values.
pub(super) const MESSAGE: u16 = tag(b"SM");

/// A line longer than this is not waited for.
const LINE_LIMIT: usize = 1 << 19;

/// What a message is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum What {
    /// Replies of the server.
    #[default]
    Replies,
    /// Commands of the client.
    Commands,
    /// A part of a mail, or a line that is no command.
    Part,
    /// The end of a mail, with its last part before it.
    End,
}

/// The lines of the message are the name of a login.
pub(super) const USER: u32 = 1;
/// They are its password.
pub(super) const PASSWORD: u32 = 2;
/// They are name and password together.
pub(super) const BOTH: u32 = 4;
/// They are what NTLM sends.
pub(super) const NTLM: u32 = 8;
/// Behind `AUTH LOGIN` stands the name.
pub(super) const USER_INLINE: u32 = 16;
/// Behind `AUTH PLAIN` stand name and password.
pub(super) const BOTH_INLINE: u32 = 32;
/// It is a part of a mail that came by BDAT.
pub(super) const CHUNK: u32 = 64;

/// What the scan notes about a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Note {
    pub what: What,
    /// Of the constants above.
    pub marks: u32,
    /// Index of the message in the facts.
    pub message: u32,
    /// Index of the note about the part of the mail before this one, or [`NONE`].
    pub before: u32,
    /// The frame with the end of the mail; 0 = it was not seen, or this is no part of a mail.
    pub whole_in: u32,
    /// Where the bytes of the message that belong to the mail end; 0 = there are none.
    pub part: u32,
    /// Where they begin: before them stand commands.
    pub skip: u32,
}

impl Note {
    /// The values as they are kept.
    fn values(self) -> [u32; 7] {
        let what = match self.what {
            What::Replies => 0,
            What::Commands => 1,
            What::Part => 2,
            What::End => 3,
        };
        [
            what,
            self.marks,
            self.message,
            self.before,
            self.whole_in,
            self.part,
            self.skip,
        ]
    }

    /// A note from the values as they are kept.
    pub fn of(values: &[u32; 7]) -> Note {
        Note {
            what: match values[0] {
                0 => What::Replies,
                1 => What::Commands,
                2 => What::Part,
                _ => What::End,
            },
            marks: values[1],
            message: values[2],
            before: values[3],
            whole_in: values[4],
            part: values[5],
            skip: values[6],
        }
    }
}

/// Index of [`Note::marks`] and [`Note::whole_in`] among the values.
const MARKS_AT: usize = 1;
const WHOLE_IN_AT: usize = 4;

/// What the client's lines are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Commands.
    #[default]
    Commands,
    /// Commands, and whatever the server asked for: nothing is taken for a part of a mail.
    Asked,
    /// A mail, up to the dot.
    Data,
    /// A mail by its length: so many bytes are to come, so many came, and whether this is its last chunk.
    Chunk { total: u64, came: u64, last: bool },
}

/// How far a login is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Login {
    #[default]
    None,
    /// `AUTH LOGIN` was sent; when the server asks, the name comes.
    AskedName,
    /// The next line is the name.
    Name,
    /// The name was sent; when the server asks, the password comes.
    AskedSecret,
    /// The next line is the password.
    Secret,
    /// `AUTH PLAIN` was sent without anything behind it.
    AskedBoth,
    /// The next line is name and password.
    Both,
    /// `AUTH NTLM` was sent with the first message.
    AskedProof,
    /// The next line is the third message.
    Proof,
}

/// Finds SMTP's messages in one TCP conversation.
#[derive(Default)]
pub(super) struct SmtpFramer {
    /// The way in which the client sends.
    client: Option<Direction>,
    phase: Phase,
    login: Login,
    /// STARTTLS was asked for and is not answered.
    starttls: bool,
    /// It was granted.
    tls: bool,
    /// The last chunk of a mail was announced, and is empty.
    nothing_more: bool,
    /// The mail's part before ended with an end of line.
    after_line: bool,
    /// So many bytes of a first line hold no end of it.
    searched: [usize; 2],
    /// The message at hand in either direction.
    pending: [Note; 2],
    /// Note about the newest part of the mail.
    newest: u32,
    /// Notes about the newest name, password, both, and NTLM proof: only the last try counts as a login.
    tries: [u32; 4],
}

/// A framer for a new conversation.
pub(super) fn new() -> Box<dyn Framer> {
    Box::new(SmtpFramer {
        newest: NONE,
        tries: [NONE; 4],
        ..SmtpFramer::default()
    })
}

impl Framer for SmtpFramer {
    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        let searched = &mut self.searched[direction as usize];
        if bytes.len() < LINE_LIMIT && !has_line(bytes, *searched) {
            *searched = bytes.len().saturating_sub(1);
            return Step::Need;
        }
        *searched = 0;
        let client = *self.client.get_or_insert_with(|| {
            let forward = match context.ports {
                [_, to] if super::is_port(to) => true,
                [from, _] if super::is_port(from) => false,
                // Replies begin with digits.
                _ => (direction == Direction::Forward) != bytes[0].is_ascii_digit(),
            };
            if forward {
                Direction::Forward
            } else {
                Direction::Backward
            }
        });
        self.pending[direction as usize] = if direction == client {
            self.requests(bytes)
        } else {
            self.replies(bytes)
        };
        Step::End(bytes.len() as u64)
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let mut note = std::mem::take(&mut self.pending[direction as usize]);
        note.message = context.message;
        let in_mail = note.part > 0;
        if in_mail || note.what == What::End || note.whole_in != 0 {
            note.before = self.newest;
        }
        if note.whole_in != 0 {
            note.whole_in = context.frame;
            // The parts before learn where the whole is shown.
            let mut at = note.before;
            while let Some(values) = context.amend(at) {
                values[WHOLE_IN_AT] = note.whole_in;
                at = Note::of(values).before;
            }
        }
        let index = context.note(MESSAGE, direction as u16, note.values());
        if note.whole_in != 0 {
            self.newest = NONE;
        } else if in_mail {
            self.newest = index;
        }
        let tries = [USER | USER_INLINE, PASSWORD, BOTH | BOTH_INLINE, NTLM];
        for (kind, newest) in tries.iter().zip(&mut self.tries) {
            if note.marks & kind != 0 {
                let older = std::mem::replace(newest, index);
                if let Some(values) = context.amend(older) {
                    values[MARKS_AT] &= !kind;
                }
            }
        }
        index
    }

    fn reset(&mut self, direction: Direction) {
        self.searched[direction as usize] = 0;
    }

    fn hand_over(&mut self) -> Option<&'static str> {
        std::mem::take(&mut self.tls).then_some("tls")
    }
}

/// Whether the first line is whole. A carriage return at the very end may be half of its end.
fn has_line(bytes: &[u8], searched: usize) -> bool {
    let from = searched.min(bytes.len());
    match memchr::memchr2(b'\r', b'\n', &bytes[from..]) {
        Some(at) => bytes[from + at] == b'\n' || from + at + 1 < bytes.len(),
        None => false,
    }
}

impl SmtpFramer {
    fn replies(&mut self, bytes: &[u8]) -> Note {
        for line in lines(bytes) {
            match line.code(bytes) {
                Some(334) => {
                    self.login = match self.login {
                        Login::AskedName => Login::Name,
                        Login::AskedSecret => Login::Secret,
                        Login::AskedBoth => Login::Both,
                        Login::AskedProof => Login::Proof,
                        other => other,
                    }
                }
                Some(code) => {
                    if matches!(
                        self.login,
                        Login::Name | Login::Secret | Login::Both | Login::Proof
                    ) {
                        self.login = Login::None; // that was asked before, and is over
                    }
                    if std::mem::take(&mut self.starttls) {
                        self.tls = code == 220;
                    }
                }
                None => {}
            }
        }
        Note::default()
    }

    fn requests(&mut self, bytes: &[u8]) -> Note {
        let mut note = Note {
            what: What::Part,
            before: NONE,
            ..Note::default()
        };
        let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        for line in lines(bytes) {
            let rest = &bytes[line.start..];
            match self.phase {
                Phase::Data => {
                    let end = self.after_line && rest.starts_with(b".\r\n")
                        || rest.starts_with(b"\r\n.\r\n");
                    self.after_line = bytes.ends_with(b"\r\n");
                    if end {
                        self.phase = Phase::Commands;
                        note.what = What::End;
                        note.part = u32::try_from(line.start).unwrap_or(u32::MAX);
                        note.whole_in = 1; // the frame is not known yet
                        return note;
                    }
                    note.what = What::Part;
                    note.part = len;
                }
                Phase::Chunk { total, came, last } => {
                    let missing = total.saturating_sub(came);
                    let came = came.saturating_add(rest.len() as u64);
                    note.what = What::Part;
                    note.skip = u32::try_from(line.start).unwrap_or(u32::MAX);
                    note.part = note
                        .skip
                        .saturating_add(u32::try_from(missing).unwrap_or(u32::MAX))
                        .min(len);
                    note.marks |= CHUNK;
                    if came >= total {
                        // Commands behind it in the same segment are not looked at.
                        self.phase = Phase::Commands;
                        note.whole_in = u32::from(last);
                    } else {
                        self.phase = Phase::Chunk { total, came, last };
                    }
                    return note;
                }
                Phase::Commands | Phase::Asked => {
                    note.what = self.command(bytes, line, &mut note.marks);
                    if std::mem::take(&mut self.nothing_more) {
                        note.marks |= CHUNK;
                        note.whole_in = 1;
                    }
                }
            }
        }
        note
    }

    /// A line of the client outside of a mail.
    fn command(&mut self, bytes: &[u8], line: Line, marks: &mut u32) -> What {
        let mark = match self.login {
            Login::Name => Some((USER, Login::AskedSecret)),
            Login::Secret => Some((PASSWORD, Login::None)),
            Login::Both => Some((BOTH, Login::None)),
            Login::Proof => Some((NTLM, Login::None)),
            _ => None,
        };
        if let Some((mark, next)) = mark {
            *marks |= mark;
            self.login = next;
            return What::Commands;
        }
        let text = line.text(bytes);
        if !is_command(text) {
            return if self.phase == Phase::Asked {
                What::Commands
            } else {
                What::Part
            };
        }
        let begins = |with: &[u8]| {
            text.get(..with.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(with))
        };
        if begins(b"DATA") {
            self.phase = Phase::Data;
            self.after_line = false;
            self.starttls = false;
        } else if begins(b"BDAT") {
            let total = chunk_length(&text[4..]);
            let last = text[text.len() - 4..].eq_ignore_ascii_case(b"LAST");
            if total > 0 {
                self.phase = Phase::Chunk {
                    total,
                    came: 0,
                    last,
                };
                self.starttls = false;
            }
            self.nothing_more = total == 0 && last;
        } else if begins(b"STARTTLS") {
            self.phase = Phase::Asked;
            self.starttls = true;
        } else if begins(b"AUTH LOGIN") {
            self.phase = Phase::Asked;
            self.login = Login::AskedName;
            if text.len() > 11 {
                self.login = Login::AskedSecret;
                *marks |= USER_INLINE;
            }
        } else if begins(b"AUTH PLAIN") {
            self.phase = Phase::Asked;
            self.login = Login::AskedBoth;
            if text.len() > 11 {
                self.login = Login::None;
                *marks |= BOTH_INLINE;
            }
        } else if begins(b"AUTH NTLM") && text.len() > 10 {
            self.phase = Phase::Asked;
            self.login = Login::AskedProof;
        }
        What::Commands
    }
}

/// Commands that are longer than four letters.
const LONG: &[&[u8]] = &[b"STARTTLS", b"X-EXPS", b"X-LINK2STATE", b"XEXCH50"];

/// Whether a line is a command: four letters, or one of the few longer words, and a blank or nothing behind.
pub(super) fn is_command(text: &[u8]) -> bool {
    let word = text.split(|b| *b == b' ').next().unwrap_or(text);
    word.len() == 4 && word.iter().all(u8::is_ascii_alphabetic)
        || LONG.iter().any(|l| word.eq_ignore_ascii_case(l))
}

/// The number behind BDAT. One that does not fit (or is negative, which some send) is more than can come.
fn chunk_length(text: &[u8]) -> u64 {
    let text = text.trim_ascii_start();
    let (digits, negative) = match text {
        [b'-', rest @ ..] => (rest, true),
        [b'+', rest @ ..] => (rest, false),
        _ => (text, false),
    };
    let number = digits
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .fold(0u64, |n, b| {
            n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
        });
    if negative && number > 0 {
        u64::MAX
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use super::{chunk_length, has_line, is_command};

    #[test]
    fn commands_are_four_letters_and_few_others() {
        for text in ["EHLO x", "quit", "XFOO  y", "STARTTLS", "x-exps a"] {
            assert!(is_command(text.as_bytes()), "{text}");
        }
        for text in ["", "foo", "foo bar", "HELOx", "A1BC", "MAIL:x", "STARTTLSX"] {
            assert!(!is_command(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn lengths_of_chunks() {
        assert_eq!(chunk_length(b" 4404 LAST"), 4404);
        assert_eq!(chunk_length(b""), 0);
        assert_eq!(chunk_length(b" x"), 0);
        assert_eq!(chunk_length(b" -1 LAST"), u64::MAX);
        assert_eq!(chunk_length(b" 99999999999999999999999"), u64::MAX);
    }

    #[test]
    fn a_line_is_whole_with_its_end() {
        assert!(has_line(b"QUIT\r\n", 0));
        assert!(has_line(b"QUIT\n", 0));
        assert!(has_line(b"a\rb", 0));
        assert!(!has_line(b"QUIT\r", 0));
        assert!(!has_line(b"QUIT", 2));
        assert!(has_line(b"QUIT\r\n", 4));
    }
}
