variable "region" {
  description = "Region of AWS."
  type        = string

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region: such as eu-central-1."
  }
}

variable "load_generator" {
  description = "A host for benchmark clients in the cluster's network."
  type = object({
    enabled          = optional(bool, false)
    instance_type    = optional(string, "c7i.large")
    architecture     = optional(string, "x86_64")
    instance_profile = optional(string)
  })
  default = {}
}

variable "name" {
  description = "Name of the cluster."
  type        = string
  default     = "srelab"
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes. EKS ends the support of each after 14 months, and charges more for 12 more."
  type        = string
  default     = "1.34"
}

variable "vpc_id" {
  description = "The network that is there already."
  type        = string
}

variable "subnet_ids" {
  description = "Private subnets in at least two availability zones; three give each instance of the database its own."
  type        = set(string)
}

variable "cluster_role_arn" {
  description = "Role of the control plane, with AmazonEKSClusterPolicy."
  type        = string
}

variable "node_role_arn" {
  description = "Role of the nodes, with AmazonEKSWorkerNodePolicy, AmazonEKS_CNI_Policy and AmazonEC2ContainerRegistryReadOnly."
  type        = string
}

variable "ebs_csi_role_arn" {
  description = "Role of the EBS CSI driver, with AmazonEBSCSIDriverPolicy. Null leaves the driver out: the database has no volumes then."
  type        = string
}

variable "kms_key_arn" {
  description = "Key that encrypts Kubernetes' secrets; null leaves that to EKS' own encryption."
  type        = string
  default     = null
}

variable "public_access_cidrs" {
  description = "Networks that reach the API server over the internet. None by default: the endpoint is private."
  type        = set(string)
  default     = []
}

variable "api_client_cidrs" {
  description = "Networks inside of the VPC, or connected to it, that reach the API server."
  type        = set(string)
  default     = []
}

variable "instance_types" {
  description = "Types of the nodes."
  type        = list(string)
  default     = ["m7i.large"]
}

variable "capacity_type" {
  description = "ON_DEMAND, or SPOT for a lab that may lose its nodes at any time."
  type        = string
  default     = "ON_DEMAND"
}

variable "nodes" {
  description = "How many nodes: three or more, one for each instance of the database."
  type        = object({ min = number, desired = number, max = number })
  default     = { min = 3, desired = 3, max = 5 }
}

variable "tags" {
  description = "Tags of everything that is made."
  type        = map(string)
  default     = { project = "srelab" }
}
