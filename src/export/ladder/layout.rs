//! Where everything of the drawing stands: shapes, in points, which the window paints and `svg` writes. Each row is laid out by
//! itself, so that of a long ladder only what is in sight is.

use super::{Arrow, End, Fate, Ladder};

/// How large it is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// For whoever sits before it.
    #[default]
    Usual,
    /// To be read from the back row of a classroom.
    Large,
}

/// What a shape is painted with. Whoever paints knows the colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// What stands behind everything.
    Ground,
    /// Raised grounds.
    Raised,
    /// The ground of the chosen row.
    Selection,
    /// Lines.
    Line,
    /// Text.
    Text,
    /// Secondary text.
    Dim,
    /// Text that is there when looked for.
    Faint,
    /// Wrong, lost.
    Bad,
    /// Doubtful: sent again, late.
    Doubt,
    /// The colour of a life line: 0 = the client, 1 = the server.
    Side(usize),
}

/// The faces of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Words.
    Words,
    /// Headings.
    Strong,
    /// Numbers.
    Mono,
}

/// Where a text stands, seen from its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Left,
    /// Its middle is there.
    Centre,
    /// It ends there.
    Right,
}

/// A text in one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// The place: the middle of its height.
    pub at: [f32; 2],
    /// Which end of it is there.
    pub align: Align,
    /// Size in points.
    pub size: f32,
    /// Face.
    pub face: Face,
    /// Colour.
    pub ink: Ink,
    /// The words.
    pub text: String,
    /// What does not fit into so many points is cut off with an ellipsis.
    pub room: f32,
    /// It stands over lines, which are covered behind it.
    pub covers: bool,
}

/// What is painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line.
    Line {
        /// From here.
        from: [f32; 2],
        /// To there.
        to: [f32; 2],
        /// Its width in points.
        width: f32,
        /// Its colour.
        ink: Ink,
        /// Broken into dashes.
        dashed: bool,
    },
    /// The tip of an arrow, filled.
    Tip {
        /// Its three corners.
        corners: [[f32; 2]; 3],
        /// Its colour.
        ink: Ink,
    },
    /// A filled box with round corners.
    Box {
        /// Upper left corner.
        at: [f32; 2],
        /// Width and height.
        size: [f32; 2],
        /// Radius of the corners.
        round: f32,
        /// Its colour.
        ink: Ink,
    },
    /// A text.
    Text(Text),
}

/// The measures of a drawing: what its width and the number of life lines make of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sheet {
    /// Its width in points.
    pub width: f32,
    /// How large everything is.
    pub scale: Scale,
    /// The numbers on the wire stand beside the relative ones.
    pub absolute: bool,
    lines: usize,
}

/// Sizes of letters.
struct Sizes {
    name: f32,
    title: f32,
    numbers: f32,
    state: f32,
}

impl Sheet {
    /// A sheet for a ladder.
    pub fn new(ladder: &Ladder, width: f32, scale: Scale, absolute: bool) -> Sheet {
        Sheet {
            width: width.max(1.0),
            scale,
            absolute,
            lines: ladder.lines.len().max(2),
        }
    }

    fn sizes(&self) -> Sizes {
        match self.scale {
            Scale::Usual => Sizes {
                name: 15.0,
                title: 14.0,
                numbers: 12.0,
                state: 11.5,
            },
            Scale::Large => Sizes {
                name: 24.0,
                title: 22.0,
                numbers: 16.5,
                state: 16.0,
            },
        }
    }

    /// A measure that is so large in the usual scale.
    fn of(&self, usual: f32) -> f32 {
        match self.scale {
            Scale::Usual => usual,
            Scale::Large => usual * 1.5,
        }
    }

    /// A width beyond which arrows only get longer.
    pub fn comfortable(ladder: &Ladder, scale: Scale) -> f32 {
        let more = ladder.lines.len().saturating_sub(2) as f32;
        match scale {
            Scale::Usual => 1080.0 + more * 260.0,
            Scale::Large => 1480.0 + more * 380.0,
        }
    }

    /// Height of a row.
    pub fn row_height(&self) -> f32 {
        self.of(54.0).round()
    }

    /// Height of the head.
    pub fn head_height(&self) -> f32 {
        self.of(80.0)
    }

    /// Whether there is room for the time and the states beside the lines.
    fn is_narrow(&self) -> bool {
        self.width < self.of(620.0)
    }

    /// Width of the columns for time and number.
    fn left(&self) -> f32 {
        if self.is_narrow() {
            self.of(44.0)
        } else {
            self.of(136.0)
        }
    }

    /// Room beside the first and the last line, for states.
    fn margin(&self) -> f32 {
        if self.is_narrow() {
            self.of(24.0)
        } else {
            (self.width * 0.11).clamp(self.of(104.0), self.of(170.0))
        }
    }

    /// Where a life line stands.
    pub fn line_x(&self, line: usize) -> f32 {
        let first = self.left() + self.margin();
        let last = self.width - self.margin();
        let share = line as f32 / (self.lines - 1).max(1) as f32;
        first + (last - first).max(0.0) * share.min(1.0)
    }

    /// The distance of two lines.
    fn distance(&self) -> f32 {
        self.line_x(1) - self.line_x(0)
    }
}

/// What the head says of the lines.
pub fn head(sheet: &Sheet, ladder: &Ladder, ends: &[Option<End>]) -> Vec<Shape> {
    let sizes = sheet.sizes();
    let mut out = Vec::new();
    let room = (sheet.distance() - sheet.of(12.0)).max(sheet.of(40.0));
    for (at, line) in ladder.lines.iter().enumerate() {
        let x = sheet.line_x(at);
        // At the edges there may be less room on one side.
        let half = (room / 2.0).min((sheet.width - x).min(x) - 2.0).max(20.0);
        let words = |y: f32, size, face, ink, text: &str| {
            Shape::Text(Text {
                at: [x, sheet.of(y)],
                align: Align::Centre,
                size,
                face,
                ink,
                text: text.to_owned(),
                room: half * 2.0,
                covers: false,
            })
        };
        out.push(words(16.0, sizes.name, Face::Strong, Ink::Text, &line.name));
        out.push(words(
            35.0,
            sizes.numbers,
            Face::Words,
            Ink::Dim,
            &line.address,
        ));
        let Some(end) = ends.get(at).copied().flatten() else {
            continue;
        };
        let text = end.words();
        if text.is_empty() {
            continue;
        }
        let width = (mono_width(&text, sizes.state) + sheet.of(18.0)).min(half * 2.0);
        let height = sheet.of(20.0);
        out.push(Shape::Box {
            at: [x - width / 2.0, sheet.of(56.0) - height / 2.0],
            size: [width, height],
            round: height / 2.0,
            ink: Ink::Raised,
        });
        out.push(Shape::Text(Text {
            at: [x, sheet.of(56.0)],
            align: Align::Centre,
            size: sizes.state,
            face: Face::Mono,
            ink: Ink::Side(at),
            text,
            room: width - sheet.of(10.0),
            covers: false,
        }));
    }
    out
}

/// The life lines, from one height to another.
pub fn lines(sheet: &Sheet, ladder: &Ladder, from: f32, to: f32) -> Vec<Shape> {
    (0..ladder.lines.len())
        .map(|line| Shape::Line {
            from: [sheet.line_x(line), from],
            to: [sheet.line_x(line), to],
            width: sheet.of(1.0),
            ink: Ink::Line,
            dashed: false,
        })
        .collect()
}

/// A row, whose upper edge is at `y`. `growth`: how much of the arrow is drawn, 0 to 1. First what is behind, then what is before:
/// texts cover lines, also those of other rows.
pub struct Row {
    /// Arrows.
    pub behind: Vec<Shape>,
    /// Texts.
    pub before: Vec<Shape>,
}

/// Where the arrow of a row begins and ends.
struct Course {
    from: [f32; 2],
    to: [f32; 2],
}

impl Course {
    fn at(&self, share: f32) -> [f32; 2] {
        let [x, y] = self.from;
        let [to_x, to_y] = self.to;
        [x + (to_x - x) * share, y + (to_y - y) * share]
    }
}

fn course(sheet: &Sheet, ladder: &Ladder, row: usize, arrow: &Arrow, y: f32) -> Course {
    let height = sheet.row_height();
    let start = sheet.line_x(arrow.from);
    let end = match arrow.to {
        Some(to) if to != arrow.from => sheet.line_x(to),
        // To everybody: to the far end; to itself: a little way out.
        Some(_) => start + sheet.of(60.0),
        None if arrow.from == 0 => sheet.line_x(sheet.lines - 1),
        None => sheet.line_x(0),
    };
    let early = rows_early(ladder, row, arrow) as f32;
    Course {
        from: [start, y + height * (0.42 - early)],
        to: [end, y + height * 0.60],
    }
}

/// How many rows above its own the packet was sent: those that overtook it, as far as they are told.
fn rows_early(ladder: &Ladder, row: usize, arrow: &Arrow) -> usize {
    const MOST: usize = 3;
    if arrow.fate != Fate::Late {
        return 0;
    }
    let Some(sent) = arrow.sent_ns else {
        return usize::from(row > 0);
    };
    let before = (1..=MOST.min(row)).take_while(|back| {
        let other = ladder.arrow(row - back);
        other.is_some_and(|o| o.sent_ns.or(o.time_ns).is_some_and(|t| t >= sent))
    });
    before.count()
}

/// Lay a row out.
pub fn row(
    sheet: &Sheet,
    ladder: &Ladder,
    row: usize,
    arrow: &Arrow,
    y: f32,
    growth: f32,
    chosen: bool,
) -> Row {
    let mut out = Row {
        behind: Vec::new(),
        before: Vec::new(),
    };
    let course = course(sheet, ladder, row, arrow, y);
    stroke(sheet, arrow, &course, growth, chosen, &mut out.behind);
    edge(sheet, ladder, arrow, y, &mut out.before);
    label(sheet, arrow, &course, y, &mut out.before);
    states(sheet, arrow, &course, &mut out.before);
    out
}

/// The arrow itself.
fn stroke(
    sheet: &Sheet,
    arrow: &Arrow,
    course: &Course,
    growth: f32,
    chosen: bool,
    out: &mut Vec<Shape>,
) {
    let gone = arrow.fate.is_gone();
    let ink = ink_of(arrow);
    let width = sheet.of(if chosen { 2.6 } else { 1.6 });
    // What gets lost, gets lost half-way; what is damaged arrives, and is dropped.
    let reach = match arrow.fate {
        Fate::Lost | Fate::Presumed => 0.5,
        _ => 1.0,
    };
    let whole = growth >= 1.0;
    let end = course.at(reach * growth.clamp(0.0, 1.0));
    let tip = sheet.of(9.0);
    let [dx, dy] = [course.to[0] - course.from[0], course.to[1] - course.from[1]];
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    // The line ends in the middle of the tip: a wide line would stand out beyond its point.
    let back = if gone && whole { 0.0 } else { tip * 0.6 };
    out.push(Shape::Line {
        from: course.from,
        to: [end[0] - ux * back, end[1] - uy * back],
        width,
        ink,
        dashed: gone,
    });
    if arrow.fate == Fate::Doubled {
        let down = sheet.of(4.0);
        out.push(Shape::Line {
            from: [course.from[0], course.from[1] + down],
            to: [end[0] - ux * tip * 1.6, end[1] - uy * tip * 1.6 + down],
            width: width * 0.6,
            ink,
            dashed: false,
        });
    }
    if gone && whole {
        let half = sheet.of(5.0);
        let [x, y] = match arrow.fate {
            Fate::Damaged => [end[0] - ux * half * 1.6, end[1] - uy * half * 1.6],
            _ => end,
        };
        for (a, b) in [(-half, -half), (-half, half)] {
            out.push(Shape::Line {
                from: [x + a, y + b],
                to: [x - a, y - b],
                width: width * 1.6,
                ink,
                dashed: false,
            });
        }
    } else {
        let (wx, wy) = (-uy * tip * 0.42, ux * tip * 0.42);
        let [bx, by] = [end[0] - ux * tip, end[1] - uy * tip];
        out.push(Shape::Tip {
            corners: [end, [bx + wx, by + wy], [bx - wx, by - wy]],
            ink,
        });
    }
}

/// The colour of an arrow: of who sent it, or of what went wrong with it.
pub fn ink_of(arrow: &Arrow) -> Ink {
    match arrow.fate {
        Fate::Lost | Fate::Damaged => Ink::Bad,
        Fate::Presumed => Ink::Doubt,
        _ => Ink::Side(arrow.from),
    }
}

/// Time and number.
fn edge(sheet: &Sheet, ladder: &Ladder, arrow: &Arrow, y: f32, out: &mut Vec<Shape>) {
    let sizes = sheet.sizes();
    let y = y + sheet.row_height() * 0.42;
    let right = sheet.left();
    let number = |x: f32, ink, text: String| {
        Shape::Text(Text {
            at: [x, y],
            align: Align::Right,
            size: sizes.numbers,
            face: Face::Mono,
            ink,
            text,
            room: sheet.of(92.0),
            covers: false,
        })
    };
    if !sheet.is_narrow() {
        out.push(number(right - sheet.of(46.0), Ink::Dim, ladder.time(arrow)));
    }
    out.push(number(
        right - sheet.of(4.0),
        Ink::Faint,
        arrow.frame.to_string(),
    ));
}

/// What stands at the arrow: the application's words or TCP's flags above, numbers below.
fn label(sheet: &Sheet, arrow: &Arrow, course: &Course, y: f32, out: &mut Vec<Shape>) {
    let sizes = sheet.sizes();
    let height = sheet.row_height();
    let [left, right] = [
        course.from[0].min(course.to[0]),
        course.from[0].max(course.to[0]),
    ];
    let span = right - left;
    let room = (span - sheet.of(16.0)).max(sheet.of(80.0));
    let x = (left + right) / 2.0;
    let (title, face, ink) = if arrow.line.is_empty() {
        (&arrow.title, Face::Words, ink_of(arrow))
    } else {
        (&arrow.line, Face::Strong, Ink::Text)
    };
    let ink = if arrow.fate.is_gone() {
        ink_of(arrow)
    } else {
        ink
    };
    out.push(Shape::Text(Text {
        // The cross of one that is lost needs some room.
        at: [
            x,
            y + height * if arrow.fate.is_gone() { 0.19 } else { 0.24 },
        ],
        align: Align::Centre,
        size: sizes.title,
        face,
        ink,
        text: title.clone(),
        room,
        covers: true,
    }));
    // From the middle outwards: what belongs together in one line, as far as there is room.
    let mut parts: Vec<(String, Ink)> = Vec::new();
    if !arrow.line.is_empty() {
        parts.push((arrow.title.clone(), ink_of(arrow)));
    }
    parts.push((arrow.counted(), Ink::Dim));
    let remarks = arrow.remarked();
    if !remarks.is_empty() {
        let ink = match arrow.fate {
            Fate::Lost | Fate::Damaged => Ink::Bad,
            _ => Ink::Doubt,
        };
        parts.push((remarks, ink));
    }
    let absolute = arrow.absolute();
    if sheet.absolute && !absolute.is_empty() {
        parts.push((absolute, Ink::Faint));
    }
    let gap = mono_width("  ", sizes.numbers);
    let width = |parts: &[(String, Ink)]| {
        let all: f32 = parts.iter().map(|p| mono_width(&p.0, sizes.numbers)).sum();
        all + gap * parts.len().saturating_sub(1) as f32
    };
    // The numbers on the wire go first, then the flags.
    if width(&parts) > room && parts.last().is_some_and(|p| p.1 == Ink::Faint) {
        parts.pop();
    }
    if width(&parts) > room && parts.len() > 1 && !arrow.line.is_empty() {
        parts.remove(0);
    }
    let whole = width(&parts).min(room);
    let mut at = x - whole / 2.0;
    let end = x + whole / 2.0;
    for (text, ink) in parts {
        if end - at < sizes.numbers {
            break;
        }
        let width = mono_width(&text, sizes.numbers);
        out.push(Shape::Text(Text {
            at: [at, y + height * 0.79],
            align: Align::Left,
            size: sizes.numbers,
            face: Face::Mono,
            ink,
            text,
            room: (end - at).min(width + 1.0).max(1.0),
            covers: true,
        }));
        at += width + gap;
    }
}

/// What changed at the ends of the conversation, beside their lines.
fn states(sheet: &Sheet, arrow: &Arrow, course: &Course, out: &mut Vec<Shape>) {
    if sheet.is_narrow() {
        return;
    }
    let sizes = sheet.sizes();
    let gap = sheet.of(10.0);
    for end in arrow.ends.iter().filter(|e| e.changed()) {
        let x = sheet.line_x(end.line);
        let y = if end.line == arrow.from {
            course.from[1]
        } else {
            course.to[1]
        };
        let first = end.line == 0;
        let last = end.line + 1 >= sheet.lines;
        // On the outside; of a line in the middle on the side where the arrow is not.
        let left = first || !last && course.from[0].max(course.to[0]) > x + 1.0;
        let room = match (first, last) {
            (false, false) => sheet.distance() - gap * 2.0,
            _ => sheet.margin() - gap,
        };
        let texts: Vec<&str> = end.news().collect();
        let step = sizes.state * 1.3;
        let top = y - step * (texts.len().saturating_sub(1)) as f32 / 2.0;
        for (n, text) in texts.into_iter().enumerate() {
            out.push(Shape::Text(Text {
                at: [if left { x - gap } else { x + gap }, top + step * n as f32],
                align: if left { Align::Right } else { Align::Left },
                size: sizes.state,
                face: Face::Mono,
                ink: Ink::Side(end.line),
                text: text.to_owned(),
                room,
                covers: true,
            }));
        }
    }
}

/// About how wide a text is in the face for numbers, whose letters are all alike.
pub fn mono_width(text: &str, size: f32) -> f32 {
    text.chars().count() as f32 * size * 0.6
}
