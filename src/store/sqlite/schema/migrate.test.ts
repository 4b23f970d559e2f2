import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../../../../test/conformance/store/folder.ts';
import { Connection } from '../connection.ts';
import { formOf, migrate } from './migrate.ts';

const steps = ['create table a (x) strict', 'create table b (y integer) strict'].map((sql) =>
  sql.replace('(x)', '(x integer)'),
);

function withFile(body: (file: string) => void): void {
  const { folder, remove } = temporaryFolder();
  try {
    body(join(folder, 'store.db'));
  } finally {
    remove();
  }
}

const tablesOf = (connection: Connection) =>
  connection
    .all<{ name: string }>("select name from sqlite_schema where type = 'table' order by name")
    .map(({ name }) => name);

test('CR-13 an older store is copied, then brought to the newest form', () => {
  withFile((file) => {
    const connection = new Connection(file);
    migrate(connection, steps.slice(0, 1));
    connection.run('insert into a values (1)');
    migrate(connection, steps);
    assert.equal(formOf(connection), 2);
    assert.deepEqual(tablesOf(connection), ['a', 'b']);
    connection.close();
    const copy = new Connection(`${file}.form-1`);
    assert.equal(formOf(copy), 1);
    assert.deepEqual(tablesOf(copy), ['a']);
    assert.equal(copy.all('select x from a').length, 1);
    copy.close();
  });
});

test('CR-13 a step that fails leaves the old form, and the next attempt succeeds', () => {
  withFile((file) => {
    const connection = new Connection(file);
    migrate(connection, steps.slice(0, 1));
    assert.throws(() => migrate(connection, [...steps, 'create nonsense']));
    assert.equal(formOf(connection), 1);
    assert.deepEqual(tablesOf(connection), ['a']);
    migrate(connection, steps);
    assert.deepEqual(tablesOf(connection), ['a', 'b']);
    connection.close();
  });
});

test('a store of the present form is neither copied nor changed', () => {
  withFile((file) => {
    const connection = new Connection(file);
    migrate(connection, steps);
    migrate(connection, steps);
    assert.deepEqual(tablesOf(connection), ['a', 'b']);
    assert.equal(existsSync(`${file}.form-2`), false);
    connection.close();
  });
});
