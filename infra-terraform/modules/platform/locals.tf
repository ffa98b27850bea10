locals {
  # Restricted wherever our own pods run; node_exporter and MetalLB's speakers need the node's network.
  namespaces = merge(
    {
      database   = "restricted"
      invoicing  = "restricted"
      payments   = "restricted"
      monitoring = "privileged"
    },
    { for name in ["operator"] : name => "restricted" if var.operator_namespace == null },
    { for name in ["load-balancer"] : name => "privileged" if length(var.load_balancer_addresses) > 0 },
  )
}
