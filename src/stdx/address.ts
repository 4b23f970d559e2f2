// Whether an address lies in a network, for both kinds of addresses.

interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

/** False for what is no address or no network, too. */
export function isWithin(address: string, cidr: string): boolean {
  const [own] = split(address);
  const [network, length] = split(cidr);
  if (own === null || network === null || own.width !== network.width) return false;
  const shift = BigInt(network.width - Math.min(length ?? network.width, network.width));
  return own.bits >> shift === network.bits >> shift;
}

export function isNetwork(cidr: string): boolean {
  const [network, length] = split(cidr);
  return network !== null && length !== null && length <= network.width;
}

function split(text: string): readonly [Address | null, number | null] {
  const [address = '', length] = text.split('/');
  const isLength = length !== undefined && /^\d{1,3}$/.test(length);
  return [parse(address), isLength ? Number(length) : null];
}

function parse(text: string): Address | null {
  const bits = text.includes(':') ? parseSix(text) : parseFour(text);
  return bits === null ? null : { bits, width: text.includes(':') ? 128 : 32 };
}

function parseFour(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return null;
  }
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(part), 0n);
}

function parseSix(text: string): bigint | null {
  const [head = '', tail, ...more] = (text.split('%')[0] ?? '').split('::');
  if (more.length > 0) return null;
  const words = (part: string) => (part === '' ? [] : part.split(':'));
  const [before, after] = [words(head), words(tail ?? '')];
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...before, ...Array<string>(missing).fill('0'), ...after];
  if (!all.every((word) => /^[0-9a-f]{1,4}$/i.test(word))) return null;
  return all.reduce((bits, word) => (bits << 16n) | BigInt(`0x${word}`), 0n);
}
