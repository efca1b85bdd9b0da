/** go.mod with go.sum: what it requires, what it replaces, and checksums that are not there. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/go.ts';
import { agreementOf, gapsOf, packagesOf } from './as-lines.ts';

const MOD = `module example.org/shop

go 1.22

toolchain go1.22.4

tool example.org/gen/cmd/gen

require (
	example.org/a v1.2.3
	example.org/b/v2 v2.0.0 // indirect
	example.org/c v0.0.0-20240229101112-0123456789ab
	example.org/d v1.9.0+incompatible // indirect; kept for old clients
	example.org/gen v0.3.0 // indirect
	"example.org/quoted" v1.0.0 // not indirect
)

require example.org/e v1.0.0
`;

describe('go.mod', () => {
  it('lists what it requires, with the day and commit of pseudo-versions', () => {
    expect(packagesOf(format, { 'go.mod': MOD })).toEqual([
      'example.org/a v1.2.3 registry unknown direct <- project v1.2.3 @10',
      'example.org/b/v2 v2.0.0 registry unknown indirect <- nobody @11',
      'example.org/c v0.0.0-20240229101112-0123456789ab registry 0123456789ab 2024-02-29 unknown direct <- project v0.0.0-20240229101112-0123456789ab @12',
      'example.org/d v1.9.0+incompatible registry unknown indirect <- nobody @13',
      'example.org/gen v0.3.0 registry development direct <- project v0.3.0 @14',
      'example.org/quoted v1.0.0 registry unknown direct <- project v1.0.0 @15',
      'example.org/e v1.0.0 registry unknown direct <- project v1.0.0 @18',
    ]);
    expect(gapsOf(format, { 'go.mod': MOD })).toEqual([]);
  });

  it('reads the same with a byte-order mark and carriage returns', () => {
    const files = { 'go.mod': `\uFEFF${MOD.replaceAll('\n', '\r\n')}` };
    expect(packagesOf(format, files)).toEqual(packagesOf(format, { 'go.mod': MOD }));
  });

  it('gives no day for a time that is none', () => {
    const mod = 'module m\ngo 1.22\nrequire example.org/a v0.0.0-20249929101112-0123456789ab\n';
    expect(packagesOf(format, { 'go.mod': mod })[0]).toContain('registry 0123456789ab unknown');
  });

  it('puts what replaces a module in its place', () => {
    const mod = `module m
go 1.22
require (
	example.org/a v1.0.0
	example.org/b v1.0.0
	example.org/c v1.0.0
	example.org/d v1.0.0
)
replace (
	example.org/a => example.org/fork v1.5.0
	example.org/b v1.0.0 => example.org/b v1.0.1
	example.org/b => example.org/b v0.9.0
	example.org/c => ./c
	example.org/d v2.0.0 => ../d
)
`;
    expect(packagesOf(format, { 'go.mod': mod })).toEqual([
      'example.org/fork v1.5.0 registry as example.org/a unknown direct <- project v1.0.0 @4',
      'example.org/b v1.0.1 registry unknown direct <- project v1.0.0 @5',
      'example.org/c path unknown direct <- project v1.0.0 @6',
      'example.org/d v1.0.0 registry unknown direct <- project v1.0.0 @7',
    ]);
  });

  it('says that it leaves out what dependencies bring along below 1.17', () => {
    const sum = 'example.org/a v1.0.0 h1:x\nexample.org/b v1.0.0 h1:x\nexample.org/c v1.0.0/go.mod h1:x\n';
    const mod = (line: string) => ({ 'go.mod': `module m\n${line}\nrequire example.org/a v1.0.0\n`, 'go.sum': sum });
    expect(gapsOf(format, mod('go 1.16'))).toEqual([
      'incomplete 1: below go 1.17 it leaves out what dependencies bring along: up to 1 more modules, by go.sum @2',
    ]);
    expect(gapsOf(format, mod(''))).toEqual([
      'incomplete 1: without a go line it leaves out what dependencies bring along: up to 1 more modules, by go.sum',
    ]);
    expect(gapsOf(format, mod('go 1.17'))).toEqual([]);
  });

  it('counts what it does not understand', () => {
    const mod = 'module m\ngo 1.22\nrequire example.org/a\n<<<<<<< ours\nrequire (\n\texample.org/b v1.0.0\n';
    expect(packagesOf(format, { 'go.mod': mod })).toHaveLength(1);
    expect(gapsOf(format, { 'go.mod': mod })).toEqual([
      'unparsed 1: 1 of its requirements are not understood @3',
      'unparsed 0: 2 of its lines are not understood @4',
    ]);
  });
});

describe('go.mod and go.sum', () => {
  const mod =
    'module m\ngo 1.22\nrequire example.org/a v1.0.0\nrequire example.org/b v1.0.0\nreplace example.org/b => ./b\n';

  it('agree where each requirement has its two checksums; folders need none', () => {
    const sum = 'example.org/a v1.0.0 h1:x\nexample.org/a v1.0.0/go.mod h1:x\n';
    expect(agreementOf(format, { 'app/go.mod': mod, 'app/go.sum': sum })).toEqual([]);
  });

  it('do not where a checksum is missing, or is of another version', () => {
    expect(agreementOf(format, { 'go.mod': mod, 'go.sum': 'example.org/a v1.0.0/go.mod h1:x\n' })).toEqual([
      'example.org/a asks for v1.0.0, and go.sum lacks example.org/a v1.0.0 @go.mod:3',
    ]);
    expect(agreementOf(format, { 'go.mod': mod, 'go.sum': 'example.org/a v1.0.1 h1:x\n' })).toEqual([
      'example.org/a asks for v1.0.0, and go.sum has no checksum of it @go.mod:3',
    ]);
  });

  it('do not where there is no go.sum, or only one of another module', () => {
    const none = ['example.org/a asks for 1 modules, and there is no go.sum @app/go.mod:3'];
    expect(agreementOf(format, { 'app/go.mod': mod })).toEqual(none);
    expect(agreementOf(format, { 'app/go.mod': mod, 'go.sum': 'example.org/a v1.0.0 h1:x\n' })).toEqual(none);
    expect(agreementOf(format, { 'go.mod': 'module m\ngo 1.22\n' })).toEqual([]);
  });

  it('do not where a required version is excluded', () => {
    const sum = 'example.org/a v1.0.0 h1:x\nexample.org/a v1.0.0/go.mod h1:x\n';
    const files = { 'go.mod': `${mod}exclude example.org/a v1.0.0\n`, 'go.sum': sum };
    expect(agreementOf(format, files)).toEqual(['example.org/a asks for v1.0.0, which it excludes @go.mod:3']);
  });

  it('leave open what a workspace that uses the module may provide', () => {
    const work = 'go 1.22\nuse (\n\t./app\n)\n';
    const files = { 'app/go.mod': mod, 'app/go.sum': '', 'go.work': work };
    expect(agreementOf(format, files)).toEqual(['untold: a workspace may provide what go.sum lacks: example.org/a']);
    expect(agreementOf(format, { ...files, 'go.work': 'use ./other\n' })).toHaveLength(1);
    expect(agreementOf(format, { ...files, 'go.work': 'use ./other\n' })[0]).toContain('no checksum');
    const sums = 'example.org/a v1.0.0 h1:x\nexample.org/a v1.0.0/go.mod h1:x\n';
    expect(agreementOf(format, { ...files, 'go.work.sum': sums })).toEqual([]);
  });

  it('takes what a workspace replaces', () => {
    const files = { 'app/go.mod': mod, 'go.work': 'use ./app\nreplace example.org/a => ./a\n' };
    expect(packagesOf(format, files)[0]).toBe('example.org/a path unknown direct <- project v1.0.0 @3');
  });
});
