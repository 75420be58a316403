# shellcheck shell=bash
# The fuzz targets of fuzz/: built for coverage, then run for a fixed time on seeds made of the samples.

fuzz_targets=(dates encodings charsets json pages text results)
# Of all targets together; each input has far less.
fuzz_seconds=60
fuzz_input_seconds=10
# Lexicon, model and program take some 100 MB; a body that unfolds to its limit of 16 MB is held a few times over.
fuzz_memory_mb=256
fuzz_jobs=2
fuzz_pids=()

# The C++ compiler builds the fuzzer itself, libFuzzer.
need_cpp_compiler() {
    if ! command -v c++ >/dev/null || ! echo 'int main(){return 0;}' | c++ -x c++ -o /dev/null - 2>/dev/null; then
        say "Installing a C++ compiler (Debian's g++)"
        install_packages g++
    fi
}

# Only the crates of the project are built anew; those from elsewhere are the ones that the tests have built.
build_fuzz_targets() {
    RUSTC_WORKSPACE_WRAPPER=$PWD/scripts/lib/with-coverage cargo build --locked --quiet --package attache-fuzz
}

# Runs all targets, two at a time, and prints what each did; fails if one found a panic, a hang or too much memory.
run_fuzz_targets() {
    local folder=${CARGO_TARGET_DIR:-target}/fuzz programs=${CARGO_TARGET_DIR:-target}/debug
    rm -rf "$folder"
    mkdir -p "$folder/seeds"
    "$programs/fuzz-seeds" samples "$folder/seeds"
    local batches=$(((${#fuzz_targets[@]} + fuzz_jobs - 1) / fuzz_jobs)) at
    for ((at = 0; at < ${#fuzz_targets[@]}; at += fuzz_jobs)); do
        run_fuzz_batch "$programs" "$folder" $((fuzz_seconds / batches)) "${fuzz_targets[@]:at:fuzz_jobs}"
    done
    report_fuzzing "$folder"
}

# Inputs that reach new code are kept in a folder of this run; one that fails is kept beside the log.
run_fuzz_batch() {
    local programs=$1 folder=$2 seconds=$3 target at status
    shift 3
    fuzz_pids=()
    for target in "$@"; do
        mkdir -p "$folder/found/$target" "$folder/seeds/$target"
        "$programs/fuzz-$target" "$folder/found/$target" "$folder/seeds/$target" -max_total_time="$seconds" \
            -timeout="$fuzz_input_seconds" -rss_limit_mb="$fuzz_memory_mb" -max_len=8192 -dict="$folder/seeds/words.dict" \
            -artifact_prefix="$folder/$target-" -print_final_stats=1 >"$folder/$target.log" 2>&1 &
        fuzz_pids+=($!)
    done
    for ((at = 1; at <= $#; at++)); do
        status=0
        wait "${fuzz_pids[at - 1]}" || status=$?
        echo "$status" >"$folder/${!at}.status"
    done
    fuzz_pids=()
}

# Called at the end of the script, however it comes.
stop_fuzzing() {
    if [[ ${#fuzz_pids[@]} -gt 0 ]]; then kill -TERM "${fuzz_pids[@]}" 2>/dev/null || true; fi
}

report_fuzzing() {
    local folder=$1 target failed=0 runs reached inputs memory
    for target in "${fuzz_targets[@]}"; do
        runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$folder/$target.log")
        memory=$(sed -n 's/^stat::peak_rss_mb: *//p' "$folder/$target.log")
        reached=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$folder/$target.log" | tail -n 1)
        inputs=$(find "$folder/found/$target" -type f | wc -l)
        note "$target: ${runs:-0} runs, $inputs inputs that reached new code, ${reached:-0} places of the code reached, ${memory:-?} MB at most"
        if [[ $(cat "$folder/$target.status") != 0 ]]; then
            failed=1
            tail -n 40 "$folder/$target.log" | cut -c 1-300 >&2
            note "$target FAILED: the input is $(echo "$folder/$target-"*), its log $folder/$target.log"
        elif [[ ${runs:-0} -lt 100 ]]; then
            failed=1
            note "$target FAILED: it hardly ran; its log is $folder/$target.log"
        fi
    done
    return "$failed"
}
