import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cronAs, cronForm, cronText, everyDay } from './cron-form.ts';

test('what people usually mean is found in an expression and written back the same', () => {
  const cases = [
    ['0 3 * * *', { how: 'weekly', time: '03:00', days: everyDay }],
    ['30 22 * * mon-fri', { how: 'weekly', time: '22:30', days: [1, 2, 3, 4, 5] }],
    ['5 0 * * tue,sat,sun', { how: 'weekly', time: '00:05', days: [0, 2, 6] }],
    ['15 6 31 * *', { how: 'monthly', time: '06:15', day: 31 }],
    ['45 * * * *', { how: 'hourly', minute: 45 }],
  ] as const;
  for (const [expression, form] of cases) {
    assert.deepEqual(cronForm(expression), form);
    assert.equal(cronText(cronForm(expression)), expression);
  }
});

test('numbers for days mean the same as their names, Sunday twice', () => {
  assert.equal(cronText(cronForm('0 3 * * 1-5')), '0 3 * * mon-fri');
  assert.equal(cronText(cronForm('0 3 * * 0')), cronText(cronForm('0 3 * * 7')));
  assert.equal(cronText(cronForm('0 3 * * 5-7')), '0 3 * * fri-sun');
  assert.equal(cronText(cronForm('0 3 * * 0-6')), '0 3 * * *');
});

test('what is beyond the form stays an expression, letter by letter', () => {
  for (const text of [
    '*/5 * * * *',
    '0 3 L * *',
    '@daily',
    '0 3 1 1 *',
    '0 3 1 * mon',
    '99 3 * * *',
    '',
    '0 3 * * x',
  ]) {
    assert.deepEqual(cronForm(text), { how: 'expression', text });
    assert.equal(cronText(cronForm(text)), text);
  }
});

test('told in another way, the hour is kept', () => {
  const nightly = cronForm('30 4 * * mon');
  assert.equal(cronText(cronAs(nightly, 'monthly')), '30 4 1 * *');
  assert.equal(cronText(cronAs(nightly, 'expression')), '30 4 * * mon');
  assert.equal(cronText(cronAs(cronForm('*/5 * * * *'), 'weekly')), '0 3 * * *');
});
