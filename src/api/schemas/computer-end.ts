// A last run before the computer ends.
import { z } from 'zod';
import { computerEnds } from '../../model/surroundings.ts';
import type { ComputerEndShape, LastRunShape, LastRunWishShape } from '../computer-end.ts';
import { count, word } from './basics.ts';

const end = z.enum(computerEnds);
const names = z.array(word).max(10_000);

export const lastRunWish: z.ZodType<LastRunWishShape> = z
  .strictObject({ end, partnerships: names.nullable(), budgetMs: count })
  .meta({ id: 'LastRunWish' });

export const lastRun: z.ZodType<LastRunShape> = z
  .strictObject({ now: z.array(z.string()), later: z.array(z.string()) })
  .meta({ id: 'LastRun' });

export const computerEnd: z.ZodType<ComputerEndShape> = z
  .strictObject({ end, later: names })
  .meta({ id: 'ComputerEnd' });
