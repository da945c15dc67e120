//! Conversations: keys, TCP stream state and analysis, putting together, and the facts that the scan leaves behind.
//! Knows no protocol above transport.

pub mod address;
pub mod facts;
pub mod history;
pub mod message;
pub mod stream;
pub mod tcp;
