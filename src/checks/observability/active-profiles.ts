/** Which of Spring's profiles are active in production, as far as deployment says, and whether a condition on them holds. Pure. */
import type { Variable } from '../../evidence/capabilities.ts';
import type { Workload } from '../../evidence/workloads/workload.ts';
import { variablesNamed } from './deployed-signs.ts';

/** The profiles by SPRING_PROFILES_ACTIVE of the workloads, else of the image; undefined where nothing says. */
export function activeProfiles(
  workloads: readonly Workload[],
  variables: readonly Variable[],
): readonly string[] | undefined {
  const name = /^SPRING_PROFILES_ACTIVE$/;
  const deployed = variablesNamed(workloads, name);
  if (deployed.some(({ value }) => value === undefined)) return undefined;
  const set = deployed.length > 0 ? deployed : variables.filter((it) => name.test(it.name));
  if (set.length === 0) return undefined;
  return [...new Set(set.flatMap(({ value }) => (value ?? '').split(',').map((it) => it.trim())))].filter(Boolean);
}

const FOR_PEOPLE =
  /^(local|dev|development|test|testing|e2e|docker|docker-compose|console|it|integration(-?test)?|mock)\b/i;
const IN_PRODUCTION = /^(prod|production|prd|live)$/i;

/** Whether a condition such as "!local", "prod | staging" or "a & !b" holds; undefined where that cannot be told. */
export function profileHolds(when: string, active: readonly string[] | undefined): boolean | undefined {
  const either = when.split(/[|,]/).map((all) => every(all.split('&').map((it) => single(bare(it), active))));
  if (either.includes(true)) return true;
  return either.includes(undefined) ? undefined : false;
}

function bare(condition: string): string {
  return condition.replace(/[()\s]/g, '');
}

function every(results: readonly (boolean | undefined)[]): boolean | undefined {
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
}

/** Without a word from deployment, production has the profiles that are named after it, and none that is for people's machines. */
function single(condition: string, active: readonly string[] | undefined): boolean | undefined {
  const name = condition.replace(/^!/, '');
  const holds = active ? active.includes(name) : guess(name);
  return holds === undefined || !condition.startsWith('!') ? holds : !holds;
}

function guess(name: string): boolean | undefined {
  if (IN_PRODUCTION.test(name)) return true;
  return FOR_PEOPLE.test(name) ? false : undefined;
}
