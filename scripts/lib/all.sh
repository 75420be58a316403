# shellcheck shell=bash
# Read by scripts/demo and scripts/test, from the project's top folder.

# shellcheck source=scripts/lib/say.sh
source scripts/lib/say.sh
# shellcheck source=scripts/lib/machine.sh
source scripts/lib/machine.sh
# shellcheck source=scripts/lib/broker.sh
source scripts/lib/broker.sh
# shellcheck source=scripts/lib/compose.sh
source scripts/lib/compose.sh
# shellcheck source=scripts/lib/fuzz.sh
source scripts/lib/fuzz.sh

demo_pid=

clean_up() {
    trap '' INT TERM HUP
    if [[ -n $demo_pid ]]; then
        kill -TERM "$demo_pid" 2>/dev/null || true
        wait "$demo_pid" 2>/dev/null || true
    fi
    stop_fuzzing
    stop_compose_broker
    stop_broker
    allow_services
}

# Whatever ends the script, what it started is stopped and what it changed for a moment is put back.
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# What both need to build. Crates come from the network only when cargo does not have them yet.
need_build_tools() {
    need_compiler
    need_rust
    if ! cargo fetch --locked --offline >/dev/null 2>&1; then
        need_certificates
        say "Fetching the crates that Cargo.lock names"
        cargo fetch --locked >&2 || fail "cargo could not fetch the crates; is the network there?"
    fi
}
