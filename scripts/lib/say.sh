# shellcheck shell=bash
# What the scripts say, on standard error, so that standard output stays the program's.

# A step that begins.
say() { printf '==> %s\n' "$*" >&2; }

# A detail of the step.
note() { printf '    %s\n' "$*" >&2; }

# What went wrong and what to do; the script ends.
fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}
