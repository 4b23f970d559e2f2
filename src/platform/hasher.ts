// SHA-256 by the native library. Loaded at the first digest: most sessions need none, and a thread
// starts sooner without.
import type { Hasher, NewHasher } from '../ports/hasher.ts';

export const sha256: NewHasher = (): Hasher => {
  const hash = process.getBuiltinModule('node:crypto').createHash('sha256');
  return {
    update: (bytes) => void hash.update(bytes),
    hex: () => hash.digest('hex'),
  };
};
