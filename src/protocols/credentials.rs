//! Passwords that anybody on the way can read. The mail, file and terminal protocols of the first decades send them in the
//! clear; each of those dissectors marks the place with the one issue of this file.

use crate::dissect::{Layer, NodeId};

crate::issues! {
    /// A password crosses the network as it is: everybody on the way can read it, and use it. TLS hides it.
    CLEAR_TEXT = Issue::new("credentials.cleartext", "Password readable on the wire", Severity::Warn, Group::Security);
}

/// Mark a node (the line or the parameter that holds the password, plain or in an encoding like Base64) as readable.
pub fn readable(l: &mut Layer<'_, '_>, at: NodeId) {
    l.issue(at, &CLEAR_TEXT);
}

/// How a client proves who it is, line by line, after a command that begins a SASL exchange (RFC 4954, RFC 5034, RFC 9051).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Proof {
    /// Not at it.
    #[default]
    None,
    /// The next line holds the password, encoded but not protected.
    Password,
    /// The next line holds the name, the one behind it the password.
    NameFirst,
}

impl Proof {
    /// What the mechanism (`PLAIN`, `LOGIN`) lets follow; `initial` if the first answer came with the command. The second value
    /// tells that the password was in there.
    pub fn begin(mechanism: &[u8], initial: bool) -> (Proof, bool) {
        // One line with everything, or a token that is as good as a password.
        let at_once = [&b"PLAIN"[..], b"XOAUTH2", b"OAUTHBEARER"];
        if at_once.iter().any(|m| mechanism.eq_ignore_ascii_case(m)) {
            return if initial {
                (Proof::None, true)
            } else {
                (Proof::Password, false)
            };
        }
        match (mechanism.eq_ignore_ascii_case(b"LOGIN"), initial) {
            (true, false) => (Proof::NameFirst, false),
            (true, true) => (Proof::Password, false),
            // The others prove the password without sending it.
            (false, _) => (Proof::None, false),
        }
    }

    /// The client's next line: whether it holds the password.
    pub fn line(&mut self) -> bool {
        let (next, password) = match self {
            Proof::None => (Proof::None, false),
            Proof::Password => (Proof::None, true),
            Proof::NameFirst => (Proof::Password, false),
        };
        *self = next;
        password
    }
}

#[cfg(test)]
mod tests {
    use super::Proof;

    #[test]
    fn the_line_with_the_password_is_known() {
        let (mut proof, now) = Proof::begin(b"login", false);
        assert!(!now);
        assert!(!proof.line(), "this is the name");
        assert!(proof.line(), "this is the password");
        assert!(!proof.line(), "nothing more follows");
        assert_eq!(Proof::begin(b"PLAIN", true), (Proof::None, true));
        assert_eq!(Proof::begin(b"PLAIN", false), (Proof::Password, false));
        assert_eq!(Proof::begin(b"CRAM-MD5", false), (Proof::None, false));
    }
}
