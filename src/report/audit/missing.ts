/** What every format of an audit says where parts of it are missing. Pure. */
import type { Missing } from '../../model-audit.ts';

/** Names are shown up to this many. */
const MOST = 20;

/** One sentence for people; names of shards are ours and safe to print anywhere. */
export function missingSentence({ shards, repositories }: Missing): string {
  const named = shards.slice(0, MOST).join(', ');
  const more = shards.length > MOST ? ` and ${shards.length - MOST} more` : '';
  const count = repositories.length === 1 ? '1 repository was' : `${repositories.length} repositories were`;
  const whose = shards.length === 1 ? `shard ${named} is` : `shards ${named}${more} are`;
  return `This audit is incomplete: ${whose} missing, and ${count} not judged.`;
}
