// That what the pages point to is there: links to other files, and paths of the tree in code marks.
import { type Finding, resolvePath, type Tree } from './source.ts';

const link = /\]\((?![a-z]+:|#)([^)#\s]+)/g;
const path = /`((?:src|test|tools|bench|docs|examples|bin)\/[\w./-]*)/g;

export function brokenPages(tree: Tree): Finding[] {
  const isThere = placesOf(tree);
  return [...tree]
    .filter(([page]) => page.endsWith('.md'))
    .flatMap(([page, text]) => {
      const links = [...text.matchAll(link)].map(([, to = '']) => resolvePath(page, to));
      const paths = [...text.matchAll(path)].map(([, to = '']) => to);
      return [...links, ...paths]
        .filter((to) => !isThere.has(to.replace(/\/$/, '')))
        .map((to) => ({ rule: 'page', where: page, text: `${to} is not there` }));
    });
}

/** Every file, and every folder that holds one. */
function placesOf(tree: Tree): ReadonlySet<string> {
  const places = new Set(tree.keys());
  for (const file of tree.keys()) {
    for (let at = file.lastIndexOf('/'); at > 0; at = file.lastIndexOf('/', at - 1)) {
      places.add(file.slice(0, at));
    }
  }
  return places;
}
