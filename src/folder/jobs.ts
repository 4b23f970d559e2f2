// The jobs a lane of the crew knows. Only the scan is loaded with the thread: it is what every session
// waits for, and most sessions need nothing else.
import type { Jobs } from '../ports/crew.ts';
import type { Batch, BatchOutcome } from './batch.ts';
import type { PackedScan } from './core/scan-result.ts';
import type { DigestInput, DigestOutcome } from './digest.ts';
import { type ScanInput, scanSide } from './scan.ts';
import type { FolderWorld } from './world.ts';

export const folderJobs = { scan, digest, transfer } satisfies Jobs<FolderWorld>;

async function scan(world: FolderWorld, input: ScanInput): Promise<PackedScan> {
  return scanSide(world, input, { add: () => undefined, ignores: () => false });
}

async function digest(world: FolderWorld, input: DigestInput): Promise<readonly DigestOutcome[]> {
  const { digestFiles } = await import('./digest.ts');
  return digestFiles(world, input);
}

async function transfer(world: FolderWorld, batch: Batch): Promise<BatchOutcome> {
  const { carryOut } = await import('./transfer.ts');
  return carryOut(world, batch);
}
