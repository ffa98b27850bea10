using System.Text.Json;
using FluentAssertions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SreLab.Workloads.ServiceDefaults.Logs;
using SreLab.Workloads.Tests.Running;

namespace SreLab.Workloads.Tests.Logs;

public sealed class JsonLinesTests
{
    [Fact]
    public void A_line_has_the_fields_of_the_contract_in_its_order()
    {
        var line = Written(LogLevel.Information, null, [], ("correlation_id", "c-1"), ("status", 200), ("duration_ms", 1.23456), ("nothing", null), ("text", "a \"b\"\nü"));

        line.EnumerateObject().Select(p => p.Name).Should()
            .Equal("timestamp", "level", "service", "instance", "message", "correlation_id", "status", "duration_ms", "nothing", "text");
        line.GetProperty("timestamp").GetString().Should().Be("1970-01-01T00:00:00.0000000Z");
        line.GetProperty("level").GetString().Should().Be("info");
        line.GetProperty("duration_ms").GetDouble().Should().Be(1.235);
        line.GetProperty("text").GetString().Should().Be("a \"b\"\nü");
    }

    [Fact]
    public void An_error_has_type_message_and_stack()
    {
        var line = Written(LogLevel.Error, new InvalidOperationException("broke"), []);

        line.GetProperty("error_type").GetString().Should().Be("System.InvalidOperationException");
        line.GetProperty("error_message").GetString().Should().Be("broke");
        line.GetProperty("error_stack").GetString().Should().Contain("InvalidOperationException: broke");
    }

    [Fact]
    public void A_field_can_be_left_out() =>
        Written(LogLevel.Information, null, ["correlation_id"], ("correlation_id", "c-1"), ("status", 200)).EnumerateObject().Select(p => p.Name).Should()
            .NotContain("correlation_id").And.Contain("status");

    private static JsonElement Written(LogLevel level, Exception? error, string[] leftOut, params (string Name, object? Value)[] fields)
    {
        var options = new JsonLinesOptions { Service = "s", Instance = "i" };
        options.LeftOut.UnionWith(leftOut);
        using var lines = new CapturedLines(Options.Create(options), new ManualTime());
        lines.CreateLogger("any").Write(level, error, "something happened", fields);
        return lines.With("something happened").Single();
    }
}
