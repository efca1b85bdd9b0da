/** Alerts that exist and are not read here: in languages that are not rendered, in charts and repositories elsewhere. */
import type { Delegated, Unread } from '../model.ts';
import type { SourceFile, Sources } from './collector.ts';
import { list, record, word } from './plain-value.ts';
import { filesBelow } from './reference-files.ts';
import { isDocumentation, placeIn } from './sources.ts';

const JSONNET_ALERT = /^[ \t]*["']?alert["']?[ \t]*:/m;

/** Notes alert definitions in languages this version does not read. */
export function notRead(sources: Sources, named: readonly SourceFile[], unread: Unread[]): void {
  const own = sources.files.filter((file) => file.class === 'source' && !named.includes(file));
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
  const own = sources.files.filter((file) => file.class === 'source' && /\.ya?ml$/i.test(file.path));
  return own.flatMap((file) => {
    if (/(^|\/)Chart\.ya?ml$|(^|\/)requirements\.ya?ml$/.test(file.path)) return fromChart(file, sources, unread);
    if (isDocumentation(file.path)) return [];
    return GITOPS.test(sources.text(file, []) ?? '') ? fromGitOps(file, sources) : [];
  });
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

const GITOPS = /^[ \t]*apiVersion[ \t]*:[ \t]*["']?(?:argoproj\.io|helm\.toolkit\.fluxcd\.io|helm\.fluxcd\.io)\//m;

/** Argo CD's Application and Flux's HelmRelease; one that leads back into this repository delegates nothing. */
function fromGitOps(file: SourceFile, sources: Sources): readonly Delegated[] {
  return (sources.yaml(file, [])?.documents ?? []).flatMap((document) => {
    const value = record(document.value);
    const spec = record(value.spec);
    const target =
      value.kind === 'Application' ? argoTarget(spec) : value.kind === 'HelmRelease' ? fluxTarget(spec) : undefined;
    if (!target || isHere(target.path, sources)) return [];
    return [{ at: placeIn(file, document.at(['spec']).line), to: target.to }];
  });
}

interface Target {
  readonly to: string;
  readonly path?: string;
}

function argoTarget(spec: Readonly<Record<string, unknown>>): Target | undefined {
  const source = record(spec.source ?? list(spec.sources)[0]);
  const path = word(source.path);
  const to = [word(source.repoURL), word(source.chart) ?? path, word(source.targetRevision)].filter(Boolean).join(' ');
  return to === '' ? undefined : { to, ...(path !== undefined && { path }) };
}

function fluxTarget(spec: Readonly<Record<string, unknown>>): Target | undefined {
  const chart = record(record(spec.chart).spec ?? spec.chart);
  const name = word(chart.chart) ?? word(chart.name);
  if (name === undefined) return undefined;
  const to = [`chart ${name}`, word(chart.version), word(record(chart.sourceRef).name)].filter(Boolean).join(' ');
  return { to, path: name };
}

function isHere(path: string | undefined, sources: Sources): boolean {
  const folder = path?.replace(/^\.\//, '').replace(/\/$/, '');
  return folder !== undefined && folder !== '' && filesBelow(sources.shared, folder).length > 0;
}
