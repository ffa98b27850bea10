# Everything that SreLab owns on a cluster, in the order in which it needs each other.

module "namespaces" {
  source = "../namespaces"

  prefix     = var.prefix
  namespaces = local.namespaces
}

module "storage" {
  source = "../storage"

  create      = var.storage.create
  name        = var.storage.name
  provisioner = var.storage.provisioner
  parameters  = var.storage.parameters
  expandable  = var.storage.expandable
}

module "load_balancer" {
  source = "../load-balancer"
  count  = length(var.load_balancer_addresses) > 0 ? 1 : 0

  helm_values = var.helm_values
  sources     = var.sources
  target      = var.target
  namespace   = module.namespaces.names["load-balancer"]
  addresses   = var.load_balancer_addresses
}

module "observability" {
  source = "../observability"

  helm_values            = var.helm_values
  sources                = var.sources
  target                 = var.target
  observability          = var.observability
  namespace              = module.namespaces.names["monitoring"]
  install                = var.monitoring_namespace == null
  slo_windows            = var.slo_windows
  evaluation_interval    = var.evaluation_interval
  alert_receiver_url     = var.alert_receiver_url
  suite_metrics_address  = var.suite_metrics_address
  grafana_password       = var.passwords.grafana
  install_metrics_server = var.install_metrics_server
}

module "database" {
  source = "../database"

  helm_values            = var.helm_values
  sources                = var.sources
  target                 = var.target
  namespace              = module.namespaces.names["database"]
  operator_namespace     = var.operator_namespace == null ? module.namespaces.names["operator"] : var.operator_namespace
  monitoring_namespace   = local.monitoring_namespace
  install_operator       = var.operator_namespace == null
  operator_chart_version = var.operator_chart_version
  anti_affinity          = var.anti_affinity
  storage_class          = module.storage.name
  server_dns_names       = var.server_dns_names
  client_cidrs           = var.client_cidrs
  client_pods = [
    { namespace = module.namespaces.names["invoicing"], name = "invoice-app" },
    { namespace = module.namespaces.names["payments"], name = "payment-provider" },
  ]
  queries         = file("${var.observability}/queries/srelab.yml")
  scrape_interval = var.scrape_interval
  passwords = {
    superuser        = var.passwords.superuser
    owner            = var.passwords.owner
    monitor          = var.passwords.monitor
    invoice_app      = var.passwords.invoice_app
    payment_provider = var.passwords.payment_provider
    backups          = var.passwords.backups
  }
  backups = var.backups
  wait    = var.wait

  # Monitors need monitoring's definitions, services an address. Not depends_on: any change over there would put off reading the authority,
  # and a plan would tell of changes that are none.
  after = compact([module.observability.ready, one(module.load_balancer[*].ready)])
}

module "workloads" {
  source = "../workloads"
  count  = var.workloads.enabled ? 1 : 0

  helm_values = var.helm_values
  sources     = var.sources
  target      = var.target
  namespaces = {
    invoicing  = module.namespaces.names["invoicing"]
    payments   = module.namespaces.names["payments"]
    monitoring = local.monitoring_namespace
  }
  images  = var.workloads.images
  ingress = var.workloads.ingress
  database = {
    host      = module.database.host
    name      = module.database.database.name
    namespace = module.namespaces.names["database"]
    cluster   = module.database.name
  }
  verify_database       = var.wait.enabled
  certificate_authority = module.database.certificate_authority
  scrape_interval       = var.scrape_interval
  passwords = {
    invoice_app      = var.passwords.invoice_app
    payment_provider = var.passwords.payment_provider
    payment_token    = var.passwords.payment_token
  }
}
