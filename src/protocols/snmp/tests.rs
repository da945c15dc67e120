//! Whole messages, byte by byte.
