/** What the namespace of a workload enforces by itself: Pod Security admission, as its label says. Reads; judges nothing. */
import { record, word } from '../plain-value.ts';
import type { ManifestObject } from './manifest-object.ts';
import { valueAt } from './object-value.ts';
import type { Workload } from './workload.ts';

const LABEL = 'pod-security.kubernetes.io/enforce';

/** The workloads with what their namespaces enforce; only a namespace of that very name counts. */
export function withAdmission(workloads: readonly Workload[], objects: readonly ManifestObject[]): readonly Workload[] {
  const namespaces = objects.filter(
    ({ kind, apiVersion, aside, when }) =>
      kind === 'Namespace' && apiVersion === 'v1' && aside === undefined && when === undefined,
  );
  if (namespaces.length === 0) return workloads;
  return workloads.map((workload) => {
    const admission = admissionOf(workload, namespaces);
    return admission ? { ...workload, admission } : workload;
  });
}

function admissionOf(
  { namespace, environment }: Workload,
  namespaces: readonly ManifestObject[],
): Workload['admission'] {
  if (namespace === undefined) return undefined;
  const own = namespaces.filter(
    (it) => it.name === namespace && (it.environment === undefined || it.environment === environment),
  );
  const levels = own.map((it) => word(record(valueAt(it, ['metadata', 'labels']))[LABEL]));
  const [level] = levels;
  const [first] = own;
  if (!first || (level !== 'baseline' && level !== 'restricted') || levels.some((it) => it !== level)) return undefined;
  return { level, at: first.at(['metadata', 'labels', LABEL]) };
}
