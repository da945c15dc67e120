#!/bin/sh
# Installs Wireglass below a prefix: the program, its man pages, completions for bash, zsh and fish, the entry in the desktop's
# menu with its icons, and what captures are for systems that do not know.
#
#   scripts/install.sh [--prefix FOLDER] [--program FILE] [--uninstall]
#
# The prefix is ~/.local unless told otherwise; /usr/local serves all users (with sudo). The program is the one that
# `cargo build --release` has built, or it is built now.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
prefix="${HOME}/.local"
program=""
uninstall=no
while [ $# -gt 0 ]; do
    case "$1" in
        --prefix) prefix="${2:?--prefix needs a folder}"; shift 2 ;;
        --prefix=*) prefix="${1#--prefix=}"; shift ;;
        --program) program="${2:?--program needs a file}"; shift 2 ;;
        --program=*) program="${1#--program=}"; shift ;;
        --uninstall) uninstall=yes; shift ;;
        -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
        *) echo "install.sh: what is $1? See --help" >&2; exit 2 ;;
    esac
done
# The folders below are written with the prefix as it is given; a relative one is meant from here.
mkdir -p "$prefix"
prefix=$(cd "$prefix" && pwd)
share="$prefix/share"
sizes="16 24 32 48 64 128 256 512"

# What the desktop has in its caches is made anew; where it has no tool for that, it needs none.
refresh() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$share/applications" 2>/dev/null || true
    fi
    if command -v update-mime-database >/dev/null; then
        update-mime-database "$share/mime" 2>/dev/null || true
    fi
    if command -v gtk-update-icon-cache >/dev/null; then
        gtk-update-icon-cache -q -t -f "$share/icons/hicolor" 2>/dev/null || true
    fi
}

if [ "$uninstall" = yes ]; then
    rm -f "$prefix/bin/wireglass" "$share/applications/wireglass.desktop" \
        "$share/mime/packages/wireglass-mime.xml" \
        "$share/icons/hicolor/scalable/apps/wireglass.svg" \
        "$share/bash-completion/completions/wireglass" \
        "$share/zsh/site-functions/_wireglass" \
        "$share/fish/vendor_completions.d/wireglass.fish" \
        "$share"/man/man1/wireglass.1 "$share"/man/man1/wireglass-*.1
    for size in $sizes; do
        rm -f "$share/icons/hicolor/${size}x$size/apps/wireglass.png"
    done
    refresh
    echo "Wireglass is gone from $prefix. What you prefer is still in ~/.config/wireglass."
    exit 0
fi

if [ -z "$program" ]; then
    program="${CARGO_TARGET_DIR:-$here/target}/release/wireglass"
    [ -x "$program" ] || (cd "$here" && cargo build --release --locked)
fi
install -D -m 755 "$program" "$prefix/bin/wireglass"
wireglass="$prefix/bin/wireglass"

# A file is written whole or not at all: a command that fails must not leave an empty one.
made() {
    folder=$(dirname "$1")
    mkdir -p "$folder"
    shift_to="$1.new"
    target="$1"
    shift
    "$@" >"$shift_to"
    mv "$shift_to" "$target"
}
"$wireglass" manual -o "$share/man/man1"
made "$share/bash-completion/completions/wireglass" "$wireglass" completions bash
made "$share/zsh/site-functions/_wireglass" "$wireglass" completions zsh
made "$share/fish/vendor_completions.d/wireglass.fish" "$wireglass" completions fish

install -D -m 644 "$here/assets/desktop/wireglass.desktop" "$share/applications/wireglass.desktop"
install -D -m 644 "$here/assets/icons/wireglass.svg" "$share/icons/hicolor/scalable/apps/wireglass.svg"
for size in $sizes; do
    install -D -m 644 "$here/assets/icons/wireglass-$size.png" \
        "$share/icons/hicolor/${size}x$size/apps/wireglass.png"
done
# Systems that know captures already keep their own description; ours stands in where they do not.
known=no
for folder in /usr/share/mime /usr/local/share/mime; do
    if [ "$folder" != "$share/mime" ] && [ -e "$folder/application/vnd.tcpdump.pcap.xml" ] &&
        [ -e "$folder/application/x-pcapng.xml" ]; then
        known=yes
    fi
done
if [ "$known" = no ]; then
    install -D -m 644 "$here/assets/desktop/wireglass-mime.xml" "$share/mime/packages/wireglass-mime.xml"
fi
refresh
echo "Wireglass is in $prefix/bin. To capture without root: sudo setcap cap_net_raw,cap_net_admin=eip $wireglass"
