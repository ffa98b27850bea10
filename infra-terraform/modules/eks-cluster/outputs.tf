output "name" {
  description = "Name of the cluster, and of the context in the kubeconfig."
  value       = aws_eks_cluster.this.name
}

output "endpoint" {
  description = "Address of the API server."
  value       = aws_eks_cluster.this.endpoint
}

output "version" {
  description = "Version of Kubernetes."
  value       = aws_eks_cluster.this.version
}

output "kubeconfig" {
  description = "A kubeconfig. It holds no credential: the AWS CLI asks for a token when it is used."
  value       = local.kubeconfig
}

output "security_group_id" {
  description = "Security group of the nodes and of the control plane's side of them."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}
