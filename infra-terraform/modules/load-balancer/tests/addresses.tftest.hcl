mock_provider "helm" {}

variables {
  helm_values = "../../../helm-values"
  target      = "k3s"
  namespace   = "srelab-load-balancer"
  addresses   = ["172.30.0.200-172.30.0.220", "172.30.1.0/28"]
}

run "addresses_reach_the_chart" {
  assert {
    condition     = yamldecode(helm_release.pool.values[length(helm_release.pool.values) - 1]).loadBalancer.addresses == ["172.30.0.200-172.30.0.220", "172.30.1.0/28"]
    error_message = "The pool has the addresses of the variable."
  }

  assert {
    condition     = helm_release.metallb.version == "0.15.3" && helm_release.metallb.repository == "https://metallb.github.io/metallb"
    error_message = "MetalLB's own chart, pinned."
  }
}

run "no_address_is_refused" {
  command = plan

  variables {
    addresses = []
  }

  expect_failures = [var.addresses]
}

run "half_a_range_is_refused" {
  command = plan

  variables {
    addresses = ["172.30.0.200-220"]
  }

  expect_failures = [var.addresses]
}
