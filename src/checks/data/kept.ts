/** The stores to judge: those that the manifest declares, each with what the repository shows of it in production, and those that only the repository shows. Pure. */
import type { Store } from '../../evidence/stores/store.ts';
import type { Evidence } from '../../generated/evidence.ts';
import type { Claims } from '../../manifest/manifest.ts';
import type { Place } from '../../model.ts';
import { counted } from '../words.ts';
import { inProduction, type Scope } from '../workload-scope.ts';
import { mayBeSame, sameStore } from './naming.ts';

/** What the manifest says of one store. */
type StoreClaim = NonNullable<NonNullable<Claims['data']>['stores']>[number];

/** What the checks of stores know. */
export interface StoreSubject {
  readonly claims: Claims;
  readonly scope: Scope;
  readonly evidence: Pick<Evidence, 'stores' | 'references'>;
  at(pointer: string): Place;
}

/** One store as it is judged. */
export interface Kept {
  /** The manifest's id, or else the repository's name. */
  readonly id: string;
  readonly claim?: StoreClaim;
  /** Where the claim is in the manifest. */
  readonly pointer?: string;
  /** What makes it or runs it, in production. */
  readonly found: readonly Store[];
  /** All its names. */
  readonly names: readonly string[];
  readonly product?: string;
  /** The claim, or else what makes it. */
  readonly at: Place;
}

/** All of them. */
export interface KeptStores {
  readonly kept: readonly Kept[];
  /** "; 1 store is ephemeral or derived and set aside", or ''. */
  readonly rest: string;
  /** Shown in production or beside it, and neither declared nor matched. */
  readonly undeclared: readonly Store[];
}

/** Buckets and tables by what their names say is in them, which nobody restores. */
const PASSING =
  /(?:^|[-_.])(?:locks?|sessions?|logs?|logging|access-?logs?|tf-?state|state|terraform|backups?|artifacts?|artefacts?|cdn|static|website|assets|cache|tmp|temp)(?:[-_.]|$)/i;

/** Joins claims and evidence: by the claim's own evidence, by name, and by product where only one of each is left. `unsaid`: also undeclared buckets and volumes, of which nothing says what is in them. */
export function keptStores(subject: StoreSubject, unsaid = false): KeptStores {
  const { claims, evidence, at } = subject;
  const shown = inProduction(evidence.stores.facts.stores, subject);
  const claimed = (claims.data?.stores ?? []).map((claim, index) => ({ claim, pointer: `/data/stores/${index}` }));
  const taken = new Map<Store, string>();
  for (const how of [byEvidence, byName]) {
    for (const { claim, pointer } of claimed)
      for (const store of shown)
        if (!taken.has(store) && how(claim, store, pointer, subject)) taken.set(store, pointer);
  }
  byProduct(claimed, shown, taken);
  const lasting = claimed.filter(({ claim }) => claim.ephemeral !== true && claim.derived !== true);
  const declared = lasting.map(({ claim, pointer }): Kept => {
    const own = shown.filter((store) => taken.get(store) === pointer);
    const product = claim.kind ?? own[0]?.product;
    return {
      id: claim.id,
      claim,
      pointer,
      found: own.filter(isMade),
      names: [claim.id, ...own.flatMap(({ names }) => names)],
      ...(product !== undefined && { product }),
      at: at(pointer),
    };
  });
  const undeclared = shown.filter((store) => !taken.has(store));
  const alone =
    claimed.length > 0 ? [] : undeclared.filter((it) => isMade(it) && isLasting(it) && (unsaid || !isContainer(it)));
  const asides = [
    ...(claimed.length > lasting.length
      ? [`${counted(claimed.length - lasting.length, 'store')} declared ephemeral or derived set aside`]
      : []),
    ...(claimed.length > 0 && undeclared.some(isMade)
      ? [`${counted(undeclared.filter(isMade).length, 'further one')} not declared`]
      : []),
    ...passing(undeclared, alone, claimed.length > 0),
  ];
  return {
    kept: [...declared, ...undeclaredStores(alone)],
    rest: asides.map((it) => `; ${it}`).join(''),
    undeclared,
  };
}

function passing(undeclared: readonly Store[], alone: readonly Store[], declared: boolean): readonly string[] {
  const left = undeclared.filter((it) => isMade(it) && !alone.includes(it));
  if (declared || left.length === 0) return [];
  return [
    `${counted(left.length, 'store', 'stores')} set aside: ${left.length === 1 ? 'it is a cache' : 'they are caches'}, or nobody says what is in ${left.length === 1 ? 'it' : 'them'}`,
  ];
}

/** What goes by one name is one store, e.g. in several regions. */
function undeclaredStores(stores: readonly Store[]): readonly Kept[] {
  const byName = new Map<string, readonly Store[]>();
  for (const store of stores)
    byName.set(`${store.product} ${store.name}`, [...(byName.get(`${store.product} ${store.name}`) ?? []), store]);
  return [...byName.values()].flatMap((found) => {
    const [first] = found;
    return first
      ? [{ id: first.name, found, names: found.flatMap(({ names }) => names), product: first.product, at: first.at }]
      : [];
  });
}

/** It holds files of any kind. */
export function isContainer({ kind }: Store): boolean {
  return kind === 'bucket' || kind === 'volume';
}

/** Something here makes it or runs it, so that what is said of it there counts. */
export function isMade({ basis }: Store): boolean {
  return basis === 'defined' || basis === 'run';
}

/** What it holds has to come back. */
export function isLasting({ kind, name, names }: Store): boolean {
  if (kind === 'cache' || kind === 'queue') return false;
  return ![name, ...names].some((it) => PASSING.test(it));
}

type How = (claim: StoreClaim, store: Store, pointer: string, subject: StoreSubject) => boolean;

/** The claim points at the file, or at the folder, and nothing speaks against it. */
const byEvidence: How = ({ kind, id }, store, pointer, { evidence }) => {
  if (!isMade(store) || !mayBeSame(kind, store.product)) return false;
  const own = evidence.references.facts.references.filter(
    (it) => it.pointer.startsWith(`${pointer}/evidence`) || it.pointer.startsWith(`${pointer}/backup/evidence`),
  );
  const pointed = own.some(({ matches }) => matches.some(({ path }) => path === store.at.path));
  const others = evidence.stores.facts.stores.filter(
    (it) => it !== store && isMade(it) && it.at.path === store.at.path && mayBeSame(kind, it.product),
  );
  return pointed && (others.length === 0 || store.names.some((it) => sameStore(it, id)));
};

const byName: How = ({ kind, id }, store) =>
  mayBeSame(kind, store.product) && store.names.some((it) => sameStore(it, id));

/** One claim and one store of a kind that are left over belong together. */
function byProduct(
  claimed: readonly { readonly claim: StoreClaim; readonly pointer: string }[],
  shown: readonly Store[],
  taken: Map<Store, string>,
): void {
  const free = (pointer: string): boolean => ![...taken].some(([store, it]) => it === pointer && isMade(store));
  const open = claimed.filter(({ pointer }) => free(pointer));
  for (const basis of ['made', 'beside']) {
    const left = shown.filter((it) => !taken.has(it) && (isMade(it) ? 'made' : 'beside') === basis);
    for (const store of left) {
      const takers = (basis === 'made' ? open : claimed).filter(
        ({ claim }) => claim.kind !== undefined && mayBeSame(claim.kind, store.product),
      );
      const rivals = left.filter((it) => it.name !== store.name && mayBeSame(it.product, store.product));
      const [only] = takers;
      if (only && takers.length === 1 && (basis === 'beside' || rivals.length === 0)) taken.set(store, only.pointer);
    }
  }
}
