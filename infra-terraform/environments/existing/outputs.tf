output "namespaces" {
  description = "Full names, by what they are for."
  value       = module.platform.namespaces
}

output "database" {
  description = "How the database is found: Cluster, host inside, services with an address outside, database and owner, names of the secrets, where backups are."
  value       = module.platform.database
}

output "storage_class" {
  description = "Class of the database's volumes."
  value       = module.platform.storage_class
}

output "monitoring" {
  description = "Services of Prometheus, Alertmanager and Grafana, number of rules, names of dashboards."
  value       = module.platform.monitoring
}

output "workloads" {
  description = "Services, teams and ingress of the sample services; null without them."
  value       = module.platform.workloads
}
