// The presets that are shipped, each a file of data. They are loaded one by one, when one is used.
import type { Preset } from './preset-schema.ts';

const files = {
  rsync: () => import('./presets/rsync.json', { with: { type: 'json' } }),
  'rclone-sync': () => import('./presets/rclone-sync.json', { with: { type: 'json' } }),
  'rclone-bisync': () => import('./presets/rclone-bisync.json', { with: { type: 'json' } }),
  unison: () => import('./presets/unison.json', { with: { type: 'json' } }),
  'restic-backup': () => import('./presets/restic-backup.json', { with: { type: 'json' } }),
  'restic-check': () => import('./presets/restic-check.json', { with: { type: 'json' } }),
  'git-fetch': () => import('./presets/git-fetch.json', { with: { type: 'json' } }),
  'git-push': () => import('./presets/git-push.json', { with: { type: 'json' } }),
  mbsync: () => import('./presets/mbsync.json', { with: { type: 'json' } }),
  vdirsyncer: () => import('./presets/vdirsyncer.json', { with: { type: 'json' } }),
} as const;

export type PresetName = keyof typeof files;

export const presetNames = Object.keys(files) as readonly PresetName[];

export async function loadPreset(name: string): Promise<Preset> {
  const load = files[name as PresetName];
  const { default: preset } = await load();
  // What stands in the file is checked by a test, once and not in every run.
  return preset as unknown as Preset;
}
