// What the examination says about the surroundings: what triggers and conditions can know here, and
// what they cannot because something is missing.
import type { Finding } from '../api/shapes.ts';
import type { NetworkState } from '../ports/network.ts';
import type { PowerState } from '../ports/power.ts';
import { formatDuration } from '../stdx/quantity.ts';

export interface Surroundings {
  readonly network: NetworkState;
  readonly power: PowerState;
  readonly idleMs: number | null;
  /** Sleep and shutdown are told. */
  readonly login: boolean;
  /** They can be made to wait. */
  readonly delay: boolean;
  readonly keyring: boolean;
  readonly desktop: boolean;
}

export function surroundingFindings(surroundings: Surroundings): readonly Finding[] {
  return [
    networkFinding(surroundings.network),
    powerFinding(surroundings.power),
    idleFinding(surroundings.idleMs),
    endFinding(surroundings),
    keyringFinding(surroundings.keyring),
    desktopFinding(surroundings.desktop),
  ];
}

function fine(topic: string, text: string): Finding {
  return { topic, level: 'ok', text, advice: null };
}

function lack(topic: string, text: string, advice: string): Finding {
  return { topic, level: 'warning', text, advice };
}

const costs = { true: 'paid for by amount', false: 'not paid for by amount', null: '' } as const;

function networkFinding({ online, metered, connections }: NetworkState): Finding {
  const names = connections.map(({ name, kind, ssid }) => `${name} (${ssid ?? kind})`);
  const cost = costs[`${metered}`];
  const text = [...names, ...(cost === '' ? [] : [cost])].join(', ');
  return fine('network', online === false ? `offline${text && `: ${text}`}` : text);
}

function powerFinding({ onBattery, charge }: PowerState): Finding {
  const level = charge === null ? '' : `, ${Math.round(charge * 100)} % charged`;
  if (onBattery === null) return fine('power', 'it is not known whether it comes from a battery');
  return fine('power', `from ${onBattery ? 'the battery' : 'the mains'}${level}`);
}

function idleFinding(idleMs: number | null): Finding {
  if (idleMs !== null) return fine('idle', `somebody was here ${formatDuration(idleMs)} ago`);
  const advice = 'It needs a desktop, logind, or somebody at a terminal.';
  return lack('idle', 'nobody knows whether somebody is here; idle never starts a run', advice);
}

function endFinding({ login, delay }: Surroundings): Finding {
  if (login && delay) return fine('end', 'sleep and shutdown are announced, and wait for a while');
  if (!login) {
    const text =
      'sleep and shutdown are not announced; pending-disconnect has the stop signal alone';
    return lack('end', text, 'It needs logind on the system bus.');
  }
  const text = 'sleep and shutdown are announced, but do not wait';
  return lack('end', text, 'It needs the program systemd-inhibit.');
}

function keyringFinding(isThere: boolean): Finding {
  if (isThere) return fine('keyring', 'a key store answers');
  const advice = 'Name secrets by env:, file: or command: instead.';
  return lack('keyring', 'no key store answers in this session; keyring: gives nothing', advice);
}

function desktopFinding(isThere: boolean): Finding {
  if (isThere) return fine('notices', 'a desktop shows notifications');
  const advice = 'Notify by webhook, mail or a command instead.';
  return lack('notices', 'no desktop shows notifications here', advice);
}
