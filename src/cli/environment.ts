// Each flag can come from the environment: `--max-delete` from SYNCMGR_MAX_DELETE. The flag itself
// outranks it; the configuration file is outranked by both.
import type { Option } from 'commander';

const no = new Set(['', '0', 'false', 'no', 'off']);

export function environmentName(flag: string): string {
  return `SYNCMGR_${flag.replace(/^--/, '').replaceAll('-', '_').toUpperCase()}`;
}

/** Takes a switch that is set to no out of the environment: commander looks only for its presence. */
export function readFlagsFromEnvironment(
  environment: Record<string, string | undefined>,
  options: readonly Option[],
): void {
  for (const option of options) {
    if (!option.long || option.long === '--version') continue;
    const name = environmentName(option.long);
    const value = environment[name];
    if (option.isBoolean() && value !== undefined && no.has(value.toLowerCase())) {
      delete environment[name];
    }
    option.env(name);
  }
}
