# A K3s cluster of containers, started with --disable=servicelb (MetalLB hands addresses out) and nothing else taken away:
# Traefik, metrics-server and the local-path provisioner are K3s' own.
module "platform" {
  source = "../../modules/platform"

  target        = "k3s"
  prefix        = var.prefix
  helm_values   = "${path.root}/../../../helm-values"
  observability = "${path.root}/../../../observability"
  sources       = var.sources
  passwords     = var.passwords

  storage                 = { provisioner = "rancher.io/local-path" }
  load_balancer_addresses = var.load_balancer_addresses
  client_cidrs            = var.client_cidrs
  server_dns_names        = var.server_dns_names
  operator_chart_version  = var.operator_chart_version

  # A lab of minutes: burn-rate windows of minutes, everything every second.
  slo_windows           = "run"
  evaluation_interval   = "1s"
  scrape_interval       = "1s"
  alert_receiver_url    = var.alert_receiver_url
  suite_metrics_address = var.suite_metrics_address

  backups   = var.backups
  workloads = var.workloads
  wait      = { enabled = var.wait_for_database, kubeconfig = var.kubeconfig, context = var.context }
}
