//! Pictures, films and other bodies that are known by name and not taken apart here: pictures by their first bytes, with their
//! size; the others by their content type alone.

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

/// A question whether a certificate was revoked, or the answer.
pub static OCSP: Protocol = Protocol {
    spec: "RFC 6960",
    media: &["application/ocsp-request", "application/ocsp-response"],
    ..Protocol::new("ocsp", "Online Certificate Status Protocol", "OCSP", ocsp)
};

/// A printer's work.
pub static IPP: Protocol = Protocol {
    spec: "RFC 8010",
    media: &["application/ipp"],
    ..Protocol::new("ipp", "Internet Printing Protocol", "IPP", opaque)
};

/// A film or a song.
pub static MP4: Protocol = Protocol {
    spec: "ISO/IEC 14496-12",
    media: &["video/mp4", "audio/mp4", "video/quicktime"],
    ..Protocol::new("mp4", "MP4 / ISOBMFF file format", "MP4", opaque)
};

/// A message of a mobile phone.
pub static MMS: Protocol = Protocol {
    spec: "OMA-MMS-ENC",
    media: &["application/vnd.wap.mms-message"],
    ..Protocol::new("mmse", "MMS Message Encapsulation", "MMSE", opaque)
};

fn ocsp(l: &mut Layer<'_, '_>) -> Done {
    let answer = l.cx.packet.content_type.contains("response");
    l.protocol("OCSP");
    l.info(|out| out.push_str(if answer { "Response" } else { "Request" }));
    Ok(())
}

/// Nothing of it is read.
fn opaque(_: &mut Layer<'_, '_>) -> Done {
    Ok(())
}
