/** Which untracked files git would ignore: the rules of every `.gitignore` on the way down, nearest first. Knows no operator's settings. */
import ignore, { type Ignore } from 'ignore';

/** The rules that hold in one folder, from the root's to its own. */
export type Rules = readonly RuleSet[];

interface RuleSet {
  /** Folder of the `.gitignore`, ending in `/`; empty for the root. */
  readonly base: string;
  readonly rules: Ignore;
}

/** Several `**` in one pattern make its regular expression slow beyond use on deep paths; real patterns have one or two. */
const MOST_GLOBSTARS = 3;

/** The rules of the folder `base` after reading the text of its `.gitignore`. */
export function addRules(outer: Rules, base: string, text: string): Rules {
  const lines = text.split(/\r?\n/).filter((line) => (line.match(/\*\*/g)?.length ?? 0) <= MOST_GLOBSTARS);
  return [...outer, { base, rules: ignore({ ignorecase: false }).add(lines.join('\n')) }];
}

/** Whether a file is ignored. */
export function ignoresFile(rules: Rules, path: string): boolean {
  return decide(rules, path)?.ignored ?? false;
}

/** The rules that hold inside a folder; undefined when the folder as a whole is ignored. */
export function enter(rules: Rules, folder: string): Rules | undefined {
  const path = `${folder}/`;
  const decision = decide(rules, path);
  if (!decision) return rules;
  return decision.ignored ? undefined : rules.map((set, index) => (index < decision.by ? included(set, path) : set));
}

/** The last rule of the nearest `.gitignore` decides. */
function decide(rules: Rules, path: string): { readonly ignored: boolean; readonly by: number } | undefined {
  for (let by = rules.length - 1; by >= 0; by--) {
    const set = rules[by];
    if (!set) continue;
    const { ignored, unignored } = set.rules.test(path.slice(set.base.length));
    if (ignored || unignored) return { ignored, by };
  }
  return undefined;
}

/** A nearer file took the folder back in, so an outer rule that excludes the folder no longer excludes everything below it. */
function included(set: RuleSet, path: string): RuleSet {
  const relative = path.slice(set.base.length);
  if (!set.rules.test(relative).ignored) return set;
  const escaped = relative.replace(/[\\*?[\] ]/g, '\\$&');
  return { base: set.base, rules: ignore({ ignorecase: false }).add(set.rules).add(`!/${escaped}`) };
}
