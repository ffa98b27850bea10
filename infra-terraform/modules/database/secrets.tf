# Referred to by name: no password is in a chart's values, which Helm stores with each release.
resource "kubernetes_secret_v1" "login" {
  for_each = local.logins

  metadata {
    name      = each.value.secret
    namespace = var.namespace

    labels = {
      "app.kubernetes.io/part-of"    = "srelab"
      "app.kubernetes.io/managed-by" = "terraform"
      # The operator takes a new password over at once.
      "cnpg.io/reload" = "true"
    }
  }

  type = "kubernetes.io/basic-auth"
  data = {
    username = each.value.user
    password = var.passwords[each.key]
  }
}

# The store knows one user. Keys of objects are wrapped with a key of their own, which is not on the store's volume.
resource "kubernetes_secret_v1" "store" {
  count = var.backups.enabled ? 1 : 0

  metadata {
    name      = local.store.secret
    namespace = var.namespace

    labels = {
      "app.kubernetes.io/part-of"    = "srelab"
      "app.kubernetes.io/managed-by" = "terraform"
      "cnpg.io/reload"               = "true"
    }
  }

  type = "Opaque"
  data = {
    "access-key-id"     = local.store.user
    "secret-access-key" = var.passwords.backups
    "encryption-key"    = sha256("encryption of backups: ${coalesce(var.passwords.backups, "none")}")
    "identities.json" = jsonencode({
      identities = [{
        name        = local.store.user
        credentials = [{ accessKey = local.store.user, secretKey = var.passwords.backups }]
        actions     = ["Admin"]
      }]
    })
  }

  lifecycle {
    precondition {
      condition     = var.passwords.backups != null
      error_message = "passwords.backups: the store has one, at least 16 characters."
    }
  }
}
