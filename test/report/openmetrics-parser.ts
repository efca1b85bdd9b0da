/** A strict reader of OpenMetrics text that holds gauges only: whatever the specification does not say of them is an error. */

/** One sample. */
export interface MetricSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (NaN|[+-]?(?:Inf|\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/;
const LABEL = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;

/** Reads a document; throws at the first thing that is wrong. */
export function parseOpenMetrics(text: string): readonly MetricSample[] {
  if (!text.endsWith('# EOF\n')) throw new Error('it does not end with # EOF');
  const lines = text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1);
  const samples: MetricSample[] = [];
  const families = new Map<string, Set<string>>();
  let open = { name: '', declared: new Set<string>(), sampled: false };
  for (const line of lines) {
    const [, word, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? [];
    if (word !== undefined) {
      if (!NAME.test(name)) throw new Error(`no name: ${name}`);
      if (name !== open.name || open.sampled) {
        if (families.has(name)) throw new Error(`the family ${name} is interleaved`);
        families.set(name, new Set());
        open = { name, declared: new Set(), sampled: false };
      }
      if (open.declared.has(word)) throw new Error(`${word} of ${name} is given twice`);
      open.declared.add(word);
      if (word === 'TYPE' && rest !== 'gauge') throw new Error(`${name} is no gauge`);
      continue;
    }
    const sample = sampleOf(line);
    if (sample.name !== open.name || open.declared.size !== 2)
      throw new Error(`${sample.name} has no HELP and TYPE above it`);
    const key = JSON.stringify(Object.entries(sample.labels).sort());
    if (families.get(open.name)?.has(key)) throw new Error(`twice the same labels: ${line}`);
    families.get(open.name)?.add(key);
    open.sampled = true;
    samples.push(sample);
  }
  return samples;
}

function sampleOf(line: string): MetricSample {
  const [, name = '', inner = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (name === '') throw new Error(`no sample: ${line}`);
  const labels: Record<string, string> = {};
  for (let rest = inner; rest !== ''; ) {
    const [whole, label = '', text = ''] = LABEL.exec(rest) ?? [];
    if (whole === undefined) throw new Error(`no labels: ${rest}`);
    if (label in labels) throw new Error(`the label ${label} is given twice`);
    labels[label] = text.replace(/\\(.)/g, (_, mark: string) => (mark === 'n' ? '\n' : mark));
    rest = rest.slice(whole.length);
  }
  return { name, labels, value: Number(value) };
}
