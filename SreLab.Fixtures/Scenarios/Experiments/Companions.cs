using SreLab.Fixtures.Histories;
using SreLab.Fixtures.Targets;
using SreLab.Fixtures.Workloads.Bank;

namespace SreLab.Fixtures.Scenarios.Experiments;

/// <summary>What runs beside the ledger from before a fault to after its heal, each to show what the ledger cannot.</summary>
internal sealed class Companions : IAsyncDisposable
{
    private BankWorkload? _bank;

    /// <summary>Starts them, where the scene has any.</summary>
    /// <param name="scene">The lab and the run.</param>
    /// <param name="clock">The experiment's clock.</param>
    /// <param name="folder">The experiment's folder, relative to the run.</param>
    /// <param name="ct">Cancels the start.</param>
    public static async Task<Companions> StartAsync(FaultScene scene, HistoryClock clock, string folder, CancellationToken ct)
    {
        var companions = new Companions();
        if (scene.HasCompanions)
        {
            var lab = scene.Lab;
            companions._bank = await BankWorkload.StartAsync(
                lab.ConnectionString(Place.ReadWrite, DatabaseUser.App),
                lab.Members.ToDictionary(m => m.Name, m => lab.ConnectionString(Place.On(m), DatabaseUser.App)),
                new BankOptions { Seed = scene.Settings.Seed },
                clock,
                scene.Store,
                folder,
                ct).ConfigureAwait(false);
        }

        return companions;
    }

    /// <summary>Ends them; everything that was begun is on the disk afterwards.</summary>
    public Task StopAsync() => _bank?.StopAsync() ?? Task.CompletedTask;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_bank is not null)
        {
            await _bank.DisposeAsync().ConfigureAwait(false);
        }
    }
}
