//! How fast the engine is, on a committed capture: scanning, dissecting for three purposes, filtering. See README.md here.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use wireglass::dissect::{Options, Registry, Tree, Want};
use wireglass::filter;
use wireglass::session::{Session, filter_all};

#[path = "../tests/memory.rs"]
mod memory;

use memory::{Frame, Memory};

/// What is measured: long text in many segments; loss and its repair; small questions and answers.
const CAPTURES: &[&str] = &["http-big.pcap", "tcp-loss-sender.pcap", "dns-records.pcap"];

/// Filters, from one that the columns decide to one that looks into put-together text.
const FILTERS: &[(&str, &str)] = &[
    ("protocol", "dns"),
    ("field", "tcp.flags.syn == 1"),
    ("address", "ip.addr == 192.0.2.80"),
    (
        "deep",
        "http.file_data contains \"line 00799\" or dns.qry.name matches \"^alias\"",
    ),
];

fn session(name: &str, registry: &Arc<Registry>) -> Arc<Session> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("captures")
        .join(name);
    let session = Session::open(
        &path,
        Arc::clone(registry),
        Options::default(),
        Arc::new(|| {}),
    )
    .unwrap();
    session.wait();
    Arc::new(session)
}

fn frames(session: &Arc<Session>) -> Vec<Frame> {
    let mut view = session.view();
    (1..=view.len())
        .map(|number| {
            let meta = view.meta(number).unwrap();
            view.read(&meta).unwrap();
            Frame {
                bytes: view.bytes().to_vec(),
                original: meta.original,
                link: view.interfaces()[meta.interface as usize].link_type,
                time_ns: meta.time_ns,
            }
        })
        .collect()
}

fn engine(c: &mut Criterion) {
    let registry = Arc::new(wireglass::protocols::registry());
    let options = Options::default();
    for name in CAPTURES {
        let session = session(name, &registry);
        let frames = frames(&session);
        let count = frames.len() as u64;
        let memory = Memory::scan(frames.clone(), &registry, &options);

        let mut group = c.benchmark_group(*name);
        group.throughput(Throughput::Elements(count));
        group.bench_function("scan", |b| {
            b.iter_batched(
                || frames.clone(),
                |frames| Memory::scan(frames, &registry, &options),
                criterion::BatchSize::SmallInput,
            );
        });
        for (purpose, want) in [
            ("nodes", Want::NODES),
            ("columns", Want::COLUMNS),
            ("all", Want::ALL),
        ] {
            let mut tree = Tree::new();
            group.bench_function(BenchmarkId::new("dissect", purpose), |b| {
                b.iter(|| {
                    for index in 0..memory.frames.len() {
                        memory.read(index, &registry, &options, want, &mut tree);
                        black_box(&tree);
                    }
                });
            });
        }
        for (kind, text) in FILTERS {
            let filter = filter::compile(text, &registry).unwrap();
            group.bench_function(BenchmarkId::new("filter", kind), |b| {
                b.iter(|| filter_all(&session, &filter).unwrap());
            });
        }
        group.finish();
    }
}

criterion_group!(benches, engine);
criterion_main!(benches);
