/** What registries said, kept on disk: read back as it was, and never trusted. */
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptReleases } from '../../src/database/kept-releases.ts';

const ANSWER = {
  asOf: '2026-11-16',
  releases: [
    { version: '1.0.0', published: '2026-01-02', licence: 'MIT' },
    { version: '1.1.0', yanked: true, deprecated: 'use 2' },
  ],
};

function folder(): string {
  return join(mkdtempSync(join(tmpdir(), 'gonogo-kept-')), 'releases');
}

describe('kept releases', () => {
  it('come back as they were, by ecosystem and name, whatever the letters', () => {
    const path = folder();
    const names = ['@acme/Mailer', '@acme/mailer', 'github.com/Acme/x', '..', 'con', 'é'];
    for (const name of names) keptReleases(path).put('npm', name, ANSWER);
    for (const name of names) expect(keptReleases(path).get('npm', name)).toEqual(ANSWER);
    expect(keptReleases(path).get('PyPI', 'con')).toBeUndefined();
    expect(readdirSync(path)).toHaveLength(names.length);
  });

  it('are not taken from a file that says something else', () => {
    const path = folder();
    keptReleases(path).put('npm', 'mailer', ANSWER);
    const [file = ''] = readdirSync(path);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.jsonValue().map((it) => JSON.stringify(it)),
        ),
        (text) => {
          writeFileSync(join(path, file), text);
          expect(keptReleases(path).get('npm', 'mailer')).toBeUndefined();
        },
      ),
    );
    writeFileSync(
      join(path, file),
      JSON.stringify({ of: 'mailer', asOf: '2026-11-16', releases: [{ version: 'a b' }, 7] }),
    );
    expect(keptReleases(path).get('npm', 'mailer')).toEqual({ asOf: '2026-11-16', releases: [] });
  });

  it('are not kept where nothing can be written, which only costs time', () => {
    const kept = keptReleases('/dev/null/nowhere');
    kept.put('npm', 'mailer', ANSWER);
    expect(kept.get('npm', 'mailer')).toBeUndefined();
  });
});
