/** How one service of a fleet runs: a Kustomize base and two overlays. */
import type { Planned } from './plan.ts';
import type { Random } from './random.ts';
import type { Files } from './repository.ts';

/** Its deployment with all that goes with one. */
export function clusterOf(service: Planned, random: Random): Files {
  const { name, gap } = service;
  return {
    'k8s/base/deployment.yaml': deploymentOf(service, random),
    'k8s/base/service.yaml': `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec:\n  selector: { app: ${name} }\n  ports:\n    - { name: http, port: 80, targetPort: http }\n    - { name: metrics, port: 9090, targetPort: metrics }\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name} }\nautomountServiceAccountToken: false\n`,
    'k8s/base/hpa.yaml': `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: ${name} }\nspec:\n  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: ${name} }\n  minReplicas: 2\n  maxReplicas: 12\n  metrics:\n    - type: Resource\n      resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }\n`,
    ...(gap !== 'pdb' && {
      'k8s/base/pdb.yaml': `apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: ${name} }\nspec:\n  minAvailable: 1\n  selector: { matchLabels: { app: ${name} } }\n`,
    }),
    'k8s/base/networkpolicy.yaml': `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: ${name} }\nspec:\n  podSelector: { matchLabels: { app: ${name} } }\n  policyTypes: [Ingress, Egress]\n  ingress:\n    - from: [{ namespaceSelector: { matchLabels: { name: ingress } } }]\n      ports: [{ port: 8080 }]\n  egress:\n    - to: [{ namespaceSelector: {} }]\n`,
    'k8s/base/cronjob.yaml': `apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: ${name}-backup }\nspec:\n  schedule: "0 3 * * *"\n  concurrencyPolicy: Forbid\n  jobTemplate:\n    spec:\n      backoffLimit: 2\n      template:\n        spec:\n          restartPolicy: OnFailure\n          containers:\n            - { name: backup, image: "images.example.com/backup@sha256:${random.hex(64)}", args: [pg_dump] }\n`,
    'k8s/base/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [deployment.yaml, service.yaml, hpa.yaml, ${gap === 'pdb' ? '' : 'pdb.yaml, '}networkpolicy.yaml, cronjob.yaml]\n`,
    ...overlayOf(name, 'staging', 2),
    ...overlayOf(name, 'prod', 4),
  };
}

function overlayOf(name: string, environment: string, replicas: number): Files {
  const folder = `k8s/overlays/${environment}`;
  return {
    [`${folder}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: ${environment}\nresources: [../../base]\npatches:\n  - path: replicas.yaml\n`,
    [`${folder}/replicas.yaml`]: `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { replicas: ${replicas} }\n`,
  };
}

function deploymentOf({ name, team, gap }: Planned, random: Random): string {
  const probes =
    gap === 'probes'
      ? ''
      : '          readinessProbe: { httpGet: { path: /ready, port: http }, periodSeconds: 5 }\n          livenessProbe: { httpGet: { path: /live, port: http }, periodSeconds: 10 }\n';
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: { app: ${name}, team: ${team} }
spec:
  replicas: ${2 + random.below(4)}
  strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata:
      labels: { app: ${name} }
      annotations: { prometheus.io/scrape: "true", prometheus.io/port: "9090" }
    spec:
      serviceAccountName: ${name}
      terminationGracePeriodSeconds: 30
      securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
      topologySpreadConstraints:
        - { maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway, labelSelector: { matchLabels: { app: ${name} } } }
      containers:
        - name: app
          image: images.example.com/${name}@sha256:${random.hex(64)}
          ports: [{ name: http, containerPort: 8080 }, { name: metrics, containerPort: 9090 }]
          env:
            - { name: LOG_LEVEL, value: info }
            - name: DB_URL
              valueFrom: { secretKeyRef: { name: ${name}-db, key: url } }
          resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 256Mi } }
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
${probes}          lifecycle: { preStop: { exec: { command: [sleep, "5"] } } }
`;
}
