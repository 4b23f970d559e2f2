// What a person is told who is not looking: that something has changed for the worse and stayed so
// for a while, and that it is well again. Never every failure: whoever is told each learns to look away.
import type { Standing } from '../../model/standing.ts';
import type { NotifyTerms, Worry } from '../../model/terms.ts';

export interface Worried {
  readonly name: string;
  readonly standing: Standing;
  readonly staleSince: number | null;
  readonly terms: NotifyTerms;
}

/** `telling` null: it was a worry and is none any more. */
export interface News {
  readonly name: string;
  readonly partnership: string;
  readonly telling: Worry | null;
  readonly former: Worry | null;
  readonly detail: string;
}

/** The news of one; null: nothing to tell. */
export function newsOf(worried: Worried, now: number): News | null {
  const { name, standing, terms } = worried;
  const { partnership, told } = standing;
  const worry = worst(worried, now);
  if (worry === told) return null;
  // Something else is wrong than before, but not for long enough: what was told stands.
  if (worry === null && isWrong(worried, terms.of)) return null;
  return {
    name,
    partnership,
    telling: worry,
    former: told,
    detail: standing.lastError?.text ?? '',
  };
}

function worst({ standing, staleSince, terms }: Worried, now: number): Worry | null {
  const since = sinceOf(standing, staleSince);
  const lasting = terms.of.filter((worry) => {
    const at = since[worry];
    return at !== null && now - at >= (worry === 'stale' ? 0 : terms.afterMs);
  });
  return (
    (['needs-person', 'stale', 'failing'] as const).find((one) => lasting.includes(one)) ?? null
  );
}

const isWrong = ({ standing, staleSince }: Worried, of: readonly Worry[]) =>
  of.some((worry) => sinceOf(standing, staleSince)[worry] !== null);

const sinceOf = (standing: Standing, staleSince: number | null): Record<Worry, number | null> => ({
  failing: standing.failingSince,
  'needs-person': standing.needsPersonSince,
  stale: staleSince,
});

export interface Told {
  readonly level: 'information' | 'warning' | 'error';
  readonly title: string;
  readonly text: string;
  readonly key: string;
}

const titles: Record<Worry, (count: number, name: string) => string> = {
  failing: (count, name) => (count === 1 ? `${name} keeps failing` : `${count} keep failing`),
  'needs-person': (count, name) => (count === 1 ? `${name} needs you` : `${count} need you`),
  stale: (count, name) =>
    count === 1
      ? `${name} has not succeeded for too long`
      : `${count} have not succeeded for too long`,
};

const levels = { failing: 'warning', 'needs-person': 'warning', stale: 'error' } as const;

const namesMax = 10;

/** One notification for each kind of news, however many there are. */
export function grouped(news: readonly News[]): readonly Told[] {
  const kinds: readonly (Worry | null)[] = ['stale', 'needs-person', 'failing', null];
  return kinds.flatMap((telling): readonly Told[] => {
    const those = news.filter((one) => one.telling === telling);
    const first = those[0];
    if (first === undefined) return [];
    const level = telling === null ? 'information' : levels[telling];
    return [
      {
        level,
        title: titleOf(telling, those.length, first.name),
        text: textOf(those),
        key: keyOf(those),
      },
    ];
  });
}

function titleOf(telling: Worry | null, count: number, name: string): string {
  if (telling !== null) return titles[telling](count, name);
  return count === 1 ? `${name} is well again` : `${count} are well again`;
}

function textOf(news: readonly News[]): string {
  const lines = news.slice(0, namesMax).map(({ name, detail, telling }) => {
    return detail === '' || telling === null ? name : `${name}: ${detail}`;
  });
  const more = news.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

/** What is told of one takes the place of what was told of it before. */
const keyOf = (news: readonly News[]) =>
  news.length === 1 ? `partnership-${news[0]?.partnership}` : `partnerships-${news[0]?.telling}`;
