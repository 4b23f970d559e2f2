// Numbers as a person reads them, in the words of their language.

export interface Amounts {
  count(value: number): string;
  size(bytes: number): string;
  rate(bytesPerSecond: number): string;
  /** `1.4 s`, `3 min 20 s`, `2 h 5 min`. */
  duration(ms: number): string;
  share(part: number): string;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

export function amountsIn(locale: string | undefined): Amounts {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const fine = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const size = (bytes: number) => {
    let value = Math.max(0, bytes);
    let unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit += 1;
    }
    return `${(unit === 0 || value >= 100 ? whole : fine).format(value)} ${units[unit]}`;
  };
  return {
    count: (value) => whole.format(value),
    size,
    rate: (bytes) => `${size(bytes)}/s`,
    duration: (ms) => duration(Math.max(0, ms), fine, whole),
    share: (part) => percent.format(Math.min(1, Math.max(0, part))),
  };
}

function duration(ms: number, fine: Intl.NumberFormat, whole: Intl.NumberFormat): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${fine.format(seconds)} s`;
  if (seconds < 60) return `${whole.format(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${whole.format(hours)} h ${minutes % 60} min`;
  return `${whole.format(Math.floor(hours / 24))} d ${hours % 24} h`;
}
