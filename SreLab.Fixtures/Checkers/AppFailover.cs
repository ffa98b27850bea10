using SreLab.Fixtures.Evidence;
using SreLab.Fixtures.Slos;
using static System.FormattableString;

namespace SreLab.Fixtures.Checkers;

/// <summary>app-survives-failover: when the primary is lost, the app serves again from the new one without a restart.</summary>
public static class AppFailover
{
    /// <summary>Judges the experiment.</summary>
    public static Verdict Check(PaymentsRecord? record, Objectives objectives)
    {
        var limit = (double)objectives.WorkloadFailoverSeconds;
        var objective = Invariant($"<= {limit:0.#} s, no restart");
        if (record is null)
        {
            return Verdict.Unknown("no invoice was paid in this run", objective);
        }

        var survivor = record.Survivor;
        List<string> wrongs = [];
        List<string> lates = [];
        if (survivor.StartedAfter != survivor.StartedBefore)
        {
            wrongs.Add($"{survivor.Instance} was restarted although nobody touched it");
        }

        if (survivor.SecondsToServe is not { } seconds)
        {
            wrongs.Add($"{survivor.Instance} did not serve again: {survivor.AfterFailover}");
        }
        else if (seconds > limit)
        {
            lates.Add(Invariant($"{survivor.Instance} served again after {seconds:0.0} s"));
        }

        return BatteryPart.Judge(
            $"{survivor.Instance} served again from the new primary without a restart",
            objective,
            survivor.SecondsToServe is { } took ? Invariant($"{took:0.0} s") : "never",
            wrongs,
            record.Faults.Any(f => f is { Kind: "kill-postmaster", Landed: true }) ? [] : ["no primary was lost while payments ran"],
            lates);
    }
}
