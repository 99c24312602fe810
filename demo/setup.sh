#!/usr/bin/env bash
# Installs what building and testing need and this machine lacks. Sourced by demo/kit, demo/run, tests/run and tests/bench.
#
# Every function can be called again: it looks first, and does nothing when all is there.
# A failure is one sentence that says what to do, and ends the script.

rust_needed=95 # Rust 1.95, as in Cargo.toml
node_needed=20 # the browser driver says so

# Everything is built under target/, so that the paths below hold whatever the developer's own settings are.
export CARGO_TARGET_DIR="$PWD/target"

say() { printf '%s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "${asked:-$0}" "$*" >&2
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# Runs a command for so many seconds at most; a system without `timeout` waits as long as it takes.
limited() {
  if has timeout; then timeout "$@"; else shift && "$@"; fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# debian_install WHAT TIME PACKAGE…: what it is for, about how long it takes, and Debian's names of it.
debian_install() {
  local what=$1 time=$2
  shift 2
  has apt-get || fail "$what is missing: install it with this system's package manager (Debian calls it $*) and try again."
  [ "$(id -u)" = 0 ] || has sudo || fail "$what is missing: run 'apt-get install $*' as root and try again."
  say "Installing $what ($*) with apt-get, about $time."
  if [ -z "${apt_is_fresh:-}" ]; then
    as_root apt-get update -q >&2 || fail "apt-get update failed: see its words above, connect this machine to the network and try again."
    apt_is_fresh=yes
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@" >&2 || fail "apt-get could not install $*: see its words above, mend that and try again."
}

# A first build of everything takes about 3 GB; later ones need room for what changed.
need_space() {
  local needed=4 free
  [ ! -e target/debug/liveroom-server ] || needed=1
  free=$(($(df -Pk . | awk 'NR == 2 { print $4 }') / 1048576))
  [ "$free" -ge "$needed" ] || fail "only $free GB are free on this disk and building needs $needed: make room and try again."
}

# Whether a compiler is new enough.
is_new_rust() {
  local minor
  minor=$("$1" --version 2>/dev/null | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
  [ -n "$minor" ] && [ "$minor" -ge "$rust_needed" ]
}

# The compiler for this machine: the developer's own, else Debian's.
need_compiler() {
  if ! has cargo && [ -r "$HOME/.cargo/env" ]; then . "$HOME/.cargo/env"; fi
  if ! has cargo && has apt-get; then debian_install "Rust" "half a minute" rustc-web cargo-web; fi
  has cargo || fail "there is no Rust compiler: install Rust 1.$rust_needed or newer from https://rustup.rs and try again."
  is_new_rust rustc || fail "Rust 1.$rust_needed or newer is needed and this is '$(rustc --version 2>&1 | head -n 1)': run 'rustup update stable' and try again."
  has cc || debian_install "a C compiler" "half a minute" gcc libc6-dev
}

# The two programs that look at style; Debian has them apart.
need_linters() {
  if cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; then return; fi
  if has rustup; then
    say "Installing rustfmt and clippy with rustup, about half a minute."
    rustup component add rustfmt clippy >&2 || fail "rustup could not install rustfmt and clippy: connect this machine to the network and try again."
  else
    debian_install "rustfmt and clippy" "half a minute" rustfmt-web rust-web-clippy
  fi
}

# Whether a compiler's folder has the standard library's sources, of which the modules' own library is built.
has_std_sources() { [ -e "$1/lib/rustlib/src/rust/library/Cargo.lock" ]; }

rustup_sysroot() { "$(rustup which rustc 2>/dev/null)" --print sysroot 2>/dev/null; }

# Whether rustup has all that the modules need, or can fetch it soon. Where its server is out of reach it says no.
rustup_builds_wasm() {
  local sysroot
  has rustup && sysroot=$(rustup_sysroot) && is_new_rust "$sysroot/bin/rustc" || return 1
  if has_std_sources "$sysroot" && [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown" ]; then return 0; fi
  ! debian_builds_wasm || return 1
  say "Asking rustup for the WebAssembly target, a few seconds, a minute at most."
  mkdir -p target
  { limited 60 rustup target add wasm32-unknown-unknown && limited 60 rustup component add rust-src; } >target/rustup.log 2>&1 ||
    { say "rustup has no answer (target/rustup.log), so another compiler is looked for." && return 1; }
}

debian_builds_wasm() { is_new_rust /usr/bin/rustc && has_std_sources /usr && [ -x /usr/bin/wasm-ld-19 ]; }

# The compiler for the modules, for `cargo_wasm`.
need_wasm() {
  if rustup_builds_wasm; then
    wasm_path=$(rustup_sysroot)/bin:$PATH
    wasm_linker=rust-lld
    return
  fi
  debian_builds_wasm ||
    debian_install "a compiler for WebAssembly" "half a minute" rustc-web cargo-web rust-web-src lld-19
  debian_builds_wasm || fail "there is no compiler for WebAssembly: run 'rustup target add wasm32-unknown-unknown' and 'rustup component add rust-src' and try again."
  wasm_path=/usr/bin:$PATH
  wasm_linker=wasm-ld-19
}

# cargo for the modules a page loads. Their standard library is built with them, for size, which a stable compiler does
# only when told that it may. A panic is a trap at once, without words and places, and derived Debug texts are left out:
# a fifth of what a page would load.
cargo_wasm() {
  env PATH="$wasm_path" RUSTC_BOOTSTRAP=1 \
    CARGO_TARGET_DIR="$PWD/target/wasm" \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$wasm_linker" \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none" \
    cargo "$@" --profile wasm --target wasm32-unknown-unknown \
    -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size
}

# build PROGRAM… [--release]: for this machine. Of the whole workspace, so that a library is compiled with the same features for the
# server, the tools and the tests, and not once for each.
build() {
  local words=() word
  for word in "$@"; do
    case "$word" in
      --*) words+=("$word") ;;
      *) words+=(--bin "$word") ;;
    esac
  done
  cargo build --workspace "${words[@]}" >&2
}

is_new_node() {
  local major
  major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p')
  [ -n "$major" ] && [ "$major" -ge "$node_needed" ]
}

# Node and npm: the developer's own, else Debian's; where Debian's is too old, npm brings a newer one under target/.
need_node() {
  local machine
  if ! has node || ! has npm; then debian_install "Node" "a minute" nodejs npm; fi
  [ ! -d target/node/bin ] || PATH=$PWD/target/node/bin:$PATH
  ! is_new_node || return 0
  case "$(uname -sm)" in
    "Linux x86_64") machine=linux-x64 ;;
    "Linux aarch64") machine=linux-arm64 ;;
    *) fail "Node $node_needed or newer is needed and this is $(node --version): install it from https://nodejs.org and try again." ;;
  esac
  say "This Node is $(node --version): installing Node 22 under target/node with npm, about half a minute."
  npm install --silent --no-save --prefix target/node "node-$machine@22" >&2 || fail "npm could not install Node 22: connect this machine to the network and try again."
  ln -sfn "node_modules/node-$machine/bin" target/node/bin
  PATH=$PWD/target/node/bin:$PATH
  is_new_node || fail "Node $node_needed or newer is needed: install it from https://nodejs.org and try again."
}

# need_npm FOLDER: the packages of its lock file, when they are not there or are of another lock or machine.
need_npm() {
  local mark
  mark="$(cksum <"$1/package-lock.json") $(uname -sm)"
  [ "$(cat "$1/node_modules/.mark" 2>/dev/null)" != "$mark" ] || return 0
  say "Installing the packages of $1/package.json with npm, a few seconds."
  (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=10000 >&2) ||
    fail "npm could not install the packages of $1/package.json: see its words above, connect this machine to the network and try again."
  printf '%s' "$mark" >"$1/node_modules/.mark"
}

# Python, for the second implementation of the draw: any that is not ten years old.
need_python() { has python3 || debian_install "Python" "half a minute" python3-minimal; }

# A Chromium for tests and pictures, as LIVEROOM_CHROMIUM.
need_browser() {
  local name
  if [ -n "${LIVEROOM_CHROMIUM:-}" ]; then
    [ -x "$LIVEROOM_CHROMIUM" ] || fail "LIVEROOM_CHROMIUM names no program ($LIVEROOM_CHROMIUM): give it the path of a Chromium and try again."
    return
  fi
  for name in chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if has "$name"; then break; fi
  done
  if ! has "$name"; then
    debian_install "Chromium" "a minute" chromium fonts-dejavu-core fonts-noto-color-emoji
    name=chromium
  fi
  LIVEROOM_CHROMIUM=$(command -v "$name") || fail "there is no Chromium: install it, or name it in LIVEROOM_CHROMIUM, and try again."
  export LIVEROOM_CHROMIUM
}
