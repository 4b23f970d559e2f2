// The choice before a run, as the old dialog had it: a numbered list with ticks, changed by typing
// numbers.
import type { ChoiceShape } from '../api/shapes.ts';
import { printable } from '../stdx/printable.ts';
import type { Cli } from './cli.ts';

interface Offer {
  readonly session: string;
  readonly id: string;
  readonly text: string;
  ticked: boolean;
}

/** Ticked items per session, or null when the person left. */
export async function chooseItems(
  cli: Cli,
  choices: readonly ChoiceShape[],
): Promise<Readonly<Record<string, readonly string[]>> | null> {
  const offers = choices.flatMap(offersOf);
  for (;;) {
    for (const [at, offer] of offers.entries()) {
      const tick = offer.ticked ? cli.terminal.paint('green', '[x]') : '[ ]';
      cli.terminal.err(`${String(at + 1).padStart(3)} ${tick} ${offer.text}`);
    }
    const typed = await cli.terminal.ask('Numbers change the tick, Enter starts, q leaves: ');
    if (typed.toLowerCase() === 'q') return null;
    if (typed === '') return tickedBySession(choices, offers);
    for (const number of typed.split(/[\s,]+/)) {
      const offer = offers[Number(number) - 1];
      if (offer !== undefined) offer.ticked = !offer.ticked;
    }
  }
}

function offersOf({ session, partnership, items }: ChoiceShape): Offer[] {
  return items.map(({ id, name, ticked }) => {
    const own = name === partnership.name ? name : `${partnership.name}/${name}`;
    return { session, id, text: printable(own), ticked };
  });
}

function tickedBySession(choices: readonly ChoiceShape[], offers: readonly Offer[]) {
  return Object.fromEntries(
    choices.map(({ session }) => [
      session,
      offers.filter((offer) => offer.session === session && offer.ticked).map(({ id }) => id),
    ]),
  );
}
