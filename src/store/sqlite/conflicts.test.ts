// With ten thousand conflicts each look over all of them would take longer than the session that looks.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { handClock } from '../../../test/conformance/store/bed.ts';
import { quickFolder } from '../../../test/conformance/store/folder.ts';
import { conflictTable } from './conflicts.ts';
import { Connection } from './connection.ts';
import { Journal } from './journal.ts';
import { migrate } from './schema/migrate.ts';
import { Subscribers } from './subscribers.ts';

/** Notes how SQLite would find the rows of each question. */
class Explained extends Connection {
  readonly ways: string[] = [];

  override all<Row>(sql: string, ...values: readonly (string | number)[]): Row[] {
    const steps = super.all<{ detail: string }>(`explain query plan ${sql}`, ...values);
    this.ways.push(steps.map(({ detail }) => detail).join(', '));
    return super.all<Row>(sql, ...values);
  }
}

test('the open conflicts of one partnership are found and counted without a look at any other', async () => {
  const { folder, remove } = quickFolder();
  const connection = new Explained(join(folder, 'store.db'));
  migrate(connection);
  const subscribers = new Subscribers(connection);
  const parts = { connection, clock: handClock(), subscribers, onFirstWrite: () => {} };
  const conflicts = conflictTable(connection, new Journal(parts));
  connection.ways.length = 0;
  await conflicts.list({ partnership: 'p1', states: ['open'] });
  await conflicts.list({ partnership: 'p1', item: 'mail', states: ['open'] });
  await conflicts.countOpen({ partnership: 'p1' });
  await conflicts.countOpen({});
  const [all, ofItem, count, countAll] = connection.ways;
  assert.match(all ?? '', /^SEARCH conflicts USING INDEX conflicts_open \(partnership=\?\)/);
  assert.match(ofItem ?? '', /^SEARCH .* conflicts_open \(partnership=\? AND item=\?\)/);
  assert.match(count ?? '', /^SEARCH .* COVERING INDEX conflicts_open \(partnership=\?\)/);
  assert.match(countAll ?? '', /^SCAN .* COVERING INDEX conflicts_open/);
  connection.close();
  remove();
});
