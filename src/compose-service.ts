// The service by which the system keeps a manager going. Apart from compose.ts: nothing else is opened
// for it.
import type { ServiceDesk } from './api/service.ts';

/** @param program The program's own file. */
export async function openServiceDesk(program: string): Promise<ServiceDesk> {
  const [{ openServices }, { places }] = await Promise.all([
    import('./platform/service.ts'),
    import('./platform/places.ts'),
  ]);
  return openServices(program, places().state);
}
