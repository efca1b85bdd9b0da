/** What the table says of a version on a day. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifecycleOf } from '../../src/lifecycles/lifecycle.ts';

const TODAY = '2026-11-16';

function said(product: string, version: string, asOf = TODAY): string {
  const lifecycle = lifecycleOf(product, version, asOf);
  return lifecycle.state === 'unknown'
    ? `unknown: ${lifecycle.because}`
    : [lifecycle.state, lifecycle.title, lifecycle.end, lifecycle.extendedEnd].filter(Boolean).join(' ');
}

describe('a lifecycle', () => {
  it.each([
    ['node', '24', 'supported Node.js 24 2028-04-30'],
    ['node', 'v20.11.1', 'ended Node.js 20 2026-04-30'],
    ['node', 'iron', 'ended Node.js 20 2026-04-30'],
    ['node', 'Iron', 'ended Node.js 20 2026-04-30'],
    ['temurin', '1.8.0_392', 'supported Eclipse Temurin 8 2030-12-31'],
    ['temurin', '8u392', 'supported Eclipse Temurin 8 2030-12-31'],
    ['temurin', '21.0.1_12', 'supported Eclipse Temurin 21 2029-12-31'],
    ['dotnet', '8.0.401', 'ended .NET 8 2026-11-10'],
    ['debian', 'bookworm', 'extended Debian 12 2026-07-11 2028-06-30'],
    ['debian', '11', 'ended Debian 11 2024-08-14 2026-08-31'],
    ['ubuntu', '20.04', 'ended Ubuntu 20.04 2025-05-31 2030-04-02'],
    ['php', '7', 'ended PHP 7 2022-11-28'],
    ['python', '2', 'ended Python 2.7 2020-01-01'],
    ['go', '1.9', 'ended Go 1.9'],
    ['aws-lambda', 'nodejs18.x', 'ended AWS Lambda nodejs18.x 2025-09-01'],
    ['elasticsearch', '7.17.3', 'ended Elasticsearch 7 2026-01-15'],
  ])('of %s %s is %s', (product, version, expected) => {
    expect(said(product, version)).toBe(expected);
  });

  it.each([
    ['python', '3', 'unknown: Python 3 may be any of 12 releases'],
    ['node', 'lts', /^unknown: Node\.js lts is not among/],
    ['node', '99', /^unknown: Node\.js 99 is not among/],
    ['python', '3.99', /^unknown: Python 3\.99 is not among/],
    ['alpine', 'edge', /^unknown: Alpine Linux edge is not among/],
    ['rust', '1.90', 'unknown: of Rust only the newest release is maintained, which no table can follow'],
    ['nothing', '1', 'unknown: the table of lifecycles does not know nothing'],
    ['constructor', '1', 'unknown: the table of lifecycles does not know constructor'],
    ['node', '__proto__', /^unknown/],
  ])('of %s %s is not told', (product, version, expected) => {
    expect(said(product, version)).toMatch(expected);
  });

  it('holds on the last day of support and ends on the next', () => {
    expect(said('node', '20', '2026-04-30')).toBe('supported Node.js 20 2026-04-30');
    expect(said('node', '20', '2026-05-01')).toBe('ended Node.js 20 2026-04-30');
  });

  it('does not take 3.1 for 3.10, nor 1.2 for 1.26', () => {
    expect(said('python', '3.1')).toMatch(/^unknown: Python 3\.1 is not among/);
    expect(said('go', '1.2')).toBe('ended Go 1.2');
  });

  it('believes a cycle without an end only as long as the table is fresh', () => {
    expect(said('photon', '5.0', '2027-02-18')).toBe('supported Photon OS 5.0');
    expect(said('photon', '5.0', '2027-02-19')).toMatch(/^unknown: Photon OS 5\.0 was supported on 2026-08-22/);
  });

  it('never throws, and never calls a text without digits or codename maintained', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('node', 'debian', 'temurin', 'aws-lambda', 'windows-servercore'),
        fc.string(),
        (product, text) => {
          const { state } = lifecycleOf(product, text, TODAY);
          if (state !== 'unknown') expect(text).toMatch(/\d|^\s*(provided|iron|jod|krypton|[a-z]+)\s*$/i);
        },
      ),
    );
  });
});
