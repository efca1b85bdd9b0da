/** The documentation leads somewhere: each link to a file and a heading that are there; and it names what the project depends on. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import GithubSlugger from 'github-slugger';
import { describe, expect, it } from 'vitest';

const PAGES = ['README.md', ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).map((it) => join('docs', it))]
  .filter((path) => path.endsWith('.md'))
  .sort();

/** Code shows links that are not ours. */
function prose(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/^( *)(```+|~~~+)[\s\S]*?^\1\2/gm, '')
    .replace(/`[^`\n]*`/g, 'code');
}

function anchorsOf(path: string): ReadonlySet<string> {
  const slugger = new GithubSlugger();
  const text = readFileSync(path, 'utf8').replace(/^( *)(```+|~~~+)[\s\S]*?^\1\2/gm, '');
  const headings = [...text.matchAll(/^#{1,6} +(.+)$/gm)].map(([, title = '']) =>
    slugger.slug(title.replace(/`/g, '')),
  );
  const named = [...text.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, id = '']) => id);
  return new Set([...headings, ...named]);
}

/** What is wrong with a link of a page; undefined where it leads somewhere. */
function wrongWith(page: string, link: string): string | undefined {
  const [target = '', anchor] = link.split('#');
  const path = target === '' ? page : normalize(join(dirname(page), decodeURIComponent(target)));
  const there = statSync(path, { throwIfNoEntry: false });
  if (!there) return `${page}: ${link} leads nowhere`;
  if (anchor === undefined || !path.endsWith('.md')) return undefined;
  return anchorsOf(path).has(anchor) ? undefined : `${page}: ${link} has no such heading`;
}

describe('the documentation', () => {
  it('has no dead links', () => {
    const links = PAGES.flatMap((page) =>
      [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => [page, link] as const),
    ).filter(([, link]) => !/^[a-z]+:/.test(link));
    expect(links.length).toBeGreaterThan(100);
    expect(links.map(([page, link]) => wrongWith(page, link)).filter((it) => it !== undefined)).toEqual([]);
  });

  it('leads from the README to every page, through others at most', () => {
    const reached = new Set<string>(['README.md']);
    for (const page of reached)
      for (const [, link = ''] of prose(page).matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)) {
        const path = normalize(join(dirname(page), link));
        if (PAGES.includes(path)) reached.add(path);
        for (const below of PAGES) if (dirname(below) === path) reached.add(below);
      }
    expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
  });

  it('says of every dependency why it is there', () => {
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const listed = [...readFileSync('docs/dependencies.md', 'utf8').matchAll(/^\| ([^|]+) \|/gm)].flatMap(
      ([, names = '']) => names.split(', '),
    );
    expect(Object.keys(dependencies).filter((name) => !listed.includes(name))).toEqual([]);
  });
});
