//! The exchanges that the texts show, one module for each protocol: a capture of `captures/`, the rows of the packet list, and
//! the fields that are opened there.

use std::sync::Arc;

use wireglass::dissect::text::{label, show};
use wireglass::dissect::tree::HIDDEN;
use wireglass::dissect::{Tree, Want};
use wireglass::session::{Session, View};

use crate::support::{open, package};

/// A capture, opened.
struct Exchange {
    /// Keeps the session alive while the view is used.
    _session: Arc<Session>,
    view: View,
    tree: Tree,
}

// Not every module needs everything.
#[allow(dead_code)]
impl Exchange {
    /// Open a file of `captures/`.
    fn open(name: &str) -> Exchange {
        let session = open(&package("captures").join(name)).unwrap();
        let view = session.view();
        Exchange {
            _session: session,
            view,
            tree: Tree::new(),
        }
    }

    fn dissect(&mut self, frame: u32) {
        let done = self.view.dissect(frame, None, Want::ALL, &mut self.tree);
        assert!(done.unwrap(), "there is no frame {frame}");
    }

    /// A row of the packet list without number and time: `source > destination protocol info`.
    fn row(&mut self, frame: u32) -> String {
        self.dissect(frame);
        let columns = &self.tree.columns;
        let mut out = String::new();
        columns.source.write(&mut out);
        out.push_str(" > ");
        columns.destination.write(&mut out);
        format!("{out} {} {}", columns.protocol, columns.info)
    }

    /// The rows that have this in their protocol column, as `frame info`.
    fn rows_of(&mut self, protocol: &str) -> Vec<String> {
        let mut rows = Vec::new();
        for frame in 1..=self.view.len() {
            self.dissect(frame);
            let columns = &self.tree.columns;
            if columns.protocol == protocol {
                rows.push(format!("{frame} {}", columns.info));
            }
        }
        rows
    }

    /// The values of a field in a frame, hidden ones too, as `-T fields` shows them.
    fn values(&mut self, frame: u32, field: &str) -> Vec<String> {
        self.dissect(frame);
        let nodes = self.tree.nodes.iter();
        nodes
            .filter(|n| n.field.abbrev == field)
            .map(|n| {
                let mut out = String::new();
                show(&self.tree, self.view.bytes(), n, &mut out);
                out
            })
            .collect()
    }

    /// The lines of the tree below (and with) the node of a field or protocol, two blanks a level.
    fn lines(&mut self, frame: u32, field: &str) -> Vec<String> {
        self.dissect(frame);
        let nodes = &self.tree.nodes;
        let Some(at) = nodes.iter().position(|n| n.field.abbrev == field) else {
            return Vec::new();
        };
        let depth = nodes[at].depth;
        nodes[at..self.tree.end_of(at)]
            .iter()
            .filter(|n| !n.is(HIDDEN))
            .map(|n| {
                let mut out = "  ".repeat(usize::from(n.depth - depth));
                label(&self.tree, self.view.bytes(), n, &mut out);
                out
            })
            .collect()
    }
}

// One module a protocol, in files of tests/exchanges/.

mod dhcp;
mod ftp;
mod imap;
mod ntp;
mod pop3;
mod smtp;
mod snmp;
mod ssdp;
mod texts;
