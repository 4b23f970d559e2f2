// One word below a key of a file; where none is left, neither is the key.
import { objectOf } from '../../core/terms-form.ts';
import type { FileDraft } from '../../data/file-draft.ts';
import type { JsonObject } from '../../data/shapes.ts';

type Json = JsonObject[string];

export function withKey({ keys, put }: FileDraft, key: string) {
  return (below: string, value: Json): void => {
    const { [below]: _, ...rest } = objectOf(keys[key]);
    const words = value === null ? rest : { ...objectOf(keys[key]), [below]: value };
    put(key, Object.keys(words).length === 0 ? null : words);
  };
}
