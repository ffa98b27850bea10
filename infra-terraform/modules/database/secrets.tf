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
