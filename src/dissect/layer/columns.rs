//! What a layer says in the packet list: the columns Protocol and Info.

use super::Layer;

impl Layer<'_, '_> {
    /// The name in the packet list's Protocol column.
    pub fn protocol(&mut self, name: &str) {
        if self.cx.want.columns && !self.cx.packet.columns_locked {
            let columns = &mut self.cx.tree.columns;
            columns.protocol.clear();
            columns.protocol.push_str(name);
        }
    }

    /// Add to the name in the Protocol column: `HTTP` becomes `HTTP/JSON`.
    pub fn protocol_append(&mut self, text: &str) {
        if self.cx.want.columns && !self.cx.packet.columns_locked {
            self.cx.tree.columns.protocol.push_str(text);
        }
    }

    /// Set the Info column (behind its fence). The closure only runs when it is wanted.
    pub fn info(&mut self, write: impl FnOnce(&mut String)) {
        if self.cx.want.columns && !self.cx.packet.columns_locked {
            let columns = &mut self.cx.tree.columns;
            columns.info.truncate(columns.fence);
            write(&mut columns.info);
        }
    }

    /// Add to the Info column.
    pub fn info_append(&mut self, write: impl FnOnce(&mut String)) {
        if self.cx.want.columns && !self.cx.packet.columns_locked {
            write(&mut self.cx.tree.columns.info);
        }
    }

    /// Put something before the text of the Info column (behind the fence).
    pub fn info_prepend(&mut self, write: impl FnOnce(&mut String)) {
        if self.cx.want.columns && !self.cx.packet.columns_locked {
            let mut text = String::new();
            write(&mut text);
            let columns = &mut self.cx.tree.columns;
            let fence = columns.fence.min(columns.info.len());
            columns.info.insert_str(fence, &text);
        }
    }

    /// What stands in the Info column now stays, whatever comes.
    pub fn info_fence(&mut self) {
        let columns = &mut self.cx.tree.columns;
        columns.fence = columns.info.len();
    }
}
