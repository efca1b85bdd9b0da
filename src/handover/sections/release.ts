/** How a change reaches production, and how it is taken back. */

import { pagePart, check as rollbackDocumented, triedPart } from '../../checks/release/rollback-documented.ts';
import { days } from '../../dates.ts';
import { type Context, gathered, manifestName, valuesOf } from '../context.ts';
import type { Line, Section } from '../handover.ts';
import { claimed, group, joined, ruled, section } from '../line.ts';
import { passageAt } from '../passage.ts';

/** The section. */
export function release(context: Context): Section {
  const groups = [
    ...group('To production', [...plan(context), ...shown(context)]),
    ...group('Taking a release back', rollback(context)),
  ];
  return section(
    'release',
    'How it is deployed and rolled back',
    groups,
    `${manifestName(context)} says how a change reaches production, and no pipeline does.`,
  );
}

function plan(context: Context): readonly Line[] {
  const { strategy, artifact, migrations } = context.claims.release ?? {};
  return [
    ...claimed(context, 'Strategy', strategy, '/release/strategy'),
    ...claimed(
      context,
      'What is released',
      artifact && joined([artifact.kind, artifact.build_once && 'the same through all environments']),
      '/release/artifact',
    ),
    ...claimed(
      context,
      'Database changes',
      migrations && joined([migrations.tool, migrations.policy]),
      '/release/migrations',
    ),
  ];
}

function shown(context: Context): readonly Line[] {
  return [
    ...ruled(context, 'Tests', 'release/ci-runs-tests'),
    ...ruled(context, 'Tests come first', 'release/tests-gate-release'),
    ...ruled(context, 'One artefact', 'release/same-artifact-promoted'),
    ...ruled(context, 'Elsewhere first', 'release/lower-environment-first'),
    ...ruled(context, 'How it is replaced', 'release/rolling-or-better'),
    ...ruled(context, 'Looked at afterwards', 'release/post-deploy-verification'),
    ...ruled(context, 'Safe for the running version', 'release/db-migration-safe'),
    ...ruled(context, 'Which commit runs', 'release/release-traceable'),
  ];
}

function rollback(context: Context): readonly Line[] {
  const { claims, asOf, at } = context;
  const back = claims.release?.rollback;
  const evidence = gathered(context, 'rollback-docs', 'references', 'records');
  const rules = ruled(context, 'By itself', 'release/rollback-automated');
  if (!back) return [...ruled(context, 'Written down', 'release/rollback-documented'), ...rules];
  const limit = days(valuesOf(context, 'release/rollback-documented', rollbackDocumented.params).max_age) ?? 180;
  const references = evidence?.references.facts;
  const page = evidence && references && pagePart(back, evidence['rollback-docs'].facts, references, at);
  const tried = evidence && references && triedPart(back, evidence.records.facts, references, { limit, asOf, at });
  const pointer = '/release/rollback';
  return [
    ...claimed(context, 'Longest time', back.max, `${pointer}/max`),
    ...claimed(context, 'What to do', back.runbook, `${pointer}/runbook`, {
      part: page,
      quote: passageAt(context, `${pointer}/runbook`)?.quote ?? [],
    }),
    ...claimed(context, 'Last tried', back.tested_on, `${pointer}/tested_on`, { part: tried }),
    ...rules,
  ];
}
