/** Runs the real pipeline on an example and renders its answer as the page shows it. */
import { CHECKLISTS, PROFILES } from '../../src/generated/checklists.ts';
import type { Finding, Place } from '../../src/model.ts';
import { memoryRepo } from '../../src/repo/memory.ts';
import { judgeRepository } from '../../src/run.ts';
import type { Example } from './page.ts';
import { referenceOf } from './reference.ts';

/** The day on which every page is judged. */
const PAGE_DATE = '2026-11-16';

/** The finding of one rule on one example. */
export async function findingOn(example: Example, rule: string): Promise<Finding> {
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
      checklists: CHECKLISTS,
      profiles: PROFILES,
      reference: await referenceOf(outside),
      version: '0.0.0',
      debug: true,
    },
  );
  const finding = report.services.flatMap((service) => service.findings).find((it) => it.rule === rule);
  if (!finding) throw new Error(`${rule} gave no finding: is it off for this tier, or due at a later stage?`);
  return finding;
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
