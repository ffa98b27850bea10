module "charts" {
  source = "../charts"

  helm_values = var.helm_values
  target      = var.target
  sources     = var.sources
  versions    = { cloudnative-pg = var.operator_chart_version }
  # An archive is asked for only of what is installed.
  releases = concat(var.install_operator ? ["cloudnative-pg"] : [], ["srelab-database"])
}

# ---------------------------------------------------------------------------------------------------------------------
# Operator
# ---------------------------------------------------------------------------------------------------------------------

resource "helm_release" "operator" {
  count = var.install_operator ? 1 : 0

  name       = "cloudnative-pg"
  namespace  = var.operator_namespace
  repository = module.charts.releases["cloudnative-pg"].repository
  chart      = module.charts.releases["cloudnative-pg"].chart
  version    = module.charts.releases["cloudnative-pg"].version
  values     = module.charts.releases["cloudnative-pg"].values
  # Its webhook must answer before a Cluster is made.
  wait    = true
  timeout = var.timeout_seconds
}

# ---------------------------------------------------------------------------------------------------------------------
# Cluster
# ---------------------------------------------------------------------------------------------------------------------

resource "terraform_data" "before" {
  input = var.after
}

resource "helm_release" "cluster" {
  name      = "srelab-database"
  namespace = var.namespace
  chart     = module.charts.releases["srelab-database"].chart
  values    = concat(module.charts.releases["srelab-database"].values, [yamlencode(local.values)])
  timeout   = var.timeout_seconds
  # What the operator refuses, such as other backups on a running Cluster, leaves nothing half made.
  cleanup_on_fail = true

  depends_on = [helm_release.operator, kubernetes_secret_v1.login, kubernetes_secret_v1.store, terraform_data.before]
}

# Helm waits for objects that it knows; a Cluster is none of them.
resource "terraform_data" "ready" {
  count = var.wait.enabled ? 1 : 0

  # What is known before the release: its revision is not, and would be waited for one apply late.
  triggers_replace = [helm_release.cluster.id, sha256(join("\n", helm_release.cluster.values))]

  provisioner "local-exec" {
    command = join(" ", compact([
      "kubectl --kubeconfig \"$KUBECONFIG_FILE\"",
      var.wait.context == null ? "" : "--context \"$KUBECONFIG_CONTEXT\"",
      "--namespace \"$DATABASE_NAMESPACE\" wait --for=condition=Ready",
      "\"clusters.postgresql.cnpg.io/$DATABASE_NAME\" --timeout=${var.wait.seconds}s",
    ]))

    environment = {
      KUBECONFIG_FILE    = var.wait.kubeconfig
      KUBECONFIG_CONTEXT = coalesce(var.wait.context, "none")
      DATABASE_NAMESPACE = var.namespace
      DATABASE_NAME      = var.name
    }
  }
}

# The operator's authority, for clients that verify the server. Read once the cluster is there.
data "kubernetes_secret_v1" "authority" {
  count = var.wait.enabled ? 1 : 0

  metadata {
    name      = "${var.name}-ca"
    namespace = var.namespace
  }

  depends_on = [terraform_data.ready]
}
