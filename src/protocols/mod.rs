//! The protocols: one file each, and here the one list of all. Adding a protocol is one file, the `mod` line, the row in
//! [`ALL`], and one capture.

use crate::dissect::{Protocol, Registry};

pub mod arp;
pub mod ber;
pub mod bits;
pub mod capwap;
pub mod credentials;
pub mod ctime;
pub mod data;
pub mod dhcp;
pub mod dhcpv6;
pub mod dns;
pub mod dropbox;
pub mod erspan;
pub mod eth;
pub mod ethertype;
pub mod form;
pub mod frame;
pub mod ftp;
pub mod geneve;
pub mod gre;
pub mod gtp;
pub mod http;
pub mod icmp;
pub mod icmpv6;
pub mod ieee8021ad;
pub mod igmp;
pub mod image;
pub mod imap;
pub mod imf;
pub mod internet;
pub mod ip;
pub mod ipsec;
pub mod ipv6;
pub mod json;
pub mod ldap;
pub mod linktype;
pub mod llc;
pub mod media;
pub mod mpls;
pub mod multipart;
pub mod nbns;
pub mod nbss;
pub mod ntp;
pub mod null;
pub mod nullchat;
pub mod numsum;
pub mod pop;
pub mod ppi;
pub mod ppp;
pub mod pppoe;
pub mod raw;
pub mod sll;
pub mod smtp;
pub mod snmp;
pub mod tcp;
pub mod telnet;
pub mod teredo;
#[cfg(test)]
pub mod testing;
pub mod text_lines;
pub mod tls;
mod transfer;
pub mod udp;
pub mod vlan;
pub mod vxlan;
pub mod wlan;
pub mod xml;
pub mod xmpp;

/// Every protocol. The order only matters for recognition by content: earlier ones are asked first.
pub static ALL: &[&Protocol] = &[
    &arp::ARP,
    &ber::unknown::BER,
    &capwap::CAPWAP_DATA,
    &ctime::CTIME,
    &data::DATA,
    &dhcp::DHCP,
    &dhcpv6::DHCPV6,
    &dhcpv6::bulk::BULK_LEASEQUERY,
    &dns::DNS,
    &dns::llmnr::LLMNR,
    &dns::mdns::MDNS,
    &eth::ETH,
    &frame::COMMENTS,
    &frame::FRAME,
    &ftp::FTP,
    &ftp::FTP_DATA,
    &erspan::ERSPAN,
    &geneve::GENEVE,
    &gre::GRE,
    &gtp::GTP,
    &http::HTTP,
    &http::SSDP,
    &dropbox::DROPBOX,
    &form::FORM,
    &image::GIF,
    &image::IPP,
    &image::JPEG,
    &image::MMS,
    &image::MP4,
    &image::OCSP,
    &image::PNG,
    &json::JSON,
    &imf::IMF,
    &media::MEDIA,
    &multipart::MIME_MULTIPART,
    &text_lines::TEXT_LINES,
    &xml::XML,
    &ieee8021ad::IEEE8021AD,
    &icmp::ICMP,
    &icmpv6::ICMPV6,
    &igmp::IGMP,
    &imap::IMAP,
    &ip::IP,
    &ipsec::AH,
    &ipsec::ESP,
    &llc::LLC,
    &mpls::MPLS,
    &ntp::NTP,
    &null::NULL,
    &nullchat::NULLCHAT,
    &numsum::NUMSUM,
    &pop::POP,
    &ppi::PPI,
    &ppp::PPP,
    &pppoe::PPPOED,
    &pppoe::PPPOES,
    &raw::RAW,
    &sll::SLL,
    &smtp::SMTP,
    &snmp::SNMP,
    &snmp::smux::SMUX,
    &ipv6::DSTOPTS,
    &ipv6::FRAGHDR,
    &ipv6::HOPOPTS,
    &ipv6::IPV6,
    &ipv6::ROUTING,
    &ldap::LDAP,
    &nbns::NBNS,
    &nbss::NBSS,
    &tcp::TCP,
    &tcp::options::mptcp::MPTCP,
    &telnet::TELNET,
    &tls::TLS,
    &udp::UDP,
    &udp::UDPLITE,
    &vlan::VLAN,
    &xmpp::XMPP,
    &teredo::TEREDO,
    &vxlan::VXLAN,
    &wlan::WLAN,
];

/// The registry of all protocols.
pub fn registry() -> Registry {
    Registry::new(ALL).with_issues(credentials::ISSUES)
}
