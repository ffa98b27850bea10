variable "create" {
  description = "False takes a class that is there already."
  type        = bool
  default     = true
}

variable "name" {
  description = "Name of the storage class."
  type        = string
  default     = "srelab"

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", var.name))
    error_message = "name: lower-case letters, digits, dashes and dots."
  }
}

variable "provisioner" {
  description = "Who makes the volumes: rancher.io/local-path on K3s, ebs.csi.aws.com on EKS."
  type        = string
  default     = "rancher.io/local-path"

  validation {
    condition     = length(var.provisioner) > 0
    error_message = "provisioner: a name such as rancher.io/local-path."
  }
}

variable "parameters" {
  description = "Parameters of the provisioner, such as { type = \"gp3\", encrypted = \"true\" } for ebs.csi.aws.com."
  type        = map(string)
  default     = {}
}

variable "expandable" {
  description = "Whether the provisioner can grow a volume."
  type        = bool
  default     = false
}
