module "charts" {
  source = "../charts"

  helm_values = var.helm_values
  target      = var.target
  sources     = var.sources
  releases    = ["metallb", "srelab-load-balancer"]
}

resource "helm_release" "metallb" {
  name       = "metallb"
  namespace  = var.namespace
  repository = module.charts.releases["metallb"].repository
  chart      = module.charts.releases["metallb"].chart
  version    = module.charts.releases["metallb"].version
  values     = module.charts.releases["metallb"].values
  # Its webhook must answer before the pool is made.
  wait    = true
  timeout = var.timeout_seconds
}

# Pool and announcement are custom resources: a chart's, because a plan cannot know them before MetalLB is there.
resource "helm_release" "pool" {
  name      = "srelab-load-balancer"
  namespace = var.namespace
  chart     = module.charts.releases["srelab-load-balancer"].chart
  values = concat(module.charts.releases["srelab-load-balancer"].values, [
    yamlencode({ loadBalancer = { addresses = var.addresses } }),
  ])
  timeout = var.timeout_seconds

  depends_on = [helm_release.metallb]
}
