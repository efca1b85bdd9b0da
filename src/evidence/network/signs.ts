/** Names of libraries that can limit requests, in the files that list dependencies. A name proves nothing. */
import type { Place } from '../../model.ts';
import type { Sources } from '../collector.ts';
import { placeIn } from '../sources.ts';

/** A name, and where it stands. */
export interface Sign {
  readonly text: string;
  readonly at: Place;
}

const FILES =
  /(^|\/)(package\.json|Gemfile|build\.gradle(\.kts)?|pom\.xml|go\.mod|requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|Cargo\.toml|composer\.json|libs\.versions\.toml|[\w.-]+\.csproj)$/;
const LIBRARIES =
  /\b(express-rate-limit|rate-limiter-flexible|@nestjs\/throttler|@fastify\/rate-limit|koa-ratelimit|rack-attack|rack-throttle|bucket4j|resilience4j-ratelimiter|slowapi|flask-limiter|django-ratelimit|fastapi-limiter|tollbooth|golang\.org\/x\/time|httprate|ulule\/limiter|tower_governor|actix-governor|AspNetCoreRateLimit)\b/i;
/** Most files that are looked at. */
const MOST = 300;

/** The first name of each file. */
export function signsOfLimits(sources: Sources): readonly Sign[] {
  return sources.files
    .filter(({ path, class: kind }) => kind === 'source' && FILES.test(path))
    .slice(0, MOST)
    .flatMap((file) => {
      const lines = (sources.text(file, []) ?? '').split('\n');
      const index = lines.findIndex((line) => line.length < 500 && LIBRARIES.test(line));
      const name = LIBRARIES.exec(lines[index] ?? '')?.[1];
      return name === undefined ? [] : [{ text: name, at: placeIn(file, index + 1) }];
    });
}
