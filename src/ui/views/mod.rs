//! The views of the window, one file each. A view borrows the state and says what the user did; the app changes the state.

pub mod builder;
pub mod bytes;
pub mod capture;
pub mod capture_bar;
pub mod colour_editor;
pub mod decode_as;
pub mod diagram;
pub mod expert;
pub mod filter_bar;
pub mod find_bar;
pub mod follow;
pub mod graph;
pub mod ladder;
pub mod macro_editor;
pub mod objects;
pub mod packet_head;
pub mod packet_map;
pub mod packet_window;
pub mod packets;
pub mod prompt;
pub mod properties;
pub mod save;
pub mod saved_filters;
pub mod statistics;
pub mod status;
pub mod tree;
