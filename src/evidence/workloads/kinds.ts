/** The kinds of Kubernetes objects that are read: what runs containers, what belongs to it, what ends by itself, and what wraps any of them. Lists them, reads nothing. */

/** As alternatives of a regular expression, for a look at a text before it is parsed. */
export const WANTED_KINDS = [
  'Deployment|StatefulSet|DaemonSet|ReplicaSet|ReplicationController|DeploymentConfig|CronJob|Job|Pod|Rollout',
  'Application|Naisjob|ClowdApp',
  'HorizontalPodAutoscaler|ScaledObject|PodDisruptionBudget|LimitRange|Namespace|Canary',
  'Service|Ingress|Route|HTTPRoute|GRPCRoute|TCPRoute|VirtualService|Gateway|IngressRoute|HTTPProxy',
  'NetworkPolicy|CiliumNetworkPolicy|AuthorizationPolicy',
  'DestinationRule|EnvoyFilter|BackendTrafficPolicy|Middleware|KongPlugin',
  'PodMonitor|ServiceMonitor',
  'Certificate|PersistentVolumeClaim|PersistentVolume|StorageClass|Cluster|ScheduledBackup|PostgresCluster|postgresql|Schedule',
  'Template|\\w*List',
].join('|');
