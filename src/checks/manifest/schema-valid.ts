/** Assesses whether the manifest can be read as one. The reader finds the problems; this only hands them on. */
import { contradicted, defineCheck, notApplicable, verified } from '../define.ts';
import { counted } from '../words.ts';

export const check = defineCheck({
  summary:
    'Reads the manifest strictly: YAML syntax, every key known (keys that begin with `x-` are free), every value of its kind, required keys present. An unknown key is answered with the nearest known one.',
  needs: [],
  params: {},
  assess({ manifest, at }) {
    if (manifest.state === 'absent') return notApplicable('there is no manifest to read');
    const { problems } = manifest;
    if (problems.length === 0) return verified(`${manifest.path} fits the schema`, [at('/apiVersion')]);
    const unused = manifest.state === 'invalid' ? '; until then its claims are not used' : '';
    return contradicted(`${manifest.path} has ${counted(problems.length, 'problem')}${unused}`, problems);
  },
});
