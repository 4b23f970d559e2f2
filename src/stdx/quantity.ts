// Amounts as people write and read them: sizes, rates, durations, counts. Parsers answer null for
// what they do not understand; whoever asked knows which flag or key to name.
//
// Sizes count in 1024s whether written `K`, `KB` or `KiB`: rclone and rsync read them so, and a limit
// that is 2 percent larger than meant hurts nobody.

const steps = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 } as const;

/** `10`, `1.5G`, `200 MiB` → bytes. */
export function parseSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*([bkmgtp])?(?:i?b)?$/i.exec(text.trim());
  if (match === null) return null;
  const step = (match[2] ?? 'b').toLowerCase() as keyof typeof steps;
  return Math.round(Number(match[1]) * steps[step]);
}

/** `10M`, `10M/s`, `10 MiB/s` → bytes a second; `0` and `off` → 0, no limit. */
export function parseRate(text: string): number | null {
  if (text.trim().toLowerCase() === 'off') return 0;
  return parseSize(text.trim().replace(/\/s(ec)?$/i, ''));
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `90`, `90s`, `1h30m`, `2d` → milliseconds; a bare number is seconds. */
export function parseDuration(text: string): number | null {
  const compact = text.trim().toLowerCase().replaceAll(' ', '');
  if (/^\d+(\.\d+)?$/.test(compact)) return Math.round(Number(compact) * 1000);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/.test(compact)) return null;
  let total = 0;
  for (const [, amount, unit] of compact.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g)) {
    total += Number(amount) * units[unit as keyof typeof units];
  }
  return Math.round(total);
}

/** `20%` → 0.2. */
export function parseShare(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(text.trim());
  if (match === null) return null;
  const share = Number(match[1]) / 100;
  return share <= 1 ? share : null;
}

const sizeNames = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** 1536 → `1.5 KiB`: three digits at most, so that columns stay narrow. */
export function formatSize(bytes: number): string {
  let amount = Math.max(0, bytes);
  let step = 0;
  while (amount >= 1023.5 && step < sizeNames.length - 1) {
    amount /= 1024;
    step += 1;
  }
  const digits = step === 0 || amount >= 99.95 ? 0 : 1;
  return `${amount.toFixed(digits)} ${sizeNames[step]}`;
}

/** 65,000 → `1 min 5 s`; the two largest units only. */
export function formatDuration(ms: number): string {
  if (ms < 9_950) return `${(Math.max(0, ms) / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** 1234567 → `1,234,567`. */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 entry`, `2 entries`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** 0.2 → `20 %`. */
export function formatShare(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
