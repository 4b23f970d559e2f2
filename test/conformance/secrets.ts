// What every implementation of ports/secrets.ts must do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Secrets } from '../../src/ports/secrets.ts';

export interface SecretBed {
  readonly secrets: Secrets;
  /** References to the value named. */
  readonly present: Readonly<Record<string, string>>;
  /** References to nothing, each with a word of the reason. */
  readonly absent: Readonly<Record<string, RegExp>>;
  /** No sentence may hold any of these. */
  readonly planted: readonly string[];
}

export function secretsConformance(title: string, bed: SecretBed): void {
  const { secrets, present, absent, planted } = bed;

  describe(title, () => {
    for (const [reference, value] of Object.entries(present)) {
      test(`CF-06 ${title}: ${reference} is resolved to its value, without the end of its line`, async () => {
        assert.equal(await secrets.resolve(reference), value);
      });
    }

    for (const [reference, reason] of Object.entries(absent)) {
      test(`CF-06 ${title}: ${reference} is refused, with the reference and a reason`, async () => {
        await assert.rejects(secrets.resolve(reference), (error: Error & { code?: string }) => {
          assert.equal(error.code, 'secret-missing');
          assert.ok(error.message.includes(reference), error.message);
          assert.match(error.message, reason);
          for (const value of planted) assert.ok(!error.message.includes(value), error.message);
          assert.equal(error.cause, undefined);
          return true;
        });
      });
    }

    test(`CF-06 ${title}: what is no reference is refused`, async () => {
      for (const text of ['', 'hunter2', 'env:', 'file:///srv/photos', 'vault:x']) {
        await assert.rejects(secrets.resolve(text), { code: 'secret-missing' });
      }
    });
  });
}
