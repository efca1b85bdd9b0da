/** Resolves links inside a commit's tree, by paths alone. */

/** More hops than this and the links lead in a circle. */
const MOST_HOPS = 40;

/** The path a link finally leads to, through links to files and folders; undefined when it leaves the tree or goes in circles. */
export function resolveInTree(path: string, links: ReadonlyMap<string, string>): string | undefined {
  const done: string[] = [];
  const left = path.split('/').reverse();
  let hops = 0;
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (done.pop() === undefined) return undefined;
      continue;
    }
    const target = links.get([...done, part].join('/'));
    if (target === undefined) {
      done.push(part);
      continue;
    }
    if (target.startsWith('/') || ++hops > MOST_HOPS) return undefined;
    left.push(...target.split('/').reverse());
  }
  return done.join('/');
}
