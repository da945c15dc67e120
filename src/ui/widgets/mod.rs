//! Widgets that egui does not have.

pub mod proposals;
pub mod row_list;
pub mod split;
pub mod text_field;
