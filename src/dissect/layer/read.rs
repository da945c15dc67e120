//! Reading with a cursor: value, node and cursor in one.

use super::{Layer, Stop};
use crate::dissect::tree::Value;
use crate::field::{Field, Kind};

impl<'l> Layer<'l, '_> {
    /// Read an unsigned number of `n` bytes (most significant first), add its node, return its value (masked and shifted if
    /// the field has a mask).
    pub fn uint(&mut self, field: &'static Field, n: usize) -> Result<u64, Stop> {
        let raw = self.peek_uint(self.pos, n)?;
        let value = masked(field, raw);
        self.add(field, self.pos, n, number(field, value, n));
        self.pos += n;
        Ok(value)
    }

    /// The same, least significant byte first.
    pub fn uint_le(&mut self, field: &'static Field, n: usize) -> Result<u64, Stop> {
        let raw = self
            .peek(self.pos, n)?
            .iter()
            .rev()
            .fold(0, |v, b| v << 8 | u64::from(*b));
        let value = masked(field, raw);
        self.add(field, self.pos, n, number(field, value, n));
        self.pos += n;
        Ok(value)
    }

    /// Read one byte.
    pub fn u8(&mut self, field: &'static Field) -> Result<u8, Stop> {
        Ok(self.uint(field, 1)? as u8)
    }

    /// Read two bytes.
    pub fn u16(&mut self, field: &'static Field) -> Result<u16, Stop> {
        Ok(self.uint(field, 2)? as u16)
    }

    /// Read three bytes.
    pub fn u24(&mut self, field: &'static Field) -> Result<u32, Stop> {
        Ok(self.uint(field, 3)? as u32)
    }

    /// Read four bytes.
    pub fn u32(&mut self, field: &'static Field) -> Result<u32, Stop> {
        Ok(self.uint(field, 4)? as u32)
    }

    /// Read eight bytes.
    pub fn u64(&mut self, field: &'static Field) -> Result<u64, Stop> {
        self.uint(field, 8)
    }

    /// A bit field over the `n` bytes at position `at`; the cursor stays.
    pub fn bits(&mut self, field: &'static Field, at: usize, n: usize) -> Result<u64, Stop> {
        let value = masked(field, self.peek_uint(at, n)?);
        self.add(field, at, n, number(field, value, n));
        Ok(value)
    }

    /// Read an IPv4 address.
    pub fn ipv4(&mut self, field: &'static Field) -> Result<[u8; 4], Stop> {
        let b = self.peek(self.pos, 4)?;
        let address = [b[0], b[1], b[2], b[3]];
        self.add(field, self.pos, 4, Value::Ipv4(address));
        self.pos += 4;
        Ok(address)
    }

    /// Read an IPv6 address (or a GUID).
    pub fn ipv6(&mut self, field: &'static Field) -> Result<[u8; 16], Stop> {
        let mut address = [0; 16];
        address.copy_from_slice(self.peek(self.pos, 16)?);
        self.add(field, self.pos, 16, Value::Ipv6(address));
        self.pos += 16;
        Ok(address)
    }

    /// Read a hardware address.
    pub fn ether(&mut self, field: &'static Field) -> Result<[u8; 6], Stop> {
        let mut address = [0; 6];
        address.copy_from_slice(self.peek(self.pos, 6)?);
        self.add(field, self.pos, 6, Value::Ether(address));
        self.pos += 6;
        Ok(address)
    }

    /// Read `n` bytes as bytes or text, by the field's kind.
    pub fn bytes(&mut self, field: &'static Field, n: usize) -> Result<&'l [u8], Stop> {
        let bytes = self.peek(self.pos, n)?;
        let value = self.slice(self.pos, n);
        self.add(field, self.pos, n, value);
        self.pos += n;
        Ok(bytes)
    }
}

/// The masked and shifted value of a field.
fn masked(field: &Field, raw: u64) -> u64 {
    if field.mask == 0 {
        raw
    } else {
        (raw & field.mask) >> field.mask.trailing_zeros()
    }
}

/// A number read from `n` bytes as the field's kind wants it.
fn number(field: &Field, value: u64, n: usize) -> Value {
    match field.kind {
        Kind::I8 | Kind::I16 | Kind::I24 | Kind::I32 | Kind::I64 => {
            let shift = 64 - 8 * n.clamp(1, 8) as u32;
            Value::I(((value << shift) as i64) >> shift)
        }
        Kind::Bool => Value::U(u64::from(value != 0)),
        Kind::F32 => Value::F(f64::from(f32::from_bits(value as u32))),
        Kind::F64 => Value::F(f64::from_bits(value)),
        Kind::Ipv4 => Value::Ipv4((value as u32).to_be_bytes()),
        _ => Value::U(value),
    }
}
