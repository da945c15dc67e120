//! Tests of HTTP.
