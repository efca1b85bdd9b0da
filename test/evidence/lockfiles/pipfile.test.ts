/** Pipfile.lock and Pipfile. */
import { describe, expect, it } from 'vitest';
import { format } from '../../../src/evidence/lockfiles/formats/pipfile.ts';
import { agreementOf, gapsOf, packagesOf } from './as-lines.ts';

const LOCK = `{
    "_meta": {
        "hash": { "sha256": "aa" },
        "sources": [
            { "name": "main", "url": "https://index.example.org/simple", "verify_ssl": true }
        ]
    },
    "default": {
        "Flask": {
            "hashes": ["sha256:aa"],
            "index": "main",
            "markers": "python_version >= '3.8'",
            "version": "==3.0.0"
        },
        "click": { "version": "==8.1.7" },
        "forked": { "git": "https://git.example.org/x.git", "ref": "0123456789012345678901234567890123456789" },
        "own": { "editable": true, "path": "." },
        "archive": { "file": "https://files.example.org/a.zip" },
        "open": { "version": "*" },
        "odd": 7
    },
    "develop": {
        "click": { "version": "==8.1.7" },
        "pytest": { "version": "==8.0.0" },
        "__proto__": { "version": "==1.0" }
    },
    "prod": {
        "gunicorn": { "version": "==22.0" }
    }
}
`;

const PIPFILE = `[[source]]
name = "main"
url = "https://index.example.org/simple"

[packages]
flask = ">=2"
forked = {git = "https://git.example.org/x.git"}
own = {editable = true, path = "."}

[dev-packages]
pytest = "*"

[prod]
gunicorn = {version = "~=22.0", extras = ["gevent"]}

[requires]
python_version = "3.12"
`;

const FILES = { 'Pipfile.lock': LOCK, Pipfile: PIPFILE };

describe('Pipfile.lock', () => {
  it('lists each package once, and counts what fixes no version', () => {
    expect(packagesOf(format, FILES)).toEqual([
      'flask 3.0.0 registry index.example.org production direct <- project >=2 @9',
      'click 8.1.7 registry production indirect <- nobody @15',
      'forked git 0123456789012345678901234567890123456789 production direct <- project * @16',
      'own path production direct <- project * @17',
      'archive url production indirect <- nobody @18',
      'pytest 8.0.0 registry development direct <- project * @24',
      '-proto- 1.0 registry development indirect <- nobody @25',
      'gunicorn 22.0 registry production direct <- project ~=22.0 @28',
    ]);
    expect(gapsOf(format, FILES)).toEqual(['no-version 2: 2 of its entries fix no version @19']);
  });

  it('is a gap where it is no JSON', () => {
    expect(gapsOf(format, { 'Pipfile.lock': LOCK.slice(0, 200) })).toEqual(['unparsed 0: it is not valid JSON']);
    expect(packagesOf(format, { 'Pipfile.lock': '[]' })).toEqual([]);
  });

  it('agrees with Pipfile, or says where not', () => {
    expect(agreementOf(format, FILES)).toEqual([]);
    const pipfile = PIPFILE.replace(
      '">=2"',
      '">=3.1"\nnew = "*"\nold = {version = "*", markers = "os_name == \'nt\'"}',
    );
    expect(agreementOf(format, { ...FILES, Pipfile: pipfile })).toEqual([
      'flask asks for >=3.1, and 3.0.0 is locked @Pipfile:6',
      'new asks for it, and it is not locked @Pipfile:7',
      'untold: 1 cannot be compared offline: old',
    ]);
    expect(agreementOf(format, { ...FILES, Pipfile: '[[' })).toEqual(['untold: Pipfile is not valid TOML']);
  });
});
