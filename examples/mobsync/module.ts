// What `config.yaml` names so that the terminal has the handler too:
//
//   handlers:
//     d1b0f6c2-6a6e-4f5e-9a51-3c1b7f6f2a10: /where/it/is/examples/mobsync/module.ts
//
// The program registers the class once; from then on `syncmgr items`, `run`, `skip` and `log` know it,
// whether the program runs or not.
import { type ClassFactory, mobsyncHandler } from '../../src/mobsync/mobsync.ts';
import { FileCopyHandler } from './file-copy.ts';
import { remembered } from './remembered.ts';

export const CLSID_FileCopy = 'd1b0f6c2-6a6e-4f5e-9a51-3c1b7f6f2a10';

export const classes: Readonly<Record<string, ClassFactory>> = {
  [CLSID_FileCopy]: async () => new FileCopyHandler(await remembered()),
};

export const handler = mobsyncHandler(classes);
