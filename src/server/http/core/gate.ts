// What is refused before anything is routed, on every listener: requests that did not come from a
// program of this user that means this manager. A page in a browser can send requests anywhere; it
// cannot choose the headers looked at here.

export interface Knock {
  readonly method: string;
  /** As it stood in the request line. */
  readonly target: string;
  /** Names and values in turn, as they came: doubles are kept. */
  readonly rawHeaders: readonly string[];
}

export interface Refusal {
  readonly status: 400 | 403 | 413 | 414 | 415 | 421;
  readonly code: 'request-malformed' | 'request-too-large' | 'host-refused' | 'origin-refused';
  readonly text: string;
}

const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'];
const targetLettersMax = 8192;
export const bodyBytesMax = 1024 * 1024;

/** `hosts`: exactly what may stand in Host, in lower case and with the port. Null: let it in. */
export function refusalOf(knock: Knock, hosts: readonly string[]): Refusal | null {
  return (
    malformed(knock) ??
    foreignHost(valuesOf(knock, 'host'), hosts) ??
    foreignPage(knock, hosts) ??
    tooMuch(knock)
  );
}

function malformed(knock: Knock): Refusal | null {
  const { method, target } = knock;
  if (!methods.includes(method)) return bad(`the method ${method} is not known here`);
  if (target.length > targetLettersMax) return { ...bad('the address is too long'), status: 414 };
  if (!target.startsWith('/') || target.startsWith('//')) {
    return bad('the address must begin with a single /');
  }
  if (hasTraversal(target)) return bad('the address leads out of its place');
  if (valuesOf(knock, 'upgrade').length > 0) return bad('there is nothing to upgrade to');
  if (valuesOf(knock, 'content-encoding').some((value) => value !== 'identity')) {
    return { ...bad('a body must not be compressed'), status: 415 };
  }
  return null;
}

function hasTraversal(target: string): boolean {
  const path = target.split('?', 1)[0] ?? '';
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch {
    return true;
  }
  return /[\\\0]/.test(plain) || plain.split('/').some((part) => part === '..' || part === '.');
}

/** Said before a byte of it is read. One that is sent in pieces is counted while it is read. */
function tooMuch(knock: Knock): Refusal | null {
  const [length = '0'] = valuesOf(knock, 'content-length');
  const isBodiless = knock.method === 'GET' || knock.method === 'HEAD';
  const comes = Number(length) > 0 || valuesOf(knock, 'transfer-encoding').length > 0;
  if (isBodiless && comes) return bad('a look has no body');
  if (Number(length) <= bodyBytesMax) return null;
  return { status: 413, code: 'request-too-large', text: '1 MiB' };
}

function foreignHost(values: readonly string[], hosts: readonly string[]): Refusal | null {
  const [host, another] = values;
  if (host === undefined || another !== undefined) return bad('exactly one Host is needed');
  if (hosts.includes(host.toLowerCase())) return null;
  return { status: 421, code: 'host-refused', text: host };
}

function foreignPage(knock: Knock, hosts: readonly string[]): Refusal | null {
  const allowed = hosts.map((host) => `http://${host}`);
  for (const origin of valuesOf(knock, 'origin')) {
    if (!allowed.includes(origin.toLowerCase())) return foreign(origin);
  }
  const isLook = knock.method === 'GET' || knock.method === 'HEAD';
  for (const site of valuesOf(knock, 'sec-fetch-site')) {
    // Typed or opened from elsewhere than a page; it can only look.
    const isOwn = site === 'same-origin' || (site === 'none' && isLook);
    if (!isOwn) return foreign(site);
  }
  return null;
}

function valuesOf({ rawHeaders }: Knock, name: string): readonly string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}

const bad = (text: string): Refusal => ({ status: 400, code: 'request-malformed', text });
const foreign = (text: string): Refusal => ({ status: 403, code: 'origin-refused', text });
