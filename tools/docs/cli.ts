// docs/cli.md: the help of every command, as the program prints it, and the exit codes.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { commands } from '../../src/cli/commands.ts';
import { exitCodes } from '../../src/cli/exit.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'syncmgr');

type Outcome = keyof typeof exitCodes;

const meanings: Readonly<Record<Outcome, string>> = {
  ok: 'all is well',
  'some-failed': 'some items failed, others did not',
  usage: 'the command line or the configuration is wrong',
  unreachable: 'the manager could not be reached',
  'needs-person': 'somebody has to decide: a conflict, a plan that waits, a halt',
  temporary: 'it failed for now; trying again may help',
  problems: 'completed, but with problems or skipped items',
  fatal: 'nothing helps but a repair',
  'transfer-limit': 'as much was copied as was allowed',
  'nothing-to-do': 'there was nothing to do (only with `--error-on-no-change`)',
  'time-limit': 'the time was up',
  interrupted: 'somebody stopped it',
};

export function cliPage(): string {
  const names = Object.keys(commands);
  return `# Command line

Generated from the program's own help by \`npm run docs\`.

${block([])}
${names.map((name) => `## syncmgr ${name}\n\n${block([name])}`).join('\n')}
## Exit codes

| code | means |
| --- | --- |
${Object.entries(exitCodes)
  .map(([outcome, code]) => `| ${code} | ${meanings[outcome as Outcome]} |`)
  .join('\n')}
`;
}

function block(words: readonly string[]): string {
  const text = execFileSync(process.execPath, [program, ...words, '--help'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' },
  });
  return `\`\`\`text\n${text.toString().trimEnd()}\n\`\`\`\n`;
}
