// Bugs that show where the engine is run beside itself.
import type { Patch } from './patch.ts';

export const twinBugs: readonly Patch[] = [
  {
    name: 'what needs a move does not wait for it',
    world: 'twins',
    seeds: 300,
    breaks: [],
    file: 'src/folder/core/batches.ts',
    take: `    case 'move':
      return 'ordered';`,
    put: `    case 'move':
      return 'make';`,
  },
  {
    name: 'what is shown is not what is carried out',
    world: 'twins',
    seeds: 50,
    breaks: ['I20'],
    file: 'src/folder/session.ts',
    take: '    this.#transitions = found.plan.transitions;',
    put: `    const { length } = this.#files.folder;
    Object.assign(globalThis, { looked: 1 + (Reflect.get(globalThis, 'looked') ?? length) });
    const skipped = Reflect.get(globalThis, 'looked') % 2;
    this.#transitions = Transitions.of([...found.plan.transitions].slice(skipped));`,
  },
  {
    name: 'whichever comes fourth waits for another run',
    world: 'twins',
    seeds: 50,
    breaks: ['I8'],
    file: 'src/folder/transfer.ts',
    take: '    const temporary = temporaries.get(at) ?? null;\n    const attempted',
    put: `    const come = 1 + Number(Reflect.get(globalThis, 'come') ?? 0);
    Object.assign(globalThis, { come });
    if (come % 4 === 0) continue;
    const temporary = temporaries.get(at) ?? null;
    const attempted`,
  },
  {
    name: 'of two versions of one size the left wins',
    world: 'twins',
    seeds: 300,
    breaks: ['I9'],
    file: 'src/folder/core/resolve.ts',
    take: '  if (left === null || right === null || left === right) return null;',
    put: '  if (left === null || right === null) return null;',
  },
  {
    name: 'equal contents are carried over by the engine all the same',
    world: 'twins',
    seeds: 300,
    breaks: ['I11', 'I25'],
    file: 'src/folder/core/change.ts',
    take: '  return a.size === b.size && (a.size === 0 || (a.digest !== null && a.digest === b.digest));',
    put: '  return a.size === 0 && b.size === 0;',
  },
  {
    name: 'one path that fails ends the work on its side',
    world: 'twins',
    seeds: 300,
    breaks: ['I12'],
    file: 'src/folder/transfer.ts',
    take: "    if (code === 'folder-read-only') run.readOnly.add(side);",
    put: '    run.readOnly.add(side);',
  },
  {
    name: 'names are brought into another form on the way',
    world: 'twins',
    seeds: 300,
    breaks: ['I15'],
    file: 'src/folder/place.ts',
    take: 'const found = bring(lane, transition, temporary, folder, nameOf(transition.path));',
    put: "const found = bring(lane, transition, temporary, folder, nameOf(transition.path).normalize('NFC'));",
  },
  {
    name: 'a look leaves something behind',
    world: 'twins',
    seeds: 50,
    breaks: ['I20'],
    file: 'src/folder/session.ts',
    take: '    const settings = this.#settings;\n    const surveying',
    put: `    const settings = this.#settings;
    this.#world.filesystem.replaceFile(\`\${settings.right}/probe\`, new Uint8Array(1));
    const surveying`,
  },
  {
    name: 'without a memory the right is made like the left',
    world: 'twins',
    seeds: 100,
    breaks: ['I21', 'I22', 'I9'],
    file: 'src/folder/survey.ts',
    take: '    mode: settings.mode,',
    put: "    mode: trust === 'trusted' ? settings.mode : 'one-way-replica',",
  },
  {
    name: 'a memory out of a backup is believed by the engine',
    world: 'twins',
    seeds: 100,
    breaks: ['I22'],
    file: 'src/folder/core/trust.ts',
    take: "if (marked.some((generation) => generation > newest)) return 'older-baseline';",
    put: '',
  },
  {
    name: 'of two equal files the one with the later time counts',
    world: 'twins',
    seeds: 300,
    breaks: ['I23', 'I9'],
    file: 'src/folder/core/merge.ts',
    take: '} else if (edited.left && edited.right && !sameContent(left, right)) {',
    put: `} else if (edited.left && edited.right && left.signature.mtimeMs > right.signature.mtimeMs) {
    bring(spot, 'right', contentOf(left), draft);
  } else if (edited.left && edited.right && !sameContent(left, right)) {`,
  },
  {
    name: 'each file is copied three times',
    world: 'twins',
    seeds: 50,
    breaks: ['I25'],
    file: 'src/folder/stage.ts',
    take: '      return copyOnce(lane, transition, into, name);',
    put: `      for (const time of [1, 2]) {
        copyOnce(lane, transition, into, \`\${name}~\${time}\`);
        into.unlink(\`\${name}~\${time}\`);
      }
      return copyOnce(lane, transition, into, name);`,
  },
];
