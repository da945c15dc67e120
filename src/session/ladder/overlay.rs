//! What whoever made the packets knows of them, beyond what a capture tells: a play of the Lab.

use std::collections::BTreeMap;

use crate::export::ladder::{Fate, LifeLine, TcpState};
use crate::lab;

/// What is known of the frames of a play.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    /// Who takes part.
    pub(super) lines: Vec<LifeLine>,
    /// By frame number, from 1.
    frames: Vec<Known>,
}

/// What is known of a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub(super) from: usize,
    pub(super) to: Option<usize>,
    pub(super) sent_ns: i64,
    pub(super) there_ns: Option<i64>,
    pub(super) fate: Fate,
    /// The two ends of the connection and their states: the client first.
    pub(super) ends: Option<[(usize, TcpState); 2]>,
    pub(super) words: String,
    pub(super) step: usize,
}

impl Overlay {
    /// Of a play. The session must hold exactly its frames, in their order.
    pub fn of_play(played: &lab::Played) -> Overlay {
        // Hosts that nothing passes by on the wire that is recorded have no line.
        let mut lines = Vec::new();
        let mut places = BTreeMap::new();
        let seen = |at: usize| {
            played
                .frames
                .iter()
                .any(|f| f.from == at || f.to == Some(at))
        };
        for (at, host) in played.hosts.iter().enumerate().filter(|(at, _)| seen(*at)) {
            places.insert(at, lines.len());
            let addresses = host
                .addresses
                .iter()
                .map(|(address, _)| address.to_string());
            lines.push(LifeLine {
                name: host.name.clone(),
                address: addresses.collect::<Vec<_>>().join(", "),
            });
        }
        let place = |host: usize| places.get(&host).copied().unwrap_or(0);
        let frames = played.frames.iter().map(|frame| Known {
            from: place(frame.from),
            to: frame.to.map(place),
            sent_ns: frame.sent_ns,
            there_ns: frame.there_ns,
            fate: match frame.fate {
                lab::Fate::Arrives => Fate::Arrived,
                lab::Fate::Lost => Fate::Lost,
                lab::Fate::Late => Fate::Late,
                lab::Fate::Twice => Fate::Doubled,
                lab::Fate::Damaged => Fate::Damaged,
            },
            ends: frame.ends.and_then(|ends| {
                let state = |state: lab::TcpState| TcpState::named(&state.to_string());
                Some([
                    (place(ends.client), state(ends.client_state)?),
                    (place(ends.server), state(ends.server_state)?),
                ])
            }),
            words: frame.words.clone(),
            step: frame.step,
        });
        Overlay {
            frames: frames.collect(),
            lines,
        }
    }

    /// What is known of a frame.
    pub(super) fn of(&self, frame: u32) -> Option<&Known> {
        self.frames.get((frame as usize).checked_sub(1)?)
    }
}
