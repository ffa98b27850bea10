output "services" {
  description = "Service of each workload, inside of the cluster."
  value       = { for name, service in local.services : name => "${name}.${service.namespace}.svc:8080" }
}

output "teams" {
  description = "Service account of each team, with its namespace."
  value = {
    invoicing = { namespace = var.namespaces.invoicing, service_account = "team-invoicing" }
    payments  = { namespace = var.namespaces.payments, service_account = "team-payments" }
  }
}

output "ingress_host" {
  description = "Name that invoice-app is reached by."
  value       = var.ingress.host
}
