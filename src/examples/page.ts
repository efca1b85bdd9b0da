/** Reads an example page: its sections, the small repository each one holds, and where the tool's answer stands. */
import MarkdownIt from 'markdown-it';
import type { Commit } from '../repo/repo.ts';
import type { Outside } from './outside.ts';

/** One example: a repository and, in the page, the tool's answer to it. */
export interface Example {
  readonly title: string;
  readonly expects: 'ready' | 'not ready' | 'either';
  readonly files: Readonly<Record<string, string>>;
  /** Files of further evidence roots, by the root's name. */
  readonly roots: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly commits: readonly Commit[];
  /** Old texts of a file by commit id. */
  readonly versions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What the world outside the repository knows. */
  readonly outside: readonly Outside[];
  /** Of an example with several repositories: what is known of one besides its files, by its name. */
  readonly traits: Readonly<Record<string, RepositoryTrait>>;
  /** Offsets in the page between which the answer stands; equal where there is none yet. */
  readonly answer: readonly [start: number, end: number];
}

/** A repository that is archived, a fork, or could not be fetched. */
type RepositoryTrait = 'archived' | 'fork' | 'unreachable';

interface Draft {
  title: string;
  files: Record<string, string>;
  roots: Record<string, Record<string, string>>;
  commits: Commit[];
  versions: Record<string, Record<string, string>>;
  outside: Outside[];
  traits: Record<string, RepositoryTrait>;
  answer: [number, number];
  answered: boolean;
}

/** All examples of a page, in order. */
export function readPage(text: string): readonly Example[] {
  const drafts: Draft[] = [];
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const offsetOf = (line: number | undefined): number => starts[line ?? 0] ?? text.length;
  for (const { type, tag, level, map, info, content } of new MarkdownIt().parse(text, {})) {
    const draft = drafts.at(-1);
    const start = offsetOf(map?.[0]);
    const end = start + text.slice(start, offsetOf(map?.[1])).trimEnd().length;
    if (level !== 0) continue;
    if (type === 'heading_open' && tag === 'h2') {
      const title = text.slice(start + 3, end).trim();
      drafts.push({
        title,
        files: {},
        roots: {},
        commits: [],
        versions: {},
        outside: [],
        traits: {},
        answer: [end, end],
        answered: false,
      });
    } else if (draft && type === 'fence') {
      place(draft, info.trim().replace(/^\S+\s*/, ''), content);
      if (!draft.answered) draft.answer = [end, end];
    } else if (draft && type === 'blockquote_open') {
      draft.answer = [start, end];
      draft.answered = true;
    }
  }
  return drafts.map(({ answered: _, ...draft }) => ({ ...draft, expects: expectation(draft.title) }));
}

function expectation(title: string): Example['expects'] {
  if (/^ready\b/i.test(title)) return 'ready';
  return /^not ready\b/i.test(title) ? 'not ready' : 'either';
}

/** The info string says what a block is: a path, a path in another repository, an old version, or a history. */
function place(draft: Draft, meta: string, content: string): void {
  if (meta === 'git log') {
    draft.commits = parseLog(content);
    return;
  }
  const version = /^(\S+) @(\d{4}-\d{2}-\d{2})$/.exec(meta);
  if (version) {
    const [, path = '', date = ''] = version;
    draft.versions[path] = { ...draft.versions[path], [date]: content };
    return;
  }
  const outside = /^(advisories(?:-without-malware)?|releases|live) (\S+) @(\d{4}-\d{2}-\d{2})$/.exec(meta);
  if (outside) {
    const [, what = '', ecosystem = '', asOf = ''] = outside;
    draft.outside.push({ what, ecosystem, asOf, content });
    return;
  }
  const trait = /^repository (\S+) (archived|fork|unreachable)$/.exec(meta);
  if (trait) {
    draft.traits[trait[1] ?? ''] = trait[2] as RepositoryTrait;
    return;
  }
  const remote = /^repo:(.+?)\/\/(.+)$/.exec(meta);
  if (remote) {
    const [, root = '', path = ''] = remote;
    draft.roots[root] = { ...draft.roots[root], [path]: content };
    return;
  }
  if (meta !== '') draft.files[meta] = content;
}

/** `2026-01-10 subject`, also `2026-01-10 (v1.2.0) <author> subject`, then the paths it touched, indented. Newest first or oldest first; the date is the id. */
function parseLog(text: string): Commit[] {
  const commits: { id: string; date: string; author: string; subject: string; paths: string[]; tags: string[] }[] = [];
  for (const line of text.split('\n')) {
    const head = /^(\d{4}-\d{2}-\d{2})\s+(?:\((\S+)\)\s+)?(?:<([^>]+)>\s+)?(.*)$/.exec(line);
    if (head)
      commits.push({
        id: head[1] ?? '',
        date: `${head[1]}T12:00:00Z`,
        author: head[3] ?? 'Ada Byron',
        subject: head[4] ?? '',
        paths: [],
        tags: head[2] ? [head[2]] : [],
      });
    else if (line.trim() !== '') commits.at(-1)?.paths.push(line.trim());
  }
  return commits.sort((a, b) => (a.date < b.date ? 1 : -1));
}
