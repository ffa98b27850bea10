using FluentAssertions;
using k8s;
using k8s.Models;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Kubernetes.Inspection;
using SreLab.Fixtures.Targets.External;

namespace SreLab.Fixtures.Kubernetes.Tests;

public sealed class InspectionTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;
    private k8s.Kubernetes _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _client = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void The_floor_is_the_fewest_that_were_ready_at_once()
    {
        var floor = new ReadyFloor();
        floor.Changed(WatchEventType.Added, Pod("before", false));
        floor.Begin([Pod("a", true), Pod("b", true)]);
        floor.Changed(WatchEventType.Added, Pod("c", false));
        floor.Changed(WatchEventType.Modified, Pod("a", true, isEnding: true));
        floor.Changed(WatchEventType.Modified, Pod("c", true));
        floor.Changed(WatchEventType.Deleted, Pod("a", true));
        floor.Changed(WatchEventType.Deleted, Pod("b", true));
        floor.Changed(WatchEventType.Added, Pod("d", true));

        floor.Least.Should().Be(1);
    }

    [Fact]
    public void Every_attempt_of_a_call_is_told_apart() =>
        PolicyTrial.AttemptsOf("noise\nattempt 0\nattempt 124\r\nattempt 1\n").Should().Equal(CallRecord.Connected, "timed out", "refused");

    [Theory]
    [InlineData(2, "1", 1)]
    [InlineData(10, "25%", 2)]
    [InlineData(2, "25%", 0)]
    [InlineData(10, null, 2)]
    public void A_rolling_update_may_take_away_as_many_as_the_deployment_says(int replicas, string? value, int expected) =>
        InvoiceService.MaxUnavailable(new V1Deployment
        {
            Spec = new V1DeploymentSpec { Replicas = replicas, Strategy = value is null ? null : new V1DeploymentStrategy { RollingUpdate = new V1RollingUpdateDeployment { MaxUnavailable = value } } },
        }).Should().Be(expected);

    [Fact]
    public void An_autoscaler_is_at_rest_when_it_sees_its_metrics_and_wants_the_fewest()
    {
        AutoscalingTrial.AtRest([Scaler(2, 2, true)], 2).Value.Should().NotBeNull();
        AutoscalingTrial.AtRest([Scaler(4, 2, true)], 2).Seen.Should().Be("4 pods, 2 wanted");
        AutoscalingTrial.AtRest([Scaler(2, 2, false)], 2).Seen.Should().Be("FailedGetResourceMetric: no metrics");
        AutoscalingTrial.AtRest([], 2).Seen.Should().Be("no autoscaler");
        AutoscalingTrial.SampleOf(Scaler(2, 5, true), TimeSpan.FromSeconds(12.34)).Should().Be(new AutoscalingSample(12.3, 2, 5, 91));
    }

    [Theory]
    [InlineData("198.18.0.200", true)]
    [InlineData("10.0.0.5", false)]
    public void An_address_is_balanced_when_the_service_has_it(string host, bool expected) =>
        DoorsLook.IsBalanced(
            new V1Service { Status = new V1ServiceStatus { LoadBalancer = new V1LoadBalancerStatus { Ingress = [new V1LoadBalancerIngress { Ip = "198.18.0.200" }] } } },
            new HostPort(host, 5432)).Should().Be(expected);

    [Fact]
    public void Grafanas_answer_is_read() =>
        DashboardsLook.TitlesOf("""[{"uid":"a","title":"SreLab / Overview"},{"uid":"b","title":"other"}]""").Should().Equal("SreLab / Overview", "other");

    [Theory]
    [InlineData(200, "{}", RightRecord.Allowed)]
    [InlineData(403, """{"kind":"Status","message":"secrets is forbidden"}""", RightRecord.Refused)]
    [InlineData(500, """{"kind":"Status","message":"etcd is away"}""", "500 etcd is away")]
    public async Task An_answer_of_the_API_server_is_a_right_a_refusal_or_neither(int status, string json, string expected)
    {
        _server.Answers["GET /api/v1/namespaces/space/secrets"] = (status, json);

        (await TeamTrial.AnswerAsync(ct => _client.CoreV1.ListNamespacedSecretAsync("space", cancellationToken: ct), TestContext.Current.CancellationToken)).Should().Be(expected);
    }

    [Fact]
    public async Task A_trial_pod_is_removed_also_when_it_cannot_be_made()
    {
        _server.Answers["POST /api/v1/namespaces/space/pods"] = (403, """{"kind":"Status","message":"violates PodSecurity"}""");
        var pod = TrialPod.Make("client", new Dictionary<string, string> { ["a"] = "b" }, "image", "true");

        var run = () => TrialPod.RunAsync(_client, "space", pod, TestContext.Current.CancellationToken);

        await run.Should().ThrowAsync<k8s.Autorest.HttpOperationException>();
        _server.Requests.Select(r => r.Method).Should().Equal("POST", "DELETE");
        pod.Metadata.Labels.Should().Contain("a", "b").And.Contain(TrialPod.Label, "client");
        pod.Spec.Containers[0].SecurityContext.AllowPrivilegeEscalation.Should().BeFalse();
    }

    [Fact]
    public async Task Only_pods_with_the_suites_own_label_are_cleared_away()
    {
        _server.Answers["GET /api/v1/namespaces/space/pods"] = (200, """{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1"},"items":[{"metadata":{"name":"srelab-trial-1"}}]}""");

        await TrialPod.RemoveLeftoversAsync(_client, "space", TestContext.Current.CancellationToken);

        _server.Requests.Should().SatisfyRespectively(
            list => Uri.UnescapeDataString(list.Query).Should().Contain($"labelSelector={TrialPod.Label}"),
            delete => (delete.Method, delete.Path).Should().Be(("DELETE", "/api/v1/namespaces/space/pods/srelab-trial-1")));
    }

    [Fact]
    public async Task A_load_that_is_never_answered_is_refused()
    {
        await using var load = new ServiceLoad(_client, "space", 1, TimeSpan.Zero);
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        var wait = () => load.RequireAnswersAsync(brief.Token);

        await wait.Should().ThrowAsync<OperationCanceledException>();
        var requests = await load.EndAsync();
        requests.Failed.Should().Be(requests.Sent).And.BePositive();
        requests.Failures[0].Should().Contain("404");
    }

    private static V1Pod Pod(string name, bool isReady, bool isEnding = false) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, DeletionTimestamp = isEnding ? DateTime.UnixEpoch : null },
        Status = new V1PodStatus { Conditions = [new V1PodCondition { Type = "Ready", Status = isReady ? "True" : "False" }] },
    };

    private static V2HorizontalPodAutoscaler Scaler(int current, int desired, bool sees) => new()
    {
        Metadata = new V1ObjectMeta { Name = InvoiceService.Name },
        Spec = new V2HorizontalPodAutoscalerSpec { MinReplicas = 2, MaxReplicas = 10 },
        Status = new V2HorizontalPodAutoscalerStatus
        {
            CurrentReplicas = current,
            DesiredReplicas = desired,
            CurrentMetrics = [new V2MetricStatus { Resource = new V2ResourceMetricStatus { Name = "cpu", Current = new V2MetricValueStatus { AverageUtilization = 91 } } }],
            Conditions = [new V2HorizontalPodAutoscalerCondition { Type = "ScalingActive", Status = sees ? "True" : "False", Reason = "FailedGetResourceMetric", Message = "no metrics" }],
        },
    };
}
