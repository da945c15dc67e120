#!/bin/bash
# Install the system packages that Wireglass needs to be built and run, on Debian or Ubuntu: scripts/setup.sh [test]
# With `test`, also what the tests use. As root, or with sudo. Quick when everything is there.
set -euo pipefail

packages=(build-essential pkg-config libpcap-dev
    # the window: X11 and Wayland, keyboard, GL
    libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0 libwayland-egl1
    libgl1 libegl1 libgl1-mesa-dri)
if [ "${1:-}" = test ]; then
    # the yardstick, a graphics card made of software, a screen made of memory with hands (xdotool) and a reader's way to what
    # is on it (D-Bus, AT-SPI), and what the captures' scripts use
    packages+=(tshark mesa-vulkan-drivers xvfb xauth xdotool dbus at-spi2-core libglib2.0-bin python3 iproute2 procps)
fi

missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done

if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || { echo "not Debian or Ubuntu; please install: ${missing[*]}" >&2; exit 1; }
    as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null || { echo "run as root (or with sudo) to install: ${missing[*]}" >&2; exit 1; }
        as_root=(sudo)
    fi
    echo "installing ${missing[*]}"
    # tshark asks whether others than root may capture; the answer is the default, no.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"
fi

command -v cargo >/dev/null || [ -x "$HOME/.cargo/bin/cargo" ] || {
    echo "there is no Rust toolchain; see https://rustup.rs" >&2
    exit 1
}
