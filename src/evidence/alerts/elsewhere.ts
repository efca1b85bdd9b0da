/** Alerts that exist and are not read here: in languages that are not rendered, in charts and repositories elsewhere. */
import type { Delegated, Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import { deliveredElsewhere } from '../delivered-elsewhere.ts';
import { list, record, word } from '../plain-value.ts';
import { isDocumentation, placeIn } from '../sources.ts';

const JSONNET_ALERT = /^[ \t]*["']?alert["']?[ \t]*:/m;

/** Notes alert definitions in languages this version does not read. */
export function notRead(sources: Sources, named: readonly SourceFile[], unread: Unread[]): void {
  const own = sources.files.filter(
    (file) => file.class === 'source' && !named.includes(file) && !isDocumentation(file.path),
  );
  for (const file of [...named, ...own]) {
    if (/\.(jsonnet|libsonnet)$/i.test(file.path)) noteJsonnet(file, sources, unread);
  }
}

function noteJsonnet(file: SourceFile, sources: Sources, unread: Unread[]): void {
  const text = sources.text(file, unread);
  const found = text === undefined ? null : JSONNET_ALERT.exec(text);
  if (!found) return;
  const at = placeIn(file, lineAt(found.input, found.index));
  unread.push({ at, reason: 'language', detail: 'jsonnet is not rendered' });
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** Charts and repositories elsewhere that are likely to bring the alerts. */
export function delegations(sources: Sources, unread: Unread[]): Delegated[] {
  const charts = sources.files.filter(
    (file) => file.class === 'source' && /(^|\/)(Chart|requirements)\.ya?ml$/.test(file.path),
  );
  const all = [...charts.flatMap((file) => fromChart(file, sources, unread)), ...deliveredElsewhere(sources)];
  return all.sort((a, b) => (a.at.path < b.at.path ? -1 : a.at.path > b.at.path ? 1 : 0));
}

function fromChart(file: SourceFile, sources: Sources, unread: Unread[]): readonly Delegated[] {
  const document = sources.yaml(file, unread)?.documents[0];
  return list(record(document?.value).dependencies).flatMap((entry, index) => {
    const { name, version, repository } = record(entry);
    const chart = word(name) ?? '';
    if (!/alert|monitor|prometheus/i.test(chart)) return [];
    const to = [`chart ${chart}`, word(version), word(repository)].filter(Boolean).join(' ');
    return [{ at: placeIn(file, document?.at(['dependencies', index]).line), to }];
  });
}
