import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CommandWithEnvironment, environmentName } from './environment.ts';

function parsed(environment: Record<string, string | undefined>, words: string[]) {
  const before = { ...process.env };
  try {
    Object.assign(process.env, environment);
    const command = new CommandWithEnvironment()
      .option('--max-delete <limit>')
      .option('--approve')
      .option('--no-color');
    return command.parse(words, { from: 'user' }).opts();
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

test('a flag has its variable: dashes become underscores', () => {
  assert.equal(environmentName('--max-delete'), 'SYNCMGR_MAX_DELETE');
});

test('the environment sets a flag, and the flag itself outranks it', () => {
  const environment = { SYNCMGR_MAX_DELETE: '5', SYNCMGR_APPROVE: '1' };
  assert.deepEqual(parsed(environment, []), { maxDelete: '5', approve: true, color: true });
  assert.equal(parsed(environment, ['--max-delete', '7']).maxDelete, '7');
});

test('a switch that the environment sets to no is off', () => {
  for (const no of ['', '0', 'false', 'No', 'off']) {
    assert.deepEqual(parsed({ SYNCMGR_APPROVE: no }, []), { color: true }, no);
  }
  assert.deepEqual(parsed({ SYNCMGR_NO_COLOR: '1' }, []), { color: false });
});
