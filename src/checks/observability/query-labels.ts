/** Labels that an alert gets on its way, for checks that follow it through Alertmanager's routes. */
import { list } from '../params.ts';

/** The parameter of each of them. */
export const queryLabels = list(
  'Labels that the query or the monitoring adds, so that their absence on the alert says nothing.',
  [
    'namespace',
    'job',
    'app',
    'service',
    'cluster',
    'instance',
    'pod',
    'container',
    'env',
    'environment',
    'stage',
    'region',
    'tenant',
    'prometheus',
  ],
);
