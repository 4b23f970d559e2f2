// Something that was handed in and does not fit, with a JSON pointer to each field that is wrong.
import { SyncError, syncError } from './error.ts';

export interface Fault {
  readonly pointer: string;
  readonly reason: string;
}

export class Malformed extends SyncError {
  readonly faults: readonly Fault[];

  constructor({ code, message, retry }: SyncError, faults: readonly Fault[]) {
    super(code, message, retry);
    this.faults = faults;
  }
}

const faultsMax = 20;

export function malformed(faults: readonly Fault[]): Malformed {
  const [first] = faults;
  const place = first?.pointer === '' || first === undefined ? '' : `${first.pointer}: `;
  const reason = `${place}${first?.reason ?? 'it is not understood'}`.replace(/\.$/, '');
  return new Malformed(syncError('request-malformed', { reason }), faults.slice(0, faultsMax));
}
