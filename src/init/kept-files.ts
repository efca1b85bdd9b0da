/** Files and folders that a first manifest points at: alert rules, runbooks, SLO specifications, dashboards. Says where they are, not how good they are. */

import { placeholderIn } from '../checks/placeholders.ts';
import type { Facts as Alerts } from '../evidence/alerts.ts';
import type { Sources } from '../evidence/collector.ts';
import type { Facts as Dashboards } from '../evidence/dashboards.ts';
import type { Facts as Runbooks } from '../evidence/runbooks.ts';
import type { Facts as Slos } from '../evidence/slos.ts';
import type { Gathered, Place } from '../model.ts';
import { spot } from './identity.ts';
import { slugged, withOwnIds } from './names.ts';
import type { Dashboard, KeptRunbooks, Observation, Slo } from './propose.ts';
import { fileReference, filesReference, folderReference } from './reference.ts';

/** More of one kind than anyone would read. */
const MOST = 50;

/** Rule files; one glob for a folder that holds nothing else of that ending. */
export function alertSources(facts: Alerts | undefined, sources: Sources): readonly Observation<string>[] {
  const { dir } = sources.manifest;
  const counts = new Map<string, number>();
  for (const { file } of facts?.alerts ?? []) counts.set(file, (counts.get(file) ?? 0) + 1);
  const files = [...new Set((facts?.ruleFiles ?? []).filter(isHere).map(({ path }) => path))]
    .filter((path) => counts.has(path))
    .sort();
  const seen = new Map<string, Observation<string>>();
  for (const path of files) {
    const glob = globFor(path, files, sources);
    const value = glob?.reference ?? fileReference(path, dir);
    const alerts = (glob?.files ?? [path]).reduce((sum, it) => sum + (counts.get(it) ?? 0), 0);
    if (value !== undefined)
      seen.set(value, {
        value,
        from: `${alerts} ${alerts === 1 ? 'alert' : 'alerts'}${glob ? ` in ${glob.files.length} files` : ''}`,
      });
  }
  return [...seen.values()].slice(0, MOST);
}

/** Where alerts are that cannot be read here: in a language we do not read, in a chart, in another repository. */
export function unseenAlerts(gathered: Pick<Gathered<Alerts>, 'unread' | 'delegated'> | undefined): readonly string[] {
  const { unread = [], delegated = [] } = gathered ?? {};
  return [
    ...unread.map(({ at, detail }) => `${spot(at)} (${detail})`),
    ...delegated.map(({ at, to }) => `${spot(at)} (kept in ${to})`),
  ];
}

interface Glob {
  readonly reference: string;
  readonly files: readonly string[];
}

function globFor(path: string, files: readonly string[], { shared, manifest }: Sources): Glob | undefined {
  const [folder, ending] = [folderOf(path), /\.[^./]+$/.exec(path)?.[0] ?? ''];
  const alike = (other: string): boolean => folderOf(other) === folder && other.endsWith(ending);
  const rules = files.filter(alike);
  const all = shared.filter((file) => alike(file.path));
  if (ending === '' || rules.length < 2 || all.length !== rules.length) return undefined;
  const reference = filesReference(folder, ending, manifest.dir);
  return reference === undefined ? undefined : { reference, files: rules };
}

/** The folder with most runbooks, and those that are kept elsewhere. A page that only looks like one is left out. */
export function keptRunbooks(facts: Runbooks | undefined, dir: string): Observation<KeptRunbooks> | undefined {
  const pages = (facts?.runbooks ?? []).filter(
    ({ at, why }) => isHere(at) && (why === 'folder' || why === 'name' || why === 'alert-link'),
  );
  const paths = [...new Set(pages.map(({ at }) => at.path))].sort();
  const folders = paths.map(folderOf).filter((folder) => folder !== dir && folder !== '');
  const count = (folder: string): number => folders.filter((it) => it === folder).length;
  const [home] = [...new Set(folders)]
    .filter((it) => count(it) > 1 || RUNBOOKS.test(it))
    .sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
  const folder = home === undefined ? undefined : folderReference(home, dir);
  const elsewhere = folder === undefined ? paths : paths.filter((path) => folderOf(path) !== home);
  const files = elsewhere.flatMap((path) => fileReference(path, dir) ?? []).slice(0, MOST);
  if (folder === undefined && files.length === 0) return undefined;
  return {
    value: { ...(folder !== undefined && { dir: folder }), files },
    from: `${paths.length} ${paths.length === 1 ? 'page' : 'pages'}`,
  };
}

const RUNBOOKS = /(^|\/)(run[-_]?books?|play[-_]?books?|sops?)$/i;

/** Specifications, one entry a file. */
export function sloFiles(facts: Slos | undefined, dir: string): readonly Observation<Slo>[] {
  const first = new Map<string, Place>();
  for (const { at } of (facts?.slos ?? []).filter((it) => isHere(it.at)))
    if (!first.has(at.path)) first.set(at.path, at);
  const slos = [...first.values()].flatMap((at) => {
    const file = fileReference(at.path, dir);
    const stem =
      at.path
        .split('/')
        .pop()
        ?.replace(/\.[^.]*$/, '') ?? '';
    return file === undefined ? [] : [{ id: slugged(stem) || 'slo', file, from: spot(at) }];
  });
  return withOwnIds(slos.slice(0, MOST)).map(({ id, file, from }) => ({ value: { id, file }, from }));
}

/** Dashboards kept as code. */
export function dashboardFiles(facts: Dashboards | undefined, dir: string): readonly Observation<Dashboard>[] {
  return (facts?.dashboards ?? [])
    .filter(({ at }) => isHere(at))
    .slice(0, MOST)
    .flatMap(({ at, uid }) => {
      const file = fileReference(at.path, dir);
      const shown = uid !== undefined && /\S/.test(uid) && !placeholderIn(uid) ? uid : undefined;
      return file === undefined
        ? []
        : [{ value: { file, ...(shown !== undefined && { uid: shown }) }, from: spot(at) }];
    });
}

function isHere({ root }: Place): boolean {
  return root === undefined;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
