// Which kinds of file system lie on another computer, by the number that Linux gives each (statfs).
// SQLite's log in shared memory does not work between computers, and their locks are often a
// pretence (DB-07).

const kinds: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB'],
  [0xfe534d42, 'SMB'],
  [0x5346414f, 'AFS'],
  [0x00c36400, 'Ceph'],
  [0x01021997, '9P'],
  [0x0bd00bd0, 'Lustre'],
]);

/** Its name, or null for a disk of this computer. */
export function networkDisk(statfsType: number): string | null {
  // Some systems hand the number over with a sign.
  return kinds.get(statfsType >>> 0) ?? null;
}
