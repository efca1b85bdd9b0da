/** Reads the exceptions of one file, each kind by its own reader. */
import type { Unread } from '../../../model.ts';
import type { SourceFile, Sources } from '../../collector.ts';
import { placeIn } from '../../sources.ts';
import { yamlTrouble } from '../../yaml/trouble.ts';
import { quotedLines } from '../quoted-lines.ts';
import type { Exception, NotedExceptions } from './exception.ts';
import { type ExceptionFile, exceptionFile } from './files.ts';
import { type LineOf, readAuditCi, readNsprc, readOpenVex } from './json.ts';
import { isSuppressions, readSuppressions } from './suppressions.ts';
import { readCargoToml, readOsvScannerToml } from './toml.ts';
import { readTrivyignore } from './trivyignore.ts';
import { readBundlerAudit, readGrypeYaml, readSnyk, readTrivyignoreYaml, type YamlSource } from './yaml.ts';

/** Kept of one file. */
const MOST_EXCEPTIONS = 2000;

type Reader =
  | { readonly text: (text: string) => NotedExceptions | undefined }
  | { readonly yaml: (source: YamlSource) => NotedExceptions }
  | { readonly json: (value: unknown, lineOf: LineOf) => NotedExceptions | undefined };

const READERS: Readonly<Record<ExceptionFile, Reader>> = {
  'osv-scanner.toml': { text: readOsvScannerToml },
  'deny.toml': { text: readCargoToml },
  'audit.toml': { text: readCargoToml },
  '.trivyignore': { text: readTrivyignore },
  '.trivyignore.yaml': { yaml: readTrivyignoreYaml },
  '.grype.yaml': { yaml: readGrypeYaml },
  '.bundler-audit.yml': { yaml: readBundlerAudit },
  '.snyk': { yaml: readSnyk },
  'audit-ci': { json: readAuditCi },
  '.nsprc': { json: readNsprc },
  OpenVEX: { json: readOpenVex },
  'dependency-check': { text: (text) => (isSuppressions(text) ? readSuppressions(text) : undefined) },
};

/** The exceptions of one file; what is not understood is unread. */
export async function exceptionsIn(
  file: SourceFile,
  sources: Sources,
  unread: Unread[],
): Promise<readonly Exception[]> {
  const kind = exceptionFile(file.path);
  if (kind === undefined) return [];
  const found = await readBy(READERS[kind], file, sources, unread);
  if (!found) return [];
  const { exceptions, left, broken } = found;
  if (broken !== undefined) unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: broken });
  if (left > 0)
    unread.push({ at: placeIn(file), reason: 'invalid-syntax', detail: `${left} of its entries are not understood` });
  if (exceptions.length > MOST_EXCEPTIONS)
    unread.push({
      at: placeIn(file),
      reason: 'limit',
      detail: `only its first ${MOST_EXCEPTIONS} exceptions are kept`,
    });
  return exceptions
    .slice(0, MOST_EXCEPTIONS)
    .map(({ line, ...rest }) => ({ ...rest, from: kind, at: placeIn(file, line) }));
}

async function readBy(
  reader: Reader,
  file: SourceFile,
  sources: Sources,
  unread: Unread[],
): Promise<NotedExceptions | undefined> {
  const text = sources.text(file, unread);
  if (text === undefined) return undefined;
  if ('text' in reader) return reader.text(text);
  if ('json' in reader) return json(text, reader.json);
  const parsed = sources.yaml(file, unread);
  unread.push(...yamlTrouble(parsed, ({ line, column }) => placeIn(file, line, column)));
  const [document] = parsed?.documents ?? [];
  return document && reader.yaml({ document, lines: text.split('\n') });
}

/** With comments and trailing commas, as some of these tools allow. */
async function json(
  text: string,
  read: (value: unknown, lineOf: LineOf) => NotedExceptions | undefined,
): Promise<NotedExceptions | undefined> {
  try {
    return read(await parsedJson(text), quotedLines(text));
  } catch (error) {
    const said = error instanceof Error ? error.message : 'it is no JSON';
    return { exceptions: [], left: 0, broken: said.slice(0, 200) };
  }
}

async function parsedJson(text: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch {
    const { default: JSON5 } = await import('json5');
    return JSON5.parse(text);
  }
}
