// How a handler stands, as one word with a colour.
import type { HandlerShape } from '../data/shapes.ts';
import type { Standing } from './standing.ts';

type Facts = Pick<HandlerShape, 'disabledSince' | 'apartSince' | 'failures'>;

export function handlerStanding({ disabledSince, apartSince, failures }: Facts): Standing {
  if (disabledSince !== null) return { word: 'Off: failed too often', tone: 'bad' };
  if (failures > 0) return { word: `Failed ${failures} of 5 times`, tone: 'wait' };
  if (apartSince !== null) return { word: 'In a process of its own', tone: 'wait' };
  return { word: 'Ready', tone: 'good' };
}

export const sourceWords: Readonly<Record<HandlerShape['source'], string>> = {
  shipped: 'comes along',
  module: 'a module of yours',
  program: 'a program of yours',
};
