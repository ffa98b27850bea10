output "name" {
  description = "Name of the Cluster."
  value       = var.name
}

output "host" {
  description = "Read-write service, inside of the cluster."
  value       = "${var.name}-rw.${var.namespace}.svc"
}

output "load_balancer_services" {
  description = "Services with an address outside of the cluster: read-write and read-only."
  value       = { rw = "srelab-rw-lb", ro = "srelab-ro-lb" }
}

output "database" {
  description = "The database that is seeded, and its owner."
  value       = { name = "shop", owner = "app" }
}

output "secrets" {
  description = "Names of the secrets with the logins, by role."
  value       = { for role, login in local.logins : role => login.secret }
}

output "backups" {
  description = "Where backups are: service and port of the store, its bucket, the secret with its keys; null where they are off."
  value       = var.backups.enabled ? { service = local.store.service, port = 8333, bucket = local.store.bucket, secret = local.store.secret } : null
}

output "certificate_authority" {
  description = "PEM of the authority that signed the server's certificate; empty when nothing waited for it."
  value       = try(data.kubernetes_secret_v1.authority[0].data["ca.crt"], "")
  sensitive   = true
}
