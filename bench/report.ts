// Measurements as tables: medians, ratios to the first tool, spread, processor time, peak memory.
import { type Measurement, median } from './measure.ts';
import type { Results } from './works.ts';

export function table(results: Results, tools: readonly string[]): string {
  return [
    rows('seconds (ratio)', results, tools, (measured, first) => {
      const [own, other] = [seconds(measured), seconds(first)];
      return first.length === 0 ? digits(own) : `${digits(own)} (${(own / other).toFixed(2)})`;
    }),
    rows('least to most, seconds', results, tools, (measured) => {
      const all = measured.map((one) => one.seconds);
      return `${digits(Math.min(...all))} to ${digits(Math.max(...all))}`;
    }),
    rows('seconds of processor', results, tools, (measured) => {
      const all = measured.flatMap(({ processorSeconds }) => processorSeconds ?? []);
      return all.length > 0 ? digits(median(all)) : '–';
    }),
    rows('peak MiB', results, tools, (measured) => {
      const peaks = measured.flatMap(({ peakMebibytes }) => peakMebibytes ?? []);
      return peaks.length > 0 ? median(peaks).toFixed(0) : '–';
    }),
  ].join('\n');
}

/** Works on two sizes of one tree, in the same order: how many times as long the larger one takes. */
export function growthTable(few: Results, many: Results, tools: readonly string[]): string {
  const smaller = [...few.values()];
  const lines = [...many].map(([work, row], index) => {
    const cells = tools.map((tool) => {
      const [own, tenth] = [row.get(tool), smaller[index]?.get(tool)];
      return own && tenth ? (seconds(own) / seconds(tenth)).toFixed(1) : '–';
    });
    return `| ${[work, ...cells].join(' | ')} |\n`;
  });
  return `${head('times as long as a tenth of it', tools)}${lines.join('')}`;
}

export function failureList(failures: readonly string[]): string {
  if (failures.length === 0) return '';
  return `Rounds that failed, and are not in the figures:\n\n${failures
    .map((failure) => `- ${failure.trim().replaceAll('\n', '\n  ')}\n`)
    .join('')}\n`;
}

type Cell = (measured: readonly Measurement[], first: readonly Measurement[]) => string;

function rows(title: string, results: Results, tools: readonly string[], cell: Cell): string {
  const lines = [...results].map(([work, row]) => {
    const first = row.get(tools[0] ?? '') ?? [];
    const cells = tools.map((tool) => {
      const measured = row.get(tool);
      return measured ? cell(measured, first) : '–';
    });
    return `| ${[work, ...cells].join(' | ')} |`;
  });
  return `${head(title, tools)}${lines.join('\n')}\n`;
}

function head(title: string, tools: readonly string[]): string {
  return `| ${[title, ...tools].join(' | ')} |\n| --- |${' --- |'.repeat(tools.length)}\n`;
}

const seconds = (measured: readonly Measurement[]) => median(measured.map((one) => one.seconds));

const digits = (value: number) => value.toFixed(value < 1 ? 3 : 2);
