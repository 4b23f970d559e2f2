// The only file that knows which adapter stands behind each port.
import type { Client } from './api/client.ts';

export async function openClient(_options: {
  readonly configuration: string | null;
}): Promise<Client> {
  throw new Error('not composed');
}
