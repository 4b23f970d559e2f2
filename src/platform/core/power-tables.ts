// What the systems say about their electricity, read into values of ours.

export interface PowerSigns {
  readonly onBattery: boolean | null;
  /** 0 to 1. */
  readonly charge: number | null;
}

export interface Supply {
  readonly type: string | null;
  readonly online: string | null;
  readonly status: string | null;
  readonly capacity: string | null;
  /** `Device` for the battery of a mouse. */
  readonly scope: string | null;
}

export const unknownPower: PowerSigns = { onBattery: null, charge: null };

/** Folders of `/sys/class/power_supply`. A machine without a battery cannot run on one. */
export function powerOfSupplies(supplies: readonly Supply[]): PowerSigns {
  const own = supplies.filter(({ scope }) => scope !== 'Device');
  const batteries = own.filter(({ type }) => type === 'Battery');
  if (batteries.length === 0) return { onBattery: false, charge: null };
  const charges = batteries.flatMap(({ capacity }) => shareOf(capacity));
  const charge =
    charges.length === 0 ? null : charges.reduce((sum, one) => sum + one, 0) / charges.length;
  const isPlugged = own.some(({ type, online }) => type !== 'Battery' && online === '1');
  const states = batteries.map(({ status }) => status);
  if (isPlugged) return { onBattery: false, charge };
  if (states.includes('Discharging')) return { onBattery: true, charge };
  return {
    onBattery: states.every((one) => one === null || one === 'Unknown') ? null : false,
    charge,
  };
}

/** `pmset -g batt` of macOS. */
export function batteryOfPmset(text: string): PowerSigns {
  const source = /drawing from '([^']+)'/.exec(text)?.[1];
  if (source === undefined) return unknownPower;
  const [charge = null] = shareOf(/(\d+)%/.exec(text)?.[1] ?? null);
  return { onBattery: source === 'Battery Power', charge };
}

const discharging = 1;

/** `BatteryStatus` and `EstimatedChargeRemaining` of Win32_Battery, one line; nothing without one. */
export function batteryOfWindows(text: string | null): PowerSigns {
  if (text === null) return unknownPower;
  const [status, charge = ''] = text.trim().split(/\s+/);
  if (status === undefined || status === '') return { onBattery: false, charge: null };
  const [share = null] = shareOf(charge);
  return { onBattery: Number(status) === discharging, charge: share };
}

/** A list of one, or of none. */
function shareOf(percent: string | null): readonly number[] {
  const number = Number.parseFloat(percent ?? '');
  return number >= 0 && number <= 100 ? [number / 100] : [];
}

/** A timer that comes so much later than it was set for has slept meanwhile. */
const leewayMs = 20_000;

/** Where no system tells of a sleep, the wall's clock does. */
export function hasSlept(elapsedMs: number, intervalMs: number): boolean {
  return elapsedMs > intervalMs + leewayMs;
}
