//! Widgets that egui does not have.

pub mod row_list;
pub mod split;
