import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemStatus } from '../../src/model/item.ts';
import type { Phase } from '../../src/model/session.ts';
import { SessionJudge } from './session-judge.ts';
import { Violation } from './violation.ts';

const phase = (session: string, to: Phase) =>
  ({ type: 'session.phase', session, item: null, data: { phase: to } }) as const;
const ended = (session: string, ending: string) =>
  ({ type: 'session.ended', session, item: null, data: { ending } }) as const;
const itemEnded = (session: string, item: string, status: ItemStatus) =>
  ({ type: 'item.ended', session, item, data: { status } }) as const;
const row = (status: ItemStatus, value: number, max = 4) => ({ item: 'a', status, value, max });

type Line = ReturnType<typeof phase> | ReturnType<typeof ended> | ReturnType<typeof itemEnded>;

function judged(lines: readonly Line[], then: (judge: SessionJudge) => void = () => undefined) {
  const judge = new SessionJudge(1000);
  lines.forEach((line, at) => {
    judge.hear([{ ...line, sequence: at + 1 }], at);
  });
  then(judge);
  try {
    judge.check();
    return null;
  } catch (thrown) {
    return thrown instanceof Violation ? thrown.invariant : thrown;
  }
}

const begun = [phase('s', 'opening'), phase('s', 'preparing')];
const working = [...begun, phase('s', 'prepared'), phase('s', 'synchronizing')];

test('S1 to S15 a session as it should be is let pass', () => {
  const all = [...working, phase('s', 'paused'), phase('s', 'synchronizing')];
  const end = [itemEnded('s', 'a', 'succeeded'), ended('s', 'succeeded'), phase('r', 'opening')];
  assert.equal(judged([...all, ...end]), null);
  const stopped = [...working, phase('s', 'stopping'), ended('s', 'stopped')];
  assert.equal(
    judged(stopped, (judge) => judge.look('r', [row('updating', 1)], 9000)),
    null,
  );
});

test('S1 S2 S3 S5 S8 S13 S15 what is told out of turn is noticed, by its number', () => {
  const twice = [itemEnded('s', 'a', 'failed'), itemEnded('s', 'a', 'succeeded')];
  assert.equal(judged([...working, ...twice]), 'S1');
  assert.equal(judged([...working, ended('s', 'failed'), itemEnded('s', 'a', 'failed')]), 'S1');
  assert.equal(judged([...working, ended('s', 'failed'), ended('s', 'failed')]), 'S2');
  assert.equal(judged([...working, ended('s', 'failed'), phase('s', 'paused')]), 'S2');
  assert.equal(judged([...begun, phase('s', 'synchronizing')]), 'S3');
  assert.equal(judged([...working, phase('s', 'stopping'), phase('s', 'paused')]), 'S5');
  assert.equal(judged([...working, phase('r', 'opening')]), 'S8');
  const bad = [itemEnded('s', 'a', 'skipped'), ended('s', 'succeeded')];
  assert.equal(judged([...working, ...bad]), 'S13');
  assert.equal(judged([...begun, phase('s', 'choosing')]), 'S15');
});

test('S1 S6 S7 S9 S14 what is shown, numbered or answered wrongly is noticed, by its number', () => {
  const shown = (...rows: ReturnType<typeof row>[]) =>
    judged(working, (judge) => {
      for (const one of rows) judge.look('s', [one], 0);
    });
  assert.equal(shown(row('updating', 2), row('updating', 3), row('failed', 3)), null);
  assert.equal(shown(row('succeeded', 2), row('updating', 3)), 'S1');
  assert.equal(shown(row('updating', 3), row('updating', 2)), 'S6');
  assert.equal(shown(row('updating', 5)), 'S6');
  const late = (judge: SessionJudge) => judge.look('s', [], 5000);
  assert.equal(judged([...working, phase('s', 'stopping')], late), 'S7');
  const again = (judge: SessionJudge) => judge.hear([{ ...phase('s', 'paused'), sequence: 2 }], 0);
  assert.equal(judged(working, again), 'S9');
  const answers = (...all: string[]) =>
    judged(working, (judge) => {
      for (const answer of all) judge.answered('s', answer);
    });
  assert.equal(answers('continue', 'skip', 'stop', 'stop', 'detached'), null);
  assert.equal(answers('stop', 'continue'), 'S14');
});
