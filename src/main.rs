//! The command line: arguments in, exit code out.

fn main() {
    println!("wiregraph {}", env!("CARGO_PKG_VERSION"));
}
