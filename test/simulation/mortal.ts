// Something that a process uses until it dies. Afterwards its calls neither do anything nor ever come
// back, and nobody is called back any more: as it is for a process that was killed.

export interface Mortal<T> {
  readonly living: T;
  die(): void;
}

export function mortal<T extends object>(thing: T): Mortal<T> {
  let life: 'alive' | 'dead' = 'alive';
  const isDead = () => life === 'dead';
  return {
    living: wrap(thing, isDead),
    die: () => {
      life = 'dead';
    },
  };
}

function wrap<T extends object>(thing: T, isDead: () => boolean): T {
  const own = new Map<PropertyKey, unknown>();
  return new Proxy(thing, {
    get(target, key) {
      const known = own.get(key);
      if (known !== undefined) return known;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value === 'function') own.set(key, call(target, value as Call, isDead));
      else if (typeof value === 'object' && value !== null) own.set(key, wrap(value, isDead));
      else return value;
      return own.get(key);
    },
  });
}

type Call = (...values: unknown[]) => unknown;

function call(target: object, method: Call, isDead: () => boolean): Call {
  return (...values) => {
    if (isDead()) return new Promise(() => {});
    const heard = values.map((value) =>
      typeof value === 'function' ? listener(value as Call, isDead) : value,
    );
    const answer = method.apply(target, heard);
    // What was asked for in life is not answered in death.
    if (answer instanceof Promise) {
      return new Promise((resolve, reject) => {
        answer.then(
          (value) => isDead() || resolve(value),
          (error) => isDead() || reject(error),
        );
      });
    }
    return answer;
  };
}

const listener =
  (hear: Call, isDead: () => boolean): Call =>
  (...news) =>
    isDead() ? undefined : hear(...news);
