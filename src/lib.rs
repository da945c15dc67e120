//! Wireglass: a packet inspector. This file is the map of the modules; ARCHITECTURE.md draws the house.
//!
//! Who may import whom: `column`, `field` none of ours; `flow`, `capture` → column; `dissect` → field, flow; `protocols`, `filter`, `export` →
//! dissect (never each other: they meet in the [`Registry`](dissect::Registry)); `lab` → capture; `session` → all of these;
//! `cli`, `ui` →
//! session and plain data. A test reads the `use` lines and holds this.

pub mod capture;
pub mod cli;
pub mod column;
pub mod dissect;
pub mod export;
pub mod field;
pub mod filter;
pub mod flow;
pub mod lab;
pub mod protocols;
pub mod session;
#[cfg(feature = "gui")]
pub mod ui;
