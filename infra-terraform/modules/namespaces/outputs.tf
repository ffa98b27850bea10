output "names" {
  description = "Full names, by the name without the prefix."
  value       = { for key, namespace in kubernetes_namespace_v1.this : key => namespace.metadata[0].name }
}
