output "services" {
  description = "Services inside of the namespace: name and port; null when the stack was there before."
  value = var.install ? {
    prometheus   = { name = "monitoring-kube-prometheus-prometheus", port = 9090 }
    alertmanager = { name = "monitoring-kube-prometheus-alertmanager", port = 9093 }
    grafana      = { name = "monitoring-grafana", port = 80 }
  } : null
}

output "rules" {
  description = "Number of rules, recorded and alerting."
  value       = sum([for group in local.groups : length(group.rules)])
}

output "dashboards" {
  description = "File names of the dashboards."
  value       = sort(keys(local.dashboards))
}

output "ready" {
  description = "Known once the custom resource definitions of monitoring are there: depend on it before a PodMonitor."
  value       = try(helm_release.monitoring[0].id, helm_release.rules.id)
}
