// The true disk with a person at its elbow: before each call somebody may look on, change something
// else on the disk, or make the call fail with a POSIX code.
import type { Filesystem, Folder, OpenFile } from '../../src/ports/filesystem.ts';

type Call = keyof Folder | keyof OpenFile | keyof Filesystem;

/** `name` is the last name the call is about; a code makes it fail. */
export type Meddler = (call: Call, name: string) => string | null | undefined;

export function faultyDisk(disk: Filesystem, meddle: Meddler): Filesystem {
  return watched(disk, '', meddle);
}

const inner = new WeakMap<object, object>();
/** Nobody can make these fail: they only give back or tell. */
const quiet: ReadonlySet<PropertyKey> = new Set(['close', 'stat', 'realPath', 'freeBytes']);
const opening: ReadonlySet<PropertyKey> = new Set([
  'openFolder',
  'open',
  'reach',
  'openFile',
  'editFile',
  'createFile',
]);

function watched<Thing extends object>(thing: Thing, own: string, meddle: Meddler): Thing {
  const proxy = new Proxy(thing, {
    get: (target, call) => {
      const method: unknown = Reflect.get(target, call);
      if (typeof method !== 'function') return method;
      return (...given: unknown[]) => {
        const name = nameIn(given) ?? own;
        if (!quiet.has(call)) refuse(call as Call, name, meddle);
        const plain = given.map((each) => (isObject(each) ? (inner.get(each) ?? each) : each));
        const answer: unknown = Reflect.apply(method, target, plain);
        return opening.has(call) && isObject(answer) ? watched(answer, name, meddle) : answer;
      };
    },
  });
  inner.set(proxy, thing);
  return proxy;
}

function refuse(call: Call, name: string, meddle: Meddler): void {
  const code = meddle(call, name);
  if (!code) return;
  throw Object.assign(new Error(`${code}: made to fail, ${call} ${name}`), { code });
}

/** Of a rename or a link, where it leads. */
function nameIn(given: readonly unknown[]): string | null {
  const name = typeof given[2] === 'string' ? given[2] : given[0];
  return typeof name === 'string' ? name : null;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
