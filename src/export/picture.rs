//! Pictures in dots: an SVG that the program made, drawn with the program's own faces.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

/// More dots than this in either direction are not drawn.
pub const MOST: u32 = 20_000;

/// More dots than this altogether are not drawn: 256 MB while it is drawn.
const ALL: u64 = 64 << 20;

/// The faces that the program brings; those of the system are not asked, so that the picture is the same everywhere.
fn faces() -> Arc<Database> {
    static FACES: OnceLock<Arc<Database>> = OnceLock::new();
    let faces = FACES.get_or_init(|| {
        let mut faces = Database::new();
        for bytes in [
            &include_bytes!("../../assets/fonts/Inter-Regular.otf")[..],
            &include_bytes!("../../assets/fonts/Inter-SemiBold.otf")[..],
            &include_bytes!("../../assets/fonts/JetBrainsMono-NoLigatures.ttf")[..],
        ] {
            faces.load_font_data(bytes.to_vec());
        }
        faces.set_sans_serif_family("Inter");
        faces.set_monospace_family("JetBrains Mono");
        Arc::new(faces)
    });
    Arc::clone(faces)
}

/// The picture as PNG, with so many dots for each unit of the SVG.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, String> {
    let options = Options {
        font_family: "Inter".into(),
        fontdb: faces(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|e| e.to_string())?;
    let size = tree.size();
    let dots = |length: f32| (length * scale).ceil().clamp(1.0, 1e9) as u32;
    let (width, height) = (dots(size.width()), dots(size.height()));
    if width > MOST || height > MOST || u64::from(width) * u64::from(height) > ALL {
        return Err(format!(
            "a picture of {width} by {height} dots is too large; SVG has no such limit"
        ));
    }
    let mut picture =
        Pixmap::new(width, height).ok_or_else(|| "a picture without dots".to_owned())?;
    let transform = Transform::from_scale(scale, scale);
    resvg::render(&tree, transform, &mut picture.as_mut());
    picture.encode_png().map_err(|e| e.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_the_size_that_was_asked_for_and_letters_in_it() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"60\" height=\"20\">\
                   <rect width=\"60\" height=\"20\" fill=\"#ffffff\"/>\
                   <text x=\"4\" y=\"15\" font-size=\"14\" font-family=\"Inter\">SYN</text></svg>";
        let bytes = png(svg, 2.0).unwrap();
        let picture = Pixmap::decode_png(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (120, 40));
        let dark = picture.pixels().iter().filter(|p| p.red() < 100).count();
        assert!(dark > 100, "{dark} dark dots");
        assert!(png(svg, 1e6).is_err());
        assert!(png("no picture", 1.0).is_err());
    }
}
