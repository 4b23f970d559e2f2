// What a token may do. Each scope holds those before it in the list that it needs; `owner` is no
// scope but the person at this computer, who could as well edit the files: only the socket has it.

export const scopes = ['read', 'run', 'decide', 'admin'] as const;
export type Scope = (typeof scopes)[number];

export interface Principal {
  /** Shown in the audit: `socket`, `browser`, or the name of a token. */
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly isOwner: boolean;
  /** A browser sends its cookie by itself, so what it changes needs a sign that a page meant it. */
  readonly byCookie: boolean;
}

const holds: Readonly<Record<Scope, readonly Scope[]>> = {
  read: ['read'],
  run: ['read', 'run'],
  decide: ['read', 'run', 'decide'],
  admin: scopes,
};

export function may({ scopes: own }: Principal, scope: Scope): boolean {
  return own.some((one) => holds[one].includes(scope));
}

/** Takes as long for a near miss as for a far one. */
export function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) {
    difference |= one.charCodeAt(at) ^ (other.charCodeAt(at % Math.max(1, other.length)) || 0);
  }
  return difference === 0;
}
