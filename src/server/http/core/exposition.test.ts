import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposition } from './exposition.ts';

test('numbers are told one a line, each kind under what it means', () => {
  const text = exposition([
    {
      name: 'syncmgr_run_seconds',
      type: 'summary',
      help: 'How long.',
      samples: [
        { suffix: '_sum', labels: { item: 'mail', end: 'ok' }, value: 1.5 },
        { suffix: '_count', labels: {}, value: 2 },
      ],
    },
    { name: 'syncmgr_up', type: 'gauge', help: 'Up.', samples: [{ labels: {}, value: 1 }] },
  ]);
  assert.equal(
    text,
    [
      '# HELP syncmgr_run_seconds How long.',
      '# TYPE syncmgr_run_seconds summary',
      'syncmgr_run_seconds_sum{item="mail",end="ok"} 1.5',
      'syncmgr_run_seconds_count 2',
      '# HELP syncmgr_up Up.',
      '# TYPE syncmgr_up gauge',
      'syncmgr_up 1',
      '',
    ].join('\n'),
  );
});

test('a hostile name neither ends its label nor its line', () => {
  const labels = { item: 'a"} 1\nb\\' };
  const [, , line] = exposition([
    { name: 'n', type: 'gauge', help: '', samples: [{ labels, value: 0 }] },
  ]).split('\n');
  assert.equal(line, 'n{item="a\\"} 1\\nb\\\\"} 0');
});
