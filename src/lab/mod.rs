//! The Lab: exchanges from textbooks, played by machines that are made for it, so that their packets can be looked at.
//!
//! ```text
//! script (assets/lab/*.lab) ─┐                       ┌─ simulated: world (smoltcp, virtual clock, seed) ─┐
//! recipe (src/lab/recipes)  ─┴─► Plan ─► a Peer each ┤                                                   ├─► Played
//!                                                    └─ loopback: real sockets, recorded with libpcap ───┘
//! ```
//!
//! A [`Plan`] says who takes part and what happens in which order. Each host goes through it as a [`Peer`](peer::Peer), a
//! state machine over bytes that does its own steps and waits for those of the others; so a peer that says something else
//! than the plan has, or nothing at all, is noticed and told. In the simulation nothing is left to chance that does not
//! come from the seed: the same plan, faults and seed give the same frames, byte for byte.
//!
//! What comes of it, [`Played`], holds the frames (with what became of each on the wire, and TCP's states at both ends)
//! and the steps that they belong to, in plain words: enough for a list, a file with comments, or a picture.

mod against;
mod catalogue;
mod host;
mod link;
mod loopback;
mod peer;
mod plan;
mod play;
mod recipes;
mod recording;
mod router;
mod script;
mod words;
mod world;

pub use against::{
    Against, Intent, Limits, Outgoing, PlayedAgainst, Target, Told, host_refuses, intent,
    play_against,
};
pub use catalogue::{CATALOGUE, CatalogueError, Entry, find, open};
pub use link::{FAULT_NAMES, Fate, Fault, Faults, What, Which};
pub use loopback::{
    Loopback, MOVED_BY, Moved, play_loopback, play_loopback_until, play_loopback_with,
    sockets_refuse, sockets_refuse_fault, wants_rights,
};
pub use plan::{About, Act, Connection, End, Host, HostKind, Message, Plan, Step, Transport, Wire};
pub use play::{Choice, Ends, PlayError, Played, PlayedFrame, PlayedStep, TcpState, play};
pub use script::{Files, ScriptError, nearest, parse};

#[cfg(test)]
mod tests;
