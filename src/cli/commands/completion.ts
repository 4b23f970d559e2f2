// syncmgr completion SHELL: a small script per shell that asks the program itself what fits, so that
// it never has to be made anew. Names of partnerships are among it.
import type { Command } from 'commander';
import type { Cli } from '../cli.ts';
import { oneOf } from '../flags.ts';
import { completionScripts, type Shell } from '../report/core/completion-scripts.ts';
import { suggestions } from '../suggest.ts';

const examples = `
Examples:
  source <(syncmgr completion bash)       in ~/.bashrc
  source <(syncmgr completion zsh)        in ~/.zshrc, after compinit
  syncmgr completion fish | source        in ~/.config/fish/config.fish`;

export function define(command: Command, cli: Cli): void {
  command
    .argument('<shell>', 'bash, zsh or fish')
    .argument('[words...]')
    .option('--words', 'what fits in place of the last word; the scripts ask this')
    .addHelpText('after', examples)
    .action(async (shell: string, words: readonly string[], { words: asks }: Flags) => {
      const kind = oneOf(Object.keys(completionScripts))(shell) as Shell;
      if (asks !== true) cli.terminal.out(completionScripts[kind].trimEnd());
      else for (const word of await suggestions(cli, words)) cli.terminal.out(word);
    });
}

interface Flags {
  readonly words?: boolean;
}
