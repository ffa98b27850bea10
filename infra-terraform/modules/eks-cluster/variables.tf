variable "name" {
  description = "Name of the cluster."
  type        = string
  default     = "srelab"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,60}[a-z0-9])?$", var.name))
    error_message = "name: lower-case letters, digits and dashes, at most 62 characters, beginning with a letter."
  }
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes. EKS ends the support of each after 14 months, and charges more for 12 more."
  type        = string
  default     = "1.34"

  validation {
    condition     = can(regex("^1\\.(3[0-9]|[4-9][0-9])$", var.kubernetes_version))
    error_message = "kubernetes_version: 1.30 or newer, such as 1.34; the operator of this target was not tested on older ones."
  }
}

variable "vpc_id" {
  description = "The network that is there already."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]{8,17}$", var.vpc_id))
    error_message = "vpc_id: an id such as vpc-0123456789abcdef0."
  }
}

variable "subnet_ids" {
  description = "Private subnets in at least two availability zones; three give each instance of the database its own."
  type        = set(string)

  validation {
    condition     = length(var.subnet_ids) >= 2 && alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-f]{8,17}$", id))])
    error_message = "subnet_ids: at least two ids such as subnet-0123456789abcdef0."
  }
}

variable "cluster_role_arn" {
  description = "Role of the control plane, with AmazonEKSClusterPolicy."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.cluster_role_arn))
    error_message = "cluster_role_arn: the ARN of a role."
  }
}

variable "node_role_arn" {
  description = "Role of the nodes, with AmazonEKSWorkerNodePolicy, AmazonEKS_CNI_Policy and AmazonEC2ContainerRegistryReadOnly."
  type        = string

  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.node_role_arn))
    error_message = "node_role_arn: the ARN of a role."
  }
}

variable "ebs_csi_role_arn" {
  description = "Role of the EBS CSI driver, with AmazonEBSCSIDriverPolicy. Null leaves the driver out: the database has no volumes then."
  type        = string

  validation {
    condition     = var.ebs_csi_role_arn == null || can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.ebs_csi_role_arn))
    error_message = "ebs_csi_role_arn: the ARN of a role."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts Kubernetes' secrets; null leaves that to EKS' own encryption."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: the ARN of a KMS key."
  }
}

variable "public_access_cidrs" {
  description = "Networks that reach the API server over the internet. None by default: the endpoint is private."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.public_access_cidrs : can(cidrhost(cidr, 0)) && cidr != "0.0.0.0/0"])
    error_message = "public_access_cidrs: networks such as 203.0.113.0/24, and not all of the internet."
  }
}

variable "api_client_cidrs" {
  description = "Networks inside of the VPC, or connected to it, that reach the API server."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.api_client_cidrs : can(cidrhost(cidr, 0)) && cidr != "0.0.0.0/0"])
    error_message = "api_client_cidrs: networks such as 10.0.0.0/16, and not all of the internet."
  }
}

variable "database_client_security_groups" {
  description = "Security groups that may reach the database's pods, by whose they are."
  type        = map(string)
  default     = {}
}

variable "instance_types" {
  description = "Types of the nodes."
  type        = list(string)
  default     = ["m7i.large"]

  validation {
    condition     = length(var.instance_types) > 0 && alltrue([for type in var.instance_types : can(regex("^[a-z][a-z0-9-]*\\.([0-9]*x?large|medium|small|metal.*)$", type))])
    error_message = "instance_types: families and sizes such as m7i.large."
  }
}

variable "capacity_type" {
  description = "ON_DEMAND, or SPOT for a lab that may lose its nodes at any time."
  type        = string
  default     = "ON_DEMAND"

  validation {
    condition     = contains(["ON_DEMAND", "SPOT"], var.capacity_type)
    error_message = "capacity_type: ON_DEMAND or SPOT."
  }
}

variable "nodes" {
  description = "How many nodes: three or more, one for each instance of the database."
  type        = object({ min = number, desired = number, max = number })
  default     = { min = 3, desired = 3, max = 5 }

  validation {
    condition     = var.nodes.min >= 3 && var.nodes.min <= var.nodes.desired && var.nodes.desired <= var.nodes.max && var.nodes.max <= 20
    error_message = "nodes: 3 <= min <= desired <= max <= 20."
  }
}

variable "disk_gib" {
  description = "Size of each node's disk in GiB."
  type        = number
  default     = 50

  validation {
    condition     = var.disk_gib >= 20 && var.disk_gib <= 1024
    error_message = "disk_gib: 20 to 1024."
  }
}

variable "tags" {
  description = "Tags of everything that is made."
  type        = map(string)
  default     = {}
}
