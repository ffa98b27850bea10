output "releases" {
  description = "Per release: chart, repository, version, and the contents of its values files, common before overlay before sources.values."
  value       = local.releases

  precondition {
    condition     = length(local.missing_archives) == 0
    error_message = "sources.charts: not found: ${join(", ", local.missing_archives)}; fetch each with helm pull --repo REPOSITORY --version VERSION NAME (helm-values/versions.yaml)."
  }

  precondition {
    condition     = length(local.unknown_values) == 0
    error_message = "sources.values: no release has the name of ${join(", ", local.unknown_values)}; the names are those of the files in helm-values."
  }
}
