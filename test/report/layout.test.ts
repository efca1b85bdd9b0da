/** Lines out of text, and the escaping on the way. */
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/report/escape-terminal.ts';
import { flow, stack } from '../../src/report/layout.ts';

describe('flow', () => {
  const text = 'The client that calls the card gateway waits longer than declared.';

  it('wraps at the width and hangs what follows', () => {
    expect(flow(40, [text], { indent: 2, hang: 4 })).toEqual([
      '  The client that calls the card gateway',
      '    waits longer than declared.',
    ]);
  });

  it('does not wrap without a width', () => {
    expect(flow(0, [text, text], { indent: 2 })).toEqual([`  ${text} ${text}`]);
  });

  it('counts wide characters as two columns', () => {
    const lines = flow(40, ['漢'.repeat(30)]);
    expect(lines.length).toBe(2);
    expect(lines.join('')).toBe('漢'.repeat(30));
  });

  it('breaks a long word but never a path', () => {
    expect(flow(40, ['x'.repeat(60)]).length).toBe(2);
    expect(flow(40, [`docs/${'x'.repeat(60)}.md`])).toHaveLength(1);
  });

  it('never lets a broken word begin a line with colons, which a CI log could take for a command', () => {
    for (let length = 30; length < 45; length++) {
      const lines = flow(40, [`${'x'.repeat(length)}::error::${'y'.repeat(30)}`]);
      expect(lines.filter((line) => line.startsWith(':') || line.length > 40)).toEqual([]);
    }
  });

  it('paints words of one chunk together, and padding not at all', () => {
    const paint = (words: string) => `<${words}>`;
    expect(
      flow(80, [
        { text: 'a b', paint },
        { text: 'fix', paint, pad: 5 },
        { text: 'c', gap: 0 },
      ]),
    ).toEqual(['<a b> <fix>  c']);
  });

  it('leaves out what is empty or undefined', () => {
    expect(flow(80, [undefined, ''])).toEqual([]);
  });
});

describe('stack', () => {
  it('puts one empty line between blocks that are not empty', () => {
    expect(stack([['a'], [], ['b', 'c']])).toEqual(['a', '', 'b', 'c']);
  });
});

describe('visible', () => {
  it.each([
    ['one line\nand another', 'one line and another'],
    ['a\tb', 'a b'],
    ['\u001B[31mred', '\\u{1b}[31mred'],
    ['over\rwritten', 'over\\u{d}written'],
    ['user\u202Etxt.exe', 'user\\u{202e}txt.exe'],
    ['zero\u200Bwidth', 'zero\\u{200b}width'],
    ['tag\u{E0041}', 'tag\\u{e0041}'],
    ['lone \uD800 surrogate', 'lone \\u{d800} surrogate'],
    ['::error::x', '\\u{3a}:error::x'],
    ['##[group]x', '\\u{23}#[group]x'],
  ])('shows %j as %j', (raw, shown) => {
    expect(visible(raw)).toBe(shown);
  });

  it('leaves ordinary text of any script alone', () => {
    for (const text of [
      'Größe ≥ 3',
      '結果を確認する',
      '⚠️ degraded',
      'Payments::Client',
      'a: b :: c'.replace(' ::', ','),
      '## Heading',
      'नमस्ते',
    ]) {
      expect(visible(text)).toBe(text);
    }
  });

  it('says how much of a very long text it leaves out', () => {
    expect(visible('x'.repeat(5000))).toMatch(/x \(3000 more characters\)$/);
  });
});
