/** Which resources are of interest, told from the text alone, so that most files are never parsed. */

/** Resources that tell of alerts and whom they reach, of dashboards and probes, of data and its backups, of who may do what, and of what runs. */
const TYPES = [
  'aws_cloudwatch_(?:metric_alarm|composite_alarm|event_rule|dashboard)',
  'aws_(?:sns_topic\\w*|route53_health_check|synthetics_canary)',
  'aws_iam_(?:role|\\w*(?:policy|policies)\\w*)',
  'aws_(?:security_group\\w*|vpc_security_group_\\w+)',
  'aws_(?:db_instance|db_instance_automated_backups_replication|db_event_subscription|rds_cluster|rds_cluster_instance|rds_global_cluster|docdb_cluster|neptune_cluster|dynamodb_table|s3_bucket\\w*|backup_\\w+|elasticache_replication_group|efs_\\w+|opensearch_domain)',
  'aws_sqs_queue\\w*',
  'aws_ecs_(?:task_definition|service)',
  'aws_acm_certificate',
  'aws_lambda_(?:function|event_source_mapping|function_event_invoke_config)',
  'aws_(?:appautoscaling_\\w+|autoscaling_(?:group|policy)|a?lb(?:_listener)?|codedeploy_deployment_group)',
  'aws_(?:wafv2_web_acl|api_gateway_(?:method_settings|usage_plan)|apigatewayv2_stage)',
  'datadog_(?:monitor\\w*|synthetics_test|service_level_objective|dashboard\\w*)',
  'azurerm_(?:monitor_\\w+|application_insights_\\w*web_test|(?:portal_)?dashboard|postgresql_\\w+|mysql_\\w+|mssql_\\w+|cosmosdb_account|storage_account|management_lock|servicebus_(?:queue|subscription)|role_assignment|container_app|network_security_(?:group|rule))',
  'google_(?:monitoring_\\w+|sql_database_instance|storage_bucket|cloud_run_\\w+|pubsub_subscription|project_iam_\\w+|compute_(?:firewall|security_policy))',
  '(?:signalfx_dashboard|elasticstack_kibana_synthetics_monitor)',
  '(?:newrelic|grafana|pagerduty|opsgenie|statuscake|pingdom|checkly|uptimerobot|betteruptime|rabbitmq)_\\w+',
].join('|');

const HEADER = new RegExp(`^[ \\t]*(resource|data)[ \\t]+"?(${TYPES})"?[ \\t]+"?([\\w-]{1,200})"?`, 'gm');
const OF_INTEREST = new RegExp(`^(?:${TYPES})$`);

/** A block's first line. */
export interface Header {
  readonly type: string;
  readonly name: string;
  readonly line: number;
}

/** Whether a resource is one of those. */
export function isOfInterest(type: string): boolean {
  return OF_INTEREST.test(type);
}

/** Headers of such blocks in a text; some may stand in a comment or in text. */
export function headersIn(text: string): readonly Header[] {
  const found: Header[] = [];
  let [line, from] = [1, 0];
  for (const match of text.matchAll(HEADER)) {
    for (let at = text.indexOf('\n', from); at !== -1 && at < match.index; at = text.indexOf('\n', from)) {
      line++;
      from = at + 1;
    }
    found.push({ type: match[2] ?? '', name: match[3] ?? '', line });
  }
  return found;
}

/** Whether a text names values that resources elsewhere in its folder may use, or calls a module. */
export function givesValues(text: string): boolean {
  return /^[ \t]*(?:locals\s*\{|variable\s+"?\w|module\s+"?\w)/m.test(text);
}

/** Whether a text calls a module of somebody else's that is likely to bring alerts, queues, objectives or data. */
export function callsModuleOfInterest(text: string): boolean {
  return /^[ \t]*source[ \t]*=[ \t]*"(?!\.\.?\/)[^"\n]*(?:alarm|alert|monitor|uptime|statuscake|pingdom|datadog|synthetic|canary|\/sqs\/|\brds\b|aurora|postgres|mysql|sql-db|cloud-?sql|dynamodb|s3-bucket|elasticache|\bslos?\b|service[_-]level)/im.test(
    text,
  );
}
