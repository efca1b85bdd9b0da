# The same image in both stages: 24.19.0 on Alpine 3.23, by digest.
FROM node:24.19.0-alpine3.23@sha256:244cc2b53f46f9e876304391d17682b0ddae9ac33491f4857e25e35a36ba7995 AS build
WORKDIR /gonogo
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24.19.0-alpine3.23@sha256:244cc2b53f46f9e876304391d17682b0ddae9ac33491f4857e25e35a36ba7995
# git reads history and other commits; what a repository's own configuration names is never run.
RUN apk add --no-cache git
COPY --from=build /gonogo/package.json /gonogo/LICENSE /gonogo/
COPY --from=build /gonogo/bin /gonogo/bin
COPY --from=build /gonogo/dist /gonogo/dist
COPY --from=build /gonogo/schemas /gonogo/schemas
COPY --from=build /gonogo/checklists /gonogo/checklists
COPY --from=build /gonogo/node_modules /gonogo/node_modules
RUN ln -s /gonogo/bin/gonogo.js /usr/local/bin/gonogo
USER 1000:1000
WORKDIR /work
ENTRYPOINT ["gonogo"]
CMD ["check", "."]
