output "name" {
  description = "Name of the cluster, and of the context in the kubeconfig."
  value       = module.cluster.name
}

output "endpoint" {
  description = "Address of the API server."
  value       = module.cluster.endpoint
}

output "kubeconfig" {
  description = "A kubeconfig without a credential: terraform output -raw kubeconfig > FILE."
  value       = module.cluster.kubeconfig
}

output "security_group_id" {
  description = "Security group of the nodes."
  value       = module.cluster.security_group_id
}

output "load_generator" {
  description = "The host for benchmark clients: instance, address, image, zone; null without one."
  value = try({
    instance_id       = module.load_generator[0].instance_id
    private_ip        = module.load_generator[0].private_ip
    ami               = module.load_generator[0].ami
    availability_zone = module.load_generator[0].availability_zone
  }, null)
}
