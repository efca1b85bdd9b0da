/** Colours and symbols for one canvas. Every symbol stands beside its word, so that nothing is said by colour or shape alone. */
import { Chalk } from 'chalk';
import type { Ruling, Severity, Standing, Verdict } from '../model.ts';
import type { Canvas } from './canvas.ts';
import type { Paint } from './layout.ts';
import { isLinkable } from './place-link.ts';
import { RULING_SIGNS } from './signs.ts';

/** Drawings outside ASCII and what replaces them. */
interface Signs {
  readonly ruling: Readonly<Record<Ruling, string>>;
  readonly arrow: string;
  readonly dot: string;
  readonly nothing: string;
  readonly line: string;
  /** Parts of the assurance bar: verified, declared, not met, unknown. */
  readonly bar: Readonly<Record<'verified' | 'declared' | 'unmet' | 'unknown', string>>;
}

const UNICODE: Signs = {
  ruling: RULING_SIGNS,
  arrow: '→',
  dot: '·',
  nothing: '·',
  line: '─',
  bar: { verified: '█', declared: '▒', unmet: '░', unknown: '?' },
};

const ASCII: Signs = {
  ruling: { pass: '+', trust: 'o', warn: '!', fail: 'x', waived: '=', skip: '-' },
  arrow: '->',
  dot: '-',
  nothing: '.',
  line: '-',
  bar: { verified: '#', declared: '=', unmet: '.', unknown: '?' },
};

/** What a human format draws with. */
export interface Pen {
  /** Columns to wrap at; 0 for none. */
  readonly width: number;
  readonly verbose: boolean;
  readonly signs: Signs;
  readonly strong: Paint;
  readonly dim: Paint;
  readonly place: Paint;
  readonly ruling: Readonly<Record<Ruling, Paint>>;
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly standing: Readonly<Record<Standing, Paint>>;
  readonly verdict: Readonly<Record<Verdict, Paint>>;
  /** Whether a verdict is drawn on a coloured ground, which wants a space at both ends. */
  readonly badges: boolean;
  /** A link where the terminal follows links, else plain. */
  link(address: string): Paint;
}

/** The pen for a canvas. */
export function penFor({ width, colour, unicode, verbose, hyperlinks }: Canvas): Pen {
  const chalk = new Chalk({ level: colour });
  const { red, yellow, green, cyan, magenta, dim, bold } = chalk;
  return {
    width,
    verbose,
    signs: unicode ? UNICODE : ASCII,
    strong: bold,
    dim,
    place: cyan,
    ruling: { pass: green, trust: cyan, warn: yellow, fail: red.bold, waived: magenta, skip: dim },
    severity: { critical: red.bold, major: yellow.bold, standard: bold, off: dim },
    standing: {
      verified: green,
      declared: cyan,
      contradicted: red,
      stale: yellow,
      missing: red,
      unknown: magenta,
      'not-applicable': dim,
    },
    verdict: { GO: green.bold.inverse, 'CONDITIONAL GO': magenta.bold.inverse, 'NO-GO': red.bold.inverse },
    badges: colour > 0,
    link: (address) => (text) => (hyperlinks && isLinkable(address) ? osc8(address, text) : text),
  };
}

function osc8(address: string, text: string): string {
  return `\u001B]8;;${address}\u001B\\${text}\u001B]8;;\u001B\\`;
}
