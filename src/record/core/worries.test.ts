import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newStanding, type Standing } from '../../model/standing.ts';
import { worries } from '../../model/terms.ts';
import { grouped, type News, newsOf, type Worried } from './worries.ts';

const worried = (standing: Partial<Standing>, more: Partial<Worried> = {}): Worried => ({
  name: 'Photos',
  standing: { ...newStanding('pair'), ...standing },
  staleSince: null,
  terms: { of: worries, afterMs: 100 },
  ...more,
});
const telling = (one: Worried, now: number) => newsOf(one, now)?.telling;

test('a failure is told of once it has lasted, and only once', () => {
  assert.equal(newsOf(worried({ failingSince: 1_000 }), 1_099), null);
  assert.deepEqual(newsOf(worried({ failingSince: 1_000 }), 1_100), {
    name: 'Photos',
    partnership: 'pair',
    telling: 'failing',
    former: null,
    detail: '',
  });
  assert.equal(newsOf(worried({ failingSince: 1_000, told: 'failing' }), 9_999), null);
});

test('the news say what went wrong last', () => {
  const lastError = { code: 'c', text: 'The disk is gone.', retry: 'temporary' } as const;
  assert.equal(newsOf(worried({ failingSince: 0, lastError }), 500)?.detail, 'The disk is gone.');
});

test('what is stale is told of at once, what needs a person after a while', () => {
  assert.equal(telling(worried({}, { staleSince: 1_000 }), 999), undefined);
  assert.equal(telling(worried({}, { staleSince: 1_000 }), 1_000), 'stale');
  assert.equal(telling(worried({ needsPersonSince: 1_000 }), 1_099), undefined);
  assert.equal(telling(worried({ needsPersonSince: 1_000 }), 1_100), 'needs-person');
});

test('of several worries the one is told that a person can do most about', () => {
  const all = { failingSince: 0, needsPersonSince: 0 };
  assert.equal(telling(worried(all, { staleSince: 0 }), 500), 'needs-person');
  assert.equal(telling(worried({ failingSince: 0 }, { staleSince: 0 }), 500), 'stale');
});

test('only what was asked for is told', () => {
  const terms = { of: ['stale'] as const, afterMs: 100 };
  assert.equal(newsOf(worried({ failingSince: 0 }, { terms }), 500), null);
  const told = worried({ failingSince: 0, told: 'stale' }, { terms });
  assert.equal(telling(told, 500), null);
});

test('that all is well again is told only if it is', () => {
  assert.deepEqual(newsOf(worried({ told: 'failing' }), 500), {
    name: 'Photos',
    partnership: 'pair',
    telling: null,
    former: 'failing',
    detail: '',
  });
  assert.equal(newsOf(worried({ told: 'failing', needsPersonSince: 450 }), 500), null);
});

const news = (name: string, more: Partial<News> = {}): News => ({
  name,
  partnership: `id-${name}`,
  telling: 'failing',
  former: null,
  detail: '',
  ...more,
});

test('each kind of news makes one notification, the worst first', () => {
  const all = [
    news('a', { telling: null, former: 'stale', detail: 'old' }),
    news('b', { detail: 'no network' }),
    news('c', { telling: 'needs-person' }),
    news('d', { telling: 'stale' }),
  ];
  assert.deepEqual(grouped(all), [
    {
      level: 'error',
      title: 'd has not succeeded for too long',
      text: 'd',
      key: 'partnership-id-d',
    },
    { level: 'warning', title: 'c needs you', text: 'c', key: 'partnership-id-c' },
    {
      level: 'warning',
      title: 'b keeps failing',
      text: 'b: no network',
      key: 'partnership-id-b',
    },
    { level: 'information', title: 'a is well again', text: 'a', key: 'partnership-id-a' },
  ]);
  assert.deepEqual(grouped([]), []);
});

test('several of a kind are counted and named', () => {
  const titles = (kind: News['telling']) =>
    grouped([news('a', { telling: kind }), news('b', { telling: kind })]).map(
      ({ title, text, key }) => [title, text, key],
    );
  assert.deepEqual(titles('failing'), [['2 keep failing', 'a\nb', 'partnerships-failing']]);
  assert.deepEqual(titles('needs-person'), [['2 need you', 'a\nb', 'partnerships-needs-person']]);
  assert.deepEqual(titles('stale'), [
    ['2 have not succeeded for too long', 'a\nb', 'partnerships-stale'],
  ]);
  assert.deepEqual(titles(null), [['2 are well again', 'a\nb', 'partnerships-null']]);
});

test('ten are named, the others counted', () => {
  const many = (count: number) =>
    grouped(Array.from({ length: count }, (_, at) => news(`n${at}`)))[0]?.text.split('\n') ?? [];
  assert.equal(many(10).length, 10);
  assert.equal(many(10).at(-1), 'n9');
  assert.deepEqual(many(12).slice(9), ['n9', 'and 2 more']);
});
