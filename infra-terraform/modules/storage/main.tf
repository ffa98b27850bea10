resource "kubernetes_storage_class_v1" "this" {
  count = var.create ? 1 : 0

  metadata {
    name = var.name

    labels = {
      "app.kubernetes.io/part-of"    = "srelab"
      "app.kubernetes.io/managed-by" = "terraform"
    }
  }

  storage_provisioner = var.provisioner
  # Delete: what the lab made goes with the lab.
  reclaim_policy = "Delete"
  # The volume comes where the pod is: instances are spread over nodes first.
  volume_binding_mode    = "WaitForFirstConsumer"
  allow_volume_expansion = var.expandable
  parameters             = var.parameters
}
