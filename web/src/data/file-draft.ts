// A file of the configuration while it is edited: what stands there, what is changed, what is wrong with
// that, and the way back.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from './http.ts';
import { useAct } from './queries.ts';
import * as api from './settings-api.ts';
import { fileQuery } from './settings-queries.ts';
import type { JsonObject, KeptFile } from './shapes.ts';

type Json = JsonObject[string];

export interface FileDraft {
  /** As they would be. */
  readonly keys: JsonObject;
  readonly file: KeptFile;
  readonly isChanged: boolean;
  readonly isBusy: boolean;
  readonly saved: 'yes' | 'undone' | null;
  /** What is wrong and has no field of its own. */
  readonly error: Error | null;
  /** Null: as if nothing were said. */
  put(key: string, value: Json): void;
  /** What is wrong there or below: `triggers/schedule/0`. */
  faultAt(place: string): string | undefined;
  save(): void;
  discard(): void;
  undo(): void;
}

/** What a part of a form is given. */
export interface TermsPart {
  readonly draft: FileDraft;
}

const touched = ['file', 'partnerships', 'items', 'freshness', 'configuration', 'ticks'];

/** @param fields Places that show what is wrong there by themselves. */
export function useFileDraft(
  partnership: string | null,
  file: KeptFile,
  fields: readonly string[],
): FileDraft {
  const client = useQueryClient();
  const [edits, setEdits] = useState<JsonObject>({});
  const [saved, setSaved] = useState<FileDraft['saved']>(null);
  const keep = async (work: Promise<KeptFile>, how: FileDraft['saved']) => {
    client.setQueryData(fileQuery(partnership).queryKey, await work);
    setEdits({});
    setSaved(how);
  };
  const save = useAct(() => keep(api.editFile(partnership, edits, file.version), 'yes'), touched);
  const undo = useAct(() => keep(api.undoFile(partnership), 'undone'), touched);
  const problems = save.error instanceof ApiError ? save.error.problems : [];
  const isPlaced =
    problems.length > 0 &&
    problems.every(({ pointer }) => fields.some((field) => isAt(pointer, field)));
  return {
    keys: withEdits(file.keys, edits),
    file,
    isChanged: isOther(file.keys, edits),
    isBusy: save.isPending || undo.isPending,
    saved,
    error: (isPlaced ? null : save.error) ?? undo.error,
    put: (key, value) => {
      setEdits({ ...edits, [key]: value });
      setSaved(null);
    },
    faultAt: (place) => problems.find(({ pointer }) => isAt(pointer, place))?.reason,
    save: () => save.mutate(undefined),
    discard: () => {
      setEdits({});
      save.reset();
    },
    undo: () => undo.mutate(undefined),
  };
}

const isAt = (pointer: string, place: string) => `${pointer}/`.startsWith(`/keys/${place}/`);

function withEdits(keys: JsonObject, edits: JsonObject): JsonObject {
  const all = Object.entries({ ...keys, ...edits });
  return Object.fromEntries(all.filter(([, value]) => value !== null)) as JsonObject;
}

function isOther(keys: JsonObject, edits: JsonObject): boolean {
  return Object.entries(edits).some(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(keys[key] ?? null),
  );
}
