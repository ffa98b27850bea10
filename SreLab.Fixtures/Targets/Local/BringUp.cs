using System.Diagnostics;
using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;
using SreLab.Fixtures.Processes;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Starts the programs of a lab in the order in which they need each other, and waits until it is whole.</summary>
internal sealed class BringUp(LocalLab lab, IProgressLog progress)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<string, string> _said = [];

    /// <summary>Starts the supervisor and waits until it answers. It outlives us and our terminal.</summary>
    public async Task StartSupervisorAsync(CancellationToken ct)
    {
        progress.Say("starting the supervisor");
        var home = lab.Home;

        // A session of its own, and none of our files: a descriptor left open would keep the caller's pipe from ending.
        const string Detach = "exec \"$0\" \"$@\" </dev/null >>\"$LAB_LOG\" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-";
        string[] supervisor =
        [
            "-c", Detach, InstalledPrograms.Require("setsid"), home.Recorder, Path.Combine(home.Pids, ProgramNames.Supervisor),
            InstalledPrograms.Require("supervisord"), "-n", "-c", home.SupervisorConfiguration,
        ];

        // Everything of the lab inherits it from the supervisor, for as long as the lab lives.
        var start = ChosenEnvironment.Start("/bin/sh", supervisor, RunsFor.Lab, new Dictionary<string, string> { ["LAB_LOG"] = home.Log(ProgramNames.Supervisor) });
        start.WorkingDirectory = home.Root;
        using var process = Process.Start(start);
        await Wait.UntilAsync(
            Bounds.SupervisorAnswers,
            "the lab's supervisor to answer",
            async token => (await lab.Supervisor.ProgramsAsync(token), $"no answer on {home.SupervisorSocket}; see {home.Log(ProgramNames.Supervisor)}"),
            PollInterval,
            ct);
    }

    /// <summary>Starts these programs: the consensus store and what needs nothing first, then what needs the store.</summary>
    public async Task StartAsync(IReadOnlyCollection<string> programs, CancellationToken ct)
    {
        var late = lab.Members.SelectMany(m => new[] { ProgramNames.Patroni(m), ProgramNames.Exporter(m) }).ToHashSet(StringComparer.Ordinal);
        var early = programs.Where(p => !late.Contains(p)).ToArray();
        if (early.Length > 0)
        {
            progress.Say($"starting {string.Join(' ', early)}");
            await StartAllAsync(early, ct);
        }

        // Patroni that finds no store sleeps for 5 s; waiting for the store is faster.
        foreach (var member in lab.Members.Where(m => programs.Contains(ProgramNames.Etcd(m)) || programs.Contains(ProgramNames.Patroni(m))))
        {
            await Wait.UntilAsync(
                Bounds.StoreHealthy,
                $"etcd of {member.Name} to be healthy",
                async token => (await lab.Etcd.IsHealthyAsync(member, token) ? "healthy" : null, $"not healthy; see {lab.Home.Log(ProgramNames.Etcd(member))}"),
                PollInterval,
                ct);
        }

        if (programs.Where(late.Contains).ToArray() is { Length: > 0 } waiting)
        {
            progress.Say($"the consensus store is healthy; starting {string.Join(' ', waiting)}");
            await StartAllAsync(waiting, ct);
        }
    }

    /// <summary>Waits until the lab is whole; a new one gets its roles and database as soon as there is a primary.</summary>
    /// <param name="isNew">Whether roles and database are still to be made.</param>
    /// <param name="bound">How long it may take.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async Task WaitUntilWholeAsync(bool isNew, Bound bound, CancellationToken ct)
    {
        var isBootstrapped = !isNew;
        await Wait.UntilAsync(
            bound,
            "a primary, two streaming standbys, endpoints and scrape targets",
            async token =>
            {
                if (!isBootstrapped)
                {
                    var state = await lab.GetClusterStateAsync(token);
                    SayChanges(state);
                    if (state.Primary is not { } primary)
                    {
                        return (null, state.Describe());
                    }

                    await DatabaseBootstrap.RunAsync(lab, primary.Member, token);
                    await lab.LocalBackups.CreateStanzaAsync(token);
                    isBootstrapped = true;
                    progress.Say($"roles, database {Names.Database} and schema {Names.Schema} are there, and the repository for WAL");
                }

                var look = await Readiness.LookAsync(lab, token);
                SayChanges(look.State);
                SayOnce("missing", look.IsWhole ? "the lab is whole" : $"waiting for {look.Missing}");
                return (look.IsWhole ? look : null, $"missing: {look.Missing}\n  members      {look.State.Describe()}\n  logs         {lab.Home.Logs}");
            },
            PollInterval,
            ct);
    }

    private Task StartAllAsync(IEnumerable<string> programs, CancellationToken ct) =>
        Task.WhenAll(programs.Select(p => lab.Supervisor.StartAsync(p, ct)));

    private void SayChanges(ClusterState state)
    {
        foreach (var member in state.Members)
        {
            SayOnce(member.Member.Name, member.Role == Role.Standby
                ? $"{member.Member.Name} {(member.IsSynchronous ? "synchronous " : "")}standby {member.State}"
                : member.Describe());
        }
    }

    private void SayOnce(string topic, string line)
    {
        if (!_said.TryGetValue(topic, out var last) || last != line)
        {
            _said[topic] = line;
            progress.Say(line);
        }
    }
}
