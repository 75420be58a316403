fn main() -> std::process::ExitCode {
    attache::cli::main()
}
