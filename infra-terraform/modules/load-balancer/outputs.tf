output "addresses" {
  description = "What services of type LoadBalancer get an address from."
  value       = var.addresses
}

output "ready" {
  description = "Known once addresses are handed out: depend on it before a service needs one."
  value       = helm_release.pool.id
}
