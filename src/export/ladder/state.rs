//! The states of a TCP connection.

/// A state of an end (RFC 9293, section 3.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TcpState {
    /// There is no connection.
    Closed,
    /// Waits for somebody to ask.
    Listen,
    /// Has asked for a connection.
    SynSent,
    /// Was asked and has agreed; waits for the confirmation.
    SynReceived,
    /// The connection stands.
    Established,
    /// Has said everything, and waits for that to be acknowledged.
    FinWait1,
    /// Has said everything, and waits for the other end to do so.
    FinWait2,
    /// The other end has said everything; the program here has not.
    CloseWait,
    /// Both have said everything at the same time.
    Closing,
    /// Was the last to say everything, and waits for that to be acknowledged.
    LastAck,
    /// Waits long enough to be sure that the other end knows.
    TimeWait,
}

impl TcpState {
    /// All of them.
    pub const ALL: [TcpState; 11] = [
        TcpState::Closed,
        TcpState::Listen,
        TcpState::SynSent,
        TcpState::SynReceived,
        TcpState::Established,
        TcpState::FinWait1,
        TcpState::FinWait2,
        TcpState::CloseWait,
        TcpState::Closing,
        TcpState::LastAck,
        TcpState::TimeWait,
    ];

    /// Its name in RFC 9293.
    pub const fn name(self) -> &'static str {
        match self {
            TcpState::Closed => "CLOSED",
            TcpState::Listen => "LISTEN",
            TcpState::SynSent => "SYN-SENT",
            TcpState::SynReceived => "SYN-RECEIVED",
            TcpState::Established => "ESTABLISHED",
            TcpState::FinWait1 => "FIN-WAIT-1",
            TcpState::FinWait2 => "FIN-WAIT-2",
            TcpState::CloseWait => "CLOSE-WAIT",
            TcpState::Closing => "CLOSING",
            TcpState::LastAck => "LAST-ACK",
            TcpState::TimeWait => "TIME-WAIT",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<TcpState> {
        TcpState::ALL.into_iter().find(|s| s.name() == name)
    }

    /// What it means, in plain words.
    pub const fn meaning(self) -> &'static str {
        match self {
            TcpState::Closed => "there is no connection",
            TcpState::Listen => "waits for somebody to ask",
            TcpState::SynSent => "has asked for a connection and waits for the answer",
            TcpState::SynReceived => "has agreed and waits for the confirmation",
            TcpState::Established => "the connection stands, data can flow",
            TcpState::FinWait1 => "has said everything and waits for that to be acknowledged",
            TcpState::FinWait2 => "has said everything; the other end may still speak",
            TcpState::CloseWait => "the other end has said everything; this one may still speak",
            TcpState::Closing => "both have said everything at the same time",
            TcpState::LastAck => "has said everything, as the last, and waits for the last ACK",
            TcpState::TimeWait => "waits a while, in case its last ACK got lost",
        }
    }
}
