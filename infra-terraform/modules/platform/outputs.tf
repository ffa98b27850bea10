output "namespaces" {
  description = "Full names, by what they are for."
  value       = module.namespaces.names
}

output "database" {
  description = "How the database is found: Cluster, host inside, services with an address outside, database and owner, names of the secrets, where backups are."
  value = {
    cluster        = module.database.name
    host           = module.database.host
    load_balancers = module.database.load_balancer_services
    database       = module.database.database
    secrets        = module.database.secrets
    backups        = module.database.backups
  }
}

output "storage_class" {
  description = "Class of the database's volumes."
  value       = module.storage.name
}

output "monitoring" {
  description = "Services of Prometheus, Alertmanager and Grafana, number of rules, names of dashboards."
  value = {
    services   = module.observability.services
    rules      = module.observability.rules
    dashboards = module.observability.dashboards
  }
}

output "workloads" {
  description = "Services, teams and ingress of the sample services; null without them."
  value = try({
    services     = module.workloads[0].services
    teams        = module.workloads[0].teams
    ingress_host = module.workloads[0].ingress_host
  }, null)
}
