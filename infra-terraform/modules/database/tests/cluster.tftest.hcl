mock_provider "kubernetes" {}
mock_provider "helm" {}

variables {
  helm_values          = "../../../helm-values"
  target               = "k3s"
  namespace            = "srelab-database"
  operator_namespace   = "srelab-operator"
  monitoring_namespace = "srelab-monitoring"
  storage_class        = "srelab"
  queries              = "srelab_x: {}"
  client_cidrs         = ["172.30.0.0/16"]
  client_pods          = [{ namespace = "srelab-invoicing", name = "invoice-app" }]
  wait                 = { enabled = false }
  passwords = {
    superuser        = "superuser-0123456789"
    owner            = "owner-0123456789"
    monitor          = "monitor-0123456789"
    invoice_app      = "invoice-app-0123456789"
    payment_provider = "payment-provider-0123456789"
  }
}

run "the_cluster_gets_what_was_asked_for" {
  assert {
    condition     = yamldecode(helm_release.cluster.values[length(helm_release.cluster.values) - 1]).database.clients.pods[0].labels["app.kubernetes.io/name"] == "invoice-app"
    error_message = "Clients are let in by label."
  }

  assert {
    condition     = yamldecode(helm_release.cluster.values[0]).database.synchronous == { method = "any", number = 1, dataDurability = "required", failoverQuorum = true }
    error_message = "An acknowledged write is on two instances, always."
  }

  assert {
    condition     = helm_release.operator[0].version == "0.27.1" && output.host == "srelab-rw.srelab-database.svc"
    error_message = "Pinned operator; clients find the read-write service."
  }
}

run "no_password_is_in_the_values" {
  assert {
    condition     = alltrue([for password in values(var.passwords) : !strcontains(join("", helm_release.cluster.values), password) if password != null])
    error_message = "Helm stores values with each release: passwords are secrets of their own."
  }

  assert {
    condition     = kubernetes_secret_v1.login["invoice_app"].type == "kubernetes.io/basic-auth" && kubernetes_secret_v1.login["superuser"].metadata[0].name == "srelab-superuser"
    error_message = "Secrets as the operator wants them."
  }

  assert {
    condition = toset(concat(
      values(yamldecode(file("../../../helm-values/charts/srelab/values.yaml")).database.secrets),
      [for role in yamldecode(file("../../../helm-values/srelab-database.yaml")).database.roles : role.secret],
    )) == toset(values(output.secrets))
    error_message = "Every secret that the chart names is made, and no other."
  }
}

run "an_operator_that_is_there_is_taken" {
  variables {
    install_operator   = false
    operator_namespace = "cnpg-system"
  }

  assert {
    condition     = length(helm_release.operator) == 0 && yamldecode(helm_release.cluster.values[length(helm_release.cluster.values) - 1]).network.operatorNamespace == "cnpg-system"
    error_message = "Not installed twice, and let in."
  }
}

run "waiting_is_a_step_of_its_own" {
  # Planned alone: applied, it would call kubectl.
  command = plan

  variables {
    wait = { enabled = true, kubeconfig = "kubeconfig" }
  }

  assert {
    condition     = length(terraform_data.ready) == 1 && length(data.kubernetes_secret_v1.authority) == 1
    error_message = "The authority is read once the cluster is there."
  }
}

run "two_instances_are_refused" {
  command = plan

  variables {
    instances = 2
  }

  expect_failures = [var.instances]
}

run "a_short_password_is_refused" {
  command = plan

  variables {
    passwords = {
      superuser        = "short"
      owner            = "owner-0123456789"
      monitor          = "monitor-0123456789"
      invoice_app      = "invoice-app-0123456789"
      payment_provider = "payment-provider-0123456789"
    }
  }

  expect_failures = [var.passwords]
}

run "waiting_needs_a_kubeconfig" {
  command = plan

  variables {
    wait = { enabled = true }
  }

  expect_failures = [var.wait]
}

run "a_wrong_network_is_refused" {
  command = plan

  variables {
    client_cidrs = ["everyone"]
  }

  expect_failures = [var.client_cidrs]
}

run "no_store_unless_it_is_asked_for" {
  assert {
    condition     = length(kubernetes_secret_v1.store) == 0 && output.backups == null && yamldecode(helm_release.cluster.values[length(helm_release.cluster.values) - 1]).database.backups.enabled == false
    error_message = "Backups are off."
  }
}

run "a_store_with_keys_that_are_in_no_values" {
  variables {
    backups = { enabled = true, retention = "30d" }
    passwords = {
      superuser        = "superuser-0123456789"
      owner            = "owner-0123456789"
      monitor          = "monitor-0123456789"
      invoice_app      = "invoice-app-0123456789"
      payment_provider = "payment-provider-0123456789"
      backups          = "backups-0123456789"
    }
  }

  assert {
    condition     = output.backups == { service = "srelab-backups", port = 8333, bucket = "backups", secret = "srelab-backups" }
    error_message = "What the suite reads."
  }

  assert {
    condition     = jsondecode(kubernetes_secret_v1.store[0].data["identities.json"]).identities[0].credentials[0].secretKey == kubernetes_secret_v1.store[0].data["secret-access-key"]
    error_message = "The store knows the key that PostgreSQL uses."
  }

  assert {
    condition     = !strcontains(join("", helm_release.cluster.values), "backups-0123456789") && !strcontains(join("", helm_release.cluster.values), kubernetes_secret_v1.store[0].data["encryption-key"])
    error_message = "No key is in the values."
  }

  assert {
    condition     = yamldecode(helm_release.cluster.values[length(helm_release.cluster.values) - 1]).database.backups.retention == "30d" && yamldecode(file("../../../helm-values/charts/srelab/values.yaml")).database.backups.secret == output.backups.secret
    error_message = "The chart gets what was asked for, and names the secret that is made."
  }
}

run "a_store_without_a_password_is_refused" {
  command = plan

  variables {
    backups = { enabled = true }
  }

  expect_failures = [kubernetes_secret_v1.store]
}

run "a_wrong_schedule_is_refused" {
  command = plan

  variables {
    backups = { schedule = "daily" }
  }

  expect_failures = [var.backups]
}
