// Each flag can come from the environment: `--max-delete` from SYNCMGR_MAX_DELETE. The flag itself
// outranks it; the configuration file is outranked by both.
import process from 'node:process';
import { Command, type Option } from 'commander';

const no = new Set(['', '0', 'false', 'no', 'off']);

export function environmentName(flag: string): string {
  return `SYNCMGR_${flag.replace(/^--/, '').replaceAll('-', '_').toUpperCase()}`;
}

/** A command, with all below it, whose flags have variables. */
export class CommandWithEnvironment extends Command {
  override createCommand(name?: string): Command {
    return new CommandWithEnvironment(name).helpCommand(false);
  }

  override addOption(option: Option): this {
    if (option.long && option.long !== '--version') {
      const name = environmentName(option.long);
      // For a switch commander looks only whether the variable is there.
      if (option.isBoolean() && no.has(process.env[name]?.toLowerCase() ?? 'unset')) {
        delete process.env[name];
      }
      option.env(name);
    }
    return super.addOption(option);
  }
}
