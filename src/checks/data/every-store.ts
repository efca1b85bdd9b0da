/** One answer about all stores of a service, from a part for each; and what to say where there is none. Pure. */
import type { Store } from '../../evidence/stores/store.ts';
import type { Assessment, Problem } from '../../model.ts';
import { notApplicable, unknown } from '../define.ts';
import { type Part, together } from '../parts.ts';
import { type Forms, share } from '../shares.ts';
import { counted, shortened } from '../words.ts';
import { type Kept, keptStores, type StoreSubject } from './kept.ts';

/** What stands about one store, with a few words on how that is known. */
export interface StorePart extends Part {
  readonly said?: string;
}

/** `best`: how good an answer can be. `unsaid`: buckets and volumes that nobody declared are judged as well. */
interface Options {
  readonly best?: 'verified' | 'declared';
  readonly unsaid?: boolean;
}

/** Assesses each store; `verb` says what is counted, e.g. "is backed up". */
export function everyStore(
  subject: StoreSubject,
  verb: Forms,
  assess: (kept: Kept, all: readonly Kept[]) => StorePart,
  { best = 'verified', unsaid = false }: Options = {},
): Assessment {
  const { kept, rest, undeclared } = keptStores(subject, unsaid);
  if (kept.length === 0) return noStore(subject, undeclared, rest);
  const parts = kept.map((it) => assess(it, kept)).filter(({ standing }) => standing !== 'not-applicable');
  if (parts.length === 0) return notApplicable(`it concerns none of ${counted(kept.length, 'store')}${rest}`);
  const good = parts.filter(({ standing }) => standing === best).length;
  const claimed = parts.filter(({ standing }) => standing === 'declared').length;
  const also =
    claimed > 0 && best === 'verified' ? `, ${claimed} ${claimed === 1 ? 'is' : 'are'} only said to be so` : '';
  const words = parts.flatMap(({ said }) => said ?? []);
  const detail = words.length > 0 ? `: ${shortened(words)}` : '';
  const claim = (subject.claims.data?.stores ?? []).length > 0 ? subject.at('/data/stores') : undefined;
  return together(parts, `${share(good, parts.length, 'store', verb)}${also}${detail}${rest}`, claim);
}

/** Nothing declared, and nothing here makes a store. */
function noStore({ claims, at, evidence }: StoreSubject, undeclared: readonly Store[], rest: string): Assessment {
  const beside = undeclared.filter(
    ({ kind, basis }) => kind !== 'cache' && kind !== 'queue' && basis !== 'defined' && basis !== 'run',
  );
  const [hint] = beside;
  const [unread] = evidence.stores.unread;
  const [first] = evidence.stores.delegated;
  if (hint)
    return unknown(
      `${hint.product} is used (${hint.by}), and neither the manifest nor anything here says where production's is`,
      { evidence: [hint.at] },
    );
  if (unread)
    return unknown(`no store is declared, and ${unread.at.path} could not be read: ${unread.detail}`, {
      evidence: [unread.at],
    });
  if (first && claims.data === undefined)
    return unknown(`no store is declared or defined here; further files are kept at ${first.to}`, {
      evidence: [first.at],
    });
  const claim = claims.data ? { claim: at('/data') } : {};
  return notApplicable(`no store is declared, and none is shown here${rest}`, claim);
}

/** A part that fails by one problem. */
export function lacking(
  standing: 'missing' | 'contradicted' | 'stale' | 'unknown' | 'declared',
  problem: Problem,
  said?: string,
): StorePart {
  return { standing, problems: [problem], ...(said !== undefined && { said }) };
}
