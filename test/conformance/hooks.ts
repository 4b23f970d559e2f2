// What every implementation of ports/hooks.ts must do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Hook } from '../../src/model/hooks.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { HookRunner } from '../../src/ports/hooks.ts';

/** What a hook of the bed does: its command is this one word, and the bed knows what that is. */
export type HookDeed = 'says' | 'fails' | 'waits' | 'tells-its-facts' | 'is-missing';

export interface HookBed {
  readonly runner: HookRunner;
  command(deed: HookDeed): Hook['command'];
}

const usual: Omit<Hook, 'command'> = { timeoutMs: 60_000, outcome: 'ignore' };
const about: JsonObject = { hook: 'after', partnership: 'mail', result: 'succeeded', counts: {} };

/**
 * `says` prints `first` and `second` and ends well, `fails` prints `no disk` and ends badly, `waits`
 * prints `ready` and waits until it is ended, `tells-its-facts` prints the `partnership` it reads from
 * its input and the `result` it finds in its environment, `is-missing` is a program that is not there.
 */
export function hookRunnerConformance(title: string, open: () => HookBed): void {
  const run = async (
    { runner, command }: HookBed,
    deed: HookDeed,
    more: { readonly timeoutMs?: number; readonly stopWhen?: string } = {},
  ) => {
    const heard: string[] = [];
    const stop = new AbortController();
    const error = await runner.run({
      moment: 'after',
      hook: { ...usual, ...more, command: command(deed) },
      facts: about,
      signal: stop.signal,
      heard: (line) => {
        heard.push(line);
        if (line === more.stopWhen) stop.abort();
      },
    });
    return { error, heard };
  };

  describe(title, () => {
    test(`${title}: a hook that ends well is no error, and its lines are heard in order`, async () => {
      assert.deepEqual(await run(open(), 'says'), { error: null, heard: ['first', 'second'] });
    });

    test(`${title}: one that ends badly is an error with its last line`, async () => {
      const { error, heard } = await run(open(), 'fails');
      assert.deepEqual([error?.code, heard], ['command-failed', ['no disk']]);
      assert.match(error?.text ?? '', /no disk/);
    });

    test(`${title}: what happened is on its input and in its environment`, async () => {
      const { error, heard } = await run(open(), 'tells-its-facts');
      assert.deepEqual([error, heard], [null, ['mail', 'succeeded']]);
    });

    test(`${title}: one that takes longer than its time is ended, and that is said`, async () => {
      const { error, heard } = await run(open(), 'waits', { timeoutMs: 500 });
      assert.equal(error?.code, 'command-overdue', JSON.stringify({ error, heard }));
    });

    test(`${title}: one that is told to stop ends, and has failed`, async () => {
      const { error } = await run(open(), 'waits', { stopWhen: 'ready' });
      assert.equal(error?.code, 'command-failed');
      assert.match(error?.text ?? '', /stopped/);
    });

    test(`${title}: one that cannot be started is an error and nothing worse`, async () => {
      const { error, heard } = await run(open(), 'is-missing');
      assert.equal(error?.code, 'program-unusable');
      assert.deepEqual(heard, []);
    });
  });
}
