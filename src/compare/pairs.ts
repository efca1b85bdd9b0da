/** Which service of then is which of now: by name and folder, else by a name that is the only one, else by folder. Pure. */
import { grouped } from '../grouped.ts';

/** Whatever belongs to one service. */
export interface OfService {
  readonly service: { readonly name: string; readonly dir: string };
}

/** One service, then and now; one of both may be absent. */
export interface Pair<B, A> {
  readonly before?: B;
  readonly after?: A;
}

/** The services of now in their order, then those that are there no more. A folder that was renamed, or a service that was, is still the same one. */
export function pairServices<B extends OfService, A extends OfService>(
  befores: readonly B[],
  afters: readonly A[],
): readonly Pair<B, A>[] {
  const left = new Set(befores);
  const partners = new Map<A, B>();
  const ways: readonly ((it: OfService) => string)[] = [
    ({ service }) => `${service.name}\0${service.dir}`,
    ({ service }) => service.name,
    ({ service }) => service.dir,
  ];
  for (const [index, keyOf] of ways.entries()) {
    const candidates = grouped([...left], keyOf);
    for (const [key, group] of grouped(
      afters.filter((it) => !partners.has(it)),
      keyOf,
    )) {
      const others = candidates.get(key) ?? [];
      // Several of one name are told apart by their folders, several of one folder by their names.
      if (index > 0 && (group.length > 1 || others.length > 1)) continue;
      for (const [at, after] of group.entries()) {
        const before = others[at];
        if (!before) break;
        partners.set(after, before);
        left.delete(before);
      }
    }
  }
  return [
    ...afters.map((after) => {
      const before = partners.get(after);
      return { ...(before && { before }), after };
    }),
    ...[...left].map((before) => ({ before })),
  ];
}
