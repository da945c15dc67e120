//! The open capture: owns the threads, publishes what they find, gives views to read it. The window and the command line are two
//! faces of it; neither knows how a frame is read.

mod ages;
mod ahead;
mod chains;
pub mod colours;
mod columns;
mod counts;
pub mod decode_as;
pub mod expert;
mod feed;
mod filtering;
pub mod find;
pub mod follow;
pub mod graph;
mod interfaces;
mod job;
pub mod lab;
pub mod ladder;
mod library;
pub mod list_columns;
mod load;
mod marks;
pub mod merging;
mod objects;
pub mod preferences;
pub mod properties;
pub mod recent;
pub mod relations;
mod rows;
mod saving;
mod seek;
pub mod settings;
mod sort;
pub mod times;
mod view;
mod work;
mod zone;

pub use ages::Ages;
pub use counts::{
    Chain, Conversation, Endpoint, Layer as CountedLayer, chains, conversations, endpoints,
};
pub use feed::{Detail, Feed, ListRow, Recipe, Related};
pub use filtering::{FilterRun, FilterState, Predicate, filter_all};
pub use interfaces::{FilterCheck, Watch, WatchState, Watched};
pub use job::{Counting, Job};
pub use library::{Library, SavedFilter, macros_of_user};
pub use load::{LoadState, Session, Wake, usual_budget};
pub use marks::{Marks, Numbers};
pub use objects::{Carrier, Object, objects, save_objects};
pub use preferences::{Preferences, WindowState};
pub use recent::Recent;
pub use rows::Rows;
pub use saving::{Form, Frames, Order, SaveError, Saving, ranges, save_as, write_whole};
pub use seek::{Heading, Seek, Target};
pub use settings::Settings;
pub use sort::{SortKey, SortRun, SortState, Sorted};
pub use view::View;
pub use work::in_order;
pub use zone::Zone;
