// What every implementation of ports/notifier.ts must do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Notification, Notifier } from '../../src/ports/notifier.ts';

export interface NotifierBed {
  readonly notifier: Notifier;
  /** What arrived, oldest first: title, text. */
  arrived(): Promise<readonly (readonly [title: string, text: string])[]>;
  /** From now on nothing is taken; or again. */
  breakDown(isBroken: boolean): Promise<void>;
}

const hostile = 'a <b>bold</b> & "quoted" $(name)';

export function notifierConformance(title: string, open: () => Promise<NotifierBed>): void {
  const notification = (text: string, key: string): Notification => ({
    level: 'warning',
    title: '-- two items',
    text,
    key,
  });

  describe(title, () => {
    test(`${title}: what is sent arrives, whatever the text is made of`, async () => {
      const { notifier, arrived } = await open();
      await notifier.send(notification(hostile, 'one'));
      await notifier.send(notification('second\nline', 'two'));
      assert.deepEqual(await arrived(), [
        ['-- two items', hostile],
        ['-- two items', 'second\nline'],
      ]);
    });

    test(`${title}: what nobody takes is an error, and works again afterwards`, async () => {
      const { notifier, arrived, breakDown } = await open();
      await breakDown(true);
      await assert.rejects(notifier.send(notification('lost', 'one')), {
        code: 'notification-failed',
        retry: 'temporary',
      });
      await breakDown(false);
      await notifier.send(notification('found', 'one'));
      assert.deepEqual((await arrived()).at(-1), ['-- two items', 'found']);
    });
  });
}
