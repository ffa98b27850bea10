mock_provider "kubernetes" {}
mock_provider "helm" {}

variables {
  helm_values = "../../../helm-values"
  target      = "k3s"
  namespaces  = { invoicing = "srelab-invoicing", payments = "srelab-payments", monitoring = "srelab-monitoring" }
  database    = { host = "srelab-rw.srelab-database.svc", name = "shop", namespace = "srelab-database", cluster = "srelab" }
  images = {
    invoice_app      = "srelab/invoice-app:0.1.0"
    payment_provider = "srelab/payment-provider:0.1.0"
    edge_proxy       = "srelab/edge-proxy:0.1.0"
  }
  certificate_authority = "PEM"
  passwords = {
    invoice_app      = "invoice-app-0123456789"
    payment_provider = "payment-provider-0123456789"
    payment_token    = "payment-token-0123456789"
  }
}

run "each_team_has_its_own_namespace" {
  assert {
    condition     = helm_release.this["invoice-app"].namespace == "srelab-invoicing" && helm_release.this["payment-provider"].namespace == "srelab-payments"
    error_message = "One service, one namespace."
  }

  assert {
    condition     = yamldecode(helm_release.this["payment-provider"].values[length(helm_release.this["payment-provider"].values) - 1]).workload.callers == [{ name = "invoice-app", namespace = "srelab-invoicing" }]
    error_message = "invoice-app alone may call the provider."
  }

  assert {
    condition     = yamldecode(helm_release.this["invoice-app"].values[length(helm_release.this["invoice-app"].values) - 1]).workload.environment.PAYMENT_PROVIDER_URL == "http://payment-provider.srelab-payments.svc:8080"
    error_message = "The address is configured, not built in."
  }
}

run "no_password_is_in_the_values" {
  assert {
    condition = alltrue([
      for password in values(var.passwords) : !strcontains(join("", flatten([for release in helm_release.this : release.values])), password)
    ])
    error_message = "Helm stores values with each release: passwords are secrets of their own."
  }

  assert {
    condition = alltrue([
      for name in ["invoice-app", "payment-provider"] :
      yamldecode(file("../../../helm-values/srelab-${name}.yaml")).workload.database.secret == kubernetes_secret_v1.database[name].metadata[0].name
    ])
    error_message = "The secret that the chart mounts is the one that is made."
  }
}

run "the_database_is_verified_when_its_authority_is_known" {
  assert {
    condition     = kubernetes_config_map_v1.authority["invoice-app"].data["ca.crt"] == "PEM"
    error_message = "The authority is where the service reads it."
  }
}

run "without_an_authority_nothing_is_verified" {
  variables {
    verify_database = false
  }

  assert {
    condition     = length(kubernetes_config_map_v1.authority) == 0 && yamldecode(helm_release.this["invoice-app"].values[length(helm_release.this["invoice-app"].values) - 1]).workload.database.caConfigMap == ""
    error_message = "No volume of a ConfigMap that is not there."
  }
}

run "an_image_without_a_tag_is_refused" {
  command = plan

  variables {
    images = {
      invoice_app      = "srelab/invoice-app"
      payment_provider = "srelab/payment-provider:0.1.0"
      edge_proxy       = "srelab/edge-proxy:0.1.0"
    }
  }

  expect_failures = [var.images]
}

run "the_newest_image_is_refused" {
  command = plan

  variables {
    images = {
      invoice_app      = "srelab/invoice-app:latest"
      payment_provider = "srelab/payment-provider:0.1.0"
      edge_proxy       = "srelab/edge-proxy:0.1.0"
    }
  }

  expect_failures = [var.images]
}

run "teams_do_not_share" {
  command = plan

  variables {
    namespaces = { invoicing = "srelab", payments = "srelab", monitoring = "srelab-monitoring" }
  }

  expect_failures = [var.namespaces]
}
