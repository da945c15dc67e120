//! Widgets that egui does not have.

pub mod bar;
pub mod proposals;
pub mod row_list;
pub mod row_menu;
pub mod split;
pub mod table;
pub mod text_field;
