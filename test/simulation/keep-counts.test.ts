import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withCounts } from './keep-counts.ts';

test('what a full run counted stands in the page once, instead of what the one before counted', () => {
  const page = 'Before.\n\n<!-- counts: kept -->\n<!-- counts: end -->\n\nAfter.\n';
  const once = withCounts(page, { 'planner seeds': 1_500 });
  assert.equal(withCounts(once, { 'planner seeds': 1_500 }), once);
  assert.match(
    once,
    /kept -->\n\| counted \| \|\n\| --- \| --- \|\n\| planner seeds \| 1,500 \|\n<!--/,
  );
  assert.ok(once.endsWith('-->\n\nAfter.\n'));
});
