// The manager itself, its configuration, and its examination.
import { z } from 'zod';
import type {
  AboutShape,
  ConfigurationProblem,
  ConfigurationReport,
  Finding,
  IgnoreVerdict,
} from '../shapes.ts';
import { count, instant } from './basics.ts';

const configurationProblem: z.ZodType<ConfigurationProblem> = z
  .strictObject({
    level: z.enum(['error', 'warning']),
    file: z.string(),
    line: z.int().nullable(),
    key: z.string().nullable(),
    text: z.string(),
  })
  .meta({ id: 'ConfigurationProblem' });

export const configurationReport: z.ZodType<ConfigurationReport> = z
  .strictObject({
    folder: z.string(),
    files: z.array(z.string()),
    partnerships: count,
    problems: z.array(configurationProblem),
    schedules: z.array(
      z.strictObject({
        partnership: z.string(),
        cron: z.string(),
        zone: z.string(),
        next: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'ConfigurationReport' });

export const about: z.ZodType<AboutShape> = z
  .strictObject({
    version: z.string(),
    process: z.int(),
    state: z.string(),
    configuration: z.string(),
    service: z
      .strictObject({
        startedAt: instant,
        addresses: z.array(z.string()),
        safeMode: z.string().nullable(),
        stopping: z.boolean(),
        problems: z.array(configurationProblem),
      })
      .nullable(),
  })
  .meta({ id: 'About' });

export const finding: z.ZodType<Finding> = z
  .strictObject({
    topic: z.string(),
    level: z.enum(['ok', 'warning', 'error']),
    text: z.string(),
    advice: z.string().nullable(),
  })
  .meta({ id: 'Finding' });

export const ignoreVerdict: z.ZodType<IgnoreVerdict> = z
  .strictObject({
    path: z.string(),
    ignored: z.boolean(),
    decision: z
      .strictObject({ source: z.string(), line: z.int().nullable(), pattern: z.string() })
      .nullable(),
  })
  .meta({ id: 'IgnoreVerdict' });
