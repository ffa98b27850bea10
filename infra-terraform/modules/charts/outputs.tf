output "releases" {
  description = "Per release: chart, repository, version, and the contents of its values files, common before overlay."
  value       = local.releases
}
