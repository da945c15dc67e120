//! All tests that stand outside of the modules they test, in one binary.
//!
//! Tests may panic: that is how they fail.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chains;
mod cli;
mod complete;
mod compose;
#[cfg(feature = "gui")]
mod end_to_end;
mod exchanges;
mod explain;
mod filters;
mod given;
mod golden;
#[cfg(feature = "gui")]
mod icons;
mod lab;
mod live;
mod live_memory;
#[cfg(feature = "gui")]
mod live_window;
mod marks;
mod memory;
mod mutate;
mod objects;
mod parity;
mod registry;
mod rules;
mod support;
#[cfg(feature = "gui")]
mod window;
#[cfg(feature = "gui")]
mod window_filters;
mod window_find;
#[cfg(feature = "gui")]
mod window_follow;
#[cfg(feature = "gui")]
mod window_lab;
#[cfg(feature = "gui")]
mod window_ladder;
#[cfg(feature = "gui")]
mod window_list;
#[cfg(feature = "gui")]
mod window_long;
#[cfg(feature = "gui")]
mod window_menus;
#[cfg(feature = "gui")]
mod window_newcomer;
#[cfg(feature = "gui")]
mod window_panes;
#[cfg(feature = "gui")]
mod window_shell;
#[cfg(feature = "gui")]
mod window_statistics;
