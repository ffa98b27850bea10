mock_provider "kubernetes" {}
mock_provider "helm" {}

variables {
  kubeconfig        = "kubeconfig"
  context           = "lab"
  storage           = { name = "standard" }
  wait_for_database = false
  passwords = {
    superuser        = "superuser-0123456789"
    owner            = "owner-0123456789"
    monitor          = "monitor-0123456789"
    invoice_app      = "invoice-app-0123456789"
    payment_provider = "payment-provider-0123456789"
    payment_token    = "payment-token-0123456789"
    grafana          = "grafana-0123456789"
  }
}

run "the_suite_finds_what_it_needs" {
  assert {
    condition     = output.database.load_balancers.rw == "srelab-rw-lb" && output.workloads.services["invoice-app"] == "invoice-app.srelab-invoicing.svc:8080"
    error_message = "Names that the suite reads."
  }

  assert {
    condition     = output.monitoring.rules > 100 && length(output.monitoring.dashboards) > 0
    error_message = "Rules and dashboards."
  }
}

run "another_prefix_is_another_lab" {
  variables {
    prefix = "other"
  }

  assert {
    condition     = alltrue([for name in values(output.namespaces) : startswith(name, "other-")])
    error_message = "Every namespace."
  }
}

run "the_context_is_named" {
  command = plan

  variables {
    context = ""
  }

  expect_failures = [var.context]
}

run "a_storage_class_is_taken_unless_one_is_asked_for" {
  assert {
    condition     = output.storage_class == "standard"
    error_message = "Nothing cluster-wide is made unasked."
  }
}
