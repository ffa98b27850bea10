mock_provider "kubernetes" {}
mock_provider "helm" {}

variables {
  kubeconfig              = "kubeconfig"
  load_balancer_addresses = ["172.30.0.200-172.30.0.220"]
  wait_for_database       = false
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

run "addresses_are_needed" {
  command = plan

  variables {
    load_balancer_addresses = []
  }

  expect_failures = [var.load_balancer_addresses]
}
