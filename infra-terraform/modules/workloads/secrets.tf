locals {
  passwords = {
    invoice-app      = var.passwords.invoice_app
    payment-provider = var.passwords.payment_provider
  }
}

resource "kubernetes_secret_v1" "database" {
  for_each = local.services

  metadata {
    name      = "${each.key}-database"
    namespace = each.value.namespace
    labels    = local.labels
  }

  data = {
    password = local.passwords[each.key]
  }
}

# The same token on both sides: one asks for it, one shows it.
resource "kubernetes_secret_v1" "token" {
  for_each = local.services

  metadata {
    name      = "payment-token"
    namespace = each.value.namespace
    labels    = local.labels
  }

  data = {
    token = var.passwords.payment_token
  }
}

resource "kubernetes_config_map_v1" "authority" {
  for_each = { for name, service in local.services : name => service if var.verify_database }

  metadata {
    name      = "database-ca"
    namespace = each.value.namespace
    labels    = local.labels
  }

  data = {
    "ca.crt" = var.certificate_authority
  }
}

locals {
  labels = {
    "app.kubernetes.io/part-of"    = "srelab"
    "app.kubernetes.io/managed-by" = "terraform"
  }
}
