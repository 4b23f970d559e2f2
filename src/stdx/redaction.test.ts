import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { disguisesOf, isSecretName, redacted, redactedMark } from './redaction.ts';

test('CF-06 a known secret is found in each form in which a text can carry it', () => {
  const secret = 'a "b" & c/d';
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret),
    Buffer.from(secret).toString('base64'),
  ];
  for (const form of forms) {
    const text = redacted(`before ${form} after`, disguisesOf([secret]));
    assert.ok(!text.includes(form), text);
    assert.match(text, /^before .*•••.* after$/);
  }
});

test('of two secrets that begin alike no end is left over', () => {
  const disguises = disguisesOf(['open-sesame', 'open-sesame-two']);
  assert.equal(redacted('open-sesame-two, open-sesame', disguises), '•••, •••');
});

test('each line of a private key is hidden, as a log may cut it', () => {
  const key =
    '-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\nAQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----';
  assert.equal(redacted('line 2: MIIEvQIBADANBgkqhkiG9w0B', disguisesOf([key])), 'line 2: •••');
});

test('a value of three letters does not eat the text', () => {
  assert.equal(redacted('the cat sat', disguisesOf(['the', 'at'])), 'the cat sat');
});

test('a text that says itself that a secret follows is not believed to be harmless', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['https://me:hunter2@example.org/x', 'https://me:•••@example.org/x'],
    ['GET /feed?id=3&access_token=abc&x=1', 'GET /feed?id=3&access_token=•••&x=1'],
    ['--password=hunter2 --verbose', '--password=••• --verbose'],
    ["SMTP_PASSWORD='a b c' was refused", 'SMTP_PASSWORD=••• was refused'],
    ['Authorization: Bearer abc.def', 'Authorization: Bearer •••'],
    ['{"apiKey":"abc","user":"me"}', '{"apiKey":"•••","user":"me"}'],
  ];
  for (const [text, clean] of texts) assert.equal(redacted(text), clean);
});

test('what only sounds like a secret stays', () => {
  const texts = [
    'The secret garden.txt',
    'https://example.org/keys/token',
    'me@example.org',
    'passed = 3',
    'ssh://git@host/path',
  ];
  for (const text of texts) assert.equal(redacted(text), text);
});

test('names of settings that hold secrets are known', () => {
  for (const name of [
    'password',
    'smtp-password',
    'RESTIC_PASSWORD',
    'apiKey',
    'private_key',
    'token',
  ])
    assert.ok(isSecretName(name), name);
  for (const name of ['user', 'tokens-per-day', 'passive', 'key'])
    assert.ok(!isSecretName(name), name);
});

test('a known secret is nowhere in what is left, wherever it stood', () => {
  const secret = fc
    .string({ minLength: 6, unit: 'grapheme' })
    .filter((text) => !/[•\s]/.test(text));
  const property = fc.property(secret, fc.array(fc.string()), (value, parts) => {
    const clean = redacted(parts.join(value), disguisesOf([value]));
    return !clean.replaceAll(redactedMark, ' ').includes(value);
  });
  fc.assert(property);
});
