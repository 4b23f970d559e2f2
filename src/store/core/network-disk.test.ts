import assert from 'node:assert/strict';
import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { networkDisk } from './network-disk.ts';

test('DB-07 file systems of other computers are known by their number', () => {
  for (const [name, ...numbers] of [
    ['NFS', 0x6969],
    ['SMB', 0x517b, 0xff534d42, 0xfe534d42],
    ['AFS', 0x5346414f],
    ['Ceph', 0x00c36400],
    ['9P', 0x01021997],
    ['Lustre', 0x0bd00bd0],
  ] as const) {
    for (const number of numbers) assert.equal(networkDisk(number), name);
  }
  // As a signed number of 32 bits.
  assert.equal(networkDisk(0xff534d42 | 0), 'SMB');
});

test('DB-07 disks of this computer are none', () => {
  for (const ext4OrBtrfsOrTmpfs of [0xef53, 0x9123683e, 0x01021994]) {
    assert.equal(networkDisk(ext4OrBtrfsOrTmpfs), null);
  }
  assert.equal(networkDisk(statfsSync(tmpdir()).type), null);
});
