//! Wireglass: a packet inspector. This file is the map of the modules; ARCHITECTURE.md draws the house.
#![forbid(unsafe_code)]

pub mod capture;
pub mod flow;
