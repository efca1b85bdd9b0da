/** Kubernetes' roles and bindings, in plain files and in charts as far as they can be read without rendering. */
import type { Unread } from '../../model.ts';
import type { SourceFile, Sources } from '../collector.ts';
import type { Grant } from '../permissions.ts';
import { list, record, word } from '../plain-value.ts';
import { isDocumentation, placeIn } from '../sources.ts';
import { settingOf } from '../workloads/environment.ts';
import { yamlTrouble } from '../yaml/trouble.ts';
import { isOpaque, withoutMarks, type YamlDocument, type YamlPath } from '../yaml/yaml.ts';

const SNIFF = /\bkind["']?[ \t]*:[ \t]*["']?(?:Cluster)?Role(?:Binding)?["']?[ \t]*$/m;

/** What the files grant, and how many hold something of the kind. */
export function clusterGrants(
  sources: Sources,
  unread: Unread[],
): { readonly grants: readonly Grant[]; readonly files: number } {
  const files = sources.files.filter(
    (file) =>
      file.class === 'source' &&
      /\.(ya?ml|tpl)$/i.test(file.path) &&
      !isDocumentation(file.path) &&
      holdsRoles(sources.text(file, []) ?? ''),
  );
  return { grants: files.flatMap((file) => grantsIn(file, sources, unread)), files: files.length };
}

/** The word alone, which nearly all files lack, is found far quicker than the line. */
function holdsRoles(text: string): boolean {
  return text.includes('Role') && SNIFF.test(text);
}

function grantsIn(file: SourceFile, sources: Sources, unread: Unread[]): readonly Grant[] {
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  const { aside, environment } = settingOf(file, sources.manifest);
  const because =
    aside?.because ??
    (environment !== undefined && !/prod|live|prd/i.test(environment) ? `for ${environment}` : undefined);
  return (parsed?.documents ?? []).flatMap((document) =>
    objectsOf(document).flatMap(({ path, value }) => {
      const { line, column } = document.at([...path, 'kind']);
      const found = grantOf(value);
      return found
        ? [
            {
              system: 'kubernetes' as const,
              ...found,
              ...(because !== undefined && { aside: because }),
              at: placeIn(file, line, column),
            },
          ]
        : [];
    }),
  );
}

interface Found {
  readonly path: YamlPath;
  readonly value: Readonly<Record<string, unknown>>;
}

function objectsOf({ value }: YamlDocument): readonly Found[] {
  const object = record(value);
  if (!/List$/.test(word(object.kind) ?? '')) return [{ path: [], value: object }];
  return list(object.items).map((it, index) => ({ path: ['items', index], value: record(it) }));
}

function grantOf(value: Readonly<Record<string, unknown>>): Omit<Grant, 'at' | 'system'> | undefined {
  const kind = word(value.kind) ?? '';
  const name = `${kind} ${withoutMarks(word(record(value.metadata).name) ?? '')}`;
  if (kind === 'ClusterRole' || kind === 'Role') return { name, ...reachOfRules(value.rules) };
  return kind === 'ClusterRoleBinding' || kind === 'RoleBinding' ? bindingOf(name, value) : undefined;
}

/** Only the two wildcards together mean everything. */
function reachOfRules(rules: unknown): Pick<Grant, 'reach' | 'allows'> {
  if (isOpaque(rules)) return { reach: 'open', allows: withoutMarks(String(rules)) };
  const all = list(rules).map(record);
  const wide = all.find(
    ({ verbs, resources, resourceNames }) =>
      list(verbs).includes('*') && list(resources).includes('*') && list(resourceNames).length === 0,
  );
  if (wide && list(wide.apiGroups).includes('*'))
    return { reach: 'everything', allows: 'every verb on every resource' };
  if (wide)
    return {
      reach: 'open',
      allows: `every verb on every resource of ${list(wide.apiGroups)
        .map((it) => `"${it}"`)
        .join(', ')}`,
    };
  return { reach: 'limited', allows: `${all.length} rules` };
}

/** Whom people's groups are bound to is the cluster's own affair; a service's account is the service's. */
function bindingOf(name: string, value: Readonly<Record<string, unknown>>): Omit<Grant, 'at' | 'system'> | undefined {
  const role = word(record(value.roleRef).name) ?? '';
  const accounts = list(value.subjects)
    .map(record)
    .filter(({ kind }) => kind === 'ServiceAccount');
  if (accounts.length === 0) return undefined;
  if (isOpaque(role)) return { name, reach: 'limited', allows: withoutMarks(role) };
  return { name, reach: role === 'cluster-admin' ? 'everything' : 'limited', allows: role };
}
