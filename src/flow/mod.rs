//! Conversations: keys, TCP stream state and analysis, reassembly. Knows no protocol above transport.

pub mod stream;
pub mod tcp;
