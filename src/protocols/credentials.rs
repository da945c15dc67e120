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
