# Somebody's cluster: everything in namespaces of its own, nothing taken that is there already unless it is said here.
module "platform" {
  source = "../../modules/platform"

  target        = var.overlay
  prefix        = var.prefix
  helm_values   = "${path.root}/../../../helm-values"
  observability = "${path.root}/../../../observability"
  sources       = var.sources
  passwords     = var.passwords

  storage                 = var.storage
  load_balancer_addresses = var.load_balancer_addresses
  operator_namespace      = var.operator_namespace
  operator_chart_version  = var.operator_chart_version
  monitoring_namespace    = var.monitoring_namespace
  anti_affinity           = var.anti_affinity
  client_cidrs            = var.client_cidrs
  server_dns_names        = var.server_dns_names

  slo_windows            = var.slo_windows
  evaluation_interval    = var.evaluation_interval
  scrape_interval        = var.scrape_interval
  alert_receiver_url     = var.alert_receiver_url
  suite_metrics_address  = var.suite_metrics_address
  install_metrics_server = var.install_metrics_server

  backups   = var.backups
  workloads = var.workloads
  wait      = { enabled = var.wait_for_database, kubeconfig = var.kubeconfig, context = var.context }
}
