// syncmgr add NAME LEFT RIGHT: writes one file into items.d. Everything else about a partnership is
// edited there; its comments are kept.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { PartnershipDraft } from '../../api/shapes.ts';
import { syncError } from '../../model/error.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { triggerKinds } from '../../model/trigger.ts';
import type { Cli } from '../cli.ts';
import { addPairFlags, oneOf, type PairFlags, pairOptions } from '../flags.ts';
import { finish, record } from '../list.ts';

interface Flags extends PairFlags {
  readonly handler?: string;
  readonly preset?: string;
  readonly set?: readonly string[];
  readonly on?: readonly string[];
  readonly resource?: readonly string[];
  readonly approveAlways?: boolean;
}

const examples = `
Examples:
  syncmgr add documents ~/Documents /mnt/nas/Documents
  syncmgr add music ~/Music /media/stick -m one-way-replica --on volume
  syncmgr add photos --preset rsync --set left=~/Photos --set right=nas:photos
  syncmgr add mail --handler imap --set host=mail.example.org --set user=ann`;

export function define(command: Command, cli: Cli): void {
  command
    .argument('<name>', 'what you will call it')
    .argument('[left]', 'a folder')
    .argument('[right]', 'the other folder')
    .option('--handler <name>', 'another handler than folder; then its settings with --set')
    .option('--preset <name>', 'a program, ready-made; see: syncmgr presets')
    .option('--set <key=value>', 'a setting of that handler or preset; repeatable', gather)
    .addOption(
      new Option(
        '--on <trigger>',
        `run by itself on: ${triggerKinds.join(', ')}; repeatable`,
      ).argParser((text: string, before: readonly string[] | undefined) =>
        gather(oneOf(triggerKinds)(text), before),
      ),
    )
    .option('--resource <name>', 'nothing else that names it runs at the same time', gather)
    .option('--approve-always', 'every plan with a change waits for approval');
  addPairFlags(command);
  command
    .addHelpText('after', examples)
    .action(
      async (name: string, left: string | undefined, right: string | undefined, flags: Flags) => {
        const client = await cli.client();
        const { file, ...made } = await client.add(draftOf(name, left, right, flags));
        record(cli, 'partnership', { ...made, file }, () => [
          `Added ${name}. Its file, for more: ${file}`,
          `Synchronize it with: syncmgr run ${name}`,
        ]);
        finish(cli, 1);
      },
    );
}

function draftOf(
  name: string,
  left: string | undefined,
  right: string | undefined,
  flags: Flags,
): PartnershipDraft {
  const handler = flags.preset === undefined ? (flags.handler ?? 'folder') : 'command';
  if (handler === 'folder' && (left === undefined || right === undefined)) {
    throw syncError('usage', { what: 'Name both folders: syncmgr add NAME LEFT RIGHT' });
  }
  const pair =
    left === undefined || right === undefined
      ? null
      : { left: resolve(left), right: resolve(right), ...pairOptions(flags) };
  return {
    name,
    handler,
    settings: {
      ...(flags.preset === undefined ? {} : { preset: flags.preset }),
      ...settingsOf(flags.set ?? []),
    },
    pair,
    ...(flags.on === undefined ? {} : { triggers: flags.on }),
    ...(flags.resource === undefined ? {} : { resources: flags.resource }),
    ...(flags.approveAlways === true ? { approve: 'always' } : {}),
  };
}

function settingsOf(pairs: readonly string[]): JsonObject {
  const settings: Record<string, Json> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw syncError('usage', { what: `Write --set KEY=VALUE, not --set ${pair}` });
    const [key, value] = [pair.slice(0, at), settingOf(pair.slice(at + 1))];
    const before = settings[key];
    // Said again, it is a list.
    if (before === undefined) settings[key] = value;
    else settings[key] = [...(Array.isArray(before) ? before : [before]), value];
  }
  return settings;
}

/** `true`, `12` and `["a"]` are what they look like in JSON; everything else is text. */
function settingOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function gather(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
