// What other programs that synchronize leave in a folder, by which they are known (CC-03).

interface Sign {
  readonly tool: string;
  readonly isSign: RegExp;
  /** It marks the top of a tree, so that it also counts in a folder above. */
  readonly name?: string;
}

const signs: readonly Sign[] = [
  { tool: 'Syncthing', isSign: /^\.st(folder|ignore|versions)$/, name: '.stfolder' },
  { tool: 'Dropbox', isSign: /^\.dropbox(\.cache|\.device|\.attr)?$/, name: '.dropbox.cache' },
  {
    tool: 'OneDrive',
    isSign: /^\.849C9593-D756-4E56-8D6E-42412F2A707B$/i,
    name: '.849C9593-D756-4E56-8D6E-42412F2A707B',
  },
  { tool: 'Google Drive', isSign: /^\.tmp\.drive(download|upload)$/, name: '.tmp.driveupload' },
  {
    tool: 'Nextcloud or ownCloud',
    isSign: /^(\._?sync_[0-9a-f]+\.db|\.(owncloud|nextcloud)sync\.log)$/,
  },
  { tool: 'Resilio Sync', isSign: /^\.sync(\.includes)?$|^\.SyncI(D|gnore)$/ },
  { tool: 'Unison', isSign: /^\.unison$|^\.unison\..*\.(unison\.)?tmp$/ },
  { tool: 'FreeFileSync', isSign: /^\.?sync\.ffs_(db|lock)$/ },
  { tool: 'osync', isSign: /^\.osync_workdir$/ },
  { tool: 'rclone bisync', isSign: /^RCLONE_TEST$/ },
  { tool: 'MEGA', isSign: /^\.megaignore$|^\.debris$/ },
  { tool: 'iCloud, with files that are not here', isSign: /^\..+\.icloud$/ },
  { tool: 'a cloud, with files that are not here', isSign: /\.(owncloud|nextcloud)$/ },
];

/** Names that tell of a tool when they stand in a folder above. */
export const signsAbove: readonly string[] = signs.flatMap(({ name }) => name ?? []);

/** Which tools the names of a folder tell of; each once. */
export function toolsSigned(names: readonly string[]): readonly string[] {
  return signs
    .filter(({ isSign }) => names.some((name) => isSign.test(name)))
    .map(({ tool }) => tool);
}
