import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { type CommandRig, commandRig, resultOf } from '../support/command-rig.ts';

function repository(t: TestContext) {
  const it = commandRig(t);
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', it.at('work'), ...words], {
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: it.at('home'),
        GIT_AUTHOR_NAME: 'A',
        GIT_AUTHOR_EMAIL: 'a@example.org',
        GIT_COMMITTER_NAME: 'A',
        GIT_COMMITTER_EMAIL: 'a@example.org',
      },
    });
  const commit = (name: string, ...more: string[]) => {
    it.write(`work/${name}`, name);
    git('add', '.');
    git('commit', '--quiet', '-m', name, ...more);
  };
  it.write('work/first', 'x');
  git('init', '--quiet', '-b', 'main');
  commit('one');
  git('tag', 'v1');
  return { it, git, commit };
}

const refs = (it: CommandRig, path: string) =>
  execFileSync('git', ['--git-dir', it.at(path), 'for-each-ref', '--format=%(refname:lstrip=1)'], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n');

const fetching = ({ it }: ReturnType<typeof repository>) =>
  it.put({ preset: 'git-fetch', url: it.at('work'), repository: it.at('mirror.git') });

async function pushing({ it, git }: ReturnType<typeof repository>) {
  git('init', '--quiet', '--bare', it.at('other.git'));
  await it.put({ preset: 'git-push', repository: it.at('work'), url: it.at('other.git') });
}

test('git fetch: the copy is made, has nothing to do, and follows', async (t) => {
  const made = repository(t);
  const { it, git, commit } = made;
  await fetching(made);
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify([first, await it.log()]));
  assert.deepEqual(refs(it, 'mirror.git'), ['heads/main', 'tags/v1']);
  const second = await it.run();
  assert.deepEqual([second.phase, second.plan, resultOf(second).counts], ['succeeded', null, {}]);

  git('branch', 'side');
  commit('two');
  assert.deepEqual((await it.result()).counts, { 'right.create': 1, 'right.update': 1 });
  git('branch', '-D', 'side');
  commit('three', '--amend');
  assert.deepEqual((await it.result()).counts, { 'right.delete': 1, 'right.update': 1 });
  assert.deepEqual(refs(it, 'mirror.git'), ['heads/main', 'tags/v1']);
});

test('git fetch: many branches that are gone wait for approval', async (t) => {
  const made = repository(t);
  const { it, git } = made;
  for (let n = 0; n < 40; n++) git('branch', `b${n}`);
  await fetching(made);
  await it.result();
  for (let n = 0; n < 40; n++) git('branch', '-D', `b${n}`);
  assert.equal((await it.result()).ending, 'halted');
  assert.equal(refs(it, 'mirror.git').length, 42);
  const { plan } = await it.waiting();
  assert.equal(plan.halts[0]?.guard, 'mass-delete');
  const [done] = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  assert.equal(done?.phase, 'succeeded');
  assert.equal(refs(it, 'mirror.git').length, 2);
});

test('git fetch: a repository that is not there needs a person, and the copy stays', async (t) => {
  const made = repository(t);
  await fetching(made);
  await made.it.result();
  rmSync(made.it.at('work'), { recursive: true });
  const { ending, error } = await made.it.result();
  assert.deepEqual([ending, error?.retry], ['failed', 'needs-person']);
  assert.deepEqual(refs(made.it, 'mirror.git'), ['heads/main', 'tags/v1']);
});

test('git fetch: skipped in flight it ends, and the next run goes on', async (t) => {
  const made = repository(t);
  await fetching(made);
  const { it } = made;
  // A server that never answers.
  it.write('slow', '#!/bin/sh\ntouch "$HOME/asked"\nexec sleep 1000\n');
  execFileSync('chmod', ['+x', it.at('slow')]);
  await it.put({
    preset: 'git-fetch',
    url: 'ssh://nowhere.invalid/x',
    repository: it.at('mirror.git'),
    environment: { GIT_SSH: it.at('slow') },
  });
  const { session, ended } = await it.begun(() => existsSync(it.at('home/asked')));
  it.manager.skip(session, 'command');
  assert.equal(resultOf(await ended()).items[0]?.status, 'skipped');
  await fetching(made);
  assert.equal((await it.result()).ending, 'succeeded');
});

test('git push: a first run, one with nothing to do, and one that rewrites and deletes', async (t) => {
  const made = repository(t);
  const { it, git, commit } = made;
  await pushing(made);
  const first = await it.result();
  assert.equal(first.ending, 'succeeded', JSON.stringify([first, await it.log()]));
  assert.deepEqual(first.counts, { 'right.create': 2 });
  const second = await it.run();
  assert.deepEqual([second.phase, second.plan, resultOf(second).counts], ['succeeded', null, {}]);
  git('tag', '-d', 'v1');
  git('branch', 'side');
  commit('two', '--amend');
  const counts = { 'right.create': 1, 'right.update': 1, 'right.delete': 1 };
  assert.deepEqual((await it.result()).counts, counts);
  assert.deepEqual(refs(it, 'other.git'), ['heads/main', 'heads/side']);
});

test('git push: many branches that are gone wait for approval, and then that plan is carried out', async (t) => {
  const made = repository(t);
  const { it, git, commit } = made;
  for (let n = 0; n < 40; n++) git('branch', `b${n}`);
  await pushing(made);
  assert.deepEqual((await it.result()).counts, { 'right.create': 42 });
  for (let n = 0; n < 40; n++) git('branch', '-D', `b${n}`);
  const halted = await it.result();
  assert.deepEqual([halted.ending, halted.counts], ['halted', {}]);
  assert.equal(refs(it, 'other.git').length, 42);
  const { plan, changes } = await it.waiting();
  assert.equal(plan.halts[0]?.guard, 'mass-delete');
  assert.deepEqual(plan.counts, { 'right.delete': 40 });
  assert.ok(changes.every(({ path }) => /^refs\/heads\/b\d+$/.test(path)));
  // Decided meanwhile: another plan than the one that was looked at.
  commit('two');
  const outdated = await it.manager.whenEnded((await it.manager.approve(plan.hash)).id);
  assert.deepEqual(
    [outdated[0]?.phase, outdated[0]?.result?.error?.code, outdated[0]?.result?.counts],
    ['failed', 'plan-outdated', {}],
  );
  assert.equal(refs(it, 'other.git').length, 42);
  assert.equal((await it.result()).ending, 'halted');
  const anew = await it.waiting();
  assert.deepEqual(anew.plan.counts, { 'right.delete': 40, 'right.update': 1 });
  const [done] = await it.manager.whenEnded((await it.manager.approve(anew.plan.hash)).id);
  assert.equal(done?.phase, 'succeeded');
  assert.deepEqual(refs(it, 'other.git'), ['heads/main', 'tags/v1']);
});

test('git push: what the other side refuses is a problem, and the rest is pushed', async (t) => {
  const made = repository(t);
  const { it, git, commit } = made;
  await pushing(made);
  await it.result();
  execFileSync('git', ['-C', it.at('other.git'), 'config', 'receive.denyNonFastForwards', 'true']);
  commit('two', '--amend');
  git('branch', 'side', 'v1');
  const result = await it.result();
  assert.equal(result.ending, 'partial');
  assert.match((await it.log()).join(), /error: \[remote rejected\]/);
  assert.ok(refs(it, 'other.git').includes('heads/side'));
});

test('git push: a place that is not there needs a person; skipped in flight it ends', async (t) => {
  const made = repository(t);
  const { it } = made;
  await it.put({ preset: 'git-push', repository: it.at('work'), url: it.at('none.git') });
  assert.equal((await it.result()).error?.retry, 'needs-person');
  it.write('slow', '#!/bin/sh\ntouch "$HOME/asked"\nexec sleep 1000\n');
  execFileSync('chmod', ['+x', it.at('slow')]);
  const url = 'ssh://nowhere.invalid/x';
  const environment = { GIT_SSH: it.at('slow') };
  await it.put({ preset: 'git-push', repository: it.at('work'), url, environment });
  const request = await it.manager.invoke({
    trigger: 'manual',
    partnerships: ['it'],
    startNow: true,
  });
  while (!existsSync(it.at('home/asked'))) await new Promise((resolve) => setTimeout(resolve, 10));
  const [running] = it.manager.running();
  it.manager.skip(running?.session.id ?? '', 'command');
  const [session] = await it.manager.whenEnded(request.id);
  assert.equal(session?.result?.items[0]?.status, 'skipped');
});
