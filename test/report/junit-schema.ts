/** Jenkins' own schema of JUnit reports, by libxml2. */
import { readFileSync } from 'node:fs';
import { validateXML } from 'xmllint-wasm';

const XSD = readFileSync('test/report/conformance/junit-10.xsd', 'utf8');

/** What the schema has against some documents. */
export async function schemaErrors(texts: readonly string[]): Promise<readonly string[]> {
  const xml = texts.map((contents, index) => ({ fileName: `report-${index}.xml`, contents }));
  const { errors } = await validateXML({ xml, schema: XSD, initialMemoryPages: 2048, maxMemoryPages: 8192 });
  return errors.map(({ rawMessage }) => rawMessage);
}
