// syncmgr doctor: examines the installation; each line says what to do if it is not well.
import type { Command } from 'commander';
import type { Finding } from '../../api/shapes.ts';
import { printable } from '../../stdx/printable.ts';
import type { Cli } from '../cli.ts';
import { finish, records } from '../list.ts';
import { padded } from '../report/core/text.ts';

const marks = { ok: ['green', '✔'], warning: ['yellow', '!'], error: ['red', '✖'] } as const;

export function define(command: Command, cli: Cli): void {
  command.action(async () => {
    const findings = await (await cli.client()).doctor();
    records(cli, 'finding', findings, (shown) => lines(shown, cli));
    const isIll = findings.some((finding) => finding.level === 'error');
    finish(cli, findings.length, isIll ? 'fatal' : 'ok');
  });
}

function lines(findings: readonly Finding[], { terminal }: Cli): readonly string[] {
  const width = Math.max(...findings.map(({ topic }) => printable(topic).length));
  return findings.flatMap(({ topic, level, text, advice }) => {
    const [style, sign] = marks[level];
    const head = `${terminal.paint(style, sign)} ${padded(printable(topic), width)}  ${printable(text)}`;
    return advice === null ? [head] : [head, `  ${' '.repeat(width)}  ${printable(advice)}`];
  });
}
