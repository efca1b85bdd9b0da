/** Services of ECS and Cloud Run in Terraform as workloads. */
import { describe, expect, it } from 'vitest';
import { collector } from '../../src/evidence/workloads.ts';
import { collected } from './collected.ts';

async function workloadsIn(files: Readonly<Record<string, string>>) {
  return (await collected(collector, files)).facts.workloads;
}

describe('a service of ECS', () => {
  const task = `resource "aws_ecs_task_definition" "ledger" {
  family = "ledger"
  container_definitions = jsonencode([
    { name = "envoy", image = "envoyproxy/envoy:v1.36" },
    {
      name = "ledger", image = "\${var.registry}/ledger:1", user = "1000", memory = 512, essential = true,
      portMappings = [{ containerPort = 8080 }],
      environment = [{ name = "MODE", value = "live" }, { name = "DB_PASSWORD", value = "hunter2" }],
      secrets = [{ name = "TOKEN", valueFrom = aws_ssm_parameter.t.arn }],
      healthCheck = { command = ["CMD-SHELL", "curl -f http://localhost:8080/health"] },
    },
  ])
}
`;
  const service = `resource "aws_ecs_service" "ledger" {
  name            = "ledger"
  task_definition = aws_ecs_task_definition.ledger.arn
  desired_count   = 3
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
resource "aws_appautoscaling_target" "ledger" {
  resource_id  = "service/\${aws_ecs_cluster.c.name}/\${aws_ecs_service.ledger.name}"
  min_capacity = 3
  max_capacity = var.most
}
`;

  it('is joined with its task and what scales it', async () => {
    const [workload, ...others] = await workloadsIn({ 'infra/a.tf': task + service });
    expect(others).toEqual([]);
    expect(workload).toMatchObject({
      platform: 'ecs',
      name: 'ledger',
      role: 'service',
      replicas: { value: 3, via: 'literal' },
      autoscaler: { min: { value: 3 }, max: { opaque: 'var.most' } },
      rollout: { strategy: { value: 'rolling', via: 'default' }, rollsBack: { value: true } },
      containers: [
        { name: 'envoy', role: 'sidecar' },
        {
          name: 'ledger',
          role: 'main',
          image: { opaque: '${var.registry}/ledger:1' },
          ports: [{ number: 8080 }],
          memoryLimit: { value: '512' },
          security: { runAsUser: { value: 1000 } },
          liveness: { value: { kind: 'exec' } },
          env: [
            { name: 'MODE', from: 'literal', value: 'live' },
            { name: 'DB_PASSWORD', from: 'literal-secret' },
            { name: 'TOKEN', from: 'secret' },
          ],
        },
      ],
    });
    expect(JSON.stringify(workload)).not.toContain('hunter2');
  });

  it('is partial where its containers are put together elsewhere', async () => {
    const open =
      'resource "aws_ecs_task_definition" "ledger" {\n  container_definitions = jsonencode([module.c.json_map_object])\n}\n';
    expect(await workloadsIn({ 'a.tf': open + service })).toMatchObject([
      { containers: [], partial: expect.stringContaining('module.c.json_map_object') },
    ]);
    expect(await workloadsIn({ 'a.tf': service })).toMatchObject([{ partial: 'its task definition is not here' }]);
  });

  it('may be replaced by CodeDeploy', async () => {
    const text = 'resource "aws_ecs_service" "s" {\n  deployment_controller {\n    type = "CODE_DEPLOY"\n  }\n}\n';
    expect(await workloadsIn({ 'a.tf': text })).toMatchObject([
      { rollout: { strategy: { value: 'blue-green' } }, replicas: { value: 0, via: 'default' } },
    ]);
  });
});

describe('a service of Cloud Run', () => {
  it('is read in both shapes of the resource, and so is a job', async () => {
    const text = `resource "google_cloud_run_v2_service" "a" {
  name = "a"
  template {
    scaling {
      min_instance_count = 2
    }
    containers {
      image = "europe-docker.pkg.dev/lumenpay/a:1"
      liveness_probe {
        http_get {
          path = "/live"
        }
      }
      env {
        name = "API_KEY"
        value = "hunter2"
      }
    }
  }
}
resource "google_cloud_run_service" "b" {
  name = "b"
  template {
    metadata {
      annotations = { "autoscaling.knative.dev/maxScale" = "5" }
    }
    spec {
      containers {
        image = var.image
      }
    }
  }
}
resource "google_cloud_run_v2_job" "c" {
  name = "c"
  template {
    template {
      containers {
        image = "x/c:1"
      }
    }
  }
}
`;
    const workloads = await workloadsIn({ 'a.tf': text });
    expect(workloads).toMatchObject([
      {
        platform: 'cloud-run',
        name: 'a',
        replicas: { value: 2 },
        containers: [
          {
            image: { value: 'europe-docker.pkg.dev/lumenpay/a:1' },
            liveness: { value: { kind: 'http', path: '/live' } },
            env: [{ from: 'literal-secret' }],
          },
        ],
      },
      {
        name: 'b',
        replicas: { value: 0, via: 'default' },
        autoscaler: { max: { value: 5 } },
        containers: [{ image: { opaque: 'var.image' } }],
      },
      { name: 'c', role: 'job', containers: [{ image: { value: 'x/c:1' } }] },
    ]);
    expect(JSON.stringify(workloads)).not.toContain('hunter2');
  });
});
