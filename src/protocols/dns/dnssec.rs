//! Records about keys and signatures: DNSSEC (RFC 4034, RFC 5155), certificates and fingerprints that are looked up by name,
//! and the signatures of whole messages (TSIG, TKEY).

use std::fmt::Write as _;

use super::fields::{NO_ALGORITHM, SHORT_KEY};
use super::rdata::{Record, counted, text, type_bits, type_windows};
use super::values::{
    ALGORITHMS, CERT_TYPES, DIGESTS, GATEWAY_ALGORITHMS, GATEWAY_TYPES, NSEC3_HASHES, RCODES,
    SSHFP_ALGORITHMS, SSHFP_TYPES, TKEY_MODES, TLSA_MATCHINGS, TLSA_SELECTORS, TLSA_USAGES,
    ZONEMD_HASHES, ZONEMD_SCHEMES, described, seconds,
};
use crate::dissect::{Done, Layer, Stop, Value};

crate::fields! {
    /// Type of the records that are signed.
    RRSIG_TYPE = Field::new("dns.rrsig.type_covered", "Type Covered", Kind::U16).names(Names::Lookup(described)).spec("RFC 4034 section 3.1.1");
    /// How the signature is made.
    RRSIG_ALGORITHM = Field::new("dns.rrsig.algorithm", "Algorithm", Kind::U8).values(ALGORITHMS).spec("RFC 4034 section 3.1.2");
    /// How many labels the signed name has; fewer than the record's own if the answer was made from a wildcard.
    RRSIG_LABELS = Field::new("dns.rrsig.labels", "Labels", Kind::U8).spec("RFC 4034 section 3.1.3");
    /// The time to live as it was signed.
    RRSIG_TTL = Field::new("dns.rrsig.original_ttl", "Original TTL", Kind::U32).names(Names::Custom(seconds)).spec("RFC 4034 section 3.1.4");
    /// Until when the signature holds.
    RRSIG_EXPIRATION = Field::new("dns.rrsig.signature_expiration", "Signature Expiration", Kind::AbsTime).spec("RFC 4034 section 3.1.5");
    /// From when on the signature holds.
    RRSIG_INCEPTION = Field::new("dns.rrsig.signature_inception", "Signature Inception", Kind::AbsTime).spec("RFC 4034 section 3.1.5");
    /// Number of the key that made it, to find it quickly among several.
    RRSIG_TAG = Field::new("dns.rrsig.key_tag", "Key Tag", Kind::U16).spec("RFC 4034 section 3.1.6");
    /// The zone whose key made it.
    RRSIG_SIGNER = Field::new("dns.rrsig.signers_name", "Signer's name", Kind::Str).spec("RFC 4034 section 3.1.7");
    /// The signature: nobody without the secret key can make it.
    RRSIG_SIGNATURE = Field::new("dns.rrsig.signature", "Signature", Kind::Bytes).spec("RFC 4034 section 3.1.8");
    /// What the key is for.
    DNSKEY_FLAGS = Field::new("dns.dnskey.flags", "Flags", Kind::U16).hex().spec("RFC 4034 section 2.1.1");
    /// The key signs records of its zone.
    DNSKEY_ZONE = Field::new("dns.dnskey.flags.zone_key", "Zone Key", Kind::Bool).mask(0x0100).width(16)
        .words("This it not a zone key", "This is the zone key for specified zone").spec("RFC 4034 section 2.1.1");
    /// The key must no longer be trusted.
    DNSKEY_REVOKED = Field::new("dns.dnskey.flags.key_revoked", "Key Revoked", Kind::Bool).mask(0x0080).width(16)
        .words("No", "Yes").spec("RFC 5011 section 2.1");
    /// The key signs keys; the zone above vouches for it.
    DNSKEY_ENTRY = Field::new("dns.dnskey.flags.secure_entry_point", "Key Signing Key", Kind::Bool).mask(0x0001).width(16)
        .words("No", "Yes").spec("RFC 4034 section 2.1.1");
    /// Not in use; must be 0.
    DNSKEY_RESERVED = Field::new("dns.dnskey.flags.reserved", "Key Signing Key", Kind::U16).hex().mask(0xfe7e).spec("RFC 4034 section 2.1.1");
    /// Always 3, for DNSSEC; a key with another number is not to be used.
    DNSKEY_PROTOCOL = Field::new("dns.dnskey.protocol", "Protocol", Kind::U8).spec("RFC 4034 section 2.1.2");
    /// For which algorithm the key is.
    DNSKEY_ALGORITHM = Field::new("dns.dnskey.algorithm", "Algorithm", Kind::U8).values(ALGORITHMS).spec("RFC 4034 section 2.1.3");
    /// Number of the key, computed from it; signatures name it.
    DNSKEY_ID = Field::new("dns.dnskey.key_id", "Key id", Kind::U16).spec("RFC 4034 appendix B");
    /// The key by which signatures are checked.
    DNSKEY_KEY = Field::new("dns.dnskey.public_key", "Public Key", Kind::Bytes).spec("RFC 4034 section 2.1.4");
    /// What the key is for.
    KEY_FLAGS = Field::new("dns.key.flags", "Flags", Kind::U16).hex().spec("RFC 2535 section 3.1.2");
    /// Whether the key may prove who somebody is.
    KEY_AUTHENTICATION = Field::new("dns.key.flags.authentication", "Key allowed for authentication", Kind::Bool).mask(0x8000).width(16)
        .words("Allowed", "Not Allowed").spec("RFC 2535 section 3.1.2");
    /// Whether the key may encrypt.
    KEY_CONFIDENTIALITY = Field::new("dns.key.flags.confidentiality", "Key allowed for confidentiality", Kind::Bool).mask(0x4000).width(16)
        .words("Allowed", "Not Allowed").spec("RFC 2535 section 3.1.2");
    /// Whether the use of the key can be demanded.
    KEY_REQUIRED = Field::new("dns.key.flags.required", "Key required", Kind::Bool).mask(0x2000).width(16)
        .words("Required", "Experimental or optional").spec("RFC 2065 section 3.3");
    /// The key is a person's.
    KEY_USER = Field::new("dns.key.flags.associated_user", "Key is associated with a user", Kind::Bool).mask(0x0400).width(16)
        .words("No", "Yes").spec("RFC 2065 section 3.3");
    /// The key is a host's or another named thing's.
    KEY_ENTITY = Field::new("dns.key.flags.associated_named_entity", "Key is associated with the named entity", Kind::Bool).mask(0x0200).width(16)
        .words("No", "Yes").spec("RFC 2065 section 3.3");
    /// The key can be used for IPsec.
    KEY_IPSEC = Field::new("dns.key.flags.ipsec", "Key use with IPSEC", Kind::Bool).mask(0x0080).width(16)
        .words("Invalid", "Valid").spec("RFC 2065 section 3.3");
    /// The key can be used for signed mail.
    KEY_MIME = Field::new("dns.key.flags.mime", "Key use with MIME security multiparts", Kind::Bool).mask(0x0040).width(16)
        .words("Invalid", "Valid").spec("RFC 2065 section 3.3");
    /// Whether and how the key may sign updates.
    KEY_SIGNATORY = Field::new("dns.key.flags.signatory", "Signatory", Kind::U16).mask(0x000f).spec("RFC 2137 section 3.1");
    /// For which protocol the key is; 3 for DNSSEC.
    KEY_PROTOCOL = Field::new("dns.key.protocol", "Protocol", Kind::U8).spec("RFC 2535 section 3.1.3");
    /// For which algorithm the key is.
    KEY_ALGORITHM = Field::new("dns.key.algorithm", "Algorithm", Kind::U8).values(ALGORITHMS).spec("RFC 2535 section 3.2");
    /// Number of the key, computed from it.
    KEY_ID = Field::new("dns.key.key_id", "Key ID", Kind::U16).spec("RFC 2535 section 4.1.6");
    /// The key itself, in a form that depends on the algorithm.
    KEY_KEY = Field::new("dns.key.public_key", "Public Key", Kind::Bytes).spec("RFC 2535 section 3.1");
    /// Number of the key below that this record vouches for.
    DS_ID = Field::new("dns.ds.key_id", "Key id", Kind::U16).hex().spec("RFC 4034 section 5.1.1");
    /// Algorithm of that key.
    DS_ALGORITHM = Field::new("dns.ds.algorithm", "Algorithm", Kind::U8).values(ALGORITHMS).spec("RFC 4034 section 5.1.2");
    /// How the digest is made.
    DS_DIGEST_TYPE = Field::new("dns.ds.digest_type", "Digest Type", Kind::U8).values(DIGESTS).spec("RFC 4034 section 5.1.3");
    /// Digest of the key: whoever trusts this zone can trust that key.
    DS_DIGEST = Field::new("dns.ds.digest", "Digest", Kind::Bytes).spec("RFC 4034 section 5.1.4");
    /// The next name that exists: nothing lies between, which proves that a name does not exist.
    NSEC_NEXT = Field::new("dns.nsec.next_domain_name", "Next Domain Name", Kind::Str).spec("RFC 4034 section 4.1.1");
    /// The next name that exists (out of use).
    NXT_NEXT = Field::new("dns.nxt.next_domain_name", "Next Domain Name", Kind::Str).spec("RFC 2535 section 5.2");
    /// How names are hashed, so that the list of names cannot be read off.
    NSEC3_ALGORITHM = Field::new("dns.nsec3.algo", "Hash algorithm", Kind::U8).values(NSEC3_HASHES).spec("RFC 5155 section 3.1.1");
    /// One flag is defined: names without signatures may lie in the gap (opt-out).
    NSEC3_FLAGS = Field::new("dns.nsec3.flags", "NSEC3 flags", Kind::U8).spec("RFC 5155 section 3.1.2");
    /// Names without signatures may lie between.
    NSEC3_OPT_OUT = Field::new("dns.nsec3.flags.opt_out", "NSEC3 Opt-out flag", Kind::Bool).mask(0x01).width(8)
        .words("Additional insecure delegations forbidden", "Additional insecure delegations allowed").spec("RFC 5155 section 3.1.2.1");
    /// How often the hash is repeated.
    NSEC3_ITERATIONS = Field::new("dns.nsec3.iterations", "NSEC3 iterations", Kind::U16).spec("RFC 5155 section 3.1.3");
    /// Length of the salt in bytes.
    NSEC3_SALT_LENGTH = Field::new("dns.nsec3.salt_length", "Salt length", Kind::U8).spec("RFC 5155 section 3.1.4");
    /// Bytes mixed into the hash, so that tables made beforehand are of no use.
    NSEC3_SALT = Field::new("dns.nsec3.salt_value", "Salt value", Kind::Bytes).spec("RFC 5155 section 3.1.5");
    /// Length of the hash in bytes.
    NSEC3_HASH_LENGTH = Field::new("dns.nsec3.hash_length", "Hash length", Kind::U8).spec("RFC 5155 section 3.1.6");
    /// Hash of the next name that exists.
    NSEC3_HASH = Field::new("dns.nsec3.hash_value", "Next hashed owner", Kind::Str).spec("RFC 5155 section 3.1.7");
    /// What the record says about the server's certificate.
    TLSA_USAGE = Field::new("dns.tlsa.certificate_usage", "Certificate Usage", Kind::U8).values(TLSA_USAGES).spec("RFC 6698 section 2.1.1");
    /// Which part of the certificate is meant.
    TLSA_SELECTOR = Field::new("dns.tlsa.selector", "Selector", Kind::U8).values(TLSA_SELECTORS).spec("RFC 6698 section 2.1.2");
    /// Whether the part itself or a digest of it follows.
    TLSA_MATCHING = Field::new("dns.tlsa.matching_type", "Matching Type", Kind::U8).values(TLSA_MATCHINGS).spec("RFC 6698 section 2.1.3");
    /// What the certificate must fit.
    TLSA_DATA = Field::new("dns.tlsa.certificate_association_data", "Certificate Association Data", Kind::Bytes).spec("RFC 6698 section 2.1.4");
    /// Algorithm of the host's SSH key.
    SSHFP_ALGORITHM = Field::new("dns.sshfp.algorithm", "Algorithm", Kind::U8).values(SSHFP_ALGORITHMS).spec("RFC 4255 section 3.1.1");
    /// How the fingerprint is made.
    SSHFP_TYPE = Field::new("dns.sshfp.fingerprint.type", "Fingerprint type", Kind::U8).values(SSHFP_TYPES).spec("RFC 4255 section 3.1.2");
    /// Fingerprint of the key that the host must show.
    SSHFP_FINGERPRINT = Field::new("dns.sshfp.fingerprint", "Fingerprint", Kind::Bytes).spec("RFC 4255 section 3.1.3");
    /// Kind of certificate.
    CERT_TYPE = Field::new("dns.cert.type", "Type", Kind::U16).values(CERT_TYPES).spec("RFC 4398 section 2.1");
    /// Number of the key in it.
    CERT_TAG = Field::new("dns.cert.key_tag", "Key Tag", Kind::U16).hex().spec("RFC 4398 section 2");
    /// Algorithm of the key in it.
    CERT_ALGORITHM = Field::new("dns.cert.algorithm", "Algorithm", Kind::U8).values(ALGORITHMS).spec("RFC 4398 section 2");
    /// The certificate, or a list of revoked ones.
    CERT_CERTIFICATE = Field::new("dns.cert.certificate", "Certificate (or CRL)", Kind::Bytes).spec("RFC 4398 section 2");
    /// Gateways with a lower number are tried first.
    IPSEC_PRECEDENCE = Field::new("dns.ipseckey.gateway_precedence", "Gateway Precedence", Kind::U8).spec("RFC 4025 section 2.2");
    /// What stands as the gateway.
    IPSEC_TYPE = Field::new("dns.ipseckey.gateway_type", "Gateway Type", Kind::U8).values(GATEWAY_TYPES).spec("RFC 4025 section 2.3");
    /// Algorithm of the key.
    IPSEC_ALGORITHM = Field::new("dns.ipseckey.gateway_algorithm", "Gateway Algorithm", Kind::U8).values(GATEWAY_ALGORITHMS).spec("RFC 4025 section 2.4");
    /// Address of the gateway.
    IPSEC_IPV4 = Field::new("dns.ipseckey.gateway_ipv4", "IPv4 Gateway", Kind::Ipv4).spec("RFC 4025 section 2.5");
    /// Address of the gateway.
    IPSEC_IPV6 = Field::new("dns.ipseckey.gateway_ipv6", "IPv6 Gateway", Kind::Ipv6).spec("RFC 4025 section 2.5");
    /// Name of the gateway.
    IPSEC_NAME = Field::new("dns.ipseckey.gateway_dns", "DNS Gateway", Kind::Str).spec("RFC 4025 section 2.5");
    /// The key by which the host or gateway proves who it is.
    IPSEC_KEY = Field::new("dns.ipseckey.public_key", "Public Key", Kind::Bytes).spec("RFC 4025 section 2.6");
    /// Flags of the rule about certificates.
    CAA_FLAGS = Field::new("dns.caa.flags", "CAA Flags", Kind::U8).hex().spec("RFC 8659 section 4.1");
    /// Who does not understand the tag must not issue a certificate.
    CAA_CRITICAL = Field::new("dns.caa.flags.issuer_critical", "Issuer Critical", Kind::Bool).mask(0x80).width(8)
        .words("Not critical", "Critical").spec("RFC 8659 section 4.1");
    /// Who may issue certificates for the name.
    CAA_ISSUE = Field::new("dns.caa.issue", "Issue", Kind::Str).spec("RFC 8659 section 4.2");
    /// Who may issue certificates for all names below.
    CAA_ISSUEWILD = Field::new("dns.caa.issuewild", "Issue Wildcard", Kind::Str).spec("RFC 8659 section 4.3");
    /// Where to report requests that break the rule.
    CAA_IODEF = Field::new("dns.caa.iodef", "Report URL", Kind::Str).spec("RFC 8659 section 4.4");
    /// A rule of a kind not known here.
    CAA_UNKNOWN = Field::new("dns.caa.unknown", "Unknown tag", Kind::Str).spec("RFC 8659 section 4.1");
    /// Length of the tag.
    CAA_TAG_LENGTH = Field::new("dns.caa.tag_length", "Tag length", Kind::U8).spec("RFC 8659 section 4.1");
    /// What the rule is about.
    CAA_TAG = Field::new("dns.caa.tag", "Tag", Kind::Str).spec("RFC 8659 section 4.1");
    /// What the rule says.
    CAA_VALUE = Field::new("dns.caa.value", "Value", Kind::Str).spec("RFC 8659 section 4.1");
    /// A person's key for signed or encrypted mail.
    OPENPGP = Field::new("dns.openpgpkey", "OpenPGP Key", Kind::Str).spec("RFC 7929 section 2");
    /// Version of the zone that this record was made for.
    CSYNC_SOA = Field::new("dns.csync.soa", "SOA", Kind::U32).spec("RFC 7477 section 2.1.1.1");
    /// Whether the parent may act at once, and whether it must check the serial number first.
    CSYNC_FLAGS = Field::new("dns.csync.flags", "Flags", Kind::U16).hex().spec("RFC 7477 section 2.1.1.2");
    /// The zone above may copy the records without asking anybody.
    CSYNC_IMMEDIATE = Field::new("dns.csync.flags.immediate", "immediate", Kind::Bool).mask(0x0001).width(16).spec("RFC 7477 section 2.1.1.2.1");
    /// Only if the zone's version is at least the one given.
    CSYNC_MINIMUM = Field::new("dns.csync.flags.soaminimum", "soaminimum", Kind::Bool).mask(0x0002).width(16).spec("RFC 7477 section 2.1.1.2.2");
    /// Which types of records to copy.
    CSYNC_TYPES = Field::new("dns.csync.type_bitmap", "Type Bitmap", Kind::Bytes).spec("RFC 7477 section 2.1.2");
    /// Version of the zone that the digest is of.
    ZONEMD_SERIAL = Field::new("dns.zonemd.serial", "Serial", Kind::U32).spec("RFC 8976 section 2.2.1");
    /// How the zone is put in order for it.
    ZONEMD_SCHEME = Field::new("dns.zonemd.scheme", "Scheme", Kind::U8).names(Names::Ranges(ZONEMD_SCHEMES)).spec("RFC 8976 section 2.2.2");
    /// How the digest is made.
    ZONEMD_HASH = Field::new("dns.zonemd.hash_algo", "Hash Algorithm", Kind::U8).names(Names::Ranges(ZONEMD_HASHES)).spec("RFC 8976 section 2.2.3");
    /// Digest of the whole zone: a copy can be checked with it.
    ZONEMD_DIGEST = Field::new("dns.zonemd.digest", "Digest", Kind::Bytes).spec("RFC 8976 section 2.2.4");
    /// How the message is signed.
    TSIG_ALGORITHM = Field::new("dns.tsig.algorithm_name", "Algorithm Name", Kind::Str).spec("RFC 8945 section 4.2");
    /// When it was signed: an old message sent again is noticed.
    TSIG_TIME = Field::new("dns.tsig.time_signed", "Time Signed", Kind::AbsTime).spec("RFC 8945 section 4.2");
    /// By how many seconds the clocks may differ.
    TSIG_FUDGE = Field::new("dns.tsig.fudge", "Fudge", Kind::U16).spec("RFC 8945 section 4.2");
    /// Length of the signature in bytes.
    TSIG_MAC_SIZE = Field::new("dns.tsig.mac_size", "MAC Size", Kind::U16).spec("RFC 8945 section 4.2");
    /// The signature, made with a secret that both sides share.
    TSIG_MAC = Field::new("dns.tsig.mac", "MAC", Kind::None).spec("RFC 8945 section 4.2");
    /// The message's number when it was signed.
    TSIG_ORIGINAL_ID = Field::new("dns.tsig.original_id", "Original Id", Kind::U16).spec("RFC 8945 section 4.2");
    /// How the check of the signature went.
    TSIG_ERROR = Field::new("dns.tsig.error", "Error", Kind::U16).values(RCODES).spec("RFC 8945 section 4.2");
    /// Length of what follows.
    TSIG_OTHER_LEN = Field::new("dns.tsig.other_len", "Other Len", Kind::U16).spec("RFC 8945 section 4.2");
    /// With a wrong time: the server's time.
    TSIG_OTHER = Field::new("dns.tsig.other_data", "Other Data", Kind::Bytes).spec("RFC 8945 section 4.2");
    /// For which way of signing a key is agreed upon.
    TKEY_ALGORITHM = Field::new("dns.tkey.algo_name", "Algorithm name", Kind::Str).spec("RFC 2930 section 2.1");
    /// From when on the key holds.
    TKEY_INCEPTION = Field::new("dns.tkey.signature_inception", "Signature Inception", Kind::AbsTime).spec("RFC 2930 section 2.3");
    /// Until when the key holds.
    TKEY_EXPIRATION = Field::new("dns.tkey.signature_expiration", "Signature Expiration", Kind::AbsTime).spec("RFC 2930 section 2.3");
    /// How it is agreed upon.
    TKEY_MODE = Field::new("dns.tkey.mode", "Mode", Kind::U16).values(TKEY_MODES).spec("RFC 2930 section 2.5");
    /// How that went.
    TKEY_ERROR = Field::new("dns.tkey.error", "Error", Kind::U16).values(RCODES).spec("RFC 2930 section 2.6");
    /// Length of the key data.
    TKEY_SIZE = Field::new("dns.tkey.key_size", "Key Size", Kind::U16).spec("RFC 2930 section 2.7");
    /// What is needed to agree upon the key.
    TKEY_DATA = Field::new("dns.tkey.key_data", "Key Data", Kind::Bytes).spec("RFC 2930 section 2.7");
    /// Length of what follows.
    TKEY_OTHER_SIZE = Field::new("dns.tkey.other_size", "Other Size", Kind::U16).spec("RFC 2930 section 2.8");
    /// Nothing so far.
    TKEY_OTHER = Field::new("dns.tkey.other_data", "Other Data", Kind::Bytes).spec("RFC 2930 section 2.8");
}

/// The data of a record, if its type is one of these. Says whether it is.
pub fn contents(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Result<bool, Stop> {
    match r.kind {
        24 | 46 => signature(l, r)?,
        25 => old_key(l, r)?,
        30 => {
            next_name(l, r, &NXT_NEXT)?;
            let n = r.left(l);
            type_bits(l, 0, n)?;
        }
        37 => {
            l.u16(&CERT_TYPE)?;
            l.u16(&CERT_TAG)?;
            l.u8(&CERT_ALGORITHM)?;
            r.rest(l, &CERT_CERTIFICATE)?;
        }
        43 | 59 | 32769 => {
            l.u16(&DS_ID)?;
            l.u8(&DS_ALGORITHM)?;
            l.u8(&DS_DIGEST_TYPE)?;
            r.rest(l, &DS_DIGEST)?;
        }
        44 => {
            l.u8(&SSHFP_ALGORITHM)?;
            l.u8(&SSHFP_TYPE)?;
            r.rest(l, &SSHFP_FINGERPRINT)?;
        }
        45 => ipsec_key(l, r)?,
        47 => {
            next_name(l, r, &NSEC_NEXT)?;
            type_windows(l, r)?;
        }
        48 | 60 => key(l, r)?,
        50 => {
            hash_head(l, true)?;
            let n = usize::from(l.u8(&NSEC3_HASH_LENGTH)?);
            let at = l.pos();
            let text = base32(l.peek(at, n)?);
            let value = l.made(text.as_bytes());
            l.add(&NSEC3_HASH, at, n, value);
            l.skip(n);
            type_windows(l, r)?;
        }
        51 => {
            hash_head(l, false)?;
            r.say_owner(l);
        }
        52 => {
            l.u8(&TLSA_USAGE)?;
            l.u8(&TLSA_SELECTOR)?;
            l.u8(&TLSA_MATCHING)?;
            r.rest(l, &TLSA_DATA)?;
            r.say_owner(l);
        }
        61 => text(l, &OPENPGP, r.len)?,
        62 => {
            l.u32(&CSYNC_SOA)?;
            let at = l.pos();
            l.u16(&CSYNC_FLAGS)?;
            l.enter();
            l.bits(&CSYNC_IMMEDIATE, at, 2)?;
            l.bits(&CSYNC_MINIMUM, at, 2)?;
            l.close();
            let types = l.pos();
            r.rest(l, &CSYNC_TYPES)?;
            l.seek(types);
            type_windows(l, r)?;
        }
        63 => {
            l.u32(&ZONEMD_SERIAL)?;
            l.u8(&ZONEMD_SCHEME)?;
            l.u8(&ZONEMD_HASH)?;
            r.rest(l, &ZONEMD_DIGEST)?;
        }
        249 => agreement(l, r)?,
        250 => message_signature(l, r)?,
        257 => authorities(l, r)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// Read a time of 32 bits, seconds since 1970.
fn time(l: &mut Layer<'_, '_>, field: &'static Field) -> Done {
    let at = l.pos();
    let secs = i64::from(l.peek_u32(at)?);
    l.add(field, at, 4, Value::Time { secs, nanos: 0 });
    l.skip(4);
    Ok(())
}

/// RRSIG and its forerunner SIG.
fn signature(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    l.u16(&RRSIG_TYPE)?;
    l.u8(&RRSIG_ALGORITHM)?;
    l.u8(&RRSIG_LABELS)?;
    l.u32(&RRSIG_TTL)?;
    time(l, &RRSIG_EXPIRATION)?;
    time(l, &RRSIG_INCEPTION)?;
    l.u16(&RRSIG_TAG)?;
    r.name(l, &RRSIG_SIGNER)?;
    r.rest(l, &RRSIG_SIGNATURE)
}

/// The number of the key that a record's data holds (RFC 4034 appendix B): a sum, or for RSA/MD5 a part of the key.
fn key_id(l: &mut Layer<'_, '_>, r: &Record<'_>, algorithm: u8, field: &'static Field) -> Done {
    let data = l.peek(r.data, r.len)?;
    if data.len() < 4 {
        l.issue(r.line, &SHORT_KEY);
        return Ok(());
    }
    let id = if algorithm == 1 {
        let n = data.len();
        u16::from_be_bytes([data[n - 3], data[n - 2]])
    } else {
        let sum = data.iter().enumerate().fold(0u32, |sum, (i, b)| {
            sum.wrapping_add(u32::from(*b) << if i % 2 == 0 { 8 } else { 0 })
        });
        (sum.wrapping_add(sum >> 16) & 0xffff) as u16
    };
    // The yardstick counts the place of the message twice here.
    let place = r.at.saturating_add(l.region().base as usize);
    l.generated(field, place, Value::U(u64::from(id)));
    Ok(())
}

/// DNSKEY.
fn key(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let at = l.pos();
    l.u16(&DNSKEY_FLAGS)?;
    l.enter();
    l.bits(&DNSKEY_ZONE, at, 2)?;
    l.bits(&DNSKEY_REVOKED, at, 2)?;
    l.bits(&DNSKEY_ENTRY, at, 2)?;
    l.bits(&DNSKEY_RESERVED, at, 2)?;
    l.close();
    l.u8(&DNSKEY_PROTOCOL)?;
    let algorithm = l.u8(&DNSKEY_ALGORITHM)?;
    key_id(l, r, algorithm, &DNSKEY_ID)?;
    let n = r.left(l);
    l.bytes(&DNSKEY_KEY, n)?;
    Ok(())
}

/// KEY, the forerunner of DNSKEY.
fn old_key(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let at = l.pos();
    let flags = l.u16(&KEY_FLAGS)?;
    l.enter();
    l.bits(&KEY_AUTHENTICATION, at, 2)?;
    l.bits(&KEY_CONFIDENTIALITY, at, 2)?;
    if flags & 0xc000 != 0xc000 {
        l.bits(&KEY_REQUIRED, at, 2)?;
        l.bits(&KEY_USER, at, 2)?;
        l.bits(&KEY_ENTITY, at, 2)?;
        l.bits(&KEY_IPSEC, at, 2)?;
        l.bits(&KEY_MIME, at, 2)?;
        l.bits(&KEY_SIGNATORY, at, 2)?;
    }
    l.close();
    l.u8(&KEY_PROTOCOL)?;
    let algorithm = l.u8(&KEY_ALGORITHM)?;
    key_id(l, r, algorithm, &KEY_ID)?;
    r.rest(l, &KEY_KEY)
}

/// The name that comes next in the zone.
fn next_name(l: &mut Layer<'_, '_>, r: &Record<'_>, field: &'static Field) -> Done {
    let name = r.name(l, field)?;
    r.say(
        l,
        |out| {
            out.push_str(", next domain name ");
            name.push(out);
        },
        |out| {
            out.push(' ');
            name.push(out);
        },
    );
    Ok(())
}

/// What NSEC3 and NSEC3PARAM have in common.
fn hash_head(l: &mut Layer<'_, '_>, opt_out: bool) -> Done {
    l.u8(&NSEC3_ALGORITHM)?;
    let at = l.pos();
    l.u8(&NSEC3_FLAGS)?;
    if opt_out {
        l.enter();
        l.bits(&NSEC3_OPT_OUT, at, 1)?;
        l.close();
    }
    l.u16(&NSEC3_ITERATIONS)?;
    let n = l.u8(&NSEC3_SALT_LENGTH)?;
    l.bytes(&NSEC3_SALT, usize::from(n))?;
    Ok(())
}

/// Bytes in Base32 with the digits 0-9 and a-v (RFC 4648 section 7), without filling.
fn base32(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
    let mut out = String::with_capacity(bytes.len() * 2);
    let (mut bits, mut count) = (0u32, 0);
    for byte in bytes {
        bits = (bits << 8 | u32::from(*byte)) & 0xffff;
        count += 8;
        while count >= 5 {
            count -= 5;
            out.push(char::from(DIGITS[(bits >> count & 31) as usize]));
        }
    }
    if count > 0 {
        out.push(char::from(DIGITS[(bits << (5 - count) & 31) as usize]));
    }
    out
}

/// IPSECKEY.
fn ipsec_key(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    l.u8(&IPSEC_PRECEDENCE)?;
    let kind = l.u8(&IPSEC_TYPE)?;
    l.u8(&IPSEC_ALGORITHM)?;
    match kind {
        1 => {
            l.ipv4(&IPSEC_IPV4)?;
        }
        2 => {
            l.ipv6(&IPSEC_IPV6)?;
        }
        3 => {
            r.name(l, &IPSEC_NAME)?;
        }
        _ => {}
    }
    r.rest(l, &IPSEC_KEY)
}

/// CAA: who may issue certificates.
fn authorities(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let at = l.pos();
    l.u8(&CAA_FLAGS)?;
    l.enter();
    l.bits(&CAA_CRITICAL, at, 1)?;
    l.close();
    let at = l.pos();
    let tag_len = usize::from(l.peek_u8(at)?);
    let tag = l.peek(at + 1, tag_len)?;
    let start = at + 1 + tag_len;
    let len = r
        .end()
        .checked_sub(start)
        .filter(|_| tag_len > 0)
        .ok_or(Stop::Malformed)?;
    l.peek(start, len)?;
    let field: &'static Field = match tag {
        b"issue" => &CAA_ISSUE,
        b"issuewild" => &CAA_ISSUEWILD,
        b"iodef" => &CAA_IODEF,
        _ => &CAA_UNKNOWN,
    };
    let value = l.slice(start, len);
    l.open(field, at, 1 + tag_len + len, value);
    counted(l, &CAA_TAG_LENGTH, &CAA_TAG)?;
    text(l, &CAA_VALUE, len)?;
    l.close();
    Ok(())
}

/// TSIG: the signature of the whole message, made with a shared secret.
fn message_signature(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    let algorithm = r.name(l, &TSIG_ALGORITHM)?;
    let at = l.pos();
    let secs = i64::try_from(l.peek_uint(at, 6)?).unwrap_or(i64::MAX);
    let node = l.add(&TSIG_TIME, at, 6, Value::Time { secs, nanos: 0 });
    if secs >> 32 != 0 {
        l.append(node, |out| out.push_str(" (high bits set)"));
    }
    l.skip(6);
    l.u16(&TSIG_FUDGE)?;
    let n = usize::from(l.u16(&TSIG_MAC_SIZE)?);
    if n > 0 {
        let at = l.pos();
        l.peek(at, n)?;
        let node = l.add(&TSIG_MAC, at, n, Value::None);
        l.issue_with(node, &NO_ALGORITHM, |out| {
            let _ = write!(out, "The signature is not checked: ");
            algorithm.push(out);
        });
        l.skip(n);
    }
    l.u16(&TSIG_ORIGINAL_ID)?;
    l.u16(&TSIG_ERROR)?;
    let n = usize::from(l.u16(&TSIG_OTHER_LEN)?);
    if n > 0 {
        l.bytes(&TSIG_OTHER, n)?;
    }
    Ok(())
}

/// TKEY: agreeing upon a shared secret.
fn agreement(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    r.name(l, &TKEY_ALGORITHM)?;
    time(l, &TKEY_INCEPTION)?;
    time(l, &TKEY_EXPIRATION)?;
    l.u16(&TKEY_MODE)?;
    l.u16(&TKEY_ERROR)?;
    for (size, data) in [(&TKEY_SIZE, &TKEY_DATA), (&TKEY_OTHER_SIZE, &TKEY_OTHER)] {
        let n = usize::from(l.u16(size)?);
        if n > 0 {
            l.bytes(data, n)?;
        }
    }
    Ok(())
}
