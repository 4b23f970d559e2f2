// C171 to C175, and every other value of section 3: numbers that programs carry in their binaries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as mobsync from '../../src/mobsync/mobsync.ts';
import { oldWorld } from './old-world.ts';

const all = { ...mobsync };
const values = (...names: (keyof typeof mobsync)[]) => names.map((name) => all[name]);

test('C171 the six signals have their values and are success codes', () => {
  const signals = [
    mobsync.S_SYNCMGR_MISSINGITEMS,
    mobsync.S_SYNCMGR_RETRYSYNC,
    mobsync.S_SYNCMGR_CANCELITEM,
    mobsync.S_SYNCMGR_CANCELALL,
    mobsync.S_SYNCMGR_ITEMDELETED,
    mobsync.S_SYNCMGR_ENUMITEMS,
  ];
  assert.deepEqual(signals, [262657, 262658, 262659, 262660, 262672, 262673]);
  assert.ok(signals.every((hr) => mobsync.SUCCEEDED(hr) && !mobsync.FAILED(hr)));
});

test('C172 the statuses have the values 0 to 8 and 256', () => {
  const found = values(
    'SYNCMGRSTATUS_STOPPED',
    'SYNCMGRSTATUS_SKIPPED',
    'SYNCMGRSTATUS_PENDING',
    'SYNCMGRSTATUS_UPDATING',
    'SYNCMGRSTATUS_SUCCEEDED',
    'SYNCMGRSTATUS_FAILED',
    'SYNCMGRSTATUS_PAUSED',
    'SYNCMGRSTATUS_RESUMING',
    'SYNCMGRSTATUS_UPDATING_INDETERMINATE',
    'SYNCMGRSTATUS_DELETED',
  );
  assert.deepEqual(found, [0, 1, 2, 3, 4, 5, 6, 7, 8, 256]);
});

test('C173 the masks read by Progress are 1, 2, 4, 8 and those read by LogError 1, 2, 4', () => {
  const progress = values(
    'SYNCMGRPROGRESSITEM_STATUSTEXT',
    'SYNCMGRPROGRESSITEM_STATUSTYPE',
    'SYNCMGRPROGRESSITEM_PROGVALUE',
    'SYNCMGRPROGRESSITEM_MAXVALUE',
  );
  const log = values(
    'SYNCMGRLOGERROR_ERRORFLAGS',
    'SYNCMGRLOGERROR_ERRORID',
    'SYNCMGRLOGERROR_ITEMID',
  );
  assert.deepEqual(
    [progress, log],
    [
      [1, 2, 4, 8],
      [1, 2, 4],
    ],
  );
});

test('C174 the flags of UpdateItems are 2 and 4, those of RegisterSyncMgrHandler 1, 2, 4 in mask 7', () => {
  const invoke = values('SYNCMGRINVOKE_STARTSYNC', 'SYNCMGRINVOKE_MINIMIZED');
  const register = values(
    'SYNCMGRREGISTERFLAG_CONNECT',
    'SYNCMGRREGISTERFLAG_PENDINGDISCONNECT',
    'SYNCMGRREGISTERFLAG_IDLE',
    'SYNCMGRREGISTERFLAGS_MASK',
  );
  assert.deepEqual(
    [invoke, register],
    [
      [2, 4],
      [1, 2, 4, 7],
    ],
  );
});

test('C175 the modifiers of Initialize are 0x100 and 0x200 and the event mask is 0xFF', () => {
  const found = values(
    'SYNCMGRFLAG_SETTINGS',
    'SYNCMGRFLAG_MAYBOTHERUSER',
    'SYNCMGRFLAG_EVENTMASK',
  );
  assert.deepEqual(found, [0x100, 0x200, 0xff]);
});

test('the general codes are those of the system, as signed numbers', () => {
  const codes = {
    E_NOTIMPL: 0x80004001,
    E_NOINTERFACE: 0x80004002,
    E_FAIL: 0x80004005,
    E_UNEXPECTED: 0x8000ffff,
    E_OUTOFMEMORY: 0x8007000e,
    E_INVALIDARG: 0x80070057,
  } as const;
  for (const [name, value] of Object.entries(codes)) {
    const constant = all[name as keyof typeof codes];
    assert.equal(constant, value | 0, name);
    assert.ok(mobsync.FAILED(constant) && mobsync.FAILED(value), name);
  }
  assert.deepEqual([mobsync.S_OK, mobsync.S_FALSE], [0, 1]);
  assert.ok(mobsync.SUCCEEDED(mobsync.S_FALSE));
});

test('the events, handler flags, item flags and levels have the values of the header', () => {
  const events = values(
    'SYNCMGRFLAG_CONNECT',
    'SYNCMGRFLAG_PENDINGDISCONNECT',
    'SYNCMGRFLAG_MANUAL',
    'SYNCMGRFLAG_IDLE',
    'SYNCMGRFLAG_INVOKE',
    'SYNCMGRFLAG_SCHEDULED',
  );
  const handler = values(
    'SYNCMGRHANDLER_HASPROPERTIES',
    'SYNCMGRHANDLER_MAYESTABLISHCONNECTION',
    'SYNCMGRHANDLER_ALWAYSLISTHANDLER',
    'SYNCMGRHANDLER_HIDDEN',
    'SYNCMGRHANDLERFLAG_MASK',
    'MAX_SYNCMGRHANDLERNAME',
  );
  const item = values(
    'SYNCMGRITEM_HASPROPERTIES',
    'SYNCMGRITEM_TEMPORARY',
    'SYNCMGRITEM_ROAMINGUSER',
    'SYNCMGRITEM_LASTUPDATETIME',
    'SYNCMGRITEM_MAYDELETEITEM',
    'SYNCMGRITEM_HIDDEN',
    'SYNCMGRITEM_ITEMFLAGMASK',
    'SYNCMGRITEMSTATE_UNCHECKED',
    'SYNCMGRITEMSTATE_CHECKED',
    'MAX_SYNCMGRITEMNAME',
  );
  const log = values(
    'SYNCMGRLOGLEVEL_INFORMATION',
    'SYNCMGRLOGLEVEL_WARNING',
    'SYNCMGRLOGLEVEL_ERROR',
    'SYNCMGRLOGLEVEL_LOGLEVELMAX',
    'SYNCMGRERRORFLAG_ENABLEJUMPTEXT',
  );
  assert.deepEqual(events, [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(handler, [1, 2, 4, 8, 15, 32]);
  assert.deepEqual(item, [1, 2, 4, 8, 16, 32, 0x7f, 0, 1, 128]);
  assert.deepEqual(log, [1, 2, 3, 3, 1]);
});

test('the conflict dialog has the values of the header', () => {
  const results = values(
    'RFCF_APPLY_ALL',
    'RFC_CANCEL',
    'RFC_KEEPBOTH',
    'RFC_KEEPLOCAL',
    'RFC_KEEPNETWORK',
    'RFC_APPLY_TO_ALL',
  );
  const filled = values(
    'RFCD_NAME',
    'RFCD_KEEPBOTHICON',
    'RFCD_KEEPLOCALICON',
    'RFCD_KEEPSERVERICON',
    'RFCD_NETWORKMODIFIEDBY',
    'RFCD_NETWORKMODIFIEDON',
    'RFCD_LOCALMODIFIEDBY',
    'RFCD_LOCALMODIFIEDON',
    'RFCD_NEWNAME',
    'RFCD_LOCATION',
  );
  const messages = values('RFCCM_VIEWLOCAL', 'RFCCM_VIEWNETWORK', 'RFCCM_NEEDELEMENT');
  assert.deepEqual(results, [1, 0, 1, 2, 3, 16]);
  assert.deepEqual(filled, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
  assert.equal(mobsync.RFCD_ALL, 0x3ff);
  assert.deepEqual(messages, [1, 2, 3]);
});

test('identifiers are those of the header, compared without case and braces', () => {
  const end = '-35EE-11D1-8707-00C04FD93327';
  const identifiers = {
    [mobsync.CLSID_SyncMgr]: `6295DF27${end}`,
    [mobsync.IID_ISyncMgrSynchronize]: `6295DF40${end}`,
    [mobsync.IID_ISyncMgrSynchronizeCallback]: `6295DF41${end}`,
    [mobsync.IID_ISyncMgrRegister]: `6295DF42${end}`,
    [mobsync.IID_ISyncMgrEnumItems]: `6295DF2A${end}`,
    [mobsync.IID_ISyncMgrSynchronizeInvoke]: `6295DF2C${end}`,
  };
  assert.equal(Object.keys(identifiers).length, 6);
  for (const [ours, theirs] of Object.entries(identifiers)) {
    assert.ok(mobsync.isEqualGuid(ours, `{${theirs}}`), theirs);
    assert.equal(mobsync.canonicalGuid(theirs), ours);
  }
  assert.equal(mobsync.canonicalGuid(`{${mobsync.GUID_NULL}`), null);
  assert.equal(mobsync.canonicalGuid('6295df27'), null);
  assert.equal(mobsync.canonicalGuid(null), null);
});

test('file times count 100 ns from 1601 and come back as they went', () => {
  assert.equal(mobsync.fileTimeOf(0), 116_444_736_000_000_000n);
  assert.equal(mobsync.millisecondsOf(mobsync.fileTimeOf(1_700_000_000_123)), 1_700_000_000_123);
});

test('C176 the manager object delivers ISyncMgrRegister and ISyncMgrSynchronizeInvoke', async (t) => {
  const { syncMgr } = oldWorld(t);
  const cell: mobsync.Out<mobsync.IUnknown | null> = { value: null };
  assert.equal(syncMgr.QueryInterface(mobsync.IID_ISyncMgrRegister, cell), mobsync.S_OK);
  const register = cell.value as mobsync.ISyncMgrRegister | null;
  const clsid = '{C1A55000-0000-4000-8000-000000000001}';
  assert.equal(await register?.RegisterSyncMgrHandler(clsid, 'Mail', 5), mobsync.S_OK);
  const braced = `{${mobsync.IID_ISyncMgrSynchronizeInvoke.toUpperCase()}}`;
  assert.equal(syncMgr.QueryInterface(braced, cell), mobsync.S_OK);
  const invoke = cell.value as mobsync.ISyncMgrSynchronizeInvoke | null;
  assert.equal(await invoke?.UpdateItems(0, clsid, 0, null), mobsync.S_OK);
  const other = mobsync.IID_ISyncMgrSynchronize;
  assert.equal(syncMgr.QueryInterface(other, cell), mobsync.E_NOINTERFACE);
  assert.equal(cell.value, null);
});
