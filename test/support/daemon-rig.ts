// A manager that goes on by itself, as a person starts it: in a process and with folders of its own.
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { cliRig, type Ran, type Rig } from './cli-rig.ts';

export interface Up {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  readonly pid: number;
  /** What it has said on standard error so far. */
  said(): string;
}

export interface DaemonRig extends Rig {
  /** Resolves when it can be reached. */
  up(...words: string[]): Promise<Up>;
  socket(): string;
  token(): string;
  /** Of its loopback address. */
  port(): number;
}

export function daemonRig(
  context: TestContext,
  variables: Readonly<Record<string, string>> = {},
  longestMs?: number,
): DaemonRig {
  const it = cliRig(context, variables, longestMs);
  const started: Up[] = [];
  context.after(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGKILL');
      await ended;
    }
  });
  const runtime = (ending: string) => {
    const folder = join(it.folder, 'run', 'syncmgr');
    const name = readdirSync(folder).find((one) => /^manager.*/.test(one) && one.endsWith(ending));
    assert.ok(name !== undefined, `no manager.*${ending}`);
    return join(folder, name);
  };
  const address = () =>
    JSON.parse(readFileSync(join(it.folder, 'state', 'syncmgr', 'manager.json'), 'utf8')).address;
  return {
    ...it,
    socket: () => runtime('.socket'),
    token: () => readFileSync(runtime('.token'), 'utf8').trim(),
    port: () => Number(new URL(address()).port),
    up: async (...words) => {
      const { child, ended } = it.start('up', ...(words.length > 0 ? words : ['--port', '0']));
      let [out, err] = ['', ''];
      child.stdout?.on('data', (text) => {
        out += text;
      });
      child.stderr?.on('data', (text) => {
        err += text;
      });
      const up = { child, ended, pid: child.pid ?? 0, said: () => err };
      started.push(up);
      await until(
        () => out.includes('is up') || out.includes('ready'),
        () => out + err,
      );
      return up;
    },
  };
}

const longestWaitMs = 5 * 60_000;

/** Waits for a condition, not for a moment. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  state: () => string = () => '',
): Promise<void> {
  const end = performance.now() + longestWaitMs;
  while (performance.now() < end) {
    if (await condition()) return;
    await pause(20);
  }
  assert.fail(`it never came so far: ${state()}`);
}
