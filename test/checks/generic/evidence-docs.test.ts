/** Whoever writes an expression finds every kind of evidence with what it holds. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { READABLE } from '../../../src/checks/generic/expression-params.ts';

describe('docs/evidence.md', () => {
  const sections = new Map(
    readFileSync('docs/evidence.md', 'utf8')
      .split('\n## ')
      .slice(1)
      .map((section) => [section.split('\n')[0], section] as const),
  );

  it.each(READABLE)('has %s with the members of its facts, each block closed', (kind) => {
    const section = sections.get(kind) ?? '';
    expect(section).toMatch(/\b(interface|type) Facts\b[^=]*[={]/);
    expect(section.split('{').length).toBe(section.split('}').length);
    expect(section.match(/^```/gm)).toHaveLength(2);
  });
});
