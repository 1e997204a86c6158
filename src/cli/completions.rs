//! A shell's name in; a script that completes commands and options in it out.

use super::{Cli, output};
use crate::error::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;
use std::io::Write;

/// Print the completions of a shell
#[derive(Args)]
#[command(
    after_help = "Examples:\n  wiregraph completions bash > wiregraph.bash\n  wiregraph completions zsh > _wiregraph"
)]
pub struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<u8> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "wiregraph", &mut script);
        let mut out = output::stdout();
        out.write_all(&script)?;
        Ok(out.flush().map(|()| 0)?)
    }
}
