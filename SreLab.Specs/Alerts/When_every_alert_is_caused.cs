using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Reporting;
using SreLab.Fixtures.Scenarios;

namespace SreLab.Specs.Alerts;

/// <summary>A healthy lab is silent; a disturbed one tells somebody, in time, and tells when it is over.</summary>
[Collection(Stages.Alerts)]
[Trait(Stages.Trait, Stages.Alerts)]
public sealed class When_every_alert_is_caused(ProvenAlerts run) : Spec(run), IClassFixture<ProvenAlerts>
{
    private readonly ProvenAlerts _run = run;

    [Fact]
    public void An_idle_lab_raises_no_alert() => MustHold(Promises.AlertsQuietIdle);

    [Fact]
    public void A_loaded_lab_raises_no_alert() => MustHold(Promises.AlertsQuietLoaded);

    [Fact]
    public void Every_alert_fires_and_is_delivered() => MustHold(Promises.AlertsFire);

    [Fact]
    public void Every_alert_is_delivered_within_the_configured_sum() => MustHold(Promises.AlertsInTime);

    [Fact]
    public void Every_alert_is_resolved() => MustHold(Promises.AlertsResolve);

    [Fact]
    public void Nine_of_ten_rules_are_proven_live()
    {
        SkipWhenNarrowed("their share of all says nothing");
        MustHold(Promises.AlertsProven);
    }

    [Fact]
    public void Every_metric_that_a_rule_or_panel_names_is_scraped()
    {
        SkipWhenNarrowed("there may have been no failover to look beyond");
        MustHold(Promises.MetricsCovered);
    }

    [Fact]
    public void Every_dashboard_panel_returns_data()
    {
        SkipWhenNarrowed("too little happened to fill every panel");
        MustHold(Promises.DashboardsAnswer);
    }

    private void SkipWhenNarrowed(string because)
    {
        if (_run.IsNarrowed)
        {
            Assert.Skip($"only some alerts were asked for, so {because}; prove all with: make alerts");
        }
    }
}
