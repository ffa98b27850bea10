variable "name" {
  description = "Name of the host, and what its security group's name begins with."
  type        = string
  default     = "srelab-load"

  validation {
    condition     = can(regex("^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$", var.name)) && !startswith(var.name, "sg-")
    error_message = "name: lower-case letters, digits and dashes, at most 42 characters, beginning with a letter, and not with sg-."
  }
}

variable "subnet_id" {
  description = "A private subnet of the cluster's VPC."
  type        = string

  validation {
    condition     = can(regex("^subnet-[0-9a-f]{8,17}$", var.subnet_id))
    error_message = "subnet_id: an id such as subnet-0123456789abcdef0."
  }
}

variable "instance_type" {
  description = "Type of the instance; it must have the architecture."
  type        = string
  default     = "c7i.large"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*\\.(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9a-z]+)?)$", var.instance_type))
    error_message = "instance_type: a family and a size, such as c7i.large."
  }
}

variable "architecture" {
  description = "x86_64, or arm64 for Graviton."
  type        = string
  default     = "x86_64"

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture: x86_64 or arm64."
  }
}

variable "distribution" {
  description = "Whose image: debian-12 or amazon-linux-2023. The newest one is looked up."
  type        = string
  default     = "debian-12"

  validation {
    condition     = contains(["debian-12", "amazon-linux-2023"], var.distribution)
    error_message = "distribution: debian-12 or amazon-linux-2023."
  }
}

variable "disk_gib" {
  description = "Size of the encrypted disk in GiB."
  type        = number
  default     = 30

  validation {
    condition     = var.disk_gib >= 8 && var.disk_gib <= 1024 && floor(var.disk_gib) == var.disk_gib
    error_message = "disk_gib: a whole number from 8 to 1024."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the disk; null takes the account's own for EBS."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn: the ARN of a KMS key."
  }
}

variable "key_name" {
  description = "Key pair for SSH; null for none, with Session Manager as the way in."
  type        = string
  default     = null
}

variable "instance_profile" {
  description = "Name of an existing instance profile, such as one that allows Session Manager."
  type        = string
  default     = null
}

variable "ssh_cidrs" {
  description = "Networks that may open an SSH connection. None by default, and never the whole internet."
  type        = set(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.ssh_cidrs : can(cidrhost(cidr, 0)) && try(tonumber(split("/", cidr)[1]) >= 8, false)])
    error_message = "ssh_cidrs: IPv4 networks such as 10.0.0.0/16, none wider than /8."
  }
}

variable "egress" {
  description = "Where the host may connect to, by what for: a TCP port and a network."
  type        = map(object({ port = number, cidr = string }))
  default = {
    "Packages and AWS" = { port = 443, cidr = "0.0.0.0/0" }
  }

  validation {
    condition     = alltrue([for rule in values(var.egress) : rule.port >= 1 && rule.port <= 65535 && can(cidrhost(rule.cidr, 0))])
    error_message = "egress: ports from 1 to 65535, networks such as 10.0.0.0/16."
  }
}

variable "user_data" {
  description = "What the host runs at its first start; null for nothing. No secrets: whoever may describe the instance can read it."
  type        = string
  default     = null

  validation {
    condition     = var.user_data == null || try(length(var.user_data) <= 16384, false)
    error_message = "user_data: at most 16 KiB."
  }
}

variable "tags" {
  description = "Tags of everything that is made."
  type        = map(string)
  default     = {}
}
