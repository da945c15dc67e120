//! Exchanges whose messages are made in code, because they are not text.
