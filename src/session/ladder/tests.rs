use super::*;
use crate::export::ladder::text;

fn session(name: &str) -> Arc<Session> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("captures/{name}"));
    let registry = Arc::new(crate::protocols::registry());
    let session = Session::open(&path, registry, Default::default(), Arc::new(|| {}));
    let session = Arc::new(session.unwrap());
    session.wait();
    session
}

fn told(name: &str, scope: Scope) -> String {
    text(&ladder(&session(name), scope, None).unwrap())
}

#[test]
fn a_handshake_and_its_end() {
    println!("{}", told("tcp-handshake-close.pcap", Scope::Tcp(0)));
    println!("{}", told("tcp-loss-sender.pcap", Scope::Tcp(0)));
    println!("{}", told("tcp-loss-receiver.pcap", Scope::Tcp(0)));
    println!("{}", told("smtp.pcap", Scope::Tcp(0)));
    println!("{}", told("lab/tcp-handshake.pcapng", Scope::Rows(None)));
    println!("{}", told("lab/imap.pcapng", Scope::Tcp(0)));
    println!("{}", told("lab/ftp.pcapng", Scope::Rows(None)));
    println!("{}", told("unreachable.pcap", Scope::Rows(None)));
    println!("{}", told("udp-closed.pcap", Scope::Udp(0)));
    println!("{}", told("arp.pcap", Scope::Rows(None)));
}
