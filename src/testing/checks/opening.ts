// Opening, describing, listing: what a person sees of a handler before anything is synchronized.
import type { Item } from '../../model/item.ts';
import type { TriggerKind } from '../../model/trigger.ts';
import type { Check } from '../check.ts';
import type { Listing } from '../fake-manager.ts';
import { failed, first, named, passed, unproven, type Verdict } from '../verdict.ts';

const nameMax = 31;
const itemsMax = 100_000;

export const opening: readonly Check[] = [
  {
    name: 'opens',
    title: 'It opens when a person asks, and says who it is',
    advice:
      'Accept the trigger "manual", and answer describe with a name. It is cut to 31 characters.',
    run: async (bench) => {
      const info = await bench.manager({ interactive: true }).open();
      if (info === null) return failed('a session for the trigger "manual"', 'it declined');
      if (info.name.trim() === '') return failed('a name for people', 'an empty one');
      return info.name.length > nameMax
        ? failed(`a name of at most ${nameMax} characters`, JSON.stringify(info.name))
        : passed;
    },
  },
  {
    name: 'every-trigger',
    title: 'It opens or declines for every trigger, with and without a person, with a cookie',
    advice: 'A trigger you do not know is like "manual". Declining is an answer; failing is not.',
    run: async (bench) => {
      const later = 'a-trigger-of-a-later-version' as TriggerKind;
      for (const trigger of ['invoke', 'schedule', 'idle', 'pending-disconnect', later] as const) {
        const cookie = trigger === 'invoke' ? Uint8Array.of(0, 128, 255) : null;
        const manager = bench.manager({ trigger, cookie, interactive: trigger === 'invoke' });
        await manager.open();
        await manager.close();
      }
      return passed;
    },
  },
  {
    name: 'items-sound',
    title: 'Its items have an identity each, and a name',
    advice:
      'An id has 1 to 255 characters and occurs once. Twice the same is merged, and the second is lost.',
    run: async (bench) => {
      const manager = bench.manager();
      if ((await manager.open()) === null) return unproven('It declined to open.');
      return soundness((await manager.list()).items);
    },
  },
  {
    name: 'items-stable',
    title: 'Its items keep their identity, in a session and from one to the next',
    advice:
      'Make the id from what the item is, never from its place in the list, the time or chance: ticks, history and conflicts are kept by it. What could not be seen now is said by complete: false.',
    run: async (bench) => {
      const one = bench.manager();
      const other = bench.manager();
      const lists: Listing[] = [];
      for (const manager of [one, one, other]) {
        if (manager !== one || lists.length === 0) {
          if ((await manager.open()) === null) return unproven('It declined to open.');
        }
        lists.push(await manager.list());
        if (lists.length === 2) await one.close();
      }
      if (lists.some(({ complete }) => !complete)) {
        return unproven('Its list is not complete now, so items may come and go.');
      }
      const [before = '', ...later] = lists.map(({ items }) => JSON.stringify(idsOf(items)));
      const changed = later.find((ids) => ids !== before);
      return changed === undefined ? passed : failed(`the items ${before} again`, changed);
    },
  },
  {
    name: 'settings-only',
    title: 'It lists its items where nothing will be synchronized, and closes',
    advice:
      'With settingsOnly only describe, items and close follow. Start no work before prepare.',
    run: async (bench) => {
      const manager = bench.manager({ settingsOnly: true });
      const before = await bench.subject.fingerprint?.();
      if ((await manager.open()) === null) return unproven('It declined to open.');
      await manager.list();
      await manager.close();
      const reported = manager.of('progress').length;
      return first(
        reported > 0 ? failed('no progress: nothing was chosen', `${reported} reports`) : null,
        before === (await bench.subject.fingerprint?.())
          ? null
          : failed('nothing changed by listing', 'something is different'),
      );
    },
  },
];

const idsOf = (items: readonly Item[]) => items.map(({ id }) => id).sort();

function soundness(items: readonly Item[]): Verdict {
  const ids = items.map(({ id }) => id);
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  const wrong = ids.filter((id) => typeof id !== 'string' || id === '' || id.length > 255);
  const nameless = items.filter(({ name }) => name.trim() === '').map(({ id }) => id);
  if (items.length > itemsMax) return failed(`at most ${itemsMax} items`, `${items.length}`);
  if (wrong.length > 0) return failed('ids of 1 to 255 characters', named(wrong.map(String)));
  if (twice.length > 0) return failed('each id once', `${named(twice)} more than once`);
  if (nameless.length > 0) return failed('a name for each item', `none for ${named(nameless)}`);
  return ids.length === 0 ? unproven('It lists no item.') : passed;
}
