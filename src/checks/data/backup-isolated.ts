/** Assesses whether a copy of every store survives whoever destroys the store and its backups. */
import { isKnown } from '../../evidence/known.ts';
import type { Copy } from '../../evidence/stores/store.ts';
import { defineCheck } from '../define.ts';
import { everyStore, lacking, type StorePart } from './every-store.ts';
import type { Kept, StoreSubject } from './kept.ts';
import { savedBy } from './saved.ts';

const WORDS: Readonly<Record<Copy['where'], string>> = {
  'other-region': 'in another region',
  'other-account': 'in another account',
  immutable: 'that nobody can change',
  elsewhere: 'elsewhere',
};

export const check = defineCheck({
  summary:
    "Looks for replicated automated backups, copies of AWS Backup into a vault of another provider, vault and object locks, replication into another account's or provider's bucket, locked retention policies, and geo-redundant backups of Azure. Where an address alone says where a copy goes, nobody can tell whose it is.",
  needs: ['stores', 'references'],
  params: {},
  assess(subject) {
    return everyStore(subject, ['has a copy out of reach', 'have a copy out of reach'], (kept, all) =>
      partOf(kept, all, subject),
    );
  },
});

function partOf(kept: Kept, all: readonly Kept[], subject: StoreSubject): StorePart {
  const { id, claim, pointer, found } = kept;
  const copies = found.flatMap((it) => it.copies);
  const holding = copies.filter(({ holds }) => isKnown(holds) && holds.value);
  const [best] = holding;
  if (best)
    return {
      standing: 'verified',
      said: `${id} ${WORDS[best.where]} by ${best.by}`,
      evidence: holding.map((it) => it.at),
    };
  const said = claim?.backup?.copies ?? [];
  if (said.length > 0 && pointer !== undefined)
    return {
      standing: 'declared',
      said: `${id} by what the manifest says (${said.join(', ')})`,
      evidence: [subject.at(`${pointer}/backup/copies`)],
    };
  const fix =
    'Copy backups into another account or region, or lock them against change; say so in `backup.copies` where that is done elsewhere.';
  const hidden = copies.find(({ holds }) => !isKnown(holds));
  const { sure, open } = savedBy(kept, all, subject);
  const dump = sure.find(({ means, by }) => means === 'dump' || by === 'barmanObjectStore' || by === 'barman-cloud');
  const why =
    hidden && !isKnown(hidden.holds)
      ? `${hidden.by}: ${hidden.holds.opaque} cannot be told`
      : dump
        ? `${dump.by} puts copies somewhere, and whose that is cannot be told`
        : undefined;
  if (why !== undefined)
    return lacking(
      'unknown',
      { message: `${id}: ${why}`, at: (hidden ?? dump)?.at ?? kept.at, fix, subject: id },
      `${id}: ${why}`,
    );
  const [store] = found;
  if (store?.partial !== undefined)
    return lacking('unknown', { message: `${id}: ${store.partial}`, at: store.at, fix, subject: id });
  const [unclear] = open;
  if (unclear)
    return lacking('unknown', {
      message: `${id}: ${unclear.why} cannot be told`,
      at: unclear.backup.at,
      fix,
      subject: id,
    });
  if (sure.length === 0 && !claim?.backup) return { standing: 'not-applicable' };
  return lacking('missing', {
    message: `nothing shows a copy of ${id} out of the reach of whoever destroys it`,
    at: store?.at ?? kept.at,
    fix,
    subject: id,
  });
}
