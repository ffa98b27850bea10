using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SreLab.Workloads.ServiceDefaults.Defects;

namespace SreLab.Workloads.InvoiceApp.Defects;

/// <summary>Opens a database connection for every request to invoices and never closes it: when the pool is used up, nothing works any more.</summary>
internal sealed class ConnectionLeak() : Defect(DefectName)
{
    public const string DefectName = "connection-leak";

    private readonly ConcurrentBag<NpgsqlConnection> _kept = [];

    public override void Alter(IApplicationBuilder app)
    {
        var source = app.ApplicationServices.GetRequiredService<NpgsqlDataSource>();
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/invoices"), branch => branch.Use(async (context, next) =>
        {
            _kept.Add(await source.OpenConnectionAsync(context.RequestAborted));
            await next(context);
        }));
    }
}
