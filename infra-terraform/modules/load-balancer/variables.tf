variable "helm_values" {
  description = "The folder helm-values of this repository."
  type        = string
}

variable "target" {
  description = "Whose overlay counts: k3s, existing or eks."
  type        = string
}

variable "sources" {
  description = "For clusters without the internet, and for a company's own settings. charts: a folder with <chart>-<version>.tgz, as helm pull leaves them, in place of the repositories. values: a folder whose <release>.yaml count last."
  type        = object({ charts = optional(string), values = optional(string) })
  default     = {}
}

variable "namespace" {
  description = "Where MetalLB runs. Its speakers need the pod security level privileged."
  type        = string
}

variable "addresses" {
  description = "Free addresses of the nodes' network, as ranges (172.30.0.200-172.30.0.220) or CIDRs."
  type        = list(string)

  validation {
    condition = length(var.addresses) > 0 && alltrue([
      for range in var.addresses :
      can(cidrhost(range, 0)) || (length(split("-", range)) == 2 && alltrue([for address in split("-", range) : can(cidrhost("${trimspace(address)}/32", 0))]))
    ])
    error_message = "addresses: at least one; each is a CIDR or a range of two IPv4 addresses with a dash between."
  }
}

variable "timeout_seconds" {
  description = "How long one release may take."
  type        = number
  default     = 180
}
