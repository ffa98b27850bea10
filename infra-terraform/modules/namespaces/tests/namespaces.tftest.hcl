mock_provider "kubernetes" {}

variables {
  namespaces = { database = "restricted", monitoring = "privileged" }
}

run "names_have_the_prefix_and_the_level" {
  assert {
    condition     = output.names == { database = "srelab-database", monitoring = "srelab-monitoring" }
    error_message = "Names begin with the prefix."
  }

  assert {
    condition     = kubernetes_namespace_v1.this["database"].metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "The level is enforced."
  }
}

run "a_wrong_level_is_refused" {
  command = plan

  variables {
    namespaces = { database = "open" }
  }

  expect_failures = [var.namespaces]
}

run "a_wrong_prefix_is_refused" {
  command = plan

  variables {
    prefix = "SreLab"
  }

  expect_failures = [var.prefix]
}
