using SreLab.Fixtures.Cluster;
using SreLab.Fixtures.Lab;

namespace SreLab.Fixtures.Targets.Local;

/// <summary>Starts what of members does not run: the store first, all its parts at once, then what needs it.</summary>
internal sealed class MemberStart(LabProcesses processes, SupervisorClient supervisor, EtcdClient etcd)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Starts them.</summary>
    public async Task StartAsync(IReadOnlyList<Member> members, CancellationToken ct)
    {
        await WaitUntilNoticedAsync(members, ct);

        // A part of the store that is alone never becomes healthy.
        await Task.WhenAll(members.Select(m => supervisor.StartAsync(ProgramNames.Etcd(m), ct)));
        foreach (var member in members)
        {
            await Wait.UntilAsync(
                Bounds.StoreHealthy,
                $"etcd of {member.Name} to be healthy",
                async token => (await etcd.IsHealthyAsync(member, token) ? "healthy" : null, await StartAgainAsync(ProgramNames.Etcd(member), token)),
                PollInterval,
                ct);
        }

        await Task.WhenAll(members.SelectMany(m => new[] { ProgramNames.Patroni(m), ProgramNames.Exporter(m) }).Select(p => supervisor.StartAsync(p, ct)));
    }

    // The supervisor may not have noticed yet that a program is dead; until it has, it would refuse to start it.
    private Task<string> WaitUntilNoticedAsync(IReadOnlyList<Member> members, CancellationToken ct) => Wait.UntilAsync(
        Bounds.SupervisorAnswers,
        $"the supervisor to have noticed which programs of {string.Join(", ", members.Select(m => m.Name))} are dead",
        async token =>
        {
            var programs = await supervisor.ProgramsAsync(token);
            var unnoticed = members.SelectMany(ProgramNames.OfMember)
                .Where(name => programs?.FirstOrDefault(p => p.Name == name) is not { } p || (p.IsUp && processes.Find(name) is null) || !(p.IsUp || p.IsDown))
                .ToArray();
            return (unnoticed.Length == 0 ? "noticed" : null, programs is null ? "no answer" : string.Join(", ", unnoticed));
        },
        PollInterval,
        ct);

    /// <summary>A program started right after its kill may find its address still taken and end at once; nobody else starts it again.</summary>
    private async Task<string> StartAgainAsync(string program, CancellationToken ct)
    {
        var state = (await supervisor.ProgramsAsync(ct))?.FirstOrDefault(p => p.Name == program);
        if (state is { IsDown: true })
        {
            await supervisor.StartAsync(program, ct);
        }

        return $"not healthy; the supervisor says {state?.State ?? "nothing"}";
    }
}
