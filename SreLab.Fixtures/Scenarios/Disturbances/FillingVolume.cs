namespace SreLab.Fixtures.Scenarios.Disturbances;

/// <summary>A volume of the lab's own fills up, in steps, to nine tenths.</summary>
internal sealed class FillingVolume : Disturbance
{
    private const int Mebibyte = 1 << 20;
    private const int Steps = 58;
    private const long Size = 64 * Mebibyte;
    private static readonly TimeSpan StepInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>The rule's range and horizon.</summary>
    private readonly FreeSpaceTrend _trend = new(TimeSpan.FromMinutes(5));
    private static readonly TimeSpan Horizon = TimeSpan.FromHours(1);

    private Background? _filling;
    private string? _folder;

    public override string Name => "filling-volume";

    public override IReadOnlyList<ExpectedAlert> Raises =>
    [
        new("DiskUsageHigh", "more than 80 % of the volume is in use", (_, _) => Task.FromResult(Look() is { } volume && volume.Used > 0.8))
        {
            Concerns = Chosen.Label("mountpoint", () => _folder),
        },
        new("DiskWillFill", "the line through 5 minutes ends within an hour, more than 60 % of the volume is in use and 5 points of it are new", (context, _) =>
            Task.FromResult(WillFill(context.Clock.Elapsed)))
        {
            Concerns = Chosen.Label("mountpoint", () => _folder),
        },
    ];

    public override string? WhyNot(DisturbanceContext context) => context.Lab.Faults.WhyNoVolume;

    public override async Task<string> CauseAsync(DisturbanceContext context, CancellationToken ct)
    {
        _folder = await context.Lab.Faults.MakeVolumeAsync(Size, ct);
        var file = Path.Combine(_folder, "fill");
        _filling = Background.Start(token => FillAsync(file, token));
        return $"a file of {Steps} MiB written step by step to a volume of {Size / Mebibyte} MiB";
    }

    public override async Task HealAsync(DisturbanceContext context, CancellationToken ct)
    {
        if (_filling is not null)
        {
            await _filling.DisposeAsync();
            _filling = null;
        }

        if (_folder is not null)
        {
            await context.Lab.Faults.RemoveVolumeAsync(ct);
        }
    }

    private static async Task FillAsync(string path, CancellationToken ct)
    {
        var block = new byte[Mebibyte];
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var step = 0; step < Steps; step++)
        {
            await file.WriteAsync(block, ct);
            await Task.Delay(StepInterval, ct);
        }
    }

    private (double Free, double Used)? Look()
    {
        // Without the volume its folder is gone, and the question would be answered for the file system around it.
        if (_folder is null || !Directory.Exists(_folder))
        {
            return null;
        }

        var drive = new DriveInfo(_folder);
        return (drive.AvailableFreeSpace, 1 - ((double)drive.AvailableFreeSpace / drive.TotalSize));
    }

    private bool WillFill(TimeSpan now)
    {
        if (Look() is not { } volume)
        {
            return false;
        }

        _trend.Add(now, volume.Free);
        var grown = (_trend.Most - volume.Free) / Size;
        return _trend.Predict(Horizon) < 0 && volume.Used > 0.6 && grown > 0.05;
    }
}
