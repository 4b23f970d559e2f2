// A handler's question in the terminal: each property of its form is one line to type. Whoever
// cannot be asked does not say that he answers, so nothing is put to him.
import type { Client } from '../api/client.ts';
import type { QuestionShape } from '../api/shapes.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { printable } from '../stdx/printable.ts';
import type { Cli } from './cli.ts';
import type { Reporter } from './report/reporter.ts';

/** Whether a person is at the terminal who can be asked. */
export const canAnswer = ({ terminal, json, quiet }: Cli) => terminal.canAsk && !json && !quiet;

export async function answerQuestion(
  cli: Cli,
  client: Client,
  { id, form }: QuestionShape,
  reporter: Reporter,
): Promise<void> {
  reporter.end();
  cli.terminal.err(cli.terminal.paint('bold', printable(form.title)));
  const answer: Record<string, Json> = {};
  for (const { key, label, type } of properties(form.schema)) {
    const before = form.values[key];
    const shown = before === undefined || before === null ? '' : ` [${printable(String(before))}]`;
    const typed = await cli.terminal.ask(`${label}${shown}: `);
    answer[key] = typed === '' ? (before ?? null) : converted(typed, type);
  }
  await client.answer(id, answer);
}

interface Property {
  readonly key: string;
  readonly label: string;
  readonly type: string;
}

function properties(schema: Json): readonly Property[] {
  if (!isObject(schema) || !isObject(schema.properties ?? null)) return [];
  return Object.entries(schema.properties as JsonObject).map(([key, of]) => ({
    key,
    label: printable(isObject(of) && typeof of.title === 'string' ? of.title : key),
    type: isObject(of) && typeof of.type === 'string' ? of.type : 'string',
  }));
}

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function converted(typed: string, type: string): Json {
  if (type === 'boolean') return /^(y|yes|true|1)$/i.test(typed);
  return type === 'number' || type === 'integer' ? Number(typed) : typed;
}
