import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Field, fieldsOf } from './schema-fields.ts';

const kind = (property: unknown): Field['kind'] | undefined =>
  fieldsOf({ properties: { a: property } })[0]?.kind;

test('a form asks for each kind in its own way', () => {
  assert.deepEqual(kind({ type: 'string' }), { is: 'text', secret: false });
  assert.deepEqual(kind({ type: 'string', format: 'password' }), { is: 'text', secret: true });
  assert.deepEqual(kind({ type: 'boolean' }), { is: 'switch' });
  assert.deepEqual(kind({ enum: ['x', 'y'] }), { is: 'choice', of: ['x', 'y'] });
  assert.deepEqual(kind({ type: 'array', items: { type: 'string' } }), { is: 'list' });
  const unbound = { min: null, max: null };
  assert.deepEqual(kind({ type: 'number' }), { is: 'number', whole: false, ...unbound });
  assert.deepEqual(kind({ type: 'integer', minimum: 0, maximum: 9 }), {
    ...{ is: 'number', whole: true, min: 0, max: 9 },
  });
  const odd = { type: 'integer', minimum: '0', maximum: '9' };
  assert.deepEqual(kind(odd), { is: 'number', whole: true, ...unbound });
});

test('what is beyond a form is asked as JSON', () => {
  const beyond: readonly unknown[] = [
    {},
    null,
    [],
    'string',
    { type: 'object' },
    { type: 'array' },
    { type: 'array', items: [{ type: 'string' }] },
    { type: 'array', items: { type: 'number' } },
    { items: { type: 'string' } },
    { enum: ['x', 1] },
    { enum: 'x' },
    { anyOf: [] },
    { anyOf: [{ type: 'number' }, null] },
  ];
  for (const one of beyond) assert.deepEqual(kind(one), { is: 'json' }, JSON.stringify(one));
});

test('of several forms a list is asked for first, then a text', () => {
  const text = { type: 'string', format: 'password' };
  const list = { type: 'array', items: { type: 'string' } };
  assert.deepEqual(kind({ anyOf: [text, list] }), { is: 'list' });
  assert.deepEqual(kind({ anyOf: [{ type: 'number' }, text] }), { is: 'text', secret: false });
});

test('a field has its title, its hint, whether it is needed, and what is usual', () => {
  const properties = {
    a: { title: 'A', description: 'First.', default: 7, type: 'string' },
    b: { title: 1, description: 2 },
  };
  const [first, second] = fieldsOf({ properties, required: ['a'] });
  const { kind: _, ...told } = first as Field;
  assert.deepEqual(told, { key: 'a', label: 'A', hint: 'First.', required: true, usual: 7 });
  const { kind: __, ...bare } = second as Field;
  assert.deepEqual(bare, { key: 'b', label: 'b', hint: null, required: false, usual: null });
  assert.equal(fieldsOf({ properties, required: 'a' })[0]?.required, false);
});

test('a schema of no object has no fields', () => {
  for (const schema of [null, undefined, 'x', [], {}, { properties: [] }, { properties: null }]) {
    assert.deepEqual(fieldsOf(schema), []);
  }
});
