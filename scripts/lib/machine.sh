# shellcheck shell=bash
# What the machine must have before anything is built: a linker, Rust, packages. Nothing is fetched that is already here.

apt_index_is_fresh=

# Runs a command as root: as it is, or with sudo.
as_root() {
    if [[ $(id -u) -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "this needs root, and sudo is not installed: $*"
    fi
}

# Installs Debian or Ubuntu packages; other installations that hold the package lock are waited for.
install_packages() {
    command -v apt-get >/dev/null || fail "not a Debian or Ubuntu machine: install these yourself, then run again: $*"
    refresh_apt_index
    local said
    # dpkg has a line for every package however quiet it is asked to be: its words are shown when they matter.
    if ! said=$(as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
        apt-get install --yes --quiet=2 --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" </dev/null 2>&1); then
        printf '%s\n' "$said" >&2
        fail "apt-get could not install $* (its words stand above)"
    fi
}

# Fetches the package lists once a run. The lists have a lock of their own that apt-get does not wait for.
refresh_apt_index() {
    [[ -z $apt_index_is_fresh ]] || return 0
    local attempt
    for attempt in 1 2 3 4 5 6; do
        if as_root apt-get update --quiet=2 </dev/null >&2; then
            apt_index_is_fresh=yes
            return 0
        fi
        note "apt-get update failed (attempt $attempt of 6); trying again in 10 seconds"
        sleep 10
    done
    fail "apt-get update failed; is the network there?"
}

# A C compiler and linker: Rust links with it, and zstd and ring are built with it. rustup does not bring one.
need_compiler() {
    if ! command -v cc >/dev/null || ! echo 'int main(void){return 0;}' | cc -x c -o /dev/null - 2>/dev/null; then
        say "Installing a C compiler and linker (Debian's gcc and libc6-dev)"
        install_packages gcc libc6-dev
    fi
}

# Certificates, without which cargo cannot fetch crates over HTTPS. Only asked for when something must be fetched.
need_certificates() {
    if [[ ! -e /etc/ssl/certs/ca-certificates.crt && -z ${SSL_CERT_FILE:-} && -z ${CARGO_HTTP_CAINFO:-} ]]; then
        say "Installing ca-certificates"
        install_packages ca-certificates
    fi
}

# Rust, new enough; rustup's own folder is looked at too, because a fresh rustup is not in PATH before the next login.
need_rust() {
    command -v cargo >/dev/null || PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
    command -v cargo >/dev/null || fail "Rust is not installed: see https://rustup.rs, then run again"
    local wanted found
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    found=$(rustc --version | cut -d' ' -f2)
    if [[ $(printf '%s\n' "$wanted" "${found%%-*}" | sort --version-sort | head -n 1) != "$wanted" ]]; then
        fail "Rust $wanted or newer is needed, and this is $found: run \"rustup update stable\", then run again"
    fi
}

# The formatter and the linter, which rustup's minimal profile leaves out.
need_rust_components() {
    if cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1; then return 0; fi
    command -v rustup >/dev/null || fail "cargo fmt or cargo clippy is missing: install rustfmt and clippy for your Rust, then run again"
    say "Installing rustfmt and clippy with rustup"
    rustup component add rustfmt clippy >&2
}

# The clock that one fault turns back. A machine that cannot have it is told so, and the fault is skipped.
need_faketime() {
    if compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null; then return 0; fi
    say "Installing Debian's faketime (for the fault \"wall clock jumps\")"
    (install_packages faketime) || note "skipped: the fault \"wall clock jumps\", because libfaketime cannot be had"
}
