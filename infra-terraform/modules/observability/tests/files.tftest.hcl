mock_provider "kubernetes" {}
mock_provider "helm" {}

variables {
  helm_values        = "../../../helm-values"
  observability      = "../../../observability"
  target             = "k3s"
  namespace          = "srelab-monitoring"
  slo_windows        = "run"
  alert_receiver_url = "http://172.30.0.1:9095/alerts"
  grafana_password   = "grafana-0123456789"
}

run "every_rule_of_the_repository_arrives" {
  assert {
    condition = length(setsubtract(
      [for file in fileset("../../../observability", "rules/alerts/*.yml") : trimsuffix(basename(file), ".yml")],
      [for rule in local.groups[0].rules : rule.alert if can(rule.alert)],
    )) == 0
    error_message = "One alert a file, each in the lab's group."
  }

  assert {
    # Text is compared, because only text shows that nothing on the way read the templates in it.
    condition     = strcontains(helm_release.rules.values[length(helm_release.rules.values) - 1], "{{ $labels.member }}")
    error_message = "Templates of annotations stay as they are."
  }

  assert {
    condition     = can(local.groups[0].rules[0].record) && can(local.groups[0].rules[length(local.groups[0].rules) - 1].alert)
    error_message = "What is recorded comes before the alerts that read it."
  }

  assert {
    condition     = output.dashboards == sort(fileset("../../../observability/dashboards", "*.json"))
    error_message = "Every dashboard."
  }
}

run "the_suite_is_scraped_where_it_says" {
  variables {
    suite_metrics_address = "172.30.0.1:9464"
  }

  assert {
    condition     = yamldecode(helm_release.monitoring[0].values[length(helm_release.monitoring[0].values) - 1]).prometheus.prometheusSpec.additionalScrapeConfigs[0].static_configs[0].targets == ["172.30.0.1:9464"]
    error_message = "Burn rates read what clients saw."
  }
}

run "an_address_without_a_port_is_refused" {
  command = plan

  variables {
    suite_metrics_address = "http://172.30.0.1"
  }

  expect_failures = [var.suite_metrics_address]
}

run "alertmanager_has_our_routes_alone" {
  assert {
    condition     = local.alertmanager.receivers[0].webhook_configs[0].url == var.alert_receiver_url
    error_message = "The receiver's address takes the place of the one in the file."
  }

  assert {
    condition     = local.alertmanager.route.routes == [] && local.alertmanager.inhibit_rules == []
    error_message = "The chart's own routes name a receiver that is not there."
  }
}

run "windows_are_those_of_the_target" {
  variables {
    slo_windows = "30d"
  }

  assert {
    condition     = length([for group in local.groups : group if strcontains(group.name, "30d")]) > 0
    error_message = "Burn rates over 30 days."
  }
}

run "metrics_server_where_it_is_missing" {
  variables {
    install_metrics_server = true
  }

  assert {
    condition     = helm_release.metrics_server[0].version == "3.13.0"
    error_message = "Pinned."
  }
}

run "a_slow_evaluation_is_refused" {
  command = plan

  variables {
    evaluation_interval = "30s"
  }

  expect_failures = [var.evaluation_interval]
}

run "a_wrong_folder_is_refused" {
  command = plan

  variables {
    observability = "."
  }

  # Reading the files fails as well: the variable's own message is the first.
  expect_failures = [var.observability]
}

run "a_stack_that_is_there_is_taken" {
  variables {
    install = false
  }

  assert {
    condition     = length(helm_release.monitoring) == 0 && length(kubernetes_secret_v1.grafana) == 0 && output.services == null
    error_message = "Nothing of the stack is made twice."
  }

  assert {
    condition     = output.rules > 100 && helm_release.rules.name == "srelab-observability"
    error_message = "Our rules come all the same."
  }
}

run "an_archive_is_asked_for_only_of_what_is_installed" {
  command = plan

  variables {
    install                = false
    install_metrics_server = false
    sources                = { charts = "/nowhere" }
  }

  assert {
    condition     = length(helm_release.monitoring) == 0 && length(helm_release.metrics_server) == 0
    error_message = "Nothing of an empty folder is needed where our own chart alone is released."
  }
}
