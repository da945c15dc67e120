//! Pictures: recognised by their first bytes, and how large they are. Their contents are for a picture viewer.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Stop};

/// A picture in PNG.
pub static PNG: Protocol = Protocol {
    spec: "W3C PNG",
    media: &["image/png"],
    ..Protocol::new("png", "Portable Network Graphics", "PNG", png)
};

/// A picture in GIF.
pub static GIF: Protocol = Protocol {
    spec: "CompuServe GIF89a",
    media: &["image/gif"],
    ..Protocol::new("image-gif", "Compuserve GIF", "GIF image", gif)
};

/// A picture in JPEG.
pub static JPEG: Protocol = Protocol {
    spec: "ITU-T T.81, T.871",
    media: &["image/jpeg", "image/jpg", "image/jfif"],
    ..Protocol::new(
        "image-jfif",
        "JPEG File Interchange Format",
        "JFIF (JPEG) image",
        jpeg,
    )
};

fn png(l: &mut Layer<'_, '_>) -> Done {
    if !l.data().starts_with(b"\x89PNG\r\n\x1a\n") {
        return Err(Stop::NotMine);
    }
    l.info_append(|out| out.push_str(" (PNG)"));
    if let (Ok(width), Ok(height)) = (l.peek_u32(16), l.peek_u32(20)) {
        l.text(16, 8, |out| {
            let _ = write!(out, "{width} x {height} pixels");
        });
    }
    Ok(())
}

fn gif(l: &mut Layer<'_, '_>) -> Done {
    let bytes = l.data();
    let version = match bytes.get(..6) {
        Some(b"GIF87a") => "GIF87a",
        Some(b"GIF89a") => "GIF89a",
        _ => return Err(Stop::NotMine),
    };
    l.info_append(|out| {
        let _ = write!(out, " ({version})");
    });
    if let Some(&[a, b, c, d]) = bytes.get(6..10) {
        let (width, height) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
        l.text(6, 4, |out| {
            let _ = write!(out, "{width} x {height} pixels");
        });
    }
    Ok(())
}

fn jpeg(l: &mut Layer<'_, '_>) -> Done {
    if !l.data().starts_with(b"\xff\xd8") {
        return Err(Stop::NotMine);
    }
    l.info_append(|out| out.push_str(" (JPEG JFIF image)"));
    Ok(())
}
