locals {
  # Roles and their secrets: names as in helm-values/srelab-database.yaml.
  logins = {
    superuser        = { secret = "srelab-superuser", user = "postgres" }
    owner            = { secret = "srelab-app", user = "app" }
    monitor          = { secret = "srelab-monitor", user = "monitor" }
    invoice_app      = { secret = "srelab-invoice-app", user = "invoice_app" }
    payment_provider = { secret = "srelab-payment-provider", user = "payment_provider" }
  }

  # As in helm-values/charts/srelab/values.yaml and its template.
  store = {
    secret  = "srelab-backups"
    service = "${var.name}-backups"
    bucket  = "backups"
    user    = "srelab"
  }

  values = {
    database = {
      name           = var.name
      instances      = var.instances
      antiAffinity   = var.anti_affinity
      storageClass   = var.storage_class
      serverDnsNames = var.server_dns_names
      queries        = var.queries
      scrapeInterval = var.scrape_interval
      backups = {
        enabled        = var.backups.enabled
        bucket         = local.store.bucket
        secret         = local.store.secret
        retention      = var.backups.retention
        schedule       = var.backups.schedule
        archiveTimeout = var.backups.archive_timeout
        store          = { volumeSize = var.backups.volume_size }
      }
      clients = {
        cidrs = var.client_cidrs
        pods  = [for pod in var.client_pods : { namespace = pod.namespace, labels = { "app.kubernetes.io/name" = pod.name } }]
      }
    }
    network = {
      monitoringNamespace = var.monitoring_namespace
      operatorNamespace   = var.operator_namespace
    }
  }
}
