//! A shell's name in; a script that makes the shell ask the program what could stand at the cursor out.

use super::{complete, output};
use crate::error::Result;
use clap::Args;
use clap_complete::Shell;
use std::io::Write;

/// Print the completions of a shell: commands, options, and the names, edges and relations of your database
#[derive(Args)]
#[command(after_help = "\
Examples:
  wiregraph completions bash > ~/.local/share/bash-completion/completions/wiregraph
  wiregraph completions zsh > ~/.zfunc/_wiregraph      # a folder of fpath
  wiregraph completions fish > ~/.config/fish/completions/wiregraph.fish")]
pub struct Completions {
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Result<u8> {
        let script = complete::script(&self.shell.to_string())?;
        let mut out = output::stdout();
        out.write_all(&script)?;
        Ok(out.flush().map(|()| 0)?)
    }
}
