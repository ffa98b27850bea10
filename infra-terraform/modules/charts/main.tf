# What each release installs: chart, version and values files, from helm-values/. No resources: read by the other modules.

locals {
  pinned = yamldecode(file("${var.helm_values}/versions.yaml"))

  versions = {
    for name in var.releases : name => try(coalesce(var.versions[name]), local.pinned[name].targets[var.target], local.pinned[name].version, null)
  }

  # A release that versions.yaml does not know is our own chart.
  upstream = toset([for name in var.releases : name if contains(keys(local.pinned), name)])

  # Null without a folder: from the repositories.
  archives = {
    for name in local.upstream : name => var.sources.charts == null ? null : "${var.sources.charts}/${name}-${local.versions[name]}.tgz"
  }

  values_folders = compact([var.helm_values, "${var.helm_values}/overlays/${var.target}", var.sources.values])

  # The provider compares a chart's version and values, never its files: without this a changed template of ours would not be rolled out.
  own        = "${var.helm_values}/charts/srelab"
  own_digest = sha256(join("\n", [for file in sort(fileset(local.own, "**")) : "${file} ${filesha256("${local.own}/${file}")}"]))

  releases = {
    for name in var.releases : name => {
      chart      = contains(local.upstream, name) ? coalesce(local.archives[name], name) : local.own
      repository = try(local.archives[name], null) == null ? try(local.pinned[name].repository, null) : null
      version    = local.versions[name]
      values = concat(
        [for folder in local.values_folders : file("${folder}/${name}.yaml") if fileexists("${folder}/${name}.yaml")],
        contains(local.upstream, name) ? [] : [yamlencode({ chartDigest = local.own_digest })],
      )
    }
  }

  missing_archives = [for archive in values(local.archives) : archive if archive == null ? false : !fileexists(archive)]

  # A misspelt file would count for nothing, unseen.
  unknown_values = var.sources.values == null ? [] : [
    for file in fileset(var.sources.values, "*.yaml") : file if !fileexists("${var.helm_values}/${file}") || file == "versions.yaml"
  ]
}
