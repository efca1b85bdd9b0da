/** Assesses whether a pipeline tests that people with disabilities can use the service's pages. */
import { contradicted, defineCheck, missing, notApplicable, unknown, verified } from '../define.ts';
import {
  doing,
  isRun,
  pipelinesFor,
  placesFor,
  toolsOf,
  verb,
  weaknesses,
  withoutPipelines,
} from '../pipeline-scope.ts';
import { counted } from '../words.ts';

const MESSAGE = 'that somebody cannot use a page with a keyboard or a screen reader is found by them';
const FIX = 'Let the pipeline run axe, pa11y or Lighthouse on the main pages, or from the tests that are there.';

export const check = defineCheck({
  summary:
    'Looks for axe, pa11y, Lighthouse and the like in the steps of pipelines, and for tests that use an axe library where a pipeline runs those tests. A service without pages (HTML, templates, components) has nothing to test.',
  needs: ['pipelines'],
  params: {},
  assess(subject) {
    const { pages } = subject.evidence.pipelines.facts;
    const found = doing(pipelinesFor(subject), ['accessibility-test']);
    if (pages.length === 0 && found.length === 0)
      return notApplicable('no page, template or component for a browser is here');
    const nothing = withoutPipelines(subject, MESSAGE, FIX);
    if (nothing) return nothing;
    const run = found.filter(isRun);
    const sound = run.filter(({ purpose }) => purpose.weakened === undefined);
    if (sound.length > 0)
      return verified(
        `${toolsOf(sound)} ${verb(sound, 'is', 'are')} run in ${counted(new Set(sound.map(({ job }) => job.id)).size, 'job')}`,
        placesFor(sound),
      );
    if (run.length > 0)
      return contradicted(
        `${toolsOf(run)} ${verb(run, 'is', 'are')} run, and nothing stops when it fails`,
        weaknesses(run, 'Let the step fail when it finds something.'),
        { evidence: placesFor(run) },
      );
    if (found.length > 0) return unknown(`only a name says so: ${toolsOf(found)}`, { evidence: placesFor(found) });
    const [page] = pages;
    const at = page === undefined ? {} : { at: { path: page } };
    return missing(`pages are here, ${page} among them, and no step of a pipeline tests them`, [
      { message: MESSAGE, ...at, fix: FIX, subject: 'accessibility' },
    ]);
  },
});
