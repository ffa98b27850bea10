module "charts" {
  source = "../charts"

  helm_values = var.helm_values
  target      = var.target
  sources     = var.sources
  # An archive is asked for only of what is installed.
  releases = concat(var.install ? ["kube-prometheus-stack"] : [], var.install_metrics_server ? ["metrics-server"] : [], ["srelab-observability"])
}

resource "kubernetes_secret_v1" "grafana" {
  count = var.install ? 1 : 0

  metadata {
    name      = "grafana-admin"
    namespace = var.namespace

    labels = {
      "app.kubernetes.io/part-of"    = "srelab"
      "app.kubernetes.io/managed-by" = "terraform"
    }
  }

  data = {
    "admin-user"     = "admin"
    "admin-password" = var.grafana_password
  }
}

resource "helm_release" "monitoring" {
  count = var.install ? 1 : 0

  name       = "monitoring"
  namespace  = var.namespace
  repository = module.charts.releases["kube-prometheus-stack"].repository
  chart      = module.charts.releases["kube-prometheus-stack"].chart
  version    = module.charts.releases["kube-prometheus-stack"].version
  values = concat(module.charts.releases["kube-prometheus-stack"].values, [
    yamlencode({
      alertmanager = { config = local.alertmanager }
      prometheus   = { prometheusSpec = { additionalScrapeConfigs = local.suite } }
    }),
  ])
  wait    = true
  timeout = var.timeout_seconds

  depends_on = [kubernetes_secret_v1.grafana]
}

# The autoscaler's source, where the cluster brings none.
resource "helm_release" "metrics_server" {
  count = var.install_metrics_server ? 1 : 0

  name       = "metrics-server"
  namespace  = var.namespace
  repository = module.charts.releases["metrics-server"].repository
  chart      = module.charts.releases["metrics-server"].chart
  version    = module.charts.releases["metrics-server"].version
  values     = module.charts.releases["metrics-server"].values
  timeout    = var.timeout_seconds
}

# Rules and dashboards: custom resources and ConfigMaps of our chart, after the definitions that they need.
resource "helm_release" "rules" {
  name      = "srelab-observability"
  namespace = var.namespace
  chart     = module.charts.releases["srelab-observability"].chart
  values = concat(module.charts.releases["srelab-observability"].values, [
    yamlencode({ observability = { groups = local.groups, dashboards = local.dashboards } }),
  ])
  timeout = var.timeout_seconds

  depends_on = [helm_release.monitoring]
}
