/** Judges a small repository by one rule of a checklist that a test writes down. */
import { loadChecklist } from '../../../src/checklist/load-checklist.ts';
import type { Finding } from '../../../src/model.ts';
import { memoryRepo } from '../../../src/repo/memory.ts';
import { judgeRepository } from '../../../src/run.ts';

/** A checklist of one rule, as text; `with` is written as JSON, which is YAML. */
export function checklistOf(check: string, params: Readonly<Record<string, unknown>>): string {
  return `area: acme
title: Acme
intro: Rules of Acme.
rules:
  - id: acme/rule
    statement: It is so.
    severity: { tier1: major, tier2: major, tier3: major, tier4: major }
    check: ${check}
    why: It matters.
    fix: Do it.
    with: ${JSON.stringify(params)}
`;
}

/** The manifest of a service of tier 2. */
export const MANIFEST = 'apiVersion: gonogo/v1\nkind: Service\nname: shop\ntier: 2\nowner: team-shop\n';

/** The finding of that rule. */
export async function judgedBy(
  check: string,
  params: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>>,
): Promise<Finding> {
  const own = await loadChecklist(checklistOf(check, params), 'acme.yaml', []);
  const other = await loadChecklist(checklistOf('manifest/present', {}).replaceAll('acme', 'else'), 'else.yaml', []);
  const report = await judgeRepository(
    { repo: memoryRepo({ name: 'shop', files }), dir: '', rootNamed: () => undefined },
    {
      asOf: '2026-11-16',
      only: [],
      failOn: 'major',
      checklists: [own, other],
      profiles: {},
      version: '0.0.0',
      debug: true,
    },
  );
  const finding = report.services[0]?.findings.find((it) => it.rule === 'acme/rule');
  if (!finding) throw new Error('the rule gave no finding');
  return finding;
}
