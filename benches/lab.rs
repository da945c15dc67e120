//! How fast the Lab plays. See README.md here.
#![allow(clippy::unwrap_used, missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use wireglass::lab::{CATALOGUE, Choice, Faults, find, play};

fn lab(c: &mut Criterion) {
    let mut group = c.benchmark_group("lab");
    group.throughput(Throughput::Elements(1));
    let http = find("http-raw").unwrap();
    let mut seed = 0;
    group.bench_function("http", |b| {
        b.iter(|| {
            seed += 1;
            let choice = Choice {
                seed,
                faults: Faults::default(),
            };
            let played = play(&http, &choice).unwrap();
            assert!(played.failed.is_none());
            played
        });
    });
    let long = find("http-rfc").unwrap();
    group.bench_function("loss", |b| {
        b.iter(|| {
            seed += 1;
            let faults = Faults {
                loss: 20_000,
                ..Faults::default()
            };
            play(&long, &Choice { seed, faults }).unwrap()
        });
    });
    group.bench_function("scripts", |b| {
        b.iter(|| {
            CATALOGUE
                .iter()
                .filter(|entry| entry.is_playable())
                .map(|entry| entry.plan().unwrap().steps.len())
                .sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, lab);
criterion_main!(benches);
