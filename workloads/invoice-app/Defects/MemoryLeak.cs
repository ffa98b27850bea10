using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using SreLab.Workloads.ServiceDefaults.Defects;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Keeps 64 KiB of every request for ever.</summary>
internal sealed class MemoryLeak() : Defect(DefectName)
{
    public const string DefectName = "memory-leak";

    private const int Bytes = 64 * 1024;

    private readonly ConcurrentBag<byte[]> _kept = [];

    /// <summary>How many requests it kept something of.</summary>
    public int Kept => _kept.Count;

    public override void Alter(IApplicationBuilder app) => app.Use((context, next) =>
    {
        var kept = new byte[Bytes];
        // Written to, so that the pages are really taken.
        Array.Fill(kept, (byte)1);
        _kept.Add(kept);
        return next(context);
    });
}
