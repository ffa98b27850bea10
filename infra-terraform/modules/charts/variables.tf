variable "helm_values" {
  description = "The folder helm-values of this repository."
  type        = string

  validation {
    condition     = fileexists("${var.helm_values}/versions.yaml")
    error_message = "helm_values: no versions.yaml in this folder; give the path of helm-values."
  }
}

variable "target" {
  description = "Whose overlay and chart versions count: a folder of helm-values/overlays."
  type        = string

  validation {
    condition     = contains(["k3s", "existing", "eks"], var.target)
    error_message = "target: k3s, existing or eks."
  }
}

variable "sources" {
  description = "For clusters without the internet, and for a company's own settings. charts: a folder with <chart>-<version>.tgz, as helm pull leaves them, in place of the repositories. values: a folder whose <release>.yaml count last."
  type        = object({ charts = optional(string), values = optional(string) })
  default     = {}
}

variable "releases" {
  description = "Names of the releases: charts of versions.yaml, or parts of our own chart (srelab-...)."
  type        = set(string)
}

variable "versions" {
  description = "Other versions than those of versions.yaml, by name of the chart; null counts for none."
  type        = map(string)
  default     = {}
}
