/** Which repositories an audit is about: the operator's words, and the list that a flag names. */
import { dirname } from 'node:path';
import { findTargets, type List } from '../audit/find-targets.ts';
import { LIST_CAP, parseList } from '../audit/list-file.ts';
import { distinct } from '../grouped.ts';
import { InputError } from '../input-error.ts';
import type { Target } from '../model-audit.ts';
import { visible } from '../report/escape-terminal.ts';
import { withoutSecrets } from '../secrets.ts';
import { readAtMost } from './operator-file.ts';
import type { Remote } from './remote.ts';
import { complain } from './streams.ts';

/** Flags that name repositories. */
export interface TargetFlags {
  readonly repos?: string;
}

/** Every target once, sorted by id; what was not looked into is said on stderr. */
export async function targetsFrom(
  words: readonly string[],
  { repos }: TargetFlags,
  remote: Pick<Remote, 'list' | 'isAsked' | 'sameness'>,
): Promise<readonly Target[]> {
  if (words.length === 0 && repos === undefined && !remote.isAsked)
    throw new InputError(
      'no repository was named',
      'targets',
      'give folders that are repositories or hold some, git addresses, or a list: --repos FILE, - for stdin',
    );
  const here = findTargets(words, repos === undefined ? undefined : await listAt(repos));
  const listed = await remote.list();
  for (const note of [...here.notes, ...listed.notes]) complain(`note: ${visible(note)}\n`);
  const targets = distinct([...here.targets, ...listed.targets], remote.sameness).map(withoutTokens);
  if (targets.length === 0)
    throw new InputError('there is no repository to judge', 'targets', 'see what was left out, or name others');
  return distinct(targets, ({ id }) => id).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** A server knows the token that it is asked with, and may call a repository by it: that would stand in rows, and in the command line of git. */
function withoutTokens(target: Target): Target {
  const location = target.kind === 'git' ? withoutSecrets(target.location) : target.location;
  return { ...target, id: withoutSecrets(target.id), location };
}

async function listAt(file: string): Promise<List> {
  const bytes = await readAtMost(LIST_CAP, file, '--repos');
  if (bytes === undefined)
    throw new InputError(`the list is larger than ${LIST_CAP} bytes`, file, 'divide it into several audits');
  const name = file === '-' ? 'stdin' : file;
  return { lines: parseList(bytes.toString('utf8'), name), folder: file === '-' ? '.' : dirname(file) };
}
