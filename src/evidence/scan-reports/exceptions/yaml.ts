/** Exceptions in YAML: .trivyignore.yaml, .grype.yaml, .bundler-audit.yml and .snyk. */
import { list, record } from '../../plain-value.ts';
import type { YamlDocument, YamlPath } from '../../yaml/yaml.ts';
import { packageOf } from '../package-url.ts';
import { optional, text } from '../values.ts';
import type { Noted, NotedExceptions } from './exception.ts';
import { commentAt, ending, saidIn } from './said.ts';

/** A parsed file and its lines, for comments. */
export interface YamlSource {
  readonly document: YamlDocument;
  readonly lines: readonly string[];
}

/** `vulnerabilities` of Trivy's file; those of other kinds concern no package. */
export function readTrivyignoreYaml({ document, lines }: YamlSource): NotedExceptions {
  const entries = list(record(document.value).vulnerabilities).map(record);
  return summed(
    entries.flatMap((it, index): readonly (Noted | undefined)[] => {
      const id = text(it.id);
      const about = {
        ...said(it.statement, lines, document, ['vulnerabilities', index]),
        ...ending(it.expired_at),
      };
      if (id === undefined) return [undefined];
      const packages = list(it.purls).flatMap((url) => packageOf(url) ?? []);
      return packages.length === 0
        ? [{ id, ...about }]
        : packages.map(({ name, version }) => ({ id, package: name, ...optional('version', version), ...about }));
    }),
  );
}

/** `ignore` of Grype; a rule may name neither a vulnerability nor a package. */
export function readGrypeYaml({ document, lines }: YamlSource): NotedExceptions {
  const rules = list(record(document.value).ignore).map(record);
  return summed(
    rules.map((it, index): Noted => {
      const [id, { name, version }] = [text(it.vulnerability), record(it.package)];
      const rest = Object.keys(it).filter((key) => !/^(?:vulnerability|package|reason)$/.test(key));
      const words = rest.map((key) => `${key}: ${text(it[key]) ?? '…'}`).join(', ');
      return {
        id: id ?? (text(name) !== undefined && rest.length === 0 ? '*' : words || 'everything of a kind'),
        ...optional('package', name),
        ...optional('version', version),
        ...said(it.reason, lines, document, ['ignore', index]),
      };
    }),
  );
}

/** `ignore` of bundler-audit. */
export function readBundlerAudit({ document, lines }: YamlSource): NotedExceptions {
  const ids = list(record(document.value).ignore);
  return summed(
    ids.map((it, index) => {
      const id = text(it);
      return id === undefined ? undefined : { id, ...said(undefined, lines, document, ['ignore', index]) };
    }),
  );
}

/** Snyk's ids of flawed configuration and of licences. */
const NO_VULNERABILITY = /^(?:SNYK-CC-|snyk:lic:)/i;

/** `ignore` of Snyk: by id, then by path through the packages. */
export function readSnyk({ document, lines }: YamlSource): NotedExceptions {
  const byId = Object.entries(record(record(document.value).ignore)).filter(([id]) => !NO_VULNERABILITY.test(id));
  return summed(
    byId.flatMap(([id, paths]) =>
      list(paths).flatMap((it, index) =>
        Object.entries(record(it)).map(([, rule]): Noted => {
          const { reason, expires } = record(rule);
          return { id, ...said(reason, lines, document, ['ignore', id, index]), ...ending(expires) };
        }),
      ),
    ),
  );
}

function summed(found: readonly (Noted | undefined)[]): NotedExceptions {
  const exceptions = found.flatMap((it) => it ?? []);
  return { exceptions, left: found.length - exceptions.length };
}

/** A field's own reason, else the comment beside or above it; and the line. */
function said(reason: unknown, lines: readonly string[], document: YamlDocument, path: YamlPath) {
  const { line } = document.at(path);
  return { ...saidIn(commentAt(lines, line - 1)), ...saidIn(reason), line };
}
