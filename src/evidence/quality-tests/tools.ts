/** Tools that put a service under load, break it on purpose or judge its accessibility, each known by what its files say and never by their names. */
import { bareCode } from '../capabilities/bare-code.ts';

/** What is tested. */
export type QualityKind = 'load' | 'accessibility' | 'chaos';

/** What a tool's file says. */
export interface Tool {
  readonly name: string;
  readonly kind: QualityKind;
  /** Files it may be in. */
  readonly files: RegExp;
  /** Cheap look at the raw text. */
  readonly sniff: RegExp;
  /** What has to be in it, comments aside. */
  readonly signs: readonly RegExp[];
  /** What makes a run fail; absent where the tool knows no such thing. */
  readonly limits?: RegExp;
}

const SCRIPT = /\.(c|m)?(j|t)sx?$/;
const YAML = /\.ya?ml$/i;

/** Load tests, accessibility tests, experiments. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'k6',
    kind: 'load',
    files: SCRIPT,
    sniff: /["']k6(?:\/[\w/-]+)?["']/,
    signs: [/(?:from|require\(|import)\s*["']k6(?:\/[\w/-]+)?["']/, /\bexport\s+default\b|\boptions\b\s*=/],
    limits: /\bthresholds\b["']?\s*:\s*\{\s*[^\s}]/,
  },
  {
    name: 'JMeter',
    kind: 'load',
    files: /\.(jmx|xml)$/i,
    sniff: /<jmeterTestPlan\b/,
    signs: [/<jmeterTestPlan\b/],
    limits: /<DurationAssertion\b/,
  },
  {
    name: 'Gatling',
    kind: 'load',
    files: /\.(scala|java|kt)$/,
    sniff: /\bio\.gatling\b/,
    signs: [/\bimport\s+(?:static\s+)?io\.gatling\b/, /\bextends\s+Simulation\b|:\s*Simulation\(\)/],
    limits: /\.assertions\s*\(/,
  },
  {
    name: 'Gatling',
    kind: 'load',
    files: SCRIPT,
    sniff: /["']@gatling\.io\//,
    signs: [/["']@gatling\.io\/core["']/, /\bsimulation\s*\(/],
    limits: /\bassertions\s*[:(]/,
  },
  {
    name: 'Locust',
    kind: 'load',
    files: /\.py$/,
    sniff: /\blocust\b/,
    signs: [
      /^[ \t]*(?:from[ \t]+locust\b|import[ \t]+locust\b)/m,
      /\bclass\s+\w+\s*\([^)]{0,300}\b(?:HttpUser|FastHttpUser|User|HttpLocust|TaskSet|SequentialTaskSet)\b[^)]{0,300}\)/,
    ],
    limits: /\bprocess_exit_code\s*=/,
  },
  {
    name: 'Artillery',
    kind: 'load',
    files: /\.(ya?ml|json)$/i,
    sniff: /\bphases\b["']?\s*:/,
    signs: [
      /^[ \t]*["']?config["']?\s*:/m,
      /\bphases["']?\s*:/,
      /\bscenarios["']?\s*:/,
      /\b(?:target|arrivalRate|arrivalCount|duration)["']?\s*:/,
    ],
    limits: /\bensure["']?\s*:/,
  },
  {
    name: 'Taurus',
    kind: 'load',
    files: YAML,
    sniff: /^execution:/m,
    signs: [/^execution:/m, /\bconcurrency:/, /^scenarios:/m],
    limits: /\bcriteria:|module:\s*passfail/,
  },
  {
    name: 'the k6 operator',
    kind: 'load',
    files: YAML,
    sniff: /apiVersion:\s*["']?k6\.io\//,
    signs: [/^apiVersion:\s*["']?k6\.io\//m, /^kind:\s*["']?(?:K6|TestRun)\b/m],
  },
  {
    name: 'NBomber',
    kind: 'load',
    files: /\.(cs|fs)$/,
    sniff: /\bNBomber\b/,
    signs: [/\bNBomberRunner\b/, /\bScenario\s*\.\s*Create\b|\bScenario\.create\b/],
    limits: /\bThreshold\w*\b/,
  },
  {
    name: 'Goose',
    kind: 'load',
    files: /\.rs$/,
    sniff: /\bgoose::/,
    signs: [/\buse\s+goose::/, /\bGooseAttack\b/],
  },
  {
    name: 'ghz',
    kind: 'load',
    files: /(^|\/)[^/]*ghz[^/]*\.(json|toml|ya?ml)$/i,
    sniff: /\bcall\b/,
    signs: [/\bcall["']?\s*[:=]/, /\b(?:total|rps|concurrency)["']?\s*[:=]/, /\bhost["']?\s*[:=]/],
  },
  {
    name: 'Lighthouse CI',
    kind: 'accessibility',
    files: /(^|\/)\.?lighthouserc\.(c?js|json|ya?ml)$/,
    sniff: /\bassert\b/,
    signs: [/\bassert["']?\s*:/],
    limits: /\bassertions["']?\s*:/,
  },
  {
    name: 'pa11y',
    kind: 'accessibility',
    files: /(^|\/)\.?pa11yci(\.[\w.]+)?$/,
    sniff: /\burls\b/,
    signs: [/\burls["']?\s*:/],
  },
  {
    name: 'axe',
    kind: 'accessibility',
    files: SCRIPT,
    sniff: /axe/,
    signs: [
      /(?:from|require\(|import)\s*["'](?:jest-axe|vitest-axe|cypress-axe|axe-playwright|@axe-core\/[\w-]+|axe-core)["']/,
      /\b(?:toHaveNoViolations|axe|checkA11y|AxeBuilder|injectAxe|configureAxe|AxePuppeteer)\b/,
    ],
  },
  {
    name: 'axe',
    kind: 'accessibility',
    files: /\.rb$/,
    sniff: /axe/,
    signs: [/\brequire\s*\(?\s*["'](?:axe-rspec|axe-capybara|axe\/rspec|axe-cucumber-steps)["']|\bbe_axe_clean\b/],
  },
  {
    name: 'axe',
    kind: 'accessibility',
    files: /\.py$/,
    sniff: /axe/,
    signs: [/^[ \t]*(?:from|import)[ \t]+(?:axe_playwright_python|axe_selenium_python|axe_core_python)\b/m],
  },
  {
    name: 'Chaos Mesh',
    kind: 'chaos',
    files: YAML,
    sniff: /chaos-mesh\.org\//,
    signs: [/^\s*apiVersion:\s*["']?chaos-mesh\.org\//m, /^\s*kind:\s*["']?(?:\w*Chaos|Schedule|Workflow)\b/m],
  },
  {
    name: 'Litmus',
    kind: 'chaos',
    files: YAML,
    sniff: /litmuschaos\.io\//,
    signs: [/^\s*apiVersion:\s*["']?litmuschaos\.io\//m, /^\s*kind:\s*["']?Chaos(?:Engine|Schedule)\b/m],
  },
  {
    name: 'AWS FIS',
    kind: 'chaos',
    files: /\.(ya?ml|json|tf)$/i,
    sniff: /AWS::FIS::ExperimentTemplate|aws_fis_experiment_template/,
    signs: [/AWS::FIS::ExperimentTemplate|^\s*resource\s+"aws_fis_experiment_template"/m],
  },
  {
    name: 'Chaos Toolkit',
    kind: 'chaos',
    files: /\.(ya?ml|json)$/i,
    sniff: /steady-state-hypothesis/,
    signs: [/\bsteady-state-hypothesis["']?\s*:/, /\bmethod["']?\s*:/],
  },
  {
    name: 'Toxiproxy',
    kind: 'chaos',
    files: /\.(go|py|rb|java|kt|cs|(c|m)?(j|t)sx?)$/,
    sniff: /toxiproxy/i,
    signs: [/\bAddToxic\s*\(|\badd_toxic\s*\(|\.toxics\s*\(\)|\bToxiproxy\[|\.addToxic\s*\(/],
  },
];

/** A tool's signs in a text: where, and whether a run can fail; undefined where they are not all there. */
export function signOf(
  tool: Tool,
  text: string,
  path: string,
): { readonly index: number; readonly limited?: boolean } | undefined {
  if (!tool.sniff.test(text)) return undefined;
  const code = withoutComments(text, path);
  const found = tool.signs.map((it) => it.exec(code));
  const [first] = found;
  if (!first || found.includes(null)) return undefined;
  const index = first.index + first[0].search(/\S/);
  return { index, ...(tool.limits && { limited: tool.limits.test(code) }) };
}

/** The text with its comments blank, and as long. */
function withoutComments(text: string, path: string): string {
  if (/\.(jmx|xml)$/i.test(path)) return text.replace(/<!--[\s\S]*?(?:-->|$)/g, blanked);
  if (/\.(ya?ml|toml)$/i.test(path)) return text.replace(/^[ \t]*#.*$/gm, blanked);
  return /\.(json|tf)$|pa11yci|lighthouserc/i.test(path) ? text : bareCode(text, path).code;
}

function blanked(piece: string): string {
  return piece.replace(/[^\n]/g, ' ');
}
