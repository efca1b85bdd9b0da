/** What the settings of Logback and Log4j say of the lines that are written: JSON, or text for people. */
import { type Element, everyElement, readXml } from './xml-element.ts';

/** What one settings file says. */
export interface LogSettings {
  /** Appenders of the root logger that write JSON. */
  readonly json: readonly Written[];
  /** Appenders of the root logger that write text. */
  readonly plain: readonly Written[];
}

/** An appender in use. */
interface Written {
  readonly line: number;
  /** The profile under which it is, e.g. "!local". */
  readonly when?: string;
}

const JSON_CLASS =
  /(?:Json|JSON|Logstash|Ecs|Gelf)\w*(?:Encoder|Layout|Appender)$|LogstashTcpSocketAppender$|google\.cloud\.logging\.logback\.LoggingAppender$|StructuredLogEncoder$/;
/** A pattern that spells an object out. */
const JSON_PATTERN = /^\{\s*"/;
const JSON_ELEMENT = /^(?:JsonLayout|JSONLayout|JsonTemplateLayout|EcsLayout)$/;
const MOST_STEPS = 5;

interface Placed {
  readonly element: Element;
  readonly when?: string;
}

/** Reads the text of logback.xml, logback-spring.xml, log4j2.xml and the like. */
export function readLogSettings(text: string): LogSettings {
  const { root } = readXml(text);
  const all = root ? placedIn(root, undefined) : [];
  const appenders = all.filter(({ element }) => isAppender(element));
  const used = all
    .filter(({ element }) => /^(root|asyncroot)$/i.test(element.name))
    .flatMap((it) => referencesOf(it, appenders, MOST_STEPS));
  const written = used.map(({ element, when }) => ({ at: jsonIn(element), element, when }));
  const entry = (line: number, when: string | undefined): Written => ({ line, ...(when !== undefined && { when }) });
  return {
    json: written.flatMap(({ at, when }) => (at ? [entry(at.line, when)] : [])),
    plain: written.flatMap(({ at, element, when }) => (at || isSilent(element) ? [] : [entry(element.line, when)])),
  };
}

/** Every element with the profile around it. */
function placedIn(element: Element, when: string | undefined): readonly Placed[] {
  const own = element.name === 'springProfile' ? element.attributes.name : undefined;
  const inside = [when, own].filter((it) => it !== undefined).join(' & ') || undefined;
  return [
    { element, ...(inside !== undefined && { when: inside }) },
    ...element.children.flatMap((it) => placedIn(it, inside)),
  ];
}

function isAppender({ name, attributes }: Element): boolean {
  return (
    attributes.name !== undefined &&
    (name === 'appender' || /^(Console|File|RollingFile|RollingRandomAccessFile|Socket|Async)$/.test(name))
  );
}

/** Appenders that a logger, or an appender that hands on to others, refers to. */
function referencesOf(from: Placed, appenders: readonly Placed[], steps: number): readonly Placed[] {
  if (steps === 0) return [];
  const names = placedIn(from.element, from.when).filter(({ element }) =>
    /^(appender-ref|AppenderRef)$/.test(element.name),
  );
  return names.flatMap((reference) =>
    appenders
      .filter(({ element }) => element.attributes.name === reference.element.attributes.ref)
      .flatMap((appender) => {
        const when = [reference.when, appender.when].filter((it) => it !== undefined).join(' & ') || undefined;
        const used = { element: appender.element, ...(when !== undefined && { when }) };
        const further = referencesOf(used, appenders, steps - 1);
        return further.length > 0 ? further : [used];
      }),
  );
}

function jsonIn(appender: Element): Element | undefined {
  return everyElement(appender).find(
    ({ name, attributes, text }) =>
      JSON_ELEMENT.test(name) ||
      JSON_CLASS.test(attributes.class ?? '') ||
      JSON_PATTERN.test(attributes.pattern ?? '') ||
      (/^pattern$/i.test(name) && JSON_PATTERN.test(text)),
  );
}

/** An appender that writes to no log of the service: into nothing, or to another product. */
function isSilent({ attributes }: Element): boolean {
  return !/(?:Console|File)Appender$/.test(attributes.class ?? 'ConsoleAppender');
}
