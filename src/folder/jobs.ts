// The jobs a lane of the crew knows. Only the scan is loaded with the thread: it is what every session
// waits for, and most sessions need nothing else.
import type { Jobs, StandAside } from '../ports/crew.ts';
import type { Batch, BatchOutcome, RootRef } from './batch.ts';
import type { Entry, Signature } from './core/entry.ts';
import { createIgnore, partnershipSources } from './core/ignore.ts';
import type { PackedScan } from './core/scan-result.ts';
import type { Traits } from './core/traits.ts';
import type { DigestInput, DigestOutcome } from './digest.ts';
import type { ClearInput, MarkInput, Marking, ProveInput, SyncInput } from './finish.ts';
import type { InspectInput } from './inspect.ts';
import type { FoldersHere } from './list-folders.ts';
import type { MarkerFound } from './marker.ts';
import type { ProbeInput } from './probe.ts';
import type { RootFacts } from './roots.ts';
import { type ScanInput, scanSide } from './scan.ts';
import type { FolderWorld } from './world.ts';

export const folderJobs = {
  look,
  folders,
  probe,
  scan,
  digest,
  clear,
  transfer,
  flush,
  sync,
  prove,
  marker,
  mark,
  inspect,
} satisfies Jobs<FolderWorld>;

async function scan(world: FolderWorld, input: ScanInput): Promise<PackedScan> {
  return scanSide(world, input, createIgnore(partnershipSources(input.rules)));
}

async function digest(world: FolderWorld, input: DigestInput): Promise<readonly DigestOutcome[]> {
  const { digestFiles } = await import('./digest.ts');
  return digestFiles(world, input);
}

async function transfer(
  world: FolderWorld,
  batch: Batch,
  standAside: StandAside,
): Promise<BatchOutcome> {
  const { carryOut } = await import('./transfer.ts');
  return carryOut(world, batch, standAside);
}

async function look(world: FolderWorld, input: { readonly path: string }): Promise<RootFacts> {
  const { lookAtRoot } = await import('./roots.ts');
  return lookAtRoot(world.filesystem, input.path);
}

async function folders(
  world: FolderWorld,
  input: { readonly path: string },
): Promise<FoldersHere | null> {
  const { listFolders } = await import('./list-folders.ts');
  return listFolders(world.filesystem, input.path);
}

async function probe(world: FolderWorld, input: ProbeInput): Promise<Traits | null> {
  const { probeRoot } = await import('./probe.ts');
  return probeRoot(world, input);
}

async function clear(world: FolderWorld, input: ClearInput): Promise<null> {
  const { clearRoot } = await import('./finish.ts');
  return clearRoot(world, input);
}

async function flush(world: FolderWorld, root: RootRef, standAside: StandAside): Promise<boolean> {
  const { flushRoot } = await import('./finish.ts');
  return flushRoot(world, root, standAside);
}

async function sync(world: FolderWorld, input: SyncInput): Promise<null> {
  const { syncPaths } = await import('./finish.ts');
  return syncPaths(world, input);
}

async function prove(
  world: FolderWorld,
  input: ProveInput,
): Promise<readonly (Signature | null)[]> {
  const { proveSide } = await import('./finish.ts');
  return proveSide(world, input);
}

async function marker(world: FolderWorld, root: RootRef): Promise<MarkerFound> {
  const { markerOf } = await import('./finish.ts');
  return markerOf(world, root);
}

async function mark(world: FolderWorld, input: MarkInput): Promise<Marking> {
  const { markRoot } = await import('./finish.ts');
  return markRoot(world, input);
}

async function inspect(
  world: FolderWorld,
  input: InspectInput,
): Promise<readonly (Entry | null)[]> {
  const { inspectPaths } = await import('./inspect.ts');
  return inspectPaths(world, input);
}
