//! Domain names in options: labels with their lengths before them, and pointers to where a tail stands already (RFC 1035 section
//! 4.1.4), counted from the start of the option's value.

/// Longest text of a name.
const LIMIT: usize = 253;

/// The name at `at` of `data`, and how many bytes it takes there. A name that ends without the empty label is taken as it is.
/// `None` where a length or pointer leads nowhere.
pub fn read(data: &[u8], at: usize) -> Option<(String, usize)> {
    let mut name = String::new();
    let (mut pos, mut used) = (at, None);
    // Each pointer must lead backwards, so that they cannot run in circles.
    let mut lowest = at;
    // A name may end with the data, without the root.
    while let Some(&head) = data.get(pos) {
        match head >> 6 {
            0 if head == 0 => {
                pos += 1;
                break;
            }
            0 => {
                let label = data.get(pos + 1..pos + 1 + usize::from(head))?;
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(&String::from_utf8_lossy(label));
                if name.len() > LIMIT {
                    return None;
                }
                pos += 1 + usize::from(head);
            }
            3 => {
                let low = *data.get(pos + 1)?;
                let target = usize::from(head & 0x3f) << 8 | usize::from(low);
                if target >= lowest {
                    return None;
                }
                lowest = target;
                used.get_or_insert(pos + 2 - at);
                pos = target;
            }
            _ => return None,
        }
    }
    Some((name, used.unwrap_or(pos - at)))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn names_point_back_and_never_in_circles() {
        let data = b"\x03eng\x07example\x00\x05sales\xc0\x04\xc0\x13";
        assert_eq!(read(data, 0), Some(("eng.example".into(), 13)));
        assert_eq!(read(data, 13), Some(("sales.example".into(), 8)));
        assert_eq!(read(b"\x03eng\x03abc", 0), Some(("eng.abc".into(), 8)));
        assert_eq!(read(b"\xc0\x00", 0), None);
        assert_eq!(read(b"\x09eng", 0), None);
        assert_eq!(read(b"\x80", 0), None);
    }
}
