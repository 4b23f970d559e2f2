// The outer world of the tests does what the true one does: the same suites, one call each.
import { syncError } from '../../src/model/error.ts';
import { idlenessConformance } from '../conformance/idleness.ts';
import { networkConformance } from '../conformance/network.ts';
import { notifierConformance } from '../conformance/notifier.ts';
import { powerConformance } from '../conformance/power.ts';
import { volumesConformance } from '../conformance/volumes.ts';
import { watchingConformance } from '../conformance/watching.ts';
import { VirtualClock } from './virtual-clock.ts';
import { VirtualOutside } from './virtual-outside.ts';

const fresh = () => new VirtualOutside(new VirtualClock());

networkConformance('virtual network', async () => {
  const { network } = fresh();
  network.goOffline();
  network.silent.add('127.0.0.1:2').add('/gone');
  return {
    network,
    up: async (name, cidr) =>
      network.comeOnline({ name, kind: 'wired', addresses: [cidr], gateway: null, ssid: null }),
    down: async () => network.goOffline(),
    // What answers here answers without a connection, as this computer itself does.
    answering: { host: '127.0.0.1', port: 1 },
    refusing: { host: '127.0.0.1', port: 2 },
    there: '/there',
    gone: '/gone',
  };
});

const { power } = fresh();
powerConformance('virtual power', {
  power,
  budgetMs: 5_000,
  plug: async (state) => power.set(state),
  // The system announces, and waits by itself.
  announce: async (kind) => void power.announce({ kind, budgetMs: 5_000 }),
  isWaiting: async () => power.isHeldUp,
  goOn: async (kind) => (kind === 'sleep' ? power.resume() : power.goOn()),
  ended: async () => [...power.ends],
  refuse: async () => {
    power.unable = 'its owner forbids it';
  },
});

const clock = new VirtualClock();
const { idleness } = new VirtualOutside(clock);
idlenessConformance('virtual idleness', {
  idleness,
  idle: async (ms) => {
    idleness.seenAt = ms === null ? null : clock.now() - ms;
  },
});

volumesConformance('virtual volumes', async () => {
  const { volumes } = fresh();
  return {
    volumes,
    place: '/media/stick',
    mount: async () => volumes.set(['/', '/media/stick']),
    unmount: async () => volumes.set(['/']),
  };
});

watchingConformance('virtual watching', async () => {
  const { watching } = fresh();
  const root = '/data';
  watching.impossible.set(`${root}/none`, 'there is no such folder');
  const at = (path: string) => (path === '.' ? root : `${root}/${path}`);
  return {
    watching,
    root,
    vouches: true,
    makeFolder: async (path) => watching.touch(at(path)),
    writeFile: async (path) => watching.touch(at(path)),
    rename: async (from, to) => {
      watching.remove(at(from));
      watching.touch(at(to));
    },
    remove: async (path) => watching.remove(at(path)),
  };
});

notifierConformance('virtual notifier', async () => {
  const { notifier } = fresh();
  return {
    notifier,
    arrived: async () => notifier.sent.map(({ title, text }) => [title, text] as const),
    breakDown: async (isBroken) => {
      notifier.fault = isBroken ? syncError('notification-failed', { reason: 'nobody' }) : null;
    },
  };
});
