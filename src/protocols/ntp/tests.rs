//! Tests of NTP with real bytes.
