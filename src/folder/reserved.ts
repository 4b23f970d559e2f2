// What stands below the one name at the top of a root that is ours. Nothing else is ever added to a
// root, so a crash leaves nothing anywhere else (FS-25, FS-26).
import { reservedName } from './core/path.ts';

export const reserved = {
  folder: reservedName,
  stage: `${reservedName}/stage`,
  trash: `${reservedName}/trash`,
} as const;

/** Nobody else on the computer needs to look into what was deleted. */
export const reservedMode = 0o700;
