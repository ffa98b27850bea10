mock_provider "kubernetes" {}
mock_provider "helm" {}

variables {
  target        = "k3s"
  helm_values   = "../../../helm-values"
  observability = "../../../observability"
  wait          = { enabled = false }
  passwords = {
    superuser        = "superuser-0123456789"
    owner            = "owner-0123456789"
    monitor          = "monitor-0123456789"
    invoice_app      = "invoice-app-0123456789"
    payment_provider = "payment-provider-0123456789"
    payment_token    = "payment-token-0123456789"
    grafana          = "grafana-0123456789"
  }
  load_balancer_addresses = ["172.30.0.200-172.30.0.220"]
}

run "a_lab_of_its_own" {
  assert {
    condition     = toset(keys(output.namespaces)) == toset(["database", "invoicing", "load-balancer", "monitoring", "operator", "payments"])
    error_message = "A namespace for each concern."
  }

  assert {
    condition     = output.workloads.teams.payments == { namespace = "srelab-payments", service_account = "team-payments" }
    error_message = "Teams with their accounts."
  }

  assert {
    condition     = output.database.cluster == "srelab" && output.storage_class == "srelab"
    error_message = "What the suite looks for."
  }
}

run "nothing_is_installed_twice" {
  variables {
    load_balancer_addresses = []
    operator_namespace      = "cnpg-system"
    monitoring_namespace    = "monitoring"
    storage                 = { create = false, name = "gp3" }
    workloads               = { enabled = false }
  }

  assert {
    condition     = toset(keys(output.namespaces)) == toset(["database", "invoicing", "monitoring", "payments"]) && output.workloads == null && output.storage_class == "gp3" && output.monitoring.services == null
    error_message = "What is there is taken."
  }
}

run "backups_are_passed_on" {
  variables {
    backups = { enabled = true }
    passwords = {
      superuser        = "superuser-0123456789"
      owner            = "owner-0123456789"
      monitor          = "monitor-0123456789"
      invoice_app      = "invoice-app-0123456789"
      payment_provider = "payment-provider-0123456789"
      payment_token    = "payment-token-0123456789"
      grafana          = "grafana-0123456789"
      backups          = "backups-0123456789"
    }
  }

  assert {
    condition     = output.database.backups.service == "srelab-backups"
    error_message = "Where the suite finds the store."
  }
}
