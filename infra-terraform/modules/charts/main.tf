# What each release installs: chart, version and values files, from helm-values/. No resources: read by the other modules.

locals {
  pinned = yamldecode(file("${var.helm_values}/versions.yaml"))

  releases = {
    for name in var.releases : name => {
      # A release that versions.yaml does not know is our own chart.
      chart      = contains(keys(local.pinned), name) ? name : "${var.helm_values}/charts/srelab"
      repository = try(local.pinned[name].repository, null)
      version    = try(local.pinned[name].targets[var.target], local.pinned[name].version, null)
      values = [
        for file in ["${var.helm_values}/${name}.yaml", "${var.helm_values}/overlays/${var.target}/${name}.yaml"] :
        file(file) if fileexists(file)
      ]
    }
  }
}
