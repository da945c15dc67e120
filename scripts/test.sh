#!/bin/bash
# All checks: format, lints, tests, doc tests, parity with tshark, pictures of the window. Ends with the first that fails.
set -euo pipefail
PATH=$PATH:$HOME/.cargo/bin
cd "$(dirname "$0")/.."
scripts/setup.sh test

step() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }

step format
cargo fmt --all --check

# Tests come before lints: both compile all dependencies, and what is wrong there shows sooner. One profile for all.
step tests
cargo test --locked --all-targets --no-run
if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --locked --no-fail-fast --success-output final --status-level slow --final-status-level slow
else
    cargo test --locked --lib --bins --tests -- --nocapture
fi

step doc tests
cargo test --locked --doc

step lints
cargo clippy --locked --all-targets -- -D warnings

step "done: everything passed"
