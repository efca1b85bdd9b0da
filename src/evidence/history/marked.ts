/** Which commits cite a piece of feedback: by the marker that the manifest declares, with a number behind it. The word alone is none. */
import type { Manifest } from '../../manifest/manifest.ts';
import type { Commit } from '../../repo/repo.ts';
import { isBelow } from '../sources.ts';

/** A commit that cites feedback. */
export interface Marked {
  readonly commit: string;
  /** ISO 8601 in UTC. */
  readonly date: string;
  readonly subject: string;
  /** As written, e.g. `FB-12`. */
  readonly cites: string;
}

/** As many as would show that the marker is on most commits, and so no sign of feedback. */
const MOST = 1001;
/** Subjects are short; what is longer is cut. In UTF-16 units. */
const LONGEST = 500;

/** A test for a text that cites feedback: gives the citation as it is written. */
export function citation(marker: string | undefined): (text: string) => string | undefined {
  const plain = marker?.trim() ?? '';
  if (plain === '' || plain.length > 50) return () => undefined;
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])${plain.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}[ :#]{0,3}\\d{1,9}(?!\\d)`,
    'iu',
  );
  return (text) => pattern.exec(text.slice(0, LONGEST))?.[0];
}

/** The service's commits that carry the marker, newest first. */
export function markedIn(commits: readonly Commit[], { claims, dir }: Manifest): readonly Marked[] {
  const marker = claims.feedback?.marker;
  if (marker === undefined) return [];
  const cited = citation(marker);
  return commits
    .filter(({ paths }) => paths.length === 0 || paths.some((path) => isBelow(path, dir)))
    .flatMap(({ id, date, subject }) => {
      const cites = cited(subject);
      return cites === undefined ? [] : [{ commit: id, date, subject: subject.slice(0, 200), cites }];
    })
    .slice(0, MOST);
}
