/** Runs the real pipeline on an example and renders its answer as the page shows it. */
import type { Reference } from '../evidence/reference.ts';
import { CHECKLISTS, PROFILES } from '../generated/checklists.ts';
import { InputError } from '../input-error.ts';
import type { Finding, Place } from '../model.ts';
import { memoryRepo } from '../repo/memory.ts';
import { judgeRepository, type NamedChecklist } from '../run.ts';
import { type Outside, referenceOf } from './outside.ts';
import type { Example } from './page.ts';

/** The day on which every page is judged. */
export const PAGE_DATE = '2026-11-16';

/** What an example is judged by. */
export interface Yardstick {
  readonly checklists: readonly NamedChecklist[];
  /** Rethrow what a check throws. */
  readonly debug: boolean;
}

/** Our own examples' yardstick. */
export const BUILT_IN: Yardstick = { checklists: CHECKLISTS, debug: true };

/** The finding of one rule on one example. */
export async function findingOn(example: Example, rule: string, yardstick: Yardstick = BUILT_IN): Promise<Finding> {
  const { files, roots, commits, versions, outside } = example;
  const history = commits.length > 0 ? { commits, versions } : { absent: 'not a git repository' };
  const repo = memoryRepo({ name: 'shop', files, ...history });
  const named = new Map(
    Object.entries(roots).map(([name, its]) => [name, memoryRepo({ name, root: name, files: its })]),
  );
  const saysTier = Object.entries(files).some(
    ([path, text]) => /(^|\/)gonogo\.(ya?ml|json)$/.test(path) && /^\s*"?tier"?:\s*[1-4]/m.test(text),
  );
  const report = await judgeRepository(
    { repo, dir: '', rootNamed: (name) => named.get(name) },
    {
      asOf: PAGE_DATE,
      ...(!saysTier && { tier: 1 }),
      only: onlyFor(rule),
      failOn: 'major',
      checklists: yardstick.checklists,
      profiles: PROFILES,
      reference: await referenceFor(outside),
      version: '0.0.0',
      ...(yardstick.debug && { debug: true }),
    },
  );
  const finding = report.services.flatMap((service) => service.findings).find((it) => it.rule === rule);
  if (!finding)
    throw new InputError(
      `${rule} gave no finding on "${example.title}"`,
      rule,
      'is it off for this tier, or due at a later stage? An example without a tier is judged as tier 1',
    );
  return finding;
}

/** Blocks on the world outside are written by hand, and whoever reads them expects their shape. */
async function referenceFor(blocks: readonly Outside[]): Promise<Reference> {
  try {
    return await referenceOf(blocks);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const names = blocks.map(({ what, ecosystem }) => `${what} ${ecosystem}`).join(', ');
    throw new InputError(`a block of an example cannot be used: ${message}`, names, 'compare it with our own examples');
  }
}

/** A run in which no rule applies is refused, so a rule that does not apply needs one beside it that does. */
const ALWAYS_JUDGED = 'manifest/present';

/** Rules that look at the verdict itself need the other rules to have been judged. */
function onlyFor(rule: string): readonly string[] {
  return /^(waivers\/|manifest\/claims-covered$|manifest\/na-)/.test(rule) ? [] : [rule, ALWAYS_JUDGED];
}

/** The answer as a block quote. */
export function renderAnswer(finding: Finding): string {
  const lines = [`**${finding.standing}** ${finding.because}`];
  if (finding.problems.length > 0)
    lines.push(
      '',
      ...finding.problems.map(
        (it) => `- ${[it.at && code(it.at), it.message].filter(Boolean).join(' ')}${it.fix ? ` → ${it.fix}` : ''}`,
      ),
    );
  const cited = [
    finding.claim && `claim ${code(finding.claim)}`,
    finding.evidence.length > 0 && `evidence ${finding.evidence.map(code).join(', ')}`,
  ].filter(Boolean);
  if (cited.length > 0) lines.push('', cited.join(' · '));
  return lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');
}

function code(place: Place): string {
  const path = place.root ? `repo:${place.root}//${place.path}` : place.path;
  return `\`${[path, place.line, place.column].filter((it) => it !== undefined).join(':')}\``;
}
