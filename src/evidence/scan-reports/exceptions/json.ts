/** Exceptions in JSON: audit-ci's allowlist, .nsprc of better-npm-audit, and statements of OpenVEX. */
import { list, record } from '../../plain-value.ts';
import { packageOf } from '../package-url.ts';
import { day, optional, text } from '../values.ts';
import { isAdvisoryId } from './advisory-ids.ts';
import type { Noted, NotedExceptions } from './exception.ts';
import { ending, saidIn } from './said.ts';

type Members = Readonly<Record<string, unknown>>;
/** The line on which a text stands. */
export type LineOf = (sought: string) => number;

/** `allowlist` of audit-ci: ids, paths as `GHSA-…|a>b`, or objects with `active`, `expiry` and `notes`. */
export function readAuditCi(value: unknown, lineOf: LineOf): NotedExceptions {
  const { allowlist, advisories, whitelist } = record(value);
  const entries = [allowlist, advisories, whitelist].flatMap(list);
  return summed(
    entries.flatMap((entry): readonly (Noted | undefined)[] => {
      if (typeof entry !== 'object' || entry === null) return [allowed(text(entry), lineOf)];
      return Object.entries(entry)
        .map(([key, rule]) => {
          const { active, notes, expiry } = record(rule);
          const noted = allowed(text(key), lineOf);
          return active === false ? 'off' : noted && { ...noted, ...saidIn(notes), ...ending(expiry) };
        })
        .filter((it) => it !== 'off');
    }),
  );
}

function allowed(entry: string | undefined, lineOf: LineOf): Noted | undefined {
  const [id = '', path] = entry?.split('|') ?? [];
  if (id === '') return undefined;
  const line = lineOf(entry ?? '');
  // What is no id is the name of a package.
  return isAdvisoryId(id) || /^\d+$/.test(id)
    ? { id, ...optional('package', path?.split('>').pop()), line }
    : { id: '*', package: id, line };
}

/** By id: a reason, or an object with `active`, `notes` and `expiry`; in its oldest form a list of addresses. */
export function readNsprc(value: unknown, lineOf: LineOf): NotedExceptions {
  const members = record(value);
  const old = list(members.exceptions).map((it) => ({
    id: text(it)?.replace(/^.*\//, ''),
    written: text(it),
    rule: {},
  }));
  const byId = Object.entries(members)
    .filter(([key]) => key !== 'exceptions')
    .map(([id, rule]) => ({ id, written: id, rule: typeof rule === 'string' ? { notes: rule } : record(rule) }));
  return summed(
    [...old, ...byId.filter(({ rule }) => rule.active !== false)].map(({ id, written, rule }) => {
      const { notes, expiry } = rule as Members;
      return id ? { id, ...saidIn(notes), ...ending(expiry), line: lineOf(written ?? id) } : undefined;
    }),
  );
}

/** Statements by which a product is not affected, or no longer. After openvex/spec, OPENVEX-SPEC.md 0.2.0. */
export function readOpenVex(value: unknown, lineOf: LineOf): NotedExceptions | undefined {
  const document = record(value);
  const contexts = [document['@context'], ...list(document['@context'])];
  if (!contexts.some((it) => text(it)?.includes('openvex'))) return undefined;
  return summed(list(document.statements).flatMap((it) => statement(record(it), document, lineOf)));
}

function statement(it: Members, document: Members, lineOf: LineOf): readonly (Noted | undefined)[] {
  const named = typeof it.vulnerability === 'string' ? { name: it.vulnerability } : record(it.vulnerability);
  const id = text(named.name) ?? text(named['@id']);
  if (id === undefined) return [undefined];
  if (!/^(?:not_affected|fixed)$/.test(text(it.status) ?? '')) return [];
  const reason = [text(it.justification), text(it.impact_statement) ?? text(it.status_notes)]
    .filter(Boolean)
    .join(': ');
  const dated = [it.last_updated, it.timestamp, document.last_updated, document.timestamp].flatMap(
    (on) => day(on) ?? [],
  )[0];
  const about = {
    ...(reason !== '' ? { reason } : it.status === 'fixed' ? { reason: 'fixed in this version' } : {}),
    ...optional('owner', it.supplier ?? document.author),
    ...(dated !== undefined && { dated }),
    line: lineOf(id),
  };
  const ids = [id, ...list(named.aliases).flatMap((alias) => text(alias) ?? [])];
  const packages = list(it.products).flatMap((product) => packagesIn(product));
  const [first = {}] = packages;
  return ids
    .slice(0, 20)
    .flatMap((one) => (packages.length === 0 ? [first] : packages).map((its) => ({ id: one, ...its, ...about })));
}

/** A product that is a package, or the packages in it that are concerned; of others the id alone counts. */
function packagesIn(product: unknown): readonly Pick<Noted, 'package' | 'version'>[] {
  const { subcomponents, '@id': own } = record(typeof product === 'string' ? { '@id': product } : product);
  const inner = list(subcomponents).map((it) => (typeof it === 'string' ? it : record(it)['@id']));
  return (inner.length > 0 ? inner : [own]).flatMap((url) => {
    const found = packageOf(url);
    return found?.ecosystem ? [{ package: found.name, ...optional('version', found.version) }] : [];
  });
}

function summed(found: readonly (Noted | undefined)[]): NotedExceptions {
  const exceptions = found.flatMap((it) => it ?? []);
  return { exceptions, left: found.length - exceptions.length };
}
