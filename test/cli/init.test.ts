import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.ts';
import { temporaryFolder, write } from '../repo/temporary.ts';
import { run } from './run.ts';
import { AS_OF, GOOD, runUntouched } from './untouched.ts';

const CATALOGUE =
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: parcels }\nspec: { type: service, lifecycle: production, owner: team-parcels }\n';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'Parcel Desk');
  write(folder, { 'README.md': '# Parcels\n', ...files });
  return folder;
}

describe('gonogo init', () => {
  it('writes gonogo.yaml, and check then knows the service', () => {
    const folder = folderWith({ 'catalog-info.yaml': CATALOGUE });
    expect(run(['init'], { cwd: folder })).toEqual({
      status: 0,
      stdout: '',
      stderr: 'wrote gonogo.yaml: read it, correct the guesses, then run `gonogo check`\n',
    });
    expect(readFileSync(join(folder, 'gonogo.yaml'), 'utf8')).toContain('\nname: parcels # catalog-info.yaml:3\n');
    expect(readdirSync(folder).sort()).toEqual(['README.md', 'catalog-info.yaml', 'gonogo.yaml']);
    const { stdout } = runUntouched(folder, ['check', '.', '--as-of', AS_OF, '--only', 'manifest', '--format', 'json']);
    const [service] = (JSON.parse(stdout) as Report).services;
    expect(service?.service).toMatchObject({ name: 'parcels', tier: 3, stage: 'live', owner: 'team-parcels' });
    expect(service?.findings.filter(({ ruling }) => ruling === 'fail').map(({ rule }) => rule)).not.toContain(
      'manifest/schema-valid',
    );
  });

  it('prints with --stdout and writes nothing, also beside one that exists', () => {
    const folder = folderWith({ 'gonogo.yaml': GOOD });
    const { status, stdout, stderr } = runUntouched(folder, ['init', '--stdout']);
    expect(stdout).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/gonogo\/schemas\/service\.schema\.json\n/,
    );
    expect(stdout).toContain("\nname: parcel-desk # a guess (the folder's name); correct it\n");
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('overwrites with --force only', () => {
    const folder = folderWith({ 'gonogo.yaml': '{ broken' });
    expect(runUntouched(folder, ['init'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'error: gonogo.yaml exists and is left as it is\n  --stdout prints a new one beside it, --force overwrites it\n',
    });
    expect(run(['init', '--force'], { cwd: folder }).status).toBe(0);
    expect(readFileSync(join(folder, 'gonogo.yaml'), 'utf8')).toContain('name: parcel-desk');
  });

  it('writes into the folder it is given', () => {
    const folder = folderWith({ 'services/scan/go.mod': 'module github.com/lumenpay/scan\n' });
    execFileSync('git', ['init', '-q', folder]);
    expect(run(['init', 'services/scan'], { cwd: folder }).stderr).toBe(
      'wrote services/scan/gonogo.yaml: read it, correct the guesses, then run `gonogo check services/scan`\n',
    );
    const text = readFileSync(join(folder, 'services/scan/gonogo.yaml'), 'utf8');
    expect(text).toContain('$schema=../../node_modules/gonogo/schemas/service.schema.json');
    expect(text).toContain('\nname: scan # services/scan/go.mod:1\n');
  });

  it('takes the identity from the file that --from names, from here or from the service’s folder', () => {
    const folder = folderWith({ 'services/scan/catalog.yaml': CATALOGUE });
    execFileSync('git', ['init', '-q', folder]);
    for (const from of ['services/scan/catalog.yaml', 'catalog.yaml']) {
      const { stdout, stderr } = runUntouched(folder, ['init', 'services/scan', '--stdout', '--from', from]);
      expect(stdout, stderr).toContain('\nname: parcels # services/scan/catalog.yaml:3\n');
      expect(stdout).toContain('\nimports: [catalog.yaml] # the same service in other formats\n');
    }
  });

  it.each([
    [
      ['--from', 'no.yaml'],
      'error: there is no file "no.yaml" (--from)\n  give the path of a catalogue file, e.g. catalog-info.yaml\n',
    ],
    [
      ['--from', '/etc/passwd'],
      'error: "/etc/passwd" is outside this repository (--from)\n  give a catalogue file of the same repository\n',
    ],
    [
      ['--from', 'out.yaml'],
      'error: "out.yaml" is outside this repository (--from)\n  give a catalogue file of the same repository\n',
    ],
    [
      ['--from', 'README.md'],
      'error: "README.md" describes no service in a catalogue format that is known here (--from)\n  give a catalog-info.yaml (Backstage), opslevel.yml, cortex.yaml, compass.yml, service.datadog.yaml, score.yaml, nais.yaml or openedx.yaml\n',
    ],
    [
      ['--from', '.'],
      'error: "." is not a file (--from)\n  give the path of a catalogue file, e.g. catalog-info.yaml\n',
    ],
    [['nowhere'], 'error: there is nothing at "nowhere"\n  give the folder of a service or of a repository\n'],
    [['README.md'], 'error: "README.md" is a file, not a folder\n  give the folder of a service or of a repository\n'],
  ])('refuses %j', (args, stderr) => {
    const folder = folderWith({});
    symlinkSync('/etc/passwd', join(folder, 'out.yaml'));
    expect(runUntouched(folder, ['init', ...args])).toEqual({ status: 2, stdout: '', stderr });
  });

  it('leaves a manifest of another name alone', () => {
    const folder = folderWith({ 'gonogo.yml': GOOD });
    expect(runUntouched(folder, ['init', '--force'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        "error: gonogo.yml is this service's manifest already\n  remove it, or correct it by hand; nothing was written\n",
    });
  });

  it('does not write through a link', () => {
    const folder = folderWith({});
    symlinkSync('README.md', join(folder, 'gonogo.yaml'));
    expect(runUntouched(folder, ['init', '--force'])).toMatchObject({
      status: 2,
      stderr:
        'error: "gonogo.yaml" is a link, and links are neither followed nor replaced\n  give the path of the file itself\n',
    });
  });

  it('cannot write into a bare repository', () => {
    const folder = temporaryFolder();
    execFileSync('git', ['init', '-q', '--bare', join(folder, 'parcels.git')]);
    expect(runUntouched(folder, ['init', 'parcels.git'])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'error: "parcels.git" holds git\'s own files and no work tree to write into\n  give a work tree\n',
    });
  });

  it('says when git ignores what it wrote', () => {
    const folder = folderWith({ '.gitignore': '*.yaml\n' });
    execFileSync('git', ['init', '-q', folder]);
    const { status, stderr } = run(['init'], { cwd: folder });
    expect(stderr).toContain(
      'note: .gitignore hides gonogo.yaml, so `gonogo check` does not see it; add `!gonogo.yaml` there\n',
    );
    expect(status).toBe(0);
  });
});
