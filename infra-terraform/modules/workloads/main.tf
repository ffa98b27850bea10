module "charts" {
  source = "../charts"

  helm_values = var.helm_values
  target      = var.target
  sources     = var.sources
  releases    = ["srelab-invoice-app", "srelab-payment-provider"]
}

resource "helm_release" "this" {
  for_each = local.services

  name      = "srelab-${each.key}"
  namespace = each.value.namespace
  chart     = module.charts.releases["srelab-${each.key}"].chart
  values    = concat(module.charts.releases["srelab-${each.key}"].values, [yamlencode(each.value.values)])
  # Not ready before the database is seeded: readiness follows the database, and a seed comes after the apply.
  wait    = false
  timeout = var.timeout_seconds

  depends_on = [kubernetes_secret_v1.database, kubernetes_secret_v1.token, kubernetes_config_map_v1.authority]
}
