import { describe, expect, it } from 'vitest';
import type { Ecosystem, Step } from '../../src/versions/order.ts';
import { orderOf } from '../../src/versions/orders.ts';
import { stepBetween } from '../../src/versions/step.ts';

const STEPS: readonly (readonly [Ecosystem, string, string, Step])[] = [
  ['npm', '1.2.3', '2.0.0', 'major'],
  ['npm', '1.2.3', '1.3.0', 'minor'],
  ['npm', '1.2.3', '1.2.4', 'patch'],
  ['npm', '0.2.3', '0.3.0', 'major'],
  ['npm', '0.2.3', '0.2.4', 'patch'],
  ['npm', '0.0.3', '0.0.4', 'major'],
  ['npm', '0.9.9', '1.0.0', 'major'],
  ['npm', '1.0.0', '1.0.1', 'patch'],
  ['npm', '1.0.0-rc.1', '1.0.0', 'patch'],
  ['npm', '2.0.0-rc.1', '3.0.0-rc.1', 'major'],
  ['crates.io', '0.12.1', '0.13.0', 'major'],
  ['crates.io', '0.0.1', '0.0.2', 'major'],
  ['PyPI', '0.2', '0.3', 'minor'],
  ['PyPI', '1.0', '1.0.0.post1', 'patch'],
  ['PyPI', '1!1.0', '2!1.0', 'other'],
  ['PyPI', '2023.7.22', '2024.2.2', 'other'],
  ['PyPI', '24.1', '25.0', 'major'],
  ['Go', 'v1.2.3', 'v1.3.0', 'minor'],
  ['Go', 'v0.17.0', 'v0.18.0', 'minor'],
  ['Go', 'v2.0.0+incompatible', 'v3.0.0+incompatible', 'major'],
  ['Go', 'v0.0.0-20220101000000-abcdefabcdef', 'v0.0.0-20240101000000-abcdefabcdef', 'other'],
  ['Go', 'v0.0.0-20220101000000-abcdefabcdef', 'v0.1.0', 'minor'],
  ['RubyGems', '7.0.4', '7.0.4.1', 'patch'],
  ['Packagist', 'v5.4.1', '5.4.2', 'patch'],
  ['Packagist', '20230101', '20240101', 'other'],
  ['Maven', '5.3.0.RELEASE', '5.3.20', 'patch'],
  ['Maven', '31.1-jre', '32.0.0-jre', 'major'],
  ['Maven', '20040616', '1.2', 'other'],
  ['NuGet', '1.2.3.4', '1.2.3.5', 'patch'],
  ['Hex', '0.1.0', '0.2.0', 'minor'],
  ['Helm', '15.5.20', '15.6.0', 'minor'],
  ['Terraform', '4.0', '5.31.0', 'major'],
  ['npm', '1.0.0', 'latest', 'other'],
  ['npm', '', '', 'other'],
  ['npm', '99999999999999999999.0.0', '99999999999999999999.1.0', 'other'],
];

describe('the step between two versions', () => {
  it.each(STEPS)('%s %s to %s is %s', (ecosystem, from, to, step) => {
    expect(stepBetween(ecosystem, from, to)).toBe(step);
  });
});

describe('the order of an ecosystem', () => {
  it('is its own', () => {
    expect(orderOf('Maven').compare('1.0', '1.0-sp')).toBeLessThan(0);
    expect(orderOf('npm').compare('1.0.0', '1.0.0-sp')).toBeGreaterThan(0);
    expect(orderOf('PyPI').compare('1.0', '1.0.dev1')).toBeGreaterThan(0);
    expect(orderOf('RubyGems').satisfies('1.9', '~> 1.2')).toBe(true);
    expect(orderOf('crates.io').satisfies('1.9.0', '1.2')).toBe(true);
    expect(orderOf('Hex').satisfies('1.9.0', '~> 1.2 and != 1.9.0')).toBe(false);
  });
});
