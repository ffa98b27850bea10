using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Targets;

namespace SreLab.Cli;

/// <summary>What is up: members with role, timeline and lag, endpoints, scrape targets.</summary>
internal static class StatusCommand
{
    private const int NothingUp = 3;
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print one JSON document instead of tables." };
        var command = new Command("status", "Show the lab that is up; exit code 3 when none is.") { json };
        command.SetAction(async (parsed, ct) =>
        {
            var settings = SettingsLoader.Load();
            var target = TargetChoice.Make(settings).Target;
            if (await target.AttachAsync(ct) is not { } lab)
            {
                await Console.Error.WriteLineAsync($"no lab is up on {settings.Network}; bring one up with: make up");
                return NothingUp;
            }

            var state = await lab.GetClusterStateAsync(ct);
            var targets = await lab.GetScrapeTargetsAsync(ct);
            if (parsed.GetValue(json))
            {
                await Console.Out.WriteLineAsync(Json(target.Name, lab, state, targets));
            }
            else
            {
                Print(lab, state, targets);
            }

            return 0;
        });
        return command;
    }

    private static string Json(string target, ILab lab, ClusterState state, IReadOnlyList<ScrapeTargetRecord> targets) => JsonSerializer.Serialize(
        new
        {
            lab.Id,
            Target = target,
            Members = state.Members.Select(m => new MemberRecord(
                m.Member.Name, $"{m.Member.Host}:{Text(m.Member.Port)}", RoleOf(m), m.State, m.Timeline, m.LagBytes, m.IsSynchronous)),
            lab.Endpoints,
            ScrapeTargets = targets,
        },
        JsonOptions);

    private static void Print(ILab lab, ClusterState state, IReadOnlyList<ScrapeTargetRecord> targets)
    {
        var members = new Table().Border(TableBorder.Simple).AddColumns("member", "address", "role", "state", "timeline", "lag, bytes", "synchronous");
        foreach (var m in state.Members)
        {
            members.AddRow(
                m.Member.Name,
                $"{m.Member.Host}:{Text(m.Member.Port)}",
                RoleOf(m),
                Markup.Escape(m.State),
                m.Timeline > 0 ? Text(m.Timeline) : "",
                m.LagBytes is { } lag ? lag.ToString("N0", CultureInfo.InvariantCulture) : "",
                m.IsSynchronous ? "yes" : "");
        }

        Terminal.Write(members);
        var endpoints = new Table().Border(TableBorder.Simple).AddColumns("endpoint", "address");
        endpoints.AddRow("read-write", $"{lab.Endpoints.ReadWriteHost}:{Text(lab.Endpoints.ReadWritePort)}/{lab.Endpoints.Database}");
        endpoints.AddRow("read-only", $"{lab.Endpoints.ReadOnlyHost}:{Text(lab.Endpoints.ReadOnlyPort)}/{lab.Endpoints.Database}");
        endpoints.AddRow("Prometheus", lab.Endpoints.Prometheus?.ToString() ?? "none");
        endpoints.AddRow("Alertmanager", lab.Endpoints.Alertmanager?.ToString() ?? "none");
        if (lab.Endpoints.Grafana is { } grafana)
        {
            endpoints.AddRow("Grafana", grafana.ToString());
        }

        Terminal.Write(endpoints);
        var scrapes = new Table().Border(TableBorder.Simple).AddColumns("scrape job", "instances", "not up");
        foreach (var job in targets.GroupBy(t => t.Job))
        {
            scrapes.AddRow(job.Key, Text(job.Count()), string.Join(' ', job.Where(t => t.Health != "up").Select(t => $"{t.Instance} ({t.Health})")));
        }

        Terminal.Write(scrapes);
    }

    private static string RoleOf(MemberState member) => member.Role switch
    {
        Role.Primary => "primary",
        Role.Standby => "standby",
        _ => "unknown",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
