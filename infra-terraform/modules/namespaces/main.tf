resource "kubernetes_namespace_v1" "this" {
  for_each = var.namespaces

  metadata {
    name = "${var.prefix}-${each.key}"

    labels = {
      "app.kubernetes.io/part-of"          = "srelab"
      "app.kubernetes.io/managed-by"       = "terraform"
      "srelab.io/lab"                      = var.prefix
      "pod-security.kubernetes.io/enforce" = each.value
      "pod-security.kubernetes.io/warn"    = each.value
      "pod-security.kubernetes.io/audit"   = each.value
    }
  }
}
