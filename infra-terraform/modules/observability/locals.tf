# The same files on every target, read where they are: a copy in the chart could drift.
locals {
  # In the order in which they are evaluated: what is recorded before what reads it. Burn rates of minutes belong to the lab's one group, those of
  # weeks are costly and have their own.
  rule_files = concat(
    sort(fileset(var.observability, "rules/recording/*.yml")),
    sort(fileset(var.observability, "rules/alerts/*.yml")),
    var.slo_windows == "run" ? ["rules/slo/run.yml"] : [],
  )

  groups = concat(
    # One group: rules of other groups would be an evaluation late.
    [{
      name     = "srelab"
      interval = var.evaluation_interval
      rules = flatten([
        for file in local.rule_files : [for group in yamldecode(file("${var.observability}/${file}")).groups : group.rules]
      ])
    }],
    [for group in yamldecode(file("${var.observability}/rules/slo/30d.yml")).groups : group if var.slo_windows == "30d"],
  )

  # The suite tells what its clients see; it comes and goes.
  suite = [
    for address in [var.suite_metrics_address] : {
      job_name        = "suite"
      scrape_interval = var.evaluation_interval
      static_configs  = [{ targets = [address], labels = { cluster = "srelab", member = "edge" } }]
    } if address != null
  ]

  dashboards = {
    for file in fileset("${var.observability}/dashboards", "*.json") : file => file("${var.observability}/dashboards/${file}")
  }

  routes = yamldecode(replace(file("${var.observability}/alertmanager/alertmanager.yml"), "http://receiver.invalid/alerts", var.alert_receiver_url))

  # Helm merges maps: what the chart brings and the file does not name is emptied, or it would stay.
  alertmanager = merge(local.routes, {
    route         = merge({ routes = [] }, local.routes.route)
    inhibit_rules = try(local.routes.inhibit_rules, [])
  })
}
