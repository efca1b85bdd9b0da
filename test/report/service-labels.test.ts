/** Labels of services: readable, and never two the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '../../src/report/escape-terminal.ts';
import { serviceLabels } from '../../src/report/service-labels.ts';
import { openText } from './random-parts.ts';
import { service } from './sample-report.ts';

function labels(...services: readonly (readonly [name: string, dir: string])[]): readonly string[] {
  return serviceLabels(services.map(([name, dir]) => service([], { name, dir })));
}

describe('the labels of services', () => {
  it('are their names, with the folder only where that is needed', () => {
    expect(labels(['a', 'x'], ['b', 'y'])).toEqual(['a', 'b']);
    expect(labels(['a', ''], ['b', 'y'], ['a', 'x'])).toEqual(['a (.)', 'b', 'a (x)']);
    expect(labels(['a (x)', ''], ['a', 'x'], ['a', 'x'])).toEqual(['a (x)', 'a (x) #2', 'a (x) #3']);
  });

  it('are never the same twice, however alike names are, and stay so when they are escaped', () => {
    const names = fc.oneof(
      openText,
      fc.constantFrom('a', 'a\t', 'a ', 'a\n', '', 'x'.repeat(300), `${'x'.repeat(300)}y`),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, names), { maxLength: 8 }), (services) => {
        const made = labels(...services);
        expect(new Set(made.map(visible)).size).toBe(services.length);
      }),
      { numRuns: 500 },
    );
  });
});
