/** What a change does to the yardstick it is held against, and to what is looked at: sentences for whoever reviews it. They decide nothing. */
import { POLICY_FILE } from '../checklist/policy-file.ts';
import type { Repo } from '../repo/repo.ts';
import { placeText } from '../report/places.ts';
import { counted } from '../report/words.ts';
import type { Judgement } from '../run.ts';
import { pathAsWritten } from './workspace.ts';
import type { YardstickFlags } from './yardstick.ts';

/** On files that say by what is judged and that the change alters: the repository's own policy, and what the operator's flags name in it. */
export function lawNotes(before: Repo, now: Repo, flags: YardstickFlags, folder: string): readonly string[] {
  const { policy, checklist = [] } = flags;
  const named = [...(policy === undefined ? [] : [policy]), ...checklist].flatMap(
    (file) => pathAsWritten(file, folder) ?? [],
  );
  return [
    ...(policy === undefined && differs(POLICY_FILE, before, now)
      ? [`${POLICY_FILE} counts as it was before; what this change makes of it counts once it is merged`]
      : []),
    ...named.filter((it) => differs(it, before, now)).map((it) => `${it} counts as this change has it`),
  ];
}

function differs(file: string, before: Repo, now: Repo): boolean {
  const [was, is] = [before, now].map((it) => it.read(file));
  return was?.ok && is?.ok ? was.text !== is.text : was?.ok !== is?.ok;
}

/** One side of a comparison. */
interface Side extends Judgement {
  readonly repo: Repo;
}

/** On what is looked at: the folder that counts as the repository, files that are set aside, and files that can be read no more. */
export function scopeNotes(then: Side, now: Side): readonly string[] {
  const attributes = differs('.gitattributes', then.repo, now.repo)
    ? ['this change alters .gitattributes, which can set files aside as generated or vendored']
    : [];
  // Paths start from there.
  if (then.root !== now.root)
    return [`what is looked at: ${rootWords(then)} before, ${rootWords(now)} now`, ...attributes];
  return [...attributes, ...unreadNotes(then, now)];
}

function rootWords({ root }: Judgement): string {
  return root === '' ? 'all of the repository' : root;
}

function unreadNotes(then: Side, now: Side): readonly string[] {
  const known = new Set(unreadIn(then));
  const fresh = unreadIn(now).filter((path) => !known.has(path));
  const [first] = fresh;
  if (first === undefined) return [];
  return [
    `${counted(fresh.length, 'file')} cannot be read and could be before, or came with this change: ${first}${fresh.length > 1 ? ' and others' : ''}`,
  ];
}

/** Paths, each once. */
function unreadIn({ report }: Judgement): readonly string[] {
  const unread = report.services.flatMap(({ looked }) => looked.flatMap((it) => it.unread));
  return [...new Set(unread.map(({ at: { path, root } }) => placeText({ path, ...(root !== undefined && { root }) })))];
}
