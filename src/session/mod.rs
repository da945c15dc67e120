//! The open capture: owns the threads, publishes what they find, gives views to read it. The window and the command line are two
//! faces of it; neither knows how a frame is read.

mod filtering;
mod load;
mod rows;
mod view;
mod work;

pub use filtering::{FilterRun, FilterState};
pub use load::{LoadState, Session};
pub use rows::Rows;
pub use view::View;
pub use work::in_order;
