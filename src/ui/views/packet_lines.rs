//! The lines at the left edge of the packet list that join what belongs together: the chosen packet's conversation from its
//! first to its last packet, request and answer, the segments of a message.

use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use crate::session::relations::{Relations, Role};
use crate::ui::theme::Palette;

/// Where the line stands, points from the row's left edge.
const LINE: f32 = 12.5;
/// Length of a tick, points.
const TICK: f32 = 6.0;

/// What stands around a row.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours {
    /// The packet in the row above, if there is one.
    pub above: Option<u32>,
    /// The packet in the row below, if it is known.
    pub below: Option<u32>,
    /// Whether no row comes below.
    pub is_last: bool,
    /// Whether the list is in the order of capture: only then can a line run from row to row.
    pub in_order: bool,
}

/// Which halves of a row a line from `first` to `last` runs through: above and below its middle.
fn halves((first, last): (u32, u32), number: u32, near: Neighbours) -> (bool, bool) {
    if !near.in_order || number < first || number > last {
        return (false, false);
    }
    let above = number > first && near.above.is_some_and(|n| n >= first);
    let below = number < last && !near.is_last && near.below.is_none_or(|n| n <= last);
    (above, below)
}

/// Draw what a row has of the lines. `talks`: it belongs to the chosen packet's conversation.
pub fn draw(
    painter: &Painter,
    palette: &Palette,
    row: Rect,
    relations: &Relations,
    number: u32,
    talks: bool,
    near: Neighbours,
) {
    let middle = Pos2::new(row.min.x + LINE, row.center().y);
    let vertical = |(above, below): (bool, bool), stroke: Stroke| {
        if above {
            painter.vline(middle.x, row.min.y..=middle.y, stroke);
        }
        if below {
            painter.vline(middle.x, middle.y..=row.max.y, stroke);
        }
    };
    let is_chosen = number == relations.number;
    let talks = talks || (is_chosen && relations.talk.is_some());
    // A conversation of one packet joins nothing.
    let extent = relations.extent.filter(|(first, last)| first < last);
    if let Some(extent) = extent {
        let stroke = Stroke::new(1.0, palette.faint);
        let runs = halves(extent, number, near);
        vertical(runs, stroke);
        let tick = if runs.0 && runs.1 { TICK / 2.0 } else { TICK };
        if talks {
            painter.hline(middle.x..=middle.x + tick, middle.y, stroke);
        }
    }
    let joins = |role: Role| !matches!(role, Role::Acknowledged | Role::Repeated);
    let strong = Stroke::new(1.5, palette.accent);
    if let Some(reach) = relations.reach(joins) {
        vertical(halves(reach, number, near), strong);
    }
    let role = relations.role(number);
    let asks = is_chosen && relations.reach(|r| r == Role::Answer).is_some();
    let answers = is_chosen && relations.reach(|r| r == Role::Request).is_some();
    match role {
        Some(Role::Request) => arrow(painter, middle, true, palette.accent),
        Some(Role::Answer) => arrow(painter, middle, false, palette.accent),
        Some(Role::Part) => check(painter, middle, palette.accent),
        Some(Role::Acknowledged) => check(painter, middle, palette.dim),
        Some(Role::Repeated) => {
            painter.circle_stroke(middle + Vec2::new(3.0, 0.0), 3.0, (1.2, palette.doubt));
        }
        Some(Role::Whole) => {
            painter.circle_filled(middle, 3.0, palette.accent);
        }
        None if asks => arrow(painter, middle, true, palette.accent),
        None if answers => arrow(painter, middle, false, palette.accent),
        None if is_chosen && relations.reach(joins).is_some() => {
            painter.circle_filled(middle, 3.0, palette.accent);
        }
        None => {}
    }
}

/// An arrow to the right (it asks) or to the left (it answers).
fn arrow(painter: &Painter, middle: Pos2, right: bool, colour: Color32) {
    let (tail, tip) = (middle, middle + Vec2::new(TICK + 2.0, 0.0));
    let (tip, tail) = if right { (tip, tail) } else { (tail, tip) };
    let back = if right { -5.0 } else { 5.0 };
    painter.line_segment([tail, tip], (1.5, colour));
    let head = vec![tip, tip + Vec2::new(back, -3.5), tip + Vec2::new(back, 3.5)];
    painter.add(Shape::convex_polygon(head, colour, Stroke::NONE));
}

fn check(painter: &Painter, middle: Pos2, colour: Color32) {
    let points = vec![
        middle + Vec2::new(0.0, 0.0),
        middle + Vec2::new(2.5, 3.0),
        middle + Vec2::new(7.0, -4.0),
    ];
    painter.add(Shape::line(points, Stroke::new(1.5, colour)));
}

#[cfg(test)]
mod tests {
    use super::{Neighbours, halves};

    fn near(above: Option<u32>, below: Option<u32>) -> Neighbours {
        Neighbours {
            above,
            below,
            is_last: false,
            in_order: true,
        }
    }

    #[test]
    fn a_line_begins_and_ends_at_the_rows_that_are_displayed() {
        let line = (3, 9);
        assert_eq!(halves(line, 3, near(Some(2), Some(4))), (false, true));
        assert_eq!(halves(line, 6, near(Some(5), Some(7))), (true, true));
        assert_eq!(halves(line, 9, near(Some(8), Some(10))), (true, false));
        assert_eq!(halves(line, 10, near(Some(9), Some(11))), (false, false));
        // A filter hides both ends.
        assert_eq!(halves(line, 5, near(Some(1), Some(7))), (false, true));
        assert_eq!(halves(line, 7, near(Some(5), Some(12))), (true, false));
        // Below the last row in sight it goes on; below the last of all it does not.
        assert_eq!(halves(line, 5, near(Some(4), None)), (true, true));
        let mut end = near(Some(4), None);
        end.is_last = true;
        assert_eq!(halves(line, 5, end), (true, false));
        end.in_order = false;
        assert_eq!(halves(line, 5, end), (false, false));
    }
}
