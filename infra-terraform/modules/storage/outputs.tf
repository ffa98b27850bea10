output "name" {
  description = "Name of the class that claims ask for."
  value       = var.create ? kubernetes_storage_class_v1.this[0].metadata[0].name : var.name
}
