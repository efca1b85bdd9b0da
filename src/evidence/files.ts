/** The files of one service: how many are its own, what is set aside, and what could not be opened. */
import { defineCollector, type SourceFile } from './collector.ts';

/** Counts by class. */
export interface Facts {
  readonly own: number;
  readonly setAside: Readonly<Record<Exclude<SourceFile['class'], 'source'>, number>>;
}

export const collector = defineCollector<Facts>({
  summary:
    "the service's files: tracked, or untracked and not ignored; vendored, generated, test and example trees are set aside and counted",
  collect({ files, repo }) {
    const count = (wanted: SourceFile['class']): number => files.filter((file) => file.class === wanted).length;
    const setAside = {
      vendored: count('vendored'),
      generated: count('generated'),
      test: count('test'),
      example: count('example'),
    };
    const named = Object.entries(setAside).flatMap(([name, number]) => (number > 0 ? [`${number} ${name}`] : []));
    const note = named.length > 0 ? `set aside: ${named.join(', ')}` : 'nothing set aside';
    return {
      facts: { own: count('source'), setAside },
      looked: { files: files.length, note },
      unread: repo()?.list().skipped ?? [],
      delegated: [],
    };
  },
});
