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

variable "releases" {
  description = "Names of the releases: charts of versions.yaml, or parts of our own chart (srelab-...)."
  type        = set(string)
}
