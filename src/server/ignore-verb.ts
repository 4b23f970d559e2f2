// Which pattern decides over a path: with the patterns of every partnership that has this root.
import type { IgnoreVerdict } from '../api/shapes.ts';
import { syncError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import type { LocalDeps } from './local-deps.ts';

export async function testIgnore(
  deps: LocalDeps,
  path: string,
  root: string,
  patterns: readonly string[],
): Promise<IgnoreVerdict> {
  const { filesystem, store } = deps;
  const real = realRoot(deps, root);
  const partnerships = (await store.partnerships.list()).filter(
    ({ settings }) => settings.left === real || settings.right === real,
  );
  const configured = partnerships.flatMap(({ settings }) => texts(settings.ignore));
  const { relative, saidFolder } = within(real, path);
  const isFolder = saidFolder || filesystem.stat(`${real}/${relative}`)?.kind === 'directory';
  const all = [...configured, ...patterns];
  const decision = await deps.explainIgnore({
    root: real,
    path: relative,
    isFolder,
    patterns: all,
  });
  const { ignored, source, line, pattern } = decision;
  return {
    path: relative,
    ignored,
    decision: source === null || pattern === null ? null : { source, line, pattern },
  };
}

function realRoot({ filesystem }: LocalDeps, root: string): string {
  try {
    return filesystem.realPath(root);
  } catch (thrown) {
    throw syncError('not-found', { what: `The folder ${root}` }, thrown);
  }
}

function within(root: string, path: string) {
  const saidFolder = path.endsWith('/');
  const bare = path.replace(/^\.\//, '').replace(/\/+$/, '');
  if (!bare.startsWith('/')) return { relative: bare, saidFolder };
  if (bare.startsWith(`${root}/`)) return { relative: bare.slice(root.length + 1), saidFolder };
  throw syncError('usage', { what: `${path} does not lie in ${root}.` });
}

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
