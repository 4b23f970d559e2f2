// The ready-made conflict dialog (mobsync 3.12). There is no window of its own: the conflict lies in
// the inbox until a person decides it, in whichever face they use, and the call stands still
// meanwhile. The window it is given says whose session asks; without one there is nobody to ask.
//
// The header declares this function and no page describes it. What is read here: a member that is
// missing is asked for by RFCCM_NEEDELEMENT; the two messages for viewing a copy are never sent,
// because faces show versions by their location; and nobody can say "for all" in the inbox, so
// RFCF_APPLY_ALL offers nothing and RFC_APPLY_TO_ALL is never part of the result.
import type { ConflictDraft, Resolution } from '../model/conflict.ts';
import {
  RFC_CANCEL,
  RFC_KEEPBOTH,
  RFC_KEEPLOCAL,
  RFC_KEEPNETWORK,
  RFCCM_NEEDELEMENT,
  RFCD_LOCALMODIFIEDBY,
  RFCD_LOCALMODIFIEDON,
  RFCD_LOCATION,
  RFCD_NAME,
  RFCD_NETWORKMODIFIEDBY,
  RFCD_NETWORKMODIFIEDON,
  RFCD_NEWNAME,
} from './constants/conflict-dialog.ts';
import type { DWORD, HICON, HWND } from './unknown.ts';

/**
 * The caller's function. For RFCCM_NEEDELEMENT, `wParam` is the RFCD_ bit of the member and `lParam`
 * the parameter block, which it may fill in; true says that it did.
 */
export type PFNRFCDCALLBACK = (
  hWnd: HWND | null,
  uMsg: number,
  wParam: number,
  lParam: RFCDLGPARAM,
) => boolean;

/** The parameter block. */
export interface RFCDLGPARAM {
  /** RFCF_APPLY_ALL, or 0. */
  dwFlags?: DWORD;
  pszFilename?: string | null;
  pszLocation?: string | null;
  /** The name the local copy gets if both are kept. */
  pszNewName?: string | null;
  pszNetworkModifiedBy?: string | null;
  pszLocalModifiedBy?: string | null;
  pszNetworkModifiedOn?: string | null;
  pszLocalModifiedOn?: string | null;
  hIKeepBoth?: HICON;
  hIKeepLocal?: HICON;
  hIKeepNetwork?: HICON;
  pfnCallBack?: PFNRFCDCALLBACK | null;
  lCallerData?: unknown;
}

/** A conflict whose item the session knows. */
export type Dispute = Omit<ConflictDraft, 'session' | 'partnership' | 'item'>;

/** Where the conflicts of a session are decided. */
export interface Inbox {
  decide(dispute: Dispute): Promise<Resolution | null>;
  /** A line beside the conflict, for what a version does not say. */
  note(subject: string, text: string): void;
}

const inboxes = new WeakMap<HWND, Inbox>();

/** From now on, a dialog with this owner belongs to that session. */
export function giveInbox(window: HWND, inbox: Inbox): void {
  inboxes.set(window, inbox);
}

/**
 * Lets a person decide between a local and a network copy of a file. Called by a handler where it may
 * show a window: in PrepareForSync and Synchronize if the user may be bothered, and in ShowError.
 *
 * @param hWndParent The window that the method was given.
 * @param pdlgParam What the conflict is about; null is answered with RFC_CANCEL.
 * @returns RFC_KEEPBOTH, RFC_KEEPLOCAL, RFC_KEEPNETWORK; RFC_CANCEL when nobody decided: no window, an
 *   item skipped, all stopped, the handler released.
 */
export async function SyncMgrResolveConflict(
  hWndParent: HWND | null,
  pdlgParam: RFCDLGPARAM | null,
): Promise<number> {
  const inbox = hWndParent && inboxes.get(hWndParent);
  if (!inbox || !pdlgParam) return RFC_CANCEL;
  askForMissing(hWndParent, pdlgParam);
  const { pszLocation, pszFilename } = pdlgParam;
  const subject = [pszLocation, pszFilename].filter(Boolean).join('/');
  const text = description(pdlgParam);
  if (text !== '') inbox.note(subject, text);
  const versions = ['local', 'network'].map(versionOf);
  return resultOf(await inbox.decide({ subject, kind: 'edit-edit', versions }));
}

const members: readonly (readonly [DWORD, keyof RFCDLGPARAM])[] = [
  [RFCD_NAME, 'pszFilename'],
  [RFCD_NETWORKMODIFIEDBY, 'pszNetworkModifiedBy'],
  [RFCD_NETWORKMODIFIEDON, 'pszNetworkModifiedOn'],
  [RFCD_LOCALMODIFIEDBY, 'pszLocalModifiedBy'],
  [RFCD_LOCALMODIFIEDON, 'pszLocalModifiedOn'],
  [RFCD_NEWNAME, 'pszNewName'],
  [RFCD_LOCATION, 'pszLocation'],
];

function askForMissing(window: HWND, param: RFCDLGPARAM): void {
  for (const [element, member] of members) {
    if (param[member] == null) param.pfnCallBack?.(window, RFCCM_NEEDELEMENT, element, param);
  }
}

function description(param: RFCDLGPARAM): string {
  const changed = (where: string, by: unknown, on: unknown) =>
    by || on ? [`Changed ${where}${by ? ` by ${by}` : ''}${on ? ` on ${on}` : ''}.`] : [];
  return [
    ...changed('here', param.pszLocalModifiedBy, param.pszLocalModifiedOn),
    ...changed('on the network', param.pszNetworkModifiedBy, param.pszNetworkModifiedOn),
    ...(param.pszNewName ? [`If both are kept, this one will be ${param.pszNewName}.`] : []),
  ].join(' ');
}

const versionOf = (side: string) => ({
  side,
  present: true,
  kind: 'file',
  size: null,
  modifiedAt: null,
  digest: null,
  location: null,
});

function resultOf(resolution: Resolution | null): number {
  if (resolution?.choice === 'keep-both') return RFC_KEEPBOTH;
  if (resolution?.choice !== 'keep') return RFC_CANCEL;
  return resolution.side === 'local' ? RFC_KEEPLOCAL : RFC_KEEPNETWORK;
}
