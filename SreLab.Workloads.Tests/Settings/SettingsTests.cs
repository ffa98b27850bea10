using FluentAssertions;
using SreLab.Workloads.EdgeProxy;
using SreLab.Workloads.InvoiceApp;
using SreLab.Workloads.InvoiceApp.Defects;
using SreLab.Workloads.PaymentProvider;
using SreLab.Workloads.ServiceDefaults.Settings;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Settings;

public sealed class SettingsTests
{
    [Fact]
    public void Defaults_are_those_of_the_contract()
    {
        var settings = InvoiceSettings.Read(SampleEnvironment.InvoiceApp(("MINIMUM_UPTIME_SECONDS", ""), ("DRAIN_SECONDS", " ")), "invoice-app", KnownDefects.Names);

        settings.Service.MinimumUptime.Should().Be(TimeSpan.FromSeconds(5));
        settings.Service.Drain.Should().Be(TimeSpan.FromSeconds(5));
        settings.Service.Defects.Should().BeEmpty();
        settings.Payments.Should().BeEquivalentTo(new { Workers = 4, Timeout = TimeSpan.FromSeconds(2), Lease = TimeSpan.FromSeconds(10) });

        var proxy = ProxySettings.Read(SampleEnvironment.Proxy(), "edge-proxy");
        proxy.Timeout.Should().Be(TimeSpan.FromSeconds(10));
        proxy.Random504.Should().BeEquivalentTo(new { Ratio = 0.2, Seed = 1 });
        proxy.Service.MinimumUptime.Should().Be(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "https://0.0.0.0:1")]
    [InlineData("ASPNETCORE_URLS", "8080")]
    [InlineData("MINIMUM_UPTIME_SECONDS", "-1")]
    [InlineData("DRAIN_SECONDS", "soon")]
    [InlineData("DATABASE_CONNECTION", "")]
    [InlineData("DATABASE_CONNECTION", "Host=db;Nonsense=1")]
    [InlineData("DATABASE_CONNECTION", "Host=db;Database=shop")]
    [InlineData("DATABASE_CONNECTION", "Host=db;Database=shop;Username=app;Password=abc")]
    [InlineData("DATABASE_PASSWORD_FILE", "/nowhere/at-all")]
    [InlineData("PAYMENT_PROVIDER_URL", "payment-provider")]
    [InlineData("PAYMENT_PROVIDER_URL", "ftp://payment-provider")]
    [InlineData("PAYMENT_TOKEN_FILE", "")]
    [InlineData("PAYMENT_WORKERS", "0")]
    [InlineData("PAYMENT_WORKERS", "65")]
    [InlineData("PAYMENT_TIMEOUT_SECONDS", "0.05")]
    [InlineData("PAYMENT_LEASE_SECONDS", "2")]
    [InlineData("PAYMENT_LEASE_SECONDS", "301")]
    [InlineData("DEFECT", "memory-leek")]
    [InlineData("DEFECT", "random-504")]
    public void A_wrong_setting_of_the_app_is_refused_by_name(string variable, string value) =>
        Refused(() => InvoiceService.Build(SampleEnvironment.InvoiceApp((variable, value)))).Problems.Should().ContainSingle().Which.Should().StartWith(variable + " ");

    [Theory]
    [InlineData("UPSTREAM_URL", "")]
    [InlineData("UPSTREAM_TIMEOUT_SECONDS", "301")]
    [InlineData("DEFECT_504_RATIO", "1.1")]
    [InlineData("DEFECT_SEED", "x")]
    [InlineData("DEFECT", "memory-leak")]
    public void A_wrong_setting_of_the_proxy_is_refused_by_name(string variable, string value) =>
        Refused(() => ProxyService.Build(SampleEnvironment.Proxy((variable, value)))).Problems.Should().ContainSingle().Which.Should().StartWith(variable + " ");

    [Theory]
    [InlineData("PAYMENT_TOKEN_FILE", "")]
    [InlineData("DEFECT", "memory-leak")]
    public void A_wrong_setting_of_the_provider_is_refused_by_name(string variable, string value) =>
        Refused(() => ProviderService.Build(SampleEnvironment.Provider((variable, value)))).Problems.Should().ContainSingle().Which.Should().StartWith(variable + " ");

    [Fact]
    public void Everything_wrong_is_told_at_once_with_what_was_seen_and_an_example()
    {
        var refused = Refused(() => InvoiceService.Build(SampleEnvironment.InvoiceApp(("PAYMENT_WORKERS", "many"), ("DRAIN_SECONDS", "-3"), ("PAYMENT_PROVIDER_URL", "x"))));

        refused.Message.Should().StartWith("invoice-app: settings refused\n").And.ContainAll(
            "PAYMENT_WORKERS is 'many', not a whole number from 1 to 64; for example PAYMENT_WORKERS=4",
            "DRAIN_SECONDS is '-3', not a number from 0 to 300; for example DRAIN_SECONDS=5",
            "PAYMENT_PROVIDER_URL is 'x', not an absolute http or https address; for example PAYMENT_PROVIDER_URL=http://payment-provider:8080");
    }

    [Fact]
    public void An_unknown_defect_is_answered_with_the_known_ones() =>
        Refused(() => InvoiceService.Build(SampleEnvironment.InvoiceApp(("DEFECT", "memory-leak,nonsense")))).Message.Should()
            .Contain("names nonsense, which this service does not know").And.ContainAll(KnownDefects.Names);

    [Fact]
    public void A_password_in_the_connection_string_is_not_told_again() =>
        Refused(() => InvoiceService.Build(SampleEnvironment.InvoiceApp(("DATABASE_CONNECTION", "Host=db;Database=shop;Username=app;Password=hush")))).Message.Should().NotContain("hush");

    [Theory]
    [InlineData("http://*:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://+:8081", "http://127.0.0.1:8081/")]
    [InlineData("http://0.0.0.0:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080/")]
    [InlineData("http://127.30.1.21:8081", "http://127.30.1.21:8081/")]
    public void The_health_command_asks_where_the_service_listens(string listener, string asked) =>
        ListenAddresses.Local(listener).Should().Be(new Uri(asked));

    private static SettingsRefusedException Refused(Func<object> build) => build.Should().Throw<SettingsRefusedException>().Which;
}
