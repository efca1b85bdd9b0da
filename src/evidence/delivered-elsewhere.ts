/** What Argo CD and Flux deploy from elsewhere: other repositories, and charts that are not in this one. Follows no address. */
import type { Delegated } from '../model.ts';
import type { SourceFile, Sources } from './collector.ts';
import { list, record, word } from './plain-value.ts';
import { filesBelow } from './references/files.ts';
import { isDocumentation, placeIn } from './sources.ts';

const GITOPS =
  /^[ \t]*apiVersion[ \t]*:[ \t]*["']?(?:argoproj\.io|helm\.toolkit\.fluxcd\.io|helm\.fluxcd\.io|kustomize\.toolkit\.fluxcd\.io)\//m;

/** The service's own deliveries that lead out of this repository. */
export function deliveredElsewhere(sources: Sources): readonly Delegated[] {
  return sources.files
    .filter((file) => file.class === 'source' && /\.ya?ml$/i.test(file.path) && !isDocumentation(file.path))
    .flatMap((file) => (isGitops(sources.text(file, []) ?? '') ? fromFile(file, sources) : []));
}

/** The names alone, which nearly all files lack, are found ten times as quickly as the line. */
function isGitops(text: string): boolean {
  return (text.includes('argoproj.io/') || text.includes('fluxcd.io/')) && GITOPS.test(text);
}

function fromFile(file: SourceFile, sources: Sources): readonly Delegated[] {
  return (sources.yaml(file, [])?.documents ?? []).flatMap((document) => {
    const value = record(document.value);
    return targetsOf(value)
      .filter(({ path }) => !isHere(path, sources))
      .map(({ to }) => ({ at: placeIn(file, document.at(['spec']).line), to }));
  });
}

interface Target {
  readonly to: string;
  /** Folder in the repository it leads to. */
  readonly path?: string;
}

function targetsOf(value: Readonly<Record<string, unknown>>): readonly Target[] {
  const spec = record(value.spec);
  switch (value.kind) {
    case 'Application':
      return argoTargets(spec);
    case 'ApplicationSet':
      return argoTargets(record(record(spec.template).spec));
    case 'HelmRelease':
      return fluxChart(spec);
    case 'Kustomization':
      return word(value.apiVersion)?.includes('fluxcd.io') ? fluxFolder(spec) : [];
    default:
      return [];
  }
}

function argoTargets(spec: Readonly<Record<string, unknown>>): readonly Target[] {
  const [source] = spec.source === undefined ? list(spec.sources) : [spec.source];
  const { repoURL, chart, path, targetRevision } = record(source);
  const to = [word(repoURL), word(chart) ?? word(path), word(targetRevision)].filter(Boolean).join(' ');
  return to === '' ? [] : [{ to, ...pathField(path) }];
}

function fluxChart(spec: Readonly<Record<string, unknown>>): readonly Target[] {
  const chart = record(record(spec.chart).spec ?? spec.chart);
  const name = word(chart.chart) ?? word(chart.name);
  if (name === undefined) return [];
  const to = [`chart ${name}`, word(chart.version), word(record(chart.sourceRef).name)].filter(Boolean).join(' ');
  return [{ to, path: name }];
}

function fluxFolder(spec: Readonly<Record<string, unknown>>): readonly Target[] {
  const { name } = record(spec.sourceRef);
  const to = [word(name), word(spec.path)].filter(Boolean).join(' ');
  return to === '' ? [] : [{ to, ...pathField(spec.path) }];
}

function pathField(path: unknown): { readonly path?: string } {
  const text = word(path);
  return text === undefined ? {} : { path: text };
}

/** A folder of this repository delegates nothing. What a generator fills in is looked for by the part before it. */
function isHere(path: string | undefined, sources: Sources): boolean {
  const folder = path
    ?.replace(/^\.?\//, '')
    .replace(/\{\{.*$/s, '')
    .replace(/\/$/, '');
  return folder !== undefined && folder !== '' && filesBelow(sources.shared, folder).length > 0;
}
