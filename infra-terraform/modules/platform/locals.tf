locals {
  # Restricted wherever our own pods run; node_exporter and MetalLB's speakers need the node's network.
  namespaces = merge(
    {
      database  = "restricted"
      invoicing = "restricted"
      payments  = "restricted"
      # Without the stack: our rules and dashboards, no pods.
      monitoring = var.monitoring_namespace == null ? "privileged" : "restricted"
    },
    { for name in ["operator"] : name => "restricted" if var.operator_namespace == null },
    { for name in ["load-balancer"] : name => "privileged" if length(var.load_balancer_addresses) > 0 },
  )

  # Whose pods the network policies let in.
  monitoring_namespace = var.monitoring_namespace == null ? module.namespaces.names["monitoring"] : var.monitoring_namespace
}
