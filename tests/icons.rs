//! The icon: one drawing (SVG), and the pictures made from it. `WIREGLASS_ICONS=write cargo test --test tests icons` makes
//! them anew.
#![cfg(feature = "gui")]

use std::path::PathBuf;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::support::package;

/// Sizes that desktops ask for, pixels.
const SIZES: [u32; 8] = [16, 24, 32, 48, 64, 128, 256, 512];

fn folder() -> PathBuf {
    package("assets/icons")
}

fn drawn(size: u32) -> Pixmap {
    let svg = std::fs::read(folder().join("wireglass.svg")).expect("the drawing");
    let tree = Tree::from_data(&svg, &Options::default()).expect("an SVG");
    let mut picture = Pixmap::new(size, size).expect("room");
    let scale = size as f32 / tree.size().width();
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut picture.as_mut(),
    );
    picture
}

#[test]
fn the_pictures_are_those_of_the_drawing() {
    let write = std::env::var_os("WIREGLASS_ICONS").is_some();
    for size in SIZES {
        let path = folder().join(format!("wireglass-{size}.png"));
        let drawn = drawn(size);
        if write {
            std::fs::write(&path, drawn.encode_png().expect("a PNG")).expect("written");
        }
        let kept = Pixmap::load_png(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert_eq!((kept.width(), kept.height()), (size, size));
        let far = drawn.data().iter().zip(kept.data());
        let far = far.map(|(a, b)| a.abs_diff(*b)).max();
        assert!(
            far <= Some(2),
            "{} is not the drawing's: {far:?}",
            path.display()
        );
    }
}

#[test]
fn the_icon_can_be_seen_on_light_and_dark_desktops() {
    let icon = drawn(64);
    let corner = icon.pixel(0, 0).expect("a pixel");
    assert_eq!(corner.alpha(), 0, "the corners are round");
    let colours: std::collections::HashSet<_> = icon
        .pixels()
        .iter()
        .filter(|p| p.alpha() == 255)
        .map(|p| (p.red() / 32, p.green() / 32, p.blue() / 32))
        .collect();
    assert!(colours.len() >= 5, "{colours:?}");
}
