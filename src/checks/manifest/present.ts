/** Assesses whether the service has a manifest of its own at all; whether it is valid is another rule. */
import { defineCheck, missing, verified } from '../define.ts';

export const check = defineCheck({
  summary:
    'Looks for `gonogo.yaml` in the service folder. A `service.yaml` counts only when it carries `apiVersion: gonogo/v1`; other catalogue files are named, because `gonogo init` can start from them.',
  needs: [],
  params: {},
  assess({ manifest, service, at }) {
    const { notes } = manifest;
    if (manifest.state !== 'absent') {
      return verified(`${manifest.path} describes ${service.name}`, [at('/apiVersion')]);
    }
    const where = service.dir === '' ? 'the repository' : service.dir;
    const seen = notes.length > 0 ? `; ${notes.join('; ')}` : '';
    const problem = {
      message: 'nobody has claimed anything about this service, so only what the files show was judged',
      fix: 'Run `gonogo init`: it writes a first manifest from what the repository shows.',
      subject: 'gonogo.yaml',
    };
    return missing(`no gonogo.yaml in ${where}${seen}`, [problem]);
  },
});
