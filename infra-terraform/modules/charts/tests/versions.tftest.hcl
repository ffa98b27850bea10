variables {
  helm_values = "../../../helm-values"
  target      = "k3s"
  releases    = ["cloudnative-pg", "metallb", "srelab-database"]
}

run "every_chart_is_pinned" {
  command = plan

  assert {
    condition     = alltrue([for pin in values(yamldecode(file("${var.helm_values}/versions.yaml"))) : can(regex("^\\d+\\.\\d+\\.\\d+$", pin.version)) && startswith(pin.repository, "https://")])
    error_message = "versions.yaml: every chart has an exact version and a repository."
  }

  assert {
    condition     = output.releases["cloudnative-pg"].version == "0.27.1"
    error_message = "K3s runs Kubernetes 1.29: the operator is the newest one that was tested on it."
  }

  assert {
    condition     = output.releases["srelab-database"].version == null && endswith(output.releases["srelab-database"].chart, "charts/srelab")
    error_message = "What versions.yaml does not know is our own chart, from its folder."
  }

  assert {
    condition     = length(output.releases["srelab-database"].values) == 3 && length(output.releases["metallb"].values) == 1
    error_message = "The common file comes first; an overlay follows where there is one."
  }

  assert {
    condition     = can(regex("^[0-9a-f]{64}$", yamldecode(output.releases["srelab-database"].values[2]).chartDigest))
    error_message = "Our own chart is told by its files: a plan would not see a changed template otherwise."
  }
}

run "a_target_has_its_own_operator" {
  command = plan

  variables {
    target = "eks"
  }

  assert {
    condition     = output.releases["cloudnative-pg"].version == "0.29.0"
    error_message = "The version of a target counts before the common one."
  }
}

run "a_misspelt_target_is_refused" {
  command = plan

  variables {
    target = "kubernetes"
  }

  expect_failures = [var.target]
}

run "a_wrong_folder_is_refused" {
  command = plan

  variables {
    helm_values = "."
  }

  expect_failures = [var.helm_values]
}

run "another_version_is_asked_for" {
  command = plan

  variables {
    versions = { cloudnative-pg = "0.28.0", metallb = null }
  }

  assert {
    condition     = output.releases["cloudnative-pg"].version == "0.28.0" && output.releases["metallb"].version == "0.15.3"
    error_message = "A version that is given counts; null counts for none."
  }
}

run "archives_and_values_of_ones_own" {
  command = plan

  variables {
    releases = ["metallb", "srelab-database"]
    sources  = { charts = "tests/sources/charts", values = "tests/sources/values" }
  }

  assert {
    condition     = output.releases["metallb"].chart == "tests/sources/charts/metallb-0.15.3.tgz" && output.releases["metallb"].repository == null
    error_message = "The archive in place of the repository."
  }

  assert {
    condition     = endswith(output.releases["srelab-database"].chart, "charts/srelab") && yamldecode(output.releases["srelab-database"].values[2]).database.image == "registry.example/postgresql:17"
    error_message = "Our own chart stays; the folder's values come last."
  }
}

run "a_missing_archive_is_named" {
  command = plan

  variables {
    sources = { charts = "tests/sources/charts" }
  }

  expect_failures = [output.releases]
}

run "a_misspelt_values_file_is_refused" {
  command = plan

  variables {
    sources = { values = "tests/sources" }
  }

  expect_failures = [output.releases]
}
