//! Dropbox looking for other copies of itself on the local network: a JSON text broadcast over UDP.

use crate::dissect::{Done, Layer, Protocol, Table};

/// Dropbox LAN sync discovery.
pub static DROPBOX: Protocol = Protocol {
    spec: "not published",
    parents: &[(Table::UdpPort, 17500)],
    ..Protocol::new(
        "db-lsp-disc",
        "Dropbox LAN sync Discovery Protocol",
        "DB-LSP-DISC",
        dissect,
    )
};

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("DB-LSP-DISC");
    l.info(|out| out.push_str("Dropbox LAN sync Discovery Protocol"));
    let region = l.region();
    let json = l.cx.registry.find_media("application/json");
    if !json.is_some_and(|json| l.call(json, region)) {
        l.plain(region);
    }
    Ok(())
}
