#!/bin/bash
# Build Wireglass and open its window on a capture: scripts/run.sh [FILE]...
set -euo pipefail
PATH=$PATH:$HOME/.cargo/bin
here=$(cd "$(dirname "$0")/.." && pwd)
"$here/scripts/setup.sh"
[ $# -gt 0 ] || set -- "$here/captures/http-keep-alive.pcap"
exec cargo run --release --locked --manifest-path "$here/Cargo.toml" -- "$@"
