/** Which framework of the table a package belongs to. Pure. */
import { LIFECYCLES } from '../generated/lifecycles.ts';

/** Keys in the table by `ECOSYSTEM name`; of a group of Maven by `ECOSYSTEM group:`. */
const FRAMEWORKS: ReadonlyMap<string, string> = new Map(
  Object.entries(LIFECYCLES).flatMap(([key, { packages = [] }]) =>
    packages.map((it): [string, string] => [it.replace(/\*$/, ''), key]),
  ),
);

/** Ecosystems that frameworks of the table come from. */
export const FRAMEWORK_ECOSYSTEMS: ReadonlySet<string> = new Set(
  [...FRAMEWORKS.keys()].map((it) => it.slice(0, it.indexOf(' '))),
);

/** Groups of Maven that are frameworks of the table, with the key of each. */
export const FRAMEWORK_GROUPS: ReadonlyMap<string, string> = new Map(
  [...FRAMEWORKS].flatMap(([it, key]) => {
    const group = /^Maven (.+):$/.exec(it)?.[1];
    return group === undefined ? [] : [[group, key] as const];
  }),
);

/** The key of the framework that a package tells of; its name is spelled as the registry compares names. */
export function frameworkOf(ecosystem: string, name: string): string | undefined {
  const group = `${ecosystem} ${name.slice(0, name.indexOf(':') + 1)}`;
  return FRAMEWORKS.get(`${ecosystem} ${name}`) ?? (name.includes(':') ? FRAMEWORKS.get(group) : undefined);
}
