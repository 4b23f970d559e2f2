// What of each file a face may set. Not here, and so only by hand: everything that names a program, a
// secret, an address this manager is reached by, or another folder.
import { itemProblems, mainProblems } from './beyond-schema.ts';
import type { Editable } from './file-editor.ts';
import { idOfFile, itemsFolder, mainPath } from './files.ts';
import type { Places } from './load.ts';
import { parseFile } from './parse-file.ts';
import { itemFile, mainFile } from './schema.ts';

const itemKeys = [
  'mode',
  'conflict',
  'ignore',
  'max-delete',
  'bandwidth',
  'trash-days',
  'enabled',
  'triggers',
  'conditions',
  'retry',
  'fresh-within',
  'priority',
  'bandwidth-times',
  'notify',
  'resources',
  'approve',
];

const mainKeys = ['defaults', 'limits'];

/** Private to its owner: what others can read is not for secrets. */
const privateMode = 0o600;

export function editableItem({ folder, home }: Places, id: string): Editable {
  return {
    file: `${itemsFolder(folder)}/${id.slice(idOfFile('').length)}.yaml`,
    settable: itemKeys,
    withheld: [['conditions', 'command']],
    heading: '',
    check: (source) => {
      const { value, problems } = parseFile(source, itemFile);
      if (value === null) return problems;
      return itemProblems(source, value, home, privateMode);
    },
  };
}

export function editableMain({ folder, shippedHandlers }: Places): Editable {
  return {
    file: mainPath(folder),
    settable: mainKeys,
    withheld: [['defaults', 'allow-all-deletions']],
    heading: ' The configuration of syncmgr. What may stand here: syncmgr config schema',
    check: (source) => {
      if (source.text === '') return [];
      const { value, problems } = parseFile(source, mainFile);
      return value === null ? problems : mainProblems(source, value, shippedHandlers);
    },
  };
}
