//! Capture files and the frame store.
