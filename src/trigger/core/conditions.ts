// What holds a partnership back now, of the conditions in its terms. All of it, not only the first;
// and what could not be found out apart: unknown is not false.
import type { Hold } from '../../model/hold.ts';
import type { NetworkConnection, NetworkState, PowerState } from '../../model/surroundings.ts';
import type { Conditions, NetworkRule, ProbeTarget, TimeWindow } from '../../model/terms.ts';
import { isWithin } from '../../stdx/address.ts';
import { windowState } from './window.ts';

/** Null: unknown. */
export interface Facts {
  readonly network: NetworkState | null;
  readonly power: PowerState | null;
  readonly answers: boolean | null;
  /** The exit code of the condition's own program. */
  readonly check: number | null;
}

export interface Judgement {
  readonly holds: readonly Hold[];
  readonly unsure: readonly Hold[];
}

interface Finding {
  readonly verdict: 'holds' | 'unsure' | 'fine';
  readonly hold: Hold;
}

export function judge(wanted: Conditions, facts: Facts, now: number, here: string): Judgement {
  const findings = [
    metered(wanted, facts.network),
    battery(wanted, facts.power),
    networks(wanted.networks, facts.network),
    target(wanted.target, facts.answers),
    windows(wanted.windows, now, here),
    command(wanted.command, facts.check),
  ].filter((finding) => finding !== null);
  const those = (verdict: Finding['verdict']) =>
    findings.filter((finding) => finding.verdict === verdict).map(({ hold }) => hold);
  return { holds: those('holds'), unsure: those('unsure') };
}

/** `answer` null: unknown. */
function finding(
  answer: boolean | null,
  text: string,
  observed: string,
  until: number | null = null,
): Finding {
  const verdict = answer === null ? 'unsure' : answer ? 'fine' : 'holds';
  const seen = answer === null ? 'unknown' : observed;
  return { verdict, hold: { kind: 'condition', text, observed: seen, until } };
}

function metered(wanted: Conditions, network: NetworkState | null): Finding | null {
  if (wanted.metered) return null;
  const isMetered = network?.metered ?? null;
  const text = 'It does not run where what is carried is paid for by amount.';
  return finding(isMetered === null ? null : !isMetered, text, 'the network is metered');
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function battery({ battery: least }: Conditions, power: PowerState | null): Finding | null {
  if (least === null) return null;
  const { onBattery = null, charge = null } = power ?? {};
  if (least > 1) {
    const answer = onBattery === null ? null : !onBattery;
    return finding(answer, 'It does not run on battery.', 'on battery');
  }
  const enough = charge === null ? null : charge >= least;
  const answer = onBattery === null ? null : !onBattery || enough;
  const text = `On battery it runs only with at least ${percent(least)} of charge.`;
  return finding(answer, text, `on battery, ${percent(charge ?? 0)}`);
}

function networks(rules: readonly NetworkRule[], network: NetworkState | null): Finding | null {
  if (rules.length === 0) return null;
  const text = `It runs only in the network ${rules.map(named).join(' or ')}.`;
  if (network === null || network.online === null) return finding(null, text, '');
  const { connections } = network;
  const answers = rules.map((rule) => fitsAny(rule, connections));
  const answer = answers.includes(true) || (answers.includes(null) ? null : false);
  const observed = connections.length === 0 ? 'no connection' : connections.map(seen).join(', ');
  return finding(answer, text, observed);
}

/** A name of a radio network that could not be read may be the one. */
function fitsAny(rule: NetworkRule, connections: readonly NetworkConnection[]): boolean | null {
  const answers = connections.map((connection) => {
    if (rule.kind === 'cidr') {
      return connection.addresses.some((address) => isWithin(address, rule.cidr));
    }
    if (rule.kind === 'gateway') return connection.gateway === rule.gateway;
    if (connection.ssid === null && connection.kind === 'wireless') return null;
    return connection.ssid === rule.ssid;
  });
  return answers.includes(true) || (answers.includes(null) ? null : false);
}

function named(rule: NetworkRule): string {
  const names = { cidr: () => '', gateway: () => 'with gateway ', ssid: () => 'called ' };
  const value = 'cidr' in rule ? rule.cidr : 'gateway' in rule ? rule.gateway : rule.ssid;
  return names[rule.kind]() + value;
}

const seen = ({ name, ssid, addresses }: NetworkConnection) =>
  [name, ssid, addresses[0]].filter((part) => part !== null && part !== undefined).join(' ');

function target(wanted: ProbeTarget | null, answers: boolean | null): Finding | null {
  if (wanted === null) return null;
  const where = wanted.kind === 'tcp' ? `${wanted.host}:${wanted.port}` : wanted.path;
  return finding(answers, `${where} must answer.`, 'it does not answer');
}

function windows(wanted: readonly TimeWindow[], now: number, here: string): Finding | null {
  if (wanted.length === 0) return null;
  const states = wanted.map((window) => windowState(window, now, here));
  const opens = states.flatMap(({ changesAt }) => changesAt ?? []);
  const text = 'It runs only in its time window.';
  const isOpen = states.some((state) => state.isOpen);
  return finding(
    isOpen,
    text,
    'the window is shut',
    opens.length === 0 ? null : Math.min(...opens),
  );
}

const couldNotSayFrom = 126;

function command(wanted: readonly string[] | null, code: number | null): Finding | null {
  if (wanted === null) return null;
  const known = code === null || code >= couldNotSayFrom ? null : code;
  const text = `${wanted[0] ?? ''} must say that it may run, by ending with 0.`;
  return finding(known === null ? null : known === 0, text, `it ended with ${code}`);
}
