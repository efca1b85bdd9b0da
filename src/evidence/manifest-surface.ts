/** What of a manifest draws the service's trust boundary: whom it talks to, where it can be reached, what data it holds. Reads plain values; old manifests may have any shape. */

/** One entry for each part of the boundary, in words, e.g. `the dependency card-gateway`; sorted. */
export function surfaceOf(manifest: unknown): readonly string[] {
  const { dependencies, environments, data } = objectOf(manifest);
  const { classification, pii, stores } = objectOf(data);
  const parts = [
    ...namesOf(dependencies).map((id) => `the dependency ${id}`),
    ...namesOf(stores).map((id) => `the store ${id}`),
    ...listOf(environments).flatMap((it) => {
      const { url } = objectOf(it);
      return isPlain(url) ? [`the address ${url}`] : [];
    }),
    ...(isPlain(classification) ? [`${classification} data`] : []),
    ...(pii === true ? ['personal data'] : []),
  ];
  return [...new Set(parts)].sort();
}

/** Ids of a list whose short form is the id itself. */
function namesOf(list: unknown): readonly string[] {
  return listOf(list).flatMap((it) => {
    const id = typeof it === 'object' ? objectOf(it).id : it;
    return isPlain(id) ? [id] : [];
  });
}

function isPlain(value: unknown): value is string {
  return typeof value === 'string' && /^[\w./:@-]{1,200}$/.test(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
