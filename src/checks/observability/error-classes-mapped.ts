/** Assesses whether the classes of errors are defined, and whether every severity that alerts use means one of them. */
import type { Problem } from '../../model.ts';
import { alertScope, everyAlert, type JudgedAlert, placeOfPart } from '../alert-scope.ts';
import { claimPlace, placed, unclaimed } from '../claimed.ts';
import { declared, defineCheck, missing } from '../define.ts';
import { says } from '../placeholders.ts';
import { type ErrorClass, severityParams } from '../severity.ts';
import { counted, listed } from '../words.ts';

const CLASSES: readonly ErrorClass[] = ['critical', 'major', 'standard'];
const DEFINED = 'critical, major and standard errors are defined';

export const check = defineCheck({
  summary:
    'Reads `error_classes` in the manifest: critical, major and standard each with a definition. Then looks up the severity of every alert in `alerts.severity_map` and the usual vocabularies.',
  needs: ['alerts', 'references'],
  params: severityParams,
  ofClaims: true,
  assess(subject) {
    const { claims, manifest, at } = subject;
    const vague = CLASSES.filter((name) => !says(claims.error_classes?.[name]?.definition));
    if (vague.length > 0) {
      const lacking = `${listed(vague)} ${vague.length === 1 ? 'has' : 'have'} no definition in ${manifest.path}`;
      const because = claims.error_classes
        ? lacking
        : unclaimed(manifest, 'what critical, major and standard errors are');
      const claim = claims.error_classes ? at('/error_classes') : undefined;
      const problems = vague.map((name) => ({
        ...vagueProblem(name),
        ...placed(claimPlace(subject, `/error_classes/${name}`)),
      }));
      return missing(because, problems, { claim });
    }
    const claim = at('/error_classes');
    const scope = alertScope(subject);
    const using = scope.alerts.filter(({ urgency }) => urgency.label);
    if (using.length === 0) return declared(`${DEFINED}; no alert with a severity is here to use them`, claim);
    const odd = using.filter(({ urgency }) => !urgency.templated && !urgency.class);
    const templated = using.filter(({ urgency }) => urgency.templated);
    const because =
      templated.length > 0 ? `a template fills in the severity of ${counted(templated.length, 'alert')}` : '';
    const assessment = everyAlert(scope, {
      because: [DEFINED, ...meanings(using), ...unknownWords(odd)].join('; '),
      problems: problemsOf(odd),
      unclear: because ? { because, at: templated.map(placeOfSeverity) } : undefined,
      shown: using.map(placeOfSeverity),
    });
    return { ...assessment, claim };
  },
});

function vagueProblem(name: ErrorClass): Problem {
  const message = `nobody says which errors are ${name}, so each reader decides`;
  return { message, fix: `Add \`error_classes.${name}.definition\`, as users see it.`, subject: name };
}

/** "page is critical", for every severity in use that means a class, the weightiest first. */
function meanings(alerts: readonly JudgedAlert[]): readonly string[] {
  return CLASSES.flatMap((name) => {
    const words = alerts.flatMap(({ urgency }) => (urgency.class === name ? (urgency.label?.value ?? []) : []));
    const different = [...new Set(words)].filter((word) => word !== name).sort();
    return different.length > 0 ? [`${listed(different)} ${different.length === 1 ? 'means' : 'mean'} ${name}`] : [];
  });
}

function unknownWords(odd: readonly JudgedAlert[]): readonly string[] {
  const count = new Set(odd.flatMap(({ urgency }) => urgency.label?.value ?? [])).size;
  return count > 0 ? [`${counted(count, 'severity in use means', 'severities in use mean')} none of them`] : [];
}

/** One problem for each unknown word, at the first alert that uses it. */
function problemsOf(odd: readonly JudgedAlert[]): readonly Problem[] {
  const words = [...new Set(odd.flatMap(({ urgency }) => urgency.label?.value ?? []))];
  return words.flatMap((word) => {
    const using = odd.filter(({ urgency }) => urgency.label?.value === word);
    const [first] = using;
    if (!first) return [];
    const message = `${counted(using.length, 'alert')} ${using.length === 1 ? 'says' : 'say'} ${first.urgency.label?.key}: ${word}, which is none of the three and mapped to none`;
    return [
      {
        message,
        at: placeOfSeverity(first),
        fix: `Add \`${word}\` to \`alerts.severity_map\`: critical, major or standard.`,
        subject: word,
      },
    ];
  });
}

function placeOfSeverity(alert: JudgedAlert) {
  return placeOfPart(alert, 'labels', alert.urgency.label?.key ?? '');
}
