/** Assesses whether every store that the repository shows is one that the manifest knows. */
import type { Store } from '../../evidence/stores/store.ts';
import type { Claims } from '../../manifest/manifest.ts';
import { claimPlace, placed } from '../claimed.ts';
import { contradicted, declared, defineCheck, missing, notApplicable, verified } from '../define.ts';
import { distinct } from '../places.ts';
import { share } from '../shares.ts';
import { counted } from '../words.ts';
import { inProduction } from '../workload-scope.ts';
import { isLasting, isMade, keptStores } from './kept.ts';
import { mayBeSame, sameStore } from './naming.ts';

export const check = defineCheck({
  summary:
    "Looks for stores in Terraform, in Kubernetes objects, operators' objects and NAIS, in Compose files, charts' dependencies and the addresses of connections, and for each of them in `data.stores` and `dependencies`: by the claim's evidence, by name, by product where only one of a kind is there. Queues, and caches that nothing here makes, are not asked for; neither are buckets whose name says that only logs, artefacts or backups are in them.",
  needs: ['stores', 'references'],
  ofClaims: true,
  params: {},
  assess(subject) {
    const { claims, evidence, at } = subject;
    const { undeclared } = keptStores(subject);
    const shown = inProduction(evidence.stores.facts.stores, subject).filter((it) => it.kind !== 'queue');
    const wanted = undeclared.filter((it) => it.kind !== 'queue' && !isDependency(it, claims));
    const asked = wanted.filter((it) => isLasting(it) || (it.kind === 'cache' && isMade(it)));
    const aside =
      wanted.length > asked.length
        ? `; ${counted(wanted.length - asked.length, 'cache or bucket', 'caches and buckets')} for passing things set aside`
        : '';
    const count = claims.data?.stores?.length ?? 0;
    const stores = byName(asked);
    if (stores.length > 0) {
      const because = `${share(byName(shown).length - stores.length, byName(shown).length, 'store', ['is declared', 'are declared'])}${aside}`;
      const problems = stores.map(({ name, product, by, at: place }) => ({
        message: `${name} (${product}, ${by}) is not declared`,
        at: place,
        fix: "Add it to `data.stores`, with `ephemeral: true` for a cache and `derived: true` for what can be rebuilt; or to `dependencies` where it is somebody else's.",
        subject: name,
      }));
      return count > 0
        ? contradicted(because, problems, { claim: at('/data/stores') })
        : missing(because, problems, { ...placedClaim(claimPlace(subject, '/data')) });
    }
    const evidenceAt = distinct(shown.map((it) => it.at)).slice(0, 10);
    if (shown.length > 0 && count > 0)
      return verified(
        `every one of ${counted(byName(shown).length, 'store')} shown here is declared${aside}`,
        evidenceAt,
        { claim: at('/data/stores') },
      );
    if (shown.length > 0) return verified(`what is shown here are dependencies, or passing things${aside}`, evidenceAt);
    if (count > 0) return declared(`${counted(count, 'store')} declared, and none is shown here`, at('/data/stores'));
    return notApplicable('no store is declared, and none is shown here');
  },
});

function placedClaim(at: ReturnType<typeof claimPlace>): { readonly claim?: NonNullable<typeof at> } {
  const { at: claim } = placed(at);
  return claim ? { claim } : {};
}

/** A store that another team keeps is a dependency. */
function isDependency({ names, product, basis }: Store, { dependencies = [] }: Claims): boolean {
  return dependencies.some(
    ({ id, kind }) =>
      names.some((name) => sameStore(name, id)) ||
      ((kind === 'db' || kind === 'cache') && basis !== 'defined' && mayBeSame(id.split('-').at(-1), product)),
  );
}

/** A store is often shown in several places. */
function byName(stores: readonly Store[]): readonly Store[] {
  return stores.filter(
    (it, index) =>
      stores.findIndex(
        (other) => sameStore(other.name, it.name) || (!isMade(it) && mayBeSame(it.product, other.product)),
      ) === index,
  );
}
