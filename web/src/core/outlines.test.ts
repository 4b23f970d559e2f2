import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addCommand, fieldsOfOutline, outlinesIn, settingsOf } from './outlines.ts';

const schema = {
  item: {
    allOf: [
      {
        if: { properties: { handler: { const: 'command' } } },
        // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema.
        then: {
          properties: {
            settings: {
              anyOf: [
                {
                  description: 'Copies.',
                  properties: {
                    preset: { enum: ['rsync'] },
                    left: { type: 'string' },
                    exclude: {
                      anyOf: [{ type: 'array', items: { type: 'string' } }, { type: 'string' }],
                    },
                    environment: { type: 'object' },
                  },
                  required: ['preset', 'left'],
                },
                { properties: { synchronize: { type: 'object' } } },
              ],
            },
          },
        },
      },
    ],
  },
};

const all = outlinesIn(schema, ['folder', 'command', 'mobsync', 'imap']);
const [rsync, imap] = all;

test('presets and handlers are offered, and what names programs is no field', () => {
  assert.deepEqual(
    all.map(({ handler, preset }) => [handler, preset]),
    [
      ['command', 'rsync'],
      ['imap', null],
    ],
  );
  assert.ok(rsync !== undefined);
  assert.deepEqual(
    fieldsOfOutline(rsync).map(({ key, kind, required }) => [key, kind.is, required]),
    [
      ['left', 'text', true],
      ['exclude', 'list', false],
    ],
  );
});

test('the command of the terminal says the same, and no value can run anything in a shell', () => {
  assert.ok(rsync !== undefined && imap !== undefined);
  const values = { left: "a'; rm -rf ~ #", exclude: ['*.tmp', '$(id)'], checksum: true };
  assert.equal(
    addCommand(rsync, 'My copies', values),
    "syncmgr add 'My copies' --preset rsync --set 'left=a'\\''; rm -rf ~ #' --set 'exclude=*.tmp' --set 'exclude=$(id)' --set checksum=true",
  );
  assert.equal(
    addCommand(imap, 'mail', { port: 993 }),
    'syncmgr add mail --handler imap --set port=993',
  );
  assert.equal(
    addCommand(imap, 'mail', { user: '12' }),
    'syncmgr add mail --handler imap --set \'user="12"\'',
  );
});

test('what was left empty is not said', () => {
  assert.ok(rsync !== undefined);
  const settings = settingsOf(rsync, {
    left: '/a',
    exclude: [],
    checksum: false,
    other: '',
    none: null,
  });
  assert.deepEqual(settings, { preset: 'rsync', left: '/a', checksum: false });
});
