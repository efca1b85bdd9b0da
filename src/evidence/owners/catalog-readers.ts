/** Reads a service's identity from other catalogue formats, one small reader each, into one shape. Reads what a file says; does not judge whether it is right. */
import type { Place } from '../../model.ts';
import { table } from '../../table.ts';
import type { SourceFile } from '../collector.ts';
import type { YamlDocument } from '../yaml/yaml.ts';
import { isRecord, linksAbout, listOf, type Said, type View, valuesLike, viewOf } from './catalog-view.ts';

export type { Said } from './catalog-view.ts';

/** What a catalogue file says about one service. */
export interface CatalogEntry {
  readonly format: 'backstage' | 'opslevel' | 'cortex' | 'compass' | 'datadog' | 'score' | 'nais' | 'openedx';
  readonly name?: Said;
  readonly owner?: Said;
  readonly tier?: Said;
  readonly stage?: Said;
  readonly description?: Said;
  readonly dependencies: readonly Said[];
  readonly oncall: readonly Said[];
  readonly runbooks: readonly Said[];
  readonly dashboards: readonly Said[];
  readonly at: Place;
}

type Format = CatalogEntry['format'];
type Reader = (view: View) => Fields | undefined;

/** What a reader found; what the file does not say may be undefined or absent. */
type Fields = { readonly [K in keyof Omit<CatalogEntry, 'format' | 'at'>]?: CatalogEntry[K] | undefined };

/** File names by format; the content decides in the end. */
const NAMES: readonly (readonly [RegExp, Format])[] = [
  [/(^|\/)catalog-info(\.[\w-]+)?\.ya?ml$/, 'backstage'],
  [/(^|\/)opslevel\.ya?ml$/, 'opslevel'],
  [/(^|\/)cortex\.ya?ml$|(^|\/)\.cortex\/catalog\/[^/]+\.ya?ml$/, 'cortex'],
  [/(^|\/)compass\.ya?ml$/, 'compass'],
  [/(^|\/)(service|entity)\.datadog\.ya?ml$/, 'datadog'],
  [/(^|\/)score\.ya?ml$/, 'score'],
  [/(^|\/)\.?nais([-.][\w-]+)?\.(ya?ml|json)$|(^|\/)\.?nais\/([\w.-]+\/)?[\w.-]+\.(ya?ml|json)$/, 'nais'],
  [/(^|\/)openedx\.ya?ml$/, 'openedx'],
];

/** The format a path suggests. */
export function catalogFormat(path: string): Format | undefined {
  return NAMES.find(([pattern]) => pattern.test(path))?.[1];
}

/** Everything a file says, one entry a service; documents that are something else are passed over. */
export function readCatalog(
  format: Format,
  file: SourceFile,
  documents: readonly YamlDocument[],
): readonly CatalogEntry[] {
  return documents.flatMap((document) => {
    const view = viewOf(file, document);
    const fields = view && READERS[format](view);
    const said = Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined));
    if (!view || Object.keys(said).length === 0) return [];
    return [{ format, dependencies: [], oncall: [], runbooks: [], dashboards: [], at: view.at, ...said }];
  });
}

const RUNBOOK = /run[\s_-]?book|play[\s_-]?book/i;
const DASHBOARD = /dashboard|grafana|monitoring|observability/i;
const ONCALL = /on[\s_-]?call|pagerduty|opsgenie|victorops|paging/i;

const READERS: Readonly<Record<Format, Reader>> = {
  backstage: readBackstage,
  opslevel: readOpsLevel,
  cortex: readCortex,
  compass: readCompass,
  datadog: readDatadog,
  score: readScore,
  nais: readNais,
  openedx: ({ look }) => ({ owner: look('owner') ?? look('oeps', 'oep-2', 'owner') }),
};

/** Only components are services; the systems, APIs and groups beside them have owners of their own. */
function readBackstage(view: View): Fields | undefined {
  const { value, look } = view;
  if (value.kind !== 'Component') return undefined;
  const links = ['metadata', 'links'];
  return {
    name: look('metadata', 'name'),
    owner: teamRef(look('spec', 'owner')),
    tier: backstageTier(view),
    stage: mapped(look('spec', 'lifecycle')),
    description: look('metadata', 'description'),
    dependencies: [...listOf(view, ['spec', 'dependsOn']), ...listOf(view, ['spec', 'consumesApis'])].map(plainRef),
    oncall: valuesLike(view, ['metadata', 'annotations'], /pagerduty|opsgenie|victorops|grafana.*oncall/i),
    runbooks: linksAbout(view, links, RUNBOOK),
    dashboards: linksAbout(view, links, DASHBOARD),
  };
}

function backstageTier(view: View): Said | undefined {
  const keyed = ['labels', 'annotations'].flatMap((kind) =>
    valuesLike(view, ['metadata', kind], /(^|[/_-])tier$|(^|\/)criticality$/i),
  );
  return keyed[0] ?? listOf(view, ['metadata', 'tags']).find((tag) => /^tier[-_:]?\d$/i.test(tag.value));
}

function readOpsLevel(view: View): Fields | undefined {
  const { value, look } = view;
  const key = isRecord(value.service) ? 'service' : isRecord(value.component) ? 'component' : undefined;
  if (!key) return undefined;
  const tools = [key, 'tools'];
  return {
    name: look(key, 'name'),
    owner: look(key, 'owner'),
    tier: look(key, 'tier'),
    stage: mapped(look(key, 'lifecycle')),
    description: look(key, 'description'),
    dependencies: [...listOf(view, [key, 'dependencies']), ...listOf(view, [key, 'dependencies'], 'alias')],
    oncall: linksAbout(view, tools, ONCALL),
    runbooks: linksAbout(view, tools, RUNBOOK),
    dashboards: linksAbout(view, tools, DASHBOARD),
  };
}

function readCortex(view: View): Fields | undefined {
  const { look } = view;
  if (look('info', 'x-cortex-tag') === undefined) return undefined;
  const links = ['info', 'x-cortex-link'];
  const oncall = ['info', 'x-cortex-oncall'];
  return {
    name: look('info', 'x-cortex-tag'),
    owner: cortexOwner(view),
    tier:
      look('info', 'x-cortex-custom-metadata', 'tier') ??
      listOf(view, ['info', 'x-cortex-groups']).find((it) => /^tier[-_:]?\d$/i.test(it.value)),
    stage: mapped(look('info', 'x-cortex-custom-metadata', 'lifecycle')),
    description: look('info', 'description'),
    oncall: ['pagerduty', 'opsgenie', 'victorops'].flatMap((tool) => look(...oncall, tool, 'id') ?? []),
    dependencies: listOf(view, ['info', 'x-cortex-dependency'], 'tag'),
    runbooks: linksAbout(view, links, RUNBOOK),
    dashboards: linksAbout(view, links, DASHBOARD),
  };
}

/** A group before a person, whichever is named first. */
function cortexOwner({ look, keys }: View): Said | undefined {
  const path = ['info', 'x-cortex-owners'];
  const owners = keys(...path);
  const group = owners.find((index) => /^group$/i.test(look(...path, index, 'type')?.value ?? ''));
  const first = group ?? owners[0];
  return first === undefined ? undefined : (look(...path, first, 'name') ?? look(...path, first, 'email'));
}

/** The owner and the dependencies are opaque ids of theirs and name nobody. */
function readCompass(view: View): Fields | undefined {
  const { value, look } = view;
  if (value.configVersion === undefined) return undefined;
  return {
    name: look('name'),
    tier: look('fields', 'tier'),
    stage: mapped(look('fields', 'lifecycle')),
    description: look('description'),
    oncall: linksAbout(view, ['links'], ONCALL),
    runbooks: linksAbout(view, ['links'], RUNBOOK),
    dashboards: linksAbout(view, ['links'], DASHBOARD),
  };
}

function readDatadog(view: View): Fields | undefined {
  const { value, look } = view;
  const version = String(value['schema-version'] ?? value.apiVersion ?? '');
  if (!/^v[23]/.test(version) || (value.kind !== undefined && value.kind !== 'service')) return undefined;
  const links = value.metadata === undefined ? ['links'] : ['metadata', 'links'];
  const pager = ['integrations', 'pagerduty'];
  const opsgenie = ['integrations', 'opsgenie'];
  return {
    name: look('dd-service') ?? look('metadata', 'name'),
    owner: look('team') ?? look('metadata', 'owner'),
    tier: look('tier') ?? look('spec', 'tier'),
    stage: mapped(look('lifecycle') ?? look('spec', 'lifecycle')),
    description: look('description') ?? look('metadata', 'description'),
    dependencies: listOf(view, ['spec', 'dependsOn']).map(plainRef),
    oncall: [pager, opsgenie].flatMap(
      (path) => look(...path, 'service-url') ?? look(...path, 'serviceURL') ?? look(...path) ?? [],
    ),
    runbooks: linksAbout(view, links, RUNBOOK),
    dashboards: linksAbout(view, links, DASHBOARD),
  };
}

function readScore(view: View): Fields | undefined {
  if (!String(view.value.apiVersion ?? '').startsWith('score.dev/')) return undefined;
  return { name: view.look('metadata', 'name'), dependencies: listOf(view, ['resources'], 'type') };
}

function readNais({ value, look }: View): Fields | undefined {
  if (!String(value.apiVersion ?? '').startsWith('nais.io/') || !/^(Application|Naisjob)$/.test(String(value.kind)))
    return undefined;
  return { name: look('metadata', 'name'), owner: look('metadata', 'labels', 'team') ?? look('metadata', 'namespace') };
}

/** `component:default/api` is `api`. */
function plainRef(said: Said): Said {
  return { ...said, value: said.value.replace(/^[a-z]+:/i, '').replace(/^default\//, '') };
}

/** `group:default/team-x` is `team-x`; `user:jane` stays as it is, because one person is no team. */
function teamRef(said: Said | undefined): Said | undefined {
  return said && { ...said, value: said.value.replace(/^group:/i, '').replace(/^default\//, '') };
}

const STAGES: Readonly<Record<string, string>> = table({
  experimental: 'beta',
  alpha: 'build',
  development: 'build',
  preview: 'beta',
  beta: 'beta',
  production: 'live',
  live: 'live',
  active: 'live',
  'generally-available': 'live',
  deprecated: 'sunset',
  'end-of-life': 'sunset',
  retired: 'sunset',
});

/** A lifecycle word as one of our stages; a word of their own stays as it is. */
function mapped(said: Said | undefined): Said | undefined {
  const word = said?.value.toLowerCase().replace(/[\s_]+/g, '-') ?? '';
  return (
    said && {
      ...said,
      value: Object.hasOwn(STAGES, word) ? (STAGES[word] ?? said.value) : said.value,
      written: said.value,
    }
  );
}
