//! Context menus of lines, by mouse and by keyboard: Shift+F10 or the menu key opens the menu of the chosen line. Within the
//! menu the arrow keys go from entry to entry, Enter chooses, Escape closes.

use egui::{Context, Key, Modifiers, Popup, Pos2, Response, SetOpenCommand, Ui};

/// Whether the keys for a context menu were pressed; to be asked once in a frame of the picture.
pub fn menu_keys(ctx: &Context) -> bool {
    !Popup::is_any_open(ctx)
        && ctx.input_mut(|i| {
            i.consume_key(Modifiers::SHIFT, Key::F10) || i.consume_key(Modifiers::NONE, Key::Menu)
        })
}

/// Whether keys are for the views: no text is written, no menu is open.
pub fn keys_free(ctx: &Context) -> bool {
    ctx.memory(|m| m.focused().is_none()) && !Popup::is_any_open(ctx)
}

/// The context menu of a line; `asked`: open it now, at this place.
pub fn context_menu(response: &Response, asked: bool, place: Pos2, contents: impl FnOnce(&mut Ui)) {
    let id = Popup::default_response_id(response);
    let mut popup = Popup::context_menu(response);
    // One that the pointer opened knows where; one that a key opened does not.
    let ctx = &response.ctx;
    let by_key = Popup::is_id_open(ctx, id) && Popup::position_of_id(ctx, id).is_none();
    if asked || by_key {
        popup = popup.at_position(place);
    }
    if asked {
        popup = popup.open_memory(Some(SetOpenCommand::Bool(true)));
    }
    popup.show(contents);
}
