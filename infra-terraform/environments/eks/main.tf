# The cluster, and nothing in it: a provider for Kubernetes cannot be configured from a cluster of the same plan.
# What runs on it comes from environments/existing with overlay = "eks" and the kubeconfig that is an output here.

module "cluster" {
  source = "../../modules/eks-cluster"

  name                            = var.name
  kubernetes_version              = var.kubernetes_version
  vpc_id                          = var.vpc_id
  subnet_ids                      = var.subnet_ids
  cluster_role_arn                = var.cluster_role_arn
  node_role_arn                   = var.node_role_arn
  ebs_csi_role_arn                = var.ebs_csi_role_arn
  kms_key_arn                     = var.kms_key_arn
  public_access_cidrs             = var.public_access_cidrs
  api_client_cidrs                = var.api_client_cidrs
  instance_types                  = var.instance_types
  capacity_type                   = var.capacity_type
  nodes                           = var.nodes
  database_client_security_groups = { for host in module.load_generator : "load generator" => host.security_group_id }
}

# Clients of the benchmark, outside of the cluster and in its network.
module "load_generator" {
  source = "../../modules/ec2-host"
  count  = var.load_generator.enabled ? 1 : 0

  name             = "${var.name}-load"
  subnet_id        = sort(var.subnet_ids)[0]
  instance_type    = var.load_generator.instance_type
  architecture     = var.load_generator.architecture
  instance_profile = var.load_generator.instance_profile
  kms_key_arn      = var.kms_key_arn
  egress = merge(
    { "Packages and AWS" = { port = 443, cidr = "0.0.0.0/0" } },
    { for cidr in var.api_client_cidrs : "PostgreSQL in ${cidr}" => { port = 5432, cidr = cidr } },
  )
}
