// Measurements as tables: medians, ratios to the first tool, spread, peak memory.
import { type Measurement, median } from './measure.ts';
import type { Results } from './works.ts';

export function table(results: Results, tools: readonly string[]): string {
  return [
    rows('seconds (ratio)', results, tools, (measured, first) => {
      const [own, other] = [seconds(measured), seconds(first)];
      return `${digits(own)} (${(own / other).toFixed(2)})`;
    }),
    rows('least to most, seconds', results, tools, (measured) => {
      const all = measured.map((one) => one.seconds);
      return `${digits(Math.min(...all))} to ${digits(Math.max(...all))}`;
    }),
    rows('peak MiB', results, tools, (measured) => {
      const peaks = measured.flatMap(({ peakMebibytes }) => peakMebibytes ?? []);
      return peaks.length > 0 ? median(peaks).toFixed(0) : '–';
    }),
  ].join('\n');
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
  const head = `| ${[title, ...tools].join(' | ')} |\n| --- |${' --- |'.repeat(tools.length)}`;
  return `${head}\n${lines.join('\n')}\n`;
}

const seconds = (measured: readonly Measurement[]) => median(measured.map((one) => one.seconds));

const digits = (value: number) => value.toFixed(value < 1 ? 3 : 2);
