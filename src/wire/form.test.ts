import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formed } from './form.ts';
import { asked, heard } from './schemas.ts';

const wrong = (read: ReturnType<typeof formed>) => ('wrong' in read ? read.wrong : '');

test('of a form with alternatives, the one that was meant says which member is wrong', () => {
  const facts = [{ item: 'a', known: 'many' }];
  const ready = { outcome: 'ready', plan: { facts } };
  assert.match(wrong(formed(asked.prepare.result, ready)), /^plan\.facts\.0\.known: .*record/);
  const refused = { outcome: 'refused', error: { code: 'full', text: 'Full.', retry: 'later' } };
  assert.match(wrong(formed(asked.prepare.result, refused)), /^error\.retry: .*"temporary"/);
  const kept = { item: 'a', subject: 'b', kind: 'c', versions: [] };
  const settled = { resolution: { choice: 'keep' } };
  const conflict = formed(heard.conflict, { ...kept, settled });
  assert.match(wrong(conflict), /^settled\.resolution\.side: /);
});

test('what has none of the alternatives names the word that decides between them', () => {
  assert.match(wrong(formed(asked.prepare.result, { outcome: 'maybe' })), /^outcome: /);
});
