/** Whether what is applied to a cluster brings a program, or only what watches and surrounds those that are there. */
import { joined, type World } from './world.ts';

/** Kinds of objects that run nothing: of the monitoring's operators and of topics. A file with any other may run something. */
const WATCHES =
  /^(?:PrometheusRule|Alert|AlertmanagerConfig|ServiceMonitor|PodMonitor|Probe|GrafanaDashboard|GrafanaFolder|Topic)$/;

/** Only files of the repository, each of which holds such kinds and nothing else. */
export function runNothing(paths: readonly string[], cwd: string | undefined, world: World): boolean {
  return (
    paths.length > 0 &&
    paths.every((path) => {
      const inside = joined(cwd, path);
      const kinds = inside === undefined ? [] : kindsIn(world.text(inside) ?? '');
      return kinds.length > 0 && kinds.every((it) => WATCHES.test(it));
    })
  );
}

/** The kinds of the objects of a file, as far as they stand at the beginning of a line. */
function kindsIn(text: string): readonly string[] {
  return [...text.matchAll(/^(?:"?kind"?\s*:[ \t]*)["']?([A-Za-z]*)/gm)].map(([, kind = '']) => kind);
}

/** The files that a command of kubectl is told to apply. */
export function filesApplied(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (/^(?:-f|--filename)$/.test(word)) return words[index + 1] ?? [];
    return /^(?:-f|--filename)=/.test(word) ? word.slice(word.indexOf('=') + 1) : [];
  });
}
