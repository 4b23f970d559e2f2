import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  conditionsForm,
  conditionsWords,
  newSchedule,
  triggersForm,
  triggersWords,
} from './terms-form.ts';

test('triggers come back from the form as they were said, in the shortest words', () => {
  const said = {
    schedule: [
      '0 3 * * *',
      { cron: '0 9 * * mon-fri', zone: 'Europe/Vienna', missed: 'all' },
      { every: '2h', jitter: '5m' },
    ],
    connect: true,
    'pending-disconnect': true,
    idle: { after: '10m', repeat: false, 'on-battery': true },
    change: { settle: '5s' },
    start: true,
    volume: '/media/stick',
  };
  assert.deepEqual(triggersWords(triggersForm(said)), said);
});

test('a plain list of triggers is read, and written as kinds that need no more words', () => {
  assert.deepEqual(triggersWords(triggersForm(['connect', 'idle', 'volume'])), {
    connect: true,
    idle: true,
    volume: true,
  });
});

test('one schedule alone is a list of one; without any trigger there are no words', () => {
  assert.deepEqual(triggersForm({ schedule: '0 3 * * *' }).schedules, [newSchedule]);
  assert.equal(triggersWords(triggersForm(undefined)), null);
  assert.equal(triggersWords(triggersForm({ idle: false })), null);
});

test('conditions come back from the form as they were said', () => {
  const said = {
    metered: false,
    battery: '30%',
    networks: [{ ssid: 'Home' }, { cidr: '10.0.0.0/8' }, { gateway: '192.168.1.1' }],
    reachable: 'nas.local:22',
    between: [{ from: '22:00', to: '06:00', days: ['mon', 'tue'], zone: 'Europe/Vienna' }],
  };
  assert.deepEqual(conditionsWords(conditionsForm(said)), said);
  assert.deepEqual(conditionsWords(conditionsForm({ battery: false })), { battery: false });
  assert.equal(conditionsWords(conditionsForm({ metered: true })), null);
});
